//! What is left of an apply: the receipt, call by call, and what an undo would do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PlanView, RecordView, RunView};
use crate::model::{BlockReason, CallOutcome, ChangeState, Edit, EditKind, FieldEdit, SecretState};

/// One apply in a list.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptRow {
    /// The run.
    pub run: RunView,
    /// The account's name.
    pub account_name: String,
    /// Changes that the service has.
    pub applied: u32,
    /// Changes that need a person.
    pub blocked: u32,
    /// Changes that were not tried.
    pub left: u32,
}

/// Asks for a receipt.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptRequest {
    /// The run.
    #[ts(type = "number")]
    pub run_id: i64,
    /// Lines to give at the most; all of them unless given. What needs a person comes first among those that are kept.
    pub most: Option<u32>,
}

/// What an apply did, call by call.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    /// The run.
    pub run: RunView,
    /// The account's name.
    pub account_name: String,
    /// Where its service answers.
    pub account_address: String,
    /// What it signed in as.
    pub signed_in_as: Option<String>,
    /// The person at this computer, as the system knows them.
    pub person: Option<String>,
    /// Changes that the service has.
    pub applied: u32,
    /// Changes that need a person.
    pub blocked: u32,
    /// Changes that were not tried, or were taken back.
    pub left: u32,
    /// The changes, in the order in which they were tried.
    pub lines: Vec<ReceiptLineView>,
    /// So many more are not among them.
    pub beyond: u32,
    /// There is something that can be undone.
    pub can_undo: bool,
}

/// What became of one change.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptLineView {
    /// The change.
    #[ts(type = "number")]
    pub change_id: i64,
    /// What kind of edit it is.
    pub kind: EditKind,
    /// Whom it is about.
    pub subject: RecordView,
    /// The other ends.
    pub targets: Vec<RecordView>,
    /// The token, session, grant, factor or identity that it is about.
    pub item: Option<String>,
    /// Field by field.
    pub fields: Vec<FieldEdit>,
    /// Where it stands now.
    pub state: ChangeState,
    /// Why it needs a person.
    pub blocked: Option<BlockReason>,
    /// Of what it made and is shown once.
    pub secret: Option<SecretState>,
    /// Its calls, oldest first.
    pub calls: Vec<CallView>,
}

/// One call to the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallView {
    /// The run.
    #[ts(type = "number")]
    pub run_id: i64,
    /// When it was about to leave, milliseconds UTC.
    #[ts(type = "number")]
    pub sent_at: i64,
    /// When its outcome was known.
    #[ts(type = "number | null")]
    pub ended_at: Option<i64>,
    /// What became of it.
    pub outcome: CallOutcome,
    /// The service's words, where it refused.
    pub words: Option<String>,
}

/// What would undo an apply. Nothing is kept: the edits can be proposed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoView {
    /// What the inverse edits would do.
    pub plan: PlanView,
    /// The inverse edits, to be proposed or applied.
    pub edits: Vec<Edit>,
    /// What does not come back.
    pub remains: Vec<RemainsView>,
}

/// Why something does not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Remains {
    /// What was deleted is gone; another one would have another id.
    Deleted,
    /// The value of a token or password cannot be restored.
    Secret,
    /// Who is signed out, or no longer allowed, must do it again by themselves.
    Person,
    /// The service has no way back.
    NoInverse,
}

/// What does not come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemainsView {
    /// The applied change.
    #[ts(type = "number")]
    pub change_id: i64,
    /// What kind of edit it was.
    pub kind: EditKind,
    /// Whom it was about.
    pub subject: RecordView,
    /// Why.
    pub reason: Remains,
}
