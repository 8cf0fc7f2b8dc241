//! Everything that says who may do what in one account, in memory: as it was given, and what follows from it.
//!
//! An account of a hundred users and a thousand monitors is read in some milliseconds; nothing of it is kept.

mod moving;
mod own;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, named_params};
use serde_json::Value;

use super::level::level_of;
use crate::api::{AccessLevel, GivenRightView, NamedView, RightOriginView};
use crate::model::{ADMINISTRATOR, AccountId, GrantHolder, ResourceKind, account_word};
use crate::query::page::damaged;
use crate::store::{Context, StoreError};

const READING: &str = "reading who may do what";

const USERS: &str = "SELECT remote_id, display_name FROM users WHERE account_id = :account_id";
const GROUPS: &str = "SELECT remote_id, display_name, raw FROM groups WHERE account_id = :account_id";
const MEMBERS: &str = "SELECT group_id, member_id FROM memberships WHERE account_id = :account_id";
const RESOURCES: &str = "SELECT remote_id, kind, display_name, type, mode, active, is_all FROM resources WHERE account_id = :account_id";
const INSIDE: &str = "SELECT group_id, resource_id FROM resource_members WHERE account_id = :account_id";
const GRANTS: &str =
    "SELECT resource_id, permission, holder_kind, holder_id FROM grants WHERE account_id = :account_id";

/// A resource as far as rights and lists need it.
#[derive(Clone, Debug)]
pub struct Known {
    pub kind: ResourceKind,
    pub name: String,
    pub monitor_type: Option<String>,
    pub mode: Option<String>,
    pub active: Option<bool>,
    is_all: bool,
}

/// One right as it was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Given {
    permission: String,
    holder_kind: GrantHolder,
    holder: String,
}

/// A right of one user, and everything that gives it.
pub type Origins = BTreeSet<RightOriginView>;

/// Who may do what in one account.
#[derive(Debug, Default)]
pub struct AccountRights {
    users: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
    members: BTreeMap<String, BTreeSet<String>>,
    /// Groups that everybody is in, whether or not they are listed there.
    for_everybody: BTreeSet<String>,
    pub resources: BTreeMap<String, Known>,
    inside: BTreeMap<String, BTreeSet<String>>,
    around: BTreeMap<String, BTreeSet<String>>,
    /// By what they are on; empty for the whole account.
    given: BTreeMap<String, BTreeSet<Given>>,
}

impl AccountRights {
    /// Reads all of it.
    pub fn load(conn: &Connection, account: AccountId) -> Result<Self, StoreError> {
        let mut rights = Self::default();
        each(conn, USERS, account, |row| {
            rights.users.insert(row.get("remote_id")?, row.get("display_name")?);
            Ok(())
        })?;
        each(conn, GROUPS, account, |row| {
            let id: String = row.get("remote_id")?;
            let raw: Value = serde_json::from_str(&row.get::<_, String>("raw")?).unwrap_or_default();
            if raw.get("IsEveryone").and_then(Value::as_bool) == Some(true) {
                rights.for_everybody.insert(id.clone());
            }
            rights.groups.insert(id, row.get("display_name")?);
            Ok(())
        })?;
        each(conn, MEMBERS, account, |row| {
            rights.members.entry(row.get("group_id")?).or_default().insert(row.get("member_id")?);
            Ok(())
        })?;
        let mut kinds = Vec::new();
        each(conn, RESOURCES, account, |row| {
            kinds.push((
                row.get::<_, String>("kind")?,
                row.get::<_, String>("remote_id")?,
                Known {
                    kind: ResourceKind::Monitor,
                    name: row.get("display_name")?,
                    monitor_type: row.get("type")?,
                    mode: row.get("mode")?,
                    active: row.get("active")?,
                    is_all: row.get("is_all")?,
                },
            ));
            Ok(())
        })?;
        for (kind, id, known) in kinds {
            let kind = ResourceKind::parse(&kind).ok_or_else(|| damaged("the kind of a resource"))?;
            rights.resources.insert(id, Known { kind, ..known });
        }
        each(conn, INSIDE, account, |row| {
            let (group, resource): (String, String) = (row.get("group_id")?, row.get("resource_id")?);
            rights.put_inside(group, resource);
            Ok(())
        })?;
        rights.fill_all();
        each(conn, GRANTS, account, |row| {
            let kind: String = row.get("holder_kind")?;
            let given = Given {
                permission: row.get("permission")?,
                holder_kind: GrantHolder::parse(&kind).unwrap_or(GrantHolder::User),
                holder: row.get("holder_id")?,
            };
            rights.given.entry(row.get("resource_id")?).or_default().insert(given);
            Ok(())
        })?;
        Ok(rights)
    }

