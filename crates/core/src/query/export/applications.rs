//! Programs, with how many secrets each has and how old they are.

use rusqlite::{Connection, named_params};

use super::{Visit, each};
use crate::model::AccountId;
use crate::store::StoreError;

pub(super) const APPLICATIONS: &str =
    "SELECT p.remote_id, p.display_name, p.description, p.kind, p.manages_account, p.created_at,
       (SELECT group_concat(coalesce(r.display_name, a.role_id), ', ') FROM role_assignments a
        LEFT JOIN roles r ON r.account_id = a.account_id AND r.remote_id = a.role_id
        WHERE a.account_id = p.account_id AND a.holder_id = p.remote_id AND a.group_id = '') AS roles,
       (SELECT count(*) FROM tokens t WHERE t.account_id = p.account_id AND t.owner_id = p.remote_id
          AND t.owner_kind = 'application') AS secrets,
       (SELECT min(created_at) FROM tokens t WHERE t.account_id = p.account_id AND t.owner_id = p.remote_id
          AND t.owner_kind = 'application') AS oldest_secret_at,
       (SELECT min(expires_at) FROM tokens t WHERE t.account_id = p.account_id AND t.owner_id = p.remote_id
          AND t.owner_kind = 'application') AS first_expires_at
     FROM applications p WHERE p.account_id = :account_id ORDER BY p.remote_id";

/// One application. Times are milliseconds UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationExportRow {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// What the service says about it.
    pub description: Option<String>,
    /// The service's own word.
    pub kind: String,
    /// It holds the right to manage the whole account.
    pub manages_account: bool,
    /// Created at the service.
    pub created_at: Option<i64>,
    /// Names of its roles in the whole account.
    pub roles: Option<String>,
    /// How many secrets it has.
    pub secrets: i64,
    /// When the oldest of them was made.
    pub oldest_secret_at: Option<i64>,
    /// When the first of them expires or has expired.
    pub first_expires_at: Option<i64>,
}

/// Hands over all applications of an account, in the order of their ids at the service.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_application(
    conn: &Connection,
    account: AccountId,
    visit: Visit<'_, ApplicationExportRow>,
) -> Result<(), StoreError> {
    let make = |row: &rusqlite::Row<'_>| {
        Ok(ApplicationExportRow {
            remote_id: row.get("remote_id")?,
            display_name: row.get("display_name")?,
            description: row.get("description")?,
            kind: row.get("kind")?,
            manages_account: row.get("manages_account")?,
            created_at: row.get("created_at")?,
            roles: row.get("roles")?,
            secrets: row.get("secrets")?,
            oldest_secret_at: row.get("oldest_secret_at")?,
            first_expires_at: row.get("first_expires_at")?,
        })
    };
    each(conn, APPLICATIONS, named_params! { ":account_id": account.0 }, make, visit)
}
