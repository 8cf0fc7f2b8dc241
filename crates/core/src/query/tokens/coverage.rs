//! How complete the picture is: tokens of users are asked for user by user, each answer with an age of its own.

use rusqlite::{Connection, named_params};

use crate::api::TokenCoverageView;
use crate::model::AccountId;
use crate::query::accounts::capabilities_of;
use crate::query::page::count32;
use crate::store::{Context, StoreError};

pub(super) const USERS: &str = "SELECT count(*) AS users FROM users WHERE account_id = :account_id";
pub(super) const ASKED: &str =
    "SELECT count(*) AS asked, min(read_at) AS oldest FROM user_details WHERE account_id = :account_id";

/// Of these accounts together.
pub(super) fn coverage(conn: &Connection, accounts: &[AccountId]) -> Result<TokenCoverageView, StoreError> {
    const COUNTING: &str = "counting users who were asked about";
    let mut view = TokenCoverageView::default();
    for account in accounts {
        if !lists_tokens(conn, *account)? {
            view.without.push(*account);
            continue;
        }
        let parameters = named_params! { ":account_id": account.0 };
        let users: usize = conn
            .prepare_cached(USERS)
            .and_then(|mut statement| statement.query_row(parameters, |row| row.get("users")))
            .context(COUNTING)?;
        let (asked, oldest): (usize, Option<i64>) = conn
            .prepare_cached(ASKED)
            .and_then(|mut statement| {
                statement.query_row(parameters, |row| Ok((row.get("asked")?, row.get("oldest")?)))
            })
            .context(COUNTING)?;
        view.users = view.users.saturating_add(count32(users));
        view.asked = view.asked.saturating_add(count32(asked));
        view.oldest_at = [view.oldest_at, oldest].into_iter().flatten().min();
    }
    Ok(view)
}

/// Whether the service of an account tells the tokens of its users.
pub(super) fn lists_tokens(conn: &Connection, account: AccountId) -> Result<bool, StoreError> {
    Ok(capabilities_of(conn, account)?.is_some_and(|capabilities| capabilities.details))
}
