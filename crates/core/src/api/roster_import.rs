//! Pasted tables and files of members and invitations: what taking them would change, before it is taken.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ImportEncoding, ImportProblem, ImportSeparator, NamedView};
use crate::model::AccountId;

/// Reads a pasted text, or adds it to what was pasted before.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewRosterImportRequest {
    /// Into which account.
    pub account_id: AccountId,
    /// Beside what of this import was read before; `None` begins anew.
    pub import_id: Option<u32>,
    /// The text.
    pub text: String,
}

/// Lets the person choose a file and reads it, beside what was read before where `importId` is given.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterImportFileRequest {
    /// Into which account.
    pub account_id: AccountId,
    /// Beside what of this import was read before; `None` begins anew.
    pub import_id: Option<u32>,
    /// Title of the system's dialog, in the person's language.
    pub title: String,
}

/// The file that the person chose.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterImportChosenView {
    /// What it would change; `None` when no file was chosen.
    pub import: Option<RosterImportView>,
}

/// Reads one of the texts in another way. What is `None` stays as it is.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateRosterImportRequest {
    /// Which import.
    pub import_id: u32,
    /// Which of its texts, from 0.
    pub source: u32,
    /// What each column is; remembered for these headings.
    pub columns: Option<Vec<RosterColumn>>,
    /// What its rows are.
    pub list: Option<RosterList>,
    /// How a file writes its letters.
    pub encoding: Option<ImportEncoding>,
    /// What stands between its cells.
    pub separator: Option<ImportSeparator>,
    /// It is given up.
    pub removed: bool,
}

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RosterList {
    /// Members.
    Members,
    /// Invitations.
    Invitations,
}

/// What a column of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RosterColumn {
    /// It is left out.
    Nothing,
    /// Name for showing.
    Name,
    /// First name.
    GivenName,
    /// Last name.
    FamilyName,
    /// E-mail address.
    Email,
    /// Role, by its name.
    Role,
    /// State of an invitation.
    Status,
    /// When a member came, or an invitation was sent.
    Date,
}

/// One column of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterColumnView {
    /// Its heading; empty where the text has none.
    pub heading: String,
    /// What it is.
    pub column: RosterColumn,
    /// Its first values, at most 3.
    pub samples: Vec<String>,
}

/// One text that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterSourceView {
    /// Name of the file; `None` for a pasted text.
    pub file_name: Option<String>,
    /// What its rows are.
    pub list: RosterList,
    /// How it was read; `None` for a spreadsheet and for what could not be.
    pub encoding: Option<ImportEncoding>,
    /// What stands between its cells; `None` where each stands on a line of its own.
    pub separator: Option<ImportSeparator>,
    /// Its columns.
    pub columns: Vec<RosterColumnView>,
    /// Its rows.
    pub rows: u32,
    /// How many the page says there are in all (`sur 12 membres`).
    pub stated: Option<u32>,
    /// Why there are no rows.
    pub problem: Option<ImportProblem>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RosterRowState {
    /// New.
    Joined,
    /// Known, with other values.
    Changed,
    /// Known, as it is.
    Same,
    /// The same address stands in an earlier row.
    Duplicate,
    /// A value cannot be what it is.
    Malformed,
    /// Known, and in no row: gone when the person says that this is all.
    Gone,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum RosterRowReason {
    /// There is no e-mail address.
    NoEmail,
    /// This is no e-mail address.
    InvalidEmail,
    /// The organisation has no such role.
    UnknownRole {
        /// As the row names it.
        name: String,
    },
    /// This is no date that is understood.
    InvalidDate {
        /// As the row writes it.
        text: String,
    },
    /// A spreadsheet took it for a formula, or would: an apostrophe in front says that it is text.
    Formula,
    /// A value is longer than names and addresses are.
    TooLong,
    /// There is an owner already in another row.
    SecondOwner,
}

/// Rows of one list by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterImportCounts {
    /// All rows.
    pub rows: u32,
    /// [`RosterRowState::Joined`].
    pub joined: u32,
    /// [`RosterRowState::Changed`].
    pub changed: u32,
    /// [`RosterRowState::Same`].
    pub same: u32,
    /// [`RosterRowState::Duplicate`].
    pub duplicate: u32,
    /// [`RosterRowState::Malformed`].
    pub malformed: u32,
    /// [`RosterRowState::Gone`].
    pub gone: u32,
    /// How many the page says there are in all.
    pub stated: Option<u32>,
}

/// What texts would change. Nothing is kept of them before they are taken, but what their columns are.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterImportView {
    /// Names it.
    pub import_id: u32,
    /// The account.
    pub account_id: AccountId,
    /// Its name.
    pub account_name: String,
    /// The texts.
    pub sources: Vec<RosterSourceView>,
    /// Members by what becomes of them.
    pub members: RosterImportCounts,
    /// Invitations by what becomes of them.
    pub invitations: RosterImportCounts,
    /// As many different members came as the page says there are: it can be said to be all.
    pub looks_complete: bool,
    /// A row has another owner, and no row says what the former one is since.
    pub passing: Option<RosterPassingView>,
}

/// Somebody becomes the owner in a row, beside one of whom no row says what they are since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterPassingView {
    /// The new one's name, or address.
    pub owner: String,
    /// The former one.
    pub former: NamedView,
    /// They stand in no row: gone, where these are all members.
    pub in_no_row: bool,
}

/// Names an import.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterImportRequest {
    /// Which.
    pub import_id: u32,
}

/// Asks for a page of rows.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterImportRowsRequest {
    /// Of which import.
    pub import_id: u32,
    /// Only rows of this list.
    pub list: Option<RosterList>,
    /// Only rows of which this becomes.
    pub state: Option<RosterRowState>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One value that becomes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterDifferenceView {
    /// Which value.
    pub column: RosterColumn,
    /// What it is; dates are milliseconds UTC as text.
    pub before: Option<String>,
    /// What it becomes.
    pub after: Option<String>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterRowView {
    /// Which of the texts, from 0; `None` for one that is gone.
    pub source: Option<u32>,
    /// Its line there, from 1.
    pub line: Option<u32>,
    /// What it is.
    pub list: RosterList,
    /// What becomes of it.
    pub state: RosterRowState,
    /// E-mail address, as written.
    pub email: String,
    /// Name for showing.
    pub name: Option<String>,
    /// Role.
    pub role: Option<String>,
    /// When, milliseconds UTC.
    #[ts(type = "number | null")]
    pub date: Option<i64>,
    /// What becomes different.
    pub differences: Vec<RosterDifferenceView>,
    /// What is wrong with it.
    pub reasons: Vec<RosterRowReason>,
    /// Of one that repeats an address, the line of the earlier row.
    pub same_as_line: Option<u32>,
    /// The member or invitation that is known, by its id.
    pub remote_id: Option<String>,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterImportRowsView {
    /// Rows that were asked for.
    pub total: u32,
    /// The page, in the order of the texts, then who is gone.
    pub rows: Vec<RosterRowView>,
}

/// Takes what was read into the mirror, as a sync would.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakeRosterImportRequest {
    /// Which.
    pub import_id: u32,
    /// These are all members there are: who is in no row is gone.
    pub all_members: bool,
    /// These are all invitations there are.
    pub all_invitations: bool,
    /// What the former owner is since, where no row says it: a role's id. Unless given they stay one beside the other.
    pub former_owner_role: Option<String>,
}

/// An import that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterImportFoundView {
    /// It was there.
    pub found: bool,
}
