//! Lists of API users that a person pastes or reads from a file, where the service does not list them: what taking one would
//! change, before it is taken.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ImportEncoding, ImportProblem, ImportSeparator};
use crate::model::AccountId;

/// Reads a pasted list. It is the one that is looked at: another one takes its place.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewApiUsersRequest {
    /// Of which account.
    pub account_id: AccountId,
    /// The text.
    pub text: String,
}

/// Lets the person choose a file and reads it.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUsersFileRequest {
    /// Of which account.
    pub account_id: AccountId,
    /// Title of the system's dialog, in the person's language.
    pub title: String,
}

/// The file that the person chose.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUsersChosenView {
    /// What it would change; `None` when no file was chosen.
    pub import: Option<ApiUsersImportView>,
}

/// What a column of the list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ApiUserColumn {
    /// It is left out.
    Nothing,
    /// Whose it is, by name or address.
    Operator,
    /// E-mail address of whose it is.
    Email,
    /// What it signs in as.
    UserName,
    /// What it is for, in the service's word.
    Type,
    /// When it was made.
    Created,
    /// When it was last used.
    LastUsed,
    /// Requests in the last 30 days.
    Requests,
    /// What somebody wrote about it.
    Description,
}

/// A column of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUserColumnView {
    /// Its heading; empty where there is none.
    pub heading: String,
    /// What it is.
    pub column: ApiUserColumn,
    /// First values; none of a column that may hold passwords.
    pub samples: Vec<String>,
}

/// Reads the list in another way. What is `None` stays as it is.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateApiUsersRequest {
    /// Which import.
    pub import_id: u32,
    /// What each column is.
    pub columns: Option<Vec<ApiUserColumn>>,
    /// How a file writes its letters; its columns are told anew.
    pub encoding: Option<ImportEncoding>,
    /// What stands between its cells; its columns are told anew.
    pub separator: Option<ImportSeparator>,
}

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

/// Rows by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUsersCounts {
    /// All rows.
    pub rows: u32,
    /// [`ApiUserRowState::New`].
    pub new: u32,
    /// [`ApiUserRowState::Changed`].
    pub changed: u32,
    /// [`ApiUserRowState::Same`].
    pub same: u32,
    /// [`ApiUserRowState::Gone`].
    pub gone: u32,
    /// [`ApiUserRowState::Duplicate`].
    pub duplicate: u32,
    /// [`ApiUserRowState::Listed`].
    pub listed: u32,
    /// [`ApiUserRowState::Malformed`].
    pub malformed: u32,
    /// Of those that are taken, so many are not known whose they are.
    pub without_owner: u32,
}

/// What a list would change. Nothing is kept of it before it is taken.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUsersImportView {
    /// Names it.
    pub import_id: u32,
    /// The account.
    pub account_id: AccountId,
    /// Its name.
    pub account_name: String,
    /// Name of the file; `None` for a pasted text.
    pub file_name: Option<String>,
    /// How it was read; `None` where that is no question.
    pub encoding: Option<ImportEncoding>,
    /// What stands between its cells.
    pub separator: ImportSeparator,
    /// Why there are no rows.
    pub problem: Option<ImportProblem>,
    /// Its columns.
    pub columns: Vec<ApiUserColumnView>,
    /// Its rows in numbers.
    pub counts: ApiUsersCounts,
    /// As of when the list here is, milliseconds UTC; `None` where there is none yet.
    #[ts(type = "number | null")]
    pub known_at: Option<i64>,
}

/// Names an import.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUsersImportRequest {
    /// Which.
    pub import_id: u32,
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

/// Keeps a list in the place of the one that is here.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakeApiUsersRequest {
    /// Which.
    pub import_id: u32,
    /// What stands in no row stays as it is.
    pub keep_others: bool,
}

/// What keeping a list did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUsersTakenView {
    /// New ones.
    pub added: u32,
    /// Those with other values.
    pub changed: u32,
    /// Those that went.
    pub removed: u32,
    /// All that the list here has now.
    pub total: u32,
}

/// One API user of the list here.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportedApiUserRequest {
    /// Of which account.
    pub account_id: AccountId,
    /// What it signs in as.
    pub user_name: String,
}

/// Something that was taken off a list here, or given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUsersFoundView {
    /// It was there.
    pub found: bool,
}
