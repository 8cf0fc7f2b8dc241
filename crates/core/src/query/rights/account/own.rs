//! What was given to one user, and what their groups give at the same place.

use std::collections::BTreeMap;

use super::{AccountRights, Origins};
use crate::model::{GrantHolder, ResourceKind};

impl AccountRights {
    /// Rights of `user` on `resource`, each with what gives it: given on it, or on what it is in. A group of monitors is within that of all.
    pub fn of_user_on(&self, user: &str, resource: &str) -> Origins {
        let groups = self.wider(resource).map(Some);
        let mut found = Origins::new();
        for group in std::iter::once(None).chain(groups) {
            let all = self.given.get(group.unwrap_or(resource)).into_iter().flatten();
            found.extend(
                all.filter(|given| self.concerns(given, user)).map(|given| self.origin(given, group)),
            );
        }
        found
    }

    /// Groups of monitors in which everything is that is in `resource`.
    fn wider<'r>(&'r self, resource: &'r str) -> impl Iterator<Item = &'r str> {
        let is_group =
            self.resources.get(resource).is_some_and(|known| known.kind == ResourceKind::MonitorGroup);
        let of_all =
            self.resources.iter().filter(move |(id, known)| is_group && known.is_all && *id != resource);
        self.groups_around(resource).chain(of_all.map(|(id, _)| id.as_str()))
    }

    /// Rights that were given to users themselves, by user and what they are on; that is empty for the whole account.
    pub fn given_to_users(&self) -> Vec<(&str, &str, Vec<&str>)> {
        let mut found = BTreeMap::<(&str, &str), Vec<&str>>::new();
        for (resource, all) in &self.given {
            let own = all
                .iter()
                .filter(|own| own.holder_kind == GrantHolder::User && self.users.contains_key(&own.holder));
            for given in own {
                found.entry((&given.holder, resource)).or_default().push(&given.permission);
            }
        }
        found.into_iter().map(|((user, resource), all)| (user, resource, all)).collect()
    }

    /// What groups of `user` give on `resource`, or on a group of monitors that it is in.
    pub fn groups_giving(&self, user: &str, resource: &str) -> Origins {
        let mut found = self.of_user_on(user, resource);
        found.retain(|origin| origin.group_id.is_some());
        found
    }

    /// What groups of `user` give in the whole account.
    pub fn groups_giving_in_account(&self, user: &str) -> Origins {
        let mut found: Origins = self.in_account(user).into_values().flatten().collect();
        found.retain(|origin| origin.group_id.is_some());
        found
    }
}
