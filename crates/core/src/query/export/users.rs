//! All users of an account.

use rusqlite::{Connection, named_params};

use super::super::page::{count32, count64};
use super::super::users::UserRowReader;
use super::Visit;
use crate::api::UserRow;
use crate::model::AccountId;
use crate::store::{Context, StoreError};

pub(super) const USERS: &str = "SELECT id,
       (SELECT count(*) FROM memberships m WHERE m.account_id = u.account_id AND m.member_id = u.remote_id) AS groups
     FROM users u WHERE account_id = :account_id ORDER BY remote_id";

/// Hands over all users of an account, in the order of their ids at the service.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_user(conn: &Connection, account: AccountId, visit: Visit<'_, UserRow>) -> Result<(), StoreError> {
    let doing = "reading users";
    let mut reader = UserRowReader::new(conn)?;
    let mut statement = conn.prepare_cached(USERS).context(doing)?;
    let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(doing)?;
    while let Some(row) = rows.next().context(doing)? {
        let id = row.get("id").context(doing)?;
        let groups = count64(row.get("groups").context(doing)?);
        if let Some(user) = reader.read(id, count32(usize::try_from(groups).unwrap_or(usize::MAX)))? {
            visit(user)?;
        }
    }
    Ok(())
}
