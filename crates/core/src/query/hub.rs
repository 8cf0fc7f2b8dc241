//! The cards of the Hub.

use rusqlite::{Connection, named_params};

use super::accounts::capabilities_of;
use super::applications::count_managing;
use super::figures::figures;
use super::invitations::count_invitations;
use super::page::count32;
use super::runs::newest_success;
use super::tokens::count_tokens;
use super::users::UserIndexCache;
use super::watch::{Watched, quota_of};
use crate::api::{HubRequest, HubView, InvitedCountsView, TokenCountsView};
use crate::model::{AccountId, GroupKind, Moment, Timestamp};
use crate::store::{Context, StoreError};

/// The cards of one account, or of all together, as of `moment`.
///
/// # Errors
/// When the store cannot be read.
pub fn get_hub(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &HubRequest,
    moment: &Moment,
) -> Result<HubView, StoreError> {
    let snapshot = cache.current(conn, request.account_id)?.snapshot;
    let (mut users, mut suspended, mut without_group) = (0, 0, 0);
    let (mut groups, mut empty) = (0, 0);
    let (mut dangling_members, mut dangling_organization_members) = (0_u32, 0_u32);
    let (mut organizations, mut empty_organizations) = (0, 0);
    let (mut pending_invitations, mut expired_invitations) = (0, 0);
    let mut managing_applications = 0;
    let mut invited: Option<InvitedCountsView> = None;
    let (mut quotas, mut watched) = (Vec::new(), Watched::default());
    let mut last_runs = Vec::new();
    for index in snapshot.indexes() {
        users += index.len();
        suspended += index.suspended_count();
        without_group += index.without_group_count();
        groups += index.group_index.count(Some(GroupKind::Group));
        organizations += index.group_index.count(Some(GroupKind::Organization));
        for group in index.group_index.iter().filter(|group| group.members == 0) {
            match group.kind {
                GroupKind::Group => empty += 1,
                GroupKind::Organization => empty_organizations += 1,
            }
        }
        if index.has_invited() {
            let (waiting, expired) = index.count_invited(moment.now.as_millis());
            let counts = invited.get_or_insert_default();
            counts.waiting = counts.waiting.saturating_add(count32(waiting));
            counts.expired = counts.expired.saturating_add(count32(expired));
        }
        let invitations = count_invitations(conn, index.account, moment.now)?;
        managing_applications += count_managing(conn, index.account)?;
        pending_invitations += invitations.pending;
        expired_invitations += invitations.expired;
        for group in index.group_index.iter() {
            let dangling = match group.kind {
                GroupKind::Group => &mut dangling_members,
                GroupKind::Organization => &mut dangling_organization_members,
            };
            *dangling = dangling.saturating_add(group.dangling);
        }
        last_runs.extend(newest_success(conn, index.account)?);
        quotas.extend(quota_of(conn, index.account, index.len())?);
        watched.add(conn, index.account, moment)?;
    }
    last_runs.sort_by_key(|run| std::cmp::Reverse(run.id));
    Ok(HubView {
        users: count32(users),
        active: count32(users - suspended),
        suspended: count32(suspended),
        users_without_group: count32(without_group),
        groups: count32(groups),
        empty_groups: empty,
        organizations: count32(organizations),
        empty_organizations,
        pending_invitations,
        expired_invitations,
        invited,
        managing_applications,
        figures: figures(conn, &snapshot, moment)?,
        tokens: tokens(cache, conn, request.account_id, moment.now)?,
        quotas,
        on_duty: watched.on_duty,
        api_users: watched.api_users,
        monitors: watched.monitors,
        dangling_memberships: dangling_members,
        dangling_organization_memberships: dangling_organization_members,
        last_runs,
        oldest_synced_at: oldest_synced_at(conn, request.account_id)?,
    })
}

/// The tokens, where a service lists some.
fn tokens(
    cache: &UserIndexCache,
    conn: &Connection,
    asked: Option<AccountId>,
    now: Timestamp,
) -> Result<Option<TokenCountsView>, StoreError> {
    for (account, _, _) in cache.revisions(conn, asked)? {
        if capabilities_of(conn, account)?.is_some_and(|capabilities| capabilities.details) {
            return count_tokens(cache, conn, asked, now).map(Some);
        }
    }
    Ok(None)
}

/// The oldest of the lists that are shown.
fn oldest_synced_at(conn: &Connection, account: Option<AccountId>) -> Result<Option<i64>, StoreError> {
    let sql =
        "SELECT min(synced_at) FROM stream_states WHERE :account_id IS NULL OR account_id = :account_id";
    conn.prepare_cached(sql)
        .and_then(|mut statement| {
            let account = account.map(|account| account.0);
            statement.query_row(named_params! { ":account_id": account }, |row| row.get(0))
        })
        .context("reading the age of the lists")
}
