//! What an edit would do: the plan, line by line, and why in which order.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{GuardView, LeftView, LossView, RecordView};
use crate::model::{
    AccountId, BlockReason, ChangeState, Edit, EditKind, FieldEdit, FieldProblem, SecretState,
};

/// What a line of a plan is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PlanSubject {
    /// A user.
    User,
    /// A group or organisation.
    Group,
    /// A role.
    Role,
    /// A program that signs in.
    Application,
    /// Something that rights are held on.
    Resource,
    /// An invitation; its name is the address.
    Invitation,
}

/// A plan: what would happen, grouped by whom it is about, in the order in which it would.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// The account.
    pub account_id: AccountId,
    /// Its name, for every dialog that writes.
    pub account_name: String,
    /// True for the built-in samples.
    pub sample: bool,
    /// Who and what, in the order of their first line.
    pub subjects: Vec<PlanSubjectView>,
    /// How many lines there are.
    pub lines: u32,
    /// So many of them are not among the subjects: a large plan is read in parts.
    pub beyond: u32,
    /// What must be known or confirmed about all of it, and about the lines beyond.
    pub guards: Vec<GuardView>,
    /// What goes with all of it together, counted without names; empty unless several lines lose something.
    pub totals: Vec<LossView>,
    /// What would be left behind once all of it is done.
    pub left: Vec<LeftView>,
}

/// Everything that a plan does to one subject.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanSubjectView {
    /// Whom it is about: of a role or token the holder, of a membership the member.
    pub subject: RecordView,
    /// What, in the order in which it runs.
    pub lines: Vec<PlanLineView>,
}

/// One edit of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanLineView {
    /// The change; `None` in a preview.
    #[ts(type = "number | null")]
    pub change_id: Option<i64>,
    /// Its place among the edits that were asked about, from 0; in the queue, among the listed changes.
    pub index: u32,
    /// What kind of edit it is.
    pub kind: EditKind,
    /// The edit itself, for editing it again.
    pub edit: Edit,
    /// Where it stands.
    pub state: ChangeState,
    /// The other ends: the role, the group, the organisation in which a role is held.
    pub targets: Vec<RecordView>,
    /// The token, session, grant, factor or identity that it is about.
    pub item: Option<String>,
    /// Field by field.
    pub fields: Vec<FieldEdit>,
    /// What goes with it.
    pub losses: Vec<LossView>,
    /// What must be known or confirmed.
    pub guards: Vec<GuardView>,
    /// What cannot be sent as it is.
    pub problems: Vec<FieldProblem>,
    /// When it runs, from 1.
    pub order: u32,
    /// Why not earlier.
    pub after: Vec<OrderReasonView>,
    /// Why it needs a person.
    pub blocked: Option<BlockReason>,
    /// Of what it made and is shown once.
    pub secret: Option<SecretState>,
    /// When it was decided, milliseconds UTC; `None` in a preview.
    #[ts(type = "number | null")]
    pub created_at: Option<i64>,
    /// When it is carried out by itself, milliseconds UTC; `None` when it waits for a person.
    #[ts(type = "number | null")]
    pub due_at: Option<i64>,
    /// The change without which it is not carried out then.
    #[ts(type = "number | null")]
    pub needs: Option<i64>,
    /// The run that last tried it.
    #[ts(type = "number | null")]
    pub run_id: Option<i64>,
}

/// Why one edit runs after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OrderReason {
    /// The other one creates what this one names.
    NeedsCreated,
    /// Roles in an organisation can be held by its members only.
    NeedsMember,
    /// Somebody holds it in the place of another: nobody is without it meanwhile.
    GivenBeforeTaken,
    /// What is to be revoked is revoked before its owner goes.
    RevokedBeforeDeleted,
    /// The other one is about the same values.
    SameSubject,
}

/// Why one edit runs after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderReasonView {
    /// When the other one runs.
    pub order: u32,
    /// Why first.
    pub reason: OrderReason,
}
