//! The roles grid and one role with a page of its holders.
//!
//! There are few roles, so a list of them is read as a whole; there may be as many holders as users, so these come from the
//! index in memory where they are only counted, and page by page where they are shown.

mod detail;
mod holders;
mod list;
mod matrix;
mod permissions;

pub use detail::get_role;
pub(super) use holders::each_listed_holder;
pub(super) use list::each_listed_role;
pub use list::query_roles;
pub use matrix::get_role_matrix;
pub(super) use matrix::{each_listed_right, powerful};
pub use permissions::list_permissions;

use rusqlite::Row;

use super::page::damaged;
use crate::model::{HolderKind, RoleScope};
use crate::store::StoreError;

/// A stored row of `roles`, its words still text.
struct Stored {
    remote_id: String,
    display_name: String,
    description: Option<String>,
    scope: String,
    holder_kind: String,
    is_default: Option<bool>,
}

impl Stored {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            remote_id: row.get("remote_id")?,
            display_name: row.get("display_name")?,
            description: row.get("description")?,
            scope: row.get("scope")?,
            holder_kind: row.get("holder_kind")?,
            is_default: row.get("is_default")?,
        })
    }

    fn scope(&self) -> Result<RoleScope, StoreError> {
        [RoleScope::Account, RoleScope::Organization]
            .into_iter()
            .find(|scope| scope.as_str() == self.scope)
            .ok_or_else(|| damaged("the scope of a role"))
    }
}

fn holder_kind(text: &str) -> Result<HolderKind, StoreError> {
    [HolderKind::User, HolderKind::Application]
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .ok_or_else(|| damaged("the kind of a holder"))
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[
    list::ROLES,
    list::PERMISSION_COUNT,
    list::APPLICATIONS,
    matrix::ALLOWED,
    matrix::POWER,
    detail::ROLE,
    detail::PERMISSIONS,
    holders::HOLDERS,
    holders::APPLICATION,
    holders::ORGANIZATION,
];
