//! Everything the mirror has of one organisation kept by hand, in memory: what an import puts its rows beside.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use serde_json::Value;

use super::rules;
use crate::model::{
    AccountId, Invitation, Permission, Record, RemoteId, Role, Roster, Stream, Timestamp, User, fold,
};
use crate::remote::roster as records;
use crate::store::{StoreError, permissions, roster_book, rosters};

/// One organisation.
#[derive(Clone, Debug)]
pub struct Book {
    /// What is said about its service.
    pub roster: Roster,
    /// Its own record.
    pub organization: Value,
    /// Its members' records.
    pub users: BTreeMap<RemoteId, Value>,
    /// Its roles, and what each allows.
    pub roles: BTreeMap<RemoteId, (Value, Vec<Permission>)>,
    /// Roles of its members.
    pub members: BTreeMap<RemoteId, Vec<RemoteId>>,
    /// Its invitations.
    pub invitations: BTreeMap<RemoteId, Value>,
    /// Everything that a role could allow.
    pub rights: Vec<Permission>,
}

impl Book {
    /// Reads the organisation of `account`, if it is kept by hand.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(conn: &Connection, account: AccountId) -> Result<Option<Self>, StoreError> {
        let Some(roster) = rosters::find(conn, account)? else { return Ok(None) };
        let raw = |table| -> Result<BTreeMap<RemoteId, Value>, StoreError> {
            let rows = roster_book::list_raw(conn, account, table)?;
            Ok(rows
                .into_iter()
                .map(|(id, raw)| (id, serde_json::from_str(&raw).unwrap_or_default()))
                .collect())
        };
        let mut roles = BTreeMap::new();
        for (id, role) in raw("roles")? {
            let allowed = roster_book::list_permissions(conn, account, &id)?;
            roles.insert(id, (role, allowed));
        }
        let edges = roster_book::list_edges(conn, account, None)?;
        let organization = raw("groups")?.remove(&RemoteId::new(rules::ORGANIZATION)).unwrap_or_default();
        Ok(Some(Self {
            roster,
            organization,
            users: raw("users")?,
            roles,
            members: edges.into_iter().map(|edge| (edge.member, edge.roles)).collect(),
            invitations: raw("invitations")?,
            rights: permissions::list(conn, account)?,
        }))
    }

    /// Everything of it as a sync would bring it.
    pub fn records(&self) -> BTreeMap<Stream, Vec<Record>> {
        let users: Vec<User> = self.users.values().filter_map(records::user).collect();
        let group = RemoteId::new(rules::ORGANIZATION);
        let members = users.iter().map(|user| {
            let roles = self.members.get(&user.remote_id).cloned().unwrap_or_default();
            Record::Member(records::member(&group, user, roles))
        });
        let members: Vec<Record> = members.collect();
        let roles = self.roles.values().filter_map(|(role, allowed)| records::role(role, allowed.clone()));
        let organization = records::group(&self.organization);
        BTreeMap::from([
            (Stream::Users, users.into_iter().map(|user| Record::User(Box::new(user))).collect()),
            (Stream::Groups, organization.map(|group| Record::Group(Box::new(group))).into_iter().collect()),
            (Stream::Roles, roles.map(|role| Record::Role(Box::new(role))).collect()),
            (Stream::Memberships, members),
            (
                Stream::Invitations,
                self.invitations
                    .values()
                    .filter_map(records::invitation)
                    .map(|invitation| Record::Invitation(Box::new(invitation)))
                    .collect(),
            ),
        ])
    }

    /// Members by their address in lower case.
    pub fn by_email(&self) -> BTreeMap<String, RemoteId> {
        let of = |(id, user): (&RemoteId, &Value)| Some((address(user, "primaryEmail")?, id.clone()));
        self.users.iter().filter_map(of).collect()
    }

    /// The newest invitation of each address in lower case, and whether it can still become something.
    pub fn by_invitee(&self) -> BTreeMap<String, (RemoteId, bool)> {
        let mut found: BTreeMap<String, (Option<Timestamp>, RemoteId, bool)> = BTreeMap::new();
        for invitation in self.invitations.values().filter_map(records::invitation) {
            let Invitation { remote_id, invitee, status, created_at, .. } = invitation;
            let open = matches!(status.as_str(), rules::PENDING | rules::EXPIRED);
            let key = invitee.to_lowercase();
            let newer =
                found.get(&key).is_none_or(|(at, _, was_open)| (open, created_at) >= (*was_open, *at));
            if newer {
                found.insert(key, (created_at, remote_id, open));
            }
        }
        found.into_iter().map(|(key, (_, id, open))| (key, (id, open))).collect()
    }

    /// The role of this name, in any of the three languages or as it is called now.
    pub fn role_named(&self, name: &str) -> Option<RemoteId> {
        let name = fold(name.trim());
        let own = self.roles.iter().find(|(id, (role, _))| {
            fold(id.as_str()) == name
                || records::role(role, Vec::new()).is_some_and(|role| fold(&role.display_name) == name)
        });
        if let Some((id, _)) = own {
            return Some(id.clone());
        }
        let known = rules::known_roles().find(|(_, known)| fold(known) == name);
        known.map(|(id, _)| RemoteId::new(id)).filter(|id| self.roles.contains_key(id))
    }

    /// The name of a role, else its id.
    pub fn role_name(&self, id: &RemoteId) -> String {
        let named = self.roles.get(id).and_then(|(role, _)| records::role(role, Vec::new()));
        named.map_or_else(|| id.as_str().to_owned(), |role: Role| role.display_name)
    }

    /// The role that newcomers get.
    pub fn usual_role(&self) -> Option<RemoteId> {
        let is_default = |(_, (role, _)): &(&RemoteId, &(Value, _))| {
            role.get("isDefault").and_then(Value::as_bool) == Some(true)
        };
        self.roles.iter().find(is_default).map(|(id, _)| id.clone())
    }

    /// Replaces what roles could allow: a right that is none any more is taken from every role.
    pub fn set_rights(&mut self, rights: Vec<Permission>) {
        for (_, allowed) in self.roles.values_mut() {
            let still =
                |own: &Permission| rights.iter().find(|right| right.remote_id == own.remote_id).cloned();
            *allowed = allowed.iter().filter_map(still).collect();
        }
        self.rights = rights;
    }

    /// Ids that are in use.
    pub fn taken(&self) -> BTreeSet<RemoteId> {
        self.users.keys().chain(self.invitations.keys()).cloned().collect()
    }
}

/// The address of a record, in lower case: that is what two of them are compared by.
pub fn address(record: &Value, name: &str) -> Option<String> {
    let text = record.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_lowercase())
}

/// An id for a record that is new, told from what it is about, so that the same paste makes the same ids; another one where
/// that one is `taken`.
pub fn new_id(kind: &str, about: &str, taken: &BTreeSet<RemoteId>) -> RemoteId {
    let hash = blake3::hash(about.to_lowercase().as_bytes()).to_hex();
    let begin: String = hash.chars().take(12).collect();
    let mut id = RemoteId::new(format!("{kind}-{begin}"));
    let mut number = 2_u32;
    while taken.contains(&id) {
        id = RemoteId::new(format!("{kind}-{begin}-{number}"));
        number = number.saturating_add(1);
    }
    id
}
