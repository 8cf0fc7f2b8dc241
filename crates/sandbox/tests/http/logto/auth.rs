//! Tokens and who gets in.

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Clock, LogtoQuirks, TenantOptions};
use serde_json::{Value, json};

use super::client::{APP, INDICATOR, NOW, SECRET, bench, credential, ids};

/// Form, status, code, description.
type Mistake = (&'static [(&'static str, &'static str)], u16, &'static str, &'static str);

#[tokio::test]
async fn every_mistake_in_a_token_request_has_its_own_answer() {
    let bench = bench(LogtoQuirks::default()).await;
    const RIGHT: (&str, &str) = ("resource", INDICATOR);
    let cases: [Mistake; 8] = [
        (&[RIGHT, ("client_secret", "guess")], 401, "oidc.invalid_client", "client authentication failed"),
        (&[RIGHT, ("client_id", "nobody")], 400, "oidc.invalid_client", "invalid client nobody"),
        (
            &[RIGHT, ("client_id", "")],
            400,
            "oidc.invalid_request",
            "no client authentication mechanism provided",
        ),
        (&[], 400, "oidc.invalid_target", "both `resource` and `organization_id` are not provided"),
        (
            &[("resource", "https://a.example")],
            400,
            "oidc.invalid_target",
            "resource indicator is missing, or unknown",
        ),
        (
            &[("resource", "nonsense")],
            400,
            "oidc.invalid_target",
            "resource indicator must be an absolute URI",
        ),
        (
            &[RIGHT, ("grant_type", "password")],
            400,
            "oidc.unsupported_grant_type",
            "unsupported grant_type requested",
        ),
        (
            &[RIGHT, ("grant_type", "")],
            400,
            "oidc.unsupported_grant_type",
            "unsupported grant_type requested",
        ),
    ];
    for (form, status, code, description) in cases {
        let (given, body) = bench.ask_token(form).await;
        assert_eq!(given.as_u16(), status, "{form:?}");
        assert_eq!(
            (body["code"].as_str(), body["error_description"].as_str()),
            (Some(code), Some(description))
        );
        assert_eq!(body["error"].as_str(), code.strip_prefix("oidc."));
    }
}

#[tokio::test]
async fn a_secret_works_until_it_expires() {
    let bench = bench(LogtoQuirks::default()).await;
    let path = format!("/api/applications/{APP}/secrets");
    let end = NOW + 86_400_000;
    let (status, made) = bench.send(Method::POST, &path, &json!({ "name": "short", "expiresAt": end })).await;
    assert_eq!(status, 201);
    let value = made["value"].as_str().unwrap();
    assert_eq!(value.len(), 32);
    let form = [("resource", INDICATOR), ("client_secret", value)];
    assert_eq!(bench.ask_token(&form).await.0, StatusCode::OK);
    bench.tenant.set_clock(Clock::set_to(end + 1));
    let (status, body) = bench.ask_token(&form).await;
    assert_eq!(
        (status.as_u16(), body["error_description"].as_str()),
        (400, Some("client secret has expired"))
    );
}

#[tokio::test]
async fn credentials_may_come_in_a_header() {
    let bench = bench(LogtoQuirks::default()).await;
    let form = [("grant_type", "client_credentials"), ("resource", INDICATOR), ("scope", "all")];
    let request = bench.http.post(bench.sandbox.token_url("acme")).basic_auth(APP, Some(SECRET)).form(&form);
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["cache-control"], "no-store");
    let given: Value = response.json().await.unwrap();
    assert_eq!((given["scope"].as_str(), given["expires_in"].as_u64()), (Some("all"), Some(3600)));
    assert_eq!(given["access_token"].as_str().unwrap().split('.').count(), 3);
}

#[tokio::test]
async fn a_token_without_scope_is_given_and_opens_nothing() {
    let mut bench = bench(LogtoQuirks::default()).await;
    let role = ids(&bench.read("/api/roles?search=Logto%25").await).remove(0);
    let (status, _) =
        bench.send(Method::DELETE, &format!("/api/roles/{role}/applications/{APP}"), &Value::Null).await;
    assert_eq!(status, 204);
    assert_eq!(
        bench.get("/api/users").await.status(),
        StatusCode::OK,
        "the token of before has its scope inside"
    );
    for scope in ["all", "nope"] {
        let (status, given) = bench.ask_token(&[("resource", INDICATOR), ("scope", scope)]).await;
        assert_eq!(status, StatusCode::OK);
        assert!(given.get("scope").is_none(), "{given}");
        bench.token = given["access_token"].as_str().unwrap().to_owned();
        let (status, body) = bench.send(Method::GET, "/api/users", &Value::Null).await;
        assert_eq!((status, body["code"].as_str()), (403, Some("auth.forbidden")));
    }
}

