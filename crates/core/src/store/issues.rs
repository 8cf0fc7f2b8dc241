//! Table `sync_issues`: records that could not be read as they are.

use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::staging::StagingSql;
use crate::model::{RunId, SyncIssue};

/// Keeps an issue until the run ends.
///
/// # Errors
/// Those of the database.
pub fn stage(tx: &Transaction<'_>, sql: &StagingSql, issue: &SyncIssue) -> Result<(), StoreError> {
    let SyncIssue { stream, remote_id, problem } = issue;
    tx.prepare_cached(&sql.of("INSERT OR IGNORE INTO staging.issues (stream, remote_id, problem)
         VALUES (:stream, :remote_id, :problem)"))
        .and_then(|mut statement| {
            statement.execute(named_params! {
                ":stream": stream.as_str(),
                ":remote_id": remote_id.as_ref().map(crate::model::RemoteId::as_str),
                ":problem": problem,
            })
        })
        .context("keeping an issue")?;
    Ok(())
}

/// Moves the staged issues to `run`.
///
/// # Errors
/// Those of the database.
pub fn apply(tx: &Transaction<'_>, sql: &StagingSql, run: RunId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sync_issues WHERE run_id = :run", named_params! { ":run": run.0 })
        .context("keeping issues")?;
    tx.execute(
        &sql.of("INSERT INTO sync_issues (run_id, stream, remote_id, problem)
             SELECT :run, stream, remote_id, problem FROM staging.issues"),
        named_params! { ":run": run.0 },
    )
    .context("keeping issues")?;
    Ok(())
}
