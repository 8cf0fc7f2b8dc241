//! Everything that a role of an account could allow: rows of `role_permissions` that belong to no role, under the empty id.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::roles::write_permissions;
use crate::model::{AccountId, Permission, RemoteId};

const COLUMNS: &str = "permission_id, name, description, resource_id, resource_name";
const READING: &str = "reading permissions";

/// Of no role.
const ALL: &str = "";

/// Replaces what could be allowed.
///
/// # Errors
/// Those of the database.
pub fn replace_all(
    tx: &Transaction<'_>,
    account: AccountId,
    permissions: &[Permission],
) -> Result<(), StoreError> {
    write_permissions(tx, account, &RemoteId::new(ALL), permissions)
}

/// What could be allowed, as last read.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &Connection, account: AccountId) -> Result<Vec<Permission>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM role_permissions WHERE account_id = :account AND role_id = :role");
    let mut statement = conn.prepare_cached(&sql).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account": account.0, ":role": ALL }, from_row)
        .context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

/// What some role allows, each once.
///
/// # Errors
/// Those of the database.
pub fn list_in_use(conn: &Connection, account: AccountId) -> Result<Vec<Permission>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM role_permissions WHERE account_id = :account GROUP BY permission_id");
    let mut statement = conn.prepare_cached(&sql).context(READING)?;
    let rows = statement.query_map(named_params! { ":account": account.0 }, from_row).context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

/// Whether it was ever read what could be allowed.
///
/// # Errors
/// Those of the database.
pub fn is_known(conn: &Connection, account: AccountId) -> Result<bool, StoreError> {
    conn.prepare_cached("SELECT 1 FROM role_permissions WHERE account_id = ?1 AND role_id = ?2 LIMIT 1")
        .and_then(|mut statement| statement.exists((account.0, ALL)))
        .context(READING)
}

/// One permission, whether it could be allowed or some role allows it.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &Connection, account: AccountId, id: &RemoteId) -> Result<Option<Permission>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM role_permissions WHERE account_id = :account AND permission_id = :id
         ORDER BY role_id LIMIT 1"
    );
    conn.prepare_cached(&sql)
        .and_then(|mut statement| {
            statement
                .query_row(named_params! { ":account": account.0, ":id": id.as_str() }, from_row)
                .optional()
        })
        .context(READING)
}

/// A row of the table.
///
/// # Errors
/// Those of the database.
pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Permission> {
    let id: String = row.get("permission_id")?;
    Ok(Permission {
        remote_id: RemoteId::new(id),
        name: row.get("name")?,
        description: row.get("description")?,
        resource_id: row.get::<_, Option<String>>("resource_id")?.map(RemoteId::new),
        resource_name: row.get("resource_name")?,
    })
}
