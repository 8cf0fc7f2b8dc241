//! What operators and groups may do in the account.

use rusqlite::{Connection, named_params, params};

use super::edges::Edge;
use super::things::{Built, ThingKind};

/// What is set on an operator or a group itself.
pub fn rights_of(conn: &Connection, holder: i64) -> rusqlite::Result<Vec<String>> {
    let mut select =
        conn.prepare_cached("SELECT type FROM uptrends_rights WHERE holder = ?1 ORDER BY type")?;
    select.query_map([holder], |row| row.get(0))?.collect()
}

/// Gives a right; false when it is held already.
pub fn grant_right(conn: &Connection, holder: i64, right: &str) -> rusqlite::Result<bool> {
    let mut insert =
        conn.prepare_cached("INSERT INTO uptrends_rights VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    Ok(insert.execute(params![holder, right])? > 0)
}

/// Takes a right back; false when it is not held.
pub fn revoke_right(conn: &Connection, holder: i64, right: &str) -> rusqlite::Result<bool> {
    let mut delete = conn.prepare_cached("DELETE FROM uptrends_rights WHERE holder = ?1 AND type = ?2")?;
    Ok(delete.execute(params![holder, right])? > 0)
}

/// Whether any operator has this right, by itself or through a group that is not empty.
pub fn is_held(conn: &Connection, tenant: i64, right: &str) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "SELECT 1 FROM uptrends_rights r JOIN uptrends_things h ON h.seq = r.holder
         WHERE r.type = :right AND h.tenant_id = :tenant AND (h.kind = :operator OR h.parent = :everyone
             OR EXISTS (SELECT 1 FROM uptrends_edges WHERE kind = :member AND a = h.seq))",
    )?
    .exists(named_params! {
        ":right": right, ":tenant": tenant, ":operator": ThingKind::Operator.number(),
        ":everyone": Built::Everyone.mark(), ":member": Edge::Member.number(),
    })
}

/// Whether an operator may use more than protected status pages: by itself, or through a group.
pub fn may_enter(conn: &Connection, operator: i64, everyone: i64) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "SELECT 1 FROM uptrends_rights WHERE holder = :operator AND type IN ('AccountAccess', 'AccountAdministrator')
         UNION ALL
         SELECT 1 FROM uptrends_rights r WHERE r.type IN ('BasicOperator', 'Administrator')
             AND (r.holder = :everyone OR r.holder IN (SELECT a FROM uptrends_edges WHERE kind = :member AND b = :operator))",
    )?
    .exists(named_params! { ":operator": operator, ":everyone": everyone, ":member": Edge::Member.number() })
}
