//! API credentials that an account lists; never their values.

use rusqlite::{Connection, named_params};

use super::{Visit, each};
use crate::model::AccountId;
use crate::store::StoreError;

pub(super) const TOKENS: &str = "SELECT t.kind, t.type, t.name, t.description, t.owner_kind,
       CASE WHEN t.imported_at IS NOT NULL AND t.owner_id LIKE 'named:%' THEN NULL ELSE t.owner_id END AS owner_id,
       coalesce(u.display_name, p.display_name, t.owner_named) AS owner_name, u.email AS owner_email,
       t.created_at, t.expires_at, t.expiry_known, t.last_used_at, t.last_use_known, t.requests,
       t.imported_at
     FROM tokens t
     LEFT JOIN users u ON u.account_id = t.account_id AND u.remote_id = t.owner_id
     LEFT JOIN applications p ON p.account_id = t.account_id AND p.remote_id = t.owner_id
     WHERE t.account_id = :account_id ORDER BY t.owner_kind, t.owner_id, t.kind, t.remote_id";

/// One token. Times are milliseconds UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenExportRow {
    /// `personalAccessToken`, `applicationSecret` or `apiUser`.
    pub kind: String,
    /// The service's own word for what it is for, where it has some.
    pub access_type: Option<String>,
    /// Its name.
    pub name: String,
    /// What the service says about it.
    pub description: Option<String>,
    /// `user` or `application`.
    pub owner_kind: String,
    /// The service's id of its owner; `None` for one who is known by the words of a list only.
    pub owner_id: Option<String>,
    /// The owner's name; `None` when the account does not list it.
    pub owner_name: Option<String>,
    /// The owner's primary address.
    pub owner_email: Option<String>,
    /// Created at the service.
    pub created_at: Option<i64>,
    /// `None` for one that never expires, where `expiry_known`.
    pub expires_at: Option<i64>,
    /// The service says when it expires.
    pub expiry_known: bool,
    /// `None` for one that was never used, where `last_use_known`.
    pub last_used_at: Option<i64>,
    /// The service says when it was last used.
    pub last_use_known: bool,
    /// Requests in the last 30 days, where the service says so.
    pub requests: Option<i64>,
    /// As of when it is so in a list that a person imported; `None` where the service lists it itself.
    pub imported_at: Option<i64>,
}

/// Hands over all tokens of an account, owner by owner.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_token(
    conn: &Connection,
    account: AccountId,
    visit: Visit<'_, TokenExportRow>,
) -> Result<(), StoreError> {
    let make = |row: &rusqlite::Row<'_>| {
        Ok(TokenExportRow {
            kind: row.get("kind")?,
            access_type: row.get("type")?,
            name: row.get("name")?,
            description: row.get("description")?,
            owner_kind: row.get("owner_kind")?,
            owner_id: row.get("owner_id")?,
            owner_name: row.get("owner_name")?,
            owner_email: row.get("owner_email")?,
            created_at: row.get("created_at")?,
            expires_at: row.get("expires_at")?,
            expiry_known: row.get("expiry_known")?,
            last_used_at: row.get("last_used_at")?,
            last_use_known: row.get("last_use_known")?,
            requests: row.get("requests")?,
            imported_at: row.get("imported_at")?,
        })
    };
    each(conn, TOKENS, named_params! { ":account_id": account.0 }, make, visit)
}
