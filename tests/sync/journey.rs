//! The main way: connect, sync, change at the service, sync again.

use rollcall_core::api::*;
use rollcall_core::model::{Action, RunState, Subject};
use rollcall_sandbox::{Fault, FaultRule, Kind, Mutation, Quirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::service::{Service, TOKEN};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sync_brings_everybody_and_lists_nobody_as_added() {
    let service = Service::start(1_234, 20, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    let run = test.sync_well(account).await;
    assert!(run.baseline);
    assert_eq!((run.counts.users, run.counts.users_added, run.counts.groups_added), (1_234, 1_234, 20));
    assert!(
        run.proofs.iter().all(|proof| proof.complete && proof.quiet && proof.walks == 1),
        "{:?}",
        run.proofs
    );
    assert_eq!(test.people(account).await, service.people().await);
    assert_eq!(test.history(account, run.id).await, []);
    let hub = test.hub.get_hub(HubRequest { account_id: Some(account) }).await.unwrap();
    assert_eq!((hub.users, hub.active + hub.suspended, hub.groups), (1_234, 1_234, 20));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_with_nothing_changed_changes_nothing() {
    let service = Service::start(700, 9, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    let run = test.sync_well(account).await;
    assert!(!run.baseline);
    let expected = rollcall_core::model::Counts { users: 700, groups: 9, ..Default::default() };
    assert_eq!(run.counts, expected);
    assert_eq!(test.history(account, run.id).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_at_the_service_is_in_the_history_field_by_field() {
    let service = Service::start(50, 2, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;

    let ids = service.tenant.ids(Kind::User).await.unwrap();
    let (leaver, renamed) = (&ids[3], &ids[4]);
    let group = service.tenant.ids(Kind::Group).await.unwrap()[0].clone();
    service.tenant.delete(Kind::User, leaver).await.unwrap();
    let rename = json!([{"op": "replace", "path": "title", "value": "Chief of Tests"},
                        {"op": "replace", "path": "active", "value": false}]);
    service.tenant.patch(Kind::User, renamed, rename).await.unwrap();
    let joiner = service
        .tenant
        .create(Kind::User, json!({"userName": "zoe@acme.example", "displayName": "Zoë Tester"}))
        .await
        .unwrap();
    let join = json!([{"op": "add", "path": "members", "value": [{"value": joiner}]}]);
    service.tenant.patch(Kind::Group, &group, join).await.unwrap();

    let run = test.sync_well(account).await;
    let counts = run.counts;
    assert_eq!((counts.users_added, counts.users_changed, counts.users_removed), (1, 1, 1));
    assert!(counts.memberships_added >= 1);
    let history = test.history(account, run.id).await;
    let of = |subject, action| history.iter().filter(move |e| e.subject == subject && e.action == action);
    let added: Vec<_> = of(Subject::User, Action::Added).map(|e| e.name.as_str()).collect();
    assert_eq!(added, ["Zoë Tester"]);
    let removed: Vec<_> = of(Subject::User, Action::Removed).map(|e| e.remote_id.as_str()).collect();
    assert_eq!(removed, [leaver.as_str()]);
    let title = of(Subject::User, Action::Changed).find(|e| e.field.as_deref() == Some("title")).unwrap();
    assert_eq!(title.after, Some(json!("Chief of Tests")));
    let active = of(Subject::User, Action::Changed).find(|e| e.field.as_deref() == Some("active")).unwrap();
    assert_eq!(active.after, Some(json!(false)));
    let membership = of(Subject::Membership, Action::Added).find(|e| e.remote_id == group).unwrap();
    assert_eq!(membership.member_name.as_deref(), Some("Zoë Tester"));
    assert_eq!(test.people(account).await, service.people().await);
    let found = test.users(account, "zoe tester", 0, 10).await;
    assert_eq!(found.total, 1, "the search index is as new as the mirror");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_sync_side_by_side_and_do_not_mix() {
    let (one, two) =
        tokio::join!(Service::start(400, 5, Quirks::default()), Service::start(300, 3, Quirks::default()));
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let first = test.connect("One", &one.address(), TOKEN).await;
    let second = test.connect("Two", &two.address(), TOKEN).await;
    tokio::join!(test.sync_well(first), test.sync_well(second));
    assert_eq!(test.people(first).await, one.people().await);
    assert_eq!(test.people(second).await, two.people().await);
    test.hub.forget_account(AccountRequest { account_id: first }).await.unwrap();
    assert_eq!(test.people(second).await, two.people().await);
    assert_eq!(test.people(first).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_there_after_a_restart_with_the_service_gone() {
    let service = Service::start(321, 4, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    let people = service.people().await;
    service.sandbox.shutdown().await;
    let test = test.reopen().await;
    assert_eq!(test.people(account).await, people);
    let run = test.sync(account).await;
    assert_eq!(run.state, RunState::Failed);
    assert_eq!(run.error.unwrap().code, "offline");
    let error = test.account(account).await.sync.error.unwrap();
    assert_eq!((error.code, error.account.as_deref()), (ErrorCode::Offline, Some("Acme")));
    assert_eq!(test.people(account).await, people);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_asks_while_its_data_is_being_prepared_is_told_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let closed = || TestHub::closed(&data, Default::default(), rollcall_tests::hub::impatient());
    std::fs::write(&data, b"a file where the folder should be").unwrap();
    let test = closed();
    let ((), state) = tokio::join!(test.hub.prepare(), test.hub.get_app_state(EmptyRequest {}));
    assert_eq!((state.unwrap().storage, data.is_file()), (None, true));
    std::fs::remove_file(&data).unwrap();
    let test = closed();
    let ((), state) = tokio::join!(test.hub.prepare(), test.hub.get_app_state(EmptyRequest {}));
    let state = state.unwrap();
    assert_eq!((state.problem, state.storage), (None, Some(StorageMode::Disk)));
}

#[tokio::test(flavor = "multi_thread")]
async fn for_this_session_only_everything_works_and_nothing_is_written() {
    let service = Service::start(250, 3, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestHub::closed(&data, Default::default(), rollcall_tests::hub::impatient());
    let request = OpenStoreRequest { mode: StorageMode::Session, begin_anew: false };
    let state = test.hub.open_store(request).await.unwrap();
    assert_eq!(state.storage, Some(StorageMode::Session));
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    let other = test.connect("Acme again", &service.address(), TOKEN).await;
    tokio::join!(test.sync_well(account), test.sync_well(other));
    test.sync_well(account).await;
    assert_eq!(test.people(account).await, service.people().await);
    assert!(!data.exists(), "nothing is written");
    assert!(
        rollcall_core::secrets::SecretStore::find(test.secrets.as_ref(), "database-key").unwrap().is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn for_this_session_only_any_number_of_accounts_sync_at_once() {
    let service = Service::start(120, 3, Quirks::default()).await;
    let test = TestHub::closed("/nowhere".as_ref(), Default::default(), rollcall_tests::hub::impatient());
    let request = OpenStoreRequest { mode: StorageMode::Session, begin_anew: false };
    test.hub.open_store(request).await.unwrap();
    // All of them are between their first page and their last before one ends.
    service.tenant.add_fault(FaultRule::always(Fault::Latency { milliseconds: 100 }));
    let mut accounts = Vec::new();
    for number in 0..15 {
        accounts.push(test.connect(&format!("Acme {number}"), &service.address(), TOKEN).await);
    }
    for account_id in &accounts {
        test.hub.start_sync(AccountRequest { account_id: *account_id }).await.unwrap();
    }
    for account in &accounts {
        test.wait(*account).await;
        let sync = test.account(*account).await.sync;
        assert_eq!((sync.state, sync.error), (Some(RunState::Succeeded), None));
        assert_eq!(test.people(*account).await, service.people().await);
    }
    // A decision that is awaited takes nobody's place either.
    service.tenant.mutate(Mutation { deletes: 60, seed: 3, ..Mutation::default() }).await.unwrap();
    for account_id in &accounts {
        test.hub.start_sync(AccountRequest { account_id: *account_id }).await.unwrap();
    }
    for account_id in accounts {
        test.wait(account_id).await;
        let run = test.account(account_id).await.sync;
        assert_eq!(run.state, Some(RunState::AwaitingReview), "{:?}", run.error);
        let decision = GuardDecision::Apply;
        let request = ResolveGuardRequest { run_id: run.run_id.unwrap(), decision };
        test.hub.resolve_guard(request).await.unwrap();
        assert_eq!(test.people(account_id).await, service.people().await);
    }
}
