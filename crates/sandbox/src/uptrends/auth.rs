//! Who asks: HTTP Basic with an API user, which has exactly the rights of its operator; and with an operator's own login, for
//! `/Register` alone.

use std::sync::PoisonError;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use rusqlite::Connection;
use serde_json::Value;

use super::refusal::Refusal;
use super::store::{Built, Edge, Thing, ThingKind, built, edge_exists, may_enter, thing_named};
use crate::Credential;
use crate::scim::decode_basic;
use crate::state::TenantState;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// Number of the operator; 0 from inside the process.
    pub operator: i64,
    /// Whether the operator is in the group Administrators.
    pub administrator: bool,
    /// Number of the group of all operators.
    pub everyone: i64,
}

impl Caller {
    /// The process itself, which may do everything.
    pub fn inside(conn: &Connection, tenant: i64) -> Result<Self, Refusal> {
        Ok(Self { operator: 0, administrator: true, everyone: built(conn, tenant, Built::Everyone)? })
    }

    /// An operator, if it has access to the account at all.
    pub fn of(conn: &Connection, tenant: i64, operator: i64) -> Result<Self, Refusal> {
        let everyone = built(conn, tenant, Built::Everyone)?;
        if !may_enter(conn, operator, everyone)? {
            return Err(Refusal::forbidden("This operator has no access to the account."));
        }
        let administrators = built(conn, tenant, Built::Administrators)?;
        let administrator = edge_exists(conn, Edge::Member, administrators, operator)?;
        Ok(Self { operator, administrator, everyone })
    }

    /// The holders whose grants count for this caller.
    pub const fn holders(self) -> (i64, i64) {
        (self.operator, self.everyone)
    }
}

/// What is stored of a password.
pub fn digest(password: &str) -> String {
    blake3::hash(password.as_bytes()).to_hex().to_string()
}

/// User and password of the request.
pub fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, value) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    decode_basic(value.trim())
}

/// The caller of a request with the user and password of an API user. Counts the call.
pub fn check(
    conn: &Connection,
    tenant: &TenantState,
    given: Option<(String, String)>,
    now: i64,
) -> Result<Caller, Refusal> {
    let refused = || Refusal::Empty(401);
    let (user, password) = given.ok_or_else(refused)?;
    let found = thing_named(conn, tenant.id, ThingKind::ApiUser, &user)?.ok_or_else(refused)?;
    if !started_with(tenant, &user, &password) && !knows(&found, &password) {
        return Err(refused());
    }
    if let Some(own) = &tenant.uptrends {
        own.called(found.seq, now);
    }
    Caller::of(conn, tenant.id, found.parent)
}

/// The operator whose own login this is. One that signs in by single sign-on only has none.
pub fn operator(conn: &Connection, tenant: i64, given: Option<(String, String)>) -> Result<Thing, Refusal> {
    let refused = || Refusal::Empty(401);
    let (address, password) = given.ok_or_else(refused)?;
    let found =
        thing_named(conn, tenant, ThingKind::Operator, &address.to_lowercase())?.ok_or_else(refused)?;
    let native = found.kept().get("AllowNativeLogin") != Some(&Value::Bool(false));
    if native && knows(&found, &password) { Ok(found) } else { Err(refused()) }
}

fn knows(thing: &Thing, password: &str) -> bool {
    thing.kept().get("digest").and_then(Value::as_str) == Some(digest(password).as_str())
}

/// The credentials that the sandbox was started with live in memory only.
fn started_with(tenant: &TenantState, given: &str, given_password: &str) -> bool {
    tenant.credentials.read().unwrap_or_else(PoisonError::into_inner).iter().any(|credential| {
        matches!(credential, Credential::Basic { user, password }
            if user == given && password.matches(given_password))
    })
}
