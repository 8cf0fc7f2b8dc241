//! The roles grid.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, named_params};

use super::{Stored, holder_kind};
use crate::api::{RoleColumn, RolePageView, RoleQueryRequest, RoleRow};
use crate::model::{AccountId, HolderKind, fold};
use crate::query::filter::Relation;
use crate::query::lists::Listing;
use crate::query::page::{clamp, count32};
use crate::query::users::{AccountIndex, Snapshot, UserIndexCache, Words};
use crate::store::{Context, StoreError};

pub(super) const ROLES: &str =
    "SELECT remote_id, display_name, description, scope, holder_kind, is_default FROM roles
     WHERE account_id = :account_id";
pub(super) const PERMISSION_COUNT: &str =
    "SELECT count(*) FROM role_permissions WHERE account_id = :account_id AND role_id = :role_id";
pub(super) const APPLICATIONS: &str = "SELECT holder_id FROM role_assignments
     WHERE account_id = :account_id AND role_id = :role_id AND holder_kind = 'application'";

const READING: &str = "reading the roles";

/// A role with what it is sorted and searched by.
struct Listed {
    /// Place of the account's name among all.
    account: u32,
    name: String,
    row: RoleRow,
}

/// A page of roles: those that match, in the asked order; ties by name, then id.
///
/// # Errors
/// When the store cannot be read.
pub fn query_roles(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &RoleQueryRequest,
) -> Result<RolePageView, StoreError> {
    let current = cache.current(conn, request.account_id)?;
    let (all, listed) = listed(&current.snapshot, conn, request)?;
    let total = count32(listed.len());
    let page = listed.into_iter().skip(request.offset as usize).take(clamp(request.limit) as usize);
    Ok(RolePageView { total, all, revision: current.revision, rows: page.map(|role| role.row).collect() })
}

/// Hands over all roles that match, in the asked order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn each_listed_role(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &RoleQueryRequest,
    out: &mut dyn Listing<RoleRow>,
) -> Result<(), StoreError> {
    let current = cache.current(conn, request.account_id)?;
    let (_, listed) = listed(&current.snapshot, conn, request)?;
    out.begin(listed.len());
    listed.into_iter().try_for_each(|role| out.row(role.row))
}

/// How many roles there are, and those that match, in the asked order.
fn listed(
    snapshot: &Snapshot,
    conn: &Connection,
    request: &RoleQueryRequest,
) -> Result<(u32, Vec<Listed>), StoreError> {
    let mut listed = Vec::new();
    for (account, index) in snapshot.ranked_indexes() {
        listed.extend(roles_of(conn, index)?.into_iter().map(|row| Listed {
            account,
            name: fold(&row.display_name),
            row,
        }));
    }
    let all = count32(listed.len());
    let words = Words::parse(&request.text);
    listed.retain(|role| {
        let description = role.row.description.as_deref().map(fold).unwrap_or_default();
        let text = format!("{}\u{1f}{description}", role.name);
        words.all_in(text.as_bytes())
            && request.scope.is_none_or(|scope| scope == role.row.scope)
            && (!request.unheld_only || role.row.holders == 0)
    });
    sort(&mut listed, request.sort, request.descending);
    Ok((all, listed))
}

fn sort(listed: &mut [Listed], column: RoleColumn, descending: bool) {
    let by_name = |a: &Listed, b: &Listed| {
        (&a.name, a.account, &a.row.remote_id).cmp(&(&b.name, b.account, &b.row.remote_id))
    };
    listed.sort_by(|a, b| {
        let ordering = match column {
            RoleColumn::DisplayName => a.name.cmp(&b.name),
            RoleColumn::Scope => a.row.scope.cmp(&b.row.scope),
            RoleColumn::Holders => a.row.holders.cmp(&b.row.holders),
            RoleColumn::Permissions => a.row.permissions.cmp(&b.row.permissions),
            RoleColumn::Account => a.account.cmp(&b.account),
        };
        let directed: Ordering = if descending { ordering.reverse() } else { ordering };
        directed.then_with(|| by_name(a, b))
    });
}

/// The roles of an account with their counts, in no order.
pub(super) fn roles_of(conn: &Connection, index: &AccountIndex) -> Result<Vec<RoleRow>, StoreError> {
    let account = index.account;
    let mut statement = conn.prepare_cached(ROLES).context(READING)?;
    let rows =
        statement.query_map(named_params! { ":account_id": account.0 }, Stored::read).context(READING)?;
    let stored: Vec<Stored> = rows.collect::<Result<_, _>>().context(READING)?;
    if stored.is_empty() {
        return Ok(Vec::new());
    }
    let holders = index.holders(conn, Relation::Role)?;
    let users: BTreeMap<&str, u32> =
        holders.iter().map(|(role, rows)| (role.remote_id.as_ref(), count32(rows.len()))).collect();
    stored
        .into_iter()
        .map(|role| {
            let users = users.get(role.remote_id.as_str()).copied().unwrap_or(0);
            counted(conn, account, role, users)
        })
        .collect()
}

/// A role with its counts; users are counted already.
fn counted(conn: &Connection, account: AccountId, stored: Stored, users: u32) -> Result<RoleRow, StoreError> {
    let parameters = named_params! { ":account_id": account.0, ":role_id": stored.remote_id };
    let permissions: u32 = conn
        .prepare_cached(PERMISSION_COUNT)
        .and_then(|mut statement| statement.query_row(parameters, |row| row.get(0)))
        .context(READING)?;
    let holder_kind = holder_kind(&stored.holder_kind)?;
    let holders = match holder_kind {
        HolderKind::User => users,
        HolderKind::Application => {
            let mut statement = conn.prepare_cached(APPLICATIONS).context(READING)?;
            let ids = statement.query_map(parameters, |row| row.get::<_, String>(0)).context(READING)?;
            count32(ids.collect::<Result<BTreeSet<_>, _>>().context(READING)?.len())
        }
    };
    Ok(RoleRow {
        account_id: account,
        scope: stored.scope()?,
        remote_id: stored.remote_id,
        display_name: stored.display_name,
        description: stored.description,
        holder_kind,
        is_default: stored.is_default,
        holders,
        permissions,
        pending: None,
    })
}
