//! Each fault, as a client meets it.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Fault, FaultRule, Framing, Kind, Moment, Quirks, RetryAfter, When};
use serde_json::json;

use crate::client::{Bench, bench};

async fn faulty(fault: Fault) -> Bench {
    let bench = bench(Quirks::default()).await.with(200, 0).await;
    bench.tenant.add_fault(FaultRule::always(fault).path("/Users"));
    bench
}

const fn status(status: u16, retry_after: Option<RetryAfter>) -> Fault {
    Fault::Status { status, retry_after, after_work: false }
}

#[tokio::test]
async fn statuses_come_with_and_without_retry_after() {
    for code in [401, 403, 404, 429, 500, 502, 503] {
        let bench = faulty(status(code, None)).await;
        let response = bench.get("/Users").await;
        assert_eq!(response.status().as_u16(), code);
        assert!(response.headers().get("retry-after").is_none());
        assert_eq!(response.json::<serde_json::Value>().await.unwrap()["status"], code.to_string());
    }
    let seconds = faulty(status(429, Some(RetryAfter::Seconds(3)))).await;
    assert_eq!(seconds.get("/Users").await.headers()["retry-after"], "3");
    let date = faulty(status(503, Some(RetryAfter::DateIn(60)))).await.get("/Users").await;
    let date = date.headers()["retry-after"].to_str().unwrap().to_owned();
    assert!(date.ends_with(" GMT") && date.len() == 29, "an HTTP date: {date}");
    let text = faulty(status(429, Some(RetryAfter::Text("soon".into())))).await;
    assert_eq!(text.get("/Users").await.headers()["retry-after"], "soon");
}

#[tokio::test]
async fn an_answer_comes_late() {
    let bench = faulty(Fault::Latency { milliseconds: 120 }).await;
    let start = Instant::now();
    assert_eq!(bench.get("/Users").await.status(), StatusCode::OK);
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn html_says_it_is_json() {
    let response = faulty(Fault::Html { status: 200, after_work: false }).await.get("/Users").await;
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(response.text().await.unwrap().starts_with("<!DOCTYPE"));
}

#[tokio::test]
async fn a_body_ends_too_early() {
    let by_length =
        faulty(Fault::CutBody { framing: Framing::Length, percent: 50 }).await.get("/Users").await;
    assert_eq!(by_length.status(), StatusCode::OK);
    let promised = by_length.content_length().unwrap();
    assert!(promised > 10_000);
    assert!(by_length.bytes().await.is_err(), "less came than was promised");
    let mut chunked =
        faulty(Fault::CutBody { framing: Framing::Chunked, percent: 50 }).await.get("/Users").await;
    assert_eq!(chunked.content_length(), None);
    let mut came = 0;
    let end = loop {
        match chunked.chunk().await {
            Ok(Some(chunk)) => came += chunk.len(),
            end => break end,
        }
    };
    assert!(came > 0 && end.is_err(), "something came, the end did not: {came}");
}

#[tokio::test]
async fn json_ends_too_early_with_a_length_that_fits() {
    let response = faulty(Fault::CutJson).await.get("/Users").await;
    let text = response.text().await.unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).unwrap_err().is_eof());
}

#[tokio::test]
async fn a_connection_drops_before_the_answer() {
    for moment in [Moment::BeforeWork, Moment::BeforeHeaders] {
        let bench = faulty(Fault::Drop { moment }).await;
        let user = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada" });
        let failed = bench.request(Method::POST, "/Users").json(&user).send().await.unwrap_err();
        assert!(failed.is_request() && !failed.is_connect(), "{moment:?}: {failed:?}");
        let done = bench.tenant.count(Kind::User).await.unwrap() - 200;
        assert_eq!(done, usize::from(moment == Moment::BeforeHeaders), "{moment:?}");
        bench.tenant.clear_faults();
        assert_eq!(bench.get("/Users").await.status(), StatusCode::OK, "the service lives on");
    }
}

