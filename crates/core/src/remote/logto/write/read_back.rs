//! What an edit touched, as a sync would bring it.

use super::super::super::{CarriedOut, ReadBack, RemoteError};
use super::super::convert::text_of;
use super::super::lists::Lists;
use super::super::{details, find};
use super::present::holds;
use crate::model::{Edit, HolderKind, Record, RemoteId, RoleAssignment, Stream, edge_key};

/// Reads everything that `edit` touched. With a user go edges and invitations whose keys nobody can read any more: who has
/// them drops them with the user.
///
/// # Errors
/// See [`RemoteError`].
pub async fn read_back(lists: &Lists, edit: &Edit, done: &CarriedOut) -> Result<ReadBack, RemoteError> {
    let mut back = ReadBack::default();
    match edit {
        Edit::CreateUser { .. } => {
            if let Some(user) = &done.created {
                record(lists, Stream::Users, user, &mut back).await?;
                // A new user gets the default roles.
                roles_of(lists, user, &mut back).await?;
            }
        }
        Edit::UpdateUser { user, .. }
        | Edit::ResetPassword { user }
        | Edit::ExpirePassword { user }
        | Edit::DeleteUser { user } => record(lists, Stream::Users, user, &mut back).await?,
        // Suspending ends sessions, and taking an identity or a factor away moves the time of the user's last change.
        Edit::SetUserActive { user, .. }
        | Edit::UnlinkIdentity { user, .. }
        | Edit::RemoveFactor { user, .. } => {
            record(lists, Stream::Users, user, &mut back).await?;
            in_depth(lists, user, &mut back).await?;
        }
        Edit::EndSession { user, .. } | Edit::RevokeGrant { user, .. } => {
            in_depth(lists, user, &mut back).await?;
        }
        Edit::CreateToken { owner, .. }
        | Edit::RenameToken { owner, .. }
        | Edit::DeleteToken { owner, .. } => {
            in_depth(lists, owner, &mut back).await?;
        }
        Edit::CreateRole { .. } => {
            if let Some(role) = &done.created {
                record(lists, Stream::Roles, role, &mut back).await?;
            }
        }
        Edit::UpdateRole { role, .. } | Edit::DeleteRole { role, .. } => {
            record(lists, Stream::Roles, role, &mut back).await?;
        }
        Edit::AssignRole { role, holder, holder_kind, group: None }
        | Edit::UnassignRole { role, holder, holder_kind, group: None } => {
            let edge = RoleAssignment::new(role.clone(), holder.clone(), *holder_kind);
            if holds(lists, role, holder, *holder_kind, None).await? {
                back.records.push(Record::Assignment(edge));
            } else {
                back.gone.push((Stream::RoleAssignments, edge.key));
            }
        }
        Edit::AssignRole { holder, holder_kind, group: Some(group), .. }
        | Edit::UnassignRole { holder, holder_kind, group: Some(group), .. } => {
            // Applications in organisations are in no list of ours.
            if *holder_kind == HolderKind::User {
                record(lists, Stream::Memberships, &edge_key(group, holder), &mut back).await?;
            }
        }
        Edit::CreateGroup { .. } => {
            if let Some(group) = &done.created {
                record(lists, Stream::Groups, group, &mut back).await?;
            }
        }
        Edit::UpdateGroup { group, .. } | Edit::DeleteGroup { group, .. } => {
            record(lists, Stream::Groups, group, &mut back).await?;
        }
        Edit::AddMember { group, member, .. } | Edit::RemoveMember { group, member, .. } => {
            record(lists, Stream::Memberships, &edge_key(group, member), &mut back).await?;
        }
        // Not of this service.
        Edit::AddOffDuty { .. }
        | Edit::ChangeOffDuty { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::AddGroupOffDuty { .. }
        | Edit::SetGroupActive { .. }
        | Edit::GiveRight { .. }
        | Edit::TakeRight { .. }
        | Edit::DescribeToken { .. } => {}
        Edit::InviteUser { .. } => {
            if let Some(created) = &done.created {
                invitation(lists, created, &mut back).await?;
            }
        }
        Edit::ResendInvitation { invitation: id, .. }
        | Edit::RevokeInvitation { invitation: id }
        | Edit::DeleteInvitation { invitation: id } => invitation(lists, id, &mut back).await?,
        Edit::AcceptInvitation { .. } | Edit::KeepToken { .. } => {}
    }
    Ok(back)
}

async fn record(
    lists: &Lists,
    stream: Stream,
    id: &RemoteId,
    back: &mut ReadBack,
) -> Result<(), RemoteError> {
    match find::find_many(lists, stream, std::slice::from_ref(id)).await?.pop() {
        Some(record) => back.records.push(record),
        None => back.gone.push((stream, id.clone())),
    }
    Ok(())
}

/// The list of all invitations comes whole: too much for one.
async fn invitation(lists: &Lists, id: &RemoteId, back: &mut ReadBack) -> Result<(), RemoteError> {
    match find::invitation(lists, id).await? {
        Some(record) => back.records.push(record),
        None => back.gone.push((Stream::Invitations, id.clone())),
    }
    Ok(())
}

async fn in_depth(lists: &Lists, user: &RemoteId, back: &mut ReadBack) -> Result<(), RemoteError> {
    match details::read(&lists.session, user).await? {
        Some(found) => back.details = Some((user.clone(), found)),
        None if back.gone.is_empty() => back.gone.push((Stream::Users, user.clone())),
        None => {}
    }
    Ok(())
}

async fn roles_of(lists: &Lists, user: &RemoteId, back: &mut ReadBack) -> Result<(), RemoteError> {
    let url = lists.session.url(["users", user.as_str(), "roles"], &[("page_size", "100")]);
    let roles = match lists.session.list(url, "GET /users/{id}/roles").await {
        Err(RemoteError::NotFound { .. }) => return Ok(()),
        listed => listed?.records,
    };
    let ids = roles.iter().filter_map(|role| role.get("id").and_then(text_of)).map(RemoteId::new);
    let edges = ids.map(|role| RoleAssignment::new(role, user.clone(), HolderKind::User));
    back.records.extend(edges.map(Record::Assignment));
    Ok(())
}
