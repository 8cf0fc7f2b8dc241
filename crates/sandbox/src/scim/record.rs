//! Creating, replacing, changing and deleting records, as a client of the service does it and as tests do it behind
//! the client's back.

use serde_json::{Map, Value};

use super::patch;
use crate::filter::key_ci;
use crate::state::TenantState;
use crate::store::{Db, Kind, Resource, Write, delete, get, insert, update};
use crate::{Quirks, ScimError};

/// POST.
pub fn create(
    db: &mut Db,
    tenant: &TenantState,
    kind: Kind,
    body: Map<String, Value>,
) -> Result<(String, Resource), ScimError> {
    let id = tenant.new_id();
    let record = checked(kind, body)?;
    let stored = insert(db, at(tenant, kind), &id, record)?;
    Ok((id, stored))
}

/// PUT.
pub fn replace(
    db: &mut Db,
    tenant: &TenantState,
    kind: Kind,
    id: &str,
    body: Map<String, Value>,
    if_match: Option<&str>,
) -> Result<Resource, ScimError> {
    let old = find(db, tenant, kind, id, if_match)?;
    update(db, at(tenant, kind), id, &old, checked(kind, body)?)
}

/// PATCH.
pub fn modify(
    db: &mut Db,
    tenant: &TenantState,
    kind: Kind,
    id: &str,
    body: &Map<String, Value>,
    if_match: Option<&str>,
) -> Result<Resource, ScimError> {
    let old = find(db, tenant, kind, id, if_match)?;
    let changed = patch::apply(kind, old.value()?, body)?;
    update(db, at(tenant, kind), id, &old, checked(kind, changed)?)
}

/// DELETE.
pub fn remove(
    db: &mut Db,
    tenant: &TenantState,
    kind: Kind,
    id: &str,
    if_match: Option<&str>,
    quirks: &Quirks,
) -> Result<(), ScimError> {
    let old = find(db, tenant, kind, id, if_match)?;
    delete(db, at(tenant, kind), id, &old, !quirks.keep_dangling_members)
}

/// The record, if its version is the one the client has seen.
fn find(
    db: &Db,
    tenant: &TenantState,
    kind: Kind,
    id: &str,
    if_match: Option<&str>,
) -> Result<Resource, ScimError> {
    let found = get(&db.conn, at(tenant, kind), id)?.ok_or_else(|| ScimError::not_found(id))?;
    if if_match.is_some_and(|wanted| !names_version(wanted, &found.etag())) {
        return Err(ScimError::status(412, "Failed to update. Resource has changed on the server"));
    }
    Ok(found)
}

/// Whether a list of entity tags holds `etag`; weak and strong spelling count as the same.
pub fn names_version(list: &str, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.trim() == "*" || list.split(',').any(|tag| bare(tag) == bare(etag))
}

pub const fn at(tenant: &TenantState, kind: Kind) -> Write {
    Write { tenant: tenant.id, kind }
}

/// Drops what a client may not write, mends what servers commonly mend, refuses the rest.
fn checked(kind: Kind, mut body: Map<String, Value>) -> Result<Map<String, Value>, ScimError> {
    let known = ["schemas", "id", "meta", "active", "groups", "password", "members", kind.name_attribute()];
    for name in known {
        let key = key_ci(&body, name);
        if key != name
            && let Some(value) = body.remove(&key)
        {
            body.insert(name.to_owned(), value);
        }
    }
    let read_only: &[&str] = match kind {
        // A password is accepted and never given back.
        Kind::User => &["id", "meta", "groups", "password"],
        Kind::Group => &["id", "meta"],
    };
    body.retain(|key, value| !read_only.contains(&key.as_str()) && !value.is_null());
    if !body.get("schemas").is_some_and(Value::is_array) {
        return Err(ScimError::bad("invalidValue", "schemas is required and is a list"));
    }
    if let Some(active) = body.get_mut("active") {
        *active = Value::Bool(
            boolean(active).ok_or_else(|| ScimError::bad("invalidValue", "active is true or false"))?,
        );
    }
    for list in ["emails", "phoneNumbers", "members", "addresses", "roles", "entitlements"] {
        if body.get(list).is_some_and(|value| !value.is_array()) {
            return Err(ScimError::bad("invalidValue", format!("{list} is a list")));
        }
    }
    Ok(body)
}

/// Entra sends booleans as text.
fn boolean(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_str()?.to_ascii_lowercase().parse().ok())
}
