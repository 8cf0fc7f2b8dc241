//! Groups and organisations: the list, and one of them with a page of its members.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{HistoryEntryView, NamedView, PendingView, StreamStateView};
use crate::model::{AccountId, GroupKind, MemberKind};

/// Columns of the groups grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum GroupColumn {
    /// Name for showing.
    DisplayName,
    /// How many members.
    Members,
    /// Created at the service.
    CreatedAt,
    /// Changed at the service.
    ModifiedAt,
    /// Which account.
    Account,
}

/// A page of groups.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Only groups, or only organisations.
    pub kind: Option<GroupKind>,
    /// Words that must all occur in the name, any case, with or without accents.
    pub text: String,
    /// Only groups without members.
    pub empty_only: bool,
    /// Only groups with members that the account does not have any more.
    pub dangling_only: bool,
    /// Order.
    pub sort: GroupColumn,
    /// Highest first.
    pub descending: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One row of the groups grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupRow {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// What it is.
    pub kind: GroupKind,
    /// Name for showing.
    pub display_name: String,
    /// How many members.
    pub members: u32,
    /// Members that the account does not have any more.
    pub dangling: u32,
    /// Everybody is in it: it cannot be deleted or renamed, and nobody can be put there or leave.
    pub everybody: bool,
    /// Invitations that can still be accepted.
    pub invitations: u32,
    /// What is pending about it; `None` for nothing.
    pub pending: Option<PendingView>,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub created_at: Option<i64>,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub modified_at: Option<i64>,
}

/// A page of groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupPageView {
    /// All that match.
    pub total: u32,
    /// Groups in the chosen accounts, filter aside.
    pub all: u32,
    /// Grows with every change of the mirror.
    pub revision: u32,
    /// The rows.
    pub rows: Vec<GroupRow>,
}

/// Names a group, and a page of its members.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupRequest {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// Members to pass over.
    pub offset: u32,
    /// Members to give, at most 500.
    pub limit: u32,
}

/// One member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberView {
    /// The member's id.
    pub remote_id: String,
    /// What it is.
    pub kind: MemberKind,
    /// The member's name, else the group's name for it, else its id.
    pub display_name: String,
    /// The member's primary address.
    pub email: Option<String>,
    /// `false` for suspended.
    pub active: Option<bool>,
    /// True when the account does not have this member any more.
    pub dangling: bool,
    /// Roles held in the organisation, by name.
    pub roles: Vec<NamedView>,
    /// One of these roles gives power over others, as far as its name or a right of it says.
    pub administers: bool,
    /// Since when, milliseconds UTC; `None` where neither the service nor our history says.
    #[ts(type = "number | null")]
    pub added_at: Option<i64>,
}

/// Everything synced about a group.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupDetailView {
    /// As in the grid.
    pub row: GroupRow,
    /// The asked page of members, by name.
    pub members: Vec<MemberView>,
    /// The record as the service sent it, members aside.
    #[ts(type = "unknown")]
    pub raw: serde_json::Value,
    /// Age.
    pub groups_state: Option<StreamStateView>,
    /// Age of the list of members: that of the groups, unless the service lists members apart.
    pub members_state: Option<StreamStateView>,
    /// The newest 100 lines of history, memberships included.
    pub history: Vec<HistoryEntryView>,
}
