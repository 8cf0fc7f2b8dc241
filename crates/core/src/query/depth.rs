//! What belongs to one user beside the record: tokens, roles in the whole account and in organisations, and what was asked
//! for user by user.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::page::json;
use crate::api::{NamedView, TokenView, UserDepthView};
use crate::model::{AccountId, fold};
use crate::store::{Context, StoreError};

const TOKENS: &str =
    "SELECT name, description, created_at, expires_at, expiry_known, last_used_at, last_use_known,
            imported_at, made_here
     FROM tokens WHERE account_id = :account_id AND owner_id = :user_id AND owner_kind = 'user'";
const ROLES: &str = "SELECT a.role_id, r.display_name
     FROM role_assignments a
     LEFT JOIN roles r ON r.account_id = a.account_id AND r.remote_id = a.role_id
     WHERE a.account_id = :account_id AND a.holder_id = :user_id AND a.group_id = :group_id";
const DETAILS: &str = "SELECT read_at, details, problem FROM user_details
     WHERE account_id = :account_id AND user_id = :user_id";

/// The tokens of a user, by name.
pub(super) fn tokens_of(
    conn: &Connection,
    account: AccountId,
    user: &str,
) -> Result<Vec<TokenView>, StoreError> {
    const READING: &str = "reading the tokens of a user";
    let mut statement = conn.prepare_cached(TOKENS).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0, ":user_id": user }, token)
        .context(READING)?;
    let mut tokens: Vec<TokenView> = rows.collect::<Result<_, _>>().context(READING)?;
    tokens.sort_by_cached_key(|token| (fold(&token.name), token.name.clone()));
    Ok(tokens)
}

/// A row of `tokens`.
pub(super) fn token(row: &Row<'_>) -> rusqlite::Result<TokenView> {
    Ok(TokenView {
        name: row.get("name")?,
        description: row.get("description")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        expiry_known: row.get("expiry_known")?,
        last_used_at: row.get("last_used_at")?,
        last_use_known: row.get("last_use_known")?,
        imported_at: row.get("imported_at")?,
        made_here: row.get("made_here")?,
    })
}

/// The roles that a user holds in an organisation, or in the whole account where `organization` is empty; by name.
pub(super) fn roles_of(
    conn: &Connection,
    account: AccountId,
    user: &str,
    organization: &str,
) -> Result<Vec<NamedView>, StoreError> {
    const READING: &str = "reading the roles of a user";
    let mut statement = conn.prepare_cached(ROLES).context(READING)?;
    let parameters = named_params! { ":account_id": account.0, ":user_id": user, ":group_id": organization };
    let rows = statement
        .query_map(parameters, |row| {
            let remote_id: String = row.get("role_id")?;
            let name: Option<String> = row.get("display_name")?;
            Ok(NamedView { display_name: name.unwrap_or_else(|| remote_id.clone()), remote_id })
        })
        .context(READING)?;
    let mut roles: Vec<NamedView> = rows.collect::<Result<_, _>>().context(READING)?;
    roles.sort_by_cached_key(|role| (fold(&role.display_name), role.remote_id.clone()));
    Ok(roles)
}

/// What was asked for this user alone; `None` where that has not happened yet.
pub(super) fn depth_of(
    conn: &Connection,
    account: AccountId,
    user: &str,
) -> Result<Option<UserDepthView>, StoreError> {
    let stored: Option<(i64, String, Option<String>)> = conn
        .prepare_cached(DETAILS)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":user_id": user };
            let read =
                |row: &rusqlite::Row<'_>| Ok((row.get("read_at")?, row.get("details")?, row.get("problem")?));
            statement.query_row(parameters, read).optional()
        })
        .context("reading a user in depth")?;
    let Some((read_at, details, problem)) = stored else { return Ok(None) };
    Ok(Some(UserDepthView {
        read_at,
        sections: json(&details, "what is known of a user in depth")?,
        problem,
    }))
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[TOKENS, ROLES, DETAILS];
