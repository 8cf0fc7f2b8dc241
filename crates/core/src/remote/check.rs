//! What can be said about an edit before the service is asked. Pure: the clock is given. Whether a name is taken only
//! the service can say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::{
    Capabilities, Edit, EditableField, FieldEdit, FieldKind, FieldOption, FieldProblem, FieldReason,
    GroupKind, InvitationMessage, LINK_EMAIL, LINK_GROUP, LINK_INVITATION, LocalSeconds, OffDutyRule,
    PERMISSIONS, PasswordChoice, ProviderKind, RemoteId, RoleScope, Timestamp,
};

/// Most characters of an address that is invited.
const INVITEE: u32 = 256;

/// Most characters about where a token is used.
const USED_WHERE: u32 = 1_000;

/// Most characters of a token's name.
const TOKEN_NAME: u32 = 256;

/// Everything that is wrong with `edit` for a service of this kind that can do this; nothing where it can be sent.
pub fn check_edit(
    provider: ProviderKind,
    capabilities: &Capabilities,
    edit: &Edit,
    now: Timestamp,
) -> Vec<FieldProblem> {
    let choices = capabilities.facts.as_ref().map(|facts| &facts.choices);
    let mut check = Check { provider, choices, problems: Vec::new() };
    if !capabilities.edits.contains(&edit.kind()) {
        check.add("kind", FieldReason::NotSupported);
        return check.problems;
    }
    match edit {
        Edit::CreateUser { fields, password } => {
            if *password == PasswordChoice::Generated && !capabilities.change_password {
                check.add("password", FieldReason::NotSupported);
            }
            check.fields(fields, &capabilities.user_fields, true);
            if provider == ProviderKind::Scim && fields.is_empty() {
                check.add("fields", FieldReason::NothingToDo);
            }
        }
        Edit::UpdateUser { fields, .. } => check.fields(fields, &capabilities.user_fields, false),
        Edit::CreateRole { scope, fields, permissions, .. } => {
            let mut known = of_role(&capabilities.role_fields, *scope);
            // They stand beside the values of a new role.
            known.retain(|field| field.kind != FieldKind::Permissions);
            check.fields(fields, &known, true);
            check.each_once(PERMISSIONS, permissions.iter().map(RemoteId::as_str));
        }
        Edit::UpdateRole { scope, fields, .. } => {
            check.fields(fields, &of_role(&capabilities.role_fields, *scope), false);
        }
        Edit::CreateGroup { group_kind, fields } => {
            check.group_kind(*group_kind);
            check.fields(fields, &capabilities.group_fields, true);
        }
        Edit::UpdateGroup { group_kind, fields, .. } => {
            check.group_kind(*group_kind);
            check.fields(fields, &capabilities.group_fields, false);
        }
        Edit::DeleteGroup { group_kind, .. }
        | Edit::AddMember { group_kind, .. }
        | Edit::RemoveMember { group_kind, .. } => check.group_kind(*group_kind),
        Edit::CreateToken { name, expires_at, .. } => {
            check.name("name", name, TOKEN_NAME);
            if provider == ProviderKind::Uptrends && expires_at.is_some() {
                // API users never expire.
                check.add("expiresAt", FieldReason::NotSupported);
            } else if expires_at.is_some_and(|end| end <= now) {
                check.add("expiresAt", FieldReason::InThePast);
            }
        }
        Edit::RenameToken { name, new_name, .. } => {
            check.name("newName", new_name, TOKEN_NAME);
            if name == new_name {
                check.add("newName", FieldReason::NothingToDo);
            }
        }
        Edit::InviteUser { invitee, roles, expires_at, message, .. } => {
            check.invitee(invitee);
            check.each_once("roles", roles.iter().map(RemoteId::as_str));
            check.invitation(capabilities, *expires_at, message.as_ref(), now);
            let chooses = capabilities.invitations.as_ref().is_some_and(|rules| rules.chooses_expiry);
            if chooses && expires_at.is_none() {
                check.add("expiresAt", FieldReason::Required);
            }
            if !roles.is_empty() && capabilities.invitations.as_ref().is_some_and(|rules| !rules.roles) {
                check.add("roles", FieldReason::NotSupported);
            }
        }
        Edit::ResendInvitation { expires_at, message, .. } => {
            check.invitation(capabilities, *expires_at, message.as_ref(), now);
            let rules = capabilities.invitations.as_ref();
            if expires_at.is_some() && rules.is_some_and(|rules| !rules.resend_renews) {
                check.add("expiresAt", FieldReason::NotSupported);
            }
            // Sending without a word to send is no sending.
            if message.is_none() && rules.is_some_and(|rules| rules.message) {
                check.add("message", FieldReason::Required);
            }
        }
        Edit::SetUserActive { .. }
        | Edit::ResetPassword { .. }
        | Edit::ExpirePassword { .. }
        | Edit::DeleteUser { .. }
        | Edit::UnlinkIdentity { .. }
        | Edit::EndSession { .. }
        | Edit::RevokeGrant { .. }
        | Edit::RemoveFactor { .. }
        | Edit::DeleteRole { .. }
        | Edit::AssignRole { .. }
        | Edit::UnassignRole { .. }
        | Edit::DeleteToken { .. }
        | Edit::RevokeInvitation { .. }
        | Edit::DeleteInvitation { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::SetGroupActive { .. } => {}
        Edit::AcceptInvitation { fields, .. } => {
            // Their address is that of the invitation.
            let mut known = capabilities.user_fields.clone();
            known.retain(|field| field.kind != FieldKind::Email);
            check.fields(fields, &known, true);
        }
        Edit::KeepToken { name, expires_at: _, used_where, .. } => {
            check.name("name", name, TOKEN_NAME);
            if used_where.as_deref().is_some_and(|text| longer(text, USED_WHERE)) {
                check.too_long("usedWhere", USED_WHERE);
            }
        }
        Edit::AddOffDuty { rule, .. }
        | Edit::AddGroupOffDuty { rule, .. }
        | Edit::ChangeOffDuty { after: rule, .. } => check.rule(rule, local_now(capabilities, now)),
        Edit::GiveRight { right } | Edit::TakeRight { right } => {
            if !right.is_known() {
                check.add("right", FieldReason::NotSupported);
            }
        }
        Edit::DescribeToken { before, after, .. } => {
            check.name("description", after, TOKEN_NAME);
            if before == after {
                check.add("description", FieldReason::NothingToDo);
            }
        }
    }
    check.problems
}

/// What the account's own clock shows, where the service describes its zone.
fn local_now(capabilities: &Capabilities, now: Timestamp) -> Option<LocalSeconds> {
    Some(capabilities.facts.as_ref()?.time_zone.as_ref()?.local(now))
}

/// Roles of the organisation template may go without a description, and nobody gets them by themselves.
fn of_role(fields: &[EditableField], scope: RoleScope) -> Vec<EditableField> {
    let mut fields = fields.to_vec();
    if scope == RoleScope::Organization {
        fields.retain(|field| field.path != "isDefault");
        fields
            .iter_mut()
            .filter(|field| field.path == "description")
            .for_each(|field| field.required = false);
    }
    fields
}

struct Check<'c> {
    provider: ProviderKind,
    choices: Option<&'c BTreeMap<String, Vec<FieldOption>>>,
    problems: Vec<FieldProblem>,
}

