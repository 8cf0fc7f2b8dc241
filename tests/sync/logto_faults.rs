//! Every fault on every call of a Logto sync: the run ends well and right, or in a clear message with the mirror as it was.

use rollcall_core::api::ErrorCode;
use rollcall_core::model::RunState;
use rollcall_sandbox::{
    Fault, FaultRule, Framing, LogtoLoad, LogtoQuirks, Moment, Mutation, RetryAfter, When,
};
use rollcall_tests::hub::{TestHub, difference};
use rollcall_tests::logto::LogtoService;

fn faults() -> Vec<(&'static str, Fault)> {
    let status = |status, retry_after| Fault::Status { status, retry_after, after_work: false };
    vec![
        ("401", status(401, None)),
        ("403", status(403, None)),
        ("404", status(404, None)),
        ("429", status(429, None)),
        ("429 for an hour", status(429, Some(RetryAfter::Seconds(3600)))),
        ("500", status(500, None)),
        ("HTML that says it is JSON", Fault::Html { status: 200, after_work: false }),
        ("HTML 502", Fault::Html { status: 502, after_work: false }),
        ("cut-off body", Fault::CutBody { framing: Framing::Length, percent: 50 }),
        ("JSON cut in the middle", Fault::CutJson),
        ("dropped before work", Fault::Drop { moment: Moment::BeforeWork }),
        ("dropped after headers", Fault::Drop { moment: Moment::AfterHeaders }),
        ("another origin", Fault::Redirect { status: 307, to: "http://127.0.0.2:9/".to_owned() }),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_on_every_call_of_a_logto_sync_ends_right_or_leaves_the_mirror_as_it_was() {
    let load = LogtoLoad { users: 230, organizations: 2, roles: 2, ties: 1, seed: 43 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    service.tenant.clear_requests();
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    let calls = service.tenant.requests().len() as u64;
    assert!((20..70).contains(&calls), "{calls} requests");
    let (mut round, mut failed, mut survived) = (0, 0, 0);
    for (name, fault) in faults() {
        for lasting in [false, true] {
            // One that lasts is the same for its neighbours.
            for nth in (1..=calls).step_by(if lasting { 6 } else { 1 }) {
                round += 1;
                // Somebody who came a moment ago is waited for: not in each of a thousand runs.
                let creates = usize::from(round % 40 == 0);
                let deletes = usize::from(round % 8 == 0);
                let change = Mutation { creates, deletes, renames: 1, seed: round, ..Mutation::default() };
                service.tenant.mutate(change).await.unwrap();
                let before = test.people(account).await;
                let when = if lasting { When::From(nth) } else { When::Nth(nth) };
                service.tenant.add_fault(FaultRule::always(fault.clone()).when(when));
                let run = test.sync(account).await;
                test.wait_for_details(account).await;
                service.tenant.clear_faults();
                let place = format!("{name}, request {nth}, lasting: {lasting}");
                let mirror = test.people(account).await;
                if run.state == RunState::Succeeded {
                    survived += 1;
                    let truth = service.people().await;
                    let complete = run.proofs.iter().all(|proof| proof.complete);
                    assert!(complete, "{place}: {:?}", run.proofs);
                    assert!(mirror.keys().eq(truth.keys()), "{place}: {}", difference(&mirror, &truth));
                    // Of a run that went on from an interrupted one the list is as old as the oldest of it, and says so.
                    let since = run.proofs[0].read_since.expect("an age");
                    if since >= run.started_at {
                        assert_eq!(difference(&mirror, &truth), "", "{place}");
                    }
                } else {
                    failed += 1;
                    assert_eq!(run.state, RunState::Failed, "{place}");
                    let error = run.error.as_ref().expect("a reason");
                    assert_ne!(error.code, "internal", "{place}: {error:?}");
                    assert_eq!(mirror, before, "{place}: the mirror is as it was");
                }
            }
        }
    }
    println!("{round} disturbed runs: {survived} ended right, {failed} in a message");
    assert!(survived > 0 && failed > 0);
    test.sync_well(account).await;
    assert_eq!(difference(&test.people(account).await, &service.people().await), "");
}

/// Each way in which an owner can set the application up wrongly has a reason of its own.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_owner_can_set_up_wrongly_is_told_apart() {
    use rollcall_core::api::{AuthenticationDraft, ConnectAccountRequest};
    use rollcall_core::model::Secret;
    use rollcall_tests::logto::{APPLICATION, SECRET, application};
    let load = LogtoLoad { users: 3, organizations: 0, roles: 1, ties: 1, seed: 47 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let address = service.address();
    let try_with = async |address: &str, id: &str, secret: &str, resource: Option<&str>| {
        let mut draft = application("Acme", address, id, secret);
        draft.authentication = AuthenticationDraft::Application {
            application_id: id.to_owned(),
            application_secret: Secret::new(secret.to_owned()),
            resource: resource.map(str::to_owned),
        };
        test.hub.connect_account(ConnectAccountRequest { draft }).await.unwrap_err()
    };
    let expected = [
        (try_with(&address, APPLICATION, "wrong", None).await, "wrongSecret", ErrorCode::Unauthorized),
        (try_with(&address, "nobody", SECRET, None).await, "unknownApplication", ErrorCode::Unauthorized),
        (
            try_with(&address, APPLICATION, SECRET, Some("https://nope.example/api")).await,
            "unknownResource",
            ErrorCode::Unauthorized,
        ),
        (
            try_with(&format!("{address}/console"), APPLICATION, SECRET, None).await,
            "notCoreService",
            ErrorCode::AddressNotFound,
        ),
        (
            try_with(&address, APPLICATION, SECRET, Some("no address")).await,
            "resourceIndicator",
            ErrorCode::InvalidInput,
        ),
    ];
    for (error, reason, code) in expected {
        assert_eq!((error.reason.as_deref(), error.code), (Some(reason), code), "{error:?}");
        assert!(error.field.is_some(), "{error:?}");
        assert!(!serde_json::to_string(&error).unwrap().contains(SECRET));
    }
    // Without its role the application still gets an access token.
    let role = service.all("/api/roles").await.into_values().find(|role| role["type"] == "MachineToMachine");
    let role = role.expect("the management role")["id"].as_str().unwrap().to_owned();
    let path = format!("/api/roles/{role}/applications/{APPLICATION}");
    service.ask("DELETE", &path, serde_json::Value::Null).await;
    let error = try_with(&address, APPLICATION, SECRET, None).await;
    assert_eq!(
        (error.reason.as_deref(), error.code),
        (Some("roleMissing"), ErrorCode::Forbidden),
        "{error:?}"
    );
}
