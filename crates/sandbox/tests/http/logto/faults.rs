//! Faults, disturbances and the admin door on a Logto tenant.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Fault, FaultRule, Framing, Kind, LogtoLoad, LogtoQuirks, Mutation, RetryAfter, When};
use serde_json::{Value, json};

use super::client::{bench, ids};

#[tokio::test]
async fn faults_match_templates_and_speak_as_the_service() {
    let bench = bench(LogtoQuirks::default()).await;
    let refused =
        |status| Fault::Status { status, retry_after: Some(RetryAfter::Seconds(2)), after_work: false };
    bench.tenant.add_fault(FaultRule::always(refused(429)).path("/api/users$").when(When::Nth(2)));
    bench.tenant.add_fault(FaultRule::always(refused(401)).path("/api/users/{userId}/roles"));
    let user = bench.user("ada@example.com").await;
    let limited = bench.get("/api/users").await;
    assert_eq!(limited.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(limited.headers()["retry-after"], "2");
    assert_eq!(bench.get("/api/users").await.status(), StatusCode::OK);
    let (status, body) = bench.send(Method::GET, &format!("/api/users/{user}/roles"), &Value::Null).await;
    assert_eq!((status, body["code"].as_str()), (401, Some("auth.unauthorized")));
    let last = bench.tenant.requests().pop().unwrap();
    assert_eq!((last.template, last.status, last.faulty), ("/api/users/{userId}/roles", Some(401), true));
    bench.tenant.add_fault(
        FaultRule::always(Fault::CutBody { framing: Framing::Length, percent: 50 }).path("/api/roles$"),
    );
    assert!(bench.get("/api/roles").await.bytes().await.is_err());
}

#[tokio::test]
async fn users_created_and_deleted_during_a_walk_shift_its_pages() {
    let bench = bench(LogtoQuirks::default()).await;
    bench.tenant.generate_logto(LogtoLoad { users: 300, seed: 3, ..LogtoLoad::default() }).await.unwrap();
    let before: BTreeSet<String> = bench.tenant.ids(Kind::User).await.unwrap().into_iter().collect();
    let mutation = Mutation { deletes: 30, seed: 5, ..Mutation::default() };
    bench.tenant.add_fault(FaultRule::always(Fault::Mutate(mutation)).path("/api/users$").when(When::Nth(1)));
    let mut seen = BTreeSet::new();
    for page in 1..=3 {
        seen.extend(ids(&bench.read(&format!("/api/users?page={page}&page_size=100")).await));
    }
    let after: BTreeSet<String> = bench.tenant.ids(Kind::User).await.unwrap().into_iter().collect();
    assert_eq!((before.len(), after.len()), (300, 270));
    assert!(after.difference(&seen).count() > 0, "living users were skipped");
    bench.tenant.mutate(Mutation { creates: 4, renames: 2, seed: 6, ..Mutation::default() }).await.unwrap();
    assert_eq!(bench.tenant.count(Kind::User).await.unwrap(), 274);
    let newest = bench.read("/api/users?page_size=4").await;
    assert!(ids(&newest).iter().all(|id| !after.contains(id)), "newcomers stand on the first page");
}

#[tokio::test]
async fn a_slow_answer_outlives_the_limit_on_idle_connections() {
    let bench = bench(LogtoQuirks { keep_alive_ms: 20, ..LogtoQuirks::default() }).await;
    bench.tenant.add_fault(FaultRule::always(Fault::Latency { milliseconds: 200 }));
    assert_eq!(bench.get("/api/users").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn another_process_programs_a_logto_tenant() {
    let bench = bench(LogtoQuirks::default()).await;
    let admin = async |method: Method, topic: &str, body: Value| -> (StatusCode, Value) {
        let url = format!("{}/_sandbox/tenants/acme{topic}", bench.sandbox.origin());
        let request = bench.http.request(method, url).bearer_auth(bench.sandbox.admin_token().expose());
        let response = request.json(&body).send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    };
    let load = json!({ "users": 40, "organizations": 3, "ties": 10 });
    let (status, given) = admin(Method::POST, "/generate", load).await;
    assert_eq!((status, &given["users"], &given["groups"]), (StatusCode::OK, &json!(40), &json!(3)));
    assert_eq!(given["baseUrl"], bench.tenant.base_url());
    let quirks = json!({ "tokenRequests": 1, "ties": "stable" });
    assert_eq!(admin(Method::PUT, "/quirks", quirks).await.0, StatusCode::OK);
    assert_eq!(bench.get("/api/users").await.status(), StatusCode::OK);
    assert_eq!(bench.get("/api/users").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(admin(Method::PUT, "/quirks", json!({ "maxResults": 4 })).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_kept_database_has_the_same_people_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let start = async || {
        use rollcall_sandbox::{Sandbox, SandboxOptions, TenantOptions};
        let tenant =
            TenantOptions::logto("acme", LogtoQuirks::default()).credential(super::client::credential(60));
        let options = SandboxOptions::default().database(folder.path().join("s.db")).tenant(tenant);
        Sandbox::start(options).await.unwrap()
    };
    let first = start().await;
    let acme = first.tenant("acme").unwrap();
    acme.generate(25, 2, 1).await.unwrap();
    let before = acme.ids(Kind::User).await.unwrap();
    let applications = acme.logto_request("GET", "/api/applications", Value::Null).await.unwrap();
    first.shutdown().await;
    drop(acme);
    let second = start().await;
    let acme = second.tenant("acme").unwrap();
    assert_eq!(acme.ids(Kind::User).await.unwrap(), before);
    assert_eq!(acme.logto_request("GET", "/api/applications", Value::Null).await.unwrap(), applications);
}