    fn put_inside(&mut self, group: String, resource: String) {
        self.around.entry(resource.clone()).or_default().insert(group.clone());
        self.inside.entry(group).or_default().insert(resource);
    }

    /// Every monitor is in the group of all, also where the service does not list it there.
    fn fill_all(&mut self) {
        let monitors: Vec<String> = self.ids_of(ResourceKind::Monitor);
        let groups = self.resources.iter().filter(|(_, known)| known.is_all);
        for group in groups.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
            for monitor in &monitors {
                self.put_inside(group.clone(), monitor.clone());
            }
        }
    }

    fn ids_of(&self, kind: ResourceKind) -> Vec<String> {
        self.resources.iter().filter(|(_, known)| known.kind == kind).map(|(id, _)| id.clone()).collect()
    }

    /// The user's name, or the id of one who is not here.
    pub fn user_name<'n>(&'n self, id: &'n str) -> &'n str {
        self.users.get(id).map_or(id, String::as_str)
    }

    /// The name of a resource, or the id of one that is not here.
    pub fn resource_name<'n>(&'n self, id: &'n str) -> &'n str {
        self.resources.get(id).map_or(id, |known| &known.name)
    }

    /// Groups of resources that `resource` is in.
    pub fn groups_around(&self, resource: &str) -> impl Iterator<Item = &str> {
        self.around.get(resource).into_iter().flatten().map(String::as_str)
    }

    /// What is in the group `resource`.
    pub fn inside(&self, resource: &str) -> impl Iterator<Item = &str> {
        self.inside.get(resource).into_iter().flatten().map(String::as_str)
    }

    /// Rights of `user` in the whole account, each with what gives it.
    pub fn in_account(&self, user: &str) -> BTreeMap<String, Origins> {
        let mut found = BTreeMap::<String, Origins>::new();
        for given in self.given.get("").into_iter().flatten().filter(|given| self.concerns(given, user)) {
            let word = account_word(&given.permission).to_owned();
            found.entry(word).or_default().insert(self.origin(given, None));
        }
        found
    }

    /// Users who hold `permission` in the whole account, themselves or through a group.
    pub fn holders_in_account(&self, permission: &str) -> BTreeSet<&str> {
        let given = self
            .given
            .get("")
            .into_iter()
            .flatten()
            .filter(|given| account_word(&given.permission) == permission);
        given.flat_map(|given| self.users_of(given)).collect()
    }

    /// Users who are here, with their names.
    pub fn users(&self) -> impl Iterator<Item = (&str, &str)> {
        self.users.iter().map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// Groups that `user` is in, those of everybody aside.
    pub fn own_groups(&self, user: &str) -> impl Iterator<Item = &str> {
        let own = self.members.iter().filter(move |(_, members)| members.contains(user));
        own.map(|(group, _)| group.as_str()).filter(|group| !self.for_everybody.contains(*group))
    }

    /// Whether the account has a group of everybody, and others beside it.
    pub fn has_own_groups(&self) -> bool {
        !self.for_everybody.is_empty() && self.groups.len() > self.for_everybody.len()
    }

    /// Rights on `resource`, by user: given on it, or on a group that it is in.
    pub fn on_resource(&self, resource: &str) -> BTreeMap<&str, Origins> {
        let mut found = BTreeMap::<&str, Origins>::new();
        let groups = self.groups_around(resource).map(Some);
        for group in std::iter::once(None).chain(groups) {
            for given in self.given.get(group.unwrap_or(resource)).into_iter().flatten() {
                for user in self.users_of(given) {
                    found.entry(user).or_default().insert(self.origin(given, group));
                }
            }
        }
        found
    }

    /// The same for one user on every resource.
    pub fn of_user(&self, user: &str) -> BTreeMap<&str, Origins> {
        let mut found = BTreeMap::<&str, Origins>::new();
        for resource in self.resources.keys() {
            let groups = self.groups_around(resource).map(Some);
            for group in std::iter::once(None).chain(groups) {
                let all = self.given.get(group.unwrap_or(resource)).into_iter().flatten();
                for given in all.filter(|given| self.concerns(given, user)) {
                    found.entry(resource).or_default().insert(self.origin(given, group));
                }
            }
        }
        found
    }

    /// Rights as they were given on `resource`; in the whole account where it is empty.
    pub fn given_on(&self, resource: &str) -> impl Iterator<Item = GivenRightView> {
        self.given.get(resource).into_iter().flatten().map(|given| GivenRightView {
            permission: given.permission.clone(),
            holder_kind: given.holder_kind,
            holder_id: given.holder.clone(),
            holder: match given.holder_kind {
                GrantHolder::User => self.user_name(&given.holder).to_owned(),
                GrantHolder::Group => self.groups.get(&given.holder).unwrap_or(&given.holder).clone(),
            },
        })
    }

    /// Groups whose members may do everything, by name.
    pub fn administrators(&self) -> Vec<NamedView> {
        let given = self.given_on("").filter(|given| {
            given.holder_kind == GrantHolder::Group && account_word(&given.permission) == ADMINISTRATOR
        });
        given.map(|given| NamedView { remote_id: given.holder_id, display_name: given.holder }).collect()
    }

    /// Rights that were given to `group` itself, by resource; under an empty id those in the whole account.
    pub fn given_to_group(&self, group: &str) -> BTreeMap<&str, Origins> {
        let mut found = BTreeMap::<&str, Origins>::new();
        for (resource, all) in &self.given {
            let own = all.iter().filter(|own| own.holder_kind == GrantHolder::Group && own.holder == group);
            for given in own {
                found.entry(resource).or_default().insert(self.origin(given, None));
            }
        }
        found
    }

    /// Groups with their names.
    pub fn groups(&self) -> impl Iterator<Item = (&str, &str)> {
        self.groups.iter().map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// Whether everybody is in this group, listed there or not.
    pub fn is_for_everybody(&self, group: &str) -> bool {
        self.for_everybody.contains(group)
    }

    /// The groups that each of `users` is listed in.
    pub fn groups_of(&self, users: &BTreeSet<&str>) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut found = BTreeMap::<&str, BTreeSet<&str>>::new();
        for (group, members) in &self.members {
            for member in members.iter().filter(|member| users.contains(member.as_str())) {
                found.entry(member).or_default().insert(group);
            }
        }
        found
    }

    /// The highest level that was given to each holder on `resource`, or on a group that it is in; what follows from being
    /// in a group is not in it.
    pub fn levels_given(&self, resource: &str) -> BTreeMap<(GrantHolder, &str), AccessLevel> {
        let mut found = BTreeMap::new();
        for on in std::iter::once(resource).chain(self.groups_around(resource)) {
            for given in self.given.get(on).into_iter().flatten() {
                let Some(level) = level_of(&given.permission) else { continue };
                let highest = found.entry((given.holder_kind, given.holder.as_str())).or_insert(level);
                *highest = level.max(*highest);
            }
        }
        found
    }

    fn origin(&self, given: &Given, resource_group: Option<&str>) -> RightOriginView {
        let group_id = (given.holder_kind == GrantHolder::Group).then(|| given.holder.clone());
        RightOriginView {
            permission: given.permission.clone(),
            group: group_id.as_ref().map(|id| self.groups.get(id).unwrap_or(id).clone()),
            group_id,
            resource_group_id: resource_group.map(str::to_owned),
            resource_group: resource_group.map(|id| self.resource_name(id).to_owned()),
        }
    }

    fn concerns(&self, given: &Given, user: &str) -> bool {
        match given.holder_kind {
            GrantHolder::User => given.holder == user,
            GrantHolder::Group => {
                self.for_everybody.contains(&given.holder)
                    || self.members.get(&given.holder).is_some_and(|members| members.contains(user))
            }
        }
    }

    fn users_of<'r>(&'r self, given: &'r Given) -> Box<dyn Iterator<Item = &'r str> + 'r> {
        match given.holder_kind {
            GrantHolder::User => Box::new(std::iter::once(given.holder.as_str())),
            GrantHolder::Group if self.for_everybody.contains(&given.holder) => {
                Box::new(self.users.keys().map(String::as_str))
            }
            GrantHolder::Group => {
                Box::new(self.members.get(&given.holder).into_iter().flatten().map(String::as_str))
            }
        }
    }
}

/// The highest of what `origins` give on a monitor.
pub fn highest(origins: &Origins) -> Option<AccessLevel> {
    origins.iter().filter_map(|origin| level_of(&origin.permission)).max()
}

/// Calls `take` with every row of a statement about one account.
pub(in crate::query) fn each(
    conn: &Connection,
    statement: &str,
    account: AccountId,
    mut take: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(statement).context(READING)?;
    let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(READING)?;
    while let Some(row) = rows.next().context(READING)? {
        take(row).context(READING)?;
    }
    Ok(())
}

#[cfg(test)]
pub(in crate::query) const STATEMENTS: &[&str] = &[USERS, GROUPS, MEMBERS, RESOURCES, INSIDE, GRANTS];

#[cfg(test)]
pub(super) mod tests;
