//! Staging in memory: temporary tables of the one connection, each with the account in its name. Databases of their own would
//! be attached to it, and SQLite attaches ten at the most.

use rusqlite::Connection;

use super::StoreError;
use super::error::Context;
use super::staging::SCHEMA;
use super::staging_file::PREFIX;
use crate::model::AccountId;

/// What the names of the tables of `account` begin with.
fn beginning(account: AccountId) -> String {
    format!("staging_{account}_")
}

/// How SQL names what is staged for `account`.
pub fn prefix(account: AccountId) -> String {
    format!("temp.{}", beginning(account))
}

/// Makes the tables of `account`, unless they are there.
///
/// # Errors
/// Those of the database.
pub fn create(conn: &Connection, account: AccountId) -> Result<(), StoreError> {
    if !tables(conn, account)?.is_empty() {
        return Ok(());
    }
    // Dropped rows give their memory back at once. Without effect when temporary tables are there: then it was set.
    conn.execute_batch("PRAGMA temp.auto_vacuum = FULL").context("preparing the staging data")?;
    // `CREATE INDEX schema.name ON table` names the table without its schema.
    let schema = SCHEMA.replace(" ON ", &format!(" ON {}", beginning(account)));
    conn.execute_batch(&schema.replace(PREFIX, &prefix(account))).context("preparing the staging data")
}

/// Throws away what is staged for `account`.
///
/// # Errors
/// Those of the database.
pub fn drop(conn: &Connection, account: AccountId) -> Result<(), StoreError> {
    for table in tables(conn, account)? {
        conn.execute_batch(&format!("DROP TABLE temp.{table}")).context("removing the staging data")?;
    }
    Ok(())
}

fn tables(conn: &Connection, account: AccountId) -> Result<Vec<String>, StoreError> {
    const LOOKING: &str = "looking for the staging data";
    let mut statement = conn
        .prepare("SELECT name FROM temp.sqlite_schema WHERE type = 'table' AND name GLOB ?1")
        .context(LOOKING)?;
    let names =
        statement.query_map([format!("{}*", beginning(account))], |row| row.get(0)).context(LOOKING)?;
    names.collect::<rusqlite::Result<_>>().context(LOOKING)
}
