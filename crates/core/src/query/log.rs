//! The service's own log, newest first.
//!
//! Names are folded while they stream by, for SQL cannot fold; without words nothing but an index is read.

use rusqlite::{Connection, Row, named_params};

use super::lists::Listing;
use super::page::{clamp, count64};
use super::users::Words;
use crate::api::{LogEntryView, LogPageView, LogQueryRequest};
use crate::model::{AccountId, COLUMN_END, fold, fold_into};
use crate::store::{Context, StoreError};

/// Columns of a [`LogEntryView`].
macro_rules! select_log {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.account_id, l.at, l.event, l.succeeded, l.user_id, u.display_name AS user_name, l.identifier,
                    coalesce(a.display_name, l.application_id) AS application, l.ip, l.agent, l.error
             FROM log_entries l
             LEFT JOIN users u ON u.account_id = l.account_id AND u.remote_id = l.user_id
             LEFT JOIN applications a ON a.account_id = l.account_id AND a.remote_id = l.application_id ",
            $rest
        )
    };
}

const ENTRY: &str = select_log!("WHERE l.id = :id");
const OF_USER: &str =
    select_log!("WHERE l.account_id = :account_id AND l.user_id = :user_id ORDER BY l.at DESC LIMIT 50");
/// Everything that matching looks at, in order.
const MATCHED: &str = select_log!(
    "WHERE l.account_id = :account_id AND l.at >= :from AND l.at < :to ORDER BY l.at DESC, l.id DESC"
);
const OLDEST: &str = "SELECT min(at) FROM log_entries WHERE account_id = :account_id";
/// Where all entries of a range are asked for.
const IDS: &str = "SELECT id, at FROM log_entries
     WHERE account_id = :account_id AND at >= :from AND at < :to ORDER BY at DESC, id DESC LIMIT :limit";
const COUNT: &str =
    "SELECT count(*) FROM log_entries WHERE account_id = :account_id AND at >= :from AND at < :to";

const READING: &str = "reading the service's log";

/// A page of the log.
///
/// # Errors
/// When the store cannot be read.
pub fn query_log(conn: &Connection, request: &LogQueryRequest) -> Result<LogPageView, StoreError> {
    let accounts = accounts_of(conn, request)?;
    let needed = request.offset as usize + clamp(request.limit) as usize;
    let (mut total, mut oldest_at, mut newest) = (0, None, Vec::new());
    for account in accounts {
        let (count, found) = newest_of(conn, account, request, needed)?;
        total += count;
        newest.extend(found);
        let oldest: Option<i64> = conn
            .prepare_cached(OLDEST)
            .and_then(|mut one| one.query_row(named_params! { ":account_id": account.0 }, |row| row.get(0)))
            .context(READING)?;
        oldest_at = match (oldest_at, oldest) {
            (Some(a), Some(b)) => Some(i64::min(a, b)),
            (a, b) => a.or(b),
        };
    }
    newest.sort_unstable_by(|a, b| b.cmp(a));
    let mut statement = conn.prepare_cached(ENTRY).context(READING)?;
    let page = newest.into_iter().take(needed).skip(request.offset as usize);
    let entries = page
        .map(|(_, id)| statement.query_row(named_params! { ":id": id }, entry).context(READING))
        .collect::<Result<_, _>>()?;
    Ok(LogPageView { total, oldest_at, entries })
}

