//! Who belongs to what, as numbers.

use rusqlite::{Connection, params};

/// What an edge means, and what its ends are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Operator group, operator.
    Member,
    /// Monitor group, monitor.
    MonitorMember,
    /// Alert definition, who is told first: an operator or a group.
    FirstLevel,
    /// Alert definition, who is told next.
    SecondLevel,
    /// Alert definition, who is told last.
    ThirdLevel,
    /// Scheduled report, operator or group.
    Recipient,
}

impl Edge {
    const ALL: [Self; 6] = [
        Self::Member,
        Self::MonitorMember,
        Self::FirstLevel,
        Self::SecondLevel,
        Self::ThirdLevel,
        Self::Recipient,
    ];

    /// As stored.
    pub const fn number(self) -> i64 {
        self as i64
    }
}

/// Adds an edge; false when it is there already.
pub fn link(conn: &Connection, edge: Edge, a: i64, b: i64) -> rusqlite::Result<bool> {
    let mut insert =
        conn.prepare_cached("INSERT INTO uptrends_edges VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
    Ok(insert.execute(params![edge.number(), a, b])? > 0)
}

/// Drops an edge; false when there is none.
pub fn unlink(conn: &Connection, edge: Edge, a: i64, b: i64) -> rusqlite::Result<bool> {
    let mut delete =
        conn.prepare_cached("DELETE FROM uptrends_edges WHERE kind = ?1 AND a = ?2 AND b = ?3")?;
    Ok(delete.execute(params![edge.number(), a, b])? > 0)
}

/// Whether there is an edge.
pub fn edge_exists(conn: &Connection, edge: Edge, a: i64, b: i64) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM uptrends_edges WHERE kind = ?1 AND a = ?2 AND b = ?3")?
        .exists(params![edge.number(), a, b])
}

/// The ends `b` of all edges from `a`.
pub fn edges_from(conn: &Connection, edge: Edge, a: i64) -> rusqlite::Result<Vec<i64>> {
    let mut select =
        conn.prepare_cached("SELECT b FROM uptrends_edges WHERE kind = ?1 AND a = ?2 ORDER BY b")?;
    select.query_map(params![edge.number(), a], |row| row.get(0))?.collect()
}

/// The ends `a` of all edges to `b`.
pub fn edges_to(conn: &Connection, edge: Edge, b: i64) -> rusqlite::Result<Vec<i64>> {
    let mut select =
        conn.prepare_cached("SELECT a FROM uptrends_edges WHERE kind = ?1 AND b = ?2 ORDER BY a")?;
    select.query_map(params![edge.number(), b], |row| row.get(0))?.collect()
}

/// Drops every edge that begins or ends at `seq`.
pub fn forget(conn: &Connection, seq: i64) -> rusqlite::Result<()> {
    for edge in Edge::ALL {
        for end in ["a", "b"] {
            conn.prepare_cached(&format!("DELETE FROM uptrends_edges WHERE kind = ?1 AND {end} = ?2"))?
                .execute(params![edge.number(), seq])?;
        }
    }
    Ok(())
}
