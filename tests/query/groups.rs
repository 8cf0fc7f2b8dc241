//! The groups grid, and one group.

use rollcall_core::api::{GroupColumn, GroupQueryRequest, GroupRequest, HubRequest};
use rollcall_core::model::{AccountId, MemberKind, Stream};
use rollcall_core::query::{UserIndexCache, get_group, get_hub, query_groups};

use crate::fixture::{Mirror, moment, user};

fn all_groups() -> GroupQueryRequest {
    GroupQueryRequest {
        account_id: None,
        kind: None,
        text: String::new(),
        empty_only: false,
        dangling_only: false,
        sort: GroupColumn::DisplayName,
        descending: false,
        offset: 0,
        limit: 100,
    }
}

/// Two accounts. In the first: staff (two users, a nested group, an edge to nobody), board (one user), empty.
fn mirror() -> (Mirror, AccountId, AccountId) {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.add(alpha, &user("u1", "Zoë"));
    mirror.add(alpha, &user("u2", "Ann"));
    mirror.add(alpha, &user("u3", "Bob"));
    mirror.group(alpha, "staff", "Stäff", Some(30));
    mirror.group(alpha, "board", "Board", None);
    mirror.group(alpha, "empty", "Empty hall", Some(10));
    for member in ["u1", "u2", "board"] {
        mirror.member(alpha, "staff", member, None);
    }
    mirror.member(alpha, "staff", "u9", Some("Ex Boss"));
    mirror.member(alpha, "board", "u1", None);
    mirror.member(alpha, "no such group", "u3", None);
    mirror.group(beta, "staff", "Crew", Some(20));
    // The other account's user does not make this edge less dangling.
    mirror.member(beta, "staff", "u1", None);
    (mirror, alpha, beta)
}

fn listed(mirror: &Mirror, request: &GroupQueryRequest) -> Vec<(String, u32, u32)> {
    let view = query_groups(&UserIndexCache::new(), &mirror.conn, request, moment().now).unwrap();
    view.rows.into_iter().map(|row| (row.display_name, row.members, row.dangling)).collect()
}

fn named(mirror: &Mirror, request: &GroupQueryRequest) -> Vec<String> {
    listed(mirror, request).into_iter().map(|(name, _, _)| name).collect()
}

#[test]
fn groups_are_listed_with_their_members_and_with_edges_to_nobody() {
    let (mirror, alpha, _) = mirror();
    let counts = |name: &str, members, dangling| (name.to_owned(), members, dangling);
    assert_eq!(
        listed(&mirror, &all_groups()),
        [counts("Board", 1, 0), counts("Crew", 1, 1), counts("Empty hall", 0, 0), counts("Stäff", 4, 1)]
    );
    let view = query_groups(
        &UserIndexCache::new(),
        &mirror.conn,
        &GroupQueryRequest { account_id: Some(alpha), text: "STAFF".into(), ..all_groups() },
        moment().now,
    );
    let view = view.unwrap();
    assert_eq!((view.total, view.all, view.rows.len()), (1, 3, 1));
}

#[test]
fn groups_sort_by_every_column_with_the_unknown_last() {
    let (mirror, _, _) = mirror();
    let sorted = |sort, descending| named(&mirror, &GroupQueryRequest { sort, descending, ..all_groups() });
    assert_eq!(sorted(GroupColumn::DisplayName, true), ["Stäff", "Empty hall", "Crew", "Board"]);
    assert_eq!(sorted(GroupColumn::Members, false), ["Empty hall", "Board", "Crew", "Stäff"]);
    assert_eq!(sorted(GroupColumn::Members, true), ["Stäff", "Board", "Crew", "Empty hall"]);
    assert_eq!(sorted(GroupColumn::CreatedAt, false), ["Empty hall", "Crew", "Stäff", "Board"]);
    assert_eq!(sorted(GroupColumn::CreatedAt, true), ["Stäff", "Crew", "Empty hall", "Board"]);
    assert_eq!(sorted(GroupColumn::ModifiedAt, true), ["Board", "Crew", "Empty hall", "Stäff"]);
    assert_eq!(sorted(GroupColumn::Account, true), ["Crew", "Board", "Empty hall", "Stäff"]);
}

