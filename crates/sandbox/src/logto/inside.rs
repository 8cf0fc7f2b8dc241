//! Requests from inside the process, past tokens, limits and the log: for tests, mutations and samples. They go through
//! the endpoints, so that times, cascades and refusals are those of the service.

use axum::http::{HeaderMap, Method};
use serde_json::{Map, Value};

use super::call::{Answer, Ctx, pairs};
use super::refusal::Refusal;
use super::routes::{Target, find};
use crate::state::TenantState;
use crate::store::Db;

/// Carries out a request; `path` begins after the tenant and may have a query. Gives the body, or null.
pub fn request(
    db: &mut Db,
    tenant: &TenantState,
    method: &Method,
    path: &str,
    body: Map<String, Value>,
) -> Result<Value, Refusal> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let Target::Work { work, params, .. } = find(method, path.trim_start_matches('/')).target else {
        return Err(Refusal::Text(404, "Not Found"));
    };
    let headers = HeaderMap::new();
    let now = tenant.logto.as_ref().map_or(0, |logto| logto.now_ms());
    let endpoint = String::new();
    let query = pairs(query);
    let (before, conn_tenant) = (db.logto.revision(), tenant.id);
    db.conn.execute_batch("SAVEPOINT inside")?;
    let mut ctx = Ctx { db, tenant, params, query, headers: &headers, body, now, endpoint };
    let outcome = work(&mut ctx);
    if outcome.is_err() {
        ctx.db.conn.execute_batch("ROLLBACK TO inside")?;
        if ctx.db.logto.revision() != before {
            ctx.db.logto.forget(conn_tenant);
        }
    }
    ctx.db.conn.execute_batch("RELEASE inside")?;
    match outcome? {
        Answer::Json(_, json) | Answer::Page { json, .. } => {
            serde_json::from_str(&json).map_err(|_| Refusal::crash())
        }
        Answer::Created | Answer::Nothing => Ok(Value::Null),
    }
}

/// Signs `user` in; gives the ids of the session and of the grant.
pub fn sign_in(db: &mut Db, tenant: &TenantState, user: &str) -> Result<(String, String), Refusal> {
    let (headers, now) = (HeaderMap::new(), tenant.logto.as_ref().map_or(0, |logto| logto.now_ms()));
    let (params, query, body, endpoint) = (vec![user.to_owned()], Vec::new(), Map::new(), String::new());
    super::api::sessions::sign_in(&mut Ctx {
        db,
        tenant,
        params,
        query,
        headers: &headers,
        body,
        now,
        endpoint,
    })
}
