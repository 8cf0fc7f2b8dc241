//! Reads one account's index from the store.

use rusqlite::{Connection, named_params};

use super::index::{AccountIndex, AccountIndexBuilder, IndexedUser};
use crate::model::AccountId;
use crate::query::edges::count_edges;
use crate::query::groups::GroupIndexBuilder;
use crate::query::invited::invited_until;
use crate::store::{Context, StoreError};

/// In the order of the primary key: no sorting, each page of the file once.
pub(super) const USERS: &str =
    "SELECT user_id, text, active, created_at, modified_at, last_sign_in_at FROM user_search
     WHERE account_id = :account_id ORDER BY user_id";

/// Builds the index of an account.
pub(super) fn load(conn: &Connection, account: AccountId) -> Result<AccountIndex, StoreError> {
    let mut users = AccountIndexBuilder::default();
    load_users(conn, account, &mut users, |_| true)?;
    users.set_invited(&invited_until(conn, account)?);
    let mut groups = GroupIndexBuilder::load(conn, account)?;
    let counts = count_edges(conn, account, users.ids(), &mut groups)?;
    Ok(users.build(account, counts, groups.build()))
}

/// Adds the users of an account that `keep` lets through, which may change them.
pub(super) fn load_users(
    conn: &Connection,
    account: AccountId,
    builder: &mut AccountIndexBuilder,
    keep: impl Fn(&mut IndexedUser<'_>) -> bool,
) -> Result<(), StoreError> {
    let reading = "loading the users";
    let mut statement = conn.prepare_cached(USERS).context(reading)?;
    let column = |name| statement.column_index(name).context(reading);
    let (id, text, active) = (column("user_id")?, column("text")?, column("active")?);
    let (created_at, modified_at) = (column("created_at")?, column("modified_at")?);
    let last_sign_in_at = column("last_sign_in_at")?;
    let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(reading)?;
    while let Some(row) = rows.next().context(reading)? {
        let mut user = IndexedUser {
            id: row.get(id).context(reading)?,
            text: row.get_ref(text).context(reading)?.as_bytes().unwrap_or_default(),
            active: row.get(active).context(reading)?,
            created_at: row.get(created_at).context(reading)?,
            modified_at: row.get(modified_at).context(reading)?,
            last_sign_in_at: row.get(last_sign_in_at).context(reading)?,
        };
        if keep(&mut user) {
            builder.push(&user).ok_or_else(too_much)?;
        }
    }
    Ok(())
}

pub(super) fn too_much() -> StoreError {
    StoreError::Bug("more than four gigabytes of names in one account".to_owned())
}
