//! What there is now of what an edit is about.

use serde_json::{Value, json};

use super::super::super::http::Answer;
use super::super::super::{Current, RemoteError};
use super::super::convert::text_of;
use super::super::lists::Lists;
use super::super::{details, find, wire};
use crate::model::{
    Edit, FieldEdit, HolderKind, PERMISSIONS, Record, RemoteId, Role, RoleScope, Stream, edge_key, fold,
};

/// What there is now of what `edit` is about.
///
/// # Errors
/// See [`RemoteError`].
pub async fn current(lists: &Lists, edit: &Edit) -> Result<Current, RemoteError> {
    match edit {
        Edit::CreateUser { fields, .. } => user_in_the_way(lists, fields).await,
        Edit::CreateRole { scope, fields, .. } => role_in_the_way(lists, *scope, fields).await,
        // Organisations of the same name are allowed.
        Edit::CreateGroup { .. } => Ok(Current::Absent),
        Edit::UpdateUser { user, .. }
        | Edit::SetUserActive { user, .. }
        | Edit::ResetPassword { user }
        | Edit::ExpirePassword { user }
        | Edit::DeleteUser { user } => record(lists, Stream::Users, user).await,
        Edit::UpdateRole { role, .. } | Edit::DeleteRole { role, .. } => {
            record(lists, Stream::Roles, role).await
        }
        Edit::UpdateGroup { group, .. } | Edit::DeleteGroup { group, .. } => {
            record(lists, Stream::Groups, group).await
        }
        Edit::UnlinkIdentity { user, target } => {
            let found = details::find(&lists.session, user.as_str(), false).await?.unwrap_or_default();
            Ok(present(found.pointer("/identities").and_then(|all| all.get(target)).is_some()))
        }
        Edit::EndSession { user, session } => {
            let name = ("sessions", "GET /users/{id}/sessions");
            has_part(lists, user, name, "/payload/uid", session).await
        }
        Edit::RevokeGrant { user, grant } => {
            has_part(lists, user, ("grants", "GET /users/{id}/grants"), "/id", grant).await
        }
        Edit::RemoveFactor { user, factor } => {
            let name = ("mfa-verifications", "GET /users/{id}/mfa-verifications");
            has_part(lists, user, name, "/id", factor).await
        }
        Edit::AssignRole { role, holder, holder_kind, group }
        | Edit::UnassignRole { role, holder, holder_kind, group } => {
            Ok(present(holds(lists, role, holder, *holder_kind, group.as_ref()).await?))
        }
        Edit::AddMember { group, member, .. } | Edit::RemoveMember { group, member, .. } => {
            let key = edge_key(group, member);
            Ok(present(!find::find_many(lists, Stream::Memberships, &[key]).await?.is_empty()))
        }
        Edit::CreateToken { owner, name, .. }
        | Edit::RenameToken { owner, name, .. }
        | Edit::DeleteToken { owner, name } => {
            let tokens = details::tokens(&lists.session, owner.as_str()).await?.unwrap_or_default();
            Ok(present(tokens.iter().any(|token| token.name == *name)))
        }
        // Not of this service.
        Edit::AddOffDuty { .. }
        | Edit::ChangeOffDuty { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::AddGroupOffDuty { .. }
        | Edit::SetGroupActive { .. }
        | Edit::GiveRight { .. }
        | Edit::TakeRight { .. }
        | Edit::DescribeToken { .. } => Ok(Current::Absent),
        Edit::InviteUser { group, invitee, .. } => invited(lists, group, invitee).await,
        Edit::ResendInvitation { invitation, .. }
        | Edit::RevokeInvitation { invitation }
        | Edit::DeleteInvitation { invitation } => {
            let found = find::invitation(lists, invitation).await?;
            Ok(found.and_then(into_current).unwrap_or(Current::Absent))
        }
        // The service knows this by itself.
        Edit::AcceptInvitation { .. } | Edit::KeepToken { .. } => Ok(Current::Absent),
    }
}

/// An invitation of this address to `group` that can still be accepted; else whether it belongs to a member.
async fn invited(lists: &Lists, group: &RemoteId, invitee: &str) -> Result<Current, RemoteError> {
    let query = [("organizationId", group.as_str()), ("invitee", invitee)];
    let url = lists.session.url(["organization-invitations"], &query);
    let found = lists.session.list(url, "GET /organization-invitations").await?.records;
    let text = |invitation: &Value, name: &str| invitation.get(name).and_then(text_of).unwrap_or_default();
    // What the list brings is looked at again: an answer that ignored the query would name anybody.
    let pending = found.into_iter().find(|invitation| {
        text(invitation, "status") == "Pending"
            && text(invitation, "organizationId") == group.as_str()
            && fold(&text(invitation, "invitee")) == fold(invitee)
    });
    if let Some(raw) = pending {
        return Ok(Current::Record { raw, version: None });
    }
    let fields = [FieldEdit { path: "primaryEmail".to_owned(), before: Value::Null, after: invitee.into() }];
    let Current::Record { raw, .. } = user_in_the_way(lists, &fields).await? else {
        return Ok(Current::Absent);
    };
    let Some(user) = raw.get("id").and_then(text_of) else { return Ok(Current::Absent) };
    let key = edge_key(group, &RemoteId::new(user));
    Ok(present(!find::find_many(lists, Stream::Memberships, &[key]).await?.is_empty()))
}

const fn present(is_there: bool) -> Current {
    if is_there { Current::Present } else { Current::Absent }
}

/// A record as the mirror has it.
async fn record(lists: &Lists, stream: Stream, id: &RemoteId) -> Result<Current, RemoteError> {
    let found = find::find_many(lists, stream, std::slice::from_ref(id)).await?;
    Ok(found.into_iter().find_map(into_current).unwrap_or(Current::Absent))
}

fn into_current(record: Record) -> Option<Current> {
    let raw = match record {
        Record::User(user) => user.raw,
        Record::Group(group) => group.raw,
        Record::Role(role) => return with_permissions(&role),
        Record::Invitation(invitation) => invitation.raw,
        Record::Assignment(_)
        | Record::Member(_)
        | Record::Application(_)
        | Record::ApiUser(_)
        | Record::OffDutyPeriod(_)
        | Record::Resource(_)
        | Record::Grant(_)
        | Record::Recipients(_) => {
            return None;
        }
    };
    let raw = serde_json::from_str(&raw).ok()?;
    Some(Current::Record { raw, version: None })
}

/// A role with the ids of what it allows: edits say them so.
fn with_permissions(role: &Role) -> Option<Current> {
    let mut raw: Value = serde_json::from_str(&role.raw).ok()?;
    let ids: Vec<_> = role.permissions.iter().map(|permission| permission.remote_id.as_str()).collect();
    if let Some(members) = raw.as_object_mut() {
        members.insert(PERMISSIONS.to_owned(), json!(ids));
    }
    Some(Current::Record { raw, version: None })
}

/// A user who signs in with one of the names that the new one is to have.
async fn user_in_the_way(lists: &Lists, fields: &[FieldEdit]) -> Result<Current, RemoteError> {
    let text =
        |path: &str| fields.iter().find(|field| field.path == path).and_then(|field| text_of(&field.after));
    let names = ["username", "primaryEmail", "primaryPhone"].map(|path| (path, text(path)));
    let mut query = Vec::new();
    for (path, name) in &names {
        if let Some(name) = name {
            query.extend([
                (format!("search.{path}"), name.clone()),
                (format!("mode.{path}"), "exact".to_owned()),
            ]);
        }
    }
    if query.is_empty() {
        return Ok(Current::Absent);
    }
    query.push(("page_size".to_owned(), "100".to_owned()));
    let query: Vec<_> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let url = lists.session.url(["users"], &query);
    let found = lists.session.list(url, "GET /users").await?.records;
    // Names for signing in differ by case, addresses do not. What the search brings is looked at again: an answer that
    // ignored it would name anybody.
    let same = |user: &Value| {
        names.iter().any(|(path, wanted)| match (wanted, user.get(*path).and_then(Value::as_str)) {
            (Some(wanted), Some(own)) if *path == "primaryEmail" => fold(wanted) == fold(own),
            (Some(wanted), Some(own)) => wanted == own,
            _ => false,
        })
    };
    let id = found.iter().find(|user| same(user)).and_then(|user| user.get("id").and_then(text_of));
    match id {
        Some(id) => record(lists, Stream::Users, &RemoteId::new(id)).await,
        None => Ok(Current::Absent),
    }
}

async fn role_in_the_way(
    lists: &Lists,
    scope: RoleScope,
    fields: &[FieldEdit],
) -> Result<Current, RemoteError> {
    let name = fields.iter().find(|field| field.path == "name").and_then(|field| field.after.as_str());
    lists.refresh_roles().await?;
    let (roles, own) = lists.all_roles().await?;
    let all = if scope == RoleScope::Account { &roles.0 } else { &own.0 };
    let same =
        all.iter().find(|(_, role)| name.is_some() && role.get("name").and_then(Value::as_str) == name);
    match same {
        Some((id, _)) => record(lists, Stream::Roles, &RemoteId::new(id.as_str())).await,
        None => Ok(Current::Absent),
    }
}

async fn has_part(
    lists: &Lists,
    user: &RemoteId,
    (name, template): (&'static str, &'static str),
    pointer: &str,
    id: &str,
) -> Result<Current, RemoteError> {
    let part = details::part(&lists.session, user.as_str(), name, template).await?;
    let list = part.and_then(|part| details::list_in(&part, name)).unwrap_or_default();
    Ok(present(list.iter().any(|own| own.pointer(pointer).and_then(Value::as_str) == Some(id))))
}

/// Whether `holder` has `role`, everywhere or in `group`.
///
/// # Errors
/// See [`RemoteError`].
pub async fn holds(
    lists: &Lists,
    role: &RemoteId,
    holder: &RemoteId,
    kind: HolderKind,
    group: Option<&RemoteId>,
) -> Result<bool, RemoteError> {
    let (role, holder) = (role.as_str(), holder.as_str());
    match (group.map(RemoteId::as_str), kind) {
        (None, HolderKind::User) => {
            let query = [("search.id", holder), ("mode.id", "exact"), ("page_size", "100")];
            lists_id(lists, &["roles", role, "users"], &query, "GET /roles/{id}/users", holder).await
        }
        (None, HolderKind::Application) => match lists.applications_of(role).await {
            Err(RemoteError::NotFound { .. }) => Ok(false),
            applications => Ok(applications?.iter().any(|own| own == holder)),
        },
        (Some(group), kind) => {
            let (holders, template) = match kind {
                HolderKind::User => ("users", "GET /organizations/{id}/users/{userId}/roles"),
                HolderKind::Application => {
                    ("applications", "GET /organizations/{id}/applications/{applicationId}/roles")
                }
            };
            let path = ["organizations", group, holders, holder, "roles"];
            lists_id(lists, &path, &[("page_size", "100")], template, role).await
        }
    }
}

/// Whether the list at `path` has a record with this id; one that is not there has none.
async fn lists_id(
    lists: &Lists,
    path: &[&str],
    query: &[(&str, &str)],
    template: &'static str,
    id: &str,
) -> Result<bool, RemoteError> {
    let words = &lists.session.http.words;
    let decode = |answer: &Answer| {
        let code = wire::ErrorAnswer::read(answer).code;
        if wire::is_unknown_record(answer) || code.as_deref() == Some("organization.require_membership") {
            return Ok(Vec::new());
        }
        wire::list(answer, template, words).map(|listed| listed.records)
    };
    let found = lists.session.get(lists.session.url(path.iter().copied(), query), template, decode).await?;
    Ok(found.iter().any(|record| record.get("id").and_then(Value::as_str) == Some(id)))
}
