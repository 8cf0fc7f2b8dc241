//! One queued edit: where it stands, and what keeps it from being carried out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{AccountId, ChangeId, Edit, FieldProblem, RemoteId, RunId, Timestamp};

/// Where a change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ChangeState {
    /// Waits to be applied.
    Pending,
    /// Is being sent to the service; found after a crash, it may have arrived.
    Sent,
    /// Needs a person, for a [`BlockReason`].
    Blocked,
    /// The service has it, and the mirror shows what the service confirmed.
    Applied,
    /// A person took it back, or edited back to what was before.
    Withdrawn,
}

impl ChangeState {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sent => "sent",
            Self::Blocked => "blocked",
            Self::Applied => "applied",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Pending, Self::Sent, Self::Blocked, Self::Applied, Self::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == name)
    }

    /// Not over yet: part of the queue.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Sent | Self::Blocked)
    }
}

/// One value about which two people disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldConflict {
    /// Where it stands in the record as the service sends it.
    pub path: String,
    /// What it was when the person decided.
    #[ts(type = "unknown")]
    pub base: Value,
    /// What the person wants.
    #[ts(type = "unknown")]
    pub mine: Value,
    /// What the service has now.
    #[ts(type = "unknown")]
    pub theirs: Value,
}

/// Why a change needs a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum BlockReason {
    /// Somebody else changed the same values since.
    Conflict {
        /// Which, with the three values each.
        fields: Vec<FieldConflict>,
    },
    /// What it is about is not there any more.
    Gone,
    /// Something of that name is there already.
    NameTaken,
    /// It was sent and there was no answer. It is not sent again: the next read tells.
    OutcomeUnknown {
        /// A read has told since that it did not arrive: it may be tried again.
        denied: bool,
    },
    /// The service refused.
    Refused {
        /// Key of the sentence about it in the message catalogues, where there is one.
        reason: Option<String>,
        /// Which value it refused, where it says so.
        field: Option<String>,
        /// Its own words, or ours about its answer.
        words: String,
    },
    /// The credential lacks the right.
    Forbidden {
        /// The service's own words, or ours about its answer.
        words: String,
    },
    /// The credential is not accepted, or there is none.
    SignedOut,
    /// Waits for another change that is not applied.
    DependsOn {
        /// Which.
        #[ts(type = "number")]
        change: i64,
    },
    /// It cannot be sent as it is.
    Invalid {
        /// What to correct.
        problems: Vec<FieldProblem>,
    },
    /// It was carried out, and other values of the same record are not what they were right before.
    AlsoChanged {
        /// Which: base and mine are what they were, theirs is what they are.
        fields: Vec<FieldConflict>,
    },
}

/// What became of one call to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CallOutcome {
    /// On its way; after a crash nobody knows.
    Sent,
    /// The service carried it out.
    Done,
    /// Nothing was sent: the service had it already.
    AlreadyDone,
    /// The service refused: nothing changed.
    Refused,
    /// It certainly did not arrive: nothing changed.
    NotSent,
    /// There was no answer: it may have arrived.
    Unknown,
    /// There was no answer, and a later read found that it had arrived.
    Found,
    /// There was no answer, and a later read found that it had not arrived.
    NotFound,
}

impl CallOutcome {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Done => "done",
            Self::AlreadyDone => "alreadyDone",
            Self::Refused => "refused",
            Self::NotSent => "notSent",
            Self::Unknown => "unknown",
            Self::Found => "found",
            Self::NotFound => "notFound",
        }
    }

    /// The outcome stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [
            Self::Sent,
            Self::Done,
            Self::AlreadyDone,
            Self::Refused,
            Self::NotSent,
            Self::Unknown,
            Self::Found,
            Self::NotFound,
        ]
        .into_iter()
        .find(|outcome| outcome.as_str() == name)
    }
}

/// Where the value that an applied change made, and that is shown once, is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SecretState {
    /// In the memory of this program: to be taken once.
    Waiting,
    /// It was shown.
    Taken,
    /// The program ended before it was shown: it exists at the service and nobody knows it.
    Lost,
}

/// What a change was made against: kept with it, so that a receipt can name what is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ChangeBase {
    /// Names of everything that the edit names, by id.
    pub names: BTreeMap<RemoteId, String>,
    /// The record as the mirror had it.
    pub record: Option<Value>,
    /// For a member who is taken out of an organisation: the roles held there.
    pub roles: Vec<RemoteId>,
    /// For an edit of a whole group: the members for whom it makes a difference; once sent, for whom it did.
    pub members: Vec<RemoteId>,
    /// For a right that is given: those that its holder had been given at the same place, once sent as the service had them then.
    pub rights: Vec<String>,
}

/// When a change is carried out by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Not before.
    pub due_at: Timestamp,
    /// Nor before this other change is applied.
    pub needs: Option<ChangeId>,
}

/// One queued edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its number.
    pub id: ChangeId,
    /// The account.
    pub account: AccountId,
    /// The place that the person gave it.
    pub position: i64,
    /// What the person wants.
    pub edit: Edit,
    /// What it was made against.
    pub base: ChangeBase,
    /// Where it stands.
    pub state: ChangeState,
    /// Why it needs a person.
    pub block: Option<BlockReason>,
    /// When it is carried out by itself; `None` for one that waits for a person.
    pub schedule: Option<Schedule>,
    /// It made a value that is shown once: true when that was taken.
    pub secret_taken: Option<bool>,
    /// The id that the service gave to what it created.
    pub created: Option<RemoteId>,
    /// When it was decided.
    pub created_at: Timestamp,
    /// The run that last tried it.
    pub run: Option<RunId>,
}

impl Change {
    /// Whether it is left alone for the time being: it is carried out by itself later than `now`.
    pub fn waits_for_date(&self, now: Timestamp) -> bool {
        self.state == ChangeState::Pending && self.schedule.is_some_and(|schedule| schedule.due_at > now)
    }
}

/// One call to the service, as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeCall {
    /// The change.
    pub change: ChangeId,
    /// The run.
    pub run: RunId,
    /// When it was about to leave.
    pub sent_at: Timestamp,
    /// When its outcome was known.
    pub ended_at: Option<Timestamp>,
    /// What became of it.
    pub outcome: CallOutcome,
    /// The service's words, where it refused.
    pub words: Option<String>,
}
