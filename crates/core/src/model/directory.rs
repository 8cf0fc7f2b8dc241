//! Who is in an account: users, groups and the edges between them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    ApiUser, Application, ContentHash, Grant, Invitation, OffDutyPeriod, OrganizationMember, RecipientList,
    RemoteId, Resource, Role, RoleAssignment, Timestamp,
};

/// A kind of record that a service lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Stream {
    /// People and robots.
    Users,
    /// Sets of users; with their memberships, unless the service lists those apart.
    Groups,
    /// Named sets of rights, with what they allow.
    Roles,
    /// Who holds which role everywhere in the account.
    RoleAssignments,
    /// Members of organisations with their roles there, where the service lists them apart from the organisations.
    Memberships,
    /// Invitations.
    Invitations,
    /// Programs that sign in, with the names of their secrets.
    Applications,
    /// Credentials for programs that the account lists with ids of their own.
    ApiUsers,
    /// When users get no alerts.
    OffDutyPeriods,
    /// What rights are held on; groups of them with what is in them.
    Resources,
    /// Who was given which right in the whole account.
    Grants,
    /// Who was given which right on a single resource.
    ResourceGrants,
    /// Who is told of what.
    Recipients,
}

impl Stream {
    /// All streams, in the order of a run: what names something comes after what is named.
    pub const ALL: [Self; 13] = [
        Self::Users,
        Self::Groups,
        Self::Roles,
        Self::Applications,
        Self::RoleAssignments,
        Self::Memberships,
        Self::Invitations,
        Self::ApiUsers,
        Self::OffDutyPeriods,
        Self::Resources,
        Self::Grants,
        Self::ResourceGrants,
        Self::Recipients,
    ];

    /// As stored and logged.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Groups => "groups",
            Self::Roles => "roles",
            Self::RoleAssignments => "roleAssignments",
            Self::Memberships => "memberships",
            Self::Invitations => "invitations",
            Self::Applications => "applications",
            Self::ApiUsers => "apiUsers",
            Self::OffDutyPeriods => "offDutyPeriods",
            Self::Resources => "resources",
            Self::Grants => "grants",
            Self::ResourceGrants => "resourceGrants",
            Self::Recipients => "recipients",
        }
    }

    /// The stream stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stream| stream.as_str() == name)
    }
}

/// A person or robot in an account, as the service last confirmed it.
///
/// Attributes that have no field here live on in `raw`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The service's id.
    pub remote_id: RemoteId,
    /// Name for signing in.
    pub user_name: String,
    /// Name for showing; never empty: falls back to the parts of the name, then to `user_name`.
    pub display_name: String,
    /// First name.
    pub given_name: Option<String>,
    /// Last name.
    pub family_name: Option<String>,
    /// The primary e-mail address, else the first.
    pub email: Option<String>,
    /// The primary phone number, else the first.
    pub phone: Option<String>,
    /// False for a suspended user; `None` where the service does not say.
    pub active: Option<bool>,
    /// Job title.
    pub title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Company or unit.
    pub organization: Option<String>,
    /// Number in the personnel file.
    pub employee_number: Option<String>,
    /// The service's own word for the kind of user.
    pub user_type: Option<String>,
    /// Language, as a BCP 47 tag.
    pub locale: Option<String>,
    /// The client's id (RFC 7643 section 3.1), not the service's.
    pub external_id: Option<String>,
    /// When the service says it was created.
    pub created_at: Option<Timestamp>,
    /// When the service says it last changed.
    pub modified_at: Option<Timestamp>,
    /// When the service says somebody last signed in with it; `None` also where it does not say.
    pub last_sign_in_at: Option<Timestamp>,
    /// ETag.
    pub version: Option<String>,
    /// The whole record as the service sent it, secrets dropped, canonical JSON object.
    pub raw: String,
    /// Of `raw`.
    pub hash: ContentHash,
}

