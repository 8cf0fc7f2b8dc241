//! Tables `sync_runs` and `sync_removals`.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::api::RunErrorView;
use crate::model::{AccountId, Counts, Proof, RunId, RunState, Timestamp};

/// Begins a run.
///
/// # Errors
/// Those of the database.
pub fn insert(
    tx: &Transaction<'_>,
    account: AccountId,
    started_at: Timestamp,
    baseline: bool,
    resumed: bool,
) -> Result<RunId, StoreError> {
    tx.execute(
        "INSERT INTO sync_runs (account_id, state, baseline, resumed, started_at, counts, proofs)
         VALUES (:account, 'running', :baseline, :resumed, :started_at, :counts, '[]')",
        named_params! {
            ":account": account.0,
            ":baseline": baseline,
            ":resumed": resumed,
            ":started_at": started_at.as_millis(),
            ":counts": serde_json::to_string(&Counts::default()).context("beginning a run")?,
        },
    )
    .context("beginning a run")?;
    Ok(RunId(tx.last_insert_rowid()))
}

/// Begins a run that applies changes, signed in as that, for the person at this computer.
///
/// # Errors
/// Those of the database.
pub fn insert_changes(
    tx: &Transaction<'_>,
    account: AccountId,
    started_at: Timestamp,
    (signed_in_as, person): (Option<&str>, Option<&str>),
) -> Result<RunId, StoreError> {
    let run = insert(tx, account, started_at, false, false)?;
    tx.execute(
        "UPDATE sync_runs SET kind = 'changes', signed_in_as = :signed_in_as, person = :person WHERE id = :run",
        named_params! { ":run": run.0, ":signed_in_as": signed_in_as, ":person": person },
    )
    .context("beginning a run")?;
    Ok(run)
}

/// What a run that applies changes signed in as, and for which person at this computer.
///
/// # Errors
/// Those of the database.
pub fn find_actor(conn: &Connection, run: RunId) -> Result<(Option<String>, Option<String>), StoreError> {
    conn.query_row("SELECT signed_in_as, person FROM sync_runs WHERE id = ?1", [run.0], |row| {
        Ok((row.get("signed_in_as")?, row.get("person")?))
    })
    .context("reading who ran it")
}

/// What `run` has done to the mirror so far.
///
/// # Errors
/// Those of the database.
pub fn add_counts(tx: &Transaction<'_>, run: RunId, counts: &Counts) -> Result<(), StoreError> {
    const COUNTING: &str = "counting what a run did";
    let mut so_far = get_counts(tx, run)?;
    so_far.add(counts);
    tx.execute(
        "UPDATE sync_runs SET counts = :counts WHERE id = :run",
        named_params! { ":run": run.0, ":counts": serde_json::to_string(&so_far).context(COUNTING)? },
    )
    .context(COUNTING)?;
    Ok(())
}

/// What `run` did to the mirror.
///
/// # Errors
/// Those of the database.
pub fn get_counts(conn: &Connection, run: RunId) -> Result<Counts, StoreError> {
    const READING: &str = "reading what a run did";
    let text: String = conn
        .query_row("SELECT counts FROM sync_runs WHERE id = ?1", [run.0], |row| row.get("counts"))
        .context(READING)?;
    serde_json::from_str(&text).context(READING)
}

/// How a run ended.
pub struct Outcome<'a> {
    /// Its last state.
    pub state: RunState,
    /// When.
    pub finished_at: Timestamp,
    /// What it did, or would do.
    pub counts: Counts,
    /// What it proved.
    pub proofs: &'a [Proof],
    /// Why it failed.
    pub error: Option<RunErrorView>,
}

/// Ends a run.
///
/// # Errors
/// Those of the database.
pub fn finish(tx: &Transaction<'_>, run: RunId, outcome: &Outcome<'_>) -> Result<(), StoreError> {
    let Outcome { state, finished_at, counts, proofs, error } = outcome;
    tx.execute(
        "UPDATE sync_runs
         SET state = :state, finished_at = :finished_at, counts = :counts, proofs = :proofs,
             error_code = :error_code, error_message = :error_message
         WHERE id = :run",
        named_params! {
            ":run": run.0,
            ":state": state.as_str(),
            ":finished_at": finished_at.as_millis(),
            ":counts": serde_json::to_string(counts).context("ending a run")?,
            ":proofs": serde_json::to_string(proofs).context("ending a run")?,
            ":error_code": error.as_ref().map(|error| error.code.as_str()),
            ":error_message": error.as_ref().map(|error| error.message.as_str()),
        },
    )
    .context("ending a run")?;
    Ok(())
}

