//! One group with a page of its members.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::kind_of;
use super::members::Members;
use crate::api::{GroupDetailView, GroupRequest, GroupRow};
use crate::model::{AccountId, GroupKind, Stream, Timestamp};
use crate::query::accounts::stream_state;
use crate::query::history::history_of_group;
use crate::query::invitations::count_invitations;
use crate::query::page::{clamp, json};
use crate::query::users::UserIndexCache;
use crate::store::{Context, StoreError};

pub(super) const GROUP: &str = "SELECT remote_id, kind, display_name, created_at, modified_at, raw,
            coalesce(json_extract(raw, '$.IsEveryone'), 0) = 1 AS everybody
     FROM groups
     WHERE account_id = :account_id AND remote_id = :remote_id";

/// Everything synced about a group as of `now`, with a page of its members by name; `None` when the mirror does not have it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_group(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &GroupRequest,
    now: Timestamp,
) -> Result<Option<GroupDetailView>, StoreError> {
    let parameters = named_params! { ":account_id": request.account_id.0, ":remote_id": request.remote_id };
    let stored: Option<(GroupRow, String, String)> = conn
        .prepare_cached(GROUP)
        .and_then(|mut statement| {
            let read =
                |row: &Row<'_>| Ok((group(row, request.account_id)?, row.get("kind")?, row.get("raw")?));
            statement.query_row(parameters, read).optional()
        })
        .context("reading a group")?;
    let Some((mut row, kind, raw)) = stored else { return Ok(None) };
    row.kind = kind_of(&kind)?;
    let listed = match row.kind {
        GroupKind::Group => Stream::Groups,
        GroupKind::Organization => Stream::Memberships,
    };
    if row.kind == GroupKind::Organization {
        let pending = count_invitations(conn, request.account_id, now)?.pending_by_organization;
        row.invitations = pending.get(&request.remote_id).copied().unwrap_or(0);
    }
    let members = Members::load(cache, conn, request)?;
    row.members = members.count();
    row.dangling = members.dangling();
    Ok(Some(GroupDetailView {
        row,
        members: members.page(conn, request.offset as usize, clamp(request.limit) as usize)?,
        raw: json(&raw, "the record of a group")?,
        groups_state: stream_state(conn, request.account_id, Stream::Groups)?,
        members_state: stream_state(conn, request.account_id, listed)?,
        history: history_of_group(conn, request.account_id, &request.remote_id)?,
    }))
}

fn group(row: &Row<'_>, account_id: AccountId) -> rusqlite::Result<GroupRow> {
    Ok(GroupRow {
        account_id,
        remote_id: row.get("remote_id")?,
        display_name: row.get("display_name")?,
        kind: GroupKind::Group,
        members: 0,
        dangling: 0,
        everybody: row.get("everybody")?,
        invitations: 0,
        pending: None,
        created_at: row.get("created_at")?,
        modified_at: row.get("modified_at")?,
    })
}
