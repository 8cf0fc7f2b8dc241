//! What rights are held on, and who holds them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ContentHash, KEY_SEPARATOR, RemoteId, Stream};

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ResourceKind {
    /// Something that is watched.
    Monitor,
    /// A set of monitors.
    MonitorGroup,
    /// A part of a vault.
    VaultSection,
    /// A connection to another service.
    Integration,
    /// Who is told of what.
    AlertDefinition,
}

impl ResourceKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Monitor, Self::MonitorGroup, Self::VaultSection, Self::Integration, Self::AlertDefinition];

    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monitor => "monitor",
            Self::MonitorGroup => "monitorGroup",
            Self::VaultSection => "vaultSection",
            Self::Integration => "integration",
            Self::AlertDefinition => "alertDefinition",
        }
    }

    /// The kind stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Something of the account that rights are held on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The service's id.
    pub remote_id: RemoteId,
    /// What it is.
    pub kind: ResourceKind,
    /// Name for showing; never empty: falls back to the id.
    pub display_name: String,
    /// Of a monitor: the service's own word for its kind.
    pub monitor_type: Option<String>,
    /// Of a monitor: the service's own word (`Production`).
    pub mode: Option<String>,
    /// False for one that is switched off; `None` where the service does not say.
    pub active: Option<bool>,
    /// A group that everything of its kind is in.
    pub is_all: bool,
    /// What is in a group; unique, sorted.
    pub members: Vec<RemoteId>,
    /// The record as the service sent it with the ids of its members, secrets dropped, canonical JSON.
    pub raw: String,
    /// Of `raw`.
    pub hash: ContentHash,
}

/// Who can hold a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum GrantHolder {
    /// A user.
    User,
    /// Everybody in a group.
    Group,
}

impl GrantHolder {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
        }
    }

    /// The kind stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::User, Self::Group].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A right that was given to a user or a group, on a resource or in the whole account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// What it is a right on; `None` for the whole account.
    pub resource: Option<RemoteId>,
    /// The service's own word for it (`ViewMonitorData`, `FinancialOperator`).
    pub permission: String,
    /// What the holder is.
    pub holder_kind: GrantHolder,
    /// Who holds it.
    pub holder: RemoteId,
    /// By what the service knows it, where it does.
    pub remote_id: Option<RemoteId>,
    /// All but `remote_id` in one text, under which the edge is staged and compared.
    pub key: RemoteId,
}

impl Grant {
    /// The right `permission` on `resource`, held by `holder`.
    pub fn new(
        resource: Option<RemoteId>,
        permission: impl Into<String>,
        (holder_kind, holder): (GrantHolder, RemoteId),
        remote_id: Option<RemoteId>,
    ) -> Self {
        let permission = permission.into();
        let key = [
            resource.as_ref().map_or("", RemoteId::as_str),
            &permission,
            holder_kind.as_str(),
            holder.as_str(),
        ]
        .join(&KEY_SEPARATOR.to_string());
        Self { resource, permission, holder_kind, holder, remote_id, key: RemoteId::new(key) }
    }

    /// The list that it is one of.
    pub const fn stream(&self) -> Stream {
        if self.resource.is_some() { Stream::ResourceGrants } else { Stream::Grants }
    }

    /// The grant with this key, without what the service knows it by.
    pub fn parse(key: &RemoteId) -> Option<Self> {
        let mut parts = key.as_str().splitn(4, KEY_SEPARATOR);
        let (resource, permission, kind, holder) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            resource: (!resource.is_empty()).then(|| RemoteId::new(resource)),
            permission: permission.to_owned(),
            holder_kind: GrantHolder::parse(kind)?,
            holder: RemoteId::new(holder),
            remote_id: None,
            key: key.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_found_again_by_its_key() {
        for resource in [None, Some(RemoteId::new("m-1"))] {
            let holder = (GrantHolder::Group, RemoteId::new("g"));
            let grant = Grant::new(resource, "EditMonitor", holder, Some(RemoteId::new("a")));
            let parsed = Grant::parse(&grant.key).unwrap();
            assert_eq!(parsed, Grant { remote_id: None, ..grant });
        }
        assert_eq!(Grant::parse(&RemoteId::new("no key")), None);
    }
}