/// What a set of users is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum GroupKind {
    /// A group; its record carries its members.
    Group,
    /// An organisation; its members are listed apart.
    Organization,
}

impl GroupKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Organization => "organization",
        }
    }

    /// The kind stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Group, Self::Organization].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A set of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The service's id.
    pub remote_id: RemoteId,
    /// What it is.
    pub kind: GroupKind,
    /// Name for showing; never empty: falls back to the id.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The client's id.
    pub external_id: Option<String>,
    /// When the service says it was created.
    pub created_at: Option<Timestamp>,
    /// When the service says it last changed.
    pub modified_at: Option<Timestamp>,
    /// ETag.
    pub version: Option<String>,
    /// The record as the service sent it without its members, canonical JSON object.
    pub raw: String,
    /// Of `raw` and `members`.
    pub hash: ContentHash,
    /// Who is in it; unique by `member`, sorted. Empty for an organisation.
    pub members: Vec<Membership>,
}

/// The edge from a group to one of its members.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    /// The member's id; the member itself may be missing (a deleted user leaves a dangling edge on some services).
    pub member: RemoteId,
    /// What the member is.
    pub kind: MemberKind,
    /// The member's name as the group knows it.
    pub display: Option<String>,
}

/// What a member of a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MemberKind {
    /// A user, or not stated.
    User,
    /// A group in a group.
    Group,
}

impl MemberKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
        }
    }
}

/// One record of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Of [`Stream::Users`].
    User(Box<User>),
    /// Of [`Stream::Groups`].
    Group(Box<Group>),
    /// Of [`Stream::Roles`].
    Role(Box<Role>),
    /// Of [`Stream::RoleAssignments`].
    Assignment(RoleAssignment),
    /// Of [`Stream::Memberships`].
    Member(OrganizationMember),
    /// Of [`Stream::Invitations`].
    Invitation(Box<Invitation>),
    /// Of [`Stream::Applications`].
    Application(Box<Application>),
    /// Of [`Stream::ApiUsers`].
    ApiUser(Box<ApiUser>),
    /// Of [`Stream::OffDutyPeriods`].
    OffDutyPeriod(Box<OffDutyPeriod>),
    /// Of [`Stream::Resources`].
    Resource(Box<Resource>),
    /// Of [`Stream::Grants`] or [`Stream::ResourceGrants`].
    Grant(Box<Grant>),
    /// Of [`Stream::Recipients`].
    Recipients(Box<RecipientList>),
}

impl Record {
    /// The list that it is one of.
    pub const fn stream(&self) -> Stream {
        match self {
            Self::User(_) => Stream::Users,
            Self::Group(_) => Stream::Groups,
            Self::Role(_) => Stream::Roles,
            Self::Assignment(_) => Stream::RoleAssignments,
            Self::Member(_) => Stream::Memberships,
            Self::Invitation(_) => Stream::Invitations,
            Self::Application(_) => Stream::Applications,
            Self::ApiUser(_) => Stream::ApiUsers,
            Self::OffDutyPeriod(_) => Stream::OffDutyPeriods,
            Self::Resource(_) => Stream::Resources,
            Self::Grant(grant) => grant.stream(),
            Self::Recipients(_) => Stream::Recipients,
        }
    }

    /// The service's id; of an edge, its key.
    pub const fn remote_id(&self) -> &RemoteId {
        match self {
            Self::User(user) => &user.remote_id,
            Self::Group(group) => &group.remote_id,
            Self::Role(role) => &role.remote_id,
            Self::Assignment(assignment) => &assignment.key,
            Self::Member(member) => &member.key,
            Self::Invitation(invitation) => &invitation.remote_id,
            Self::Application(application) => &application.remote_id,
            Self::ApiUser(found) => &found.remote_id,
            Self::OffDutyPeriod(period) => &period.remote_id,
            Self::Resource(resource) => &resource.remote_id,
            Self::Grant(grant) => &grant.key,
            Self::Recipients(list) => &list.key,
        }
    }
}