#[tokio::test]
async fn a_connection_drops_after_the_headers() {
    let response = faulty(Fault::Drop { moment: Moment::AfterHeaders }).await.get("/Users").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn an_answer_stalls() {
    let bench = faulty(Fault::Stall).await;
    let request = bench.request(Method::GET, "/Users").timeout(Duration::from_millis(400));
    let response = request.send().await.unwrap();
    assert!(response.bytes().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_body_is_huge() {
    let mut response = faulty(Fault::HugeBody { mebibytes: 20 }).await.get("/Users").await;
    let mut came = 0;
    while let Some(chunk) = response.chunk().await.unwrap() {
        came += chunk.len();
    }
    assert!(came > 20 * 1024 * 1024, "{came}");
}

#[tokio::test]
async fn a_redirect_leads_elsewhere() {
    let to = "https://elsewhere.example/scim".to_owned();
    let response = faulty(Fault::Redirect { status: 307, to: to.clone() }).await.get("/Users").await;
    assert_eq!(response.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(response.headers()["location"], to.as_str());
}

#[tokio::test]
async fn a_failure_may_come_after_the_work() {
    let bench = faulty(Fault::Status { status: 502, retry_after: None, after_work: true }).await;
    let user = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada" });
    assert_eq!(bench.send(Method::POST, "/Users", &user).await.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(bench.tenant.count(Kind::User).await.unwrap(), 201, "the user was created all the same");
}

#[tokio::test]
async fn rules_choose_their_requests() {
    let bench = bench(Quirks::default()).await;
    let cases: &[(When, &str)] = &[
        (When::Always, "!!!!!!"),
        (When::Nth(2), ".!...."),
        (When::From(3), "..!!!!"),
        (When::First(2), "!!...."),
        (When::Every(3), "..!..!"),
    ];
    for (when, expected) in cases {
        bench.tenant.clear_faults();
        bench
            .tenant
            .add_fault(FaultRule::always(status(503, None)).path("/Users$").method("GET").when(*when));
        let mut seen = String::new();
        for _ in 0..6 {
            assert_eq!(bench.get("/Groups").await.status(), StatusCode::OK, "another path is not hit");
            assert_eq!(bench.get("/Users/x").await.status(), StatusCode::NOT_FOUND, "nor a longer one");
            seen.push(if bench.get("/Users").await.status() == StatusCode::OK { '.' } else { '!' });
        }
        assert_eq!(seen, *expected, "{when:?}");
    }
}

#[tokio::test]
async fn chance_is_the_same_for_the_same_seed() {
    let bench = bench(Quirks::default()).await;
    let mut runs = Vec::new();
    for seed in [5, 5, 6] {
        bench.tenant.clear_faults();
        let when = When::Chance { probability: 0.5, seed };
        bench.tenant.add_fault(FaultRule::always(status(500, None)).when(when));
        let mut seen = Vec::new();
        for _ in 0..40 {
            seen.push(bench.get("/Users").await.status().is_success());
        }
        runs.push(seen);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[tokio::test]
async fn the_log_knows_what_was_asked_and_answered() {
    let bench = bench(Quirks::default()).await.with(3, 0).await;
    bench.tenant.add_fault(FaultRule::always(status(503, None)).path("/Groups"));
    bench.get("/Users?filter=userName%20eq%20%22secret%22").await;
    bench.get("/Users/someone").await;
    bench.get("/Groups").await;
    let seen: Vec<_> =
        bench.tenant.requests().into_iter().map(|r| (r.method, r.template, r.status, r.faulty)).collect();
    let get = || "GET".to_owned();
    assert_eq!(
        seen,
        [
            (get(), "/Users", Some(200), false),
            (get(), "/Users/{id}", Some(404), false),
            (get(), "/Groups", Some(503), true)
        ]
    );
    assert_eq!(bench.tenant.request_counts()[&(get(), "/Users", 200)], 1);
    bench.tenant.clear_requests();
    assert!(bench.tenant.requests().is_empty());
}
