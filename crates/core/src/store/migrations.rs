//! Versions of the schema. A released step is never edited; a change is a new step.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;
use super::error::Context;

/// SQL of each step; the file's `user_version` is the number of steps it has taken.
const STEPS: &[&str] = &[
    include_str!("../../sql/0001_foundation.sql"),
    include_str!("../../sql/0002_directory.sql"),
    include_str!("../../sql/0003_saved_filters.sql"),
    include_str!("../../sql/0004_changes.sql"),
    include_str!("../../sql/0005_tokens.sql"),
    include_str!("../../sql/0006_resources.sql"),
    include_str!("../../sql/0007_rosters.sql"),
    include_str!("../../sql/0008_scheduled_changes.sql"),
    include_str!("../../sql/0009_imported_api_users.sql"),
    include_str!("../../sql/0010_recipients.sql"),
];

/// The newest version this program knows.
pub const NEWEST: i64 = STEPS.len() as i64;

/// Brings `conn` to [`NEWEST`], all missing steps in one transaction.
///
/// # Errors
/// [`StoreError::TooNew`] for a file from the future, which is left untouched.
pub fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    let found = version(conn)?;
    if found > NEWEST {
        return Err(StoreError::TooNew { found, known: NEWEST });
    }
    if found == NEWEST {
        return Ok(());
    }
    let tx =
        conn.transaction_with_behavior(TransactionBehavior::Immediate).context("beginning the migration")?;
    let taken = usize::try_from(version(&tx)?).unwrap_or(0);
    for step in STEPS.iter().skip(taken) {
        tx.execute_batch(step).context("migrating")?;
    }
    tx.pragma_update(None, "user_version", NEWEST).context("writing the version")?;
    tx.commit().context("committing the migration")
}

/// Whether there is nothing to migrate.
///
/// # Errors
/// [`StoreError::TooNew`] for a file from the future.
pub fn is_current(conn: &Connection) -> Result<bool, StoreError> {
    let found = version(conn)?;
    if found > NEWEST {
        return Err(StoreError::TooNew { found, known: NEWEST });
    }
    Ok(found == NEWEST)
}

fn version(conn: &Connection) -> Result<i64, StoreError> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0)).context("reading the version")
}
