//! Lists of API users that a person pastes or reads from a file, where the service does not list them: what taking one would
//! change, before it is taken.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[cfg(doc)]
use super::ApiUserRowState;
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
