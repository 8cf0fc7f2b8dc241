//! Signing in: bearer, basic, and OAuth 2.0 client credentials.

use std::collections::BTreeMap;
use std::sync::Arc;

use rollcall_core::api::ErrorCode;
use rollcall_core::model::{Account, Authentication, Stream};
use rollcall_core::remote::{DirectoryRead, RemoteError, Walk, open};
use rollcall_tests::accounts::{bearer, credential};
use serde_json::json;

use crate::fake::{Fake, Reply, SECRET, Seen, quick, user};

fn oauth(address: &str, token_address: &str) -> Account {
    let authentication = Authentication::OauthClientCredentials {
        token_address: token_address.to_owned(),
        client_id: "client:1".to_owned(),
        scope: Some("scim.read".to_owned()),
        parameters: BTreeMap::from([("resource".to_owned(), "https://id.example.com/".to_owned())]),
    };
    Account { authentication, ..bearer(address) }
}

fn sign_in(fake: &Fake) -> Arc<dyn DirectoryRead> {
    let account = oauth(&fake.address, &format!("{}/token", fake.address));
    open(&account, &credential(SECRET), quick()).unwrap()
}

fn token(text: &str, expires_in: u64) -> Reply {
    Reply::json(&json!({"access_token": text, "token_type": "bearer", "expires_in": expires_in}))
}

/// A service whose token endpoint answers with `grant` and which accepts access tokens that `accept` likes.
async fn service(
    grant: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
    accept: impl Fn(&str) -> bool + Send + Sync + 'static,
) -> Fake {
    let granted = std::sync::atomic::AtomicUsize::new(0);
    Fake::start(move |seen, _| match seen.path() {
        "/token" => grant(seen, granted.fetch_add(1, std::sync::atomic::Ordering::SeqCst)),
        _ if !accept(seen.header("Authorization").unwrap_or_default()) => {
            Reply::refusal(401, "token is not good")
        }
        "/Users" => Reply::list(1, &[user("1")]),
        _ => Reply::refusal(404, "none"),
    })
    .await
}

fn token_requests(fake: &Fake) -> Vec<Seen> {
    fake.seen().into_iter().filter(|seen| seen.path() == "/token").collect()
}

#[tokio::test]
async fn basic_sends_name_and_password() {
    let fake = Fake::users(|_, _| Reply::list(0, &[])).await;
    let authentication = Authentication::Basic { user_name: "ann".to_owned() };
    let account = Account { authentication, ..bearer(&fake.address) };
    let directory = open(&account, &credential(SECRET), quick()).unwrap();
    directory.discover().await.unwrap();
    // base64 of "ann:s3cret-credential"
    assert_eq!(fake.seen()[0].header("Authorization"), Some("Basic YW5uOnMzY3JldC1jcmVkZW50aWFs"));
    assert_eq!(fake.seen()[0].header("User-Agent"), Some(concat!("Rollcall/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(fake.seen()[0].header("Accept"), Some("application/scim+json, application/json"));
}

#[tokio::test]
async fn an_access_token_is_asked_for_once_and_used_until_it_ends() {
    let fake = service(|_, _| token("T1", 3600), |sent| sent == "Bearer T1").await;
    let directory = sign_in(&fake);
    directory.discover().await.unwrap();
    directory.page(Stream::Users, Walk::Natural, None).await.unwrap();
    let asked = token_requests(&fake);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].method, "POST");
    assert_eq!(
        asked[0].body,
        "grant_type=client_credentials&scope=scim.read&resource=https%3A%2F%2Fid.example.com%2F"
    );
    // base64 of "client%3A1:s3cret-credential": form-encoded first, so that the colon cannot be mistaken.
    assert_eq!(asked[0].header("Authorization"), Some("Basic Y2xpZW50JTNBMTpzM2NyZXQtY3JlZGVudGlhbA=="));
}

#[tokio::test]
async fn an_ended_token_is_replaced() {
    let fake = service(|_, before| token(&format!("T{before}"), 0), |_| true).await;
    sign_in(&fake).discover().await.unwrap();
    assert_eq!(token_requests(&fake).len(), 5, "a life of nothing: one to sign in, one for every request");
}

#[tokio::test]
async fn a_token_that_is_refused_is_replaced_once() {
    let fake = service(|_, before| token(&format!("T{before}"), 3600), |sent| sent != "Bearer T0").await;
    sign_in(&fake).discover().await.unwrap();
    assert_eq!(token_requests(&fake).len(), 2);

    let fake = service(|_, before| token(&format!("T{before}"), 3600), |_| false).await;
    let error = sign_in(&fake).page(Stream::Users, Walk::Natural, None).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::Unauthorized);
    assert!(error.to_string().starts_with("GET /Users"), "{error}");
}

