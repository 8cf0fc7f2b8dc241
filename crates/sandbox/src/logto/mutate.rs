//! Changes of a Logto directory that nobody asked for through the client.

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::inside::request;
use super::refusal::Refusal;
use super::store::{all_users, user_by_seq};
use crate::Mutation;
use crate::generate::Names;
use crate::rng::Rng;
use crate::state::TenantState;
use crate::store::Db;

/// Applies `mutation`; `round` makes every use of the same rule different. A move has no meaning here: users are listed
/// by when they were created.
pub fn apply(db: &mut Db, tenant: &TenantState, mutation: Mutation, round: u64) -> Result<(), Refusal> {
    let mut rng = Rng::new(mutation.seed.wrapping_add(round.wrapping_mul(0x9e37_79b9)));
    let names = Names::new();
    for _ in 0..mutation.deletes {
        if let Some(path) = somebody(db, tenant, &mut rng)? {
            request(db, tenant, &Method::DELETE, &path, Map::new())?;
        }
    }
    for _ in 0..mutation.renames {
        if let Some(path) = somebody(db, tenant, &mut rng)? {
            let name = format!("Renamed {:06x}", rng.next_u64() & 0xff_ffff);
            request(db, tenant, &Method::PATCH, &path, object(json!({ "name": name })))?;
        }
    }
    for _ in 0..mutation.creates {
        let person = names.person(&mut rng);
        let tail = format!("n{:x}", rng.next_u64() >> 16);
        let body = json!({
            "name": person.display, "primaryEmail": format!("{}.{tail}@load.example", person.plain),
        });
        request(db, tenant, &Method::POST, "/api/users", object(body))?;
    }
    Ok(())
}

fn somebody(db: &mut Db, tenant: &TenantState, rng: &mut Rng) -> Result<Option<String>, Refusal> {
    let rows = all_users(db, tenant.id)?;
    let Some((_, seq)) = rng.pick(&rows.0).copied() else { return Ok(None) };
    Ok(user_by_seq(&db.conn, seq)?.map(|user| format!("/api/users/{}", user.id)))
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}
