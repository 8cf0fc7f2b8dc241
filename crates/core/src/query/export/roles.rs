//! Roles: what each allows, and who holds it.

use rusqlite::{Connection, named_params};

use super::{Visit, each};
use crate::model::AccountId;
use crate::store::StoreError;

pub(super) const ROLES: &str =
    "SELECT r.remote_id, r.display_name, r.description, r.scope, r.holder_kind, r.is_default,
       (SELECT count(DISTINCT a.holder_id) FROM role_assignments a
        WHERE a.account_id = r.account_id AND a.role_id = r.remote_id) AS holders,
       (SELECT group_concat(p.name, ' ') FROM role_permissions p
        WHERE p.account_id = r.account_id AND p.role_id = r.remote_id) AS permissions
     FROM roles r WHERE r.account_id = :account_id ORDER BY r.remote_id";

pub(super) const HOLDERS: &str = "SELECT a.role_id, r.display_name AS role_name, a.holder_kind, a.holder_id,
       coalesce(u.display_name, p.display_name) AS holder_name, u.email, nullif(a.group_id, '') AS group_id,
       g.display_name AS group_name
     FROM role_assignments a
     LEFT JOIN roles r ON r.account_id = a.account_id AND r.remote_id = a.role_id
     LEFT JOIN users u ON u.account_id = a.account_id AND u.remote_id = a.holder_id
     LEFT JOIN applications p ON p.account_id = a.account_id AND p.remote_id = a.holder_id
     LEFT JOIN groups g ON g.account_id = a.account_id AND g.remote_id = a.group_id
     WHERE a.account_id = :account_id ORDER BY a.role_id, a.group_id, a.holder_id";

/// One role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleExportRow {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// What the service says about it.
    pub description: Option<String>,
    /// Where it is held: `account` or `organization`.
    pub scope: String,
    /// Who can hold it: `user` or `application`.
    pub holder_kind: String,
    /// New users get it by themselves.
    pub is_default: Option<bool>,
    /// How many hold it.
    pub holders: u32,
    /// Names of its permissions, a space between them.
    pub permissions: Option<String>,
}

/// Somebody who holds a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderExportRow {
    /// The service's id of the role.
    pub role_id: String,
    /// Its name; `None` when the account does not list it.
    pub role_name: Option<String>,
    /// `user` or `application`.
    pub holder_kind: String,
    /// The service's id of the holder.
    pub holder_id: String,
    /// Its name; `None` when the account does not list it.
    pub holder_name: Option<String>,
    /// Its primary address.
    pub email: Option<String>,
    /// The organisation in which it is held; `None` for the whole account.
    pub group_id: Option<String>,
    /// That organisation's name.
    pub group_name: Option<String>,
}

/// Hands over all roles of an account, in the order of their ids at the service.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_role(
    conn: &Connection,
    account: AccountId,
    visit: Visit<'_, RoleExportRow>,
) -> Result<(), StoreError> {
    let make = |row: &rusqlite::Row<'_>| {
        Ok(RoleExportRow {
            remote_id: row.get("remote_id")?,
            display_name: row.get("display_name")?,
            description: row.get("description")?,
            scope: row.get("scope")?,
            holder_kind: row.get("holder_kind")?,
            is_default: row.get("is_default")?,
            holders: row.get("holders")?,
            permissions: row.get("permissions")?,
        })
    };
    each(conn, ROLES, named_params! { ":account_id": account.0 }, make, visit)
}

/// Hands over who holds which role, role by role.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_holder(
    conn: &Connection,
    account: AccountId,
    visit: Visit<'_, HolderExportRow>,
) -> Result<(), StoreError> {
    let make = |row: &rusqlite::Row<'_>| {
        Ok(HolderExportRow {
            role_id: row.get("role_id")?,
            role_name: row.get("role_name")?,
            holder_kind: row.get("holder_kind")?,
            holder_id: row.get("holder_id")?,
            holder_name: row.get("holder_name")?,
            email: row.get("email")?,
            group_id: row.get("group_id")?,
            group_name: row.get("group_name")?,
        })
    };
    each(conn, HOLDERS, named_params! { ":account_id": account.0 }, make, visit)
}
