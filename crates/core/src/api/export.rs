//! Whole lists: written to a file, copied, and the selection of some of their rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AccessQueryRequest, AccountRequest, GroupQueryRequest, GroupRequest, HistoryQueryRequest,
    InvitationQueryRequest, LogQueryRequest, ResourceQueryRequest, RoleMatrixRequest, RoleQueryRequest,
    RoleRequest, RunQueryRequest, RunRequest, TokenQueryRequest, UserQueryRequest,
};
use crate::model::AccountId;

/// A list with its filter and its order; the `offset` and `limit` of the query are passed over.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "list", content = "query")]
pub enum ListRequest {
    /// Users.
    Users(UserQueryRequest),
    /// Groups or organisations.
    Groups(GroupQueryRequest),
    /// Who is in a group.
    Members(GroupRequest),
    /// Roles.
    Roles(RoleQueryRequest),
    /// Who holds a role.
    Holders(RoleRequest),
    /// Which role allows what.
    Matrix(RoleMatrixRequest),
    /// Tokens.
    Tokens(TokenQueryRequest),
    /// Invitations.
    Invitations(InvitationQueryRequest),
    /// The service's own log.
    Log(LogQueryRequest),
    /// Our history.
    History(HistoryQueryRequest),
    /// Runs.
    Runs(RunQueryRequest),
    /// What rights are held on.
    Resources(ResourceQueryRequest),
    /// Who may do what with which resource.
    Access(AccessQueryRequest),
    /// What an apply did, change by change.
    Receipt(RunRequest),
    /// The sheet on which a reviewer decides about members of an organisation kept by hand.
    Review(AccountRequest),
}

/// Names one row of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowKey {
    /// The account.
    pub account_id: AccountId,
    /// The service's id. Where that does not name the row by itself, everything that does, with U+001F between: of a holder
    /// of a role its id and the organisation's, of a token the owner's kind and id, the token's kind and its own id.
    pub remote_id: String,
}

/// Some rows of a list, described: "all that match but these" needs no ids of a hundred thousand.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Selection {
    /// All rows that the list has, but `rows`; else only `rows`.
    pub all: bool,
    /// The exceptions, or the selected rows.
    pub rows: Vec<RowKey>,
}

/// Asks who is selected.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResolveSelectionRequest {
    /// The list.
    pub list: ListRequest,
    /// Which of its rows.
    pub selection: Selection,
    /// Selected rows to pass over.
    pub offset: u32,
    /// Selected rows to give, at most 500.
    pub limit: u32,
}

/// A selected row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SelectedRowView {
    /// Which.
    pub key: RowKey,
    /// Name for showing.
    pub name: String,
}

/// Who is selected, as the list is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SelectionView {
    /// How many are.
    pub count: u32,
    /// Named rows that the list does not have (any more).
    pub gone: Vec<RowKey>,
    /// The asked page of them, in the order of the list.
    pub rows: Vec<SelectedRowView>,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportColumn {
    /// The column's name, as JSON and scripts have it.
    pub id: String,
    /// Its heading, in the person's language.
    pub heading: String,
    /// Words of the person's language for values (`true`, `pending`); everything but JSON has them.
    pub words: BTreeMap<String, String>,
}

/// Kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// Comma-separated text, UTF-8 with its mark.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// A JSON array of objects.
    Json,
}

/// Asks the person for a file and writes a list into it.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportListRequest {
    /// The window's number for this export.
    pub export: u32,
    /// The list.
    pub list: ListRequest,
    /// Only these rows of it.
    pub selection: Option<Selection>,
    /// The columns, in order.
    pub columns: Vec<ExportColumn>,
    /// The kind of file.
    pub format: ExportFormat,
    /// Title of the system's dialog.
    pub title: String,
    /// The offered name, without its ending.
    pub name: String,
}

/// A written file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportedFileView {
    /// Where it is, for showing.
    pub path: String,
    /// Rows in it, headings aside.
    #[ts(type = "number")]
    pub rows: u64,
}

/// What came of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportedView {
    /// The file; `None` when the person chose none.
    pub file: Option<ExportedFileView>,
}

/// Names an export of this window.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportRequest {
    /// The window's number for it.
    pub export: u32,
}

/// Whether there was such an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportFoundView {
    /// There was.
    pub found: bool,
}

/// Asks for rows as text for the clipboard.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopyRowsRequest {
    /// The list.
    pub list: ListRequest,
    /// Which of its rows.
    pub selection: Selection,
    /// The columns, in order.
    pub columns: Vec<ExportColumn>,
}

/// Rows as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopiedRowsView {
    /// Tab-separated, a line each, headings first.
    pub text: String,
    /// Rows in it.
    pub rows: u32,
    /// True when more were selected than one copy takes.
    pub limited: bool,
}

/// How far an export is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportProgressView {
    /// The window's number for it.
    pub export: u32,
    /// Rows written.
    #[ts(type = "number")]
    pub rows: u64,
    /// Rows to write.
    #[ts(type = "number")]
    pub total: u64,
    /// All rows are there, and the file is being put together.
    pub finishing: bool,
}
