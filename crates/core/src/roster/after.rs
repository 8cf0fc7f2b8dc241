//! What an organisation kept by hand has of everything that an edit touched, once a person has carried it out.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::rules;
use super::writer::{raw, text_of};
use crate::model::{
    Edit, FieldEdit, FieldPath, PERMISSIONS, Permission, Record, RemoteId, Roster, RosterPreset, Stream,
    Timestamp, Token, User, edge_key,
};
use crate::remote::ReadBack;
use crate::remote::roster::{self as records, time_text};
use crate::store::{StoreError, facts, permissions, roster_book};

/// What a person ticked, and the id of what was created.
pub struct Ticked {
    /// When it was done.
    pub done_on: Timestamp,
    /// The role that a former owner has now.
    pub former_owner: Option<RemoteId>,
    /// What was created.
    pub created: Option<RemoteId>,
}

/// The ground on which it is computed.
pub struct After<'a> {
    /// The mirror as it is.
    pub conn: &'a Connection,
    /// What is said about the service.
    pub roster: &'a Roster,
    /// What was ticked.
    pub ticked: Ticked,
}

impl After<'_> {
    /// What there is after `edit`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of(&self, edit: &Edit) -> Result<ReadBack, StoreError> {
        let mut back = ReadBack::default();
        match edit {
            Edit::CreateUser { fields, .. } => {
                let id = self.ticked.created.clone().unwrap_or_else(|| RemoteId::new("member"));
                let user = patched(json!({ "id": id.as_str() }), fields);
                self.joins(user, self.usual_roles()?, &mut back);
            }
            Edit::UpdateUser { user, fields } => {
                let changed = self.raw("users", user)?.map(|raw| patched(raw, fields));
                self.member(changed.as_ref(), user, None, &mut back)?;
            }
            Edit::UpdateGroup { group, fields, .. } => {
                let changed = self.raw("groups", group)?.map(|raw| patched(raw, fields));
                back.records.extend(
                    changed.as_ref().and_then(records::group).map(|own| Record::Group(Box::new(own))),
                );
            }
            Edit::RemoveMember { group, member, .. } => {
                back.gone.push((Stream::Memberships, edge_key(group, member)));
                // There is one organisation: who is not in it is not in the account.
                back.gone.push((Stream::Users, member.clone()));
            }
            Edit::AssignRole { role, holder, .. } => self.assign(role, holder, &mut back)?,
            Edit::UnassignRole { role, holder, .. } => {
                let mut roles = self.roles_of(holder)?;
                roles.retain(|own| own != role);
                self.member(self.raw("users", holder)?.as_ref(), holder, Some(roles), &mut back)?;
            }
            Edit::CreateRole { fields, permissions, .. } => {
                let id = self.ticked.created.clone().unwrap_or_else(|| RemoteId::new("role"));
                let role = patched(json!({ "id": id.as_str() }), fields);
                self.role(&role, permissions, &mut back)?;
            }
            Edit::UpdateRole { role, fields, .. } => self.update_role(role, fields, &mut back)?,
            Edit::DeleteRole { role, .. } => back.gone.push((Stream::Roles, role.clone())),
            Edit::InviteUser { group, invitee, roles, expires_at, .. } => {
                self.invite((group, invitee), roles, *expires_at, &mut back)?;
            }
            Edit::ResendInvitation { invitation, expires_at, .. } => {
                self.resend(invitation, *expires_at, &mut back)?;
            }
            Edit::RevokeInvitation { invitation } => {
                self.set_invitation(invitation, &[("status", json!(rules::REVOKED))], &mut back)?;
            }
            Edit::DeleteInvitation { invitation } => {
                back.gone.push((Stream::Invitations, invitation.clone()));
            }
            Edit::AcceptInvitation { invitation, fields } => self.accept(invitation, fields, &mut back)?,
            Edit::KeepToken { owner, name, expires_at, used_where } => {
                let token = Token {
                    name: name.clone(),
                    description: used_where.clone().filter(|text| !text.trim().is_empty()),
                    created_at: Some(self.ticked.done_on),
                    expires_at: *expires_at,
                };
                self.tokens(
                    owner,
                    |tokens| {
                        tokens.retain(|known| known.name != token.name);
                        tokens.push(token);
                    },
                    &mut back,
                )?;
            }
            Edit::RenameToken { owner, name, new_name } => {
                let rename = |tokens: &mut Vec<Token>| {
                    tokens.iter_mut().filter(|token| token.name == *name).for_each(|token| {
                        token.name.clone_from(new_name);
                    });
                };
                self.tokens(owner, rename, &mut back)?;
            }
            Edit::DeleteToken { owner, name } => {
                self.tokens(owner, |tokens| tokens.retain(|token| token.name != *name), &mut back)?;
            }
            Edit::SetUserActive { .. }
            | Edit::ResetPassword { .. }
            | Edit::ExpirePassword { .. }
            | Edit::DeleteUser { .. }
            | Edit::UnlinkIdentity { .. }
            | Edit::EndSession { .. }
            | Edit::RevokeGrant { .. }
            | Edit::RemoveFactor { .. }
            | Edit::CreateGroup { .. }
            | Edit::DeleteGroup { .. }
            | Edit::AddMember { .. }
            | Edit::CreateToken { .. }
            | Edit::AddOffDuty { .. }
            | Edit::ChangeOffDuty { .. }
            | Edit::RemoveOffDuty { .. }
            | Edit::AddGroupOffDuty { .. }
            | Edit::SetGroupActive { .. }
            | Edit::GiveRight { .. }
            | Edit::TakeRight { .. }
            | Edit::DescribeToken { .. } => {}
        }
        Ok(back)
    }

    fn raw(&self, table: &'static str, id: &RemoteId) -> Result<Option<Value>, StoreError> {
        raw(self.conn, self.roster.account, table, id)
    }

    fn roles_of(&self, member: &RemoteId) -> Result<Vec<RemoteId>, StoreError> {
        let edges = roster_book::list_edges(self.conn, self.roster.account, Some(member))?;
        Ok(edges.into_iter().flat_map(|edge| edge.roles).collect())
    }

    /// The roles that a newcomer gets.
    fn usual_roles(&self) -> Result<Vec<RemoteId>, StoreError> {
        let roles = roster_book::list_raw(self.conn, self.roster.account, "roles")?;
        let is_default = |raw: &str| {
            serde_json::from_str::<Value>(raw).is_ok_and(|role| role.get("isDefault") == Some(&json!(true)))
        };
        Ok(roles.into_iter().filter(|(_, raw)| is_default(raw)).map(|(id, _)| id).take(1).collect())
    }

    /// A new member.
    fn joins(&self, mut user: Value, roles: Vec<RemoteId>, back: &mut ReadBack) {
        FieldPath::parse("createdAt").set(&mut user, json!(time_text(self.ticked.done_on)));
        if let Some(user) = records::user(&user) {
            push_member(user, roles, back);
        }
    }

    /// A member who is known, with other roles where they are given.
    fn member(
        &self,
        user: Option<&Value>,
        id: &RemoteId,
        roles: Option<Vec<RemoteId>>,
        back: &mut ReadBack,
    ) -> Result<(), StoreError> {
        let Some(user) = user.and_then(records::user) else { return Ok(()) };
        let roles = match roles {
            Some(roles) => roles,
            None => self.roles_of(id)?,
        };
        push_member(user, roles, back);
        Ok(())
    }

    fn assign(&self, role: &RemoteId, holder: &RemoteId, back: &mut ReadBack) -> Result<(), StoreError> {
        let one = rules::has_one_role(self.roster.preset);
        let mut roles = if one { Vec::new() } else { self.roles_of(holder)? };
        roles.push(role.clone());
        self.member(self.raw("users", holder)?.as_ref(), holder, Some(roles), back)?;
        if self.roster.preset == RosterPreset::Isocarto && role.as_str() == rules::OWNER {
            // There is one owner. What the former one is now is not documented: the person says it.
            let former_role =
                self.ticked.former_owner.clone().unwrap_or_else(|| RemoteId::new(rules::ADMINISTRATOR));
            for (former, _) in facts::list_holder_ids(self.conn, self.roster.account, role)? {
                if former != *holder {
                    let roles = Some(vec![former_role.clone()]);
                    self.member(self.raw("users", &former)?.as_ref(), &former, roles, back)?;
                }
            }
        }
        Ok(())
    }

    fn role(&self, role: &Value, allowed: &[RemoteId], back: &mut ReadBack) -> Result<(), StoreError> {
        let mut rights: Vec<Permission> = Vec::new();
        for id in allowed {
            rights.extend(permissions::find(self.conn, self.roster.account, id)?);
        }
        back.records.extend(records::role(role, rights).map(|role| Record::Role(Box::new(role))));
        Ok(())
    }

    fn update_role(
        &self,
        id: &RemoteId,
        fields: &[FieldEdit],
        back: &mut ReadBack,
    ) -> Result<(), StoreError> {
        let Some(known) = self.raw("roles", id)? else { return Ok(()) };
        let (rights, others): (Vec<FieldEdit>, Vec<FieldEdit>) =
            fields.iter().cloned().partition(|field| field.path == PERMISSIONS);
        let allowed: Vec<RemoteId> = match rights.first() {
            Some(field) => {
                let ids = field.after.as_array().map(Vec::as_slice).unwrap_or_default();
                ids.iter().filter_map(Value::as_str).map(RemoteId::new).collect()
            }
            None => {
                let known = roster_book::list_permissions(self.conn, self.roster.account, id)?;
                known.into_iter().map(|right| right.remote_id).collect()
            }
        };
        self.role(&patched(known, &others), &allowed, back)
    }

    fn invite(
        &self,
        (group, invitee): (&RemoteId, &str),
        roles: &[RemoteId],
        expires_at: Option<Timestamp>,
        back: &mut ReadBack,
    ) -> Result<(), StoreError> {
        let roles = if roles.is_empty() { self.usual_roles()? } else { roles.to_vec() };
        let mut names = Vec::new();
        for role in &roles {
            names.extend(
                facts::find_record(self.conn, self.roster.account, "roles", role)?.map(|(name, _)| name),
            );
        }
        let sent = self.ticked.done_on;
        let expires = rules::expires(self.roster.preset, sent).or(expires_at);
        let id = self.ticked.created.clone().unwrap_or_else(|| RemoteId::new("invitation"));
        let invitation = records::record([
            ("id", Some(json!(id.as_str()))),
            ("invitee", Some(json!(invitee.trim()))),
            ("status", Some(json!(rules::PENDING))),
            ("organizationId", Some(json!(group.as_str()))),
            ("inviterId", self.roster.me.as_ref().map(|me| json!(me.as_str()))),
            ("roles", Some(json!(names))),
            ("createdAt", Some(json!(time_text(sent)))),
            ("expiresAt", expires.map(|at| json!(time_text(at)))),
        ]);
        push_invitation(&invitation, back);
        Ok(())
    }

    fn resend(
        &self,
        id: &RemoteId,
        expires_at: Option<Timestamp>,
        back: &mut ReadBack,
    ) -> Result<(), StoreError> {
        let Some(known) = self.raw("invitations", id)?.as_ref().and_then(records::invitation) else {
            return Ok(());
        };
        let sent = self.ticked.done_on;
        // Where the service has no rule, it is good for as long as before.
        let as_long = known
            .expires_at
            .zip(known.created_at)
            .map(|(end, begin)| sent.plus_millis(end.as_millis().saturating_sub(begin.as_millis())));
        let expires = rules::expires(self.roster.preset, sent).or(expires_at).or(as_long);
        let values = [
            ("status", json!(rules::PENDING)),
            ("createdAt", json!(time_text(sent))),
            ("expiresAt", expires.map_or(Value::Null, |at| json!(time_text(at)))),
        ];
        self.set_invitation(id, &values, back)
    }

    fn set_invitation(
        &self,
        id: &RemoteId,
        values: &[(&str, Value)],
        back: &mut ReadBack,
    ) -> Result<(), StoreError> {
        let Some(mut invitation) = self.raw("invitations", id)? else {
            back.gone.push((Stream::Invitations, id.clone()));
            return Ok(());
        };
        for (path, value) in values {
            set(&mut invitation, path, value);
        }
        push_invitation(&invitation, back);
        Ok(())
    }

    fn accept(&self, id: &RemoteId, fields: &[FieldEdit], back: &mut ReadBack) -> Result<(), StoreError> {
        let Some(known) = self.raw("invitations", id)?.as_ref().and_then(records::invitation) else {
            return Ok(());
        };
        let created = self.ticked.created.clone().or(known.accepted_user.clone());
        let Some(user) = created else { return Ok(()) };
        let accepted = [("status", json!(rules::ACCEPTED)), ("acceptedUserId", json!(user.as_str()))];
        self.set_invitation(id, &accepted, back)?;
        if self.raw("users", &user)?.is_some() {
            // They were pasted as a member meanwhile.
            return Ok(());
        }
        let mut roles = Vec::new();
        for name in &known.roles {
            let named = crate::store::known::find_roles(self.conn, self.roster.account, name)?;
            roles.extend(named.into_iter().map(|role| RemoteId::new(role.remote_id)));
        }
        if roles.is_empty() {
            roles = self.usual_roles()?;
        }
        let email = known.invitee;
        let name = text_of(fields, "name").unwrap_or(&email).to_owned();
        let record = json!({ "id": user.as_str(), "name": name, "primaryEmail": email });
        self.joins(patched(record, fields), roles, back);
        Ok(())
    }

    fn tokens(
        &self,
        owner: &RemoteId,
        change: impl FnOnce(&mut Vec<Token>),
        back: &mut ReadBack,
    ) -> Result<(), StoreError> {
        let mut tokens = roster_book::list_tokens(self.conn, self.roster.account, owner)?;
        change(&mut tokens);
        tokens.sort();
        back.tokens = Some((owner.clone(), tokens));
        Ok(())
    }
}

fn push_member(user: User, roles: Vec<RemoteId>, back: &mut ReadBack) {
    let group = RemoteId::new(rules::ORGANIZATION);
    back.records.push(Record::Member(records::member(&group, &user, roles)));
    back.records.push(Record::User(Box::new(user)));
}

fn push_invitation(invitation: &Value, back: &mut ReadBack) {
    back.records.extend(records::invitation(invitation).map(|own| Record::Invitation(Box::new(own))));
}

/// `record` with the values of `fields`; what becomes nothing is left out.
fn patched(mut record: Value, fields: &[FieldEdit]) -> Value {
    for FieldEdit { path, after, .. } in fields {
        set(&mut record, path, after);
    }
    record
}

fn set(record: &mut Value, path: &str, value: &Value) {
    let nothing = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
    match (nothing, record.as_object_mut()) {
        (true, Some(object)) => {
            object.remove(path);
        }
        _ => FieldPath::parse(path).set(record, value.clone()),
    }
}
