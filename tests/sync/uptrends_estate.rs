//! An account that watches much: each monitor costs a request, so they are sent as many at once as is careful, and a run that
//! is interrupted between two of them goes on there.

use std::time::Duration;

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, RunState, Stream};
use rollcall_core::remote::ClientSettings;
use rollcall_sandbox::{
    Fault, FaultRule, Sandbox, SandboxOptions, Tenant, UptrendsLoad, UptrendsQuirks, When, uptrends_sample,
};
use rollcall_tests::hub::{TestHub, impatient};
use rollcall_tests::uptrends::{UptrendsService, api_user};

const RIGHTS: &str = "/Monitor/{monitorGuid}/Authorizations";
const MONITORS: usize = 240;

fn load() -> UptrendsLoad {
    UptrendsLoad {
        operators: 12,
        groups: 4,
        monitors: MONITORS,
        monitor_groups: 8,
        shared: 3,
        seed: 11,
        ..UptrendsLoad::default()
    }
}

/// Requests for the rights on monitors that are not answered yet, and all of them.
fn asked(tenant: &Tenant) -> (usize, usize) {
    let requests = tenant.requests();
    let of_monitors = || requests.iter().filter(|request| request.template == RIGHTS);
    (of_monitors().filter(|request| request.status.is_none()).count(), of_monitors().count())
}

async fn counts(test: &TestHub, account: AccountId) -> [u64; 2] {
    let view = test.account(account).await;
    let request = HubRequest { account_id: Some(account) };
    let hub = test.hub.get_hub(request).await.unwrap();
    let monitors = hub.monitors.expect("monitors");
    [view.users, monitors.production.into()]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_of_a_monitoring_team_is_mirrored_whole() {
    let sample = uptrends_sample().unwrap();
    let tenant = sample.options(rollcall_sandbox::Secret::new("secret"));
    let sandbox = Sandbox::start(SandboxOptions::default().tenant(tenant)).await.unwrap();
    sandbox.seed_samples().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let draft = api_user(&sample.name, &sandbox.base_url(&sample.slug), &sample.user_name, "secret");
    let account = test.hub.connect_account(ConnectAccountRequest { draft }).await.unwrap().id;
    let run = test.sync_well(account).await;
    assert!(run.proofs.iter().all(|proof| proof.complete), "{:?}", run.proofs);
    assert_eq!(counts(&test, account).await, [40, 227]);
    assert_eq!(test.account(account).await.groups, 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_requests_as_is_careful_are_under_way_at_once_and_never_more() {
    let service = UptrendsService::start(load(), UptrendsQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    let slow = FaultRule::always(Fault::Latency { milliseconds: 20 });
    service.tenant.add_fault(slow.path(RIGHTS));
    test.hub.start_sync(AccountRequest { account_id: account }).await.unwrap();
    let (mut most, mut times) = (0, 0);
    loop {
        let (waiting, all) = asked(&service.tenant);
        most = most.max(waiting);
        times += usize::from(waiting == 4);
        if all >= MONITORS {
            break;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    test.wait(account).await;
    assert_eq!(most, 4);
    assert!(times > 20, "all four are used again and again: {times}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_is_stopped_between_two_monitors_goes_on_there() {
    let service = UptrendsService::start(load(), UptrendsQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let patient = ClientSettings { read_timeout: Duration::from_secs(600), ..impatient() };
    let test = TestHub::open_with(folder.path(), Default::default(), patient).await;
    let account = service.connect(&test).await;
    service.tenant.clear_requests();
    let stall = FaultRule::always(Fault::Latency { milliseconds: 600_000 });
    service.tenant.add_fault(stall.path(RIGHTS).when(When::From(200)));
    test.hub.start_sync(AccountRequest { account_id: account }).await.unwrap();
    while asked(&service.tenant).1 < 200 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // Those before the one that stalls land meanwhile.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let stop = test.hub.cancel_sync(AccountRequest { account_id: account });
    let state = tokio::time::timeout(Duration::from_secs(5), stop).await.expect("it stops at once").unwrap();
    assert_eq!(state.state, Some(RunState::Cancelled));

    service.tenant.clear_faults();
    service.tenant.clear_requests();
    let run = test.sync_well(account).await;
    assert!(run.resumed);
    assert!(run.proofs.iter().all(|proof| proof.complete), "{:?}", run.proofs);
    let again = asked(&service.tenant).1;
    assert!((40..100).contains(&again), "{again} requests: the first monitors were not asked for again");
    let mirrored: i64 = test
        .database()
        .query_row(
            "SELECT count(*) FROM grants JOIN resources ON resources.remote_id = grants.resource_id
             WHERE resources.kind = 'monitor'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let mut truth = 0;
    for monitor in service.list("/Monitor").await {
        let id = monitor["MonitorGuid"].as_str().unwrap();
        truth += service.list(&format!("/Monitor/{id}/Authorizations")).await.len();
    }
    assert_eq!(mirrored, i64::try_from(truth).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_before_a_sync_was_stopped_is_still_known_to_be_hidden_when_another_start_goes_on() {
    let service = UptrendsService::start(load(), UptrendsQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let patient = ClientSettings { read_timeout: Duration::from_secs(600), ..impatient() };
    let test = TestHub::open_with(folder.path(), Default::default(), patient).await;
    let account = service.connect(&test).await;
    test.sync_well(account).await;
    let grants = |test: &TestHub| -> i64 {
        let count = "SELECT count(*) FROM grants WHERE resource_id <> ''";
        test.database().query_row(count, [], |row| row.get(0)).unwrap()
    };
    let before = grants(&test);

    // The rights on one of the first monitors are refused, then a later one stalls and the window is closed.
    let refused = FaultRule::always(Fault::Status { status: 403, retry_after: None, after_work: false });
    service.tenant.add_fault(refused.path(RIGHTS).when(When::Nth(3)));
    let stall = FaultRule::always(Fault::Latency { milliseconds: 600_000 });
    service.tenant.add_fault(stall.path(RIGHTS).when(When::From(200)));
    service.tenant.clear_requests();
    test.hub.start_sync(AccountRequest { account_id: account }).await.unwrap();
    while asked(&service.tenant).1 < 200 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    test.hub.cancel_sync(AccountRequest { account_id: account }).await.unwrap();

    service.tenant.clear_faults();
    let test = test.reopen().await;
    let run = test.sync(account).await;
    assert!(run.resumed);
    let proof = run.proofs.iter().find(|proof| proof.stream == Stream::ResourceGrants).unwrap();
    assert!(!proof.complete, "{proof:?}");
    assert_eq!(grants(&test), before, "nothing is removed because of what was not shown");
}
