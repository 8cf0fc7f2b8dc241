//! One role with what it allows and a page of who holds it.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::holders::Assignments;
use super::list::roles_of;
use super::permissions::sorted;
use crate::api::{PermissionView, RoleDetailView, RoleRequest};
use crate::model::{AccountId, RoleScope, Stream};
use crate::query::accounts::stream_state;
use crate::query::history::history_of_role;
use crate::query::page::{clamp, json};
use crate::query::users::UserIndexCache;
use crate::store::permissions::from_row;
use crate::store::{Context, StoreError};

pub(super) const ROLE: &str =
    "SELECT raw FROM roles WHERE account_id = :account_id AND remote_id = :remote_id";
pub(super) const PERMISSIONS: &str =
    "SELECT permission_id, name, description, resource_id, resource_name FROM role_permissions
     WHERE account_id = :account_id AND role_id = :remote_id";

/// Everything synced about a role, with a page of its holders by name; `None` when the mirror does not have it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_role(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &RoleRequest,
) -> Result<Option<RoleDetailView>, StoreError> {
    let (account, id) = (request.account_id, request.remote_id.as_str());
    let raw: Option<String> = conn
        .prepare_cached(ROLE)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":remote_id": id };
            statement.query_row(parameters, |row| row.get("raw")).optional()
        })
        .context("reading a role")?;
    let Some(raw) = raw else { return Ok(None) };
    let snapshot = cache.current(conn, Some(account))?.snapshot;
    let Some(index) = snapshot.indexes().next() else { return Ok(None) };
    let Some(row) = roles_of(conn, index)?.into_iter().find(|row| row.remote_id == id) else {
        return Ok(None);
    };
    let assignments = Assignments::load(&snapshot.name_order(), conn, request)?;
    // Who holds a role within an organisation is listed with the members.
    let held = match row.scope {
        RoleScope::Account => Stream::RoleAssignments,
        RoleScope::Organization => Stream::Memberships,
    };
    Ok(Some(RoleDetailView {
        permissions: permissions(conn, account, id)?,
        assignments: assignments.count(),
        holders: assignments.page(conn, request.offset as usize, clamp(request.limit) as usize)?,
        raw: json(&raw, "the record of a role")?,
        roles_state: stream_state(conn, account, Stream::Roles)?,
        holders_state: stream_state(conn, account, held)?,
        history: history_of_role(conn, account, id)?,
        row,
    }))
}

fn permissions(conn: &Connection, account: AccountId, role: &str) -> Result<Vec<PermissionView>, StoreError> {
    const READING: &str = "reading the permissions of a role";
    let mut statement = conn.prepare_cached(PERMISSIONS).context(READING)?;
    let parameters = named_params! { ":account_id": account.0, ":remote_id": role };
    let rows = statement.query_map(parameters, from_row).context(READING)?;
    Ok(sorted(rows.collect::<Result<_, _>>().context(READING)?))
}
