//! Table `log_entries`: the service's own log, as far as it was read.

use rusqlite::{Connection, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, LogEntry, RemoteId, Timestamp};

/// Adds the entries that are not there yet; returns how many.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &Transaction<'_>, account: AccountId, entries: &[LogEntry]) -> Result<u64, StoreError> {
    const KEEPING: &str = "keeping the service's log";
    let mut statement = tx
        .prepare_cached(
            "INSERT OR IGNORE INTO log_entries (account_id, remote_id, at, event, succeeded, user_id, application_id,
                                                identifier, ip, agent, error, raw)
             VALUES (:account, :remote_id, :at, :event, :succeeded, :user, :application, :identifier, :ip, :agent,
                     :error, :raw)",
        )
        .context(KEEPING)?;
    let mut added = 0;
    for entry in entries {
        added += statement
            .execute(named_params! {
                ":account": account.0,
                ":remote_id": entry.remote_id.as_str(),
                ":at": entry.at.as_millis(),
                ":event": entry.event,
                ":succeeded": entry.succeeded,
                ":user": entry.user.as_ref().map(RemoteId::as_str),
                ":application": entry.application.as_ref().map(RemoteId::as_str),
                ":identifier": entry.identifier,
                ":ip": entry.ip,
                ":agent": entry.agent,
                ":error": entry.error,
                ":raw": entry.raw,
            })
            .context(KEEPING)? as u64;
    }
    Ok(added)
}

/// When the newest entry was written.
///
/// # Errors
/// Those of the database.
pub fn find_newest(conn: &Connection, account: AccountId) -> Result<Option<Timestamp>, StoreError> {
    conn.query_row("SELECT max(at) FROM log_entries WHERE account_id = ?1", [account.0], |row| {
        row.get::<_, Option<i64>>(0)
    })
    .map(|at| at.map(Timestamp::from_millis))
    .context("looking for the newest entry of the log")
}
