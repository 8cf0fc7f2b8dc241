//! What somebody who reviews an account wants to see first.

use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use super::account::AccountRights;
use super::redundant;
use crate::api::{FindingItemView, FindingKind, FindingRightView, FindingView, FindingsView};
use crate::model::{AccountId, Stream, fold};
use crate::query::accounts::stream_state;
use crate::query::recipients;
use crate::store::{Context, StoreError};

const API_USERS: &str = "
    SELECT t.name, t.owner_id, coalesce(u.display_name, t.owner_named) AS display_name, t.imported_at
    FROM tokens t LEFT JOIN users u ON u.account_id = t.account_id AND u.remote_id = t.owner_id
    WHERE t.account_id = :account_id AND t.kind = 'apiUser' AND u.active IS NOT TRUE
      AND NOT (t.imported_at IS NOT NULL AND t.owner_id LIKE 'named:%')";

/// Rights of which somebody must hold each, and who they are.
const WATCHED: [&str; 3] = ["AccountAdministrator", "FinancialOperator", "TechnicalContact"];

/// What stands out in one account; without those that found nothing.
///
/// # Errors
/// When the store cannot be read.
pub fn list_findings(conn: &Connection, account: AccountId) -> Result<FindingsView, StoreError> {
    let rights = AccountRights::load(conn, account)?;
    let mut findings = Vec::new();
    if stream_state(conn, account, Stream::Grants)?.is_some() {
        findings.extend(WATCHED.map(|permission| holders(&rights, permission)));
    }
    findings.push(only_everybody(&rights));
    findings.push(redundant(&rights));
    findings.push(FindingView {
        kind: FindingKind::ApiUserOfInactive,
        permission: None,
        items: api_users_of_inactive(conn, account)?,
    });
    findings.extend(recipients::findings(conn, account)?);
    findings.retain(|finding| !finding.items.is_empty());
    for finding in &mut findings {
        finding.items.sort_by_cached_key(|item| {
            let on = item.right.as_ref().and_then(|right| right.resource.as_deref()).map(fold);
            (fold(&item.display_name), item.remote_id.clone(), on, item.clone())
        });
    }
    Ok(FindingsView { findings, administrators: rights.administrators() })
}

/// Who holds a right that matters; the only one of them is a finding of its own.
fn holders(rights: &AccountRights, permission: &str) -> FindingView {
    let holders = rights.holders_in_account(permission);
    let kind = if holders.len() == 1 { FindingKind::LastHolder } else { FindingKind::Holders };
    let items = holders.iter().map(|id| item(id, rights.user_name(id)));
    FindingView { kind, permission: Some(permission.to_owned()), items: items.collect() }
}

/// Users whose only group is that of everybody: often left behind when a group was.
fn only_everybody(rights: &AccountRights) -> FindingView {
    let alone =
        rights.users().filter(|(id, _)| rights.has_own_groups() && rights.own_groups(id).next().is_none());
    let items = alone.map(|(id, name)| item(id, name));
    FindingView { kind: FindingKind::OnlyEverybody, permission: None, items: items.collect() }
}

/// Rights that were given to a user who has them, or more, through a group as well.
fn redundant(rights: &AccountRights) -> FindingView {
    let items = redundant::redundant(rights).into_iter().map(|(user, own)| FindingItemView {
        right: Some(FindingRightView {
            permission: own.permission,
            resource_id: own.resource.map(str::to_owned),
            resource: own.resource.map(|id| rights.resource_name(id).to_owned()),
            resource_kind: own.resource.and_then(|id| rights.resources.get(id)).map(|known| known.kind),
            through: own.through.into_iter().collect(),
        }),
        ..item(user, rights.user_name(user))
    });
    FindingView { kind: FindingKind::Redundant, permission: None, items: items.collect() }
}

fn item(id: &str, name: &str) -> FindingItemView {
    FindingItemView {
        remote_id: id.to_owned(),
        display_name: name.to_owned(),
        right: None,
        api_user: None,
        imported_at: None,
    }
}

/// Credentials of users who are not active, or gone.
fn api_users_of_inactive(conn: &Connection, account: AccountId) -> Result<Vec<FindingItemView>, StoreError> {
    const READING: &str = "looking for API users of inactive users";
    let mut statement = conn.prepare_cached(API_USERS).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0 }, |row| {
            let owner: String = row.get("owner_id")?;
            let name: Option<String> = row.get("display_name")?;
            let named = item(&owner, name.as_deref().unwrap_or(&owner));
            let (api_user, imported_at) = (Some(row.get("name")?), row.get("imported_at")?);
            Ok(FindingItemView { api_user, imported_at, ..named })
        })
        .context(READING)?;
    let found: BTreeSet<FindingItemView> = rows.collect::<rusqlite::Result<_>>().context(READING)?;
    Ok(found.into_iter().collect())
}

#[cfg(test)]
pub(in crate::query) const STATEMENTS: &[&str] = &[API_USERS];