impl Check<'_> {
    fn add(&mut self, path: &str, reason: FieldReason) {
        self.problems.push(FieldProblem { path: path.to_owned(), reason, limit: None });
    }

    fn too_long(&mut self, path: &str, limit: u32) {
        let (path, reason) = (path.to_owned(), FieldReason::TooLong);
        self.problems.push(FieldProblem { path, reason, limit: Some(limit) });
    }

    fn name(&mut self, argument: &str, name: &str, limit: u32) {
        if name.trim().is_empty() {
            self.add(argument, FieldReason::Required);
        } else if longer(name, limit) {
            self.too_long(argument, limit);
        }
    }

    /// A time that lies behind us would be kept and mean nothing.
    fn rule(&mut self, rule: &OffDutyRule, now: Option<LocalSeconds>) {
        const MINUTES: u16 = 24 * 60;
        let of_day = |start: &u16, end: &u16| *start < MINUTES && *end < MINUTES;
        let fits = match rule {
            OffDutyRule::OneTime { start, end } => {
                if end <= start {
                    self.add("end", FieldReason::EndsBeforeStart);
                } else if now.is_some_and(|now| *end <= now) {
                    self.add("end", FieldReason::InThePast);
                }
                true
            }
            OffDutyRule::Daily { start, end } => of_day(start, end),
            OffDutyRule::Weekly { weekday, start, end } => *weekday < 7 && of_day(start, end),
            OffDutyRule::Monthly { day, start, end } => (1..=31).contains(day) && of_day(start, end),
            OffDutyRule::Unknown { .. } => false,
        };
        if !fits {
            self.add("rule", FieldReason::NotSupported);
        }
    }

    fn invitee(&mut self, address: &str) {
        if address.trim().is_empty() {
            self.add("invitee", FieldReason::Required);
        } else if !is_email_address(address) && !longer(address, INVITEE) {
            self.add("invitee", FieldReason::InvalidEmail);
        } else if longer(address, INVITEE) {
            self.too_long("invitee", INVITEE);
        }
    }

    fn invitation(
        &mut self,
        capabilities: &Capabilities,
        expires_at: Option<Timestamp>,
        message: Option<&InvitationMessage>,
        now: Timestamp,
    ) {
        if expires_at.is_some_and(|end| end <= now) {
            self.add("expiresAt", FieldReason::InThePast);
        }
        let Some(message) = message else { return };
        if capabilities.invitations.as_ref().is_some_and(|rules| !rules.message) {
            self.add("message", FieldReason::NotSupported);
        } else if !is_invitation_link(&message.link) {
            self.add("link", FieldReason::InvalidUrl);
        }
    }

    fn group_kind(&mut self, kind: GroupKind) {
        let own = match self.provider {
            ProviderKind::Logto | ProviderKind::Roster => GroupKind::Organization,
            ProviderKind::Scim | ProviderKind::Uptrends => GroupKind::Group,
        };
        if kind != own {
            self.add("groupKind", FieldReason::NotSupported);
        }
    }

    fn fields(&mut self, edits: &[FieldEdit], known: &[EditableField], new: bool) {
        if edits.is_empty() && !new {
            self.add("fields", FieldReason::NothingToDo);
        }
        let mut seen = BTreeSet::new();
        for edit in edits {
            if !seen.insert(edit.path.as_str()) {
                self.add(&edit.path, FieldReason::Repeated);
                continue;
            }
            match known.iter().find(|field| field.path == edit.path) {
                Some(field) => self.value(field, &edit.after),
                // A key of an object of which every key can be edited.
                None if within(&edit.path, known) => {}
                None => self.add(&edit.path, FieldReason::NotEditable),
            }
        }
        let missing =
            known.iter().filter(|field| new && field.required && !seen.contains(field.path.as_str()));
        for field in missing {
            self.add(&field.path, FieldReason::Required);
        }
    }

    fn each_once<'a>(&mut self, path: &str, mut ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        if !ids.all(|id| seen.insert(id)) {
            self.add(path, FieldReason::Repeated);
        }
    }

    fn permissions(&mut self, path: &str, value: &Value) {
        let ids: Option<Vec<&str>> = value.as_array().and_then(|ids| ids.iter().map(Value::as_str).collect());
        match ids {
            Some(ids) => self.each_once(path, ids.into_iter()),
            None => self.add(path, FieldReason::Unknown),
        }
    }

    fn value(&mut self, field: &EditableField, value: &Value) {
        let path = field.path.as_str();
        let empty = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        if empty {
            if field.required {
                self.add(path, FieldReason::Required);
            }
            return;
        }
        match field.kind {
            FieldKind::Flag if !value.is_boolean() => self.add(path, FieldReason::NotYesOrNo),
            FieldKind::Json if !value.is_object() => self.add(path, FieldReason::NotAnObject),
            FieldKind::Flag | FieldKind::Json => {}
            FieldKind::Permissions => self.permissions(path, value),
            FieldKind::Choice => {
                let known = self.choices.and_then(|choices| choices.get(path)).into_iter().flatten();
                if !known.into_iter().any(|option| option.value == *value) {
                    self.add(path, FieldReason::Unknown);
                }
            }
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::UserName
            | FieldKind::Url => match value.as_str() {
                Some(text) => self.text(field, text),
                None => self.add(path, FieldReason::NotText),
            },
        }
    }

    fn text(&mut self, field: &EditableField, text: &str) {
        let path = field.path.as_str();
        if let Some(limit) = field.max_length.filter(|limit| longer(text, *limit)) {
            self.too_long(path, limit);
        }
        let strict = self.provider == ProviderKind::Logto;
        match field.kind {
            FieldKind::Email if !is_email(text, strict) => self.add(path, FieldReason::InvalidEmail),
            FieldKind::Phone if strict && !text.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.add(path, FieldReason::InvalidPhone);
            }
            FieldKind::Phone if !text.bytes().any(|byte| byte.is_ascii_digit()) => {
                self.add(path, FieldReason::InvalidPhone);
            }
            FieldKind::UserName if strict && !is_plain_name(text) => {
                self.add(path, FieldReason::InvalidUserName);
            }
            FieldKind::Url if url::Url::parse(text).is_err() => self.add(path, FieldReason::InvalidUrl),
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::UserName
            | FieldKind::Url
            | FieldKind::Flag
            | FieldKind::Json
            | FieldKind::Permissions
            | FieldKind::Choice => {}
        }
    }
}

