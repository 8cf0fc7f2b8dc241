//! Invitations: few enough that each list of them is read as a whole, searched and sorted here.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rusqlite::{Connection, Row, named_params};

use super::lists::Listing;
use super::page::{clamp, count32, json};
use super::users::{UserIndexCache, Words};
use crate::api::{
    InvitationColumn, InvitationPageView, InvitationQueryRequest, InvitationRow, InvitationState,
};
use crate::model::{AccountId, Timestamp, fold};
use crate::store::{Context, StoreError};

const INVITATIONS: &str = "SELECT i.remote_id, i.invitee, i.status, i.group_id, g.display_name AS organization, i.inviter_id,
            inviter.display_name AS inviter, accepted.remote_id AS accepted_user_id, i.roles, i.created_at, i.expires_at
     FROM invitations i
     LEFT JOIN groups g ON g.account_id = i.account_id AND g.remote_id = i.group_id
     LEFT JOIN users inviter ON inviter.account_id = i.account_id AND inviter.remote_id = i.inviter_id
     LEFT JOIN users accepted ON accepted.account_id = i.account_id AND accepted.remote_id = i.accepted_user_id
     WHERE i.account_id = :account_id";

const STATES: &str = "SELECT status, group_id, expires_at FROM invitations WHERE account_id = :account_id";

const READING: &str = "reading the invitations";

/// What became of an invitation, seen at `now`: services notice late that one has expired.
fn state(status: &str, expires_at: Option<i64>, now: Timestamp) -> InvitationState {
    match status {
        "Pending" if expires_at.is_some_and(|at| at <= now.as_millis()) => InvitationState::Expired,
        "Pending" => InvitationState::Pending,
        "Accepted" => InvitationState::Accepted,
        "Expired" => InvitationState::Expired,
        "Revoked" => InvitationState::Revoked,
        _ => InvitationState::Other,
    }
}

/// How many are pending and expired, and how many of the pending each organisation has.
#[derive(Debug, Default)]
pub(super) struct InvitationCounts {
    pub pending: u32,
    pub expired: u32,
    pub pending_by_organization: BTreeMap<String, u32>,
}

/// Counts the invitations of an account as of `now`.
pub(super) fn count_invitations(
    conn: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<InvitationCounts, StoreError> {
    let mut counts = InvitationCounts::default();
    let mut statement = conn.prepare_cached(STATES).context(READING)?;
    let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(READING)?;
    while let Some(row) = rows.next().context(READING)? {
        let status: String = row.get("status").context(READING)?;
        match state(&status, row.get("expires_at").context(READING)?, now) {
            InvitationState::Pending => {
                counts.pending += 1;
                if let Some(group) = row.get::<_, Option<String>>("group_id").context(READING)? {
                    *counts.pending_by_organization.entry(group).or_default() += 1;
                }
            }
            InvitationState::Expired => counts.expired += 1,
            InvitationState::Accepted | InvitationState::Revoked | InvitationState::Other => {}
        }
    }
    Ok(counts)
}

/// An invitation with what it is sorted by.
struct Listed {
    /// Place of the account's name among all.
    account: u32,
    invitee: String,
    organization: Option<String>,
    row: InvitationRow,
}

/// A page of invitations as of `now`.
///
/// # Errors
/// When the store cannot be read.
pub fn query_invitations(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &InvitationQueryRequest,
    now: Timestamp,
) -> Result<InvitationPageView, StoreError> {
    let (all, listed) = listed(cache, conn, request, now)?;
    let total = count32(listed.len());
    let page = listed.into_iter().skip(request.offset as usize).take(clamp(request.limit) as usize);
    Ok(InvitationPageView { total, all, rows: page.map(|listed| listed.row).collect() })
}

/// Hands over all invitations that match, in the asked order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub(super) fn each_listed_invitation(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &InvitationQueryRequest,
    now: Timestamp,
    out: &mut dyn Listing<InvitationRow>,
) -> Result<(), StoreError> {
    let (_, listed) = listed(cache, conn, request, now)?;
    out.begin(listed.len());
    listed.into_iter().try_for_each(|listed| out.row(listed.row))
}

