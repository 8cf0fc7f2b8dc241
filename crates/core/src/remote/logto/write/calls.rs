//! An edit as requests: pure, so that each can be compared with what a real server accepted.

mod call;
pub mod invitation;
mod role;
mod user;

use serde_json::{Map, Value, json};

pub use call::{Brings, Call};

use super::super::super::canonical::keep_hidden;
use crate::model::{Edit, FieldEdit, FieldPath, PERMISSIONS, RemoteId, RoleScope, Secret};
use role::{assign, create_role, unassign, update_role};
use user::{create_user, needs_whole, update_user};

/// What an edit must know beside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs<'e> {
    /// Nothing.
    Nothing,
    /// The user, with everything in it.
    User(&'e str),
    /// The organisation, with everything in it.
    Organization(&'e str),
    /// The invitation, for what stands in its link.
    Invitation(&'e str),
    /// Which permissions are of the organisation template.
    OrganizationScopes,
    /// What the role allows now; for one of the organisation template, which permissions are of that.
    Permissions(&'e str, RoleScope),
}

/// What was read for [`Needs`].
#[derive(Debug, Default)]
pub struct Known {
    /// The record.
    pub whole: Value,
    /// Permissions of the organisation template.
    pub organization_scopes: Vec<RemoteId>,
    /// What the role allows now.
    pub permissions: Vec<RemoteId>,
    /// Of the new user, or the new one.
    pub password: Option<Secret>,
}

/// What must be read before `edit` can be carried out.
pub fn needs(edit: &Edit) -> Needs<'_> {
    if let Edit::UpdateUser { user, fields } = edit
        && fields.iter().any(needs_whole)
    {
        return Needs::User(user.as_str());
    }
    if let Edit::UpdateGroup { group, fields, .. } = edit
        && fields.iter().any(|field| top(&field.path) == "customData")
    {
        return Needs::Organization(group.as_str());
    }
    if let Edit::CreateRole { scope: RoleScope::Organization, permissions, .. } = edit
        && !permissions.is_empty()
    {
        return Needs::OrganizationScopes;
    }
    if let Edit::UpdateRole { role, scope, fields } = edit
        && fields.iter().any(|field| field.path == PERMISSIONS)
    {
        return Needs::Permissions(role.as_str(), *scope);
    }
    if let Edit::ResendInvitation { invitation, .. } = edit {
        return Needs::Invitation(invitation.as_str());
    }
    Needs::Nothing
}

/// The requests that `edit` needs, in their order.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of edit")]
pub fn calls(edit: &Edit, known: &Known) -> Vec<Call> {
    match edit {
        Edit::CreateUser { fields, .. } => vec![create_user(fields, known)],
        Edit::UpdateUser { user, fields } => update_user(user.as_str(), fields, &known.whole),
        Edit::SetUserActive { user, active } => vec![Call::patch(
            &["users", user.as_str(), "is-suspended"],
            "PATCH /users/{id}/is-suspended",
            json!({ "isSuspended": !active }),
        )],
        Edit::ResetPassword { user } => {
            // Into the body of the request that sets it.
            let password = known.password.as_ref().map(Secret::expose);
            vec![Call::patch(
                &["users", user.as_str(), "password"],
                "PATCH /users/{id}/password",
                json!({ "password": password }),
            )]
        }
        Edit::ExpirePassword { user } => vec![Call::patch(
            &["users", user.as_str(), "password", "expiration"],
            "PATCH /users/{id}/password/expiration",
            json!({ "isExpired": true }),
        )],
        Edit::DeleteUser { user } => {
            vec![Call::delete(&["users", user.as_str()], "DELETE /users/{id}")]
        }
        Edit::UnlinkIdentity { user, target } => vec![Call::delete(
            &["users", user.as_str(), "identities", target],
            "DELETE /users/{id}/identities/{target}",
        )],
        Edit::EndSession { user, session } => vec![Call::delete(
            &["users", user.as_str(), "sessions", session],
            "DELETE /users/{id}/sessions/{sessionId}",
        )],
        Edit::RevokeGrant { user, grant } => vec![Call::delete(
            &["users", user.as_str(), "grants", grant],
            "DELETE /users/{id}/grants/{grantId}",
        )],
        Edit::RemoveFactor { user, factor } => vec![Call::delete(
            &["users", user.as_str(), "mfa-verifications", factor],
            "DELETE /users/{id}/mfa-verifications/{verificationId}",
        )],
        Edit::CreateRole { scope, holder_kind, fields, permissions } => {
            vec![create_role(*scope, *holder_kind, fields, permissions, known)]
        }
        Edit::UpdateRole { role, scope, fields } => update_role(role.as_str(), *scope, fields, known),
        Edit::DeleteRole { role, scope } => vec![match scope {
            RoleScope::Account => Call::delete(&["roles", role.as_str()], "DELETE /roles/{id}"),
            RoleScope::Organization => {
                Call::delete(&["organization-roles", role.as_str()], "DELETE /organization-roles/{id}")
            }
        }],
        Edit::AssignRole { role, holder, holder_kind, group } => {
            vec![assign(role, holder.as_str(), *holder_kind, group.as_ref())]
        }
        Edit::UnassignRole { role, holder, holder_kind, group } => {
            vec![unassign(role.as_str(), holder.as_str(), *holder_kind, group.as_ref())]
        }
        Edit::CreateGroup { fields, .. } => {
            let body = Value::Object(created(fields));
            vec![Call::post(&["organizations"], "POST /organizations", body).bringing(Brings::Id)]
        }
        Edit::UpdateGroup { group, fields, .. } => vec![Call::patch(
            &["organizations", group.as_str()],
            "PATCH /organizations/{id}",
            Value::Object(update_organization(fields, &known.whole)),
        )],
        Edit::DeleteGroup { group, .. } => {
            vec![Call::delete(&["organizations", group.as_str()], "DELETE /organizations/{id}")]
        }
        Edit::AddMember { group, member, .. } => vec![Call::post(
            &["organizations", group.as_str(), "users"],
            "POST /organizations/{id}/users",
            json!({ "userIds": [member] }),
        )],
        Edit::RemoveMember { group, member, .. } => vec![Call::delete(
            &["organizations", group.as_str(), "users", member.as_str()],
            "DELETE /organizations/{id}/users/{userId}",
        )],
        Edit::CreateToken { owner, name, expires_at } => {
            let mut body = json!({ "name": name });
            if let Some(end) = expires_at {
                put(&mut body, "expiresAt", end.as_millis().into());
            }
            let path = ["users", owner.as_str(), "personal-access-tokens"];
            vec![Call::post(&path, "POST /users/{id}/personal-access-tokens", body).bringing(Brings::Token)]
        }
        Edit::RenameToken { owner, name, new_name } => {
            let path = ["users", owner.as_str(), "personal-access-tokens"];
            let body = json!({ "currentName": name, "name": new_name });
            let older = Call::patch(
                &["users", owner.as_str(), "personal-access-tokens", name],
                "PATCH /users/{id}/personal-access-tokens/{name}",
                json!({ "name": new_name }),
            );
            vec![Call::patch(&path, "PATCH /users/{id}/personal-access-tokens", body).or_older(older)]
        }
        Edit::DeleteToken { owner, name } => {
            let path = ["users", owner.as_str(), "personal-access-tokens", "delete"];
            let older = Call::delete(
                &["users", owner.as_str(), "personal-access-tokens", name],
                "DELETE /users/{id}/personal-access-tokens/{name}",
            );
            let call =
                Call::post(&path, "POST /users/{id}/personal-access-tokens/delete", json!({ "name": name }));
            vec![Call { gone_is_done: true, ..call }.or_older(older)]
        }
        // Not of this service: refused before.
        Edit::AddOffDuty { .. }
        | Edit::ChangeOffDuty { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::AddGroupOffDuty { .. }
        | Edit::SetGroupActive { .. }
        | Edit::GiveRight { .. }
        | Edit::TakeRight { .. }
        | Edit::DescribeToken { .. } => Vec::new(),
        Edit::InviteUser { group, invitee, roles, expires_at, message } => {
            vec![invitation::invite(group, invitee, roles, *expires_at, message.as_ref())]
        }
        Edit::ResendInvitation { invitation, message, .. } => {
            let text = |name: &str| known.whole.get(name).and_then(Value::as_str).unwrap_or_default();
            let (invitee, group) = (text("invitee"), text("organizationId"));
            vec![invitation::send(invitation, message.as_ref(), invitee, group)]
        }
        Edit::RevokeInvitation { invitation } => vec![invitation::revoke(invitation)],
        Edit::DeleteInvitation { invitation } => vec![invitation::delete(invitation)],
        // Not of this service: refused before.
        Edit::AcceptInvitation { .. } | Edit::KeepToken { .. } => Vec::new(),
    }
}

fn put(body: &mut Value, name: &str, value: Value) {
    if let Some(members) = body.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// The attribute of the record that the value stands in.
fn top(path: &str) -> &str {
    path.split_once('.').map_or(path, |(top, _)| top)
}

/// `fields` of a new record; what is nothing is left out.
fn created(fields: &[FieldEdit]) -> Map<String, Value> {
    let mut record = Value::Object(Map::new());
    for field in fields {
        FieldPath::parse(&field.path).set(&mut record, field.after.clone());
    }
    if let Value::Object(record) = record { record } else { Map::new() }
}

/// `object`, else an empty one, with what of `before` nobody was shown.
fn object_with_hidden(object: Option<&Value>, before: Option<&Value>) -> Value {
    let mut object = object.filter(|object| object.is_object()).cloned().unwrap_or_else(|| json!({}));
    if let Some(before) = before {
        keep_hidden(before, &mut object);
    }
    object
}

fn update_organization(fields: &[FieldEdit], whole: &Value) -> Map<String, Value> {
    let mut changed = whole.clone();
    let mut body = Map::new();
    for field in fields {
        FieldPath::parse(&field.path).set(&mut changed, field.after.clone());
        body.insert(top(&field.path).to_owned(), field.after.clone());
    }
    if let Some(data) = body.get_mut("customData") {
        *data = object_with_hidden(changed.get("customData"), whole.get("customData"));
    }
    body
}

#[cfg(test)]
mod tests;
