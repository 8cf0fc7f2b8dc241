//! Table `change_calls`: the journal of what was sent. A row is committed before its request leaves.

use rusqlite::{Connection, Row, Transaction, named_params};

use super::error::Context;
use super::{StoreError, changes};
use crate::model::{
    AccountId, BlockReason, CallOutcome, ChangeCall, ChangeId, ChangeState, RunId, Timestamp,
};

/// Notes that `change` is about to be sent.
///
/// # Errors
/// Those of the database.
pub fn begin(tx: &Transaction<'_>, change: ChangeId, run: RunId, at: Timestamp) -> Result<(), StoreError> {
    changes::set_run(tx, change, run)?;
    changes::set_state(tx, change, ChangeState::Sent, None)?;
    insert(tx, change, run, at, CallOutcome::Sent)
}

/// Notes that nothing had to be sent.
///
/// # Errors
/// Those of the database.
pub fn insert(
    tx: &Transaction<'_>,
    change: ChangeId,
    run: RunId,
    at: Timestamp,
    outcome: CallOutcome,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO change_calls (change_id, run_id, sent_at, ended_at, outcome)
         VALUES (:change, :run, :at, iif(:outcome = 'sent', NULL, :at), :outcome)",
    )
    .and_then(|mut statement| {
        statement.execute(named_params! {
            ":change": change.0, ":run": run.0, ":at": at.as_millis(), ":outcome": outcome.as_str(),
        })
    })
    .context("writing the journal")?;
    Ok(())
}

/// Notes the outcome of the newest call of `change`.
///
/// # Errors
/// Those of the database.
pub fn end(
    tx: &Transaction<'_>,
    change: ChangeId,
    outcome: CallOutcome,
    words: Option<&str>,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE change_calls SET outcome = :outcome, words = :words, ended_at = :at
         WHERE id = (SELECT max(id) FROM change_calls WHERE change_id = :change)",
    )
    .and_then(|mut statement| {
        statement.execute(named_params! {
            ":change": change.0, ":outcome": outcome.as_str(), ":words": words, ":at": at.as_millis(),
        })
    })
    .context("writing the journal")?;
    Ok(())
}

/// After a crash, and only for who holds the account's run lock: nobody knows what became of calls on their way. What may be
/// done twice waits again, and is looked at before it is sent; what may not needs the next read.
///
/// # Errors
/// Those of the database.
pub fn recover(tx: &Transaction<'_>, account: AccountId, at: Timestamp) -> Result<u32, StoreError> {
    let mut found = 0;
    for change in changes::list_open(tx, account)? {
        if change.state != ChangeState::Sent {
            continue;
        }
        found += 1;
        end(tx, change.id, CallOutcome::Unknown, None, at)?;
        if change.edit.kind().is_idempotent() {
            changes::set_state(tx, change.id, ChangeState::Pending, None)?;
        } else {
            let block = BlockReason::OutcomeUnknown { denied: false };
            changes::set_state(tx, change.id, ChangeState::Blocked, Some(&block))?;
        }
    }
    Ok(found)
}

/// Calls of `change`, oldest first.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &Connection, change: ChangeId) -> Result<Vec<ChangeCall>, StoreError> {
    const READING: &str = "reading the journal";
    let mut statement = conn
        .prepare_cached(
            "SELECT change_id, run_id, sent_at, ended_at, outcome, words FROM change_calls
             WHERE change_id = ?1 ORDER BY id",
        )
        .context(READING)?;
    let rows = statement.query_map([change.0], read).context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ChangeCall> {
    let outcome: String = row.get("outcome")?;
    Ok(ChangeCall {
        change: ChangeId(row.get("change_id")?),
        run: RunId(row.get("run_id")?),
        sent_at: Timestamp::from_millis(row.get("sent_at")?),
        ended_at: row.get::<_, Option<i64>>("ended_at")?.map(Timestamp::from_millis),
        outcome: CallOutcome::parse(&outcome).unwrap_or(CallOutcome::Unknown),
        words: row.get("words")?,
    })
}
