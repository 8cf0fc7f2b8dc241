//! The queue: what a person proposes, takes back, orders and reads, without a word to the service.

use rollcall_core::api::*;
use rollcall_core::model::{ChangeState, Edit, EditKind, GroupKind, HolderKind, RemoteId};
use serde_json::json;

use super::{Fixture, create, new, update};

#[tokio::test(flavor = "multi_thread")]
async fn edited_again_is_one_change_and_edited_back_is_none() {
    let fixture = Fixture::new(12).await;
    let user = &fixture.users().await[0];
    let name = fixture.row(user).await.unwrap().display_name;
    let first = fixture.propose(vec![fixture.rename(user, "Ada").await]).await;
    let again = fixture.propose(vec![fixture.rename(user, "Ada L").await]).await;
    assert_eq!(first.changes, again.changes);
    let lines = fixture.lines().await;
    assert_eq!(lines.len(), 1);
    assert_eq!((&lines[0].fields[0].before, &lines[0].fields[0].after), (&json!(name), &json!("Ada L")));
    // The list shows the mirror, marked, with what it would be beside it.
    let row = fixture.row(user).await.unwrap();
    let pending = row.pending.unwrap();
    assert_eq!(
        (row.display_name.as_str(), pending.display_name.as_deref(), pending.kinds.as_slice()),
        (name.as_str(), Some("Ada L"), [EditKind::UpdateUser].as_slice())
    );
    let page = fixture.test.users(fixture.account, "", 0, 50).await;
    assert_eq!(page.rows.iter().filter(|row| row.pending.is_some()).count(), 1);
    let back = fixture.propose(vec![update(user, "name", json!("Ada L"), json!(name))]).await;
    assert_eq!(back.changes, [None]);
    assert_eq!(fixture.queue().await.plan.lines, 0);
    assert_eq!(fixture.row(user).await.unwrap().pending, None);
    assert_eq!(fixture.service.tenant.write_counts(), [], "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_edits_are_kept_or_none() {
    let fixture = Fixture::new(5).await;
    let wrong = vec![create("ada"), create("not a name")];
    let proposed = fixture.propose(wrong).await;
    assert_eq!(proposed.changes, []);
    assert_eq!(proposed.problems.len(), 1);
    assert_eq!((proposed.problems[0].index, proposed.problems[0].problems[0].path.as_str()), (1, "username"));
    assert_eq!(fixture.queue().await.plan.lines, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_new_user_gets_runs_after_the_user_and_goes_with_it() {
    let fixture = Fixture::new(5).await;
    let group = organization(&fixture).await;
    let join = Edit::AddMember { group, group_kind: GroupKind::Organization, member: new(0) };
    let token = Edit::CreateToken { owner: new(0), name: "ci".to_owned(), expires_at: None };
    let proposed = fixture.propose(vec![create("ada"), join, token]).await;
    let queue = fixture.queue().await;
    assert_eq!(queue.plan.subjects.len(), 1, "one person: {:?}", queue.plan.subjects);
    assert_eq!(queue.plan.subjects[0].subject.name, "New ada");
    let lines = fixture.lines().await;
    let after: Vec<_> = lines.iter().map(|line| line.after.first().map(|after| after.reason)).collect();
    let needs = Some(OrderReason::NeedsCreated);
    assert_eq!(after, [None, needs, needs]);
    let withdrawn =
        ChangeIdsRequest { account_id: fixture.account, changes: Some(vec![proposed.changes[0].unwrap()]) };
    fixture.test.hub.withdraw_changes(withdrawn).await.unwrap();
    assert_eq!(fixture.queue().await.plan.lines, 0, "nothing can be done to somebody who is not created");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_says_what_is_lost_and_asks() {
    let fixture = Fixture::new(40).await;
    let (role, holder) =
        fixture.service.assignments().await.into_iter().next().expect("somebody holds a role");
    let user = RemoteId::new(holder);
    let request = PreviewEditsRequest {
        account_id: fixture.account,
        edits: vec![Edit::DeleteUser { user: user.clone() }],
        most: None,
    };
    let plan = fixture.test.hub.preview_edits(request.clone()).await.unwrap();
    if plan.subjects[0].subject.kind != PlanSubject::User {
        panic!("{role} is held by somebody else: {plan:?}");
    }
    let line = &plan.subjects[0].lines[0];
    let kinds: Vec<_> = line.losses.iter().map(|loss| loss.kind).collect();
    assert_eq!(kinds[0], LossKind::Record);
    let name = &plan.subjects[0].subject.name;
    let typed = plan
        .guards
        .iter()
        .find(|guard| matches!(&guard.guard, Guard::TypedConfirmation { text } if text == name));
    assert!(typed.is_some_and(|guard| guard.confirm), "{:?}", plan.guards);
    assert_eq!(fixture.queue().await.plan.lines, 0, "a preview keeps nothing");
    let started = fixture
        .test
        .hub
        .apply_now(ApplyNowRequest {
            account_id: fixture.account,
            edits: request.edits,
            confirmations: Vec::new(),
        })
        .await
        .unwrap();
    assert_eq!((started.run_id, started.unconfirmed.is_empty()), (None, false));
    assert_eq!(fixture.queue().await.plan.lines, 0, "what is not confirmed is not kept either");
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_access_is_not_taken_without_asking() {
    let fixture = Fixture::new(5).await;
    let application = rollcall_tests::logto::APPLICATION;
    let assignments = fixture.service.assignments().await;
    let (role, _) = assignments.iter().find(|(_, holder)| holder == application).expect("our own role");
    let edit = Edit::UnassignRole {
        role: RemoteId::new(role.clone()),
        holder: RemoteId::new(application),
        holder_kind: HolderKind::Application,
        group: None,
    };
    let request = PreviewEditsRequest { account_id: fixture.account, edits: vec![edit], most: None };
    let plan = fixture.test.hub.preview_edits(request).await.unwrap();
    let guards = &plan.subjects[0].lines[0].guards;
    assert!(guards.iter().any(|view| view.guard == Guard::OwnCredential && view.confirm), "{guards:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_persons_order_holds_and_survives_a_restart() {
    let fixture = Fixture::new(5).await;
    let users = fixture.users().await;
    let suspend = |user: &RemoteId| Edit::SetUserActive { user: user.clone(), active: false };
    let proposed = fixture.propose(users.iter().map(suspend).collect()).await;
    let mut order: Vec<i64> = proposed.changes.iter().flatten().copied().collect();
    order.reverse();
    let request = ReorderChangesRequest { account_id: fixture.account, changes: order.clone() };
    fixture.test.hub.reorder_changes(request).await.unwrap();
    let Fixture { service, test, account, folder } = fixture;
    let fixture = Fixture { test: test.reopen().await, service, account, folder };
    let lines = fixture.lines().await;
    assert_eq!(lines.iter().map(|line| line.change_id.unwrap()).collect::<Vec<_>>(), order);
    assert!(lines.iter().all(|line| line.state == ChangeState::Pending));
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_edits_are_one_plan() {
    let fixture = Fixture::new(3_000).await;
    let mut users = Vec::new();
    for offset in (0..3_000).step_by(500) {
        let page = fixture.test.users(fixture.account, "", offset, 500).await;
        users.extend(page.rows.into_iter().map(|row| RemoteId::new(row.remote_id)));
    }
    let suspend = |user: &RemoteId| Edit::SetUserActive { user: user.clone(), active: false };
    let begun = std::time::Instant::now();
    let proposed = fixture.propose(users.iter().map(suspend).collect()).await;
    let kept = begun.elapsed();
    assert!(proposed.changes.iter().all(Option::is_some));
    let begun = std::time::Instant::now();
    let queue = fixture.queue().await;
    println!("3,000 edits: kept in {kept:?}, read as a plan in {:?}", begun.elapsed());
    assert_eq!((queue.plan.lines, queue.plan.subjects.len()), (3_000, 3_000));
    assert_eq!(queue.plan.guards[0].guard, Guard::ManySubjects { count: 3_000 });
    let page = fixture.test.users(fixture.account, "", 0, 50).await;
    assert!(page.rows.iter().all(|row| row.pending.as_ref().is_some_and(|p| p.active == Some(false))));
}

/// One of the account's organisations.
pub async fn organization(fixture: &Fixture) -> RemoteId {
    let (id, _) =
        fixture.service.all("/api/organizations").await.into_iter().next().expect("an organisation");
    RemoteId::new(id)
}