#[tokio::test]
async fn a_client_that_is_not_known_by_its_header_signs_in_by_form() {
    for status in [400, 401] {
        let fake = service(
            move |seen, _| match seen.header("Authorization") {
                Some(_) => Reply::new(status, r#"{"error":"invalid_client"}"#),
                None if seen.body.ends_with("&client_id=client%3A1&client_secret=s3cret-credential") => {
                    token("T1", 3600)
                }
                None => Reply::new(400, r#"{"error":"invalid_request"}"#),
            },
            |sent| sent == "Bearer T1",
        )
        .await;
        sign_in(&fake).discover().await.unwrap();
        assert_eq!(token_requests(&fake).len(), 2);
    }
}

#[tokio::test]
async fn a_wrong_client_secret_is_unauthorized_at_the_token_endpoint() {
    let words = r#"{"error":"invalid_client","error_description":"no client s3cret-credential"}"#;
    let fake = service(move |_, _| Reply::new(401, words), |_| true).await;
    let error = sign_in(&fake).discover().await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::Unauthorized);
    assert!(error.to_string().starts_with("POST token endpoint"), "{error}");
    assert!(format!("{error:?}").contains("no client ***"), "{error:?}");
}

#[tokio::test]
async fn a_token_answer_that_cannot_be_used_is_told() {
    for (reply, code, words) in [
        (Reply::new(200, "<html>Sign in</html>"), ErrorCode::RemoteUnexpected, "web page"),
        (Reply::new(200, "{}"), ErrorCode::RemoteUnexpected, "token answer"),
        (
            Reply::new(200, r#"{"access_token":"T","token_type":"mac"}"#),
            ErrorCode::RemoteUnexpected,
            "other than Bearer",
        ),
        (Reply::new(400, r#"{"error":"invalid_scope"}"#), ErrorCode::RemoteRejected, "invalid_scope"),
        (Reply::new(404, "nothing here"), ErrorCode::AddressNotFound, "nothing here"),
    ] {
        let fake = service(move |_, _| reply.clone(), |_| true).await;
        let error = sign_in(&fake).page(Stream::Users, Walk::Natural, None).await.unwrap_err();
        assert_eq!(error.code(), code, "{words}");
        assert!(format!("{error:?}").contains(words), "{error:?}");
    }
}

#[tokio::test]
async fn an_access_token_is_never_quoted() {
    let fake = Fake::start(|seen, _| match seen.path() {
        "/token" => token("T0ken", 3600),
        _ => Reply::refusal(400, "what is Bearer T0ken?"),
    })
    .await;
    let error = sign_in(&fake).page(Stream::Users, Walk::Natural, None).await.unwrap_err();
    assert!(format!("{error:?}").contains("what is Bearer ***?"), "{error:?}");
}

#[tokio::test]
async fn a_token_request_is_repeated_only_when_it_cannot_have_arrived_or_on_request() {
    let busy = Reply::new(429, "").header("Retry-After", "0");
    for (reply, asked) in
        [(Reply::dropped(), 1), (Reply::new(500, ""), 1), (Reply::cut_off("{"), 1), (busy, 5)]
    {
        let fake = service(move |_, _| reply.clone(), |_| true).await;
        let refused = sign_in(&fake).page(Stream::Users, Walk::Natural, None).await;
        // The answer to the first question ends everything: nothing else was asked.
        assert!(refused.is_err());
        assert_eq!(token_requests(&fake).len(), asked, "{refused:?}");
    }
}

#[tokio::test]
async fn a_token_address_that_would_expose_the_secret_is_refused() {
    let account = oauth("https://id.example.com/scim", "http://id.example.com/token");
    let error = open(&account, &credential(SECRET), quick()).err().unwrap();
    assert!(matches!(&error, RemoteError::Settings { reason } if reason.contains("https://")), "{error}");
}

#[tokio::test]
async fn a_credential_that_cannot_be_sent_is_refused() {
    let error = open(&bearer("https://id.example.com"), &credential("two\nlines"), quick()).err().unwrap();
    assert_eq!(error.code(), ErrorCode::InvalidInput);
    assert!(!format!("{error:?}").contains("lines\""), "{error:?}");
}
