//! Every fault on every call: the run ends well and right, or in a clear message with the mirror as it was.

use rollcall_core::api::ErrorCode;
use rollcall_core::model::RunState;
use rollcall_sandbox::{Fault, FaultRule, Framing, Moment, Mutation, Quirks, RetryAfter, When};
use rollcall_tests::hub::{TestHub, difference};
use rollcall_tests::service::{Service, TOKEN};

fn status(status: u16, retry_after: Option<RetryAfter>) -> Fault {
    Fault::Status { status, retry_after, after_work: false }
}

fn faults() -> Vec<(&'static str, Fault)> {
    vec![
        ("401", status(401, None)),
        ("403", status(403, None)),
        ("404", status(404, None)),
        ("429", status(429, None)),
        ("429 with seconds", status(429, Some(RetryAfter::Seconds(0)))),
        ("429 with a date", status(429, Some(RetryAfter::DateIn(0)))),
        ("429 for an hour", status(429, Some(RetryAfter::Seconds(3600)))),
        ("500", status(500, None)),
        ("503", status(503, Some(RetryAfter::Seconds(0)))),
        ("HTML that says it is JSON", Fault::Html { status: 200, after_work: false }),
        ("HTML 502", Fault::Html { status: 502, after_work: false }),
        ("cut-off body", Fault::CutBody { framing: Framing::Length, percent: 50 }),
        ("cut-off chunked body", Fault::CutBody { framing: Framing::Chunked, percent: 50 }),
        ("JSON cut in the middle", Fault::CutJson),
        ("dropped before work", Fault::Drop { moment: Moment::BeforeWork }),
        ("dropped before headers", Fault::Drop { moment: Moment::BeforeHeaders }),
        ("dropped after headers", Fault::Drop { moment: Moment::AfterHeaders }),
        ("another origin", Fault::Redirect { status: 307, to: "http://127.0.0.2:9/".to_owned() }),
    ]
}

/// The number of requests of an undisturbed sync of the service below.
async fn undisturbed_requests(
    test: &TestHub,
    service: &Service,
    account: rollcall_core::model::AccountId,
) -> u64 {
    service.tenant.clear_requests();
    test.sync_well(account).await;
    service.tenant.requests().len() as u64
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_on_every_call_ends_right_or_leaves_the_mirror_as_it_was() {
    let service = Service::start(120, 3, Quirks { max_results: 40, ..Quirks::default() }).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    let calls = undisturbed_requests(&test, &service, account).await;
    assert!((8..30).contains(&calls), "{calls} requests");
    let mut round = 0;
    for (name, fault) in faults() {
        for (lasting, of) in [(false, calls), (true, calls)] {
            for nth in 1..=of {
                round += 1;
                let before = test.people(account).await;
                service
                    .tenant
                    .mutate(Mutation { creates: 1, deletes: 1, renames: 1, moves: 0, seed: round })
                    .await
                    .unwrap();
                if name == "403" && nth % 3 == 0 {
                    // Long enough for the service to be able to tell when it last changed.
                    tokio::time::sleep(std::time::Duration::from_millis(2300)).await;
                }
                let when = if lasting { When::From(nth) } else { When::Nth(nth) };
                service.tenant.add_fault(FaultRule::always(fault.clone()).when(when));
                let run = test.sync(account).await;
                service.tenant.clear_faults();
                let place = format!("{name}, call {nth}, lasting {lasting}: {:?}", run.error);
                if run.state == RunState::Succeeded {
                    let proved = run.proofs.iter().all(|proof| proof.complete);
                    if proved && run.counts.users > 0 {
                        assert_eq!(
                            difference(&test.people(account).await, &service.people().await),
                            "",
                            "{place}"
                        );
                    }
                } else {
                    assert_eq!(run.state, RunState::Failed, "{place}");
                    assert!(run.error.is_some_and(|error| error.code != "internal"), "{place}");
                    assert_eq!(difference(&test.people(account).await, &before), "", "{place}");
                }
                if lasting && nth > 2 {
                    // A lasting fault shows itself within a few calls; every call was hit by the single ones.
                    break;
                }
            }
        }
        test.sync_well(account).await;
        assert_eq!(difference(&test.people(account).await, &service.people().await), "", "after {name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_lasting_fault_has_the_code_that_tells_what_to_do() {
    let service = Service::start(40, 1, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    for (fault, expected) in [
        (status(401, None), ErrorCode::Unauthorized),
        (status(403, None), ErrorCode::Forbidden),
        (status(404, None), ErrorCode::AddressNotFound),
        (status(429, Some(RetryAfter::Seconds(3600))), ErrorCode::RateLimited),
        (status(429, None), ErrorCode::RateLimited),
        (status(500, None), ErrorCode::RemoteFailed),
        (Fault::Html { status: 200, after_work: false }, ErrorCode::RemoteUnexpected),
        (Fault::CutJson, ErrorCode::RemoteUnexpected),
        (Fault::Stall, ErrorCode::Timeout),
        (Fault::HugeBody { mebibytes: 80 }, ErrorCode::RemoteUnexpected),
    ] {
        // From the walk on: the service describes itself well.
        service.tenant.add_fault(FaultRule::always(fault.clone()).path("/Users").when(When::From(3)));
        test.sync(account).await;
        service.tenant.clear_faults();
        let error = test.account(account).await.sync.error.expect("a failed sync says why");
        assert_eq!(error.code, expected, "{fault:?}: {error:?}");
        assert_eq!(error.account.as_deref(), Some("Acme"));
        if expected == ErrorCode::RateLimited && matches!(fault, Fault::Status { retry_after: Some(_), .. }) {
            assert_eq!(error.retry_after_seconds, Some(3600));
        }
        assert_eq!(test.people(account).await.len(), 40);
        test.sync_well(account).await;
    }
}
