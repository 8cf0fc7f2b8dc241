//! What somebody who reviews an account wants to see first.

use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use super::account::{AccountRights, Origins};
use super::level::level_of;
use crate::api::{FindingItemView, FindingKind, FindingView, FindingsView, RightOriginView};
use crate::model::{AccountId, Stream, fold};
use crate::query::accounts::stream_state;
use crate::query::recipients;
use crate::store::{Context, StoreError};

const API_USERS: &str = "
    SELECT t.name, t.owner_id, u.display_name, u.active
    FROM tokens t LEFT JOIN users u ON u.account_id = t.account_id AND u.remote_id = t.owner_id
    WHERE t.account_id = :account_id AND t.kind = 'apiUser' AND u.active IS NOT TRUE";

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
            (fold(&item.display_name), item.remote_id.clone(), item.detail.clone())
        });
    }
    Ok(FindingsView { findings })
}

/// Who holds a right that matters; the only one of them is a finding of its own.
fn holders(rights: &AccountRights, permission: &str) -> FindingView {
    let holders = rights.holders_in_account(permission);
    let kind = if holders.len() == 1 { FindingKind::LastHolder } else { FindingKind::Holders };
    let item = |id: &&str| FindingItemView {
        remote_id: (*id).to_owned(),
        display_name: rights.user_name(id).to_owned(),
        detail: None,
    };
    FindingView { kind, permission: Some(permission.to_owned()), items: holders.iter().map(item).collect() }
}

/// Users whose only group is that of everybody: often left behind when a group was.
fn only_everybody(rights: &AccountRights) -> FindingView {
    let alone =
        rights.users().filter(|(id, _)| rights.has_own_groups() && rights.own_groups(id).next().is_none());
    let items = alone.map(|(id, name)| FindingItemView {
        remote_id: id.to_owned(),
        display_name: name.to_owned(),
        detail: None,
    });
    FindingView { kind: FindingKind::OnlyEverybody, permission: None, items: items.collect() }
}

/// Rights that were given to a user who has them, or more, through a group as well.
fn redundant(rights: &AccountRights) -> FindingView {
    let mut items = Vec::new();
    for (id, name) in rights.users() {
        let mut add = |detail: String| {
            items.push(FindingItemView {
                remote_id: id.to_owned(),
                display_name: name.to_owned(),
                detail: Some(detail),
            });
        };
        for (permission, origins) in rights.in_account(id) {
            if both_ways(&origins) {
                add(permission);
            }
        }
        for (resource, origins) in rights.of_user(id) {
            for origin in own_within_group(&origins) {
                add(format!("{} ({})", origin.permission, rights.resource_name(resource)));
            }
        }
    }
    FindingView { kind: FindingKind::Redundant, permission: None, items }
}

fn both_ways(origins: &Origins) -> bool {
    origins.iter().any(|origin| origin.group_id.is_none())
        && origins.iter().any(|origin| origin.group_id.is_some())
}

/// What was given to the user on the resource itself, and goes no further than what a group gives.
fn own_within_group(origins: &Origins) -> impl Iterator<Item = &RightOriginView> {
    let by_group = origins.iter().filter(|origin| origin.group_id.is_some());
    let most = by_group.filter_map(|origin| level_of(&origin.permission)).max();
    let own = origins.iter().filter(|origin| origin.group_id.is_none() && origin.resource_group_id.is_none());
    own.filter(move |origin| level_of(&origin.permission).is_some_and(|level| Some(level) <= most))
}

/// Credentials of users who are not active, or gone.
fn api_users_of_inactive(conn: &Connection, account: AccountId) -> Result<Vec<FindingItemView>, StoreError> {
    const READING: &str = "looking for API users of inactive users";
    let mut statement = conn.prepare_cached(API_USERS).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0 }, |row| {
            let owner: String = row.get("owner_id")?;
            let name: Option<String> = row.get("display_name")?;
            Ok(FindingItemView {
                display_name: name.unwrap_or_else(|| owner.clone()),
                remote_id: owner,
                detail: Some(row.get("name")?),
            })
        })
        .context(READING)?;
    let found: BTreeSet<FindingItemView> = rows.collect::<rusqlite::Result<_>>().context(READING)?;
    Ok(found.into_iter().collect())
}

#[cfg(test)]
pub(in crate::query) const STATEMENTS: &[&str] = &[API_USERS];
