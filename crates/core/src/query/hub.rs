//! The cards of the Hub.

use rusqlite::{Connection, named_params};

use super::page::count32;
use super::runs::newest_success;
use super::users::UserIndexCache;
use crate::api::{HubRequest, HubView};
use crate::model::AccountId;
use crate::store::{Context, StoreError};

/// The cards of one account, or of all together.
///
/// # Errors
/// When the store cannot be read.
pub fn get_hub(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &HubRequest,
) -> Result<HubView, StoreError> {
    let snapshot = cache.current(conn, request.account_id)?.snapshot;
    let (mut users, mut suspended, mut without_group) = (0, 0, 0);
    let (mut groups, mut empty, mut dangling) = (0, 0, 0_u32);
    let mut last_runs = Vec::new();
    for index in snapshot.indexes() {
        users += index.len();
        suspended += index.suspended_count();
        without_group += index.without_group_count();
        groups += index.group_index.len();
        empty += index.group_index.iter().filter(|group| group.members == 0).count();
        dangling = index.group_index.iter().map(|group| group.dangling).fold(dangling, u32::saturating_add);
        last_runs.extend(newest_success(conn, index.account)?);
    }
    last_runs.sort_by_key(|run| std::cmp::Reverse(run.id));
    Ok(HubView {
        users: count32(users),
        active: count32(users - suspended),
        suspended: count32(suspended),
        users_without_group: count32(without_group),
        groups: count32(groups),
        empty_groups: count32(empty),
        dangling_memberships: dangling,
        last_runs,
        oldest_synced_at: oldest_synced_at(conn, request.account_id)?,
    })
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
