//! Where in an account's history a moment is: behind which line, and after which sync.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::api::{PastAccountView, PastMoment};
use crate::model::{AccountId, ProviderKind};
use crate::query::page::damaged;
use crate::store::{Context, StoreError};

const READING: &str = "looking for a moment in history";

pub(super) const LINE_AT: &str = "SELECT id FROM history INDEXED BY history_by_account
     WHERE account_id = :account_id AND at < :until ORDER BY id DESC LIMIT 1";
/// The same where a person says when something was done: lines of what is told later may be of an earlier day. The last line
/// before the first that had not happened by then.
pub(super) const LINE_BY_HAND_AT: &str = "SELECT id FROM history INDEXED BY history_by_account
     WHERE account_id = :account_id
       AND id < coalesce((SELECT min(h.id) FROM history h WHERE h.account_id = :account_id AND h.at >= :until),
                         9223372036854775807)
     ORDER BY id DESC LIMIT 1";
pub(super) const LINE_OF_RUN: &str = "SELECT id FROM history INDEXED BY history_by_account
     WHERE account_id = :account_id AND run_id <= :until ORDER BY id DESC LIMIT 1";
pub(super) const BY_HAND: &str = "SELECT 1 FROM rosters WHERE account_id = ?1";
pub(super) const RUN_AT: &str = "SELECT id, started_at, finished_at FROM sync_runs
     WHERE account_id = :account_id AND state = 'succeeded' AND started_at < :until ORDER BY id DESC LIMIT 1";
pub(super) const RUN_UNTIL: &str = "SELECT id, started_at, finished_at FROM sync_runs
     WHERE account_id = :account_id AND state = 'succeeded' AND id <= :until ORDER BY id DESC LIMIT 1";
pub(super) const FIRST_RUN: &str = "SELECT id, started_at, finished_at FROM sync_runs
     WHERE account_id = :account_id AND state = 'succeeded' ORDER BY id LIMIT 1";

/// An account as far as the past needs it.
#[derive(Clone, Debug)]
pub(super) struct PastAccount {
    pub id: AccountId,
    pub name: String,
    pub provider: ProviderKind,
    /// The run that last confirmed its mirror, and its newest line: a change of either makes everything kept of it old.
    pub state: (Option<i64>, i64),
}

/// A moment in one account's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The last line that had happened by then.
    pub line: i64,
    /// It is before the first complete sync, and stands for that.
    pub before_known: bool,
    /// When the sync began whose result it is.
    pub synced_at: Option<i64>,
    /// Nothing that was known then can be from later.
    pub latest: i64,
}

/// The account, or all.
pub(super) fn accounts(
    conn: &Connection,
    account: Option<AccountId>,
) -> Result<Vec<PastAccount>, StoreError> {
    let sql = "SELECT id, name, provider,
                      (SELECT max(run_id) FROM stream_states s WHERE s.account_id = accounts.id) AS run,
                      coalesce((SELECT max(h.id) FROM history h WHERE h.account_id = accounts.id), 0) AS line
               FROM accounts WHERE :account_id IS NULL OR id = :account_id ORDER BY id";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let mut rows = statement
        .query(named_params! { ":account_id": account.map(|account| account.0) })
        .context(READING)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().context(READING)? {
        let provider: String = row.get("provider").context(READING)?;
        found.push(PastAccount {
            id: AccountId(row.get("id").context(READING)?),
            name: row.get("name").context(READING)?,
            provider: ProviderKind::parse(&provider).ok_or_else(|| damaged("the provider of an account"))?,
            state: (row.get("run").context(READING)?, row.get("line").context(READING)?),
        });
    }
    Ok(found)
}

/// Where `moment` is in the history of `account`; `None` is now, as last synced.
pub(super) fn place(
    conn: &Connection,
    account: AccountId,
    moment: Option<PastMoment>,
) -> Result<Place, StoreError> {
    let first = run(conn, FIRST_RUN, account, None)?;
    let (line, found, named) = match moment {
        None => (i64::MAX, run(conn, RUN_UNTIL, account, Some(i64::MAX))?, i64::MAX),
        Some(PastMoment::At { at }) => {
            let sql = if is_by_hand(conn, account)? { LINE_BY_HAND_AT } else { LINE_AT };
            (line(conn, sql, account, at)?, run(conn, RUN_AT, account, Some(at))?, at)
        }
        Some(PastMoment::Run { run_id }) => (
            line(conn, LINE_OF_RUN, account, run_id)?,
            run(conn, RUN_UNTIL, account, Some(run_id))?,
            i64::MIN,
        ),
    };
    let shown = found.or(first);
    let finished = shown.map_or(i64::MIN, |(started_at, finished_at)| finished_at.unwrap_or(started_at));
    Ok(Place {
        line,
        before_known: found.is_none(),
        synced_at: shown.map(|(started_at, _)| started_at),
        latest: finished.max(named),
    })
}

/// When the account is known from on.
pub(super) fn known_since(conn: &Connection, account: AccountId) -> Result<Option<i64>, StoreError> {
    Ok(run(conn, FIRST_RUN, account, None)?.map(|(started_at, _)| started_at))
}

/// What is said of an account that is looked at between two places.
pub(super) fn view(
    conn: &Connection,
    account: AccountId,
    since: Place,
    until: Option<Place>,
) -> Result<PastAccountView, StoreError> {
    Ok(PastAccountView {
        account_id: account,
        known_since: known_since(conn, account)?,
        before_known: since.before_known,
        synced_at: since.synced_at,
        until_synced_at: until.and_then(|until| until.synced_at),
    })
}

/// Whether a person says when things were done.
fn is_by_hand(conn: &Connection, account: AccountId) -> Result<bool, StoreError> {
    conn.prepare_cached(BY_HAND).and_then(|mut statement| statement.exists([account.0])).context(READING)
}

fn line(conn: &Connection, sql: &str, account: AccountId, until: i64) -> Result<i64, StoreError> {
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let parameters = named_params! { ":account_id": account.0, ":until": until };
    let found = statement.query_row(parameters, |row| row.get("id")).optional().context(READING)?;
    Ok(found.unwrap_or(0))
}

/// When the run began and ended.
fn run(
    conn: &Connection,
    sql: &str,
    account: AccountId,
    until: Option<i64>,
) -> Result<Option<(i64, Option<i64>)>, StoreError> {
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let read = |row: &Row<'_>| Ok((row.get("started_at")?, row.get("finished_at")?));
    let found = match until {
        Some(until) => statement.query_row(named_params! { ":account_id": account.0, ":until": until }, read),
        None => statement.query_row(named_params! { ":account_id": account.0 }, read),
    };
    found.optional().context(READING)
}
