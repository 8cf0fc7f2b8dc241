//! Activity: our history of every run.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{AccountId, Action, Subject};

/// A page of history, newest first.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Of one run.
    #[ts(type = "number | null")]
    pub run_id: Option<i64>,
    /// Of one kind.
    pub subject: Option<Subject>,
    /// Of one action.
    pub action: Option<Action>,
    /// Words that must all occur in the names, any case, with or without accents.
    pub text: String,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// A page of history.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPageView {
    /// All that match.
    #[ts(type = "number")]
    pub total: u64,
    /// The rows.
    pub entries: Vec<HistoryEntryView>,
}

/// What the other end of a line of history is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum HistoryMemberKind {
    /// A user, also one that is gone.
    User,
    /// A group in a group.
    Group,
    /// A program.
    Application,
}

/// One line of history.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntryView {
    /// The line.
    #[ts(type = "number")]
    pub id: i64,
    /// The account.
    pub account_id: AccountId,
    /// The run.
    #[ts(type = "number")]
    pub run_id: i64,
    /// When we learned of it, milliseconds UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// What it is about.
    pub subject: Subject,
    /// The user or group; for a membership the group.
    pub remote_id: String,
    /// Its name at that time.
    pub name: String,
    /// For a membership, the member.
    pub member_id: Option<String>,
    /// What the member is, as far as it can still be told.
    pub member_kind: Option<HistoryMemberKind>,
    /// For a membership, the member's name at that time.
    pub member_name: Option<String>,
    /// What happened.
    pub action: Action,
    /// Path of the changed attribute.
    pub field: Option<String>,
    /// The old value.
    #[ts(type = "unknown")]
    pub before: Option<serde_json::Value>,
    /// The new value.
    #[ts(type = "unknown")]
    pub after: Option<serde_json::Value>,
}
