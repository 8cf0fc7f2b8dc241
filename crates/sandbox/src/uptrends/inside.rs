//! Requests from inside the process, past credentials, faults and the log: for tests, mutations and samples. They go through
//! the endpoints, so that rules and refusals are those of the service.

use axum::http::Method;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::auth::Caller;
use super::call::{Answer, Ctx};
use super::refusal::Refusal;
use super::routes::{Target, find};
use super::serve::pairs;
use super::store::{
    Edge, New, ThingKind, edges_from, insert_thing, link, thing, thing_named, unlink, update_thing,
};
use crate::state::TenantState;

/// Carries out a request as an administrator; `path` is as in `/Operator` and may have a query. Gives the body, or null.
pub fn request(
    conn: &Connection,
    tenant: &TenantState,
    method: &Method,
    path: &str,
    body: Value,
) -> Result<Value, Refusal> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let Target::Work { work, params, .. } = find(method, &format!("v4{path}")).target else {
        return Err(Refusal::Empty(404));
    };
    let Some(own) = &tenant.uptrends else { return Err(Refusal::Empty(404)) };
    let caller = Caller::inside(conn, tenant.id)?;
    let (quirks, now, query) = (own.quirks(), own.now_ms(), pairs(query));
    conn.execute_batch("SAVEPOINT inside")?;
    let outcome = work(&Ctx { conn, tenant, quirks, caller, params, query, body, now });
    if outcome.is_err() {
        conn.execute_batch("ROLLBACK TO inside")?;
    }
    conn.execute_batch("RELEASE inside")?;
    match outcome? {
        Answer::Json(_, text) => {
            serde_json::from_str(&text).map_err(|error| Refusal::Messages(500, vec![error.to_string()]))
        }
        Answer::Made | Answer::Nothing => Ok(Value::Null),
    }
}

/// Makes these operators and groups, by their GUIDs, those who are alerted at the three levels of the alert definition of this
/// name, which is made if there is none. Gives its GUID.
pub fn set_alert(
    conn: &Connection,
    tenant: &TenantState,
    name: &str,
    levels: &[Vec<String>; 3],
) -> Result<String, Refusal> {
    let found = match thing_named(conn, tenant.id, ThingKind::AlertDefinition, name)? {
        Some(found) => found,
        None => {
            let id = tenant.new_id();
            let json = json!({ "AlertDefinitionGuid": id, "AlertName": name, "IsActive": true }).to_string();
            let kind = ThingKind::AlertDefinition;
            let new = New { tenant: tenant.id, kind, id: &id, name, parent: 0, json: &json, hidden: "{}" };
            insert_thing(conn, &new)?;
            thing(conn, tenant.id, kind, &id)?.ok_or_else(|| Refusal::no_such(kind))?
        }
    };
    for (edge, members) in [Edge::FirstLevel, Edge::SecondLevel, Edge::ThirdLevel].into_iter().zip(levels) {
        for seq in edges_from(conn, edge, found.seq)? {
            unlink(conn, edge, found.seq, seq)?;
        }
        for member in members {
            let kinds = [ThingKind::Operator, ThingKind::OperatorGroup];
            let member = member.to_lowercase();
            let one = kinds.into_iter().find_map(|kind| thing(conn, tenant.id, kind, &member).transpose());
            let one = one.ok_or_else(|| Refusal::no_such(ThingKind::Operator))??;
            link(conn, edge, found.seq, one.seq)?;
        }
    }
    Ok(found.id)
}

/// Makes an operator the owner of something that keeps it from being deleted, or of nothing.
pub fn set_owned(conn: &Connection, tenant: i64, operator: &str, owned: Option<&str>) -> Result<(), Refusal> {
    let found = thing(conn, tenant, ThingKind::Operator, operator)?;
    let mut found = found.ok_or_else(|| Refusal::no_such(ThingKind::Operator))?;
    let mut kept = found.kept();
    kept.insert("owns".to_owned(), json!(owned));
    found.hidden = Value::Object(kept).to_string();
    Ok(update_thing(conn, &found)?)
}
