//! Logto directories of any size: users with roles, organisations, tokens and factors. The same load gives the same
//! people. Nothing is held in memory but the numbers of roles and organisations.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::api::organizations::fresh;
use super::api::sessions::factor;
use super::api::shared::stamped;
use super::api::tokens::token;
use super::refusal::Refusal;
use super::store::{
    Detail, Edge, EntityKind, EntityName, User, insert_entity, insert_user, link, put_detail,
};
use crate::generate::Names;
use crate::rng::Rng;
use crate::store::Db;

/// How much is added, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LogtoLoad {
    /// People.
    pub users: usize,
    /// Organisations; every twentieth is empty.
    pub organizations: usize,
    /// Global roles.
    pub roles: usize,
    /// How many users share each `createdAt`, as a bulk import leaves them: 1 to 1,000.
    pub ties: usize,
    /// Of everything random about it.
    pub seed: u64,
}

impl Default for LogtoLoad {
    fn default() -> Self {
        Self { users: 0, organizations: 0, roles: 14, ties: 1, seed: 0 }
    }
}

const LOWER: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const MIXED: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 2024-01-01: generated people joined in the two years after it.
const EPOCH_MS: i64 = 1_704_067_200_000;
const TWO_YEARS_MS: i64 = 2 * 365 * 24 * 3_600_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// Adds the load in one transaction.
pub fn generate(db: &mut Db, tenant: i64, load: LogtoLoad) -> Result<(), Refusal> {
    let mut rng = Rng::new(load.seed);
    let names = Names::new();
    let tx = db.conn.transaction()?;
    let roles = roles(&tx, tenant, &mut rng, load)?;
    let organizations = organizations(&tx, tenant, &mut rng, load)?;
    let members = organization_roles(&tx, tenant, &mut rng, load.seed)?;
    let step = TWO_YEARS_MS / i64::try_from(load.users.div_ceil(load.ties.max(1)).max(1)).unwrap_or(1);
    for number in 0..load.users {
        let tie = i64::try_from(number / load.ties.max(1)).unwrap_or(0);
        let user = person(&names, &mut rng, &format!("{}-{number}", load.seed), EPOCH_MS + tie * step.max(1));
        let seq = insert_user(&tx, tenant, &user)?;
        hold(&tx, &mut rng, seq, &roles, &organizations, &members)?;
        own(&tx, &mut rng, seq, &user)?;
    }
    tx.commit()?;
    db.logto.forget(tenant);
    // Else every page would be looked up in a log as large as the load.
    db.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

fn person(names: &Names, rng: &mut Rng, tail: &str, created: i64) -> User {
    let name = names.person(rng);
    let seen = rng.chance(0.8);
    let age = i64::try_from(rng.below(usize::try_from(TWO_YEARS_MS).unwrap_or(1))).unwrap_or(0);
    let last = created + age.min(700 * DAY_MS);
    let plan = rng.pick(&["free", "pro", "team"]).copied().unwrap_or_default();
    User {
        username: rng
            .chance(0.3)
            .then(|| format!("{}_{}", name.plain.replace(['.', '-'], "_"), tail.replace('-', "_"))),
        email: Some(format!("{}.{tail}@load.example", name.plain)),
        name: Some(name.display),
        custom_data: if rng.chance(0.5) { format!(r#"{{"plan":"{plan}"}}"#) } else { "{}".to_owned() },
        profile: format!(r#"{{"familyName":"{}","givenName":"{}"}}"#, name.family, name.given),
        identities: if rng.chance(0.1) {
            format!(r#"{{"github":{{"userId":"gh-{tail}"}}}}"#)
        } else {
            "{}".to_owned()
        },
        last_sign_in: seen.then_some(last),
        updated: if seen { last } else { created },
        suspended: rng.chance(0.04),
        password: rng.chance(0.7).then(|| "x".to_owned()),
        ..User::new(rng.text(12, LOWER), created)
    }
}

/// Roles and memberships of a user: 1.1 and 1.2 of them on average.
fn hold(
    conn: &Connection,
    rng: &mut Rng,
    user: i64,
    roles: &[i64],
    organizations: &[i64],
    members: &[i64],
) -> Result<(), Refusal> {
    for chance in [0.8, 0.3] {
        if let Some(role) = rng.pick(roles).copied().filter(|_| rng.chance(chance)) {
            link(conn, Edge::RoleUser, role, user, 0)?;
        }
    }
    for chance in [0.9, 0.3] {
        let Some(organization) = rng.pick(organizations).copied().filter(|_| rng.chance(chance)) else {
            continue;
        };
        link(conn, Edge::Member, organization, user, 0)?;
        let place = if rng.chance(0.9) { 0 } else { rng.below(members.len()) };
        if let Some(role) = members.get(place) {
            link(conn, Edge::MemberRole, organization, user, *role)?;
        }
    }
    Ok(())
}

/// Tokens and factors of a user.
fn own(conn: &Connection, rng: &mut Rng, seq: i64, user: &User) -> Result<(), Refusal> {
    if rng.chance(0.05) {
        let end = rng.chance(0.6).then(|| user.created + 365 * DAY_MS);
        let value = token(&user.id, "ci", &rng.text(32, MIXED), user.created, end);
        put_detail(conn, seq, Detail::AccessToken, "ci", &value)?;
    }
    if rng.chance(0.25) {
        let id = rng.text(21, LOWER);
        put_detail(conn, seq, Detail::Factor, &id, &factor(&id, "Totp", user.created, None))?;
    }
    Ok(())
}

fn roles(conn: &Connection, tenant: i64, rng: &mut Rng, load: LogtoLoad) -> Result<Vec<i64>, Refusal> {
    (0..load.roles)
        .map(|number| {
            let name = format!("role-{}-{number}", load.seed);
            let value = json!({
                "name": name, "description": "Generated", "type": "User", "isDefault": false,
            });
            entity(conn, tenant, EntityKind::Role, (&rng.text(21, LOWER), &name), value)
        })
        .collect()
}

fn organizations(
    conn: &Connection,
    tenant: i64,
    rng: &mut Rng,
    load: LogtoLoad,
) -> Result<Vec<i64>, Refusal> {
    let mut filled = Vec::new();
    for number in 0..load.organizations {
        let name = format!("Organisation {}-{number}", load.seed);
        let value = fresh(&name, EPOCH_MS, &serde_json::Map::new());
        let seq = entity(conn, tenant, EntityKind::Organization, (&rng.text(12, LOWER), &name), value)?;
        if number % 20 != 19 {
            filled.push(seq);
        }
    }
    Ok(filled)
}

fn organization_roles(conn: &Connection, tenant: i64, rng: &mut Rng, seed: u64) -> Result<Vec<i64>, Refusal> {
    ["member", "admin", "owner"]
        .iter()
        .map(|name| {
            let name = format!("{name}-{seed}");
            let value = json!({ "name": name, "description": null, "type": "User" });
            entity(conn, tenant, EntityKind::OrganizationRole, (&rng.text(21, LOWER), &name), value)
        })
        .collect()
}

fn entity(
    conn: &Connection,
    tenant: i64,
    kind: EntityKind,
    (id, name): (&str, &str),
    value: Value,
) -> Result<i64, Refusal> {
    let at = EntityName { tenant, kind, id, name, parent: 0 };
    Ok(insert_entity(conn, at, EPOCH_MS, &stamped(id, value))?)
}