fn within(path: &str, known: &[EditableField]) -> bool {
    let mut objects = known.iter().filter(|field| field.kind == FieldKind::Json);
    objects.any(|field| {
        path.strip_prefix(&field.path).is_some_and(|rest| rest.len() > 1 && rest.starts_with('.'))
    })
}

fn longer(text: &str, limit: u32) -> bool {
    text.chars().count() > usize::try_from(limit).unwrap_or(usize::MAX)
}

/// Whether `link` is a web address, whatever stands in it for what is not known yet.
pub fn is_invitation_link(link: &str) -> bool {
    let marks = [LINK_INVITATION, LINK_EMAIL, LINK_GROUP];
    let whole = marks.iter().fold(link.to_owned(), |link, mark| link.replace(mark, "x"));
    url::Url::parse(&whole).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}

/// Whether a service takes `text` for the address of a person.
pub fn is_email_address(text: &str) -> bool {
    is_email(text, true) && !longer(text, INVITEE) && text.matches('@').count() == 1
}

/// `^\S+@\S+\.\S+$`; where a service does not say how it reads addresses, one without a dot may be right.
fn is_email(text: &str, strict: bool) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let dotted = || domain.char_indices().any(|(at, c)| c == '.' && at > 0 && at + 1 < domain.len());
    !text.contains(char::is_whitespace) && !local.is_empty() && !domain.is_empty() && (!strict || dotted())
}

/// `^[A-Za-z_]\w*$`
fn is_plain_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests;
