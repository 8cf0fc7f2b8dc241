//! Roles: the list, and one role with what it allows and a page of who holds it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{HistoryEntryView, PendingView, StreamStateView};
use crate::model::{AccountId, HolderKind, RoleScope};

/// Columns of the roles grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RoleColumn {
    /// Name for showing.
    DisplayName,
    /// Where it is held.
    Scope,
    /// How many hold it.
    Holders,
    /// How many rights it has.
    Permissions,
    /// Which account.
    Account,
}

/// A page of roles.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Words that must all occur in name or description, any case, with or without accents.
    pub text: String,
    /// Only roles held there.
    pub scope: Option<RoleScope>,
    /// Only roles that nobody holds.
    pub unheld_only: bool,
    /// Order; ties by name.
    pub sort: RoleColumn,
    /// Highest first.
    pub descending: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One row of the roles grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleRow {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Where it is held.
    pub scope: RoleScope,
    /// Who can hold it.
    pub holder_kind: HolderKind,
    /// New users get it by themselves; `None` where the service does not say.
    pub is_default: Option<bool>,
    /// How many hold it, each once, in however many organisations.
    pub holders: u32,
    /// How many rights it has.
    pub permissions: u32,
    /// What is pending about it; `None` for nothing.
    pub pending: Option<PendingView>,
}

/// A page of roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RolePageView {
    /// All that match.
    pub total: u32,
    /// Roles in the chosen accounts, filter aside.
    pub all: u32,
    /// Grows with every change of the mirror.
    pub revision: u32,
    /// The rows.
    pub rows: Vec<RoleRow>,
}

/// Names a role, and a page of its holders.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleRequest {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// Holders to pass over.
    pub offset: u32,
    /// Holders to give, at most 500.
    pub limit: u32,
}

/// A single right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PermissionView {
    /// The service's id.
    pub remote_id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it is a right on; `None` for one of the organisation template.
    pub resource: Option<String>,
}

/// Everything that a role could allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PermissionsView {
    /// By resource and name; rights of the organisation template first.
    pub permissions: Vec<PermissionView>,
    /// The service said that this is all; otherwise it is what some role allows.
    pub complete: bool,
}

/// Somebody who holds a role, once for each organisation where it is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleHolderView {
    /// The service's id.
    pub remote_id: String,
    /// What it is.
    pub kind: HolderKind,
    /// Name, else the id.
    pub display_name: String,
    /// The primary address of a user.
    pub email: Option<String>,
    /// `false` for suspended.
    pub active: Option<bool>,
    /// The organisation where it is held; `None` for the whole account.
    pub organization_id: Option<String>,
    /// The organisation's name, else its id.
    pub organization: Option<String>,
    /// True when the account does not have this holder any more.
    pub dangling: bool,
}

/// Everything synced about a role.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleDetailView {
    /// As in the grid.
    pub row: RoleRow,
    /// What it allows, by resource and name; rights of the organisation template first.
    pub permissions: Vec<PermissionView>,
    /// Lines of the list of holders: one for each organisation where somebody holds it.
    pub assignments: u32,
    /// The asked page of holders, by name.
    pub holders: Vec<RoleHolderView>,
    /// The record as the service sent it.
    #[ts(type = "unknown")]
    pub raw: serde_json::Value,
    /// Age of the role.
    pub roles_state: Option<StreamStateView>,
    /// Age of the list of holders.
    pub holders_state: Option<StreamStateView>,
    /// The newest 100 lines of history, holders included.
    pub history: Vec<HistoryEntryView>,
}

/// Asks which role of an account allows what.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleMatrixRequest {
    /// The account.
    pub account_id: AccountId,
    /// Words that must all occur in a right's name, description or resource, any case, with or without accents.
    pub text: String,
    /// Only roles held there.
    pub scope: Option<RoleScope>,
    /// Only rights that some of these roles allow.
    pub allowed_only: bool,
    /// The roles of the columns by id, in their order; empty for all of them, by name. In a file, the column `role0` is the
    /// first of these.
    pub roles: Vec<String>,
}

/// A role as a column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatrixRoleView {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// Where it is held.
    pub scope: RoleScope,
    /// Who can hold it.
    pub holder_kind: HolderKind,
    /// How many hold it, each once.
    pub holders: u32,
    /// Gives power over others, as far as its name or a right of it says.
    pub administers: bool,
}

/// A right as a row of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatrixRightView {
    /// The right.
    pub permission: PermissionView,
    /// Whether each role allows it, in the order of the roles.
    pub allowed: Vec<bool>,
    /// The names of those that do.
    pub roles: Vec<String>,
}

/// Which role allows what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleMatrixView {
    /// The columns.
    pub roles: Vec<MatrixRoleView>,
    /// The rows that match, by resource and name; rights of the organisation template first.
    pub rights: Vec<MatrixRightView>,
    /// How many rights there are, filter aside.
    pub all: u32,
    /// The service said that these are all rights there are; otherwise they are those that some role allows.
    pub complete: bool,
    /// Age of the roles.
    pub roles_state: Option<StreamStateView>,
}
