//! Users and groups, one at a time: the writing side. The caller has checked the record; here it gets its id, `meta`,
//! place in the order and memberships.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params};
use serde_json::{Map, Value, json};

use super::{Db, membership};
use crate::ScimError;
use crate::clock::{format_ms, now_ms};

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A person or robot.
    User,
    /// A set of users.
    Group,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::User, Self::Group];

    /// `meta.resourceType`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }

    /// Last part of the address of the list.
    pub const fn endpoint(self) -> &'static str {
        match self {
            Self::User => "Users",
            Self::Group => "Groups",
        }
    }

    /// The attribute that names a record for a person; required.
    pub const fn name_attribute(self) -> &'static str {
        match self {
            Self::User => "userName",
            Self::Group => "displayName",
        }
    }
}

impl ToSql for Kind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(match self {
            Self::User => 1_i64,
            Self::Group => 2,
        }))
    }
}

impl FromSql for Kind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(if value.as_i64()? == 2 { Self::Group } else { Self::User })
    }
}

/// A stored record.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Place in the order.
    pub seq: i64,
    /// Number of changes plus one; `meta.version` is `W/"version"`.
    pub version: i64,
    /// The record as sent.
    pub json: String,
}

impl Resource {
    /// The record as data.
    pub fn value(&self) -> Result<Map<String, Value>, ScimError> {
        Ok(serde_json::from_str(&self.json)?)
    }

    /// The entity tag of this version.
    pub fn etag(&self) -> String {
        format!("W/\"{}\"", self.version)
    }
}

/// Where a record lives.
#[derive(Clone, Copy)]
pub struct Write {
    /// Number of the tenant.
    pub tenant: i64,
    /// What the record is.
    pub kind: Kind,
}

/// When a record was made and last changed, in milliseconds, and its version.
#[derive(Clone, Copy)]
pub struct Times {
    /// `meta.created`.
    pub created: i64,
    /// `meta.lastModified`.
    pub modified: i64,
    /// Number of changes plus one.
    pub version: i64,
}

impl Times {
    /// Of a record that never changed.
    pub const fn new(created: i64) -> Self {
        Self { created, modified: created, version: 1 }
    }
}

/// The record `id`, if it exists.
pub fn get(conn: &Connection, at: Write, id: &str) -> Result<Option<Resource>, ScimError> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, version, json FROM resources WHERE tenant_id = ?1 AND kind = ?2 AND id = ?3",
    )?;
    let found = statement.query_row(params![at.tenant, at.kind, id], |row| {
        Ok(Resource { seq: row.get("seq")?, version: row.get("version")?, json: row.get("json")? })
    });
    Ok(found.optional()?)
}

/// Stores a new record under `id`, created now, and gives it back as stored.
pub fn insert(db: &mut Db, at: Write, id: &str, record: Map<String, Value>) -> Result<Resource, ScimError> {
    let tx = db.conn.transaction()?;
    let stored = insert_with_id(&tx, at, id, record, Times::new(now_ms()))?;
    tx.commit()?;
    db.orders.pushed(at.tenant, at.kind, stored.seq);
    Ok(stored)
}

/// Stores a new record inside a transaction of the caller, who forgets the kept orders afterwards.
pub fn insert_with_id(
    tx: &Transaction<'_>,
    at: Write,
    id: &str,
    mut record: Map<String, Value>,
    times: Times,
) -> Result<Resource, ScimError> {
    let Times { created, modified, version } = times;
    let name = checked_name(tx, at, &record, id)?;
    stamp(&mut record, at.kind, id, &Stamp { created: format_ms(created), modified, version });
    let json = serde_json::to_string(&record)?;
    insert_ready(tx, at, id, &name, times, &json)?;
    let stored = Resource { seq: tx.last_insert_rowid(), version, json };
    if at.kind == Kind::Group {
        membership::replace(tx, at.tenant, id, &record)?;
    }
    Ok(stored)
}

/// Stores text as it is: the caller vouches for its id, `meta` and name, and that the name is free.
pub fn insert_ready(
    tx: &Transaction<'_>,
    at: Write,
    id: &str,
    name_key: &str,
    times: Times,
    json: &str,
) -> Result<(), ScimError> {
    tx.prepare_cached(
        "INSERT INTO resources (tenant_id, kind, id, name_key, modified, version, json)
         VALUES (:tenant, :kind, :id, :name, :modified, :version, :json)",
    )?
    .execute(named_params! {
        ":tenant": at.tenant, ":kind": at.kind, ":id": id, ":name": name_key, ":modified": times.modified,
        ":version": times.version, ":json": json,
    })?;
    Ok(())
}

