//! One synchronisation: its state, its progress, what it proved and what it could not read.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{RemoteId, Stream};

/// What a run does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RunKind {
    /// Brings the mirror up to date.
    Sync,
    /// Carries changes out at the service.
    Changes,
}

impl RunKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Changes => "changes",
        }
    }

    /// The kind stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Sync, Self::Changes].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RunState {
    /// At work.
    Running,
    /// The mirror is what the service confirmed.
    Succeeded,
    /// Stopped by an error; the mirror is as it was.
    Failed,
    /// Stopped by the person; the mirror is as it was.
    Cancelled,
    /// The program ended during the run; the next sync goes on from there.
    Interrupted,
    /// The plan removes more than the guard lets pass; a person decides.
    AwaitingReview,
    /// A person refused the plan; the mirror is as it was.
    Discarded,
}

impl RunState {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
            Self::AwaitingReview => "awaitingReview",
            Self::Discarded => "discarded",
        }
    }

    /// The state stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [
            Self::Running,
            Self::Succeeded,
            Self::Failed,
            Self::Cancelled,
            Self::Interrupted,
            Self::AwaitingReview,
            Self::Discarded,
        ]
        .into_iter()
        .find(|state| state.as_str() == name)
    }
}

/// What a run is doing, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Signing in, reading what the service can.
    Connecting,
    /// Walking the list of users.
    ReadingUsers,
    /// Walking the list of groups.
    ReadingGroups,
    /// Walking the lists of roles and of who holds them.
    ReadingRoles,
    /// Walking the lists of members of organisations.
    ReadingMemberships,
    /// Walking the lists of invitations and applications.
    ReadingOthers,
    /// Walking what rights are held on, and who holds them.
    ReadingRights,
    /// Making sure that nobody was missed.
    Proving,
    /// Computing the difference.
    Planning,
    /// One transaction into mirror, history and search index.
    Applying,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// Records handled in this phase.
    pub done: u64,
    /// Records expected in this phase, where the service says so.
    pub total: Option<u64>,
    /// Records a second in this phase.
    pub rate: f64,
}

/// What a run did to one kind of record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Tally {
    /// Listed by the service.
    #[ts(type = "number")]
    pub listed: u64,
    /// Those that were not in the mirror.
    #[ts(type = "number")]
    pub added: u64,
    /// Those with at least one different field.
    #[ts(type = "number")]
    pub changed: u64,
    /// Those that are gone.
    #[ts(type = "number")]
    pub removed: u64,
}

impl Tally {
    /// Adds what was done beside it.
    pub const fn add(&mut self, other: Self) {
        self.listed += other.listed;
        self.added += other.added;
        self.changed += other.changed;
        self.removed += other.removed;
    }
}

/// What a run did to one account's mirror.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Users listed by the service.
    #[ts(type = "number")]
    pub users: u64,
    /// Users that were not in the mirror.
    #[ts(type = "number")]
    pub users_added: u64,
    /// Users with at least one different field.
    #[ts(type = "number")]
    pub users_changed: u64,
    /// Users that are gone.
    #[ts(type = "number")]
    pub users_removed: u64,
    /// Groups listed by the service.
    #[ts(type = "number")]
    pub groups: u64,
    /// Groups that were not in the mirror.
    #[ts(type = "number")]
    pub groups_added: u64,
    /// Groups with at least one different field, members aside.
    #[ts(type = "number")]
    pub groups_changed: u64,
    /// Groups that are gone.
    #[ts(type = "number")]
    pub groups_removed: u64,
    /// Users newly in a group.
    #[ts(type = "number")]
    pub memberships_added: u64,
    /// Users no longer in a group.
    #[ts(type = "number")]
    pub memberships_removed: u64,
    /// Members of organisations, where the service lists them apart; changed are those with other roles there.
    #[serde(default)]
    pub members: Tally,
    /// Roles.
    #[serde(default)]
    pub roles: Tally,
    /// Who holds a role everywhere in the account.
    #[serde(default)]
    pub role_assignments: Tally,
    /// Invitations.
    #[serde(default)]
    pub invitations: Tally,
    /// Programs that sign in.
    #[serde(default)]
    pub applications: Tally,
    /// Credentials with ids of their own.
    #[serde(default)]
    pub api_users: Tally,
    /// Imported ones that gave way to what the service lists itself.
    #[serde(default)]
    #[ts(type = "number")]
    pub api_users_replaced: u64,
    /// When users get no alerts.
    #[serde(default)]
    pub off_duty_periods: Tally,
    /// What rights are held on.
    #[serde(default)]
    pub resources: Tally,
    /// Who was given which right in the whole account.
    #[serde(default)]
    pub grants: Tally,
    /// Who was given which right on a single resource.
    #[serde(default)]
    pub resource_grants: Tally,
    /// Who is told of what; listed are the lists of them.
    #[serde(default)]
    pub recipients: Tally,
}

impl Counts {
    /// Adds what was done beside it.
    pub const fn add(&mut self, other: &Self) {
        self.users += other.users;
        self.users_added += other.users_added;
        self.users_changed += other.users_changed;
        self.users_removed += other.users_removed;
        self.groups += other.groups;
        self.groups_added += other.groups_added;
        self.groups_changed += other.groups_changed;
        self.groups_removed += other.groups_removed;
        self.memberships_added += other.memberships_added;
        self.memberships_removed += other.memberships_removed;
        self.members.add(other.members);
        self.roles.add(other.roles);
        self.role_assignments.add(other.role_assignments);
        self.invitations.add(other.invitations);
        self.applications.add(other.applications);
        self.api_users.add(other.api_users);
        self.api_users_replaced += other.api_users_replaced;
        self.off_duty_periods.add(other.off_duty_periods);
        self.resources.add(other.resources);
        self.grants.add(other.grants);
        self.resource_grants.add(other.resource_grants);
        self.recipients.add(other.recipients);
    }
}

/// The kind of walk that showed a listing complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ShownBy {
    /// The list, page after page.
    #[default]
    Walk,
    /// The list cut into parts that come in one answer each, by the beginning of the ids.
    Partition,
    /// Every answer was a whole list.
    WholeAnswers,
}

/// How a listing was shown to be complete, or why it could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// Which list.
    pub stream: Stream,
    /// Whether it counts as complete; only then may rows disappear because of it.
    pub complete: bool,
    /// Not complete, but the service denied, one by one, every record that would disappear.
    pub removals_confirmed: bool,
    /// Different ids that arrived.
    #[ts(type = "number")]
    pub unique_ids: u64,
    /// The service's own total, re-read at the end.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// Walks over the whole list that were needed.
    pub walks: u32,
    /// Records that arrived more than once in one walk.
    #[ts(type = "number")]
    pub repeated: u64,
    /// Records that were settled by asking for them one by one.
    #[ts(type = "number")]
    pub confirmed_singly: u64,
    /// Records that were settled by asking for many of them, by id, in one request.
    #[serde(default)]
    #[ts(type = "number")]
    pub confirmed_in_batches: u64,
    /// The kind of walk that showed it.
    #[serde(default)]
    pub shown_by: ShownBy,
    /// Start of the run that read the oldest of it, milliseconds UTC; `None` for the very run.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub read_since: Option<i64>,
    /// True when nothing changed at the service between start and end, as far as it tells.
    pub quiet: bool,
}

/// One record that could not be taken over as it is; never the end of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncIssue {
    /// Which list it came from.
    pub stream: Stream,
    /// The record, where it has an id.
    pub remote_id: Option<RemoteId>,
    /// One sentence about what is wrong with it, without personal data.
    pub problem: String,
}
