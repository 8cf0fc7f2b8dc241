//! Exit codes and what is said with them: what happened, to which account, what to do.

use std::process::Stdio;

use rollcall_sandbox::{Credential, Fault, FaultRule, Mutation, Quirks, Secret};
use rollcall_tests::ctl::{Ctl, ended};
use rollcall_tests::keychain::Session;
use rollcall_tests::service::{Service, TOKEN};

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_failure_has_its_own_exit_code() {
    let service = Service::start(60, 1, Quirks::default()).await;
    let ctl = Ctl::new();
    assert_eq!(ctl.run(&["users"]).await.code, 3, "nothing is connected");
    assert_eq!(ctl.run(&["no-such-command"]).await.code, 2);
    assert_eq!(ctl.run(&["diff", "--since", "soon"]).await.code, 2);
    let refused = ctl.connect("Acme", &service.address(), "wrong").await;
    assert_eq!(refused.code, 4, "{}", refused.err);
    let unreachable = ctl.connect("Acme", "http://127.0.0.1:1/scim", TOKEN).await;
    assert_eq!(unreachable.code, 5, "{}", unreachable.err);
    let blank = ctl.connect("Acme", &service.address(), "\n").await;
    assert_eq!(blank.code, 2, "{}", blank.err);
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    let taken = ctl.connect("ACME", &service.address(), TOKEN).await;
    assert_eq!(taken.code, 2, "{}", taken.err);
    let unknown = ctl.run(&["users", "--account", "Other"]).await;
    assert_eq!(unknown.code, 3);
    assert!(unknown.err.contains("There are: Acme."), "{}", unknown.err);

    service.tenant.set_credentials(vec![Credential::Bearer(Secret::new("another"))]);
    let refused = ctl.run(&["sync"]).await;
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(
        refused.err.contains("Acme: ") && refused.err.contains("Give a new credential"),
        "{}",
        refused.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_removes_many_waits_and_is_decided_on_the_command_line() {
    let service = Service::start(100, 1, Quirks::default()).await;
    let ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    ctl.run(&["sync"]).await.well();
    service.tenant.mutate(Mutation { deletes: 60, seed: 3, ..Mutation::default() }).await.unwrap();
    let waiting = ctl.run(&["sync", "--json"]).await;
    assert_eq!(waiting.code, 6, "{}", waiting.err);
    assert!(waiting.err.contains("60 users would be removed"), "{}", waiting.err);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&waiting.out).unwrap();
    let run = rows[0]["run"].to_string();
    assert_eq!(ctl.run(&["users", "--json"]).await.rows().len(), 100);
    let shown = ctl.run(&["review", &run, "--json"]).await;
    assert_eq!(shown.code, 6);
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&shown.out).unwrap().len(), 60);
    ctl.run(&["review", &run, "--apply"]).await.well();
    assert_eq!(ctl.run(&["users", "--json"]).await.rows().len(), 40);
    assert_eq!(ctl.run(&["review", &run, "--discard"]).await.code, 1, "it is decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_or_missing_keychain_is_said_and_nothing_is_lost() {
    let service = Service::start(20, 1, Quirks::default()).await;
    let mut ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    ctl.run(&["sync"]).await.well();
    for open in [Some(false), None] {
        match open {
            Some(open) => ctl.session.start_keychain(open),
            None => ctl.session.stop_keychain(),
        }
        let locked = ctl.run(&["users"]).await;
        assert_eq!(locked.code, 7, "{}", locked.err);
        assert!(locked.out.is_empty() && locked.err.contains("keychain"), "{}", locked.err);
    }
    ctl.session.start_keychain(true);
    assert_eq!(ctl.run(&["users", "--json"]).await.rows().len(), 20);
    let bare = Ctl::in_session(Session::without_bus());
    assert_eq!(bare.connect("Acme", &service.address(), TOKEN).await.code, 7);
    assert!(!bare.folder.join("rollcall.db").exists(), "nothing is written without a keychain");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stops_reading_the_output_ends_it_quietly() {
    let service = Service::start(3_000, 1, Quirks::default()).await;
    let ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    ctl.run(&["sync"]).await.well();
    let shell = format!("{} users | head -n 1", rollcall_tests::ctl::application().display());
    let mut command = ctl.program("bash");
    command.args(["-o", "pipefail", "-c", &shell]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ran = ended(command.spawn().unwrap()).await;
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_stops_a_sync_at_once_and_the_next_one_goes_on() {
    let service = Service::start(400, 1, Quirks { max_results: 20, ..Quirks::default() }).await;
    let ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    service.tenant.clear_requests();
    service.tenant.add_fault(FaultRule::always(Fault::Latency { milliseconds: 150 }));
    let syncing = ctl.start(&["sync", "--json"]);
    while service.tenant.requests().len() < 8 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let stop = ctl.program("kill").arg("-INT").arg(syncing.id().unwrap().to_string()).status().await.unwrap();
    assert!(stop.success());
    let stopped = ended(syncing).await;
    assert_eq!(stopped.code, 130, "{}", stopped.err);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&stopped.out).unwrap();
    assert_eq!(rows[0]["state"], "cancelled");
    service.tenant.clear_faults();
    ctl.run(&["sync"]).await.well();
    assert_eq!(ctl.run(&["users", "--json"]).await.rows().len(), 400);
}