/// Replaces `old` by `record`; a record that says the same keeps its version.
pub fn update(
    db: &mut Db,
    at: Write,
    id: &str,
    old: &Resource,
    mut record: Map<String, Value>,
) -> Result<Resource, ScimError> {
    let before = old.value()?;
    let created = before.get("meta").and_then(|meta| meta.get("created")).and_then(Value::as_str);
    let created = created.unwrap_or_default().to_owned();
    if same_content(&before, &record) {
        return Ok(old.clone());
    }
    let tx = db.conn.transaction()?;
    let name = checked_name(&tx, at, &record, id)?;
    let (modified, version) = (now_ms(), old.version + 1);
    stamp(&mut record, at.kind, id, &Stamp { created, modified, version });
    let json = serde_json::to_string(&record)?;
    tx.execute(
        "UPDATE resources SET name_key = ?2, modified = ?3, version = ?4, json = ?5 WHERE seq = ?1",
        params![old.seq, name, modified, version, json],
    )?;
    let stored = Resource { seq: old.seq, version, json };
    if at.kind == Kind::Group {
        membership::replace(&tx, at.tenant, id, &record)?;
    }
    tx.commit()?;
    db.orders.changed();
    Ok(stored)
}

/// Deletes `old`. `clean` takes a deleted user out of its groups; else a dangling member stays behind.
pub fn delete(db: &mut Db, at: Write, id: &str, old: &Resource, clean: bool) -> Result<(), ScimError> {
    if clean && at.kind == Kind::User {
        membership::leave_all(db, at.tenant, id)?;
    }
    let tx = db.conn.transaction()?;
    tx.execute("DELETE FROM resources WHERE seq = ?1", [old.seq])?;
    if at.kind == Kind::Group {
        membership::forget_group(&tx, at.tenant, id)?;
    }
    tx.commit()?;
    db.orders.removed(at.tenant, at.kind, old.seq);
    Ok(())
}

/// Moves a record to the front or the end of the service's own order, without changing it.
pub fn move_row(db: &mut Db, at: Write, seq: i64, to_front: bool) -> Result<(), ScimError> {
    let target = if to_front {
        "UPDATE resources SET seq = (SELECT min(seq) - 1 FROM resources) WHERE seq = ?1"
    } else {
        "UPDATE resources SET seq = (SELECT max(seq) + 1 FROM resources) WHERE seq = ?1"
    };
    db.conn.execute(target, [seq])?;
    db.orders.forget(at.tenant);
    Ok(())
}

struct Stamp {
    created: String,
    modified: i64,
    version: i64,
}

fn stamp(record: &mut Map<String, Value>, kind: Kind, id: &str, times: &Stamp) {
    record.insert("id".to_owned(), Value::from(id));
    // A relative reference, which RFC 7643 section 2.3.7 allows: the stored text stays true on any port.
    let meta = json!({
        "resourceType": kind.as_str(),
        "created": times.created,
        "lastModified": format_ms(times.modified),
        "version": format!("W/\"{}\"", times.version),
        "location": format!("{}/{id}", kind.endpoint()),
    });
    record.insert("meta".to_owned(), meta);
}

fn same_content(before: &Map<String, Value>, after: &Map<String, Value>) -> bool {
    let content = |map: &Map<String, Value>| {
        let mut map = map.clone();
        map.remove("meta");
        map.remove("id");
        map
    };
    content(before) == content(after)
}

/// The name in lower case; refused when missing, or when another user has it.
fn checked_name(
    conn: &Connection,
    at: Write,
    record: &Map<String, Value>,
    id: &str,
) -> Result<String, ScimError> {
    let attribute = at.kind.name_attribute();
    let name = record.get(attribute).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    if name.is_empty() {
        return Err(ScimError::bad("invalidValue", format!("{attribute} is required")));
    }
    let key = name.to_lowercase();
    let mut others = conn.prepare_cached(
        "SELECT 1 FROM resources WHERE tenant_id = ?1 AND kind = ?2 AND name_key = ?3 AND id <> ?4",
    )?;
    if at.kind == Kind::User && others.exists(params![at.tenant, at.kind, key, id])? {
        return Err(ScimError {
            status: 409,
            scim_type: "uniqueness",
            detail: format!("One or more of the attribute values are already in use: {attribute}"),
        });
    }
    Ok(key)
}
