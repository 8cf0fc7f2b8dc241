//! What a removal means, said before anything is sent: what goes, counted over all of it, and what is left behind.

use std::collections::{BTreeMap, BTreeSet};

use rollcall_core::api::*;
use rollcall_core::model::{Edit, GroupKind, HolderKind, RemoteId};
use rollcall_sandbox::{UptrendsLoad, UptrendsQuirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::uptrends::UptrendsService;

use super::Fixture;

async fn preview(test: &TestHub, account_id: rollcall_core::model::AccountId, edits: Vec<Edit>) -> PlanView {
    let request = PreviewEditsRequest { account_id, edits, most: None };
    test.hub.preview_edits(request).await.expect("a plan")
}

fn left(plan: &PlanView, kind: LeftBehind) -> BTreeSet<&str> {
    let found = plan.left.iter().filter(|left| left.kind == kind);
    found.flat_map(|left| &left.items).map(|item| item.remote_id.as_str()).collect()
}

fn lost(losses: &[LossView]) -> BTreeMap<LossKind, u32> {
    losses.iter().map(|loss| (loss.kind, loss.count)).collect()
}

/// An organisation with its members.
async fn organization(fixture: &Fixture) -> (String, Vec<String>) {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (group, member) in fixture.service.members().await.into_keys() {
        found.entry(group).or_default().push(member);
    }
    found.into_iter().find(|(_, members)| members.len() > 1).expect("an organisation of several")
}

#[tokio::test(flavor = "multi_thread")]
async fn several_deletions_are_summed_and_say_which_organisations_they_empty() {
    let fixture = Fixture::new(30).await;
    let (group, members) = organization(&fixture).await;
    let delete = |user: &String| Edit::DeleteUser { user: RemoteId::new(user.clone()) };
    let all: Vec<Edit> = members.iter().map(delete).collect();

    let plan = preview(&fixture.test, fixture.account, all.clone()).await;
    let mut sums: BTreeMap<LossKind, u32> = BTreeMap::new();
    for line in plan.subjects.iter().flat_map(|subject| &subject.lines) {
        for (kind, count) in lost(&line.losses) {
            *sums.entry(kind).or_default() += count;
        }
    }
    assert_eq!(lost(&plan.totals), sums);
    assert_eq!(sums[&LossKind::Record] as usize, members.len());
    assert!(left(&plan, LeftBehind::EmptyGroups).contains(group.as_str()));

    // One of them stays: the organisation is not empty. A single line is its own sum.
    let plan = preview(&fixture.test, fixture.account, all[1..].to_vec()).await;
    assert!(!left(&plan, LeftBehind::EmptyGroups).contains(group.as_str()));
    let plan = preview(&fixture.test, fixture.account, all[..1].to_vec()).await;
    assert_eq!(plan.totals, []);

    // Who comes in the same plan keeps it from being empty.
    let someone = fixture.users().await.into_iter().find(|user| !members.contains(&user.as_str().to_owned()));
    let join = Edit::AddMember {
        group: RemoteId::new(group.clone()),
        group_kind: GroupKind::Organization,
        member: someone.expect("a user who is not in it"),
    };
    let plan = preview(&fixture.test, fixture.account, [vec![join], all].concat()).await;
    assert!(!left(&plan, LeftBehind::EmptyGroups).contains(group.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_an_organisation_says_which_roles_nobody_holds_there_any_more_unless_handed_over() {
    let fixture = Fixture::new(30).await;
    let (group, members) = organization(&fixture).await;
    let group = RemoteId::new(group);
    let [first, second, ..] = members.as_slice() else { panic!("two members") };
    let role = fixture.service.all("/api/organization-roles").await.into_keys().next().expect("a role");
    let path = format!("/api/organizations/{group}/users/{first}/roles");
    for member in &members {
        let path = format!("/api/organizations/{group}/users/{member}/roles");
        fixture.service.ask("PUT", &path, serde_json::json!({"organizationRoleIds": []})).await;
    }
    fixture.service.ask("PUT", &path, serde_json::json!({"organizationRoleIds": [role]})).await;
    fixture.test.sync_well(fixture.account).await;

    let leave = Edit::RemoveMember {
        group: group.clone(),
        group_kind: GroupKind::Organization,
        member: RemoteId::new(first.clone()),
    };
    let plan = preview(&fixture.test, fixture.account, vec![leave.clone()]).await;
    let unheld = plan.left.iter().find(|left| left.kind == LeftBehind::UnheldRoles).expect("a role");
    assert_eq!((unheld.count, unheld.items[0].remote_id.as_str()), (1, role.as_str()));
    assert_eq!(unheld.items[0].group.as_ref().map(|group| group.remote_id.as_str()), Some(group.as_str()));
    assert_eq!(lost(&plan.subjects[0].lines[0].losses), BTreeMap::from([(LossKind::OrganizationRoles, 1)]));

    let hand_over = Edit::AssignRole {
        role: RemoteId::new(role),
        holder: RemoteId::new(second.clone()),
        holder_kind: HolderKind::User,
        group: Some(group),
    };
    let plan = preview(&fixture.test, fixture.account, vec![hand_over, leave]).await;
    assert_eq!(plan.left, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_takes_rights_along_and_a_group_the_sight_of_what_only_it_could_see() {
    let service = UptrendsService::start(UptrendsLoad::usual(12, 3, 5), UptrendsQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    test.sync_well(account).await;
    let rows = test.database();
    let strings = |sql: &str| -> Vec<String> {
        let mut statement = rows.prepare(sql).unwrap();
        let found = statement.query_map([], |row| row.get(0)).unwrap();
        found.collect::<Result<_, _>>().unwrap()
    };
    let holder =
        strings("SELECT holder_id FROM grants WHERE holder_kind = 'user' AND resource_id <> '' LIMIT 1");
    let user = holder.first().expect("an operator with a right of their own");
    let plan = preview(&test, account, vec![Edit::DeleteUser { user: RemoteId::new(user.clone()) }]).await;
    let given = strings(&format!(
        "SELECT permission FROM grants WHERE holder_kind = 'user' AND holder_id = '{user}'"
    ));
    let losses = lost(&plan.subjects[0].lines[0].losses);
    assert_eq!(losses.get(&LossKind::Rights).copied(), Some(given.len() as u32));

    let groups = strings("SELECT remote_id FROM groups");
    let all: Vec<Edit> = groups
        .iter()
        .map(|group| Edit::DeleteGroup { group: RemoteId::new(group.clone()), group_kind: GroupKind::Group })
        .collect();
    let plan = preview(&test, account, all).await;
    let unseen = left(&plan, LeftBehind::UnseenResources);
    // With no group left, a resource is seen by those alone who were given a right themselves.
    let own = strings(
        "SELECT coalesce(m.resource_id, g.resource_id) FROM grants g
         LEFT JOIN resource_members m ON m.group_id = g.resource_id WHERE g.holder_kind = 'user'",
    );
    assert!(!unseen.is_empty(), "the group of everybody let everybody see everything");
    assert!(unseen.iter().all(|id| !own.contains(&(*id).to_owned())));
}
