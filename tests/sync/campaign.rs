//! The hostile pager: services that answer in random order, cut pages, repeat rows, lie about totals and change while
//! they are read. Nobody may be missing, nobody may be made up, and the run must know what it proved.

use futures::StreamExt;
use rollcall_core::model::RunState;
use rollcall_sandbox::{
    ConfigQuirk, CountZero, CursorMode, Fault, FaultRule, Mutation, PageCut, Quirks, RowOrder, Support,
    TotalQuirk, When,
};
use rollcall_tests::hub::{TestHub, difference};
use rollcall_tests::service::{Service, TOKEN};

const USERS: usize = 160;

fn base() -> Quirks {
    Quirks { max_results: 30, ..Quirks::default() }
}

fn quirks() -> Vec<(&'static str, Quirks)> {
    let with = |change: fn(&mut Quirks)| {
        let mut quirks = base();
        change(&mut quirks);
        quirks
    };
    vec![
        ("well-behaved", base()),
        ("ordered by random id", with(|q| q.order = RowOrder::ById)),
        ("random order for each request", with(|q| q.order = RowOrder::RandomPerRequest)),
        (
            "random order, cannot sort",
            with(|q| {
                q.order = RowOrder::RandomPerRequest;
                q.sort = Support::Ignored;
            }),
        ),
        ("pages cut short", with(|q| q.page_cut = PageCut::At(7))),
        ("pages cut at random", with(|q| q.page_cut = PageCut::Random)),
        ("rows repeated across pages", with(|q| q.repeat_rows = 9)),
        ("total of the page only", with(|q| q.total = TotalQuirk::CappedByPage)),
        ("count=0 gives everything", with(|q| q.count_zero = CountZero::Everything)),
        ("count=0 gives nothing", with(|q| q.count_zero = CountZero::TotalZero)),
        ("first row is 0", with(|q| q.start_index_from_zero = true)),
        ("cursors beside indexes", with(|q| q.cursor = CursorMode::On)),
        ("cursors only", with(|q| q.cursor = CursorMode::Only)),
        (
            "cursors without totals",
            with(|q| {
                q.cursor = CursorMode::Only;
                q.total = TotalQuirk::Missing;
            }),
        ),
        ("no description of itself", with(|q| q.service_provider_config = ConfigQuirk::Missing)),
        ("description refused", with(|q| q.service_provider_config = ConfigQuirk::Forbidden)),
        ("description is a web page", with(|q| q.service_provider_config = ConfigQuirk::Html)),
        ("description of wrong types", with(|q| q.service_provider_config = ConfigQuirk::WrongTypes)),
        (
            "description that boasts",
            with(|q| {
                q.service_provider_config = ConfigQuirk::Boasting;
                q.sort = Support::Ignored;
                q.filter = Support::Ignored;
            }),
        ),
        (
            "refuses what it announces",
            with(|q| {
                q.service_provider_config = ConfigQuirk::Boasting;
                q.sort = Support::Refused;
                q.filter = Support::Refused;
            }),
        ),
        ("no times, no versions", with(|q| q.no_meta = true)),
        (
            "no sort, no filter",
            with(|q| {
                q.sort = Support::Refused;
                q.filter = Support::Refused;
            }),
        ),
        (
            "everything at once",
            with(|q| {
                q.order = RowOrder::RandomPerRequest;
                q.page_cut = PageCut::Random;
                q.repeat_rows = 5;
                q.no_meta = true;
                q.service_provider_config = ConfigQuirk::Html;
            }),
        ),
    ]
}

/// What happens at the service while it is read: on the nth page, and for how many pages.
fn disturbances(run: u64) -> Vec<(&'static str, Vec<FaultRule>)> {
    let change = |creates, deletes, renames, moves, seed: u64| {
        let seed = seed + 100 * run;
        FaultRule::always(Fault::Mutate(Mutation { creates, deletes, renames, moves, seed })).path("/Users$")
    };
    vec![
        ("nothing changes", vec![]),
        ("one comes and one goes", vec![change(1, 1, 0, 0, 5).when(When::Nth(4))]),
        ("people come", vec![change(3, 0, 0, 0, 6).when(When::First(6))]),
        ("people go", vec![change(0, 2, 0, 0, 7).when(When::First(6))]),
        ("rows move", vec![change(0, 0, 0, 5, 8).when(When::First(5))]),
        ("all of it", vec![change(1, 1, 2, 2, 9).when(When::First(9))]),
    ]
}

/// A run that says "complete" must be right to the last user, whatever the service did; one that does not say so must
/// not have dropped anybody who is still there.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_missing_and_nobody_is_made_up_whatever_the_service_does() {
    let mut campaigns = Vec::new();
    for (quirk, quirks) in quirks() {
        for ((disturbance, first), (_, second)) in disturbances(1).into_iter().zip(disturbances(2)) {
            let place = format!("{quirk}, {disturbance}");
            campaigns.push(campaign(place, quirks.clone(), first, second));
        }
    }
    let runs: Vec<bool> = futures::stream::iter(campaigns)
        .buffer_unordered(4)
        .collect::<Vec<_>>()
        .await
        .into_iter()
        .flatten()
        .collect();
    let (proved, all) = (runs.iter().filter(|proved| **proved).count(), runs.len());
    println!("{proved} of {all} runs were proved complete");
    assert!(proved * 100 >= all * 90, "only {proved} of {all} runs were proved complete");
}

/// A first sync of a service that changes meanwhile, and a second one over a mirror that has them all; says for each
/// whether it was proved complete.
async fn campaign(place: String, quirks: Quirks, first: Vec<FaultRule>, second: Vec<FaultRule>) -> [bool; 2] {
    let service = Service::start(USERS, 4, quirks).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    let mut proved = [false; 2];
    for (proved, (time, rules)) in proved.iter_mut().zip([("first", first), ("again", second)]) {
        service.tenant.clear_faults();
        for rule in rules {
            service.tenant.add_fault(rule);
        }
        let place = format!("{place}, {time}");
        let run = test.sync(account).await;
        assert_eq!(run.state, RunState::Succeeded, "{place}: {:?}", run.error);
        check(&test, &service, account, &run, &place).await;
        *proved = run.proofs.iter().all(|proof| proof.complete);
    }
    proved
}

async fn check(
    test: &TestHub,
    service: &Service,
    account: rollcall_core::model::AccountId,
    run: &rollcall_core::api::RunView,
    place: &str,
) {
    let (mirror, truth) = (test.people(account).await, service.people().await);
    let missing: Vec<_> = truth.keys().filter(|id| !mirror.contains_key(*id)).collect();
    let phantom: Vec<_> = mirror.keys().filter(|id| !truth.contains_key(*id)).collect();
    let users = &run.proofs[0];
    if users.complete {
        assert!(
            missing.is_empty() && phantom.is_empty(),
            "{place}: missing {missing:?}, phantom {phantom:?}, {users:?}"
        );
        if users.quiet {
            assert_eq!(difference(&mirror, &truth), "", "{place}: everybody is as they are at the service");
        }
    } else {
        assert!(missing.is_empty(), "{place}: {missing:?} are missing from a listing not proved, {users:?}");
    }
}