/// Only the state.
///
/// # Errors
/// Those of the database.
pub fn set_state(tx: &Transaction<'_>, run: RunId, state: RunState) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE sync_runs SET state = :state WHERE id = :run",
        named_params! { ":run": run.0, ":state": state.as_str() },
    )
    .context("ending a run")?;
    Ok(())
}

/// The newest sync of `account`.
///
/// # Errors
/// Those of the database.
pub fn find_newest(
    conn: &Connection,
    account: AccountId,
) -> Result<Option<(RunId, RunState, Timestamp)>, StoreError> {
    conn.query_row(
        "SELECT id, state, started_at FROM sync_runs
         WHERE account_id = :account AND kind = 'sync' ORDER BY id DESC LIMIT 1",
        named_params! { ":account": account.0 },
        |row| {
            let state: String = row.get("state")?;
            Ok((
                RunId(row.get("id")?),
                // A state of a newer version: it has ended somehow.
                RunState::parse(&state).unwrap_or(RunState::Failed),
                Timestamp::from_millis(row.get("started_at")?),
            ))
        },
    )
    .optional()
    .context("reading the newest run")
}

/// The account and state of `run`.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &Connection, run: RunId) -> Result<Option<(AccountId, RunState, Timestamp)>, StoreError> {
    conn.query_row(
        "SELECT account_id, state, started_at FROM sync_runs WHERE id = :run",
        named_params! { ":run": run.0 },
        |row| {
            let state: String = row.get("state")?;
            Ok((
                AccountId(row.get("account_id")?),
                RunState::parse(&state).unwrap_or(RunState::Failed),
                Timestamp::from_millis(row.get("started_at")?),
            ))
        },
    )
    .optional()
    .context("reading a run")
}

/// What the run had proved and would do, for one that awaits review.
///
/// # Errors
/// Those of the database.
pub fn get_proofs(conn: &Connection, run: RunId) -> Result<Vec<Proof>, StoreError> {
    let text: String = conn
        .query_row("SELECT proofs FROM sync_runs WHERE id = :run", named_params! { ":run": run.0 }, |row| {
            row.get("proofs")
        })
        .context("reading a run")?;
    serde_json::from_str(&text).context("reading a run")
}

/// Whether `account` was ever synchronised.
///
/// # Errors
/// Those of the database.
pub fn has_succeeded(conn: &Connection, account: AccountId) -> Result<bool, StoreError> {
    conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM sync_runs WHERE account_id = :account AND kind = 'sync' AND state = 'succeeded')
         AS found",
        named_params! { ":account": account.0 },
        |row| row.get("found"),
    )
    .context("looking for a successful run")
}

/// Accounts of which a run says that it is running: it is, here or in another process, or it was interrupted.
///
/// # Errors
/// Those of the database.
pub fn list_running(conn: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let doing = "looking for interrupted runs";
    let mut statement = conn
        .prepare_cached("SELECT DISTINCT account_id FROM sync_runs WHERE state = 'running'")
        .context(doing)?;
    let accounts = statement.query_map([], |row| row.get("account_id").map(AccountId)).context(doing)?;
    accounts.collect::<Result<_, _>>().context(doing)
}

/// What still says "running" was interrupted; only for who holds the account's run lock.
///
/// # Errors
/// Those of the database.
pub fn mark_interrupted(conn: &Connection, account: AccountId) -> Result<(), StoreError> {
    conn.execute(
        "UPDATE sync_runs SET state = 'interrupted' WHERE account_id = :account AND state = 'running'",
        named_params! { ":account": account.0 },
    )
    .context("closing interrupted runs")?;
    Ok(())
}

/// Keeps the first names of those a run awaiting review would remove.
///
/// # Errors
/// Those of the database.
pub fn set_removals(
    tx: &Transaction<'_>,
    run: RunId,
    removals: &[(String, String)],
) -> Result<(), StoreError> {
    for (remote_id, name) in removals {
        tx.execute(
            "INSERT OR IGNORE INTO sync_removals (run_id, remote_id, name) VALUES (:run, :remote_id, :name)",
            named_params! { ":run": run.0, ":remote_id": remote_id, ":name": name },
        )
        .context("keeping the names for review")?;
    }
    Ok(())
}
