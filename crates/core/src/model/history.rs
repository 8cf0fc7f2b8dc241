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
    /// A role.
    Role,
    /// Somebody who holds a role.
    RoleAssignment,
    /// An invitation.
    Invitation,
    /// A program that signs in.
    Application,
    /// An API credential of a user or an application.
    Token,
    /// Something that rights are held on.
    Resource,
    /// A resource in a group of resources.
    ResourceMembership,
    /// Somebody who was given a right.
    Grant,
    /// A time in which a user gets no alerts.
    OffDutyPeriod,
    /// Somebody who is told of something.
    Recipient,
}

impl Subject {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Membership => "membership",
            Self::Role => "role",
            Self::RoleAssignment => "roleAssignment",
            Self::Invitation => "invitation",
            Self::Application => "application",
            Self::Token => "token",
            Self::Resource => "resource",
            Self::ResourceMembership => "resourceMembership",
            Self::Grant => "grant",
            Self::OffDutyPeriod => "offDutyPeriod",
            Self::Recipient => "recipient",
        }
    }

    /// The subject stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [
            Self::User,
            Self::Group,
            Self::Membership,
            Self::Role,
            Self::RoleAssignment,
            Self::Invitation,
            Self::Application,
            Self::Token,
            Self::Resource,
            Self::ResourceMembership,
            Self::Grant,
            Self::OffDutyPeriod,
            Self::Recipient,
        ]
        .into_iter()
        .find(|subject| subject.as_str() == name)
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
    /// What it is about; for a membership the group, for a role assignment the role, for a token its name, for a recipient
    /// the list.
    pub remote_id: RemoteId,
    /// Its name at that time.
    pub name: String,
    /// For a membership the member, for a role assignment the holder, for a token the owner.
    pub member: Option<RemoteId>,
    /// The name of that at that time.
    pub member_name: Option<String>,
    /// What happened.
    pub action: Action,
    /// Path of the changed attribute (`name.familyName`), for [`Action::Changed`].
    pub field: Option<String>,
    /// JSON of the old value. For [`Action::Removed`] what is gone, so that it can be shown as it was: the whole record,
    /// and for a role that was held in one organisation the id of that.
    pub before: Option<String>,
    /// JSON of the new value. For [`Action::Added`] of a role that is held in one organisation the id of that.
    pub after: Option<String>,
}
