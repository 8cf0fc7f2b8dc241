//! Programs that sign in by themselves: which of them can manage the whole account, and how old their secrets are. There
//! are few, so that a list of them is read as a whole, searched and sorted here.

mod detail;
mod list;

pub use detail::get_application;
pub use list::query_applications;

use rusqlite::{Connection, Row, named_params};

use super::page::count32;
use crate::api::ApplicationRow;
use crate::model::AccountId;
use crate::store::{Context, StoreError};

const READING: &str = "reading the applications";

/// Columns of an [`ApplicationRow`], `:now` deciding which secrets have expired.
macro_rules! select_applications {
    ($rest:literal) => {
        concat!(
            "SELECT p.remote_id, p.display_name, p.description, p.kind, p.manages_account, p.created_at,
                    (SELECT count(DISTINCT a.role_id) FROM role_assignments a
                     WHERE a.account_id = p.account_id AND a.holder_id = p.remote_id
                       AND a.holder_kind = 'application') AS roles,
                    count(t.id) AS secrets,
                    count(t.id) FILTER (WHERE t.expiry_known AND t.expires_at IS NULL) AS never_expiring,
                    count(t.id) FILTER (WHERE t.expires_at <= :now) AS expired,
                    min(t.created_at) AS oldest_secret_at,
                    min(t.expires_at) FILTER (WHERE t.expires_at > :now) AS expires_at
             FROM applications p
             LEFT JOIN tokens t ON t.account_id = p.account_id AND t.owner_id = p.remote_id
                               AND t.owner_kind = 'application'
             WHERE p.account_id = :account_id ",
            $rest
        )
    };
}
use select_applications;

const NAMES: &str = "SELECT remote_id, display_name FROM applications WHERE account_id = :account_id";
const MANAGING: &str = "SELECT count(*) FROM applications WHERE account_id = :account_id AND manages_account";

fn row(account: AccountId, row: &Row<'_>) -> rusqlite::Result<ApplicationRow> {
    Ok(ApplicationRow {
        account_id: account,
        remote_id: row.get("remote_id")?,
        display_name: row.get("display_name")?,
        description: row.get("description")?,
        kind: row.get("kind")?,
        manages_account: row.get("manages_account")?,
        created_at: row.get("created_at")?,
        roles: row.get("roles")?,
        secrets: row.get("secrets")?,
        never_expiring: row.get("never_expiring")?,
        expired: row.get("expired")?,
        oldest_secret_at: row.get("oldest_secret_at")?,
        expires_at: row.get("expires_at")?,
    })
}

/// Id and name of each.
pub(super) fn names_of(conn: &Connection, account: AccountId) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = conn.prepare_cached(NAMES).context(READING)?;
    let names = statement
        .query_map(named_params! { ":account_id": account.0 }, |row| {
            Ok((row.get("remote_id")?, row.get("display_name")?))
        })
        .context(READING)?;
    names.collect::<Result<_, _>>().context(READING)
}

/// How many can manage the whole account.
pub(super) fn count_managing(conn: &Connection, account: AccountId) -> Result<u32, StoreError> {
    let count: i64 = conn
        .prepare_cached(MANAGING)
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":account_id": account.0 }, |row| row.get(0))
        })
        .context(READING)?;
    Ok(count32(usize::try_from(count).unwrap_or_default()))
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] =
    &[NAMES, MANAGING, detail::APPLICATION, detail::SECRETS, detail::ROLES];
