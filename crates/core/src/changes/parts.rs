//! What an edit names: whom it is about, its other ends, and the belonging of the subject. Pure.

use serde_json::Value;

use crate::api::PlanSubject;
use crate::model::{
    Edit, FieldEdit, GrantHolder, HolderKind, OFF_DUTY, OffDutyRule, PERMISSIONS, ProviderKind, RemoteId,
    Right, TOKEN_DESCRIPTION,
};

/// A record that an edit names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// What it is.
    pub kind: PlanSubject,
    /// Its id; `None` for what the edit creates.
    pub id: Option<RemoteId>,
}

impl Named {
    const fn new(kind: PlanSubject, id: Option<RemoteId>) -> Self {
        Self { kind, id }
    }

    fn user(id: &RemoteId) -> Self {
        Self::new(PlanSubject::User, Some(id.clone()))
    }

    fn group(id: &RemoteId) -> Self {
        Self::new(PlanSubject::Group, Some(id.clone()))
    }

    fn role(id: &RemoteId) -> Self {
        Self::new(PlanSubject::Role, Some(id.clone()))
    }

    fn right_holder(right: &Right) -> Self {
        match right.holder_kind {
            GrantHolder::User => Self::user(&right.holder),
            GrantHolder::Group => Self::group(&right.holder),
        }
    }

    fn invitation(id: &RemoteId) -> Self {
        Self::new(PlanSubject::Invitation, Some(id.clone()))
    }

    fn holder(id: &RemoteId, kind: HolderKind) -> Self {
        match kind {
            HolderKind::User => Self::user(id),
            HolderKind::Application => Self::new(PlanSubject::Application, Some(id.clone())),
        }
    }
}

/// Whom `edit` is about: of a role or token the holder, of a membership the member.
pub fn subject(edit: &Edit) -> Named {
    match edit {
        Edit::CreateUser { .. } => Named::new(PlanSubject::User, None),
        Edit::CreateRole { .. } => Named::new(PlanSubject::Role, None),
        Edit::CreateGroup { .. } => Named::new(PlanSubject::Group, None),
        Edit::InviteUser { .. } => Named::new(PlanSubject::Invitation, None),
        Edit::UpdateUser { user, .. }
        | Edit::SetUserActive { user, .. }
        | Edit::ResetPassword { user }
        | Edit::ExpirePassword { user }
        | Edit::DeleteUser { user }
        | Edit::UnlinkIdentity { user, .. }
        | Edit::EndSession { user, .. }
        | Edit::RevokeGrant { user, .. }
        | Edit::RemoveFactor { user, .. } => Named::user(user),
        Edit::CreateToken { owner, .. }
        | Edit::KeepToken { owner, .. }
        | Edit::RenameToken { owner, .. }
        | Edit::DescribeToken { owner, .. }
        | Edit::DeleteToken { owner, .. } => Named::user(owner),
        Edit::AddOffDuty { user, .. }
        | Edit::ChangeOffDuty { user, .. }
        | Edit::RemoveOffDuty { user, .. } => Named::user(user),
        Edit::AddGroupOffDuty { group, .. } | Edit::SetGroupActive { group, .. } => Named::group(group),
        Edit::GiveRight { right } | Edit::TakeRight { right } => Named::right_holder(right),
        Edit::AddMember { member, .. } | Edit::RemoveMember { member, .. } => Named::user(member),
        Edit::AssignRole { holder, holder_kind, .. } | Edit::UnassignRole { holder, holder_kind, .. } => {
            Named::holder(holder, *holder_kind)
        }
        Edit::UpdateRole { role, .. } | Edit::DeleteRole { role, .. } => Named::role(role),
        Edit::UpdateGroup { group, .. } | Edit::DeleteGroup { group, .. } => Named::group(group),
        Edit::ResendInvitation { invitation, .. }
        | Edit::RevokeInvitation { invitation }
        | Edit::DeleteInvitation { invitation }
        | Edit::AcceptInvitation { invitation, .. } => Named::invitation(invitation),
    }
}

