//! Whom to invite: addresses as a person types, pastes or reads them from a file, each with what would become of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ImportProblem, RecordView};
use crate::model::AccountId;

/// Looks at addresses that are to be invited. Nothing is kept of them.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteesRequest {
    /// The account.
    pub account_id: AccountId,
    /// To which group or organisation.
    pub group_id: String,
    /// Addresses with anything between them, also with names as mail programs write them.
    pub text: String,
    /// Only those of which this becomes.
    pub state: Option<InviteeState>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// What would become of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum InviteeState {
    /// It can be invited.
    Ready,
    /// It is no e-mail address.
    Malformed,
    /// It stands there before.
    Duplicate,
    /// It belongs to a member.
    Member,
    /// It has an invitation that can still be accepted.
    Invited,
    /// An invitation to it waits to be sent.
    Waiting,
}

/// Addresses by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteeCounts {
    /// All of them.
    pub all: u32,
    /// [`InviteeState::Ready`].
    pub ready: u32,
    /// [`InviteeState::Malformed`].
    pub malformed: u32,
    /// [`InviteeState::Duplicate`].
    pub duplicate: u32,
    /// [`InviteeState::Member`].
    pub member: u32,
    /// [`InviteeState::Invited`].
    pub invited: u32,
    /// [`InviteeState::Waiting`].
    pub waiting: u32,
}

/// One address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteeView {
    /// As it would be invited.
    pub address: String,
    /// What becomes of it.
    pub state: InviteeState,
    /// The user of this account who has it.
    pub user: Option<RecordView>,
    /// Another account that has a user of this address.
    pub elsewhere: Option<String>,
}

/// Addresses that are to be invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteesView {
    /// All of them in numbers.
    pub counts: InviteeCounts,
    /// Those of the asked state.
    pub total: u32,
    /// A page of them, in the order of the text.
    pub rows: Vec<InviteeView>,
    /// All that are ready, at most [`Self::most`].
    pub ready: Vec<String>,
    /// So many can be invited at once.
    pub most: u32,
}

/// Lets the person choose a file and reads the addresses in it.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteeFileRequest {
    /// Into which account.
    pub account_id: AccountId,
    /// To which group or organisation: rows that name another one are left out.
    pub group_id: String,
    /// Title of the system's dialog, in the person's language.
    pub title: String,
}

/// A file of addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteeFile {
    /// Its name, without its folder.
    pub file_name: String,
    /// The heading of the column with the addresses; `None` where the file has no headings.
    pub column: Option<String>,
    /// What stands in that column, a line each.
    pub text: String,
    /// The heading of the column with roles, where there is one.
    pub role_column: Option<String>,
    /// Roles as they are called in the file, by address; who has none there is not in it.
    pub roles: Vec<InviteeRolesView>,
    /// The heading of the column that says to which organisation.
    pub organization_column: Option<String>,
    /// Rows that were left out, because they are of another organisation.
    pub of_others: u32,
    /// Headings of what was not used.
    pub unused: Vec<String>,
    /// Why there is nothing.
    pub problem: Option<ImportProblem>,
}

/// The roles of one address in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteeRolesView {
    /// Whose.
    pub address: String,
    /// As they are called there.
    pub roles: Vec<String>,
}

/// The file that the person chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteeFileView {
    /// `None` when no file was chosen.
    pub file: Option<InviteeFile>,
}
