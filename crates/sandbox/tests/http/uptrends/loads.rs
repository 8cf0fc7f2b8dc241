//! Loads of any size, the same every time, and kept when the sandbox stops.

use std::collections::BTreeSet;

use rollcall_sandbox::{
    Credential, Kind, Sandbox, SandboxOptions, Secret, TenantOptions, UptrendsLoad, UptrendsQuirks,
};
use serde_json::Value;

use super::client::{PASSWORD, USER, bench};

#[tokio::test]
async fn the_same_load_gives_the_same_account() {
    let (first, second) = (bench(UptrendsQuirks::default()).await, bench(UptrendsQuirks::default()).await);
    let load = UptrendsLoad::usual(200, 10, 7);
    for own in [&first, &second] {
        own.tenant.generate_uptrends(load).await.unwrap();
    }
    for path in ["/Operator", "/OperatorGroup", "/Monitor", "/MonitorGroup"] {
        assert_eq!(first.rows(path).await[1..], second.rows(path).await[1..], "{path}");
    }
    let operators = first.rows("/Operator").await;
    let addresses: BTreeSet<&str> = operators.iter().map(|own| own["Email"].as_str().unwrap()).collect();
    assert_eq!(addresses.len(), 201);
    assert!(operators.iter().filter(|own| own["IsOnDuty"] == false).count() > 10);
    assert_eq!(
        (first.rows("/ApiUser").await.len(), first.rows("/Monitor?filter=Name").await.len()),
        (41, 400)
    );
    let mut periods = 0;
    for own in &operators[1..] {
        let path = format!("/Operator/{}/DutySchedule", own["OperatorGuid"].as_str().unwrap());
        periods += first.rows(&path).await.len();
    }
    assert_eq!(periods, 100);
}

#[tokio::test]
async fn a_second_load_of_another_seed_adds_to_the_first() {
    let bench = bench(UptrendsQuirks::default()).await;
    for seed in [1, 2] {
        bench.tenant.generate_uptrends(UptrendsLoad::usual(20, 2, seed)).await.unwrap();
    }
    assert_eq!(bench.rows("/Operator").await.len(), 41);
}

#[tokio::test]
async fn a_kept_database_has_the_same_account_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let start = async || {
        let credential = Credential::Basic { user: USER.into(), password: Secret::new(PASSWORD) };
        let tenant = TenantOptions::uptrends("acme", UptrendsQuirks::default()).credential(credential);
        let options = SandboxOptions::default().database(folder.path().join("s.db")).seed(4).tenant(tenant);
        Sandbox::start(options).await.unwrap()
    };
    let first = start().await;
    let acme = first.tenant("acme").unwrap();
    acme.generate(25, 2, 1).await.unwrap();
    let before = acme.ids(Kind::User).await.unwrap();
    let users = acme.uptrends_request("GET", "/ApiUser", Value::Null).await.unwrap();
    first.shutdown().await;
    drop(acme);
    let second = start().await;
    let acme = second.tenant("acme").unwrap();
    assert_eq!(acme.ids(Kind::User).await.unwrap(), before);
    assert_eq!(acme.uptrends_request("GET", "/ApiUser", Value::Null).await.unwrap(), users);
    let made =
        acme.uptrends_request("POST", "/OperatorGroup", serde_json::json!({ "Description": "New" })).await;
    assert!(made.is_ok(), "no GUID of the first run comes again");
}
