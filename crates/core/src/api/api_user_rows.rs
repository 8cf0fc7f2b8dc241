//! Rows of a list of API users: what becomes of each, and why.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiUserColumn;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ApiUserRowState {
    /// The list here does not have it.
    New,
    /// The list here has it with other values.
    Changed,
    /// The list here has the same.
    Same,
    /// The list here has it, and no row does. It goes, unless the others are kept.
    Gone,
    /// Its user name stands in an earlier row.
    Duplicate,
    /// The service itself listed it when it last listed any.
    Listed,
    /// It cannot be understood.
    Malformed,
}

/// Whether it is known whose a row is. Nobody is guessed: what is not known is kept in the words of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ApiUserOwnerState {
    /// It is one user of the account.
    Known,
    /// Several users of the account are called so.
    Ambiguous,
    /// No user of the account that is shown to us is called so.
    Unknown,
    /// The row does not say whose it is.
    Missing,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum ApiUserRowReason {
    /// There is no user name.
    NoUserName,
    /// This is no date.
    InvalidDate {
        /// Which column.
        column: ApiUserColumn,
        /// As written.
        text: String,
    },
    /// This is no number of requests.
    InvalidNumber {
        /// As written.
        text: String,
    },
    /// A spreadsheet took a value for a formula.
    Formula,
    /// A value is too long.
    TooLong,
}

/// Asks for a page of rows.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUserRowsRequest {
    /// Of which import.
    pub import_id: u32,
    /// Only rows of which this becomes.
    pub state: Option<ApiUserRowState>,
    /// Only rows that are taken and of which it is not known whose they are.
    pub without_owner: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One value that becomes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUserDifferenceView {
    /// Which value.
    pub column: ApiUserColumn,
    /// What it is; dates are milliseconds UTC as text.
    pub before: Option<String>,
    /// What it becomes.
    pub after: Option<String>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUserRowView {
    /// Its line, from 1; `None` for one that is gone.
    pub line: Option<u32>,
    /// What becomes of it.
    pub state: ApiUserRowState,
    /// What it signs in as.
    pub user_name: String,
    /// Whose it is: the name in the account, else the words of the list.
    pub owner: Option<String>,
    /// Whether that is known.
    pub owner_state: ApiUserOwnerState,
    /// What it is for.
    pub access_type: Option<String>,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub created_at: Option<i64>,
    /// Milliseconds UTC; `None` for one that was never used, where `lastUseKnown`.
    #[ts(type = "number | null")]
    pub last_used_at: Option<i64>,
    /// The list says when it was last used, or that it never was.
    pub last_use_known: bool,
    /// Requests in the last 30 days.
    #[ts(type = "number | null")]
    pub requests: Option<u64>,
    /// What somebody wrote about it.
    pub description: Option<String>,
    /// What becomes different.
    pub differences: Vec<ApiUserDifferenceView>,
    /// What is wrong with it.
    pub reasons: Vec<ApiUserRowReason>,
    /// Of one that repeats a user name, the line of the earlier row.
    pub same_as_line: Option<u32>,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUserRowsView {
    /// Rows that were asked for.
    pub total: u32,
    /// The page, in the order of the list, then what is gone.
    pub rows: Vec<ApiUserRowView>,
}
