//! Operators, groups, API users, monitors and the like: JSON with a number, a GUID and a name.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use serde_json::{Map, Value};

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThingKind {
    Operator,
    OperatorGroup,
    /// Of an operator, its parent.
    ApiUser,
    Monitor,
    MonitorGroup,
    VaultSection,
    Integration,
    AlertDefinition,
    ScheduledReport,
    PublicStatusPage,
}

impl ThingKind {
    /// As stored.
    pub const fn number(self) -> i64 {
        self as i64
    }

    /// The attribute that holds its GUID.
    pub const fn id_field(self) -> &'static str {
        match self {
            Self::Operator => "OperatorGuid",
            Self::OperatorGroup => "OperatorGroupGuid",
            Self::ApiUser => "ApiUserGuid",
            Self::Monitor => "MonitorGuid",
            Self::MonitorGroup => "MonitorGroupGuid",
            Self::VaultSection => "VaultSectionGuid",
            Self::Integration => "IntegrationGuid",
            Self::AlertDefinition => "AlertDefinitionGuid",
            Self::ScheduledReport => "ScheduledReportGuid",
            Self::PublicStatusPage => "PublicStatusPageGuid",
        }
    }

    /// For a person.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::OperatorGroup => "operator group",
            Self::ApiUser => "API user",
            Self::Monitor => "monitor",
            Self::MonitorGroup => "monitor group",
            Self::VaultSection => "vault section",
            Self::Integration => "integration",
            Self::AlertDefinition => "alert definition",
            Self::ScheduledReport => "scheduled report",
            Self::PublicStatusPage => "public status page",
        }
    }
}

/// What is there from the first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Built {
    /// The group of all operators. Its members are not stored.
    Everyone,
    /// The group whose members may do everything.
    Administrators,
    /// The group of all monitors. Its members are not stored.
    AllMonitors,
    /// The account administrator.
    Owner,
}

impl Built {
    /// As stored in `parent`.
    pub const fn mark(self) -> i64 {
        match self {
            Self::Everyone => -1,
            Self::Administrators => -2,
            Self::AllMonitors => -3,
            Self::Owner => -4,
        }
    }
}

/// A thing as stored.
#[derive(Clone, Debug)]
pub struct Thing {
    pub seq: i64,
    pub id: String,
    /// For looking it up: the address of an operator, the user name of an API user, the description of others.
    pub name: String,
    pub parent: i64,
    pub json: String,
    pub hidden: String,
}

impl Thing {
    /// Whether it is this one of the first day.
    pub const fn is(&self, built: Built) -> bool {
        self.parent == built.mark()
    }

    /// What the service shows of it.
    pub fn shown(&self) -> Map<String, Value> {
        read(&self.json)
    }

    /// What the service keeps to itself.
    pub fn kept(&self) -> Map<String, Value> {
        read(&self.hidden)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            id: row.get("id")?,
            name: row.get("name")?,
            parent: row.get("parent")?,
            json: row.get("json")?,
            hidden: row.get("hidden")?,
        })
    }
}

/// Own text is always an object.
fn read(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

/// A new thing.
pub struct New<'a> {
    pub tenant: i64,
    pub kind: ThingKind,
    pub id: &'a str,
    pub name: &'a str,
    pub parent: i64,
    pub json: &'a str,
    pub hidden: &'a str,
}

const COLUMNS: &str = "seq, id, name, parent, json, hidden";

/// Stores a new thing and gives its number.
pub fn insert_thing(conn: &Connection, new: &New<'_>) -> rusqlite::Result<i64> {
    conn.prepare_cached(
        "INSERT INTO uptrends_things (tenant_id, kind, id, name, parent, json, hidden)
         VALUES (:tenant, :kind, :id, :name, :parent, :json, :hidden)",
    )?
    .execute(named_params! {
        ":tenant": new.tenant, ":kind": new.kind.number(), ":id": new.id, ":name": new.name,
        ":parent": new.parent, ":json": new.json, ":hidden": new.hidden,
    })?;
    Ok(conn.last_insert_rowid())
}

/// The thing with this GUID.
pub fn thing(conn: &Connection, tenant: i64, kind: ThingKind, id: &str) -> rusqlite::Result<Option<Thing>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM uptrends_things WHERE tenant_id = ?1 AND kind = ?2 AND id = ?3"
    ))?
    .query_row(params![tenant, kind.number(), id], Thing::from_row)
    .optional()
}

/// The thing with this number.
pub fn thing_by_seq(conn: &Connection, seq: i64) -> rusqlite::Result<Option<Thing>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM uptrends_things WHERE seq = ?1"))?
        .query_row([seq], Thing::from_row)
        .optional()
}

/// The first thing of this name.
pub fn thing_named(
    conn: &Connection,
    tenant: i64,
    kind: ThingKind,
    name: &str,
) -> rusqlite::Result<Option<Thing>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM uptrends_things WHERE tenant_id = ?1 AND kind = ?2 AND name = ?3 ORDER BY seq LIMIT 1"
    ))?
    .query_row(params![tenant, kind.number(), name], Thing::from_row)
    .optional()
}

/// The number of what is there from the first day; 0 before that.
pub fn built(conn: &Connection, tenant: i64, built: Built) -> rusqlite::Result<i64> {
    let found = conn
        .prepare_cached("SELECT seq FROM uptrends_things WHERE parent = ?2 AND tenant_id = ?1")?
        .query_row(params![tenant, built.mark()], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or(0))
}

/// All things of a kind, oldest first.
pub fn things(conn: &Connection, tenant: i64, kind: ThingKind) -> rusqlite::Result<Vec<Thing>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM uptrends_things WHERE tenant_id = ?1 AND kind = ?2 ORDER BY seq"
    ))?
    .query_map(params![tenant, kind.number()], Thing::from_row)?
    .collect()
}

/// What belongs to a thing: the API users of an operator.
pub fn things_below(conn: &Connection, parent: i64) -> rusqlite::Result<Vec<Thing>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM uptrends_things WHERE parent = ?1 ORDER BY seq"))?
        .query_map([parent], Thing::from_row)?
        .collect()
}

/// How many things of a kind there are.
pub fn count_things(conn: &Connection, tenant: i64, kind: ThingKind) -> rusqlite::Result<usize> {
    conn.prepare_cached("SELECT count(*) FROM uptrends_things WHERE tenant_id = ?1 AND kind = ?2")?
        .query_row(params![tenant, kind.number()], |row| row.get(0))
}

/// Stores what changed of a thing.
pub fn update_thing(conn: &Connection, thing: &Thing) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE uptrends_things SET name = ?2, json = ?3, hidden = ?4 WHERE seq = ?1")?
        .execute(params![thing.seq, thing.name, thing.json, thing.hidden])?;
    Ok(())
}

/// Deletes a thing, what belongs to it, and every trace of it elsewhere.
pub fn delete_thing(conn: &Connection, seq: i64) -> rusqlite::Result<()> {
    for below in things_below(conn, seq)? {
        delete_thing(conn, below.seq)?;
    }
    for sql in [
        "DELETE FROM uptrends_rights WHERE holder = ?1",
        "DELETE FROM uptrends_grants WHERE holder = ?1",
        "DELETE FROM uptrends_grants WHERE thing = ?1",
        "DELETE FROM uptrends_duty WHERE operator = ?1",
        "DELETE FROM uptrends_things WHERE seq = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([seq])?;
    }
    super::edges::forget(conn, seq)
}
