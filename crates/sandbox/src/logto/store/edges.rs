//! Who holds what, as numbers.

use rusqlite::{Connection, params};

/// What an edge means, and what its ends are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Role, user.
    RoleUser,
    /// Role, scope.
    RoleScope,
    /// Role, application.
    RoleApplication,
    /// Organisation, user.
    Member,
    /// Organisation, user, organisation role.
    MemberRole,
    /// Organisation role, organisation scope.
    OrganizationRoleScope,
    /// Organisation role, scope of a resource.
    OrganizationRoleResourceScope,
    /// Invitation, organisation role.
    InvitationRole,
    /// Organisation, application.
    MemberApplication,
    /// Organisation, application, organisation role.
    MemberApplicationRole,
}

impl Edge {
    const ALL: [Self; 10] = [
        Self::RoleUser,
        Self::RoleScope,
        Self::RoleApplication,
        Self::Member,
        Self::MemberRole,
        Self::OrganizationRoleScope,
        Self::OrganizationRoleResourceScope,
        Self::InvitationRole,
        Self::MemberApplication,
        Self::MemberApplicationRole,
    ];

    const fn number(self) -> i64 {
        self as i64
    }
}

/// Adds an edge; false when it is there already.
pub fn link(conn: &Connection, edge: Edge, a: i64, b: i64, c: i64) -> rusqlite::Result<bool> {
    let mut insert =
        conn.prepare_cached("INSERT INTO logto_edges VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")?;
    Ok(insert.execute(params![edge.number(), a, b, c])? > 0)
}

/// Drops an edge; false when there is none.
pub fn unlink(conn: &Connection, edge: Edge, a: i64, b: i64, c: i64) -> rusqlite::Result<bool> {
    let mut delete =
        conn.prepare_cached("DELETE FROM logto_edges WHERE kind = ?1 AND a = ?2 AND b = ?3 AND c = ?4")?;
    Ok(delete.execute(params![edge.number(), a, b, c])? > 0)
}

/// Drops all edges of a kind from `a`, or from `a` to `b`.
pub fn unlink_all(conn: &Connection, edge: Edge, a: i64, b: Option<i64>) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM logto_edges WHERE kind = ?1 AND a = ?2 AND (?3 IS NULL OR b = ?3)")?
        .execute(params![edge.number(), a, b])?;
    Ok(())
}

/// Whether there is an edge between `a` and `b`.
pub fn edge_exists(conn: &Connection, edge: Edge, a: i64, b: i64) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM logto_edges WHERE kind = ?1 AND a = ?2 AND b = ?3")?.exists(params![
        edge.number(),
        a,
        b
    ])
}

/// How many edges lead from `a`.
pub fn edge_count(conn: &Connection, edge: Edge, a: i64) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT count(*) FROM logto_edges WHERE kind = ?1 AND a = ?2")?
        .query_row(params![edge.number(), a], |row| row.get(0))
}

/// The ends `b` of all edges from `a`.
pub fn edges_from(conn: &Connection, edge: Edge, a: i64) -> rusqlite::Result<Vec<i64>> {
    let mut select =
        conn.prepare_cached("SELECT b FROM logto_edges WHERE kind = ?1 AND a = ?2 ORDER BY b")?;
    select.query_map(params![edge.number(), a], |row| row.get(0))?.collect()
}

/// The ends `a` of all edges to `b`.
pub fn edges_to(conn: &Connection, edge: Edge, b: i64) -> rusqlite::Result<Vec<i64>> {
    let mut select =
        conn.prepare_cached("SELECT a FROM logto_edges WHERE kind = ?1 AND b = ?2 ORDER BY a")?;
    select.query_map(params![edge.number(), b], |row| row.get(0))?.collect()
}

/// The third ends of all edges between `a` and `b`.
pub fn triples(conn: &Connection, edge: Edge, a: i64, b: i64) -> rusqlite::Result<Vec<i64>> {
    let mut select = conn
        .prepare_cached("SELECT c FROM logto_edges WHERE kind = ?1 AND a = ?2 AND b = ?3 ORDER BY c DESC")?;
    select.query_map(params![edge.number(), a, b], |row| row.get(0))?.collect()
}

/// Drops every edge that begins or ends at `seq`.
pub fn forget(conn: &Connection, seq: i64) -> rusqlite::Result<()> {
    for edge in Edge::ALL {
        for end in ["a", "b"] {
            conn.prepare_cached(&format!("DELETE FROM logto_edges WHERE kind = ?1 AND {end} = ?2"))?
                .execute(params![edge.number(), seq])?;
        }
        let third = matches!(edge, Edge::MemberRole | Edge::MemberApplicationRole);
        if third && seq < 0 {
            conn.prepare_cached("DELETE FROM logto_edges WHERE kind = ?1 AND c = ?2")?
                .execute(params![edge.number(), seq])?;
        }
    }
    Ok(())
}