#[tokio::test]
async fn a_token_ends_with_its_time_or_after_so_many_requests() {
    let mut bench = bench(LogtoQuirks { token_requests: Some(3), ..LogtoQuirks::default() }).await;
    let refused = |body: &Value| (body["code"].clone(), body["data"]["code"].clone());
    let expired = (json!("auth.unauthorized"), json!("ERR_JWT_EXPIRED"));
    for _ in 0..3 {
        assert_eq!(bench.get("/api/users").await.status(), StatusCode::OK);
    }
    let (status, body) = bench.send(Method::GET, "/api/users", &Value::Null).await;
    assert_eq!((status, refused(&body)), (401, expired.clone()));
    bench.sign_in().await;
    assert_eq!(bench.get("/api/users").await.status(), StatusCode::OK, "a new token is good again");

    bench.tenant.set_logto_quirks(LogtoQuirks { token_seconds: Some(60), ..LogtoQuirks::default() });
    bench.sign_in().await;
    bench.tenant.set_clock(Clock::set_to(NOW + 61_000));
    let (status, body) = bench.send(Method::GET, "/api/users", &Value::Null).await;
    assert_eq!((status, refused(&body)), (401, expired));
    assert_eq!(body["data"]["payload"]["client_id"], APP, "the claims are echoed");
}

#[tokio::test]
async fn strangers_are_told_what_is_wrong_with_their_token() {
    let mut bench = bench(LogtoQuirks::default()).await;
    let other = TenantOptions::logto("other", LogtoQuirks::default()).credential(credential(60));
    bench.sandbox.add_tenant(other).await.unwrap();
    let url = format!("{}/api/users", bench.tenant.base_url());
    let none: Value = bench.http.get(&url).send().await.unwrap().json().await.unwrap();
    assert_eq!(none["code"], "auth.authorization_header_missing");
    let basic: Value =
        bench.http.get(&url).basic_auth("a", Some("b")).send().await.unwrap().json().await.unwrap();
    assert_eq!(basic["code"], "auth.authorization_token_type_not_supported");
    assert_eq!(basic["data"]["supportedTypes"], json!(["Bearer"]));
    let foreign = format!("{}/api/users", bench.sandbox.base_url("other"));
    let response = bench.http.get(foreign).bearer_auth(&bench.token).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(response.json::<Value>().await.unwrap()["data"]["code"], "ERR_JWKS_NO_MATCHING_KEY");
    bench.token.replace_range(bench.token.len() - 3.., "AAA");
    let (_, forged) = bench.send(Method::GET, "/api/users", &Value::Null).await;
    assert_eq!(forged["data"]["code"], "ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
}

#[tokio::test]
async fn the_lifetime_is_that_of_the_resource() {
    let bench = bench(LogtoQuirks::default()).await;
    let path = "/api/resources/management-api";
    assert_eq!(bench.send(Method::PATCH, path, &json!({ "accessTokenTtl": 90 })).await.0, 200);
    let (_, given) = bench.ask_token(&[("resource", INDICATOR), ("scope", "all")]).await;
    assert_eq!(given["expires_in"], 90);
    let (status, body) = bench.send(Method::DELETE, path, &Value::Null).await;
    assert_eq!((status, body["code"].as_str()), (400, Some("resource.cannot_delete_management_api")));
}

#[tokio::test]
async fn every_token_request_of_a_known_application_is_logged() {
    let bench = bench(LogtoQuirks::default()).await;
    bench.ask_token(&[("resource", INDICATOR), ("client_secret", "guess")]).await;
    bench.ask_token(&[("client_id", "nobody")]).await;
    let log =
        bench.read(&format!("/api/logs?applicationId={APP}&logKey=ExchangeTokenBy.ClientCredentials")).await;
    let results: Vec<&str> =
        log.as_array().unwrap().iter().map(|row| row["payload"]["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["Error", "Success"]);
    assert!(!log.to_string().contains(SECRET) && !log.to_string().contains("guess"));
}
