//! What changed since a time or a run, line by line as it was learned.

use rusqlite::{Connection, named_params};

use super::super::history::StoredEntry;
use super::Visit;
use crate::api::HistoryEntryView;
use crate::model::AccountId;
use crate::store::{Context, StoreError};

/// In the order of the account's index: both walk it once.
pub(super) const SINCE_TIME: &str =
    "SELECT id, account_id, run_id, at, subject, remote_id, name, member_id, member_name, action, field,
       before, after, NULL AS member_kind
     FROM history WHERE account_id = :account_id AND at >= :since ORDER BY id";
pub(super) const SINCE_RUN: &str = "SELECT id, account_id, run_id, at, subject, remote_id, name, member_id, member_name, action, field,
       before, after, NULL AS member_kind
     FROM history INDEXED BY history_by_account WHERE account_id = :account_id AND run_id > :since ORDER BY id";

/// From where on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Learned at this time or later, milliseconds UTC.
    Time(i64),
    /// After this run.
    Run(i64),
}

/// Hands over what changed in an account, oldest first.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_change(
    conn: &Connection,
    account: AccountId,
    since: Since,
    visit: Visit<'_, HistoryEntryView>,
) -> Result<(), StoreError> {
    let doing = "reading history";
    let (sql, since) = match since {
        Since::Time(at) => (SINCE_TIME, at),
        Since::Run(run) => (SINCE_RUN, run),
    };
    let mut statement = conn.prepare_cached(sql).context(doing)?;
    let mut rows =
        statement.query(named_params! { ":account_id": account.0, ":since": since }).context(doing)?;
    while let Some(row) = rows.next().context(doing)? {
        visit(StoredEntry::read(row).context(doing)?.into_view()?)?;
    }
    Ok(())
}
