//! Who may do what with which resource, as a table: resources down, groups and users across.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AccessLevel, StreamStateView};
use crate::model::{AccountId, GrantHolder, ResourceKind};

/// Names a group or a user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessHolder {
    /// What it is.
    pub kind: GrantHolder,
    /// The service's id.
    pub remote_id: String,
}

/// Asks for a page of the table.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessQueryRequest {
    /// The account.
    pub account_id: AccountId,
    /// Words that must all occur in name, type or mode of the resource, any case, with or without accents.
    pub text: String,
    /// Only of this kind; both monitors and groups of them unless given.
    pub kind: Option<ResourceKind>,
    /// Only in this mode, the service's own word.
    pub mode: Option<String>,
    /// Only resources with which one of the columns may do something.
    pub allowed_only: bool,
    /// The columns, in order; one that the account does not have may do nothing. Empty for all groups.
    pub holders: Vec<AccessHolder>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// A group or user that could be a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessHolderView {
    /// Which.
    pub holder: AccessHolder,
    /// Name for showing.
    pub display_name: String,
    /// Everybody is in this group, listed there or not.
    pub everybody: bool,
}

/// One resource, and how far each column goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessRow {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// The service's own word for the kind of monitor.
    pub monitor_type: Option<String>,
    /// The service's own word.
    pub mode: Option<String>,
    /// In the order of the columns: of a group what was given to it, of a user the highest of every way.
    pub levels: Vec<Option<AccessLevel>>,
}

/// A page of the table.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessPageView {
    /// Rows that match.
    pub total: u32,
    /// Rows there are of the asked kind.
    pub of: u32,
    /// Modes that occur.
    pub modes: Vec<String>,
    /// Every group by name, then every user by name.
    pub holders: Vec<AccessHolderView>,
    /// The columns of this page.
    pub columns: Vec<AccessHolderView>,
    /// The rows of this page, by name.
    pub rows: Vec<AccessRow>,
    /// Age and proof of the rights; `None` where they are not visible with this credential.
    pub rights_state: Option<StreamStateView>,
}
