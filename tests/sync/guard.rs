//! The guard and one bad record: nothing is dropped silently.

use rollcall_core::api::*;
use rollcall_core::model::RunState;
use rollcall_sandbox::{Kind, Mutation, Quirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::service::{Service, TOKEN};

async fn half_gone() -> (Service, tempfile::TempDir, TestHub, rollcall_core::model::AccountId, RunView) {
    let service = Service::start(100, 2, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    service.tenant.mutate(Mutation { deletes: 50, seed: 3, ..Mutation::default() }).await.unwrap();
    let run = test.sync(account).await;
    (service, folder, test, account, run)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_removes_half_of_the_people_waits_for_a_person() {
    let (_service, _folder, test, account, run) = half_gone().await;
    assert_eq!(run.state, RunState::AwaitingReview);
    assert_eq!(run.counts.users_removed, 50);
    assert_eq!(test.people(account).await.len(), 100, "the mirror is as it was");
    let detail = test.run(run.id).await;
    assert_eq!(detail.removals.len(), 50);
    assert_eq!(test.account(account).await.sync.next_at, None, "no automatic sync decides for the person");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_plan_is_applied_even_after_a_restart() {
    let (service, _folder, test, account, run) = half_gone().await;
    let test = test.reopen().await;
    let request = ResolveGuardRequest { run_id: run.id, decision: GuardDecision::Apply };
    let run = test.hub.resolve_guard(request).await.unwrap();
    assert_eq!((run.state, run.counts.users_removed), (RunState::Succeeded, 50));
    assert_eq!(test.people(account).await, service.people().await);
    let again = ResolveGuardRequest { run_id: run.id, decision: GuardDecision::Apply };
    assert_eq!(test.hub.resolve_guard(again).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_plan_leaves_the_mirror_as_it_was() {
    let (_service, _folder, test, account, run) = half_gone().await;
    let request = ResolveGuardRequest { run_id: run.id, decision: GuardDecision::Discard };
    assert_eq!(test.hub.resolve_guard(request).await.unwrap().state, RunState::Discarded);
    assert_eq!(test.people(account).await.len(), 100);
    assert_eq!(test.sync(account).await.state, RunState::AwaitingReview, "the next sync asks again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_suddenly_lists_nobody_empties_nothing() {
    let service = Service::start(5, 1, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    for id in service.tenant.ids(Kind::User).await.unwrap() {
        service.tenant.delete(Kind::User, &id).await.unwrap();
    }
    assert_eq!(test.sync(account).await.state, RunState::AwaitingReview);
    assert_eq!(test.people(account).await.len(), 5);
}
