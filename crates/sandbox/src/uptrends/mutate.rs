//! Changes of an Uptrends account that nobody asked for through the client.

use axum::http::Method;
use serde_json::{Value, json};

use super::inside::request;
use super::refusal::Refusal;
use super::store::ids;
use crate::generate::Names;
use crate::rng::Rng;
use crate::state::TenantState;
use crate::store::Db;
use crate::{Kind, Mutation};

/// Applies `mutation`; `round` makes every use of the same rule different. A move has no meaning here: a list is one page.
pub fn apply(db: &Db, tenant: &TenantState, mutation: Mutation, round: u64) -> Result<(), Refusal> {
    let mut rng = Rng::new(mutation.seed.wrapping_add(round.wrapping_mul(0x9e37_79b9)));
    let names = Names::new();
    for _ in 0..mutation.deletes {
        if let Some(path) = somebody(db, tenant, &mut rng)? {
            request(&db.conn, tenant, &Method::DELETE, &path, Value::Null)?;
        }
    }
    for _ in 0..mutation.renames {
        if let Some(path) = somebody(db, tenant, &mut rng)? {
            let name = format!("Renamed {:06x}", rng.next_u64() & 0xff_ffff);
            request(&db.conn, tenant, &Method::PATCH, &path, json!({ "FullName": name }))?;
        }
    }
    for _ in 0..mutation.creates {
        let person = names.person(&mut rng);
        let tail = format!("n{:x}", rng.next_u64() >> 16);
        let body = json!({
            "FullName": person.display, "Email": format!("{}.{tail}@load.example", person.plain), "IsOnDuty": true,
            "SetupMode": "Invitation",
        });
        request(&db.conn, tenant, &Method::POST, "/Operator", body)?;
    }
    Ok(())
}

/// The address of some operator, but not of the account administrator, who cannot leave.
fn somebody(db: &Db, tenant: &TenantState, rng: &mut Rng) -> Result<Option<String>, Refusal> {
    let all = ids(&db.conn, tenant.id, Kind::User)?;
    Ok(rng.pick(all.get(1..).unwrap_or_default()).map(|id| format!("/Operator/{id}")))
}
