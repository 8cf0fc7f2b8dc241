//! One application with its secrets and roles.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::{READING, row, select_applications};
use crate::api::{ApplicationDetailView, ApplicationRequest, ApplicationRoleView, TokenView};
use crate::model::{AccountId, Stream, Timestamp, fold};
use crate::query::accounts::stream_state;
use crate::query::depth::token;
use crate::query::history::history_of_application;
use crate::query::page::json;
use crate::store::{Context, StoreError};

const ROW: &str = select_applications!("AND p.remote_id = :remote_id GROUP BY p.remote_id");
pub(super) const APPLICATION: &str =
    "SELECT raw FROM applications WHERE account_id = :account_id AND remote_id = :remote_id";
pub(super) const SECRETS: &str =
    "SELECT name, description, created_at, expires_at, expiry_known, last_used_at, last_use_known,
            imported_at, made_here
     FROM tokens WHERE account_id = :account_id AND owner_id = :remote_id AND owner_kind = 'application'";
pub(super) const ROLES: &str = "SELECT a.role_id, a.group_id, r.display_name, g.display_name AS organization
     FROM role_assignments a
     LEFT JOIN roles r ON r.account_id = a.account_id AND r.remote_id = a.role_id
     LEFT JOIN groups g ON g.account_id = a.account_id AND g.remote_id = a.group_id
     WHERE a.account_id = :account_id AND a.holder_id = :remote_id AND a.holder_kind = 'application'";

/// Everything synced about an application as of `now`; `None` when the mirror does not have it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_application(
    conn: &Connection,
    request: &ApplicationRequest,
    now: Timestamp,
) -> Result<Option<ApplicationDetailView>, StoreError> {
    let (account, id) = (request.account_id, request.remote_id.as_str());
    let parameters = named_params! { ":account_id": account.0, ":remote_id": id };
    let raw: Option<String> = conn
        .prepare_cached(APPLICATION)
        .and_then(|mut statement| statement.query_row(parameters, |row| row.get("raw")).optional())
        .context(READING)?;
    let Some(raw) = raw else { return Ok(None) };
    let parameters = named_params! { ":account_id": account.0, ":remote_id": id, ":now": now.as_millis() };
    let listed = conn
        .prepare_cached(ROW)
        .and_then(|mut statement| statement.query_row(parameters, |stored| row(account, stored)))
        .context(READING)?;
    Ok(Some(ApplicationDetailView {
        row: listed,
        secrets: secrets(conn, account, id)?,
        roles: roles(conn, account, id)?,
        raw: json(&raw, "the record of an application")?,
        applications_state: stream_state(conn, account, Stream::Applications)?,
        roles_state: stream_state(conn, account, Stream::RoleAssignments)?,
        history: history_of_application(conn, account, id)?,
    }))
}

fn secrets(conn: &Connection, account: AccountId, id: &str) -> Result<Vec<TokenView>, StoreError> {
    let mut statement = conn.prepare_cached(SECRETS).context(READING)?;
    let parameters = named_params! { ":account_id": account.0, ":remote_id": id };
    let rows = statement.query_map(parameters, token).context(READING)?;
    let mut secrets: Vec<TokenView> = rows.collect::<Result<_, _>>().context(READING)?;
    secrets.sort_by_cached_key(|secret| (secret.created_at, fold(&secret.name), secret.name.clone()));
    Ok(secrets)
}

fn roles(conn: &Connection, account: AccountId, id: &str) -> Result<Vec<ApplicationRoleView>, StoreError> {
    let mut statement = conn.prepare_cached(ROLES).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0, ":remote_id": id }, |row| {
            let (remote_id, group): (String, String) = (row.get("role_id")?, row.get("group_id")?);
            let name: Option<String> = row.get("display_name")?;
            let organization: Option<String> = row.get("organization")?;
            let group = (!group.is_empty()).then_some(group);
            Ok(ApplicationRoleView {
                display_name: name.unwrap_or_else(|| remote_id.clone()),
                remote_id,
                organization: organization.or_else(|| group.clone()),
                organization_id: group,
            })
        })
        .context(READING)?;
    let mut roles: Vec<ApplicationRoleView> = rows.collect::<Result<_, _>>().context(READING)?;
    roles.sort_by_cached_key(|role| {
        (role.organization.as_deref().map(fold), fold(&role.display_name), role.remote_id.clone())
    });
    Ok(roles)
}
