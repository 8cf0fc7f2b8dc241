//! The applications grid.

use std::cmp::Reverse;

use rusqlite::{Connection, named_params};

use super::{READING, row, select_applications};
use crate::api::{ApplicationColumn, ApplicationPageView, ApplicationQueryRequest, ApplicationRow};
use crate::model::{AccountId, Timestamp, fold};
use crate::query::page::{clamp, count32};
use crate::query::users::{UserIndexCache, Words};
use crate::store::{Context, StoreError};

/// Grouped in the order of the unique index.
const APPLICATIONS: &str = select_applications!("GROUP BY p.remote_id");

/// An application with what it is sorted and searched by.
struct Listed {
    /// Place of the account's name among all.
    account: u32,
    name: String,
    row: ApplicationRow,
}

/// A page of applications as of `now`: those that match, in the asked order; ties by name, then id.
///
/// # Errors
/// When the store cannot be read.
pub fn query_applications(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &ApplicationQueryRequest,
    now: Timestamp,
) -> Result<ApplicationPageView, StoreError> {
    let current = cache.current(conn, request.account_id)?;
    let mut listed = Vec::new();
    for (account, index) in current.snapshot.ranked_indexes() {
        listed.extend(read(conn, index.account, now)?.into_iter().map(|row| Listed {
            account,
            name: fold(&row.display_name),
            row,
        }));
    }
    let all = count32(listed.len());
    let words = Words::parse(&request.text);
    listed.retain(|listed| {
        let description = listed.row.description.as_deref().map(fold).unwrap_or_default();
        let text = format!("{}\u{1f}{description}", listed.name);
        words.all_in(text.as_bytes()) && (!request.managing_only || listed.row.manages_account)
    });
    sort(&mut listed, request.sort, request.descending);
    let total = count32(listed.len());
    let page = listed.into_iter().skip(request.offset as usize).take(clamp(request.limit) as usize);
    let rows = page.map(|listed| listed.row).collect();
    Ok(ApplicationPageView { total, all, revision: current.revision, rows })
}

fn read(conn: &Connection, account: AccountId, now: Timestamp) -> Result<Vec<ApplicationRow>, StoreError> {
    let mut statement = conn.prepare_cached(APPLICATIONS).context(READING)?;
    let parameters = named_params! { ":account_id": account.0, ":now": now.as_millis() };
    let rows = statement.query_map(parameters, |stored| row(account, stored)).context(READING)?;
    rows.collect::<Result<_, _>>().context(READING)
}

/// What a column sorts by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(i64),
    Text(&'a str),
}

fn key(listed: &Listed, column: ApplicationColumn) -> Option<Key<'_>> {
    let row = &listed.row;
    match column {
        ApplicationColumn::DisplayName => Some(Key::Text(&listed.name)),
        // Those that can are what one looks for: they come first.
        ApplicationColumn::Manages => Some(Key::Number(i64::from(!row.manages_account))),
        ApplicationColumn::Kind => Some(Key::Text(&row.kind)),
        ApplicationColumn::Secrets => Some(Key::Number(row.secrets.into())),
        ApplicationColumn::OldestSecretAt => row.oldest_secret_at.map(Key::Number),
        ApplicationColumn::ExpiresAt => row.expires_at.map(Key::Number),
        ApplicationColumn::Roles => Some(Key::Number(row.roles.into())),
        ApplicationColumn::CreatedAt => row.created_at.map(Key::Number),
        ApplicationColumn::Account => Some(Key::Number(listed.account.into())),
    }
}

fn sort(listed: &mut [Listed], column: ApplicationColumn, descending: bool) {
    listed.sort_by(|a, b| {
        let by_value = match (key(a, column), key(b, column)) {
            (Some(a), Some(b)) if descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => Reverse(a.is_some()).cmp(&Reverse(b.is_some())),
        };
        let name = |listed: &Listed| (listed.name.clone(), listed.account, listed.row.remote_id.clone());
        by_value.then_with(|| name(a).cmp(&name(b)))
    });
}
