//! The sandbox's state: one SQLite connection behind one lock, reached only through [`Store::call`], which runs the
//! closure on a blocking thread. One connection instead of a pool: a page of 500 users takes well under a
//! millisecond, and a memory database belongs to its connection.

mod membership;
mod orders;
mod resource;
mod rows;

pub use membership::groups_of;
pub use orders::{Listing, OrderBy};
pub use resource::{
    Kind, Resource, Times, Write, delete, get, insert, insert_ready, insert_with_id, move_row, update,
};
pub use rows::{View, render, render_one};

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};

use crate::logto::store as logto;
use crate::uptrends::store as uptrends;
use crate::{SandboxError, ScimError};

/// A handle that can be cloned.
#[derive(Clone)]
pub struct Store {
    db: Arc<Mutex<Db>>,
}

/// What a closure given to [`Store::call`] works on.
pub struct Db {
    /// The only connection.
    pub conn: Connection,
    /// Orders of rows, computed once and kept.
    pub orders: orders::Orders,
    /// The same for tenants of the Logto dialect.
    pub logto: logto::Orders,
}

impl Store {
    /// Opens `path`, or a database in memory.
    pub fn open(path: Option<&Path>) -> Result<Self, SandboxError> {
        let failed = |source| SandboxError::Open {
            path: path.map_or_else(|| "in memory".to_owned(), |path| path.display().to_string()),
            source,
        };
        let conn = path.map_or_else(Connection::open_in_memory, Connection::open).map_err(failed)?;
        prepare(&conn).map_err(failed)?;
        Ok(Self {
            db: Arc::new(Mutex::new(Db {
                conn,
                orders: orders::Orders::default(),
                logto: logto::Orders::default(),
            })),
        })
    }

    /// Runs `work` on a blocking thread.
    pub async fn call<T, F>(&self, work: F) -> Result<T, ScimError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T, ScimError> + Send + 'static,
    {
        let db = Arc::clone(&self.db);
        let task =
            tokio::task::spawn_blocking(move || work(&mut db.lock().unwrap_or_else(PoisonError::into_inner)));
        task.await.map_err(|error| ScimError::status(500, format!("BUG: database work stopped: {error}")))?
    }
}

fn prepare(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;
         PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;",
    )?;
    conn.set_prepared_statement_cache_capacity(192);
    conn.execute_batch(include_str!("schema.sql"))?;
    conn.execute_batch(logto::SCHEMA)?;
    conn.execute_batch(uptrends::SCHEMA)
}

/// The number of the tenant `slug`, made when it is new, and the last place given to any record so far.
pub fn tenant_id(db: &Db, slug: &str) -> Result<(i64, u64), ScimError> {
    db.conn.execute("INSERT INTO tenants (slug) VALUES (?1) ON CONFLICT DO NOTHING", [slug])?;
    let id = db.conn.query_row("SELECT tenant_id FROM tenants WHERE slug = ?1", [slug], |row| row.get(0))?;
    let last: i64 = db.conn.query_row(
        "SELECT (SELECT coalesce(max(seq), 0) FROM resources) + (SELECT coalesce(max(seq), 0) FROM logto_users)
             + (SELECT coalesce(max(seq), 0) FROM logto_logs) - (SELECT coalesce(min(seq), 0) FROM logto_entities)
             + (SELECT coalesce(sum(seq), 0) FROM sqlite_sequence)",
        [],
        |row| row.get(0),
    )?;
    Ok((id, last.unsigned_abs()))
}

/// How often samples were started on this tenant before; counts this start.
pub fn count_sample_start(db: &Db, tenant: i64) -> Result<u32, ScimError> {
    let starts = db
        .conn
        .query_row("SELECT sample_starts FROM tenants WHERE tenant_id = ?1", [tenant], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    db.conn.execute(
        "UPDATE tenants SET sample_starts = sample_starts + 1 WHERE tenant_id = ?1",
        params![tenant],
    )?;
    Ok(starts)
}
