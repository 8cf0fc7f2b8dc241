//! Table `saved_filters`: filters that a person keeps, each with the set of users it found when it was last opened.

use rusqlite::{Connection, Row, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, Timestamp};

/// A kept filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its number.
    pub id: i64,
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// What the person calls it.
    pub name: String,
    /// The filter as typed.
    pub text: String,
    /// When it was last opened, milliseconds UTC.
    pub opened_at: i64,
    /// Numbers of the users it found then: a serialized Roaring treemap.
    pub seen: Vec<u8>,
}

const READING: &str = "reading the kept filters";
const KEEPING: &str = "keeping a filter";

impl SavedFilter {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get::<_, Option<u32>>("account_id")?.map(AccountId),
            name: row.get("name")?,
            text: row.get("text")?,
            opened_at: row.get("opened_at")?,
            seen: row.get("seen")?,
        })
    }
}

/// All, in the person's order.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &Connection) -> Result<Vec<SavedFilter>, StoreError> {
    let sql = "SELECT id, account_id, name, text, opened_at, seen FROM saved_filters ORDER BY position, id";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let rows = statement.query_map([], SavedFilter::from_row).context(READING)?;
    rows.collect::<Result<_, _>>().context(READING)
}

/// Adds one at the end and returns its number.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &Transaction<'_>, filter: &SavedFilter) -> Result<i64, StoreError> {
    let sql = "INSERT INTO saved_filters (account_id, name, text, position, opened_at, seen)
         VALUES (:account_id, :name, :text,
             (SELECT coalesce(max(position), 0) + 1 FROM saved_filters), :opened_at, :seen)
         RETURNING id";
    let parameters = named_params! {
        ":account_id": filter.account_id.map(|account| account.0),
        ":name": filter.name,
        ":text": filter.text,
        ":opened_at": filter.opened_at,
        ":seen": filter.seen,
    };
    tx.query_row(sql, parameters, |row| row.get("id")).context(KEEPING)
}

/// Gives one another name and text; false when it is not there.
///
/// # Errors
/// Those of the database.
pub fn update(tx: &Transaction<'_>, id: i64, name: &str, text: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE saved_filters SET name = :name, text = :text WHERE id = :id";
    let changed =
        tx.execute(sql, named_params! { ":id": id, ":name": name, ":text": text }).context(KEEPING)?;
    Ok(changed > 0)
}

/// Notes what one found when it was opened; false when it is not there.
///
/// # Errors
/// Those of the database.
pub fn mark_opened(tx: &Transaction<'_>, id: i64, at: Timestamp, seen: &[u8]) -> Result<bool, StoreError> {
    let sql = "UPDATE saved_filters SET opened_at = :at, seen = :seen WHERE id = :id";
    let parameters = named_params! { ":id": id, ":at": at.as_millis(), ":seen": seen };
    Ok(tx.execute(sql, parameters).context(KEEPING)? > 0)
}

/// Puts them into this order; those not named keep their place behind.
///
/// # Errors
/// Those of the database.
pub fn reorder(tx: &Transaction<'_>, ids: &[i64]) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE saved_filters SET position = position + :count",
        named_params! { ":count": ids.len() },
    )
    .context(KEEPING)?;
    for (position, id) in ids.iter().enumerate() {
        let sql = "UPDATE saved_filters SET position = :position WHERE id = :id";
        tx.execute(sql, named_params! { ":id": id, ":position": position }).context(KEEPING)?;
    }
    Ok(())
}

/// Removes one; false when it is not there.
///
/// # Errors
/// Those of the database.
pub fn delete(tx: &Transaction<'_>, id: i64) -> Result<bool, StoreError> {
    let deleted = tx.execute("DELETE FROM saved_filters WHERE id = :id", named_params! { ":id": id });
    Ok(deleted.context("removing a kept filter")? > 0)
}
