//! One request of an Uptrends tenant, past its faults, to its answer.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{Method, Response, StatusCode};
use rusqlite::Connection;
use serde_json::Value;
use url::form_urlencoded;

use super::auth::{Caller, basic, check, operator};
use super::call::{Answer, Ctx, Outcome};
use super::refusal::Refusal;
use super::routes::{Door, Matched, Target, Work};
use super::store::{Built, built};
use crate::scim::Call;
use crate::state::{App, TenantState};

/// Answers `call`.
pub async fn serve(app: &App, tenant: &Arc<TenantState>, matched: Matched, call: Call) -> Response<Body> {
    let (work, params, door) = match matched.target {
        Target::Unknown => return written(Err(Refusal::Empty(404))),
        Target::WrongMethod => return written(Err(Refusal::Empty(405))),
        Target::Work { work, params, door } => (work, params, door),
    };
    let own = Arc::clone(tenant);
    let outcome = app
        .store
        .call(move |db| {
            let request = Request { tenant: &own, work, params, door, call: &call };
            Ok(request.answer(&db.conn))
        })
        .await;
    written(outcome.unwrap_or_else(|_| Err(Refusal::Messages(500, vec!["An error occurred.".to_owned()]))))
}

struct Request<'a> {
    tenant: &'a TenantState,
    work: Work,
    params: Vec<String>,
    door: Door,
    call: &'a Call,
}

impl Request<'_> {
    fn answer(self, conn: &Connection) -> Outcome {
        let Some(own) = &self.tenant.uptrends else { return Err(Refusal::Empty(404)) };
        let now = own.now_ms();
        let caller = self.caller(conn, now)?;
        let ctx = Ctx {
            conn,
            tenant: self.tenant,
            quirks: own.quirks(),
            caller,
            params: self.params,
            query: pairs(self.call.uri.query().unwrap_or_default()),
            body: read_body(&self.call.headers, &self.call.body)?,
            now,
        };
        if self.call.method == Method::GET { (self.work)(&ctx) } else { carry_out(&ctx, self.work) }
    }

    fn caller(&self, conn: &Connection, now: i64) -> Result<Caller, Refusal> {
        let given = basic(&self.call.headers);
        match self.door {
            Door::ApiUser => check(conn, self.tenant, given, now),
            Door::Operator => {
                let found = operator(conn, self.tenant.id, given)?;
                Caller::of(conn, self.tenant.id, found.seq)
            }
            Door::Open => {
                let everyone = built(conn, self.tenant.id, Built::Everyone)?;
                Ok(Caller { operator: 0, administrator: false, everyone })
            }
        }
    }
}

/// Everything or nothing of a request happens.
fn carry_out(ctx: &Ctx<'_>, work: Work) -> Outcome {
    ctx.conn.execute_batch("BEGIN IMMEDIATE")?;
    let outcome = work(ctx);
    ctx.conn.execute_batch(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    outcome
}

/// The pairs of a query.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn read_body(headers: &HeaderMap, body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("application/json") {
        return Err(Refusal::Empty(415));
    }
    serde_json::from_slice(body).map_err(|error| Refusal::bad(format!("The body is not valid JSON: {error}")))
}

fn written(outcome: Outcome) -> Response<Body> {
    let (status, body) = match outcome {
        Ok(Answer::Json(status, body)) => (status, body),
        Ok(Answer::Made) => (201, String::new()),
        Ok(Answer::Nothing) => (204, String::new()),
        Err(refusal) => refusal.written(),
    };
    let json = !body.is_empty();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if json {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    }
    if status == 401 {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic"));
    }
    response
}

/// The answer of a fault that refuses, in the voice of this service.
pub fn fault_refusal(status: u16) -> Response<Body> {
    written(Err(match status {
        401 => Refusal::Empty(401),
        403 => Refusal::forbidden("You do not have sufficient rights for this operation."),
        404 => Refusal::missing("object"),
        status => Refusal::Messages(status, vec!["The request failed.".to_owned()]),
    }))
}
