//! One request of a Logto tenant, past its faults, to its answer.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH,
};
use axum::http::{Method, Response, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::call::{Answer, Ctx, Outcome, pairs, read_body};
use super::refusal::Refusal;
use super::routes::{Matched, Target};
use super::token;
use crate::scim::Call;
use crate::state::{App, TenantState, lock};

const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Answers `call`.
pub async fn serve(app: &App, tenant: &Arc<TenantState>, matched: Matched, call: Call) -> Response<Body> {
    let french = speaks_french(&call.headers);
    let admitted = tenant.logto.as_ref().is_none_or(super::state::LogtoState::admits);
    let mut response = if admitted {
        let (head, headers) = (call.method == Method::HEAD, call.headers.clone());
        let get = head || call.method == Method::GET;
        let outcome = work(app, tenant, matched, call).await;
        let response = written(outcome, french);
        finished(response, &headers, get, head)
    } else {
        plain(429, TEXT, "Too Many Requests".to_owned())
    };
    let id = lock(&tenant.rng).text(16, b"0123456789abcdefghijklmnopqrstuvwxyz");
    set(response.0.headers_mut(), HeaderName::from_static("logto-core-request-id"), &id);
    let (parts, ()) = response.0.into_parts();
    Response::from_parts(parts, Body::from(response.1))
}

/// Headers and text of an answer, still apart, because its tag depends on the text.
type Written = (Response<()>, String);

async fn work(
    app: &App,
    tenant: &Arc<TenantState>,
    matched: Matched,
    call: Call,
) -> Result<Replied, Refusal> {
    let endpoint = endpoint(app, tenant, &call.headers);
    let now = tenant.logto.as_ref().map_or(0, |logto| logto.now_ms());
    let (work, params, path, open) = match matched.target {
        Target::Html => return Ok(Replied::Html),
        Target::Unknown => return Err(Refusal::Text(404, "Not Found")),
        Target::WrongMethod => return Err(Refusal::Text(405, "Method Not Allowed")),
        Target::Work { work, params, path, open } => (work, params, path, open),
    };
    if !open {
        token::check(tenant, &call.headers, now)?;
    }
    let body = read_body(&call.headers, &call.body)?;
    let query = pairs(call.uri.query().unwrap_or_default());
    let (own, headers, asked) = (Arc::clone(tenant), call.headers, query.clone());
    let base = endpoint.clone();
    let reads = matches!(call.method, Method::GET | Method::HEAD);
    let done = app
        .store
        .call(move |db| {
            let ctx = Ctx { db, tenant: &own, params, query, headers: &headers, body, now, endpoint: base };
            Ok(if reads { read(ctx, work) } else { write(ctx, work, open) })
        })
        .await;
    let answer = done.map_err(|_| Refusal::crash())??;
    // Mounted below `/api`, the real one does not know of it when it writes links.
    let address = format!("{endpoint}{}", path.strip_prefix("/api").unwrap_or(&path));
    Ok(match answer {
        Answer::Page { json, total, capped, paging } => {
            Replied::Page { json, total, capped, links: paging.links(&address, &asked, total) }
        }
        answer @ (Answer::Json(..) | Answer::Created | Answer::Nothing) => {
            Replied::Plain(answer, path.starts_with("/oidc/token"))
        }
    })
}

enum Replied {
    Html,
    /// And whether it must not be kept.
    Plain(Answer, bool),
    Page {
        json: String,
        total: usize,
        capped: bool,
        links: Vec<String>,
    },
}

fn read(mut ctx: Ctx<'_>, work: fn(&mut Ctx<'_>) -> Outcome) -> Outcome {
    work(&mut ctx)
}

/// Everything or nothing of a request happens; a refused request for a token still leaves its line in the log.
fn write(mut ctx: Ctx<'_>, work: fn(&mut Ctx<'_>) -> Outcome, keep_refused: bool) -> Outcome {
    let before = ctx.db.logto.revision();
    ctx.db.conn.execute_batch("BEGIN IMMEDIATE")?;
    let outcome = work(&mut ctx);
    let keep = outcome.is_ok() || keep_refused;
    ctx.db.conn.execute_batch(if keep { "COMMIT" } else { "ROLLBACK" })?;
    if !keep && ctx.db.logto.revision() != before {
        ctx.db.logto.forget(ctx.tenant.id);
    }
    outcome
}