/// The other ends: the role, the group, the organisation in which a role is held, what a right is on.
pub fn targets(edit: &Edit) -> Vec<Named> {
    match edit {
        Edit::AddMember { group, .. } | Edit::RemoveMember { group, .. } => vec![Named::group(group)],
        Edit::AssignRole { role, group, .. } | Edit::UnassignRole { role, group, .. } => {
            let mut targets = vec![Named::role(role)];
            targets.extend(group.as_ref().map(Named::group));
            targets
        }
        Edit::GiveRight { right } | Edit::TakeRight { right } => {
            let on = |id: &RemoteId| Named::new(PlanSubject::Resource, Some(id.clone()));
            right.resource.as_ref().map(on).into_iter().collect()
        }
        Edit::InviteUser { group, roles, .. } => {
            let mut targets = vec![Named::group(group)];
            targets.extend(roles.iter().map(Named::role));
            targets
        }
        Edit::CreateUser { .. }
        | Edit::UpdateUser { .. }
        | Edit::SetUserActive { .. }
        | Edit::ResetPassword { .. }
        | Edit::ExpirePassword { .. }
        | Edit::DeleteUser { .. }
        | Edit::AddOffDuty { .. }
        | Edit::ChangeOffDuty { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::AddGroupOffDuty { .. }
        | Edit::SetGroupActive { .. }
        | Edit::DescribeToken { .. }
        | Edit::UnlinkIdentity { .. }
        | Edit::EndSession { .. }
        | Edit::RevokeGrant { .. }
        | Edit::RemoveFactor { .. }
        | Edit::CreateRole { .. }
        | Edit::UpdateRole { .. }
        | Edit::DeleteRole { .. }
        | Edit::CreateGroup { .. }
        | Edit::UpdateGroup { .. }
        | Edit::DeleteGroup { .. }
        | Edit::CreateToken { .. }
        | Edit::RenameToken { .. }
        | Edit::DeleteToken { .. }
        | Edit::ResendInvitation { .. }
        | Edit::RevokeInvitation { .. }
        | Edit::DeleteInvitation { .. }
        | Edit::AcceptInvitation { .. }
        | Edit::KeepToken { .. } => Vec::new(),
    }
}

/// Everything that `edit` names, the subject first.
pub fn all(edit: &Edit) -> Vec<Named> {
    let mut all = vec![subject(edit)];
    all.extend(targets(edit));
    all
}

/// The token, session, grant, factor, identity or right that it is about.
pub fn item(edit: &Edit) -> Option<&str> {
    match edit {
        Edit::UnlinkIdentity { target, .. } => Some(target),
        Edit::EndSession { session, .. } => Some(session),
        Edit::RevokeGrant { grant, .. } => Some(grant),
        Edit::RemoveFactor { factor, .. } => Some(factor),
        Edit::CreateToken { name, .. }
        | Edit::KeepToken { name, .. }
        | Edit::DescribeToken { name, .. }
        | Edit::RenameToken { name, .. }
        | Edit::DeleteToken { name, .. } => Some(name),
        Edit::GiveRight { right } | Edit::TakeRight { right } => Some(&right.permission),
        Edit::CreateUser { .. }
        | Edit::UpdateUser { .. }
        | Edit::SetUserActive { .. }
        | Edit::ResetPassword { .. }
        | Edit::ExpirePassword { .. }
        | Edit::DeleteUser { .. }
        | Edit::CreateRole { .. }
        | Edit::UpdateRole { .. }
        | Edit::DeleteRole { .. }
        | Edit::AssignRole { .. }
        | Edit::UnassignRole { .. }
        | Edit::CreateGroup { .. }
        | Edit::UpdateGroup { .. }
        | Edit::DeleteGroup { .. }
        | Edit::AddMember { .. }
        | Edit::RemoveMember { .. }
        | Edit::InviteUser { .. }
        | Edit::ResendInvitation { .. }
        | Edit::RevokeInvitation { .. }
        | Edit::DeleteInvitation { .. }
        | Edit::AcceptInvitation { .. }
        | Edit::AddOffDuty { .. }
        | Edit::ChangeOffDuty { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::AddGroupOffDuty { .. }
        | Edit::SetGroupActive { .. } => None,
    }
}

/// The values that it sets.
pub fn fields(edit: &Edit) -> &[FieldEdit] {
    let (Edit::CreateUser { fields, .. }
    | Edit::UpdateUser { fields, .. }
    | Edit::CreateRole { fields, .. }
    | Edit::UpdateRole { fields, .. }
    | Edit::CreateGroup { fields, .. }
    | Edit::UpdateGroup { fields, .. }
    | Edit::AcceptInvitation { fields, .. }) = edit
    else {
        return &[];
    };
    fields
}

/// The values that a person is shown: those of [`fields`], whether a user is let in, and what a new role allows. At Uptrends the
/// switch is another one: whoever is not active there gets no alerts, and signs in all the same.
pub fn shown_fields(provider: Option<ProviderKind>, edit: &Edit) -> Vec<FieldEdit> {
    if let Some(field) = single_value(edit) {
        return vec![field];
    }
    if let Edit::SetUserActive { active, .. } = edit {
        let (before, after) = ((!active).into(), (*active).into());
        let path = if provider == Some(ProviderKind::Uptrends) { "IsOnDuty" } else { "active" };
        return vec![FieldEdit { path: path.to_owned(), before, after }];
    }
    with_permissions(edit)
}

/// The one value of an edit that has no list of them: a time without alerts, a description, a switch.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named has a list of values, or none")]
pub fn single_value(edit: &Edit) -> Option<FieldEdit> {
    let rule = |rule: &OffDutyRule| serde_json::to_value(rule).unwrap_or_default();
    let (path, before, after) = match edit {
        Edit::AddOffDuty { rule: after, .. } | Edit::AddGroupOffDuty { rule: after, .. } => {
            (OFF_DUTY, Value::Null, rule(after))
        }
        Edit::ChangeOffDuty { before, after, .. } => (OFF_DUTY, rule(before), rule(after)),
        Edit::RemoveOffDuty { rule: before, .. } => (OFF_DUTY, rule(before), Value::Null),
        Edit::DescribeToken { before, after, .. } => {
            (TOKEN_DESCRIPTION, before.as_str().into(), after.as_str().into())
        }
        Edit::SetGroupActive { active, .. } => ("IsOnDuty", Value::Null, (*active).into()),
        _ => return None,
    };
    Some(FieldEdit { path: path.to_owned(), before, after })
}

/// Those of [`fields`], and what a new role allows.
fn with_permissions(edit: &Edit) -> Vec<FieldEdit> {
    let mut shown = fields(edit).to_vec();
    if let Edit::CreateRole { permissions, .. } = edit
        && !permissions.is_empty()
    {
        let (before, after) = (Value::Null, serde_json::json!(permissions));
        shown.push(FieldEdit { path: PERMISSIONS.to_owned(), before, after });
    }
    shown
}

/// Those of [`fields`], to be changed.
pub const fn fields_mut(edit: &mut Edit) -> Option<&mut Vec<FieldEdit>> {
    let (Edit::CreateUser { fields, .. }
    | Edit::UpdateUser { fields, .. }
    | Edit::CreateRole { fields, .. }
    | Edit::UpdateRole { fields, .. }
    | Edit::CreateGroup { fields, .. }
    | Edit::UpdateGroup { fields, .. }
    | Edit::AcceptInvitation { fields, .. }) = edit
    else {
        return None;
    };
    Some(fields)
}

/// Paths whose value names a record, best first.
const NAMING: [&str; 10] = [
    "FullName",
    "Description",
    "displayName",
    "name",
    "name.formatted",
    "userName",
    "username",
    "primaryEmail",
    "emails[primary].value",
    "primaryPhone",
];

/// The name that `edit` gives to what it is about, where it gives one.
pub fn new_name(edit: &Edit) -> Option<&str> {
    if let Edit::InviteUser { invitee, .. } = edit {
        return Some(invitee);
    }
    let fields = fields(edit);
    NAMING.iter().find_map(|path| {
        let field = fields.iter().find(|field| field.path.eq_ignore_ascii_case(path))?;
        field.after.as_str().filter(|name| !name.trim().is_empty())
    })
}

/// Whether it makes a value that is shown once.
pub const fn makes_secret(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::CreateToken { .. }
            | Edit::ResetPassword { .. }
            | Edit::CreateUser { password: crate::model::PasswordChoice::Generated, .. }
    )
}
