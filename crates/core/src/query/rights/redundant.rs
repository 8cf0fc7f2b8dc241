//! Rights that were given to a user directly and that a group of theirs gives as well: to take them back lowers nothing.

use super::account::{AccountRights, Origins};
use super::level::level_of;
use crate::model::{ADMINISTRATOR, ResourceKind, account_word, rights_on};

/// A right of a user that one of their groups gives as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redundant<'r> {
    /// The service's own word for it.
    pub permission: String,
    /// What it is a right on; `None` for the whole account.
    pub resource: Option<&'r str>,
    /// What of their groups reaches farthest: as far as it, or farther.
    pub through: Origins,
}

/// Rights that are not told: full rights cannot be given or taken by themselves, and every operator gets access to the
/// account from the service.
const NOT_GIVEN: [&str; 2] = [ADMINISTRATOR, "AccountAccess"];

/// All of them, each with its user.
pub fn redundant(rights: &AccountRights) -> Vec<(&str, Redundant<'_>)> {
    let mut found = Vec::new();
    for (user, resource, own) in rights.given_to_users() {
        let (by_groups, kind) = match rights.resources.get(resource) {
            Some(known) => (rights.groups_giving(user, resource), Some(known.kind)),
            None if resource.is_empty() => (rights.groups_giving_in_account(user), None),
            None => continue,
        };
        if by_groups.is_empty() {
            continue;
        }
        let Some(kind) = kind else {
            for permission in own.iter().filter(|own| !NOT_GIVEN.contains(own)) {
                let same = |by: &&_| same_in_account(by, permission);
                add(&mut found, user, permission, None, by_groups.iter().filter(same).cloned().collect());
            }
            continue;
        };
        let height = |permission: &str| height(kind, permission);
        let most = by_groups.iter().filter_map(|by| height(&by.permission)).max();
        // A higher right does not stand without the lower ones that came with it.
        let needed = own.iter().filter_map(|own| height(own)).max() > most;
        for permission in own {
            let through: Origins = match height(permission) {
                Some(_) if needed => continue,
                // What reaches less far says nothing more.
                Some(_) => by_groups.iter().filter(|by| height(&by.permission) == most).cloned().collect(),
                None => by_groups.iter().filter(|by| by.permission == permission).cloned().collect(),
            };
            add(&mut found, user, permission, Some(resource), through);
        }
    }
    found
}

fn add<'r>(
    found: &mut Vec<(&'r str, Redundant<'r>)>,
    user: &'r str,
    permission: &str,
    resource: Option<&'r str>,
    through: Origins,
) {
    if !through.is_empty() {
        found.push((user, Redundant { permission: permission.to_owned(), resource, through }));
    }
}

fn same_in_account(by: &crate::api::RightOriginView, permission: &str) -> bool {
    account_word(&by.permission) == account_word(permission)
}

/// How far a right goes among those on its kind of thing; on monitors also one that was given on a group of them. `None` for
/// a word that is new.
fn height(kind: ResourceKind, permission: &str) -> Option<usize> {
    level_of(permission)
        .map(|level| level as usize)
        .or_else(|| rights_on(kind).iter().position(|known| *known == permission))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GrantHolder::{self, Group, User};
    use crate::query::rights::account::tests::world;

    /// What is found beside the world's own, as text: who, what, on what, through which groups.
    fn found(given: &[(&str, &str, GrantHolder, &str)]) -> Vec<String> {
        let mut rights = world();
        for (resource, permission, kind, holder) in given {
            rights.put(resource, permission, *kind, holder);
        }
        let text = |(user, own): (&str, Redundant<'_>)| {
            let through: Vec<_> = own.through.iter().filter_map(|by| by.group_id.as_deref()).collect();
            format!("{user} {} {} {}", own.permission, own.resource.unwrap_or("account"), through.join("+"))
        };
        redundant(&rights).into_iter().map(text).collect()
    }

    #[test]
    fn a_right_that_a_group_gives_on_the_thing_or_on_a_group_of_monitors_is_redundant() {
        assert_eq!(found(&[]), Vec::<String>::new(), "nobody has one twice");
        for (own, expected) in [
            (("shop", "EditMonitor", User, "ada"), vec!["ada EditMonitor shop night"]),
            (("shop", "ViewMonitorData", User, "ada"), vec!["ada ViewMonitorData shop night"]),
            // Everybody sees what is measured on every monitor.
            (("mail", "ViewMonitorData", User, "cy"), vec!["cy ViewMonitorData mail everyone"]),
            (("mail", "ViewMonitor", User, "cy"), vec![]),
            // Given on a group of monitors, which is one of all.
            (("web", "ViewMonitorDataInGroup", User, "cy"), vec!["cy ViewMonitorDataInGroup web everyone"]),
            (("", "TechnicalContact", User, "ada"), vec!["ada TechnicalContact account night"]),
            (("", "TechnicalContact", User, "cy"), vec![]),
        ] {
            assert_eq!(found(&[own]), expected, "{own:?}");
        }
    }

    #[test]
    fn what_a_higher_right_stands_on_is_not_redundant() {
        // Bo edits the shop, which no group of theirs gives: to see it belongs to that.
        let own = [("shop", "ViewMonitorData", User, "bo"), ("shop", "ViewMonitor", User, "bo")];
        assert_eq!(found(&own), Vec::<String>::new());
        // Ada's group gives everything: all of hers are.
        let own = [("shop", "ViewMonitor", User, "ada"), ("shop", "EditMonitor", User, "ada")];
        assert_eq!(found(&own), ["ada EditMonitor shop night", "ada ViewMonitor shop night"]);
    }

    #[test]
    fn full_rights_and_what_everybody_gets_from_the_service_are_never_told() {
        let given = [
            ("", "AccountAccess", User, "ada"),
            ("", "BasicOperator", Group, "night"),
            ("", "AccountAdministrator", User, "ada"),
            ("", "Administrator", Group, "night"),
        ];
        assert_eq!(found(&given), Vec::<String>::new());
    }

    #[test]
    fn to_take_all_of_them_back_at_once_lowers_nobody() {
        let given = [
            ("shop", "EditMonitor", User, "ada"),
            ("shop", "ViewMonitor", User, "ada"),
            ("web", "EditMonitorsInGroup", User, "ada"),
            ("mail", "ViewMonitorData", User, "bo"),
        ];
        let mut rights = world();
        for (resource, permission, kind, holder) in given {
            rights.put(resource, permission, kind, holder);
        }
        let levels = |rights: &AccountRights| {
            let of = |resource| {
                let found = rights.on_resource(resource);
                found
                    .into_iter()
                    .map(|(user, all)| (user.to_owned(), super::super::account::highest(&all)))
                    .collect::<Vec<_>>()
            };
            ["shop", "mail", "web", "all"].map(of)
        };
        let before = levels(&rights);
        let taken: Vec<(String, String, String)> = redundant(&rights)
            .into_iter()
            .map(|(user, own)| (own.resource.unwrap_or("").to_owned(), own.permission, user.to_owned()))
            .collect();
        assert_eq!(taken.len(), given.len());
        for (resource, permission, user) in &taken {
            rights.take(resource, permission, User, user);
        }
        assert_eq!(levels(&rights)[..2], before[..2], "monitors are all anybody acts on");
        assert!(redundant(&rights).is_empty());
    }
}