fn written(outcome: Result<Replied, Refusal>, french: bool) -> Written {
    match outcome {
        Ok(Replied::Html) => plain(200, "text/html; charset=utf-8", PAGE.to_owned()),
        Ok(Replied::Plain(answer, open)) => {
            let mut written = match answer {
                Answer::Json(status, json) => plain(status, JSON, json),
                Answer::Created => plain(201, TEXT, "Created".to_owned()),
                Answer::Nothing | Answer::Page { .. } => plain(204, "", String::new()),
            };
            if open {
                set(written.0.headers_mut(), CACHE_CONTROL, "no-store");
            }
            written
        }
        Ok(Replied::Page { json, total, capped, links }) => {
            let mut written = plain(200, JSON, json);
            let headers = written.0.headers_mut();
            set(headers, HeaderName::from_static("total-number"), &total.to_string());
            if capped {
                set(headers, HeaderName::from_static("total-number-is-capped"), "true");
            }
            for link in links {
                if let Ok(value) = HeaderValue::from_str(&link) {
                    headers.append("link", value);
                }
            }
            written
        }
        Err(refusal) => {
            let (status, body, json) = refusal.written(french);
            let mut written = plain(status, if json { JSON } else { TEXT }, body);
            if written.1.contains("\"oidc.") {
                set(written.0.headers_mut(), CACHE_CONTROL, "no-store");
            }
            written
        }
    }
}

/// The tag of a GET, the answer to a condition, and no body for HEAD.
fn finished(mut written: Written, asked: &HeaderMap, get: bool, head: bool) -> Written {
    let json = written.0.headers().get(CONTENT_TYPE).is_some_and(|value| value == JSON);
    if get && json && written.0.status() == StatusCode::OK {
        let digest = blake3::hash(written.1.as_bytes());
        let short = digest.as_bytes().first_chunk::<20>().map(|bytes| STANDARD_NO_PAD.encode(bytes));
        let tag = format!("\"{:x}-{}\"", written.1.len(), short.unwrap_or_default());
        set(written.0.headers_mut(), ETAG, &tag);
        let seen = asked.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if seen.split(',').any(|seen| seen.trim().trim_start_matches("W/") == tag || seen.trim() == "*") {
            *written.0.status_mut() = StatusCode::NOT_MODIFIED;
            written.0.headers_mut().remove(CONTENT_TYPE);
            written.1.clear();
        }
    }
    if head {
        written.1.clear();
    }
    written
}

fn plain(status: u16, content_type: &str, body: String) -> Written {
    let mut response = Response::new(());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if !content_type.is_empty() {
        set(response.headers_mut(), CONTENT_TYPE, content_type);
    }
    (response, body)
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn endpoint(app: &App, tenant: &TenantState, headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok());
    host.map_or_else(
        || format!("{}/{}", app.origin, tenant.slug),
        |host| format!("http://{host}/{}", tenant.slug),
    )
}

/// The first language the client names that the service has words in.
fn speaks_french(headers: &HeaderMap) -> bool {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = asked.split(',').map(|tag| tag.trim().to_ascii_lowercase());
    known.into_iter().find_map(|tag| match tag.get(..2) {
        Some("fr") => Some(true),
        Some("en") => Some(false),
        _ => None,
    }) == Some(true)
}

/// The answer of a fault that refuses, in the voice of this service.
pub fn fault_refusal(status: u16) -> Response<Body> {
    let refusal = match status {
        401 => Refusal::new(401, "auth.unauthorized"),
        403 => Refusal::new(403, "auth.forbidden"),
        404 => Refusal::not_found(),
        429 => Refusal::Text(429, "Too Many Requests"),
        500 => Refusal::crash(),
        status => Refusal::Text(status, "The service cannot answer now"),
    };
    let (response, body) = written(Err(refusal), false);
    let (parts, ()) = response.into_parts();
    Response::from_parts(parts, Body::from(body))
}

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sign in</title></head>\n\
                    <body><div id=\"app\"></div></body></html>\n";
