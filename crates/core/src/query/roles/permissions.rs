//! Everything that a role of an account could allow, for the form of a role.

use rusqlite::Connection;

use crate::api::{PermissionView, PermissionsView};
use crate::model::{AccountId, Permission, RemoteId, fold};
use crate::store::{StoreError, permissions as table};

/// What could be allowed; where that was not read yet, what some role allows.
///
/// # Errors
/// When the store cannot be read.
pub fn list_permissions(conn: &Connection, account: AccountId) -> Result<PermissionsView, StoreError> {
    let all = table::list(conn, account)?;
    let complete = !all.is_empty();
    let all = if complete { all } else { table::list_in_use(conn, account)? };
    Ok(PermissionsView { permissions: sorted(all), complete })
}

/// By resource and name, those of the organisation template first.
pub(super) fn sorted(mut permissions: Vec<Permission>) -> Vec<PermissionView> {
    permissions.sort_by_cached_key(|permission| {
        (permission.resource_name.as_deref().map(fold), fold(&permission.name), permission.remote_id.clone())
    });
    permissions.into_iter().map(view).collect()
}

fn view(permission: Permission) -> PermissionView {
    let Permission { remote_id, name, description, resource_id, resource_name } = permission;
    let resource = resource_name.or_else(|| resource_id.as_ref().map(RemoteId::as_str).map(str::to_owned));
    PermissionView { remote_id: remote_id.as_str().to_owned(), name, description, resource }
}
