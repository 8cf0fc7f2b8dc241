//! Whom an account has, by what a file names people with.

use rusqlite::Connection;

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, RemoteId};

const COMPARING: &str = "comparing with the users that are there";

/// A user, by what names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUser {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// Name for signing in, or what the mirror has in its place.
    pub user_name: String,
    /// Primary address.
    pub email: Option<String>,
    /// Primary number.
    pub phone: Option<String>,
}

/// Hands over every user of `account`.
///
/// # Errors
/// Those of the database.
pub fn each_user(
    conn: &Connection,
    account: AccountId,
    visit: &mut dyn FnMut(KnownUser),
) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, display_name, user_name, email, phone FROM users WHERE account_id = ?1",
        )
        .context(COMPARING)?;
    let mut rows = statement.query([account.0]).context(COMPARING)?;
    while let Some(row) = rows.next().context(COMPARING)? {
        let read = || {
            Ok(KnownUser {
                remote_id: row.get("remote_id")?,
                display_name: row.get("display_name")?,
                user_name: row.get("user_name")?,
                email: row.get("email")?,
                phone: row.get("phone")?,
            })
        };
        visit(read().context(COMPARING)?);
    }
    Ok(())
}

/// Ids and names of the roles that users of `account` can hold everywhere in it.
///
/// # Errors
/// Those of the database.
pub fn list_user_roles(conn: &Connection, account: AccountId) -> Result<Vec<(RemoteId, String)>, StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, display_name FROM roles
             WHERE account_id = ?1 AND scope = 'account' AND holder_kind = 'user' ORDER BY remote_id",
        )
        .context(COMPARING)?;
    let rows = statement
        .query_map([account.0], |row| {
            Ok((RemoteId::new(row.get::<_, String>("remote_id")?), row.get("display_name")?))
        })
        .context(COMPARING)?;
    rows.collect::<rusqlite::Result<_>>().context(COMPARING)
}
