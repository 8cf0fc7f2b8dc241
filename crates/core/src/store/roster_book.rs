//! Everything the mirror has of an organisation kept by hand, as raw records: its next version is made of them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::StoreError;
use super::error::Context;
use super::permissions;
use crate::model::{AccountId, Permission, RemoteId, Timestamp, Token, TokenKind};

const READING: &str = "reading an organisation kept by hand";

/// A member's edge: organisation, member, roles held there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The organisation.
    pub group: RemoteId,
    /// The member.
    pub member: RemoteId,
    /// Roles, sorted.
    pub roles: Vec<RemoteId>,
}

/// Raw records of one of `users`, `groups`, `roles` or `invitations`, by id.
///
/// # Errors
/// Those of the database.
pub fn list_raw(
    conn: &Connection,
    account: AccountId,
    table: &'static str,
) -> Result<Vec<(RemoteId, String)>, StoreError> {
    let sql = format!("SELECT remote_id, raw FROM {table} WHERE account_id = :account ORDER BY remote_id");
    let mut statement = conn.prepare_cached(&sql).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account": account.0 }, |row| {
            Ok((RemoteId::new(row.get::<_, String>("remote_id")?), row.get("raw")?))
        })
        .context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

/// What `role` allows.
///
/// # Errors
/// Those of the database.
pub fn list_permissions(
    conn: &Connection,
    account: AccountId,
    role: &RemoteId,
) -> Result<Vec<Permission>, StoreError> {
    let sql = "SELECT permission_id, name, description, resource_id, resource_name FROM role_permissions
               WHERE account_id = ?1 AND role_id = ?2 ORDER BY permission_id";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let rows = statement.query_map((account.0, role.as_str()), permissions::from_row).context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

/// Who is a member, with their roles; of one member where `member` says so.
///
/// # Errors
/// Those of the database.
pub fn list_edges(
    conn: &Connection,
    account: AccountId,
    member: Option<&RemoteId>,
) -> Result<Vec<Edge>, StoreError> {
    let sql = "SELECT m.group_id, m.member_id, a.role_id FROM memberships m
               LEFT JOIN role_assignments a
                   ON a.account_id = m.account_id AND a.group_id = m.group_id AND a.holder_id = m.member_id
               WHERE m.account_id = :account AND (:member IS NULL OR m.member_id = :member)
               ORDER BY m.group_id, m.member_id, a.role_id";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let mut rows = statement
        .query(named_params! { ":account": account.0, ":member": member.map(RemoteId::as_str) })
        .context(READING)?;
    let mut edges: Vec<Edge> = Vec::new();
    while let Some(row) = rows.next().context(READING)? {
        let (group, member, role) = edge(row).context(READING)?;
        match edges.last_mut().filter(|last| last.group == group && last.member == member) {
            Some(last) => last.roles.extend(role),
            None => edges.push(Edge { group, member, roles: role.into_iter().collect() }),
        }
    }
    Ok(edges)
}

fn edge(row: &Row<'_>) -> rusqlite::Result<(RemoteId, RemoteId, Option<RemoteId>)> {
    let id = |name: &str| row.get::<_, String>(name).map(RemoteId::new);
    Ok((id("group_id")?, id("member_id")?, row.get::<_, Option<String>>("role_id")?.map(RemoteId::new)))
}

/// Tokens of `owner`, by name.
///
/// # Errors
/// Those of the database.
pub fn list_tokens(
    conn: &Connection,
    account: AccountId,
    owner: &RemoteId,
) -> Result<Vec<Token>, StoreError> {
    let sql = "SELECT name, description, created_at, expires_at FROM tokens
               WHERE account_id = ?1 AND owner_kind = 'user' AND owner_id = ?2 AND kind = ?3 ORDER BY name";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let time = |millis: Option<i64>| millis.map(Timestamp::from_millis);
    let kind = TokenKind::PersonalAccessToken.as_str();
    let rows = statement
        .query_map((account.0, owner.as_str(), kind), |row| {
            Ok(Token {
                name: row.get("name")?,
                description: row.get("description")?,
                created_at: time(row.get("created_at")?),
                expires_at: time(row.get("expires_at")?),
            })
        })
        .context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

/// A number of the figures of an organisation.
///
/// # Errors
/// Those of the database.
pub fn count_tokens(conn: &Connection, account: AccountId) -> Result<u32, StoreError> {
    conn.query_row("SELECT count(*) FROM tokens WHERE account_id = ?1", [account.0], |row| row.get(0))
        .context(READING)
}

/// Members who came since `since`.
///
/// # Errors
/// Those of the database.
pub fn count_added(conn: &Connection, account: AccountId, since: Timestamp) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM users WHERE account_id = ?1 AND created_at >= ?2";
    conn.query_row(sql, (account.0, since.as_millis()), |row| row.get(0)).context(READING)
}

/// Invitations that can still be accepted at `now`, and those that nobody accepted in time.
///
/// # Errors
/// Those of the database.
pub fn count_invitations(
    conn: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<(u32, u32), StoreError> {
    let sql = "SELECT coalesce(sum(status = 'Pending' AND NOT coalesce(expires_at <= ?2, FALSE)), 0) AS pending,
                      coalesce(sum(status = 'Expired' OR (status = 'Pending' AND coalesce(expires_at <= ?2, FALSE))), 0)
                          AS expired
               FROM invitations WHERE account_id = ?1";
    conn.query_row(sql, (account.0, now.as_millis()), |row| Ok((row.get("pending")?, row.get("expired")?)))
        .context(READING)
}

/// How many members there are, and how many hold each role in the organisation.
///
/// # Errors
/// Those of the database.
pub fn count_members(
    conn: &Connection,
    account: AccountId,
) -> Result<(u32, Vec<(RemoteId, u32)>), StoreError> {
    let members = conn
        .query_row(
            "SELECT count(DISTINCT member_id) FROM memberships WHERE account_id = ?1",
            [account.0],
            |row| row.get(0),
        )
        .context(READING)?;
    let sql = "SELECT role_id, count(DISTINCT holder_id) AS holders FROM role_assignments
               WHERE account_id = ?1 AND group_id <> '' GROUP BY role_id";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let rows = statement
        .query_map([account.0], |row| {
            Ok((RemoteId::new(row.get::<_, String>("role_id")?), row.get("holders")?))
        })
        .context(READING)?;
    Ok((members, rows.collect::<rusqlite::Result<_>>().context(READING)?))
}

/// How many members hold one of `roles`.
///
/// # Errors
/// Those of the database.
pub fn count_holders_of_any(
    conn: &Connection,
    account: AccountId,
    roles: &[RemoteId],
) -> Result<u32, StoreError> {
    let ids: Vec<&str> = roles.iter().map(RemoteId::as_str).collect();
    let ids = serde_json::to_string(&ids).context(READING)?;
    let sql = "SELECT count(DISTINCT holder_id) FROM role_assignments
               WHERE account_id = ?1 AND group_id <> '' AND role_id IN (SELECT value FROM json_each(?2))";
    conn.query_row(sql, (account.0, ids), |row| row.get(0)).context(READING)
}

/// The invitation of this address, in any case, that can still be accepted at `now`.
///
/// # Errors
/// Those of the database.
pub fn find_open_invitation(
    conn: &Connection,
    account: AccountId,
    invitee: &str,
    now: Timestamp,
) -> Result<Option<RemoteId>, StoreError> {
    let wanted = invitee.trim().to_lowercase();
    let sql = "SELECT remote_id, invitee FROM invitations
               WHERE account_id = ?1 AND status = 'Pending' AND NOT coalesce(expires_at <= ?2, FALSE)
               ORDER BY created_at DESC";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let mut rows = statement.query((account.0, now.as_millis())).context(READING)?;
    // Not all letters have two cases for SQLite, so it is not asked to compare them.
    while let Some(row) = rows.next().context(READING)? {
        let own: String = row.get("invitee").context(READING)?;
        if own.trim().to_lowercase() == wanted {
            return row.get::<_, String>("remote_id").map(|id| Some(RemoteId::new(id))).context(READING);
        }
    }
    Ok(None)
}

/// How many tokens each user has.
///
/// # Errors
/// Those of the database.
pub fn count_tokens_by_owner(
    conn: &Connection,
    account: AccountId,
) -> Result<BTreeMap<RemoteId, u32>, StoreError> {
    let sql = "SELECT owner_id, count(*) AS tokens FROM tokens
               WHERE account_id = ?1 AND owner_kind = 'user' GROUP BY owner_id";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let rows = statement
        .query_map([account.0], |row| {
            Ok((RemoteId::new(row.get::<_, String>("owner_id")?), row.get("tokens")?))
        })
        .context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

/// Until when an invitation can be accepted.
///
/// # Errors
/// Those of the database.
pub fn find_expiry(
    conn: &Connection,
    account: AccountId,
    invitation: &RemoteId,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT expires_at FROM invitations WHERE account_id = ?1 AND remote_id = ?2";
    let found: Option<Option<i64>> = conn
        .query_row(sql, (account.0, invitation.as_str()), |row| row.get(0))
        .optional()
        .context(READING)?;
    Ok(found.flatten().map(Timestamp::from_millis))
}
