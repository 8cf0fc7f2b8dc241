//! Faults as answers. Broken bodies are streams that fail after a pause: without the pause the bytes before the
//! failure would still lie in the server's buffer when the connection closes.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, Response, StatusCode};
use futures::{Stream, StreamExt, stream};

use super::{Fault, Framing, Moment, RetryAfter};
use crate::clock::{http_date, now_ms};
use crate::listener::Breaker;
use crate::scim::html;
use crate::target::Voice;

const PAUSE: Duration = Duration::from_millis(30);
const FOREVER: Duration = Duration::from_secs(24 * 3600);

/// The answer of a fault that keeps the request from being carried out; nothing for the others.
pub fn instead_of_work(fault: &Fault, breaker: &Breaker, voice: Voice) -> Option<Response<Body>> {
    match fault {
        Fault::Status { status, retry_after, after_work: false } => {
            Some(refuse(*status, retry_after.as_ref(), voice))
        }
        Fault::Html { status, after_work: false } => Some(html(status_code(*status))),
        Fault::Redirect { status, to } => Some(redirect(*status, to)),
        Fault::HugeBody { mebibytes } => Some(huge(*mebibytes, voice)),
        Fault::Drop { moment: Moment::BeforeWork } => {
            breaker.trip();
            Some(Response::new(Body::empty()))
        }
        Fault::Status { after_work: true, .. }
        | Fault::Html { after_work: true, .. }
        | Fault::Drop { moment: Moment::BeforeHeaders | Moment::AfterHeaders }
        | Fault::CutBody { .. }
        | Fault::CutJson
        | Fault::Stall
        | Fault::Latency { .. }
        | Fault::Mutate(_) => None,
    }
}

/// What a fault makes of the answer to a request that was carried out.
pub async fn after_work(
    fault: &Fault,
    answer: Response<Body>,
    breaker: &Breaker,
    voice: Voice,
) -> Response<Body> {
    match fault {
        Fault::Status { status, retry_after, .. } => refuse(*status, retry_after.as_ref(), voice),
        Fault::Html { status, .. } => html(status_code(*status)),
        Fault::CutBody { framing, percent } => cut(answer, *framing, *percent).await,
        Fault::CutJson => cut_json(answer).await,
        Fault::Drop { moment: Moment::AfterHeaders } => failing(answer, Bytes::new(), None),
        Fault::Drop { .. } => {
            breaker.trip();
            answer
        }
        Fault::Stall => {
            let (parts, body) = taken(answer).await;
            let start = body.slice(..body.len() / 2);
            with_length(parts, body.len(), stream::iter([Ok(start)]).chain(later(FOREVER)))
        }
        Fault::Latency { .. } | Fault::Mutate(_) | Fault::Redirect { .. } | Fault::HugeBody { .. } => answer,
    }
}

fn refuse(status: u16, retry_after: Option<&RetryAfter>, voice: Voice) -> Response<Body> {
    let detail = match status {
        401 => "The credential is not valid or has expired",
        403 => "This credential may not do this",
        404 => "There is nothing at this address",
        429 => "Too many requests",
        _ => "The service cannot answer now",
    };
    let mut response = voice.refusal(status, detail);
    let text = retry_after.map(|after| match after {
        RetryAfter::Seconds(seconds) => seconds.to_string(),
        RetryAfter::DateIn(seconds) => http_date(now_ms() + seconds * 1000),
        RetryAfter::Text(text) => text.clone(),
    });
    insert(response.headers_mut(), RETRY_AFTER, text.as_deref());
    response
}

fn redirect(status: u16, to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status_code(status);
    insert(response.headers_mut(), LOCATION, Some(to));
    response
}

/// A list whose only record has a text that goes on and on, made chunk by chunk.
fn huge(mebibytes: u64, voice: Voice) -> Response<Body> {
    let (start, end, content_type) = match voice {
        Voice::Scim => (
            r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[{"id":""#,
            "\"}]}",
            "application/scim+json",
        ),
        Voice::Logto => (r#"[{"id":""#, "\"}]", "application/json; charset=utf-8"),
        Voice::Uptrends => (r#"[{"FullName":""#, "\"}]", "application/json; charset=utf-8"),
    };
    let chunk = Bytes::from(vec![b'x'; 64 * 1024]);
    let count = usize::try_from(mebibytes.saturating_mul(16)).unwrap_or(usize::MAX);
    let body = stream::iter([Bytes::from_static(start.as_bytes())])
        .chain(stream::repeat(chunk).take(count))
        .chain(stream::iter([Bytes::from_static(end.as_bytes())]))
        .map(Ok::<_, std::io::Error>);
    let mut response = Response::new(Body::from_stream(body));
    insert(response.headers_mut(), CONTENT_TYPE, Some(content_type));
    response
}

async fn cut(answer: Response<Body>, framing: Framing, percent: u8) -> Response<Body> {
    let (parts, body) = taken(answer).await;
    // Less than everything, or it would not be cut.
    let kept = (body.len() * usize::from(percent.min(99)) / 100).min(body.len().saturating_sub(1));
    let length = (framing == Framing::Length).then_some(body.len().max(1));
    failing(Response::from_parts(parts, Body::empty()), body.slice(..kept), length)
}

async fn cut_json(answer: Response<Body>) -> Response<Body> {
    let (parts, body) = taken(answer).await;
    Response::from_parts(parts, Body::from(body.slice(..body.len() / 2)))
}

fn failing(answer: Response<Body>, start: Bytes, length: Option<usize>) -> Response<Body> {
    let (parts, _) = answer.into_parts();
    let start = stream::iter((!start.is_empty()).then_some(Ok(start)));
    let body = start.chain(later(PAUSE));
    match length {
        Some(length) => with_length(parts, length, body),
        None => Response::from_parts(parts, Body::from_stream(body)),
    }
}

/// A failure after `time`.
fn later(time: Duration) -> impl Stream<Item = std::io::Result<Bytes>> + Send {
    stream::once(async move {
        tokio::time::sleep(time).await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted))
    })
}

fn with_length(
    parts: axum::http::response::Parts,
    length: usize,
    body: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static,
) -> Response<Body> {
    let mut response = Response::from_parts(parts, Body::from_stream(body));
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

async fn taken(answer: Response<Body>) -> (axum::http::response::Parts, Bytes) {
    let (parts, body) = answer.into_parts();
    // Our own answers are whole texts in memory, so reading one does not fail.
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    (parts, body)
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn insert(headers: &mut HeaderMap, name: axum::http::HeaderName, value: Option<&str>) {
    if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
        headers.insert(name, value);
    }
}
