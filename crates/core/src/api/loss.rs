//! What goes with a change, and what it leaves behind.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::NamedView;

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