/// How many invitations there are, and those that match, in the asked order.
fn listed(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &InvitationQueryRequest,
    now: Timestamp,
) -> Result<(u32, Vec<Listed>), StoreError> {
    let snapshot = cache.current(conn, request.account_id)?.snapshot;
    let mut listed = Vec::new();
    for (account, index) in snapshot.ranked_indexes() {
        listed.extend(read(conn, index.account, now)?.into_iter().map(|row| Listed {
            account,
            invitee: fold(&row.invitee),
            organization: row.organization.as_deref().map(fold),
            row,
        }));
    }
    let all = count32(listed.len());
    let words = Words::parse(&request.text);
    listed.retain(|listed| {
        let inviter = listed.row.inviter.as_deref().map(fold).unwrap_or_default();
        let organization = listed.organization.as_deref().unwrap_or_default();
        let text = format!("{}\u{1f}{organization}\u{1f}{inviter}", listed.invitee);
        words.all_in(text.as_bytes()) && request.state.is_none_or(|state| state == listed.row.state)
    });
    sort(&mut listed, request.sort, request.descending);
    Ok((all, listed))
}

/// What a column sorts by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(i64),
    Text(&'a str),
}

fn sort(listed: &mut [Listed], column: InvitationColumn, descending: bool) {
    fn key(listed: &Listed, column: InvitationColumn) -> Option<Key<'_>> {
        match column {
            InvitationColumn::Invitee => Some(Key::Text(&listed.invitee)),
            InvitationColumn::State => Some(Key::Number(listed.row.state as i64)),
            InvitationColumn::Organization => listed.organization.as_deref().map(Key::Text),
            InvitationColumn::CreatedAt => listed.row.created_at.map(Key::Number),
            InvitationColumn::ExpiresAt => listed.row.expires_at.map(Key::Number),
            InvitationColumn::Account => Some(Key::Number(i64::from(listed.account))),
        }
    }
    listed.sort_by(|a, b| {
        let by_value = match (key(a, column), key(b, column)) {
            (Some(a), Some(b)) if descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => Reverse(a.is_some()).cmp(&Reverse(b.is_some())),
        };
        by_value.then_with(|| {
            (&a.invitee, a.account, &a.row.remote_id).cmp(&(&b.invitee, b.account, &b.row.remote_id))
        })
    });
}

fn read(conn: &Connection, account: AccountId, now: Timestamp) -> Result<Vec<InvitationRow>, StoreError> {
    let mut statement = conn.prepare_cached(INVITATIONS).context(READING)?;
    let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(READING)?;
    let mut read = Vec::new();
    while let Some(row) = rows.next().context(READING)? {
        let roles: String = row.get("roles").context(READING)?;
        let roles = json(&roles, "the roles of an invitation")?;
        read.push(invitation(row, account, roles, now).context(READING)?);
    }
    Ok(read)
}

fn invitation(
    row: &Row<'_>,
    account_id: AccountId,
    roles: Vec<String>,
    now: Timestamp,
) -> rusqlite::Result<InvitationRow> {
    let (organization_id, inviter_id): (Option<String>, Option<String>) =
        (row.get("group_id")?, row.get("inviter_id")?);
    let (status, expires_at): (String, Option<i64>) = (row.get("status")?, row.get("expires_at")?);
    Ok(InvitationRow {
        account_id,
        remote_id: row.get("remote_id")?,
        invitee: row.get("invitee")?,
        state: state(&status, expires_at, now),
        status,
        organization: row.get::<_, Option<String>>("organization")?.or_else(|| organization_id.clone()),
        organization_id,
        inviter: row.get::<_, Option<String>>("inviter")?.or_else(|| inviter_id.clone()),
        inviter_id,
        accepted_user_id: row.get("accepted_user_id")?,
        roles,
        created_at: row.get("created_at")?,
        expires_at,
        pending: None,
    })
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[INVITATIONS, STATES];
