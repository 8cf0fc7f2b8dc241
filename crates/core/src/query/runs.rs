//! Runs of the past and the one that awaits a decision.

use rusqlite::{Connection, Row, named_params};

use super::lists::Listing;
use super::page::{clamp, count64, damaged, json};
use crate::api::{
    ReceiptRow, RunDetailView, RunErrorView, RunPageView, RunQueryRequest, RunView, SyncIssueView,
};
use crate::model::{AccountId, RunKind, RunState, Stream};
use crate::store::{Context, StoreError};

/// Columns of a [`RunView`]; complete with conditions on `r`.
macro_rules! select_runs {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.account_id, r.kind, r.state, r.baseline, r.resumed, r.started_at, r.finished_at, r.counts, r.proofs,
                    r.error_code, r.error_message,
                    (SELECT count(*) FROM sync_issues i WHERE i.run_id = r.id) AS issues
             FROM sync_runs r ",
            $rest
        )
    };
}

const RUN: &str = select_runs!("WHERE r.id = :run_id");
const RUNS: &str = select_runs!("ORDER BY r.id DESC LIMIT :limit OFFSET :offset");
const ACCOUNT_RUNS: &str =
    select_runs!("WHERE r.account_id = :account_id ORDER BY r.id DESC LIMIT :limit OFFSET :offset");
const APPLIES: &str = select_runs!(
    "WHERE r.kind = 'changes' AND (:account_id IS NULL OR r.account_id = :account_id)
     ORDER BY r.id DESC LIMIT :limit"
);
const RECEIPT_COUNTS: &str = "SELECT
        (SELECT count(*) FROM changes WHERE run_id = :run_id AND state = 'applied') AS applied,
        (SELECT count(*) FROM changes WHERE run_id = :run_id AND state = 'blocked') AS blocked,
        (SELECT count(*) FROM changes WHERE run_id = :run_id AND state IN ('pending', 'sent')) AS left";
const NEWEST_RUN: &str =
    select_runs!("WHERE r.account_id = :account_id AND r.kind = 'sync' ORDER BY r.id DESC LIMIT 1");
const NEWEST_SUCCESS: &str = select_runs!(
    "WHERE r.account_id = :account_id AND r.kind = 'sync' AND r.state = 'succeeded' ORDER BY r.id DESC LIMIT 1"
);

/// A run as stored, its JSON still text.
struct StoredRun {
    view: RunView,
    kind: String,
    state: String,
    counts: String,
    proofs: String,
}

/// Runs, newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn query_runs(conn: &Connection, request: &RunQueryRequest) -> Result<RunPageView, StoreError> {
    let (total, runs) = found(conn, request, clamp(request.limit), request.offset)?;
    Ok(RunPageView { total, runs })
}

/// Hands over all runs, newest first: there are few enough to be read at once.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub(super) fn each_listed_run(
    conn: &Connection,
    request: &RunQueryRequest,
    out: &mut dyn Listing<RunView>,
) -> Result<(), StoreError> {
    let (_, runs) = found(conn, request, u32::MAX, 0)?;
    out.begin(runs.len());
    runs.into_iter().try_for_each(|run| out.row(run))
}

fn found(
    conn: &Connection,
    request: &RunQueryRequest,
    limit: u32,
    offset: u32,
) -> Result<(u64, Vec<RunView>), StoreError> {
    let (total, runs) = match request.account_id {
        Some(AccountId(account_id)) => (
            conn.prepare_cached("SELECT count(*) FROM sync_runs WHERE account_id = :account_id")
                .and_then(|mut statement| {
                    statement.query_row(named_params! { ":account_id": account_id }, |row| row.get(0))
                })
                .context("counting runs")?,
            read_runs(
                conn,
                ACCOUNT_RUNS,
                named_params! { ":account_id": account_id, ":limit": limit, ":offset": offset },
            )?,
        ),
        None => (
            conn.query_row("SELECT count(*) FROM sync_runs", [], |row| row.get(0))
                .context("counting runs")?,
            read_runs(conn, RUNS, named_params! { ":limit": limit, ":offset": offset })?,
        ),
    };
    Ok((count64(total), runs))
}

/// One run with its first 200 issues; awaiting review, with the first 200 users that would be removed. `None`
/// when there is no such run.
///
/// # Errors
/// When the store cannot be read.
pub fn get_run(conn: &Connection, run_id: i64) -> Result<Option<RunDetailView>, StoreError> {
    let Some(run) = read_runs(conn, RUN, named_params! { ":run_id": run_id })?.pop() else {
        return Ok(None);
    };
    let issues = issues(conn, run_id)?;
    let removals = if run.state == RunState::AwaitingReview { removals(conn, run_id)? } else { Vec::new() };
    Ok(Some(RunDetailView { run, issues, removals }))
}

