//! The state of Logto tenants, in tables of their own beside those of SCIM.

mod details;
mod edges;
mod entities;
mod logs;
mod orders;
mod users;

pub use details::{Detail, delete_detail, detail, details, put_detail};
pub use edges::{Edge, edge_count, edge_exists, edges_from, edges_to, link, triples, unlink, unlink_all};
pub use entities::{
    Entity, EntityKind, EntityName, delete_entity, entities, entity, entity_by_seq, entity_named,
    insert_entity, update_entity,
};
pub use logs::{LogFilter, LogRow, insert_log, log_by_id, logs};
pub use orders::{Orders, Rows, all_users, users_listed};
pub use users::{
    User, delete_user, insert_user, taken, update_user, user, user_by_seq, user_count, users_by_seq,
};

/// The ids of users, or of organisations, oldest first.
pub fn ids(conn: &rusqlite::Connection, tenant: i64, kind: crate::Kind) -> rusqlite::Result<Vec<String>> {
    let sql = match kind {
        crate::Kind::User => "SELECT id FROM logto_users WHERE tenant_id = ?1 ORDER BY created, seq",
        crate::Kind::Group => {
            "SELECT id FROM logto_entities WHERE tenant_id = ?1 AND kind = 3 ORDER BY created, seq DESC"
        }
    };
    conn.prepare_cached(sql)?.query_map([tenant], |row| row.get(0))?.collect()
}

/// How many users, or organisations, there are.
pub fn count(conn: &rusqlite::Connection, tenant: i64, kind: crate::Kind) -> rusqlite::Result<usize> {
    let sql = match kind {
        crate::Kind::User => "SELECT count(*) FROM logto_users WHERE tenant_id = ?1",
        crate::Kind::Group => "SELECT count(*) FROM logto_entities WHERE tenant_id = ?1 AND kind = 3",
    };
    conn.prepare_cached(sql)?.query_row([tenant], |row| row.get(0))
}

/// Creates the tables.
pub const SCHEMA: &str = include_str!("schema.sql");
