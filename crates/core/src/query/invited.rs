//! Our own record of invitations, for a service that tells nothing of them: an operator whom Rollcall made without a password
//! was invited, and the invitation is good for 21 days.

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
