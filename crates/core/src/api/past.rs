//! What changed between two moments, and how an account was at one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{NamedView, UserGroupView, UserRow, UserSort};
use crate::model::{AccountId, Action, Subject};

/// A moment in the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PastMoment {
    /// As known from the syncs that had begun before this time.
    At {
        /// Milliseconds UTC.
        #[ts(type = "number")]
        at: i64,
    },
    /// As this run left it; other accounts as their runs before it did.
    Run {
        /// The run.
        #[ts(type = "number")]
        run_id: i64,
    },
}

/// A page of what is different between two moments.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// The earlier moment.
    pub since: PastMoment,
    /// The later one; `None` for the last sync.
    pub until: Option<PastMoment>,
    /// Only what concerns this user.
    pub remote_id: Option<String>,
    /// Of one kind.
    pub subject: Option<Subject>,
    /// Of one action.
    pub action: Option<Action>,
    /// Words that must all occur in the names and the attribute, any case, with or without accents.
    pub text: String,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// What is different between two moments: whatever was undone again in between is not.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareView {
    /// All that match.
    #[ts(type = "number")]
    pub total: u64,
    /// Everything of the accounts and the user, whatever else was asked for: one for each subject.
    pub counts: Vec<DifferenceCountsView>,
    /// What each account was at the two moments.
    pub accounts: Vec<PastAccountView>,
    /// The rows: people by name, then what concerns nobody alone.
    pub rows: Vec<DifferenceView>,
}

/// How much of one subject is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceCountsView {
    /// The subject.
    pub subject: Subject,
    /// There now, not before.
    #[ts(type = "number")]
    pub added: u64,
    /// There at both moments, with at least one different attribute.
    #[ts(type = "number")]
    pub changed: u64,
    /// There before, not now.
    #[ts(type = "number")]
    pub removed: u64,
}

/// What is known of an account at the moments that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastAccountView {
    /// The account.
    pub account_id: AccountId,
    /// When its first complete sync began, milliseconds UTC: nothing is known from before; `None` where there was none yet.
    #[ts(type = "number | null")]
    pub known_since: Option<i64>,
    /// The moment lies before that: what is shown for it is what the first complete sync found.
    pub before_known: bool,
    /// When the sync began whose result is shown for the (earlier) moment, milliseconds UTC.
    #[ts(type = "number | null")]
    pub synced_at: Option<i64>,
    /// When the sync began whose result is shown for the later moment, milliseconds UTC.
    #[ts(type = "number | null")]
    pub until_synced_at: Option<i64>,
}

/// One difference: something that is there or gone, or one attribute that has another value.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceView {
    /// The account.
    pub account_id: AccountId,
    /// What it is about.
    pub subject: Subject,
    /// The user or group; for a membership the group, for a role assignment the role, for a token its name.
    pub remote_id: String,
    /// Its name, as last known.
    pub name: String,
    /// For a membership the member, for a role assignment the holder, for a token the owner.
    pub member_id: Option<String>,
    /// The name of that, as last known.
    pub member_name: Option<String>,
    /// What happened to it.
    pub action: Action,
    /// Path of the attribute, where one is different.
    pub field: Option<String>,
    /// Its value at the earlier moment.
    #[ts(type = "unknown")]
    pub before: Option<serde_json::Value>,
    /// Its value at the later moment.
    #[ts(type = "unknown")]
    pub after: Option<serde_json::Value>,
    /// It was gone in between: a token that was made anew, a record that came back of which it is not known what was
    /// different.
    pub returned: bool,
    /// When we last learned of it, milliseconds UTC.
    #[ts(type = "number")]
    pub at: i64,
}

/// A page of the users as they were.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastUserQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// When.
    pub moment: PastMoment,
    /// Words that must all occur in some column, any case, with or without accents.
    pub text: String,
    /// Order.
    pub sort: UserSort,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// What has become of somebody since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// The record is the same.
    Same,
    /// The record is different.
    Changed,
    /// Not there any more.
    Left,
}

/// One row of the users as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastUserRow {
    /// As it was. When the service had last changed it is `None` where that is later than the moment.
    #[serde(flatten)]
    pub row: UserRow,
    /// What has become of the user since.
    pub fate: Fate,
}

/// A page of the users as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastUserPageView {
    /// All that match.
    pub total: u32,
    /// Users there were.
    pub all: u32,
    /// Pages of different revisions do not belong together.
    pub revision: u32,
    /// What each account was at the moment.
    pub accounts: Vec<PastAccountView>,
    /// The rows.
    pub rows: Vec<PastUserRow>,
}

/// Names a user and a moment.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastUserRequest {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// When.
    pub moment: PastMoment,
}

/// A user as it was.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastUserView {
    /// As in the list.
    pub row: PastUserRow,
    /// The record, without what services change with every sign-in and what has a history of its own; `None` where it
    /// was not kept: the user left before records of those who left were.
    #[ts(type = "unknown")]
    pub record: Option<serde_json::Value>,
    /// Groups and organisations, by name, with the roles held in them.
    pub groups: Vec<UserGroupView>,
    /// Roles held in the whole account, by name.
    pub roles: Vec<NamedView>,
    /// What the account was at the moment.
    pub account: PastAccountView,
}
