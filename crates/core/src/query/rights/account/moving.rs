//! Rights as they are once somebody is gone, or something was given, taken, joined or left.

use std::collections::BTreeSet;

use super::{AccountRights, Given};
use crate::model::GrantHolder;
use crate::query::rights::left::Going;

impl AccountRights {
    /// As it is once they are gone.
    pub fn remove(&mut self, going: &Going) {
        self.users.retain(|id, _| !going.users.contains(id));
        self.groups.retain(|id, _| !going.groups.contains(id));
        self.for_everybody.retain(|id| !going.groups.contains(id));
        self.members.retain(|id, _| !going.groups.contains(id));
        for (group, members) in &mut self.members {
            members.retain(|id| {
                !going.users.contains(id) && !going.members.contains(&(group.clone(), id.clone()))
            });
        }
        for given in self.given.values_mut() {
            given.retain(|given| match given.holder_kind {
                GrantHolder::User => !going.users.contains(&given.holder),
                GrantHolder::Group => !going.groups.contains(&given.holder),
            });
        }
    }

    /// Somebody has a right.
    pub fn put(&mut self, resource: &str, permission: &str, holder_kind: GrantHolder, holder: &str) {
        let given = Given { permission: permission.to_owned(), holder_kind, holder: holder.to_owned() };
        self.given.entry(resource.to_owned()).or_default().insert(given);
    }

    /// Somebody has a right no more.
    pub fn take(&mut self, resource: &str, permission: &str, holder_kind: GrantHolder, holder: &str) {
        let given = Given { permission: permission.to_owned(), holder_kind, holder: holder.to_owned() };
        if let Some(all) = self.given.get_mut(resource) {
            all.remove(&given);
        }
    }

    /// Somebody comes into a group.
    pub fn join(&mut self, group: &str, member: &str) {
        self.members.entry(group.to_owned()).or_default().insert(member.to_owned());
    }

    /// Somebody leaves a group.
    pub fn leave(&mut self, group: &str, member: &str) {
        if let Some(members) = self.members.get_mut(group) {
            members.remove(member);
        }
    }

    /// A group gives nothing any more.
    pub fn forget_group(&mut self, group: &str) {
        let going = Going { groups: BTreeSet::from([group.to_owned()]), ..Going::default() };
        self.remove(&going);
    }
}
