//! Named sets of rights and who holds them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ContentHash, RemoteId};

/// Between the parts of an edge's key; occurs in no id.
pub const KEY_SEPARATOR: char = '\u{1f}';

/// Where a role is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RoleScope {
    /// Everywhere in the account.
    Account,
    /// Within one organisation at a time.
    Organization,
}

impl RoleScope {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Organization => "organization",
        }
    }
}

/// Who can hold a role or own a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum HolderKind {
    /// A user.
    User,
    /// A program that signs in by itself.
    Application,
}

impl HolderKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Application => "application",
        }
    }
}

/// A named set of rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The service's id.
    pub remote_id: RemoteId,
    /// Where it is held.
    pub scope: RoleScope,
    /// Who can hold it.
    pub holder_kind: HolderKind,
    /// Name for showing; never empty: falls back to the id.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// New users get it by themselves; `None` where the service does not say.
    pub is_default: Option<bool>,
    /// What it allows; unique by id, sorted.
    pub permissions: Vec<Permission>,
    /// The record as the service sent it with the names of its permissions, counts of holders dropped, canonical JSON.
    pub raw: String,
    /// Of `raw` and `permissions`.
    pub hash: ContentHash,
}

/// A single right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Permission {
    /// The service's id.
    pub remote_id: RemoteId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it is a right on; `None` for one of the organisation template.
    pub resource_id: Option<RemoteId>,
    /// The name of that.
    pub resource_name: Option<String>,
}

impl Permission {
    /// Its name with what it is a right on: two APIs may have a permission of the same name.
    pub fn full_name(&self) -> String {
        match &self.resource_name {
            Some(resource) => format!("{} ({resource})", self.name),
            None => self.name.clone(),
        }
    }
}

/// Who holds a role everywhere in the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleAssignment {
    /// Role and holder in one text, under which the edge is staged and compared.
    pub key: RemoteId,
    /// The role.
    pub role: RemoteId,
    /// Who holds it.
    pub holder: RemoteId,
    /// What the holder is.
    pub holder_kind: HolderKind,
}

impl RoleAssignment {
    /// The edge from `role` to `holder`.
    pub fn new(role: RemoteId, holder: RemoteId, holder_kind: HolderKind) -> Self {
        Self { key: edge_key(&role, &holder), role, holder, holder_kind }
    }
}

/// A member of an organisation, listed apart from the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationMember {
    /// Organisation and member in one text, under which the edge is staged and compared.
    pub key: RemoteId,
    /// The organisation.
    pub group: RemoteId,
    /// The member.
    pub member: RemoteId,
    /// The member's name as the list knows it.
    pub display: Option<String>,
    /// Roles held in this organisation; unique, sorted.
    pub roles: Vec<RemoteId>,
}

impl OrganizationMember {
    /// The edge from `group` to `member`.
    pub fn new(group: RemoteId, member: RemoteId, display: Option<String>, mut roles: Vec<RemoteId>) -> Self {
        roles.sort();
        roles.dedup();
        Self { key: edge_key(&group, &member), group, member, display, roles }
    }
}

/// The key of the edge from `parent` to `child`.
pub fn edge_key(parent: &RemoteId, child: &RemoteId) -> RemoteId {
    RemoteId::new(format!("{parent}{KEY_SEPARATOR}{child}"))
}

/// The two ends of the edge with this key.
pub fn split_key(key: &RemoteId) -> Option<(RemoteId, RemoteId)> {
    let (parent, child) = key.as_str().split_once(KEY_SEPARATOR)?;
    Some((RemoteId::new(parent), RemoteId::new(child)))
}
