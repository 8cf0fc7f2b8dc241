//! Who may do what, and why.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{HistoryEntryView, NamedView, StreamStateView};
use crate::model::{AccountId, GrantHolder, ResourceKind};

/// How far a right on a monitor goes; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AccessLevel {
    /// See what was measured.
    ViewData,
    /// See how it is set up.
    View,
    /// Change how it is set up.
    Edit,
    /// Create and delete.
    Delete,
}

/// Where a right comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RightOriginView {
    /// The service's own word for what was given.
    pub permission: String,
    /// The group that it was given to; `None` for the user.
    pub group_id: Option<String>,
    /// The name of that.
    pub group: Option<String>,
    /// The group of resources that it was given on; `None` for the resource itself or the whole account.
    pub resource_group_id: Option<String>,
    /// The name of that.
    pub resource_group: Option<String>,
}

/// A right in the whole account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountRightView {
    /// The service's own word for it.
    pub permission: String,
    /// Everything that gives it.
    pub origins: Vec<RightOriginView>,
}

/// A right as it was given on one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GivenRightView {
    /// The service's own word for it.
    pub permission: String,
    /// What the holder is.
    pub holder_kind: GrantHolder,
    /// The holder's id.
    pub holder_id: String,
    /// Name of the holder for showing.
    pub holder: String,
}

/// What was given to one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupRightsView {
    /// In the whole account, the service's own words.
    pub account: Vec<String>,
    /// On single resources, by name.
    pub resources: Vec<ResourceRightView>,
    /// Its members may do everything.
    pub administrators: bool,
    /// Age and proof of the rights in the whole account.
    pub account_state: Option<StreamStateView>,
    /// Age and proof of the rights on resources; `None` where they are not visible with this credential.
    pub resource_state: Option<StreamStateView>,
}

/// A right on one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourceRightView {
    /// The service's id.
    pub resource_id: String,
    /// Name for showing.
    pub resource: String,
    /// What it is.
    pub kind: ResourceKind,
    /// How far the right goes; `None` for one that is not on monitors.
    pub level: Option<AccessLevel>,
    /// Everything that gives a right on it.
    pub origins: Vec<RightOriginView>,
}

/// What one user may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserRightsView {
    /// In the whole account.
    pub account: Vec<AccountRightView>,
    /// On single resources, by name.
    pub resources: Vec<ResourceRightView>,
    /// Groups whose members may do everything.
    pub administrators: Vec<NamedView>,
    /// Age and proof of the rights in the whole account.
    pub account_state: Option<StreamStateView>,
    /// Age and proof of the rights on resources; `None` where they are not visible with this credential.
    pub resource_state: Option<StreamStateView>,
}

/// Columns of the resources grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ResourceColumn {
    /// Name for showing.
    DisplayName,
    /// What it is.
    Kind,
    /// The service's own word for the kind of monitor.
    Type,
    /// The service's own word.
    Mode,
    /// Whether it is switched on.
    Active,
    /// Users who may see what was measured.
    ViewData,
    /// Users who may see how it is set up.
    View,
    /// Users who may change it.
    Edit,
    /// People who are told.
    Recipients,
    /// Which account.
    Account,
}

/// A page of resources.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourceQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Words that must all occur in name, type or mode, any case, with or without accents.
    pub text: String,
    /// Only of this kind.
    pub kind: Option<ResourceKind>,
    /// Only in this mode, the service's own word.
    pub mode: Option<String>,
    /// Only what is switched on, or off.
    pub active: Option<bool>,
    /// Order; ties by name, rows without a value last.
    pub sort: ResourceColumn,
    /// Highest first.
    pub descending: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One row of the resources grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourceRow {
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
    /// Whether it is switched on; `None` where the service does not say.
    pub active: Option<bool>,
    /// Users who may see what was measured, or more; `None` where rights are not visible, or not of this kind.
    pub view_data: Option<u32>,
    /// Users who may see how it is set up, or more.
    pub view: Option<u32>,
    /// Users who may change it, or more.
    pub edit: Option<u32>,
    /// People in its lists of recipients, on duty or not; `None` where these are not visible, or not of this kind.
    pub recipients: Option<u32>,
}

/// A page of resources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourcePageView {
    /// All that match.
    pub total: u32,
    /// All there are.
    pub of: u32,
    /// Modes that occur, with how many of each.
    pub modes: Vec<(String, u32)>,
    /// The rows of this page.
    pub rows: Vec<ResourceRow>,
}

/// Names a resource.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourceRequest {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
}

/// Who may do what with a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourceHolderView {
    /// The user's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// How far the right goes; `None` for one that is not on monitors.
    pub level: Option<AccessLevel>,
    /// Everything that gives it.
    pub origins: Vec<RightOriginView>,
}

/// Everything about a resource.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourceDetailView {
    /// As in the grid.
    pub row: ResourceRow,
    /// Groups that it is in.
    pub groups: Vec<NamedView>,
    /// What is in it.
    pub members: Vec<NamedView>,
    /// Users who may do something with it, by name.
    pub holders: Vec<ResourceHolderView>,
    /// Rights as they were given on this very resource, by holder.
    pub given: Vec<GivenRightView>,
    /// The record as the service sent it.
    #[ts(type = "unknown")]
    pub raw: serde_json::Value,
    /// Age and proof of the list.
    pub state: Option<StreamStateView>,
    /// Age and proof of the rights; `None` where they are not visible with this credential.
    pub rights_state: Option<StreamStateView>,
    /// What changed.
    pub history: Vec<HistoryEntryView>,
}

/// What stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FindingKind {
    /// Who holds a right that matters.
    Holders,
    /// The only one who holds it.
    LastHolder,
    /// Users whose only group is that of everybody.
    OnlyEverybody,
    /// Rights that were given to a user who has them through a group as well.
    Redundant,
    /// Credentials of users who are not active, or gone.
    ApiUserOfInactive,
    /// Alert definitions that nobody is a recipient of.
    AlertWithoutRecipients,
    /// Alert definitions of which no recipient is active.
    AlertOfInactive,
}

/// Something that stands out, and whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// What.
    pub kind: FindingKind,
    /// The service's own word for the right that it is about.
    pub permission: Option<String>,
    /// Whom it is about, by name.
    pub items: Vec<FindingItemView>,
}

/// A user or a resource that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingItemView {
    /// The id of the user, or of the resource.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// The right that it is about, where that is more than who holds it.
    pub right: Option<FindingRightView>,
    /// The name with which the API user signs in that it is about.
    pub api_user: Option<String>,
    /// As of when that is so in a list that a person imported, milliseconds UTC; `None` where the service says it itself.
    #[ts(type = "number | null")]
    pub imported_at: Option<i64>,
}

/// A right that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingRightView {
    /// The service's own word for it.
    pub permission: String,
    /// What it is a right on; `None` for the whole account.
    pub resource_id: Option<String>,
    /// Name of that for showing.
    pub resource: Option<String>,
    /// What that is.
    pub resource_kind: Option<ResourceKind>,
    /// What else reaches farthest: as far as it, or farther.
    pub through: Vec<RightOriginView>,
}

/// What somebody may still do where a right is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StillView {
    /// How far it goes; `None` for nothing, and for what is not about monitors.
    pub level: Option<AccessLevel>,
    /// Everything that reaches so far; empty for nothing.
    pub origins: Vec<RightOriginView>,
}

/// What stands out in one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingsView {
    /// Each kind at most once, and once for each right.
    pub findings: Vec<FindingView>,
    /// Groups whose members may do everything: the only way to full rights.
    pub administrators: Vec<NamedView>,
}
