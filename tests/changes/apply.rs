//! Applying: at the service and in the mirror it is the same, with history and receipt.

use rollcall_core::api::*;
use rollcall_core::model::{
    Action, BlockReason, CallOutcome, ChangeState, Edit, GroupKind, HolderKind, RemoteId, RunKind, RunState,
    Subject,
};
use serde_json::{Value, json};

use super::queue::organization;
use super::{Fixture, create, new, update};

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_at_the_service_in_the_mirror_in_history_and_on_the_receipt() {
    let fixture = Fixture::new(30).await;
    let user = &fixture.users().await[3];
    let edit = fixture.rename(user, "Ada Lovelace").await;
    let receipt = fixture.apply_now(vec![edit]).await;
    assert_eq!(fixture.at_service(user, "name").await, json!("Ada Lovelace"));
    let row = fixture.row(user).await.unwrap();
    assert_eq!((row.display_name.as_str(), row.pending), ("Ada Lovelace", None));
    assert_eq!((receipt.run.state, receipt.run.kind), (RunState::Succeeded, RunKind::Changes));
    assert_eq!(receipt.run.counts.users_changed, 1);
    assert_eq!(receipt.signed_in_as.as_deref(), Some(rollcall_tests::logto::APPLICATION));
    let line = &receipt.lines[0];
    assert_eq!((line.state, line.calls[0].outcome), (ChangeState::Applied, CallOutcome::Done));
    let history = fixture.test.history(fixture.account, receipt.run.id).await;
    assert!(history.iter().any(|entry| entry.field.as_deref() == Some("name")), "{history:?}");
    // The search finds the new name at once, and the next sync has nothing to do.
    assert_eq!(fixture.test.users(fixture.account, "lovelace", 0, 5).await.total, 1);
    let synced = fixture.test.sync_well(fixture.account).await;
    assert_eq!((synced.counts.users_changed, synced.baseline), (0, false));
    assert_eq!(fixture.queue().await.plan.lines, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_user_joins_and_gets_a_role_in_one_go_and_undo_takes_it_back() {
    let fixture = Fixture::new(10).await;
    let group = organization(&fixture).await;
    let roles = fixture.service.all("/api/organization-roles").await;
    let role = RemoteId::new(roles.keys().next().expect("a role of organisations").clone());
    let edits = vec![
        create("ada"),
        Edit::AddMember { group: group.clone(), group_kind: GroupKind::Organization, member: new(0) },
        Edit::AssignRole { role, holder: new(0), holder_kind: HolderKind::User, group: Some(group.clone()) },
    ];
    let receipt = fixture.apply_now(edits).await;
    assert!(receipt.lines.iter().all(|line| line.state == ChangeState::Applied), "{receipt:?}");
    let id = receipt.lines[0].subject.remote_id.clone().unwrap();
    assert_eq!(fixture.service.members().await[&(group.as_str().to_owned(), id.clone())].len(), 1);
    let request = || UserRequest { account_id: fixture.account, remote_id: id.clone() };
    let view = fixture.test.hub.get_user(request()).await.unwrap();
    assert_eq!((view.groups.len(), view.groups[0].roles.len()), (1, 1));

    let undo = fixture.test.hub.undo_run(RunRequest { run_id: receipt.run.id }).await.unwrap();
    assert_eq!((undo.edits.len(), undo.remains.len()), (3, 0), "{undo:?}");
    let undone = fixture.apply_now(undo.edits).await;
    assert!(undone.lines.iter().all(|line| line.state == ChangeState::Applied), "{undone:?}");
    assert!(fixture.test.hub.get_user(request()).await.is_err());
    assert!(!fixture.service.people().await.contains_key(&id));
    let history = fixture.test.history(fixture.account, undone.run.id).await;
    for subject in [Subject::User, Subject::Membership, Subject::RoleAssignment] {
        let noted = history.iter().any(|entry| entry.subject == subject && entry.action == Action::Removed);
        assert!(noted, "{subject:?}: {history:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_user_takes_everything_along_in_the_mirror_as_at_the_service() {
    let fixture = Fixture::new(60).await;
    let ((_, member), _) = fixture.service.members().await.into_iter().next().expect("a member");
    let receipt = fixture.apply_now(vec![Edit::DeleteUser { user: RemoteId::new(member.clone()) }]).await;
    assert_eq!(receipt.run.counts.users_removed, 1);
    assert!(!receipt.can_undo);
    assert!(!fixture.service.people().await.contains_key(&member));
    let undo = fixture.test.hub.undo_run(RunRequest { run_id: receipt.run.id }).await.unwrap();
    assert_eq!(undo.remains[0].reason, Remains::Deleted);
    let run = fixture.test.sync_well(fixture.account).await;
    let counts = (run.counts.users_removed, run.counts.members.removed, run.counts.role_assignments.removed);
    assert_eq!(counts, (0, 0, 0), "the mirror had it all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_shows_three_values_stops_its_subject_and_no_other() {
    let fixture = Fixture::new(20).await;
    let users = fixture.users().await;
    let (ada, bob) = (&users[0], &users[1]);
    let base = fixture.row(ada).await.unwrap().display_name;
    let edits = vec![
        fixture.rename(ada, "Mine").await,
        Edit::SetUserActive { user: ada.clone(), active: false },
        fixture.rename(bob, "Bob").await,
    ];
    fixture.propose(edits).await;
    let theirs = json!({ "name": "Theirs" });
    fixture.service.ask("PATCH", &format!("/api/users/{ada}"), theirs).await;
    let receipt = fixture.apply().await;
    assert_eq!(fixture.at_service(bob, "name").await, json!("Bob"));
    assert_eq!(fixture.at_service(ada, "name").await, json!("Theirs"));
    assert_eq!(fixture.at_service(ada, "isSuspended").await, json!(false), "nothing more is done to Ada");
    let conflict = receipt.lines.iter().find_map(|line| match &line.blocked {
        Some(BlockReason::Conflict { fields }) => Some((line.change_id, fields[0].clone())),
        _ => None,
    });
    let (change_id, field) = conflict.expect("a conflict");
    assert_eq!((field.base, field.mine, field.theirs), (json!(base), json!("Mine"), json!("Theirs")));
    let decide = |choice| ResolveChangeRequest { change_id, choice };
    fixture.test.hub.resolve_change(decide(ChangeChoice::KeepMine)).await.unwrap();
    fixture.apply().await;
    assert_eq!(fixture.at_service(ada, "name").await, json!("Mine"));
    assert_eq!(fixture.row(ada).await.unwrap().active, Some(false));
    assert_eq!(fixture.queue().await.plan.lines, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn theirs_can_be_taken_and_what_is_done_already_is_not_sent() {
    let fixture = Fixture::new(10).await;
    let users = fixture.users().await;
    let (ada, bob) = (&users[0], &users[1]);
    fixture.propose(vec![fixture.rename(ada, "Mine").await, fixture.rename(bob, "Bob").await]).await;
    for (user, name) in [(ada, "Theirs"), (bob, "Bob")] {
        fixture.service.ask("PATCH", &format!("/api/users/{user}"), json!({ "name": name })).await;
    }
    let writes = fixture.service.tenant.write_counts();
    let receipt = fixture.apply().await;
    assert_eq!(fixture.service.tenant.write_counts(), writes, "nothing was sent");
    let of = |user: &RemoteId| {
        receipt.lines.iter().find(|line| line.subject.remote_id.as_deref() == Some(user.as_str())).unwrap()
    };
    assert_eq!(of(bob).calls[0].outcome, CallOutcome::AlreadyDone);
    assert_eq!(fixture.row(bob).await.unwrap().display_name, "Bob");
    let undo = fixture.test.hub.undo_run(RunRequest { run_id: receipt.run.id }).await.unwrap();
    assert_eq!(undo.edits, [], "what somebody else did is not ours to undo");
    let choice = ResolveChangeRequest { change_id: of(ada).change_id, choice: ChangeChoice::TakeTheirs };
    let view = fixture.test.hub.resolve_change(choice).await.unwrap();
    assert_eq!(view.queues[0].plan.lines, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_and_what_is_in_the_way_needs_a_person() {
    let fixture = Fixture::new(10).await;
    let users = fixture.users().await;
    let taken = "ada_lovelace";
    fixture.service.ask("PATCH", &format!("/api/users/{}", users[1]), json!({ "username": taken })).await;
    fixture.propose(vec![fixture.rename(&users[0], "Ada").await, create(taken)]).await;
    fixture.service.ask("DELETE", &format!("/api/users/{}", users[0]), Value::Null).await;
    let receipt = fixture.apply().await;
    let mut blocks: Vec<_> = receipt.lines.iter().map(|line| line.blocked.clone().unwrap()).collect();
    blocks.sort_by_key(|block| *block == BlockReason::NameTaken);
    assert_eq!(blocks, [BlockReason::Gone, BlockReason::NameTaken]);
    assert_eq!(fixture.service.tenant.write_counts().iter().filter(|one| one.method == "POST").count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_has_one_place_and_another_account_its_own() {
    let fixture = Fixture::new(10).await;
    let other = super::Fixture::new(5).await;
    let second = other.service.connect_as(&fixture.test, "Globex").await;
    fixture.test.sync_well(second).await;
    let user = fixture.users().await[0].clone();
    slow(&fixture, 150);
    let edits =
        vec![update(&user, "name", json!(fixture.row(&user).await.unwrap().display_name), json!("Ada"))];
    let request = ApplyNowRequest { account_id: fixture.account, edits, confirmations: Vec::new() };
    let run = fixture.test.hub.apply_now(request).await.unwrap().run_id.unwrap();
    let busy = fixture.test.hub.start_sync(AccountRequest { account_id: fixture.account }).await.unwrap_err();
    assert_eq!(busy.code, ErrorCode::SyncBusy);
    fixture.test.sync_well(second).await;
    let receipt = fixture.receipt(run).await;
    assert_eq!(receipt.run.state, RunState::Succeeded);
    // And the other way round: while a sync runs, changes wait.
    let rename = fixture.rename(&user, "Ada L").await;
    let started = fixture.test.hub.start_sync(AccountRequest { account_id: fixture.account }).await.unwrap();
    let request =
        ApplyNowRequest { account_id: fixture.account, edits: vec![rename], confirmations: Vec::new() };
    assert_eq!(fixture.test.hub.apply_now(request).await.unwrap_err().code, ErrorCode::SyncBusy);
    fixture.test.wait(fixture.account).await;
    assert_eq!(fixture.test.run(started.run_id).await.run.state, RunState::Succeeded);
    assert_eq!(fixture.queue().await.counts.pending, 1, "it stays in the queue");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_apply_is_cancelled_between_two_calls() {
    let fixture = Fixture::new(12).await;
    let users = fixture.users().await;
    let mut edits = Vec::new();
    for user in &users[..8] {
        edits.push(fixture.rename(user, &format!("Renamed {user}")).await);
    }
    fixture.propose(edits).await;
    slow(&fixture, 60);
    let request =
        ApplyChangesRequest { account_id: fixture.account, changes: None, confirmations: Vec::new() };
    let run = fixture.test.hub.apply_changes(request).await.unwrap().run_id.unwrap();
    while fixture.queue().await.progress.is_none_or(|progress| progress.done < 2) {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let left = fixture.test.hub.cancel_apply(AccountRequest { account_id: fixture.account }).await.unwrap();
    let receipt = fixture.receipt(run).await;
    assert_eq!(receipt.run.state, RunState::Cancelled);
    let applied = receipt.lines.iter().filter(|line| line.state == ChangeState::Applied).count();
    let pending = left.queues[0].counts.pending as usize;
    assert!(applied >= 2 && pending >= 1 && applied + pending == 8, "{applied} applied, {pending} left");
    assert_eq!(fixture.writes("PATCH", "/api/users/{userId}"), applied as u64);
    fixture.service.tenant.clear_faults();
    fixture.apply().await;
    assert_eq!(fixture.writes("PATCH", "/api/users/{userId}"), 8, "each was sent once");
}

/// Every answer takes its time.
fn slow(fixture: &Fixture, milliseconds: u64) {
    use rollcall_sandbox::{Fault, FaultRule};
    fixture.service.tenant.add_fault(FaultRule::always(Fault::Latency { milliseconds }));
}
