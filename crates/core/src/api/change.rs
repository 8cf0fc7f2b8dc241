//! Changes: what an edit would do, the queue as a plan, applying it, and what is left of it.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use ts_rs::TS;

use super::{NamedView, RunView, StillView};
use crate::model::{
    AccountId, BlockReason, CallOutcome, ChangeState, Edit, EditKind, FieldEdit, FieldProblem, Secret,
    SecretState,
};

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
    /// Of a right that is taken from a user: what they may still do there once all of the plan is done.
    pub still: Option<StillView>,
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

/// What is lost with an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LossKind {
    /// The record with all its values.
    Record,
    /// Roles held everywhere in the account.
    Roles,
    /// Roles held in organisations.
    OrganizationRoles,
    /// Memberships of the user, or members of the group.
    Memberships,
    /// API credentials: what uses them stops working.
    Tokens,
    /// Invitations they sent, also those into organisations.
    Invitations,
    /// Sessions: they are signed out.
    Sessions,
    /// What they allowed applications.
    Grants,
    /// Second factors.
    Factors,
    /// Identities at other services.
    Identities,
    /// Who holds the role.
    Holders,
    /// What the role allows.
    Permissions,
    /// The password until now.
    Password,
    /// Alerts of the members.
    Alerts,
    /// Rights on resources and in the account, held by the user or the group itself.
    Rights,
    /// Rights that come with the group that the user leaves.
    GroupRights,
    /// When the user gets no alerts.
    OffDutyPeriods,
}

/// What is lost with an edit, counted from the mirror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LossView {
    /// What.
    pub kind: LossKind,
    /// How many.
    pub count: u32,
    /// The first 20 by name, where they have one.
    pub names: Vec<String>,
}

/// What a plan leaves behind: nothing of it goes, and nobody is there for it any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LeftBehind {
    /// Groups and organisations without members.
    EmptyGroups,
    /// Roles that nobody holds.
    UnheldRoles,
    /// Resources that nobody may see, administrators aside.
    UnseenResources,
}

/// Something that is left behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LeftItemView {
    /// The service's id.
    pub remote_id: String,
    /// Its name, else its id.
    pub name: String,
    /// Of a role: the organisation in which it is held.
    pub group: Option<NamedView>,
}

/// Things of one kind that are left behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LeftView {
    /// What they are.
    pub kind: LeftBehind,
    /// How many.
    pub count: u32,
    /// The first 20 by name.
    pub items: Vec<LeftItemView>,
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

/// What a person should know before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Guard {
    /// It touches what Rollcall itself signs in with: access may end.
    OwnCredential,
    /// It touches the very user that Rollcall signs in as.
    OwnUser,
    /// Nobody would hold this role any more.
    LastHolder {
        /// The role.
        role: String,
        /// The organisation in which it is held.
        group: Option<String>,
    },
    /// Many are touched at once: the list is the resolved one.
    ManySubjects {
        /// How many.
        count: u32,
    },
    /// It cannot be taken back.
    Irreversible,
    /// A value is shown once.
    SecretShownOnce,
    /// The address that is invited belongs to a member there already.
    MemberAlready {
        /// The member.
        name: String,
    },
    /// The address has an invitation there that can still be accepted.
    InvitedAlready,
    /// The account has a user of this address who is no member there: they could be added at once.
    UserAlready {
        /// The user.
        name: String,
    },
    /// Another connected account has a user of this address.
    UserElsewhere {
        /// The account's name.
        account: String,
    },
    /// There would be more members than the account may have.
    MembersLimit {
        /// How many it may have.
        limit: u32,
    },
    /// The service deletes what the member made, together with the member.
    DataLost {
        /// The member.
        name: String,
    },
    /// The organisation costs something else afterwards: an estimate without VAT, in whole cents a month.
    CostChange {
        /// Now.
        #[ts(type = "number")]
        before: i64,
        /// Once all of it is done.
        #[ts(type = "number")]
        after: i64,
        /// Currency: `EUR`.
        currency: String,
    },
    /// The invitation is older than it is good for.
    InvitationExpired {
        /// Since when, milliseconds UTC.
        #[ts(type = "number")]
        since: i64,
    },
    /// Somebody else owns the organisation afterwards, with the subscription and all data.
    OwnershipTransfer {
        /// Who owns it now, where that is known.
        from: Option<String>,
    },
    /// The person types this text.
    TypedConfirmation {
        /// Which.
        text: String,
    },
    /// Nobody would hold this right in the whole account any more.
    LastWithRight {
        /// The service's own word, an operator's.
        permission: String,
    },
    /// Whoever joins may do everything.
    FullRights,
}

/// A guard, and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GuardView {
    /// Names it when it is confirmed; the same for the same plan.
    pub key: String,
    /// What it is.
    pub guard: Guard,
    /// Nothing is sent before it is confirmed; otherwise it is only said.
    pub confirm: bool,
}

/// A guard that a person confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmationRequest {
    /// The guard's key.
    pub key: String,
    /// For a typed confirmation, what was typed.
    pub typed: Option<String>,
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

/// Applies changes of the queue.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyChangesRequest {
    /// The account.
    pub account_id: AccountId,
    /// Which changes; `None` for all that are pending.
    #[ts(type = "number[] | null")]
    pub changes: Option<Vec<i64>>,
    /// Guards that were confirmed.
    pub confirmations: Vec<ConfirmationRequest>,
}

/// Keeps edits and applies just these, on the same path.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyNowRequest {
    /// The account.
    pub account_id: AccountId,
    /// What a person wants.
    pub edits: Vec<Edit>,
    /// Guards that were confirmed.
    pub confirmations: Vec<ConfirmationRequest>,
}

/// An apply that has begun, or why it has not.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyStartedView {
    /// The run; `None` when something must be confirmed or corrected first, or when there was nothing to do.
    #[ts(type = "number | null")]
    pub run_id: Option<i64>,
    /// The changes that it applies, in the order in which it does; `apply_now` keeps them also when it has not begun.
    #[ts(type = "number[]")]
    pub changes: Vec<i64>,
    /// Guards to confirm.
    pub unconfirmed: Vec<GuardView>,
    /// What cannot be sent as it is, by edit.
    pub problems: Vec<EditProblemsView>,
}

/// How far an apply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyProgressView {
    /// The run.
    #[ts(type = "number")]
    pub run_id: i64,
    /// Changes that are settled, one way or the other.
    pub done: u32,
    /// Changes to apply.
    pub total: u32,
    /// The one at hand.
    #[ts(type = "number | null")]
    pub change_id: Option<i64>,
}

/// Names a change.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRequest {
    /// The change.
    #[ts(type = "number")]
    pub change_id: i64,
}

/// A value that is shown once. Crosses to the window when it is taken, and nowhere else: its `Debug` is a mask.
#[derive(TS)]
#[ts(type = "string")]
pub struct ShownSecret(Secret);

impl ShownSecret {
    /// Of a value that nobody else has any more.
    pub const fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// The value, for a terminal.
    pub const fn secret(&self) -> &Secret {
        &self.0
    }
}

impl fmt::Debug for ShownSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for ShownSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Goes to the window that asked for it, for the person to see once.
        serializer.serialize_str(self.0.expose())
    }
}

/// A value that is shown once.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretView {
    /// The value.
    pub secret: ShownSecret,
    /// What made it: a token, a password.
    pub kind: EditKind,
    /// Whose it is.
    pub subject: RecordView,
    /// The token's name.
    pub item: Option<String>,
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
