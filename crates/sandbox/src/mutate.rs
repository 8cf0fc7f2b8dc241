//! Changes of a directory that nobody asked for through the client: what makes rows move between the pages of a walk.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::rng::Rng;
use crate::scim::{create, modify, remove};
use crate::state::TenantState;
use crate::store::{Db, Kind, Listing, OrderBy, Write, move_row};
use crate::{ScimError, generate, logto, uptrends};

/// How many users change, and the seed that says which. A directory with fewer users changes less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Mutation {
    /// New users.
    pub creates: usize,
    /// Deleted users.
    pub deletes: usize,
    /// Users with another name.
    pub renames: usize,
    /// Users that move to the front or the end of the order, unchanged (SCIM only).
    pub moves: usize,
    /// Says which.
    pub seed: u64,
}

impl Mutation {
    /// Applies it; `round` makes every use of the same rule different.
    pub fn apply(self, db: &mut Db, tenant: &TenantState, round: u64) -> Result<(), ScimError> {
        if tenant.logto.is_some() {
            return Ok(logto::mutate(db, tenant, self, round)?);
        }
        if tenant.uptrends.is_some() {
            return Ok(uptrends::mutate(db, tenant, self, round)?);
        }
        let mut rng = Rng::new(self.seed.wrapping_add(round.wrapping_mul(0x9e37_79b9)));
        for _ in 0..self.deletes {
            if let Some((_, id)) = pick(db, tenant, &mut rng)? {
                remove(db, tenant, Kind::User, &id, None, &tenant.quirks())?;
            }
        }
        for _ in 0..self.renames {
            if let Some((_, id)) = pick(db, tenant, &mut rng)? {
                modify(db, tenant, Kind::User, &id, &rename(&mut rng), None)?;
            }
        }
        for _ in 0..self.moves {
            if let Some((seq, _)) = pick(db, tenant, &mut rng)? {
                move_row(db, Write { tenant: tenant.id, kind: Kind::User }, seq, rng.chance(0.5))?;
            }
        }
        for _ in 0..self.creates {
            create(db, tenant, Kind::User, generate::newcomer(&mut rng)?)?;
        }
        Ok(())
    }
}

fn pick(db: &mut Db, tenant: &TenantState, rng: &mut Rng) -> Result<Option<(i64, String)>, ScimError> {
    let listing =
        Listing { tenant: tenant.id, kind: Some(Kind::User), filter: None, order: OrderBy::Natural };
    let rows = listing.all(db)?;
    let Some(seq) = rng.pick(&rows).copied() else { return Ok(None) };
    let id = db.conn.query_row("SELECT id FROM resources WHERE seq = ?1", [seq], |row| row.get(0))?;
    Ok(Some((seq, id)))
}

fn rename(rng: &mut Rng) -> Map<String, Value> {
    let name = format!("Renamed {:06x}", rng.next_u64() & 0xff_ffff);
    let operation = json!({ "op": "replace", "path": "displayName", "value": name });
    Map::from_iter([("Operations".to_owned(), json!([operation]))])
}
