//! What operators and groups may do with one monitor, monitor group, vault section and the like.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::edges::Edge;
use super::things::ThingKind;

/// One grant.
#[derive(Clone, Debug)]
pub struct Grant {
    pub id: String,
    pub kind: String,
    /// GUID of the operator or group.
    pub holder: String,
    pub to_group: bool,
}

impl Grant {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind: i64 = row.get("kind")?;
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("type")?,
            holder: row.get("holder")?,
            to_group: kind == ThingKind::OperatorGroup.number(),
        })
    }
}

/// The grants on a thing, oldest first.
pub fn grants_of(conn: &Connection, thing: i64) -> rusqlite::Result<Vec<Grant>> {
    conn.prepare_cached(
        "SELECT g.id, g.type, h.id AS holder, h.kind FROM uptrends_grants g JOIN uptrends_things h ON h.seq = g.holder
         WHERE g.thing = ?1 ORDER BY g.seq",
    )?
    .query_map([thing], Grant::from_row)?
    .collect()
}

/// Gives `holder` a grant; false when it is there already.
pub fn give(
    conn: &Connection,
    id: &str,
    (thing, kind, holder): (i64, &str, i64),
    fixed: bool,
) -> rusqlite::Result<bool> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO uptrends_grants (id, thing, type, holder, fixed) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING",
    )?;
    Ok(insert.execute(params![id, thing, kind, holder, fixed])? > 0)
}

/// Drops a grant; nothing when there is none, and false when it cannot be lost.
pub fn take_back(conn: &Connection, thing: i64, id: &str) -> rusqlite::Result<Option<bool>> {
    let found: Option<bool> = conn
        .prepare_cached("SELECT fixed FROM uptrends_grants WHERE thing = ?1 AND id = ?2")?
        .query_row(params![thing, id], |row| row.get(0))
        .optional()?;
    if found == Some(false) {
        conn.prepare_cached("DELETE FROM uptrends_grants WHERE thing = ?1 AND id = ?2")?
            .execute(params![thing, id])?;
    }
    Ok(found.map(|fixed| !fixed))
}

/// The types of the grants that an operator has on a thing, by itself or through its groups.
pub fn held(
    conn: &Connection,
    thing: i64,
    (operator, everyone): (i64, i64),
) -> rusqlite::Result<Vec<String>> {
    conn.prepare_cached(
        "SELECT type FROM uptrends_grants WHERE thing = :thing AND (holder IN (:operator, :everyone)
             OR holder IN (SELECT a FROM uptrends_edges WHERE kind = :member AND b = :operator))",
    )?
    .query_map(
        named_params! {
            ":thing": thing, ":operator": operator, ":everyone": everyone, ":member": Edge::Member.number(),
        },
        |row| row.get(0),
    )?
    .collect()
}

/// Everything that an operator is granted on monitors and their groups, by itself or through its groups: the number of the
/// monitor or group, its mark, and the type.
pub fn monitor_grants(
    conn: &Connection,
    (operator, everyone): (i64, i64),
) -> rusqlite::Result<Vec<(i64, i64, String)>> {
    conn.prepare_cached(
        "SELECT t.seq, t.parent, g.type FROM uptrends_grants g JOIN uptrends_things t ON t.seq = g.thing
         WHERE t.kind IN (:monitor, :group) AND (g.holder IN (:operator, :everyone)
             OR g.holder IN (SELECT a FROM uptrends_edges WHERE kind = :member AND b = :operator))",
    )?
    .query_map(
        named_params! {
            ":operator": operator, ":everyone": everyone, ":member": Edge::Member.number(),
            ":monitor": ThingKind::Monitor.number(), ":group": ThingKind::MonitorGroup.number(),
        },
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?
    .collect()
}
