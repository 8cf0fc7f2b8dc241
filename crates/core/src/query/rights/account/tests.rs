use super::*;
use crate::query::rights::left::Going;

/// Ada is in the group `night`; everybody sees what all monitors measure; `shop` is in the group `web`.
pub fn world() -> AccountRights {
    let mut rights = AccountRights::default();
    let text = |text: &str| text.to_owned();
    for user in ["ada", "bo", "cy"] {
        rights.users.insert(text(user), text(user));
    }
    for group in ["night", "everyone"] {
        rights.groups.insert(text(group), text(group));
    }
    rights.for_everybody.insert(text("everyone"));
    rights.members.entry(text("night")).or_default().insert(text("ada"));
    let known = |kind, is_all| Known {
        kind,
        name: String::new(),
        monitor_type: None,
        mode: None,
        active: None,
        is_all,
    };
    rights.resources.insert(text("shop"), known(ResourceKind::Monitor, false));
    rights.resources.insert(text("mail"), known(ResourceKind::Monitor, false));
    rights.resources.insert(text("web"), known(ResourceKind::MonitorGroup, false));
    rights.resources.insert(text("all"), known(ResourceKind::MonitorGroup, true));
    rights.put_inside(text("web"), text("shop"));
    rights.fill_all();
    for (resource, permission, kind, holder) in [
        ("", "TechnicalContact", GrantHolder::User, "bo"),
        ("", "TechnicalContact", GrantHolder::Group, "night"),
        ("shop", "EditMonitor", GrantHolder::User, "bo"),
        ("web", "CreateAndDeleteMonitorsInGroup", GrantHolder::Group, "night"),
        ("web", "ViewMonitorsInGroup", GrantHolder::User, "bo"),
        ("all", "ViewMonitorDataInGroup", GrantHolder::Group, "everyone"),
    ] {
        let given = Given { permission: text(permission), holder_kind: kind, holder: text(holder) };
        rights.given.entry(text(resource)).or_default().insert(given);
    }
    rights
}

fn levels(rights: &AccountRights, resource: &str) -> Vec<(String, Option<AccessLevel>)> {
    let found = rights.on_resource(resource);
    found.iter().map(|(user, origins)| ((*user).to_owned(), highest(origins))).collect()
}

#[test]
fn the_highest_of_all_ways_to_a_monitor_counts() {
    let rights = world();
    let expected = [("ada", AccessLevel::Delete), ("bo", AccessLevel::Edit), ("cy", AccessLevel::ViewData)]
        .map(|(user, level)| (user.to_owned(), Some(level)));
    assert_eq!(levels(&rights, "shop"), expected);
    let all_see = levels(&rights, "mail").into_iter().all(|(_, level)| level == Some(AccessLevel::ViewData));
    assert!(all_see, "the group of all holds every monitor, listed or not");
}

#[test]
fn each_way_is_named() {
    let rights = world();
    let found = rights.on_resource("shop");
    let ways: Vec<_> = found["bo"]
        .iter()
        .map(|origin| {
            (origin.permission.as_str(), origin.group_id.as_deref(), origin.resource_group_id.as_deref())
        })
        .collect();
    assert_eq!(
        ways,
        [
            ("EditMonitor", None, None),
            ("ViewMonitorDataInGroup", Some("everyone"), Some("all")),
            ("ViewMonitorsInGroup", None, Some("web")),
        ]
    );
}

#[test]
fn both_directions_agree() {
    let rights = world();
    for user in ["ada", "bo", "cy"] {
        for (resource, origins) in rights.of_user(user) {
            assert_eq!(rights.on_resource(resource).get(user), Some(&origins), "{user} {resource}");
        }
    }
}

#[test]
fn whoever_is_gone_gives_nobody_a_right() {
    let text = |text: &str| text.to_owned();
    let mut rights = world();
    // The one in the group goes out of it: it gives nobody anything. Everybody is who is still here.
    rights.remove(&Going {
        users: BTreeSet::from([text("bo")]),
        members: BTreeSet::from([(text("night"), text("ada"))]),
        ..Going::default()
    });
    let data = Some(AccessLevel::ViewData);
    assert_eq!(levels(&rights, "shop"), [(text("ada"), data), (text("cy"), data)]);
    rights.remove(&Going { groups: BTreeSet::from([text("everyone")]), ..Going::default() });
    assert_eq!(levels(&rights, "shop"), []);
    assert!(rights.holders_in_account("TechnicalContact").is_empty());
}

#[test]
fn rights_in_the_whole_account_come_from_the_user_and_from_groups() {
    let rights = world();
    assert_eq!(rights.holders_in_account("TechnicalContact"), BTreeSet::from(["ada", "bo"]));
    let of_ada = rights.in_account("ada");
    let origins: Vec<_> =
        of_ada["TechnicalContact"].iter().map(|origin| origin.group_id.as_deref()).collect();
    assert_eq!(origins, [Some("night")]);
    assert!(rights.in_account("cy").is_empty());
}
