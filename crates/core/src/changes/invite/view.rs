//! What would become of each address.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::addresses::addresses;
use super::there::{There, folded};
use crate::api::{
    InviteeCounts, InviteeState, InviteeView, InviteesRequest, InviteesView, PlanSubject, RecordView,
};
use crate::model::{Edit, RemoteId, Timestamp};
use crate::store::{StoreError, changes as table};

/// So many are invited at once: what is more is for another time.
const MOST: usize = 20_000;
/// Rows of a page.
const PAGE: usize = 500;

/// What would become of the addresses in the text of `request`.
///
/// # Errors
/// Those of the database.
pub fn invitees(
    conn: &Connection,
    request: &InviteesRequest,
    now: Timestamp,
) -> Result<InviteesView, StoreError> {
    let group = RemoteId::new(request.group_id.clone());
    let typed = addresses(&request.text);
    let wanted = typed.iter().filter(|own| own.well_formed).map(|own| folded(&own.address)).collect();
    let there = There::load(conn, request.account_id, &BTreeSet::from([group.clone()]), &wanted, now)?;
    let waiting = waiting(conn, request, &group)?;
    let mut seen = BTreeSet::new();
    let mut view = InviteesView {
        counts: InviteeCounts::default(),
        total: 0,
        rows: Vec::new(),
        ready: Vec::new(),
        most: u32::try_from(MOST).unwrap_or(u32::MAX),
    };
    let (offset, limit) = (request.offset as usize, PAGE.min(request.limit as usize));
    for own in typed {
        let address = folded(&own.address);
        let member = there.member(&group, &address);
        let state = if !own.well_formed {
            InviteeState::Malformed
        } else if !seen.insert(address.clone()) {
            InviteeState::Duplicate
        } else if member.is_some() {
            InviteeState::Member
        } else if !there.invited(&group, &address).is_empty() {
            InviteeState::Invited
        } else if waiting.contains(&address) {
            InviteeState::Waiting
        } else {
            InviteeState::Ready
        };
        count(&mut view.counts, state);
        if state == InviteeState::Ready && view.ready.len() < MOST {
            view.ready.push(own.address.clone());
        }
        if request.state.is_some_and(|asked| asked != state) {
            continue;
        }
        let place = view.total as usize;
        view.total += 1;
        if place >= offset && view.rows.len() < limit {
            let user = member.or_else(|| there.user(&address)).filter(|_| own.well_formed);
            let record = |(id, name): &(RemoteId, String)| RecordView {
                kind: PlanSubject::User,
                remote_id: Some(id.as_str().to_owned()),
                name: name.clone(),
            };
            let elsewhere = there.elsewhere(&address).map(str::to_owned);
            view.rows.push(InviteeView { address: own.address, state, user: user.map(record), elsewhere });
        }
    }
    Ok(view)
}

/// Addresses with an invitation to `group` that waits to be sent.
fn waiting(
    conn: &Connection,
    request: &InviteesRequest,
    group: &RemoteId,
) -> Result<BTreeSet<String>, StoreError> {
    let open = table::list_open(conn, request.account_id)?;
    let invited = open.iter().filter_map(|change| {
        let Edit::InviteUser { group: own, invitee, .. } = &change.edit else { return None };
        (own == group).then(|| folded(invitee))
    });
    Ok(invited.collect())
}

const fn count(counts: &mut InviteeCounts, state: InviteeState) {
    counts.all += 1;
    match state {
        InviteeState::Ready => counts.ready += 1,
        InviteeState::Malformed => counts.malformed += 1,
        InviteeState::Duplicate => counts.duplicate += 1,
        InviteeState::Member => counts.member += 1,
        InviteeState::Invited => counts.invited += 1,
        InviteeState::Waiting => counts.waiting += 1,
    }
}
