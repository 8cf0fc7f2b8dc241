//! Table `token_notices`: of which tokens it was told that they expire.

use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, Timestamp};

/// A token whose end is told ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenNotice {
    /// `user` or `application`.
    pub owner_kind: String,
    /// The service's id of its owner.
    pub owner_id: String,
    /// What it is, as stored.
    pub kind: String,
    /// Unique for its owner and kind.
    pub remote_id: String,
    /// Its name.
    pub name: String,
    /// When it expires, milliseconds UTC.
    pub expires_at: i64,
    /// The threshold that it has reached, in days ahead.
    pub days: u32,
}

const KEEPING: &str = "noting what was told of a token";

/// Notes that these were told at `now`, and forgets those whose end is over.
///
/// # Errors
/// Those of the database.
pub fn mark_told(
    tx: &Transaction<'_>,
    account: AccountId,
    notices: &[TokenNotice],
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM token_notices WHERE account_id = :account AND expires_at <= :now",
        named_params! { ":account": account.0, ":now": now.as_millis() },
    )
    .context(KEEPING)?;
    let mut statement = tx
        .prepare_cached(
            "INSERT OR REPLACE INTO token_notices
                 (account_id, owner_kind, owner_id, kind, remote_id, expires_at, days, told_at)
             VALUES (:account, :owner_kind, :owner, :kind, :remote_id, :expires_at, :days, :now)",
        )
        .context(KEEPING)?;
    for notice in notices {
        statement
            .execute(named_params! {
                ":account": account.0,
                ":owner_kind": notice.owner_kind,
                ":owner": notice.owner_id,
                ":kind": notice.kind,
                ":remote_id": notice.remote_id,
                ":expires_at": notice.expires_at,
                ":days": notice.days,
                ":now": now.as_millis(),
            })
            .context(KEEPING)?;
    }
    Ok(())
}
