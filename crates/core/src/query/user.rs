//! Everything synced about one user.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::accounts::stream_state;
use super::depth::{depth_of, roles_of, tokens_of};
use super::groups::kind_of;
use super::history::history_of_user;
use super::invited::invited;
use super::log::log_of_user;
use super::page::{count32, json};
use super::users::UserRowReader;
use crate::api::{UserDetailView, UserGroupView};
use crate::model::{AccountId, Stream, fold};
use crate::store::{Context, StoreError};

const USER: &str = "SELECT id, raw, first_seen_at, last_changed_at FROM users
     WHERE account_id = :account_id AND remote_id = :remote_id";

const GROUPS_OF_USER: &str = "SELECT g.remote_id, g.display_name, g.kind, coalesce(json_extract(g.raw, '$.IsEveryone'), 0) = 1 AS everybody
     FROM memberships m
     CROSS JOIN groups g ON g.account_id = m.account_id AND g.remote_id = m.group_id
     WHERE m.account_id = :account_id AND m.member_id = :remote_id";

/// Everything synced about a user; `None` when the mirror does not have it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_user(
    conn: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<Option<UserDetailView>, StoreError> {
    let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
    let stored: Option<(i64, String, i64, i64)> = conn
        .prepare_cached(USER)
        .and_then(|mut statement| {
            let columns = |row: &rusqlite::Row<'_>| {
                Ok((row.get("id")?, row.get("raw")?, row.get("first_seen_at")?, row.get("last_changed_at")?))
            };
            statement.query_row(parameters, columns).optional()
        })
        .context("reading a user")?;
    let Some((id, raw, first_seen_at, last_changed_at)) = stored else { return Ok(None) };
    let groups = groups_of_user(conn, account, remote_id)?;
    let Some(row) = UserRowReader::new(conn)?.read(id, count32(groups.len()))? else { return Ok(None) };
    Ok(Some(UserDetailView {
        row,
        groups,
        roles: roles_of(conn, account, remote_id, "")?,
        tokens: tokens_of(conn, account, remote_id)?,
        depth: depth_of(conn, account, remote_id)?,
        log: log_of_user(conn, account, remote_id)?,
        invited: invited(conn, account, remote_id)?,
        raw: json(&raw, "the record of a user")?,
        first_seen_at,
        last_changed_at,
        users_state: stream_state(conn, account, Stream::Users)?,
        groups_state: stream_state(conn, account, Stream::Groups)?,
        memberships_state: stream_state(conn, account, Stream::Memberships)?,
        roles_state: stream_state(conn, account, Stream::RoleAssignments)?,
        history: history_of_user(conn, account, remote_id)?,
    }))
}

/// By name without regard to case and accents.
fn groups_of_user(
    conn: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<Vec<UserGroupView>, StoreError> {
    const READING: &str = "reading the groups of a user";
    let mut statement = conn.prepare_cached(GROUPS_OF_USER).context(READING)?;
    let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
    let mut rows = statement.query(parameters).context(READING)?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next().context(READING)? {
        let id: String = row.get("remote_id").context(READING)?;
        let kind: String = row.get("kind").context(READING)?;
        groups.push(UserGroupView {
            display_name: row.get("display_name").context(READING)?,
            kind: kind_of(&kind)?,
            roles: roles_of(conn, account, remote_id, &id)?,
            remote_id: id,
            everybody: row.get("everybody").context(READING)?,
        });
    }
    groups.sort_by_cached_key(|group| (fold(&group.display_name), group.remote_id.clone()));
    Ok(groups)
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[USER, GROUPS_OF_USER];
