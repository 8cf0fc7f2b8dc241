//! One fault each: what reaches the person, and how often the service was asked.

use std::time::Duration;

use rollcall_core::api::ErrorCode;
use rollcall_core::model::Stream;
use rollcall_core::remote::{ClientSettings, Page, RemoteError, RetryKind, Walk, open};
use rollcall_tests::accounts::{bearer, credential};

use crate::fake::{Fake, Reply, SECRET, quick, user};

/// The first page of users from a server that answers with `replies` in turn, the last one for ever; and how often it
/// was asked.
async fn first_page(replies: Vec<Reply>) -> (Result<Page, RemoteError>, usize) {
    let fake = Fake::users(move |_, before| replies[before.min(replies.len() - 1)].clone()).await;
    let page = fake.directory().page(Stream::Users, Walk::Natural, None).await.map(Page::read);
    (page, fake.seen_after_discovery().len())
}

fn good() -> Reply {
    Reply::list(2, &[user("1"), user("2")])
}

#[tokio::test]
async fn a_refusal_is_final_and_tells_the_services_own_words() {
    for (status, code) in [
        (400, ErrorCode::RemoteRejected),
        (401, ErrorCode::Unauthorized),
        (403, ErrorCode::Forbidden),
        (404, ErrorCode::AddressNotFound),
        (409, ErrorCode::RemoteRejected),
        (501, ErrorCode::RemoteRejected),
    ] {
        let (page, asked) = first_page(vec![Reply::refusal(status, "the reason")]).await;
        let error = page.unwrap_err();
        assert_eq!((error.code(), asked), (code, 1), "{status}");
        assert!(error.to_string().starts_with("GET /Users:"), "{error}");
        assert!(format!("{error:?}").contains("the reason"), "{error:?}");
        assert!(!format!("{error:?} {error}").contains("startIndex"), "{error:?}");
    }
}

#[tokio::test]
async fn a_service_that_repeats_our_credential_is_not_quoted_with_it() {
    let (page, _) = first_page(vec![Reply::refusal(400, &format!("bad header Bearer {SECRET}!"))]).await;
    let error = format!("{:?}", page.unwrap_err());
    assert!(error.contains("bad header Bearer ***!") && !error.contains(SECRET), "{error}");
}

#[tokio::test]
async fn a_limit_of_requests_is_waited_out_in_every_form() {
    for retry_after in [Some("0"), Some("Sun, 06 Nov 1994 08:49:37 GMT"), Some("nonsense"), None] {
        for status in [429, 503] {
            let limited = Reply::refusal(status, "slow down");
            let limited = retry_after.map_or(limited.clone(), |value| limited.header("Retry-After", value));
            let (page, asked) = first_page(vec![limited.clone(), limited, good()]).await;
            assert_eq!((page.unwrap().received, asked), (2, 3), "{status} {retry_after:?}");
        }
    }
}

#[tokio::test]
async fn a_limit_that_stays_or_lasts_too_long_is_told() {
    let limited = Reply::refusal(429, "slow down");
    let (page, asked) = first_page(vec![limited.clone().header("Retry-After", "3600")]).await;
    let error = page.unwrap_err();
    assert_eq!((error.code(), asked), (ErrorCode::RateLimited, 1));
    assert_eq!(error.retry(), RetryKind::Transient { after: Some(Duration::from_secs(3600)) });
    let (page, asked) = first_page(vec![limited]).await;
    assert_eq!((page.unwrap_err().code(), asked), (ErrorCode::RateLimited, 5));
}