/// Hands over all entries that match, newest first.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub(super) fn each_listed_entry(
    conn: &Connection,
    request: &LogQueryRequest,
    out: &mut dyn Listing<LogEntryView>,
) -> Result<(), StoreError> {
    let accounts = accounts_of(conn, request)?;
    let mut found = Vec::new();
    for account in accounts {
        found.extend(newest_of(conn, account, request, usize::MAX)?.1);
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    out.begin(found.len());
    let mut statement = conn.prepare_cached(ENTRY).context(READING)?;
    found.into_iter().try_for_each(|(_, id)| {
        out.row(statement.query_row(named_params! { ":id": id }, entry).context(READING)?)
    })
}

fn accounts_of(conn: &Connection, request: &LogQueryRequest) -> Result<Vec<AccountId>, StoreError> {
    request.account_id.map_or_else(|| all_accounts(conn), |account| Ok(vec![account]))
}

/// The newest 50 entries about a user.
pub(super) fn log_of_user(
    conn: &Connection,
    account: AccountId,
    user: &str,
) -> Result<Vec<LogEntryView>, StoreError> {
    let mut statement = conn.prepare_cached(OF_USER).context(READING)?;
    let parameters = named_params! { ":account_id": account.0, ":user_id": user };
    let rows = statement.query_map(parameters, entry).context(READING)?;
    rows.collect::<Result<_, _>>().context(READING)
}

fn all_accounts(conn: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT id FROM accounts").context(READING)?;
    let rows = statement.query_map([], |row| row.get(0).map(AccountId)).context(READING)?;
    rows.collect::<Result<_, _>>().context(READING)
}

/// How many of an account match, and times and numbers of the newest of them.
fn newest_of(
    conn: &Connection,
    account: AccountId,
    request: &LogQueryRequest,
    needed: usize,
) -> Result<(u64, Vec<(i64, i64)>), StoreError> {
    let (from, to) = (request.from.unwrap_or(i64::MIN), request.to.unwrap_or(i64::MAX));
    let (words, events) = (Words::parse(&request.text), Words::parse(&request.event));
    if words.is_empty() && events.is_empty() && request.succeeded.is_none() {
        let range = named_params! { ":account_id": account.0, ":from": from, ":to": to };
        let count: i64 = conn
            .prepare_cached(COUNT)
            .and_then(|mut count| count.query_row(range, |row| row.get(0)))
            .context(READING)?;
        let limit = i64::try_from(needed).unwrap_or(i64::MAX);
        let page = named_params! { ":account_id": account.0, ":from": from, ":to": to, ":limit": limit };
        let mut statement = conn.prepare_cached(IDS).context(READING)?;
        let ids = statement.query_map(page, |row| Ok((row.get("at")?, row.get("id")?))).context(READING)?;
        return Ok((count64(count), ids.collect::<Result<_, _>>().context(READING)?));
    }
    let mut statement = conn.prepare_cached(MATCHED).context(READING)?;
    let mut rows = statement
        .query(named_params! { ":account_id": account.0, ":from": from, ":to": to })
        .context(READING)?;
    let (mut count, mut newest) = (0, Vec::new());
    while let Some(row) = rows.next().context(READING)? {
        let entry = entry(row).context(READING)?;
        let result = request.succeeded.is_none_or(|wanted| entry.succeeded == Some(wanted));
        if result && events.all_in(fold(&entry.event).as_bytes()) && words.all_in(searched(&entry).as_bytes())
        {
            count += 1;
            if newest.len() < needed {
                newest.push((entry.at, entry.id));
            }
        }
    }
    Ok((count, newest))
}

/// What words are looked for in.
fn searched(entry: &LogEntryView) -> String {
    let mut text = String::new();
    let parts = [&entry.user_name, &entry.user_id, &entry.identifier, &entry.application, &entry.ip];
    for part in parts.into_iter().flatten() {
        fold_into(part, &mut text);
        text.push(COLUMN_END);
    }
    text
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LogEntryView> {
    Ok(LogEntryView {
        id: row.get("id")?,
        account_id: AccountId(row.get("account_id")?),
        at: row.get("at")?,
        event: row.get("event")?,
        succeeded: row.get("succeeded")?,
        user_id: row.get("user_id")?,
        user_name: row.get("user_name")?,
        identifier: row.get("identifier")?,
        application: row.get("application")?,
        ip: row.get("ip")?,
        agent: row.get("agent")?,
        error: row.get("error")?,
    })
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[ENTRY, OF_USER, MATCHED, OLDEST, IDS, COUNT];
