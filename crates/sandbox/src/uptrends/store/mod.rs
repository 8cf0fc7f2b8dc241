//! The state of Uptrends tenants, in tables of their own.

mod duty;
mod edges;
mod grants;
mod rights;
mod things;

pub use duty::{add_period, delete_period, periods, update_period};
pub use edges::{Edge, edge_exists, edges_from, edges_to, link, unlink};
pub use grants::{Grant, give, grants_of, held, monitor_grants, take_back};
pub use rights::{grant_right, is_held, may_enter, revoke_right, rights_of};
pub use things::{
    Built, New, Thing, ThingKind, built, count_things, delete_thing, insert_thing, thing, thing_by_seq,
    thing_named, things, things_below, update_thing,
};

/// The GUIDs of operators, or of their groups, in the service's order.
pub fn ids(conn: &rusqlite::Connection, tenant: i64, kind: crate::Kind) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT id FROM uptrends_things WHERE tenant_id = ?1 AND kind = ?2 ORDER BY seq";
    let params = rusqlite::params![tenant, kind_of(kind).number()];
    conn.prepare_cached(sql)?.query_map(params, |row| row.get(0))?.collect()
}

/// How many operators, or groups of them, there are.
pub fn count(conn: &rusqlite::Connection, tenant: i64, kind: crate::Kind) -> rusqlite::Result<usize> {
    count_things(conn, tenant, kind_of(kind))
}

const fn kind_of(kind: crate::Kind) -> ThingKind {
    match kind {
        crate::Kind::User => ThingKind::Operator,
        crate::Kind::Group => ThingKind::OperatorGroup,
    }
}

/// Creates the tables.
pub const SCHEMA: &str = include_str!("schema.sql");