#[tokio::test]
async fn the_time_a_service_names_is_waited_and_holds_for_all_requests() {
    let fake = Fake::users(|_, before| match before {
        0 => Reply::refusal(429, "slow down").header("Retry-After", "1"),
        _ => good(),
    })
    .await;
    let directory = fake.directory();
    directory.discover().await.unwrap();
    let started = tokio::time::Instant::now();
    directory.page(Stream::Users, Walk::Natural, None).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_failure_of_the_service_is_tried_again_and_then_told() {
    for status in [408, 500, 502, 503, 504] {
        let failing = Reply::new(status, "<html>proxy says no</html>");
        let (page, asked) = first_page(vec![failing.clone(), failing.clone(), good()]).await;
        assert_eq!((page.unwrap().received, asked), (2, 3), "{status}");
        let (page, asked) = first_page(vec![failing]).await;
        assert_eq!((page.unwrap_err().code(), asked), (ErrorCode::RemoteFailed, 5), "{status}");
    }
}

#[tokio::test]
async fn a_web_page_is_recognised_whatever_it_calls_itself() {
    for content_type in ["text/html; charset=utf-8", "application/json"] {
        let page =
            Reply::new(200, "\n <!DOCTYPE html><title>Welcome</title>").header("Content-Type", content_type);
        let (page, asked) = first_page(vec![page]).await;
        let error = page.unwrap_err();
        assert_eq!((error.code(), asked), (ErrorCode::RemoteUnexpected, 1));
        assert!(error.to_string().contains("web page, not SCIM"), "{error}");
    }
    let website = Fake::start(|_, _| Reply::new(200, "<html>Welcome</html>")).await;
    assert_eq!(website.directory().discover().await.unwrap_err().code(), ErrorCode::RemoteUnexpected);
}

#[tokio::test]
async fn an_answer_that_is_not_a_list_is_unexpected() {
    for (body, words) in [
        ("[1,2]", "not a SCIM list"),
        ("{\"id\":\"1\"}", "not a SCIM list"),
        ("{\"Resources\":7,\"totalResults\":1}", "not a SCIM list"),
        ("Hello", "not JSON"),
        ("{\"a\":1}x", "not JSON"),
        ("\"text\"", "not a SCIM List"),
    ] {
        let (page, asked) = first_page(vec![Reply::new(200, body)]).await;
        let error = page.unwrap_err();
        assert_eq!((error.code(), asked), (ErrorCode::RemoteUnexpected, 1), "{body}");
        assert!(error.to_string().contains(words), "{body}: {error}");
    }
}

#[tokio::test]
async fn an_error_sent_with_a_status_of_success_is_an_error() {
    let masked = Reply::json(&serde_json::json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "400", "detail": "the reason"
    }));
    let (page, _) = first_page(vec![masked]).await;
    let error = page.unwrap_err();
    assert!(
        matches!(&error, RemoteError::Rejected { status: 400, detail: Some(detail), .. } if detail == "the reason")
    );
}

#[tokio::test]
async fn a_body_that_ends_too_early_is_asked_for_again() {
    let half = r#"{"totalResults":2,"Resources":[{"id":"1","#;
    for broken in [Reply::cut_off(half), Reply::new(200, half), Reply::dropped(), Reply::new(200, "")] {
        let (page, asked) = first_page(vec![broken.clone(), broken.clone(), good()]).await;
        assert_eq!((page.unwrap().received, asked), (2, 3));
    }
    let (page, asked) = first_page(vec![Reply::cut_off(half)]).await;
    assert_eq!((page.unwrap_err().code(), asked), (ErrorCode::Timeout, 5));
    let (page, asked) = first_page(vec![Reply::new(200, half)]).await;
    let error = page.unwrap_err();
    assert_eq!((error.code(), asked), (ErrorCode::RemoteUnexpected, 5));
    assert!(error.to_string().contains("cut off (ListResponse"), "{error}");
}

#[tokio::test]
async fn one_bad_record_does_not_cost_the_page() {
    let mut body = br#"{"totalResults":4,"Resources":[{"id":"1","userName":"ann"},{"userName":"nobody"},7,
        {"id":"4","userName":"half \ud83d and latin ?"}]}"#
        .to_vec();
    // "é" as Latin-1 writes it, which is no UTF-8.
    let at = body.iter().position(|byte| *byte == b'?').unwrap();
    body[at] = 0xe9;
    let (page, _) = first_page(vec![Reply::new(200, body)]).await;
    let page = page.unwrap();
    assert_eq!((page.received, page.records.len(), page.issues.len()), (4, 2, 2));
    assert_eq!(page.total, Some(4));
}

/// `{"totalResults":1,"Resources":[{"id":"1","userName":"ann"}]}` through gzip.
const COMPRESSED: [u8; 76] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 201, 47, 73, 204, 9, 74, 45, 46, 205, 41, 41, 86, 178, 50,
    212, 81, 2, 178, 243, 75, 139, 146, 83, 129, 188, 232, 106, 165, 204, 20, 37, 43, 37, 67, 37, 29, 165,
    210, 226, 212, 34, 191, 196, 220, 84, 32, 55, 49, 47, 79, 169, 54, 182, 22, 0, 175, 31, 45, 205, 60, 0,
    0, 0,
];

#[tokio::test]
async fn a_compressed_body_is_read() {
    let (page, _) = first_page(vec![Reply::new(200, COMPRESSED).header("Content-Encoding", "gzip")]).await;
    assert_eq!(page.unwrap().records[0].remote_id().as_str(), "1");
}

