//! The sandbox's own door.

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Quirks, Support};
use serde_json::{Value, json};

use crate::client::{Bench, bench, ids};

async fn admin(bench: &Bench, method: Method, topic: &str, body: Option<Value>) -> (StatusCode, Value) {
    let url = format!("{}/_sandbox/tenants/acme{topic}", bench.sandbox.origin());
    let mut request = bench.http.request(method, url).bearer_auth(bench.sandbox.admin_token().expose());
    if let Some(body) = body {
        request = request.json(&body);
    }
    let response = request.send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

#[tokio::test]
async fn the_door_is_closed_without_the_admin_token() {
    let bench = bench(Quirks::default()).await;
    let url = format!("{}/_sandbox/tenants/acme/faults", bench.sandbox.origin());
    assert_eq!(bench.http.get(&url).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let with_tenant_token = bench.http.get(&url).bearer_auth(crate::client::TOKEN).send().await.unwrap();
    assert_eq!(with_tenant_token.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn another_process_programs_quirks_faults_and_people() {
    let bench = bench(Quirks::default()).await;
    let (status, load) =
        admin(&bench, Method::POST, "/generate", Some(json!({ "users": 30, "groups": 2 }))).await;
    assert_eq!((status, load["users"].as_u64()), (StatusCode::OK, Some(30)));
    admin(&bench, Method::PUT, "/quirks", Some(json!({ "maxResults": 4, "pageCut": { "at": 3 } }))).await;
    assert_eq!(ids(&bench.read("/Users?count=30").await).len(), 3);
    let rule = json!({ "path": "/Users", "when": { "nth": 1 },
        "fault": { "status": { "status": 429, "retryAfter": { "seconds": 1 } } } });
    assert_eq!(admin(&bench, Method::POST, "/faults", Some(rule)).await.0, StatusCode::OK);
    assert_eq!(bench.get("/Users").await.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(bench.get("/Users").await.status(), StatusCode::OK);
    admin(&bench, Method::POST, "/mutate", Some(json!({ "deletes": 2 }))).await;
    assert_eq!(admin(&bench, Method::GET, "", None).await.1["users"], 28);
    let (_, log) = admin(&bench, Method::GET, "/requests", None).await;
    assert_eq!(log[1]["status"], 429);
    assert_eq!(log[1]["faulty"], true);
}

#[tokio::test]
async fn writes_are_counted_whatever_the_client_was_told() {
    let bench = bench(Quirks::default()).await;
    let rule = json!({ "method": "POST", "fault": { "status": { "status": 500, "afterWork": true } } });
    admin(&bench, Method::POST, "/faults", Some(rule)).await;
    let user = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada" });
    for status in [StatusCode::INTERNAL_SERVER_ERROR, StatusCode::INTERNAL_SERVER_ERROR] {
        let sent = bench.http.post(format!("{}/Users", bench.tenant.base_url())).json(&user);
        assert_eq!(sent.bearer_auth(crate::client::TOKEN).send().await.unwrap().status(), status);
    }
    assert_eq!(bench.get("/Users").await.status(), StatusCode::OK);
    let (_, writes) = admin(&bench, Method::GET, "/writes", None).await;
    assert_eq!(
        writes,
        json!([{ "method": "POST", "template": "/Users", "count": 1 }]),
        "the name was taken then"
    );
    admin(&bench, Method::DELETE, "/requests", None).await;
    assert_eq!(admin(&bench, Method::GET, "/writes", None).await.1, json!([]));
}

#[tokio::test]
async fn what_a_service_does_not_support_is_refused_and_not_announced() {
    let refused = Support::Refused;
    let bench = bench(Quirks { patch: refused, delete: refused, ..Quirks::default() }).await.with(1, 0).await;
    let config = bench.read("/ServiceProviderConfig").await;
    assert_eq!(config["patch"]["supported"], false);
    let id = ids(&bench.read("/Users").await).remove(0);
    for method in [Method::PATCH, Method::DELETE] {
        let url = format!("{}/Users/{id}", bench.tenant.base_url());
        let sent = bench.http.request(method, url).bearer_auth(crate::client::TOKEN).body("{}");
        assert_eq!(sent.send().await.unwrap().status(), StatusCode::NOT_IMPLEMENTED);
    }
}

#[tokio::test]
async fn a_misspelt_quirk_is_refused() {
    let bench = bench(Quirks::default()).await;
    let (status, body) = admin(&bench, Method::PUT, "/quirks", Some(json!({ "maxResult": 4 }))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body["detail"].as_str().unwrap().contains("maxResult"));
}

#[tokio::test]
async fn a_stopped_sandbox_is_gone() {
    let bench = bench(Quirks::default()).await.with(3, 0).await;
    assert_eq!(bench.get("/Users").await.status(), StatusCode::OK);
    let Bench { sandbox, tenant, http } = bench;
    let url = format!("{}/Users", tenant.base_url());
    sandbox.shutdown().await;
    assert!(http.get(url).send().await.unwrap_err().is_connect());
}
