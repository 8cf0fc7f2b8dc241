//! A file of people as a plan: what each row would become, before anything is kept.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::RecordView;
use crate::model::{AccountId, FieldReason, PasswordChoice};

/// Lets the person choose a file and reads it. It is the one import that is looked at: another one takes its place.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportFileRequest {
    /// Into which account.
    pub account_id: AccountId,
    /// Title of the system's dialog, in the person's language.
    pub title: String,
}

/// The file that the person chose.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportChosenView {
    /// What it would become; `None` when no file was chosen.
    pub import: Option<ImportView>,
}

/// How a file writes its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ImportEncoding {
    /// With or without its mark.
    Utf8,
    /// With its mark, the low byte first.
    Utf16Le,
    /// With its mark, the high byte first.
    Utf16Be,
    /// What older spreadsheets of Western Europe write.
    Windows1252,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ImportSeparator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// Why a file has no rows that could become users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum ImportProblem {
    /// The account cannot create users, or is not synchronised yet.
    CannotCreate,
    /// It is larger than can be read.
    TooLarge {
        /// Most megabytes.
        limit: u32,
    },
    /// The system does not let it be read.
    NotOpened {
        /// The system's words.
        words: String,
    },
    /// It is a spreadsheet: it must be saved as CSV first.
    Spreadsheet,
    /// It is no text.
    NotText {
        /// The line, from 1.
        line: u32,
    },
    /// It is no UTF-8. Often it is Windows-1252; the person knows by the sample.
    NotUtf8 {
        /// The line, from 1.
        line: u32,
        /// The line as Windows-1252 would have it.
        sample: String,
    },
    /// It says that it is UTF-16, and is not.
    NotUtf16 {
        /// The line, from 1.
        line: u32,
    },
    /// There is nothing in it.
    Empty,
    /// There are headings and nothing below.
    NoRows,
    /// No column has a heading that this account has a value for.
    NoColumns,
    /// A quotation mark is opened and never closed.
    OpenQuote {
        /// The line, from 1.
        line: u32,
    },
}

/// What becomes of a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum ImportTarget {
    /// It is left out.
    Nothing,
    /// A value of the user.
    Field {
        /// Where it stands in the record as the service sends it.
        path: String,
    },
    /// Roles by name or id, with `;`, `|` or `,` between them.
    Roles,
    /// Whether the user is let in: who is not is created and suspended.
    Active,
}

/// Why a column is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ImportNote {
    /// The heading says nothing to us.
    Unknown,
    /// Only the service writes it: ids, times, counts.
    ServicesOwn,
    /// The account has no such value, or not one that can be edited.
    NotEditable,
    /// Another column is the same value already.
    Repeated,
}

/// One column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumnView {
    /// Its heading.
    pub heading: String,
    /// What becomes of it.
    pub target: ImportTarget,
    /// Why it is left out, where the person did not say so.
    pub note: Option<ImportNote>,
    /// Its first values, at most 3.
    pub samples: Vec<String>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ImportRowState {
    /// A new user.
    Ready,
    /// A value cannot be what it is.
    Malformed,
    /// The same person stands in an earlier row.
    Duplicate,
    /// The account has this user.
    AlreadyThere,
    /// A change that creates this user waits already.
    Waiting,
    /// The account has no such role, or cannot do it.
    NotPossible,
}

/// Rows by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    /// All rows with a value.
    pub rows: u32,
    /// [`ImportRowState::Ready`].
    pub ready: u32,
    /// [`ImportRowState::Malformed`].
    pub malformed: u32,
    /// [`ImportRowState::Duplicate`].
    pub duplicate: u32,
    /// [`ImportRowState::AlreadyThere`].
    pub already_there: u32,
    /// [`ImportRowState::Waiting`].
    pub waiting: u32,
    /// [`ImportRowState::NotPossible`].
    pub not_possible: u32,
}

/// What a file would become. Nothing is kept of it before it is proposed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    /// Names it.
    pub import_id: u32,
    /// The account.
    pub account_id: AccountId,
    /// Its name.
    pub account_name: String,
    /// True for the built-in samples.
    pub sample: bool,
    /// Name of the file, without its folder.
    pub file_name: String,
    /// How it was read; `None` where it could not be.
    pub encoding: Option<ImportEncoding>,
    /// What stands between its cells.
    pub separator: ImportSeparator,
    /// Why there are no rows.
    pub problem: Option<ImportProblem>,
    /// Its columns.
    pub columns: Vec<ImportColumnView>,
    /// What a column can become.
    pub targets: Vec<ImportTarget>,
    /// Whether new users get a password.
    pub password: PasswordChoice,
    /// Whether they can get a generated one.
    pub can_generate_password: bool,
    /// Its rows in numbers.
    pub counts: ImportCounts,
    /// Changes that the ready rows become: one a user, one more for each role and for who is suspended.
    pub changes: u32,
}

/// Reads the file in another way. What is `None` stays as it is.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateImportRequest {
    /// Which.
    pub import_id: u32,
    /// How it writes its letters; its columns are told anew.
    pub encoding: Option<ImportEncoding>,
    /// What stands between its cells; its columns are told anew.
    pub separator: Option<ImportSeparator>,
    /// What becomes of each column.
    pub columns: Option<Vec<ImportTarget>>,
    /// Whether new users get a password.
    pub password: Option<PasswordChoice>,
}

/// Names an import.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRequest {
    /// Which.
    pub import_id: u32,
}

/// Asks for a page of rows.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRowsRequest {
    /// Of which import.
    pub import_id: u32,
    /// Only rows of which this becomes.
    pub state: Option<ImportRowState>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum ImportReason {
    /// The value cannot be what it is.
    Field {
        /// Why.
        reason: FieldReason,
        /// Most characters, where that is the reason.
        limit: Option<u32>,
    },
    /// A spreadsheet took it for a formula, or would: an apostrophe in front says that it is text.
    Formula,
    /// It has several lines; often a quotation mark that was never closed.
    SeveralLines,
    /// The row has more cells than there are headings.
    TooManyCells,
    /// There is no such role that users can hold.
    UnknownRole {
        /// As the file names it.
        name: String,
    },
    /// Several roles have this name: only an id says which.
    AmbiguousRole {
        /// As the file names it.
        name: String,
    },
}

/// What is wrong with a row, at its column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportIssueView {
    /// The column, from 0; `None` for a value that has no column.
    pub column: Option<u32>,
    /// The value, as the service names it, where it is one.
    pub path: Option<String>,
    /// Why.
    pub reason: ImportReason,
}

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRowView {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The name that the user would have for showing.
    pub name: String,
    /// Its values, one a column, as they would be sent; the first 200 letters of each.
    pub cells: Vec<String>,
    /// What becomes of it.
    pub state: ImportRowState,
    /// What is wrong with it.
    pub issues: Vec<ImportIssueView>,
    /// The line of the earlier row with the same person.
    pub same_as_line: Option<u32>,
    /// The user that is there.
    pub user: Option<RecordView>,
    /// The change that waits.
    #[ts(type = "number | null")]
    pub change_id: Option<i64>,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRowsView {
    /// Rows of which that becomes.
    pub total: u32,
    /// The page, in the order of the file.
    pub rows: Vec<ImportRowView>,
}

/// What was kept. The rows are looked at once more: who came to be there since the preview is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportProposedView {
    /// New users that wait now.
    pub users: u32,
    /// Changes that wait now, roles included.
    pub changes: u32,
    /// The rows as they were then.
    pub counts: ImportCounts,
}

/// An import that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportFoundView {
    /// It was there.
    pub found: bool,
}