/// The newest applies of one account, or of all, with how many of their changes came how far.
///
/// # Errors
/// When the store cannot be read.
pub fn query_receipts(
    conn: &Connection,
    account: Option<AccountId>,
    limit: u32,
) -> Result<Vec<ReceiptRow>, StoreError> {
    const READING: &str = "reading the receipts";
    let parameters = named_params! { ":account_id": account.map(|account| account.0), ":limit": limit };
    let runs = read_runs(conn, APPLIES, parameters)?;
    let mut counts = conn.prepare_cached(RECEIPT_COUNTS).context(READING)?;
    runs.into_iter()
        .map(|run| {
            let name = "SELECT name FROM accounts WHERE id = ?1";
            let account_name = conn.query_row(name, [run.account_id.0], |row| row.get(0)).context(READING)?;
            let read = |row: &Row<'_>| Ok((row.get("applied")?, row.get("blocked")?, row.get("left")?));
            let (applied, blocked, left) =
                counts.query_row(named_params! { ":run_id": run.id }, read).context(READING)?;
            Ok(ReceiptRow { run, account_name, applied, blocked, left })
        })
        .collect()
}

/// The newest sync of an account.
pub(super) fn newest_run(conn: &Connection, account: AccountId) -> Result<Option<RunView>, StoreError> {
    Ok(read_runs(conn, NEWEST_RUN, named_params! { ":account_id": account.0 })?.pop())
}

/// The newest successful sync of an account.
pub(super) fn newest_success(conn: &Connection, account: AccountId) -> Result<Option<RunView>, StoreError> {
    Ok(read_runs(conn, NEWEST_SUCCESS, named_params! { ":account_id": account.0 })?.pop())
}

fn read_runs(
    conn: &Connection,
    sql: &str,
    parameters: &[(&str, &dyn rusqlite::ToSql)],
) -> Result<Vec<RunView>, StoreError> {
    let mut statement = conn.prepare_cached(sql).context("reading runs")?;
    let rows = statement.query_map(parameters, stored_run).context("reading runs")?;
    rows.map(|row| row.context("reading runs").and_then(StoredRun::into_view)).collect()
}

fn stored_run(row: &Row<'_>) -> rusqlite::Result<StoredRun> {
    let code: Option<String> = row.get("error_code")?;
    let message: Option<String> = row.get("error_message")?;
    Ok(StoredRun {
        view: RunView {
            id: row.get("id")?,
            account_id: AccountId(row.get("account_id")?),
            kind: RunKind::Sync,
            state: RunState::Failed,
            started_at: row.get("started_at")?,
            finished_at: row.get("finished_at")?,
            baseline: row.get("baseline")?,
            resumed: row.get("resumed")?,
            counts: crate::model::Counts::default(),
            proofs: Vec::new(),
            error: code.map(|code| RunErrorView { code, message: message.unwrap_or_default() }),
            issues: count64(row.get("issues")?),
        },
        kind: row.get("kind")?,
        state: row.get("state")?,
        counts: row.get("counts")?,
        proofs: row.get("proofs")?,
    })
}

impl StoredRun {
    fn into_view(self) -> Result<RunView, StoreError> {
        Ok(RunView {
            kind: RunKind::parse(&self.kind).ok_or_else(|| damaged("the kind of a run"))?,
            state: RunState::parse(&self.state).ok_or_else(|| damaged("the state of a run"))?,
            counts: json(&self.counts, "the counts of a run")?,
            proofs: json(&self.proofs, "the proofs of a run")?,
            ..self.view
        })
    }
}

const ISSUES: &str =
    "SELECT stream, remote_id, problem FROM sync_issues WHERE run_id = :run_id ORDER BY id LIMIT 200";

fn issues(conn: &Connection, run_id: i64) -> Result<Vec<SyncIssueView>, StoreError> {
    let mut statement = conn.prepare_cached(ISSUES).context("reading issues")?;
    let rows = statement
        .query_map(named_params! { ":run_id": run_id }, |row| {
            Ok((row.get::<_, String>("stream")?, row.get("remote_id")?, row.get("problem")?))
        })
        .context("reading issues")?;
    rows.map(|row| {
        let (stream, remote_id, problem) = row.context("reading issues")?;
        let stream = Stream::parse(&stream).ok_or_else(|| damaged("the stream of an issue"))?;
        Ok(SyncIssueView { stream, remote_id, problem })
    })
    .collect()
}

const REMOVALS: &str = "SELECT name FROM sync_removals WHERE run_id = :run_id ORDER BY remote_id LIMIT 200";

/// By name without regard to case and accents.
fn removals(conn: &Connection, run_id: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare_cached(REMOVALS).context("reading planned removals")?;
    let names = statement
        .query_map(named_params! { ":run_id": run_id }, |row| row.get("name"))
        .context("reading planned removals")?;
    let mut names: Vec<String> = names.collect::<Result<_, _>>().context("reading planned removals")?;
    names.sort_by_cached_key(|name| crate::model::fold(name));
    Ok(names)
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] =
    &[RUN, ACCOUNT_RUNS, RECEIPT_COUNTS, NEWEST_RUN, NEWEST_SUCCESS, ISSUES, REMOVALS];
