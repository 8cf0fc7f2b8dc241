//! Alert definitions that reach nobody once somebody is gone.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::lists::Lists;
use super::reaching::resources;
use super::team::People;
use crate::model::{AccountId, LocalSeconds, ResourceKind};
use crate::store::StoreError;

/// Who is not told any more, by the ids of the service, and who is instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Silenced {
    /// Users who are gone.
    pub users: BTreeSet<String>,
    /// Groups that are gone.
    pub groups: BTreeSet<String>,
    /// Members who leave a group, each with it.
    pub members: BTreeSet<(String, String)>,
    /// Members who join a group, each with it.
    pub joining: BTreeSet<(String, String)>,
    /// Users who are switched off, or on.
    pub switched: BTreeMap<String, bool>,
}

impl Silenced {
    /// Whether it can take an alert from anybody.
    fn takes(&self) -> bool {
        let off = self.switched.values().any(|active| !active);
        off || !(self.users.is_empty() && self.groups.is_empty() && self.members.is_empty())
    }
}

/// Alert definitions that have an active recipient, and none once `silenced` is done: id and name. Everybody in one of
/// `switched_groups` is switched off or on together.
///
/// # Errors
/// When the store cannot be read.
pub fn reaching_nobody_else(
    conn: &Connection,
    account: AccountId,
    mut silenced: Silenced,
    switched_groups: &BTreeMap<String, bool>,
) -> Result<Vec<(String, String)>, StoreError> {
    let off = switched_groups.values().any(|active| !active);
    if !off && !silenced.takes() {
        return Ok(Vec::new());
    }
    let lists = Lists::load(conn, account)?;
    if lists.is_empty() {
        return Ok(Vec::new());
    }
    // Whoever is off duty now is on duty at another time.
    let people = People::load(conn, account, LocalSeconds(0))?;
    for (group, active) in switched_groups {
        for member in people.groups.get(group).into_iter().flat_map(|team| people.members(team)) {
            silenced.switched.entry(member.to_owned()).or_insert(*active);
        }
    }
    let mut after = people.clone();
    after.silence(&silenced);
    let levels = |people: &People, id: &str| {
        let reached = lists.reach(id, ResourceKind::AlertDefinition, people);
        let sure = reached.iter().all(|level| level.as_ref().is_some_and(|reach| !reach.unsure));
        let somebody = reached.iter().flatten().any(|reach| !reach.active.is_empty());
        (sure, somebody)
    };
    let alone = resources(conn, account)?.into_iter().filter(|(id, _, kind, active)| {
        // Whom nobody sees may still be told.
        *kind == ResourceKind::AlertDefinition
            && *active != Some(false)
            && levels(&people, id) == (true, true)
            && !levels(&after, id).1
    });
    Ok(alone.map(|(id, name, ..)| (id, name)).collect())
}
