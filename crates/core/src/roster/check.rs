//! What rules and roles of an organisation kept by hand forbid, before anything waits.

use rusqlite::Connection;

use super::{rules, view};
use crate::api::RosterAction;
use crate::model::{AccountId, Edit, FieldProblem, FieldReason, RemoteId, Roster, RosterPreset};
use crate::store::{StoreError, facts, roster_book, rosters};

fn problem(path: &str, reason: FieldReason) -> FieldProblem {
    FieldProblem { path: path.to_owned(), reason, limit: None }
}

/// What is wrong with `edit` in the organisation of `account`.
///
/// # Errors
/// Those of the database.
pub fn check(conn: &Connection, account: AccountId, edit: &Edit) -> Result<Option<FieldProblem>, StoreError> {
    let Some(roster) = rosters::find(conn, account)? else { return Ok(None) };
    if let Some(problem) = elsewhere(conn, account, edit)? {
        return Ok(Some(problem));
    }
    if let Edit::KeepToken { owner, .. } = edit
        && facts::find_record(conn, account, "users", owner)?.is_none()
    {
        return Ok(Some(problem("owner", FieldReason::Unknown)));
    }
    if is_default(conn, &roster, edit)? {
        return Ok(Some(problem("kind", FieldReason::NotSupported)));
    }
    let Some((action, about)) = action(edit) else { return Ok(None) };
    let me = view::me(conn, &roster)?;
    let me = me.as_ref().and_then(|(_, role)| role.as_ref()).map(|role| (role.0.as_str(), role.1.as_str()));
    let refused = match about {
        Some(member) => {
            let edges = roster_book::list_edges(conn, account, Some(member))?;
            let roles: Vec<RemoteId> = edges.into_iter().flat_map(|edge| edge.roles).collect();
            rules::refusal_about(roster.preset, me, &roles, action)
        }
        None => rules::refusal(roster.preset, me, action),
    };
    Ok(refused.map(|_| problem("kind", FieldReason::NotAllowed)))
}

/// What it is to the rules, and whom it is about.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named is only kept here: everybody may")]
fn action(edit: &Edit) -> Option<(RosterAction, Option<&RemoteId>)> {
    Some(match edit {
        Edit::InviteUser { .. } => (RosterAction::Invite, None),
        Edit::ResendInvitation { .. } => (RosterAction::Resend, None),
        Edit::RevokeInvitation { .. } => (RosterAction::Revoke, None),
        Edit::RemoveMember { member, .. } => (RosterAction::Remove, Some(member)),
        Edit::AssignRole { holder, role, .. } if role.as_str() == rules::OWNER => {
            (RosterAction::TransferOwnership, Some(holder))
        }
        Edit::AssignRole { holder, .. } | Edit::UnassignRole { holder, .. } => {
            (RosterAction::ChangeRole, Some(holder))
        }
        _ => return None,
    })
}

/// There is one organisation, and its roles are held in it.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named names no organisation")]
fn elsewhere(conn: &Connection, account: AccountId, edit: &Edit) -> Result<Option<FieldProblem>, StoreError> {
    let is_here = |group: &RemoteId| group.as_str() == rules::ORGANIZATION;
    let (here, roles): (bool, Vec<&RemoteId>) = match edit {
        Edit::AssignRole { group, role, .. } | Edit::UnassignRole { group, role, .. } => {
            (group.as_ref().is_some_and(is_here), vec![role])
        }
        Edit::InviteUser { group, roles, .. } => (is_here(group), roles.iter().collect()),
        Edit::RemoveMember { group, .. } | Edit::UpdateGroup { group, .. } => (is_here(group), Vec::new()),
        _ => return Ok(None),
    };
    if !here {
        return Ok(Some(problem("group", FieldReason::Unknown)));
    }
    for role in roles {
        if facts::find_record(conn, account, "roles", role)?.is_none() {
            return Ok(Some(problem("role", FieldReason::Unknown)));
        }
    }
    Ok(None)
}

/// The role that newcomers get stays.
fn is_default(conn: &Connection, roster: &Roster, edit: &Edit) -> Result<bool, StoreError> {
    let Edit::DeleteRole { role, .. } = edit else { return Ok(false) };
    if roster.preset == RosterPreset::Isocarto {
        return Ok(true);
    }
    let Some((_, raw)) = facts::find_record(conn, roster.account, "roles", role)? else { return Ok(false) };
    let raw: serde_json::Value = serde_json::from_str(&raw).unwrap_or_default();
    Ok(raw.get("isDefault").and_then(serde_json::Value::as_bool) == Some(true))
}
