//! What each run added, changed and removed, field by field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{RemoteId, Timestamp};

/// What a history entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// A user.
    User,
    /// A group.
    Group,
    /// A user in a group.
    Membership,
}

impl Subject {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Membership => "membership",
        }
    }

    /// The subject stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "user" => Some(Self::User),
            "group" => Some(Self::Group),
            "membership" => Some(Self::Membership),
            _ => None,
        }
    }
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// It was not there before.
    Added,
    /// One field is different.
    Changed,
    /// It is gone.
    Removed,
}

impl Action {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }

    /// The action stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "added" => Some(Self::Added),
            "changed" => Some(Self::Changed),
            "removed" => Some(Self::Removed),
            _ => None,
        }
    }
}

/// One line of history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When we learned of it: the start of the run.
    pub at: Timestamp,
    /// What it is about.
    pub subject: Subject,
    /// The user or group; for a membership the group.
    pub remote_id: RemoteId,
    /// Its name at that time.
    pub name: String,
    /// For a membership, the member.
    pub member: Option<RemoteId>,
    /// For a membership, the member's name at that time.
    pub member_name: Option<String>,
    /// What happened.
    pub action: Action,
    /// Path of the changed attribute (`name.familyName`), for [`Action::Changed`].
    pub field: Option<String>,
    /// JSON of the old value.
    pub before: Option<String>,
    /// JSON of the new value.
    pub after: Option<String>,
}
