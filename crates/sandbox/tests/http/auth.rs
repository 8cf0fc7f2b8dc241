//! Who gets in.

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Credential, Quirks, Sandbox, SandboxOptions, Secret, TenantOptions};
use serde_json::{Value, json};

use crate::client::{TOKEN, bench};

#[tokio::test]
async fn nobody_gets_in_without_a_credential() {
    let bench = bench(Quirks::default()).await;
    let url = format!("{}/Users", bench.tenant.base_url());
    let response = bench.http.get(&url).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert!(response.headers()["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["status"], "401", "the status of an error body is text");
    assert_eq!(body["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:Error");
    let wrong = bench.http.get(&url).bearer_auth("token-of-another").send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn basic_credentials_get_in_and_wrong_ones_do_not() {
    let bench = bench(Quirks::default()).await;
    bench
        .tenant
        .set_credentials(vec![Credential::Basic { user: "ada".into(), password: Secret::new("pass:word") }]);
    let url = format!("{}/Users", bench.tenant.base_url());
    let right = bench.http.get(&url).basic_auth("ada", Some("pass:word")).send().await.unwrap();
    assert_eq!(right.status(), StatusCode::OK);
    let wrong = bench.http.get(&url).basic_auth("ada", Some("password")).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(bench.get("/Users").await.status(), StatusCode::UNAUTHORIZED, "the token was withdrawn");
}

#[tokio::test]
async fn oauth_tokens_get_in_until_they_expire() {
    let bench = bench(Quirks::default()).await;
    let client = |token_seconds| Credential::OAuthClient {
        id: "hub".into(),
        secret: Secret::new("s3cret"),
        token_seconds,
    };
    bench.tenant.set_credentials(vec![client(600)]);
    let form = [("grant_type", "client_credentials"), ("client_id", "hub"), ("client_secret", "s3cret")];
    let url = bench.sandbox.token_url("acme");
    let given: Value = bench.http.post(&url).form(&form).send().await.unwrap().json().await.unwrap();
    assert_eq!((given["token_type"].as_str(), given["expires_in"].as_u64()), (Some("Bearer"), Some(600)));
    let users = format!("{}/Users", bench.tenant.base_url());
    let token = given["access_token"].as_str().unwrap();
    let inside = bench.http.get(&users).bearer_auth(token).send().await.unwrap();
    assert_eq!(inside.status(), StatusCode::OK);

    bench.tenant.set_credentials(vec![client(0)]);
    let by_header = bench.http.post(&url).basic_auth("hub", Some("s3cret"));
    let given: Value =
        by_header.form(&[("grant_type", "client_credentials")]).send().await.unwrap().json().await.unwrap();
    let token = given["access_token"].as_str().unwrap();
    let late = bench.http.get(&users).bearer_auth(token).send().await.unwrap();
    assert_eq!(late.status(), StatusCode::UNAUTHORIZED, "a token that lives no time has expired");
}

#[tokio::test]
async fn a_wrong_oauth_client_gets_no_token() {
    let bench = bench(Quirks::default()).await;
    let form = [("grant_type", "client_credentials"), ("client_id", "hub"), ("client_secret", "guess")];
    let response = bench.http.post(bench.sandbox.token_url("acme")).form(&form).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(response.json::<Value>().await.unwrap(), json!({ "error": "invalid_client" }));
}

#[tokio::test]
async fn tenants_know_nothing_of_each_other() {
    let options = SandboxOptions::default()
        .tenant(TenantOptions::new("acme").bearer(TOKEN))
        .tenant(TenantOptions::new("beta").bearer("token-of-beta"));
    let sandbox = Sandbox::start(options).await.unwrap();
    sandbox.tenant("acme").unwrap().generate(20, 2, 1).await.unwrap();
    sandbox.tenant("beta").unwrap().generate(3, 1, 1).await.unwrap();
    let http = crate::client::client();
    let ask = |slug: &str, token: &str| {
        http.request(Method::GET, format!("{}/Users", sandbox.base_url(slug))).bearer_auth(token).send()
    };
    let acme: Value = ask("acme", TOKEN).await.unwrap().json().await.unwrap();
    let beta: Value = ask("beta", "token-of-beta").await.unwrap().json().await.unwrap();
    assert_eq!((acme["totalResults"].as_u64(), beta["totalResults"].as_u64()), (Some(20), Some(3)));
    assert_eq!(ask("beta", TOKEN).await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(ask("gamma", TOKEN).await.unwrap().status(), StatusCode::NOT_FOUND);
}