#[test]
fn only_empty_groups_and_a_page_of_them() {
    let (mirror, _, _) = mirror();
    assert_eq!(named(&mirror, &GroupQueryRequest { empty_only: true, ..all_groups() }), ["Empty hall"]);
    assert_eq!(
        named(&mirror, &GroupQueryRequest { offset: 1, limit: 2, ..all_groups() }),
        ["Crew", "Empty hall"]
    );
}

#[test]
fn only_groups_with_members_that_are_gone() {
    let (mirror, _, _) = mirror();
    assert_eq!(named(&mirror, &GroupQueryRequest { dangling_only: true, ..all_groups() }), ["Crew", "Stäff"]);
}

#[test]
fn a_group_shows_its_members_by_name_whatever_they_are() {
    let (mirror, alpha, _) = mirror();
    let request = |remote_id: &str, offset, limit| GroupRequest {
        account_id: alpha,
        remote_id: remote_id.to_owned(),
        offset,
        limit,
    };
    let cache = UserIndexCache::new();
    let group = get_group(&cache, &mirror.conn, &request("staff", 0, 100), moment().now).unwrap().unwrap();
    assert_eq!((group.row.members, group.row.dangling), (4, 1));
    assert_eq!(group.raw, serde_json::json!({ "id": 1 }));
    let members: Vec<_> = group
        .members
        .iter()
        .map(|member| (member.display_name.as_str(), member.kind, member.dangling))
        .collect();
    assert_eq!(
        members,
        [
            ("Ann", MemberKind::User, false),
            ("Board", MemberKind::Group, false),
            ("Ex Boss", MemberKind::User, true),
            ("Zoë", MemberKind::User, false),
        ]
    );
    let page = get_group(&cache, &mirror.conn, &request("staff", 1, 2), moment().now).unwrap().unwrap();
    assert_eq!(page.members, group.members[1..3]);
    assert_eq!(get_group(&cache, &mirror.conn, &request("nothing", 0, 9), moment().now).unwrap(), None);
}

#[test]
fn the_hub_counts_what_the_lists_show() {
    let (mirror, alpha, beta) = mirror();
    let suspended = rollcall_core::model::User { active: Some(false), ..user("u4", "Sue") };
    let unstated = rollcall_core::model::User { active: None, ..user("u5", "Una") };
    mirror.add(beta, &suspended);
    mirror.add(beta, &unstated);
    let (first, second) = (mirror.run(alpha, "succeeded"), mirror.run(alpha, "succeeded"));
    mirror.run(alpha, "failed");
    mirror.stream(alpha, Stream::Users, second, 70);
    mirror.stream(alpha, Stream::Groups, first, 60);
    let cache = UserIndexCache::new();
    let all = get_hub(&cache, &mirror.conn, &HubRequest { account_id: None }, &moment()).unwrap();
    assert_eq!((all.users, all.active, all.suspended, all.users_without_group), (5, 4, 1, 3));
    assert_eq!((all.groups, all.empty_groups, all.dangling_memberships), (4, 1, 2));
    assert_eq!(all.last_runs.iter().map(|run| run.id).collect::<Vec<_>>(), [second]);
    assert_eq!(all.oldest_synced_at, Some(60));
    let of_beta = get_hub(&cache, &mirror.conn, &HubRequest { account_id: Some(beta) }, &moment()).unwrap();
    assert_eq!((of_beta.users, of_beta.active, of_beta.groups), (2, 1, 1));
    assert_eq!((of_beta.last_runs.len(), of_beta.oldest_synced_at), (0, None));
}
