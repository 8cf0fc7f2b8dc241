//! Table `history`: only ever appended to.

use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, HistoryEntry, RemoteId, RunId};

/// Appends one line.
///
/// # Errors
/// Those of the database.
pub fn append(
    tx: &Transaction<'_>,
    account: AccountId,
    run: RunId,
    entry: &HistoryEntry,
) -> Result<(), StoreError> {
    let HistoryEntry { at, subject, remote_id, name, member, member_name, action, field, before, after } =
        entry;
    tx.prepare_cached(
        "INSERT INTO history (account_id, run_id, at, subject, remote_id, name, member_id, member_name, action,
                              field, before, after)
         VALUES (:account, :run, :at, :subject, :remote_id, :name, :member_id, :member_name, :action,
                 :field, :before, :after)",
    )
    .and_then(|mut statement| {
        statement.execute(named_params! {
            ":account": account.0,
            ":run": run.0,
            ":at": at.as_millis(),
            ":subject": subject.as_str(),
            ":remote_id": remote_id.as_str(),
            ":name": name,
            ":member_id": member.as_ref().map(RemoteId::as_str),
            ":member_name": member_name,
            ":action": action.as_str(),
            ":field": field,
            ":before": before,
            ":after": after,
        })
    })
    .context("writing history")?;
    Ok(())
}
