//! Staging on disk: an encrypted file of its own beside the database, attached as `staging`.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, named_params};

use super::StoreError;
use super::error::Context;
use super::key::DatabaseKey;
use super::lock::RunLock;
use super::open::{remove_if_there, with_suffix};
use super::staging::{SCHEMA, StagingSql};
use crate::model::AccountId;

/// How SQL names what is in it.
pub const PREFIX: &str = "staging.";

/// Attaches the file at `path` to `conn`, making it when it is missing.
///
/// # Errors
/// Those of the database; a damaged file is one of them.
pub fn attach(conn: &Connection, path: &Path, key: &DatabaseKey) -> Result<(), StoreError> {
    let file = path.to_string_lossy();
    // The key goes into the connection and nowhere else.
    conn.execute(
        "ATTACH DATABASE :file AS staging KEY :key",
        named_params! { ":file": file, ":key": key.pragma().as_str() },
    )
    .context("opening the staging data")?;
    conn.execute_batch("PRAGMA staging.journal_mode = WAL; PRAGMA staging.synchronous = OFF;")
        .context("preparing the staging data")?;
    let empty: i64 = conn
        .query_row("SELECT count(*) FROM staging.sqlite_schema", [], |row| row.get(0))
        .context("reading the staging data")?;
    if empty == 0 {
        conn.execute_batch(&versioned()).context("preparing the staging data")?;
    }
    Ok(())
}

/// Whether the attached database was made by this very schema.
pub fn is_current(conn: &Connection) -> bool {
    conn.query_row("PRAGMA staging.user_version", [], |row| row.get::<_, i64>(0)) == Ok(schema_version())
}

/// Detaches it and removes the file at `path`.
///
/// # Errors
/// Those of the file system.
pub fn detach(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    // Not attached is what is wanted anyway.
    let _ = conn.execute_batch("DETACH DATABASE staging");
    remove(path)
}

/// The file of `account` beside `database`.
pub fn of(database: &Path, account: AccountId) -> PathBuf {
    database.with_file_name(format!("staging-{account}.db"))
}

/// Removes the file at `path`, and what SQLite writes beside it.
///
/// # Errors
/// Those of the file system.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        remove_if_there(&with_suffix(path, suffix))?;
    }
    Ok(())
}

/// What makes the tables of the staging database that `sql` names.
pub fn schema_for(sql: &StagingSql) -> String {
    sql.of(&versioned())
}

/// The schema, ended by the mark of its version.
fn versioned() -> String {
    format!("BEGIN; {SCHEMA} PRAGMA staging.user_version = {}; COMMIT;", schema_version())
}

/// Changes whenever the schema does: staged rows of another version are worth nothing.
fn schema_version() -> i64 {
    let hash = blake3::hash(SCHEMA.as_bytes());
    hash.as_bytes().iter().take(3).fold(1, |version, byte| version * 256 + i64::from(*byte))
}

/// At the start of the program: removes staging databases that no run will go on from, of this process or another.
///
/// # Errors
/// Those of the store and the file system.
pub fn remove_strays(folder: &Path, conn: &Connection) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare(
            "SELECT a.id FROM accounts a
             JOIN sync_runs r ON r.id = (SELECT max(id) FROM sync_runs WHERE account_id = a.id AND kind = 'sync')
             WHERE r.state NOT IN ('succeeded', 'discarded')",
        )
        .context("looking for unfinished runs")?;
    let wanted = statement
        .query_map([], |row| row.get::<_, u32>("id"))
        .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
        .context("looking for unfinished runs")?;
    let entries = std::fs::read_dir(folder).map_err(|source| StoreError::file(folder, source))?;
    for entry in entries {
        let path = entry.map_err(|source| StoreError::file(folder, source))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let account = name.strip_prefix("staging-").and_then(|rest| rest.split_once(".db"));
        let Some((id, _)) = account else { continue };
        let account = id.parse::<u32>().ok();
        if account.is_some_and(|id| wanted.contains(&id)) {
            continue;
        }
        // Held while it is removed: a run of another process may be about to begin, or at its very end.
        let lock = match account {
            Some(id) => RunLock::take(folder, AccountId(id))?,
            None => Some(RunLock::none()),
        };
        if lock.is_some() {
            remove_if_there(&path)?;
        }
    }
    Ok(())
}
