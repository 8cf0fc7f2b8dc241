//! Our own record of invitations, for a service that tells nothing of them: an operator whom Rollcall made without a password
//! was invited, and the invitation is good for 21 days.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, named_params};

use super::page::json;
use crate::api::InvitedView;
use crate::model::{AccountId, Edit, PasswordChoice};
use crate::store::{Context, StoreError};

/// How long an invitation of Uptrends is good, in milliseconds.
const GOOD_FOR: i64 = 21 * 24 * 60 * 60 * 1000;

/// The change that made a user, and when its request was answered.
const MADE: &str = "SELECT changes.edit, max(coalesce(call.ended_at, call.sent_at)) AS made_at
     FROM changes
     JOIN accounts ON accounts.id = changes.account_id AND accounts.provider = 'uptrends'
     JOIN change_calls AS call ON call.change_id = changes.id AND call.outcome IN ('done', 'found')
     WHERE changes.account_id = :account_id AND changes.state = 'applied' AND changes.created_id = :remote_id
     GROUP BY changes.id";

/// The same of all users of the account who are here, those made with a password aside. From the account and its
/// applies on: an account of another provider costs a look.
const ALL: &str = "SELECT users.id, coalesce(call.ended_at, call.sent_at) AS made_at
     FROM accounts
     CROSS JOIN sync_runs AS run ON run.account_id = accounts.id AND run.kind = 'changes'
     CROSS JOIN changes ON changes.run_id = run.id AND changes.state = 'applied'
     CROSS JOIN change_calls AS call ON call.change_id = changes.id AND call.outcome IN ('done', 'found')
     CROSS JOIN users ON users.account_id = changes.account_id AND users.remote_id = changes.created_id
     WHERE accounts.id = :account_id AND accounts.provider = 'uptrends'
       AND changes.created_id IS NOT NULL AND json_extract(changes.edit, '$.kind') = 'createUser'
       AND json_extract(changes.edit, '$.password') = 'none'";

/// Until when the invitations are good with which Rollcall made users of this account, by their numbers in the store.
///
/// # Errors
/// When the store cannot be read.
pub fn invited_until(conn: &Connection, account: AccountId) -> Result<BTreeMap<i64, i64>, StoreError> {
    const READING: &str = "reading whom Rollcall invited";
    let mut statement = conn.prepare_cached(ALL).context(READING)?;
    let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(READING)?;
    let mut invited = BTreeMap::new();
    while let Some(row) = rows.next().context(READING)? {
        let until = row.get::<_, i64>("made_at").context(READING)?.saturating_add(GOOD_FOR);
        let latest = invited.entry(row.get("id").context(READING)?).or_insert(until);
        *latest = until.max(*latest);
    }
    Ok(invited)
}

/// The invitation with which Rollcall made this user.
///
/// # Errors
/// When the store cannot be read.
pub fn invited(
    conn: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<Option<InvitedView>, StoreError> {
    let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
    let made: Option<(String, i64)> = conn
        .prepare_cached(MADE)
        .and_then(|mut statement| {
            statement.query_row(parameters, |row| Ok((row.get("edit")?, row.get("made_at")?))).optional()
        })
        .context("reading how a user was made")?;
    let Some((edit, sent_at)) = made else { return Ok(None) };
    let edit: Edit = json(&edit, "an edit")?;
    let by_mail = matches!(edit, Edit::CreateUser { password: PasswordChoice::None, .. });
    Ok(by_mail.then(|| InvitedView { sent_at, expires_at: sent_at.saturating_add(GOOD_FOR) }))
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[ALL];
