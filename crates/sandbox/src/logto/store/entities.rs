//! Roles, resources, scopes, organisations and the like: JSON with a number, an id and a name.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use serde_json::{Map, Value};

use super::edges;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityKind {
    Role,
    Resource,
    /// Of a resource, its parent.
    Scope,
    Organization,
    OrganizationRole,
    OrganizationScope,
    /// To an organisation, its parent.
    Invitation,
    Application,
}

impl EntityKind {
    const fn number(self) -> i64 {
        self as i64
    }

    /// Where the real one says `ORDER BY`, that; else where the rows lie.
    const fn order(self) -> &'static str {
        match self {
            Self::OrganizationRole | Self::OrganizationScope => "name",
            Self::Invitation | Self::Application => "created DESC, seq",
            Self::Role | Self::Resource | Self::Scope | Self::Organization => "place",
        }
    }
}

/// An entity as stored; `value` has `tenantId` and `id` too.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Negative.
    pub seq: i64,
    pub id: String,
    pub parent: i64,
    pub value: Map<String, Value>,
}

impl Entity {
    /// A text of it; empty when it has none of this name.
    pub fn text(&self, name: &str) -> &str {
        self.value.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// These attributes and no others.
    pub fn only(&self, names: &[&str]) -> Map<String, Value> {
        let pick = |name: &&str| Some(((*name).to_owned(), self.value.get(*name)?.clone()));
        names.iter().filter_map(pick).collect()
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let json: String = row.get("json")?;
        let value = serde_json::from_str(&json).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
        })?;
        Ok(Self { seq: row.get("seq")?, id: row.get("id")?, parent: row.get("parent")?, value })
    }
}

/// Where an entity lives and what it is called.
#[derive(Clone, Copy)]
pub struct EntityName<'a> {
    pub tenant: i64,
    pub kind: EntityKind,
    pub id: &'a str,
    pub name: &'a str,
    /// Number of what it belongs to, or 0.
    pub parent: i64,
}

/// Stores a new entity and gives its number.
pub fn insert_entity(
    conn: &Connection,
    at: EntityName<'_>,
    created: i64,
    value: &Map<String, Value>,
) -> rusqlite::Result<i64> {
    let lowest: i64 =
        conn.query_row("SELECT coalesce(min(seq), 0) FROM logto_entities", [], |row| row.get(0))?;
    let seq = lowest.min(0) - 1;
    conn.prepare_cached(
        "INSERT INTO logto_entities (seq, tenant_id, kind, id, name, parent, place, created, json)
         VALUES (:seq, :tenant, :kind, :id, :name, :parent, -:seq, :created, :json)",
    )?
    .execute(named_params! {
        ":seq": seq, ":tenant": at.tenant, ":kind": at.kind.number(), ":id": at.id, ":name": at.name,
        ":parent": at.parent, ":created": created, ":json": Value::Object(value.clone()).to_string(),
    })?;
    Ok(seq)
}

/// The entity `id`.
pub fn entity(
    conn: &Connection,
    tenant: i64,
    kind: EntityKind,
    id: &str,
) -> rusqlite::Result<Option<Entity>> {
    conn.prepare_cached(
        "SELECT seq, id, parent, json FROM logto_entities WHERE tenant_id = ?1 AND kind = ?2 AND id = ?3",
    )?
    .query_row(params![tenant, kind.number(), id], Entity::from_row)
    .optional()
}

/// The entity with this number.
pub fn entity_by_seq(conn: &Connection, seq: i64) -> rusqlite::Result<Option<Entity>> {
    conn.prepare_cached("SELECT seq, id, parent, json FROM logto_entities WHERE seq = ?1")?
        .query_row([seq], Entity::from_row)
        .optional()
}

/// The entity of this name, below `parent` (0 for none).
pub fn entity_named(
    conn: &Connection,
    tenant: i64,
    kind: EntityKind,
    name: &str,
    parent: i64,
) -> rusqlite::Result<Option<Entity>> {
    conn.prepare_cached(
        "SELECT seq, id, parent, json FROM logto_entities
         WHERE tenant_id = ?1 AND kind = ?2 AND name = ?3 AND parent = ?4",
    )?
    .query_row(params![tenant, kind.number(), name, parent], Entity::from_row)
    .optional()
}

/// All entities of a kind, or those below `parent`, in the service's order.
pub fn entities(
    conn: &Connection,
    tenant: i64,
    kind: EntityKind,
    parent: Option<i64>,
) -> rusqlite::Result<Vec<Entity>> {
    let sql = format!(
        "SELECT seq, id, parent, json FROM logto_entities
         WHERE tenant_id = ?1 AND kind = ?2 AND (?3 IS NULL OR parent = ?3) ORDER BY {}",
        kind.order()
    );
    conn.prepare_cached(&sql)?.query_map(params![tenant, kind.number(), parent], Entity::from_row)?.collect()
}

/// Stores what changed of an entity; its row moves to the end, as in PostgreSQL.
pub fn update_entity(
    conn: &Connection,
    seq: i64,
    name: &str,
    value: &Map<String, Value>,
) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "UPDATE logto_entities SET name = ?2, json = ?3,
             place = (SELECT max(place) + 1 FROM logto_entities) WHERE seq = ?1",
    )?
    .execute(params![seq, name, Value::Object(value.clone()).to_string()])?;
    Ok(())
}

/// Deletes an entity, what belongs to it, and every edge to any of them.
pub fn delete_entity(conn: &Connection, seq: i64) -> rusqlite::Result<()> {
    let mut select = conn.prepare_cached("SELECT seq FROM logto_entities WHERE parent = ?1")?;
    let children = select.query_map([seq], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for own in children.into_iter().chain([seq]) {
        conn.execute("DELETE FROM logto_entities WHERE seq = ?1", [own])?;
        conn.execute("DELETE FROM logto_details WHERE owner = ?1", [own])?;
        edges::forget(conn, own)?;
    }
    Ok(())
}
