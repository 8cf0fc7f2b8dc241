//! One group with a page of its members.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::api::{GroupDetailView, GroupRequest, GroupRow, MemberView};
use crate::model::{AccountId, MemberKind, Stream, fold};
use crate::query::accounts::stream_state;
use crate::query::error::Reading;
use crate::query::history::history_of_group;
use crate::query::page::{clamp, count32, json};
use crate::store::StoreError;

pub(in crate::query) const GROUP: &str =
    "SELECT remote_id, display_name, created_at, modified_at, raw FROM groups
     WHERE account_id = :account_id AND remote_id = :remote_id";

/// The members with what is known of each. The memberships lead: users and groups are looked up.
pub(in crate::query) const MEMBERS: &str =
    "SELECT m.member_id, m.kind, coalesce(u.display_name, g.display_name, m.display, m.member_id) AS name,
            u.email, u.active, u.id IS NULL AND g.id IS NULL AS dangling, g.id IS NOT NULL AS is_group
     FROM memberships m
     LEFT JOIN users u ON u.account_id = m.account_id AND u.remote_id = m.member_id
     LEFT JOIN groups g ON g.account_id = m.account_id AND g.remote_id = m.member_id
     WHERE m.account_id = :account_id AND m.group_id = :remote_id";

/// Everything synced about a group, with a page of its members by name; `None` when the mirror does not have it.
///
/// All members are read for one page, for SQL cannot sort by folded names; a group of 100,000 takes as long as loading them.
///
/// # Errors
/// When the store cannot be read.
pub fn get_group(conn: &Connection, request: &GroupRequest) -> Result<Option<GroupDetailView>, StoreError> {
    let parameters = named_params! { ":account_id": request.account_id.0, ":remote_id": request.remote_id };
    let stored: Option<(GroupRow, String)> = conn
        .prepare_cached(GROUP)
        .and_then(|mut statement| {
            statement
                .query_row(parameters, |row| Ok((group(row, request.account_id)?, row.get("raw")?)))
                .optional()
        })
        .reading("reading a group")?;
    let Some((mut row, raw)) = stored else { return Ok(None) };
    let members = members(conn, request)?;
    row.members = count32(members.len());
    row.dangling = count32(members.iter().filter(|member| member.dangling).count());
    let (offset, limit) = (request.offset as usize, clamp(request.limit) as usize);
    Ok(Some(GroupDetailView {
        row,
        members: members.into_iter().skip(offset).take(limit).collect(),
        raw: json(&raw, "the record of a group")?,
        groups_state: stream_state(conn, request.account_id, Stream::Groups)?,
        history: history_of_group(conn, request.account_id, &request.remote_id)?,
    }))
}

fn group(row: &Row<'_>, account_id: AccountId) -> rusqlite::Result<GroupRow> {
    Ok(GroupRow {
        account_id,
        remote_id: row.get("remote_id")?,
        display_name: row.get("display_name")?,
        members: 0,
        dangling: 0,
        created_at: row.get("created_at")?,
        modified_at: row.get("modified_at")?,
    })
}

/// All members, by name without regard to case and accents.
fn members(conn: &Connection, request: &GroupRequest) -> Result<Vec<MemberView>, StoreError> {
    let reading = "reading the members of a group";
    let mut statement = conn.prepare_cached(MEMBERS).reading(reading)?;
    let parameters = named_params! { ":account_id": request.account_id.0, ":remote_id": request.remote_id };
    let members = statement.query_map(parameters, member).reading(reading)?;
    let mut members: Vec<MemberView> = members.collect::<Result<_, _>>().reading(reading)?;
    members.sort_by_cached_key(|member| (fold(&member.display_name), member.remote_id.clone()));
    Ok(members)
}

fn member(row: &Row<'_>) -> rusqlite::Result<MemberView> {
    let is_group = row.get("is_group")? || row.get::<_, String>("kind")? == MemberKind::Group.as_str();
    Ok(MemberView {
        remote_id: row.get("member_id")?,
        kind: if is_group { MemberKind::Group } else { MemberKind::User },
        display_name: row.get("name")?,
        email: row.get("email")?,
        active: row.get("active")?,
        dangling: row.get("dangling")?,
    })
}