#[tokio::test]
async fn a_body_over_the_limit_is_asked_for_in_smaller_pages() {
    let settings = ClientSettings { body_limit: 1500, ..quick() };
    let fake = Fake::users(|seen, _| {
        let users: Vec<_> = (0..seen.number("count").unwrap()).map(|id| user(&id.to_string())).collect();
        Reply::list(500, &users)
    })
    .await;
    let directory = open(&bearer(&fake.address), &credential(SECRET), settings).unwrap();
    let page = directory.page(Stream::Users, Walk::Natural, None).await.unwrap().read();
    assert_eq!(page.received, 8, "500, 63, 8");
    directory.page(Stream::Users, Walk::Natural, page.next.as_ref()).await.unwrap();
    assert_eq!(fake.seen_after_discovery().len(), 4, "what was too large once is not asked for again");
    let fake = Fake::users(|_, _| Reply::list(1, &[user(&"x".repeat(3000))])).await;
    let settings = ClientSettings { body_limit: 1500, ..quick() };
    let directory = open(&bearer(&fake.address), &credential(SECRET), settings).unwrap();
    let error = directory.page(Stream::Users, Walk::Natural, None).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::RemoteUnexpected);
    assert!(error.to_string().contains("larger than"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_followed_at_its_own_origin_only() {
    let fake = Fake::users(|seen, _| match seen.path() {
        "/Users" => Reply::new(307, "").header("Location", "/moved?startIndex=1"),
        _ => good(),
    })
    .await;
    assert_eq!(fake.directory().page(Stream::Users, Walk::Natural, None).await.unwrap().received, 2);
    assert!(fake.seen().iter().all(|seen| seen.header("Authorization").is_some()));

    let other = Fake::start(|_, _| good()).await;
    let target = format!("{}/Users", other.address);
    let (page, asked) = first_page(vec![Reply::new(302, "").header("Location", &target)]).await;
    let error = page.unwrap_err();
    assert_eq!((error.code(), asked), (ErrorCode::RemoteUnexpected, 1));
    assert!(error.to_string().contains(&other.address), "{error}");
    assert_eq!(other.seen().len(), 0, "nothing was sent there, least of all the credential");

    let (page, asked) = first_page(vec![Reply::new(301, "").header("Location", "/Users")]).await;
    assert!(page.unwrap_err().to_string().contains("circles"));
    assert_eq!(asked, 6);
}

#[tokio::test]
async fn silence_ends_in_a_timeout() {
    let fake = Fake::users(|_, _| Reply::silent()).await;
    let settings = ClientSettings { read_timeout: Duration::from_millis(50), ..quick() };
    let directory = open(&bearer(&fake.address), &credential(SECRET), settings).unwrap();
    let error = directory.page(Stream::Users, Walk::Natural, None).await.unwrap_err();
    assert_eq!((error.code(), fake.seen_after_discovery().len()), (ErrorCode::Timeout, 2));
}

#[tokio::test]
async fn an_address_where_nobody_answers_is_unreachable() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for address in [format!("http://{closed}"), format!("http://nobody-here.localhost:{}", closed.port())] {
        let directory = open(&bearer(&address), &credential(SECRET), quick()).unwrap();
        let error = directory.discover().await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::Offline, "{error}");
        assert_eq!(error.retry(), RetryKind::NetworkFailure);
    }
}

#[tokio::test]
async fn dropping_a_request_ends_it_at_once() {
    let fake = Fake::users(|_, _| Reply::silent()).await;
    let directory = fake.directory();
    directory.discover().await.unwrap();
    let waiting = directory.page(Stream::Users, Walk::Natural, None);
    assert!(tokio::time::timeout(Duration::from_millis(100), waiting).await.is_err());
    for _ in 0..100 {
        if fake.abandoned() == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the connection is still open");
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_allowed() {
    let fake = Fake::users(|_, _| good().after(Duration::from_millis(30))).await;
    let settings = ClientSettings { concurrency: 2, ..quick() };
    let directory = open(&bearer(&fake.address), &credential(SECRET), settings).unwrap();
    directory.discover().await.unwrap();
    let pages = (0..8).map(|_| directory.page(Stream::Users, Walk::Natural, None));
    assert!(futures::future::join_all(pages).await.iter().all(Result::is_ok));
    assert_eq!(fake.most_under_way(), 2);
}
