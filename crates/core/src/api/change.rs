//! Changes: edits that are to be kept, the queue of those that wait, and what a person decides about them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApplyProgressView, PlanSubject, PlanView, ReceiptRow};
use crate::model::{AccountId, Edit, EditKind, FieldProblem};

/// Edits to be kept.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditsRequest {
    /// The account.
    pub account_id: AccountId,
    /// What a person wants. An edit may name what an earlier one of the same list creates: as the id stands
    /// `"\u001fnew\u001f0"` for what the first one creates, and so on.
    pub edits: Vec<Edit>,
}

/// Asks what edits would do, without keeping anything.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewEditsRequest {
    /// The account.
    pub account_id: AccountId,
    /// What a person wants; see [`EditsRequest`].
    pub edits: Vec<Edit>,
    /// Lines to put into words at the most; all of them unless given.
    pub most: Option<u32>,
}

/// A record that a plan names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordView {
    /// What it is.
    pub kind: PlanSubject,
    /// The service's id; `None` for what is still to be created.
    pub remote_id: Option<String>,
    /// Its name, else its id.
    pub name: String,
}

/// What became of proposed edits.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProposedView {
    /// The changes that now stand for the edits, in their order; `None` where nothing is left to do. Empty when there are
    /// problems: then nothing was kept.
    #[ts(type = "(number | null)[]")]
    pub changes: Vec<Option<i64>>,
    /// What cannot be sent as it is, by edit.
    pub problems: Vec<EditProblemsView>,
}

/// What is wrong with one of several edits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditProblemsView {
    /// Its place, from 0.
    pub index: u32,
    /// What.
    pub problems: Vec<FieldProblem>,
}

/// Asks for the queue.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Only about this record: the subject or one of the targets of a line.
    pub remote_id: Option<String>,
    /// Lines of each queue to put into words at the most; all of them unless given.
    pub most: Option<u32>,
}

/// The queue as plans, one an account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangesView {
    /// Of every account with something in its queue, by name.
    pub queues: Vec<QueueView>,
    /// Newest applies first, at most 50.
    pub receipts: Vec<ReceiptRow>,
}

/// The queue of one account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueueView {
    /// What is in it.
    pub plan: PlanView,
    /// In numbers.
    pub counts: ChangeCounts,
    /// While it is being applied.
    pub progress: Option<ApplyProgressView>,
}

/// A queue in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeCounts {
    /// Ready to be applied.
    pub pending: u32,
    /// Carried out by themselves on a date.
    pub scheduled: u32,
    /// In need of a person.
    pub blocked: u32,
    /// Being sent.
    pub sent: u32,
    /// Values shown once that nobody has taken yet.
    pub secrets_waiting: u32,
}

/// Names changes.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeIdsRequest {
    /// The account.
    pub account_id: AccountId,
    /// Which changes; `None` for all.
    #[ts(type = "number[] | null")]
    pub changes: Option<Vec<i64>>,
}

/// Puts the queue into another order. What must run first still does.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReorderChangesRequest {
    /// The account.
    pub account_id: AccountId,
    /// All open changes in the new order.
    #[ts(type = "number[]")]
    pub changes: Vec<i64>,
}

/// Says when the revocation of a token is carried out by itself.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleChangeRequest {
    /// The account.
    pub account_id: AccountId,
    /// The revocation, as kept.
    #[ts(type = "number")]
    pub change_id: i64,
    /// Not before, milliseconds UTC; `None` has it wait for a person again.
    #[ts(type = "number | null")]
    pub due_at: Option<i64>,
    /// Nor before this change is applied: the one that makes the successor. It is withdrawn with it.
    #[ts(type = "number | null")]
    pub needs: Option<i64>,
}

/// What a person decides about a blocked change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ChangeChoice {
    /// Against what the service has now.
    KeepMine,
    /// The service keeps what it has; what is left of the change stays.
    TakeTheirs,
    /// Once more.
    TryAgain,
    /// Whom the service does not delete is suspended instead.
    Suspend,
}

/// Decides about a blocked change.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResolveChangeRequest {
    /// The change.
    #[ts(type = "number")]
    pub change_id: i64,
    /// The decision.
    pub choice: ChangeChoice,
}

/// Names a change.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRequest {
    /// The change.
    #[ts(type = "number")]
    pub change_id: i64,
}

/// What is pending about a row: its marks, and the values to show. The mirror stays what the service confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PendingView {
    /// Kinds of the open changes, each once.
    pub kinds: Vec<EditKind>,
    /// One of them needs a person.
    pub blocked: bool,
    /// It would be deleted.
    pub removed: bool,
    /// Whether it would be active, where that changes.
    pub active: Option<bool>,
    /// The name for showing that it would have, where that changes.
    pub display_name: Option<String>,
    /// The name for signing in that it would have, where that changes.
    pub user_name: Option<String>,
    /// The address that it would have, where that changes.
    pub email: Option<String>,
}
