//! Starting, stopping, going on.

use std::time::Duration;

use rollcall_core::api::*;
use rollcall_core::model::RunState;
use rollcall_core::remote::ClientSettings;
use rollcall_sandbox::{Fault, FaultRule, Quirks, When};
use rollcall_tests::hub::{TestHub, impatient};
use rollcall_tests::service::{Service, TOKEN};

fn slow() -> FaultRule {
    FaultRule::always(Fault::Latency { milliseconds: 150 })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_of_an_account_is_refused_while_one_runs() {
    let service = Service::start(100, 1, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    service.tenant.add_fault(slow());
    test.hub.start_sync(AccountRequest { account_id: account }).await.unwrap();
    let error = test.hub.start_sync(AccountRequest { account_id: account }).await.unwrap_err();
    assert_eq!((error.code, error.account.as_deref()), (ErrorCode::SyncBusy, Some("Acme")));
    test.wait(account).await;
    service.tenant.clear_faults();
    test.sync_well(account).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_sync_stops_in_the_middle_of_a_request_and_the_next_one_goes_on() {
    let quirks = Quirks { max_results: 50, ..Quirks::default() };
    let service = Service::start(1_000, 1, quirks).await;
    let folder = tempfile::tempdir().unwrap();
    let patient = ClientSettings { read_timeout: Duration::from_secs(600), ..impatient() };
    let test = TestHub::open_with(folder.path(), Default::default(), patient).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    service.tenant.clear_requests();
    // The tenth page never comes to its end within the patience of this test.
    let stall = FaultRule::always(Fault::Latency { milliseconds: 600_000 });
    service.tenant.add_fault(stall.path("/Users$").when(When::From(10)));
    test.hub.start_sync(AccountRequest { account_id: account }).await.unwrap();
    while service.tenant.requests().iter().filter(|request| request.template == "/Users").count() < 9 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // The pages before the one that stalls land meanwhile.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let stop = test.hub.cancel_sync(AccountRequest { account_id: account });
    let state = tokio::time::timeout(Duration::from_secs(5), stop).await.expect("it stops at once").unwrap();
    assert_eq!(state.state, Some(RunState::Cancelled));
    assert_eq!(test.people(account).await.len(), 0, "the mirror is as it was");

    service.tenant.clear_faults();
    service.tenant.clear_requests();
    let run = test.sync_well(account).await;
    assert!(run.resumed);
    assert_eq!(test.people(account).await, service.people().await);
    let pages = service.tenant.requests().iter().filter(|request| request.template == "/Users").count();
    assert!(pages < 20, "{pages} requests: the first pages were not asked for again");
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_tells_phase_done_total_and_rate() {
    let quirks = Quirks { max_results: 20, ..Quirks::default() };
    let service = Service::start(400, 1, quirks).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    service.tenant.add_fault(FaultRule::always(Fault::Latency { milliseconds: 20 }));
    test.sync_well(account).await;
    let told: Vec<_> = test
        .events
        .all()
        .into_iter()
        .filter_map(|event| match event {
            HubEvent::SyncState { sync, .. } => sync.progress,
            HubEvent::MirrorChanged { .. }
            | HubEvent::DetailsProgress { .. }
            | HubEvent::ExportProgress { .. }
            | HubEvent::ChangesChanged { .. }
            | HubEvent::ChangesProgress { .. }
            | HubEvent::AccountsChanged => None,
        })
        .collect();
    let reading = |p: &&ProgressView| p.phase == rollcall_core::model::Phase::ReadingUsers && p.done > 0;
    let reading: Vec<_> = told.iter().filter(reading).collect();
    assert!(reading.len() >= 2, "{told:?}");
    assert!(reading.iter().all(|p| p.total == Some(400) && p.rate > 0.0), "{reading:?}");
    assert!(reading.windows(2).all(|pair| pair[0].done <= pair[1].done));
    assert!(test.events.all().iter().any(|event| matches!(event, HubEvent::MirrorChanged { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_keeps_the_mirror_and_stops_syncing() {
    let service = Service::start(60, 1, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    let view = test.hub.sign_out(AccountRequest { account_id: account }).await.unwrap();
    assert!(!view.signed_in);
    assert_eq!(test.people(account).await.len(), 60);
    let error = test.hub.start_sync(AccountRequest { account_id: account }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::CredentialMissing);
    assert_eq!(error.action, ErrorAction::ReplaceCredential);
    let token = rollcall_core::model::Secret::new(TOKEN.to_owned());
    let authentication = AuthenticationDraft::Bearer { token };
    let request = ReplaceCredentialRequest { account_id: account, authentication };
    assert!(test.hub.replace_credential(request).await.unwrap().signed_in);
    test.sync_well(account).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_credential_that_fails_does_not_take_the_place_of_the_old_one() {
    let service = Service::start(10, 1, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    let token = rollcall_core::model::Secret::new("wrong".to_owned());
    let authentication = AuthenticationDraft::Bearer { token };
    let request = ReplaceCredentialRequest { account_id: account, authentication };
    let error = test.hub.replace_credential(request).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Unauthorized, Some("authentication.token")));
    test.sync_well(account).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_wrong_is_said_at_its_field_and_nothing_is_kept() {
    let service = Service::start(10, 1, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let address = service.address();
    for (name, address, token, code, field) in [
        ("", address.as_str(), TOKEN, ErrorCode::InvalidInput, "name"),
        ("Acme", "", TOKEN, ErrorCode::InvalidInput, "address"),
        ("Acme", "http://id.example.com/scim", TOKEN, ErrorCode::InvalidInput, "address"),
        ("Acme", "https://id.example.com/?x=1", TOKEN, ErrorCode::InvalidInput, "address"),
        ("Acme", "http://127.0.0.1:9/scim", TOKEN, ErrorCode::Offline, "address"),
        ("Acme", address.as_str(), " ", ErrorCode::InvalidInput, "authentication.token"),
        ("Acme", address.as_str(), "wrong", ErrorCode::Unauthorized, "authentication.token"),
    ] {
        let draft = rollcall_tests::hub::bearer(name, address, token);
        let error = test.hub.connect_account(ConnectAccountRequest { draft }).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (code, Some(field)), "{name:?} {address:?}");
    }
    assert_eq!(test.hub.list_accounts(EmptyRequest {}).await.unwrap().accounts, []);
    test.connect("Acme", &address, TOKEN).await;
    let draft = rollcall_tests::hub::bearer("  ACMÉ ", &address, TOKEN);
    let error = test.hub.connect_account(ConnectAccountRequest { draft }).await.unwrap_err();
    assert_eq!(error.reason.as_deref(), Some("nameTaken"));
}
