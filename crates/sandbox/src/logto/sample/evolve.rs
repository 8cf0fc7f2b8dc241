//! A few plausible changes in the sample account: somebody joins, is suspended, leaves, makes a token, mistypes a password.
//! They go through the endpoints, so times and cascades are those of the service.

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::belongings::sign_in;
use super::plan::Plan;
use super::{DAY, LOWER};
use crate::latin::plain;
use crate::logto::api::logs::entry;
use crate::logto::inside::request;
use crate::logto::refusal::Refusal;
use crate::logto::store::{User, all_users, insert_log, user_by_seq};
use crate::rng::Rng;
use crate::state::TenantState;
use crate::store::Db;

/// Applies the changes of round `round`, counted from 1.
pub fn evolve(db: &mut Db, tenant: &TenantState, plan: &Plan, round: u32) -> Result<(), Refusal> {
    let mut rng = Rng::for_text(plan.seed + 100 + u64::from(round), &plan.slug);
    // However often it is started, the account keeps about its size.
    if all_users(db, tenant.id)?.0.len() < super::people::PEOPLE * 6 / 5 {
        join(db, tenant, &mut rng)?;
    }
    if let Some(user) = somebody(db, tenant, &mut rng, |user| !user.suspended)? {
        let path = format!("/api/users/{}/is-suspended", user.id);
        request(db, tenant, &Method::PATCH, &path, object(json!({ "isSuspended": true })))?;
    }
    if rng.chance(0.6)
        && let Some(user) = somebody(db, tenant, &mut rng, |user| user.suspended)?
    {
        request(db, tenant, &Method::DELETE, &format!("/api/users/{}", user.id), Map::new())?;
    }
    if let Some(user) = somebody(db, tenant, &mut rng, |user| !user.suspended)? {
        let now = tenant.logto.as_ref().map_or(0, |logto| logto.now_ms());
        let path = format!("/api/users/{}/personal-access-tokens", user.id);
        let body = json!({ "name": format!("script {round}"), "expiresAt": now + 10 * DAY });
        request(db, tenant, &Method::POST, &path, object(body))?;
        let (key, payload) = sign_in(&mut rng, &user, true);
        // Before now, or the newest entry would not have happened yet.
        insert_log(&db.conn, tenant.id, &entry(tenant_id(tenant), key, now - 60_000, payload))?;
    }
    Ok(())
}

/// An id that no earlier run gave.
fn tenant_id(tenant: &TenantState) -> String {
    crate::state::lock(&tenant.rng).text(21, LOWER)
}

/// Somebody joins an organisation as a member.
fn join(db: &mut Db, tenant: &TenantState, rng: &mut Rng) -> Result<(), Refusal> {
    let names = crate::samples::names().map_err(|_| Refusal::crash())?;
    let Some(own) = rng.pick(&names) else { return Ok(()) };
    let given = rng.pick(&own.feminine).map_or("", String::as_str);
    let family = rng.pick(&own.family).map_or("", String::as_str);
    // A number keeps the address free of clashes with somebody who is there already.
    let address = format!("{}.{}{}@veldhoven.example", plain(given), plain(family), 10 + rng.below(90));
    let body = json!({ "name": format!("{given} {family}"), "primaryEmail": address });
    let made = match request(db, tenant, &Method::POST, "/api/users", object(body)) {
        Err(refusal) if refusal.written(false).0 == 422 => return Ok(()),
        made => made?,
    };
    let organizations = request(db, tenant, &Method::GET, "/api/organizations", Map::new())?;
    let ids: Vec<&str> =
        organizations.as_array().into_iter().flatten().filter_map(|own| own.get("id")?.as_str()).collect();
    if let Some(organization) = rng.pick(&ids) {
        let path = format!("/api/organizations/{organization}/users");
        let body = json!({ "userIds": [made.get("id")] });
        request(db, tenant, &Method::POST, &path, object(body))?;
    }
    Ok(())
}

fn somebody(
    db: &mut Db,
    tenant: &TenantState,
    rng: &mut Rng,
    fits: impl Fn(&User) -> bool,
) -> Result<Option<User>, Refusal> {
    let rows = all_users(db, tenant.id)?;
    for _ in 0..200 {
        let Some((_, seq)) = rng.pick(&rows.0).copied() else { return Ok(None) };
        if let Some(user) = user_by_seq(&db.conn, seq)?.filter(|user| fits(user)) {
            return Ok(Some(user));
        }
    }
    Ok(None)
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}
