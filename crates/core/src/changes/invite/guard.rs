//! What a person should know before somebody is invited. Everything here is only said: the service itself refuses what
//! cannot be.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::there::{There, folded};
use crate::api::{Guard, GuardView};
use crate::model::{AccountId, Edit, RemoteId, Timestamp};
use crate::store::{StoreError, accounts};

/// Adds to the guards of each line, which `lines` has in the order of `edits`, what is to be said about invitations; only
/// about those at the places `shown`.
///
/// # Errors
/// Those of the database.
pub fn add(
    conn: &Connection,
    account: AccountId,
    edits: &[&Edit],
    shown: Option<&[usize]>,
    lines: &mut [Vec<GuardView>],
    now: Timestamp,
) -> Result<(), StoreError> {
    let places: Vec<usize> = shown.map_or_else(|| (0..edits.len()).collect(), <[usize]>::to_vec);
    let invitations = || {
        places.iter().filter_map(|place| {
            let Some(Edit::InviteUser { group, invitee, .. }) = edits.get(*place) else { return None };
            Some((*place, group, invitee))
        })
    };
    let addresses: BTreeSet<String> = invitations().map(|(_, _, invitee)| folded(invitee)).collect();
    if addresses.is_empty() {
        return Ok(());
    }
    let groups: BTreeSet<RemoteId> = invitations().map(|(_, group, _)| group.clone()).collect();
    let there = There::load(conn, account, &groups, &addresses, now)?;
    let ended = ended(edits);
    for (place, group, invitee) in invitations() {
        if let Some(line) = lines.get_mut(place) {
            line.extend(of(&there, &ended, group, invitee));
        }
    }
    Ok(())
}

/// Whether all who are invited would be more than the account may have, where that is known.
///
/// # Errors
/// Those of the database.
pub fn limit(
    conn: &Connection,
    account: AccountId,
    edits: &[&Edit],
) -> Result<Option<GuardView>, StoreError> {
    let invited = edits.iter().filter(|edit| matches!(edit, Edit::InviteUser { .. })).count();
    if invited == 0 {
        return Ok(None);
    }
    let facts = accounts::find_capabilities(conn, account)?.and_then(|can| can.facts).unwrap_or_default();
    let (Some(limit), Some(used)) = (facts.users_limit, facts.users_in_use) else { return Ok(None) };
    let wanted = used.saturating_add(u32::try_from(invited).unwrap_or(u32::MAX));
    let guard = Guard::MembersLimit { limit };
    Ok((wanted > limit).then(|| GuardView { key: format!("membersLimit:{limit}"), guard, confirm: false }))
}

/// Invitations that are taken back by the same plan.
fn ended(edits: &[&Edit]) -> BTreeSet<RemoteId> {
    let ended = edits.iter().filter_map(|edit| {
        let (Edit::RevokeInvitation { invitation } | Edit::DeleteInvitation { invitation }) = edit else {
            return None;
        };
        Some(invitation.clone())
    });
    ended.collect()
}

/// The strongest of what is to be said.
fn of(there: &There, ended: &BTreeSet<RemoteId>, group: &RemoteId, invitee: &str) -> Option<GuardView> {
    let guard = if let Some((_, name)) = there.member(group, invitee) {
        Guard::MemberAlready { name: name.clone() }
    } else if there.invited(group, invitee).iter().any(|own| !ended.contains(own)) {
        Guard::InvitedAlready
    } else if let Some((_, name)) = there.user(invitee) {
        Guard::UserAlready { name: name.clone() }
    } else {
        Guard::UserElsewhere { account: there.elsewhere(invitee)?.to_owned() }
    };
    let key = format!("invite:{}:{}", group.as_str(), folded(invitee));
    Some(GuardView { key, guard, confirm: false })
}
