//! Which role of an account allows what: roles across, rights down. Both are few and read as a whole.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, named_params};

use super::list::roles_of;
use super::permissions::list_permissions;
use crate::api::{
    MatrixRightView, MatrixRoleView, PermissionView, RoleMatrixRequest, RoleMatrixView, RoleRow,
};
use crate::model::{AccountId, Stream, fold, rules_others};
use crate::query::accounts::stream_state;
use crate::query::lists::Listing;
use crate::query::page::count32;
use crate::query::users::{UserIndexCache, Words};
use crate::store::{Context, StoreError};

pub(super) const ALLOWED: &str = "SELECT role_id, permission_id FROM role_permissions
     WHERE account_id = :account_id AND role_id <> ''";
pub(super) const POWER: &str = "SELECT r.remote_id, r.display_name, p.name AS right_name
     FROM roles r
     LEFT JOIN role_permissions p ON p.account_id = r.account_id AND p.role_id = r.remote_id
     WHERE r.account_id = :account_id";

const READING: &str = "reading what roles allow";

/// Which role of an account allows what.
///
/// # Errors
/// When the store cannot be read.
pub fn get_role_matrix(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &RoleMatrixRequest,
) -> Result<RoleMatrixView, StoreError> {
    let account = request.account_id;
    let powerful = powerful(conn, account)?;
    let roles: Vec<MatrixRoleView> =
        columns(cache, conn, request)?.into_iter().map(|role| column(role, &powerful)).collect();
    let allowed = allowed(conn, account)?;
    let known = list_permissions(conn, account)?;
    let all = count32(known.permissions.len());
    let words = Words::parse(&request.text);
    let rights = known
        .permissions
        .into_iter()
        .filter(|permission| words.all_in(searched(permission).as_bytes()))
        .map(|permission| row(permission, &roles, &allowed))
        .filter(|right| !request.allowed_only || right.allowed.contains(&true))
        .collect();
    let roles_state = stream_state(conn, account, Stream::Roles)?;
    Ok(RoleMatrixView { roles, rights, all, complete: known.complete, roles_state })
}

/// Hands over the rights that match, in order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn each_listed_right(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &RoleMatrixRequest,
    out: &mut dyn Listing<MatrixRightView>,
) -> Result<(), StoreError> {
    let RoleMatrixView { rights, .. } = get_role_matrix(cache, conn, request)?;
    out.begin(rights.len());
    rights.into_iter().try_for_each(|right| out.row(right))
}

/// The roles that give power over others, by id.
///
/// # Errors
/// When the store cannot be read.
pub fn powerful(conn: &Connection, account: AccountId) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = conn.prepare_cached(POWER).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0 }, |row| {
            let right: Option<String> = row.get("right_name")?;
            Ok((row.get::<_, String>("remote_id")?, row.get::<_, String>("display_name")?, right))
        })
        .context(READING)?;
    let mut found = BTreeSet::new();
    for row in rows {
        let (id, name, right) = row.context(READING)?;
        if rules_others(&name, right.as_deref()) {
            found.insert(id);
        }
    }
    Ok(found)
}

/// The asked roles in the asked order, else all of them by name.
fn columns(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &RoleMatrixRequest,
) -> Result<Vec<RoleRow>, StoreError> {
    let snapshot = cache.current(conn, Some(request.account_id))?.snapshot;
    let Some(index) = snapshot.indexes().next() else { return Ok(Vec::new()) };
    let mut roles = roles_of(conn, index)?;
    if request.roles.is_empty() {
        roles.retain(|role| request.scope.is_none_or(|scope| scope == role.scope));
        roles.sort_by_cached_key(|role| (role.scope, fold(&role.display_name), role.remote_id.clone()));
        return Ok(roles);
    }
    let mut known: BTreeMap<String, RoleRow> =
        roles.into_iter().map(|role| (role.remote_id.clone(), role)).collect();
    Ok(request.roles.iter().filter_map(|id| known.remove(id)).collect())
}

fn column(role: RoleRow, powerful: &BTreeSet<String>) -> MatrixRoleView {
    MatrixRoleView {
        administers: powerful.contains(&role.remote_id),
        remote_id: role.remote_id,
        display_name: role.display_name,
        scope: role.scope,
        holder_kind: role.holder_kind,
        holders: role.holders,
    }
}

fn row(
    permission: PermissionView,
    roles: &[MatrixRoleView],
    known: &BTreeSet<(String, String)>,
) -> MatrixRightView {
    let allows =
        |role: &MatrixRoleView| known.contains(&(role.remote_id.clone(), permission.remote_id.clone()));
    let allowed: Vec<bool> = roles.iter().map(allows).collect();
    let names = roles.iter().zip(&allowed).filter(|(_, allowed)| **allowed);
    let roles = names.map(|(role, _)| role.display_name.clone()).collect();
    MatrixRightView { permission, allowed, roles }
}

fn allowed(conn: &Connection, account: AccountId) -> Result<BTreeSet<(String, String)>, StoreError> {
    let mut statement = conn.prepare_cached(ALLOWED).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0 }, |row| {
            Ok((row.get("role_id")?, row.get("permission_id")?))
        })
        .context(READING)?;
    rows.collect::<Result<_, _>>().context(READING)
}

fn searched(permission: &PermissionView) -> String {
    let parts =
        [Some(permission.name.as_str()), permission.description.as_deref(), permission.resource.as_deref()];
    parts.into_iter().flatten().map(fold).collect::<Vec<_>>().join("\u{1f}")
}
