//! Users: the list, and one of them with everything that belongs to it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    HistoryEntryView, LogEntryView, NamedView, PendingView, StreamStateView, TokenView, UserDepthView,
};
use crate::model::{AccountId, GroupKind};

/// Columns of the users grid. Every one of them sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum UserColumn {
    /// Name for showing.
    DisplayName,
    /// Name for signing in.
    UserName,
    /// Primary address.
    Email,
    /// Active or suspended.
    Status,
    /// First name.
    GivenName,
    /// Last name.
    FamilyName,
    /// Job title.
    Title,
    /// Department.
    Department,
    /// Company or unit.
    Organization,
    /// Number in the personnel file.
    EmployeeNumber,
    /// The service's own word.
    UserType,
    /// Phone.
    Phone,
    /// Language.
    Locale,
    /// The client's id.
    ExternalId,
    /// How many groups.
    Groups,
    /// Created at the service.
    CreatedAt,
    /// Changed at the service.
    ModifiedAt,
    /// Last signed in.
    LastSignInAt,
    /// Until when the invitation is good with which Rollcall made the user.
    InvitedUntil,
    /// Which account.
    Account,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserSort {
    /// By this column; ties by display name, then id.
    pub column: UserColumn,
    /// Highest first.
    pub descending: bool,
}

/// A page of users.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// The filter, in the language of `docs/filter.md`.
    pub text: String,
    /// Order.
    pub sort: UserSort,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One row of the users grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserRow {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// Name for signing in.
    pub user_name: String,
    /// Name for showing.
    pub display_name: String,
    /// Primary address.
    pub email: Option<String>,
    /// `false` for suspended; `None` where the service does not say.
    pub active: Option<bool>,
    /// First name.
    pub given_name: Option<String>,
    /// Last name.
    pub family_name: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Company or unit.
    pub organization: Option<String>,
    /// Number in the personnel file.
    pub employee_number: Option<String>,
    /// The service's own word.
    pub user_type: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Language.
    pub locale: Option<String>,
    /// The client's id.
    pub external_id: Option<String>,
    /// How many groups.
    pub groups: u32,
    /// What is pending about it; `None` for nothing.
    pub pending: Option<PendingView>,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub created_at: Option<i64>,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub modified_at: Option<i64>,
    /// Milliseconds UTC; `None` for who never signed in, where `sign_in_known`.
    #[ts(type = "number | null")]
    pub last_sign_in_at: Option<i64>,
    /// The service says when the user last signed in.
    pub sign_in_known: bool,
    /// Until when the invitation is good with which Rollcall made the user, milliseconds UTC; `None` where nothing is known
    /// of one.
    #[ts(type = "number | null")]
    pub invited_until: Option<i64>,
}

/// A page of users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserPageView {
    /// All that match.
    pub total: u32,
    /// Users in the chosen accounts, filter aside.
    pub all: u32,
    /// Grows with every change of the mirror: pages of different revisions do not belong together.
    pub revision: u32,
    /// The rows.
    pub rows: Vec<UserRow>,
}

/// Names a user.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserRequest {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
}

/// A group that a user is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserGroupView {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// What it is.
    pub kind: GroupKind,
    /// Roles held in it, by name.
    pub roles: Vec<NamedView>,
    /// Everybody is in it: nobody can be put there or leave.
    pub everybody: bool,
}

/// An invitation that Rollcall had sent, as far as it can know: whether it was accepted, the service does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InvitedView {
    /// When, milliseconds UTC.
    #[ts(type = "number")]
    pub sent_at: i64,
    /// Until when it is good, milliseconds UTC.
    #[ts(type = "number")]
    pub expires_at: i64,
}

/// Everything synced about a user.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserDetailView {
    /// As in the grid.
    pub row: UserRow,
    /// Groups and organisations, by name.
    pub groups: Vec<UserGroupView>,
    /// Roles held in the whole account, by name.
    pub roles: Vec<NamedView>,
    /// API credentials, by name.
    pub tokens: Vec<TokenView>,
    /// What was asked for this user alone; `None` where that has not happened yet.
    pub depth: Option<UserDepthView>,
    /// The newest 50 entries of the service's own log, as far as it was read.
    pub log: Vec<LogEntryView>,
    /// The invitation with which Rollcall made this user, at a service that tells nothing of invitations.
    pub invited: Option<InvitedView>,
    /// The whole record as the service sent it, secrets dropped.
    #[ts(type = "unknown")]
    pub raw: serde_json::Value,
    /// First seen by us, milliseconds UTC.
    #[ts(type = "number")]
    pub first_seen_at: i64,
    /// Last change seen by us, milliseconds UTC.
    #[ts(type = "number")]
    pub last_changed_at: i64,
    /// Age of the profile.
    pub users_state: Option<StreamStateView>,
    /// Age of the groups.
    pub groups_state: Option<StreamStateView>,
    /// Age of who is in which organisation, where the service lists that apart.
    pub memberships_state: Option<StreamStateView>,
    /// Age of who holds which role.
    pub roles_state: Option<StreamStateView>,
    /// The newest 100 lines of history, memberships included.
    pub history: Vec<HistoryEntryView>,
}
