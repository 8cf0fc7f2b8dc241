//! Where pages land first: a database of its own for each account, beside the mirror and encrypted with the same key, so
//! that memory stays flat, an interrupted run goes on where it stopped, and throwing it away costs nothing.
//!
//! Its connection has the mirror as `main` and the staging database as `staging` (in memory, where all accounts share
//! the one connection, as `staging_<account>`).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, named_params};

use super::connection::{Purpose, open_file};
use super::error::Context;
use super::lock::RunLock;
use super::open::{remove_if_there, with_suffix};
use super::{Inner, Place, Store, StoreError, lock, staged_users};
use crate::model::AccountId;

const SCHEMA: &str = include_str!("../../sql/staging.sql");

/// The staging database of one account.
pub struct Staging {
    store: Arc<Inner>,
    place: StagingPlace,
    account: AccountId,
}

enum StagingPlace {
    Disk { conn: Mutex<Connection>, path: PathBuf },
    Memory,
}

/// KiB of page cache for the mirror and for the staging, and the pages of the write-ahead log after which it is taken
/// over into the file.
#[derive(Clone, Copy)]
struct Share {
    mirror: u32,
    staging: u32,
    log: u32,
}

/// While pages land, both are looked into in no order.
const STAGING: Share = Share { mirror: 10 * 1024, staging: 14 * 1024, log: 8_000 };
/// While the mirror is made new, the staging is read from its beginning to its end. The one large transaction is taken over
/// into the file after the run: see `Store::checkpoint_soon`.
const APPLYING: Share = Share { mirror: 20 * 1024, staging: 2 * 1024, log: 0 };

/// SQL for one staging database.
pub struct StagingSql {
    schema: String,
}

impl StagingSql {
    /// For a staging database attached under this name.
    pub(super) fn named(schema: &str) -> Self {
        Self { schema: schema.to_owned() }
    }

    /// `text` with `staging.` naming this account's staging database.
    pub fn of(&self, text: &str) -> String {
        text.replace("staging.", &format!("{}.", self.schema))
    }
}

impl Staging {
    /// Opens the staging database of `account`, as an interrupted run left it or empty.
    ///
    /// # Errors
    /// Those of the store; one that is damaged or of another version is thrown away and begun anew instead.
    pub fn open(store: &Store, account: AccountId) -> Result<Self, StoreError> {
        let inner = Arc::clone(&store.inner);
        let place = match &inner.place {
            Place::Memory => StagingPlace::Memory,
            Place::Disk { path, key, .. } => {
                let conn = open_file(path, key, Purpose::Stage)?;
                StagingPlace::Disk { conn: Mutex::new(conn), path: file_of(path, account) }
            }
        };
        let staging = Self { store: inner, place, account };
        staged_users::define_key(&staging.connection())?;
        if staging.attach().is_err() || !staging.is_current() {
            staging.detach()?;
            staging.attach()?;
        }
        Ok(staging)
    }

    /// Runs `work` in a transaction that writes only to the staging database and may read the mirror.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn stage<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &StagingSql) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // Deferred: an immediate transaction would lock the mirror too, and with it every other account.
        self.transaction(TransactionBehavior::Deferred, work)
    }

    /// Runs `work` in a transaction that may write to the mirror.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn apply<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &StagingSql) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // There is one writer: on disk this connection stands in for it while its lock is held.
        let _writer = match &self.place {
            StagingPlace::Disk { .. } => Some(lock(&self.store.writer)),
            StagingPlace::Memory => None,
        };
        self.share_memory(APPLYING)?;
        let result = self.transaction(TransactionBehavior::Immediate, work);
        self.share_memory(STAGING)?;
        self.store.noting_damage(result)
    }

    /// What [`Self::stage`] last wrote as the checkpoint.
    ///
    /// # Errors
    /// Those of the store.
    pub fn checkpoint(&self) -> Result<Option<String>, StoreError> {
        self.stage(|tx, sql| {
            tx.query_row(&sql.of("SELECT checkpoint FROM staging.checkpoint"), [], |row| {
                row.get("checkpoint")
            })
            .optional()
            .context("reading the checkpoint")
        })
    }

    /// Throws everything staged away.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn clear(&self) -> Result<(), StoreError> {
        self.detach()?;
        self.attach()
    }

    /// Throws the staging database away for good.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn discard(self) -> Result<(), StoreError> {
        self.detach()
    }

    fn transaction<T>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>, &StagingSql) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut conn = self.connection();
        let tx = conn.transaction_with_behavior(behavior).context("beginning")?;
        let value = work(&tx, &self.sql())?;
        tx.commit().context("committing")?;
        Ok(value)
    }

    /// An attached database has a cache of its own; without a word about it, a small one.
    fn share_memory(&self, share: Share) -> Result<(), StoreError> {
        if matches!(self.place, StagingPlace::Memory) {
            return Ok(());
        }
        let Share { mirror, staging, log } = share;
        self.connection()
            .execute_batch(&format!(
                "PRAGMA staging.cache_size = -{staging}; PRAGMA main.cache_size = -{mirror};
                 PRAGMA wal_autocheckpoint = {log};"
            ))
            .context("sharing memory out")
    }

    fn connection(&self) -> std::sync::MutexGuard<'_, Connection> {
        match &self.place {
            StagingPlace::Disk { conn, .. } => lock(conn),
            StagingPlace::Memory => lock(&self.store.writer),
        }
    }

    fn sql(&self) -> StagingSql {
        let schema = match &self.place {
            StagingPlace::Disk { .. } => "staging".to_owned(),
            StagingPlace::Memory => format!("staging_{}", self.account),
        };
        StagingSql { schema }
    }

    fn attach(&self) -> Result<(), StoreError> {
        let conn = self.connection();
        let sql = self.sql();
        match (&self.place, &self.store.place) {
            (StagingPlace::Disk { path, .. }, Place::Disk { key, .. }) => {
                let file = path.to_string_lossy();
                // The key goes into the connection and nowhere else.
                conn.execute(
                    "ATTACH DATABASE :file AS staging KEY :key",
                    named_params! { ":file": file, ":key": key.pragma().as_str() },
                )
                .context("opening the staging data")?;
                conn.execute_batch("PRAGMA staging.journal_mode = WAL; PRAGMA staging.synchronous = OFF;")
                    .context("preparing the staging data")?;
            }
            _ => {
                let attached: bool = conn
                    .query_row(
                        "SELECT count(*) FROM pragma_database_list WHERE name = :name",
                        named_params! { ":name": sql.schema },
                        |row| row.get(0),
                    )
                    .context("looking for the staging data")?;
                if attached {
                    return Ok(());
                }
                conn.execute_batch(&format!("ATTACH DATABASE ':memory:' AS {}", sql.schema))
                    .context("opening the staging data")?;
            }
        }
        let empty: i64 = conn
            .query_row(&sql.of("SELECT count(*) FROM staging.sqlite_schema"), [], |row| row.get(0))
            .context("reading the staging data")?;
        if empty == 0 {
            conn.execute_batch(&schema_for(&sql)).context("preparing the staging data")?;
        }
        drop(conn);
        self.share_memory(STAGING)
    }

    /// Whether the attached database was made by this very schema.
    fn is_current(&self) -> bool {
        let found = self
            .connection()
            .query_row(&self.sql().of("PRAGMA staging.user_version"), [], |row| row.get::<_, i64>(0));
        found == Ok(schema_version())
    }

    fn detach(&self) -> Result<(), StoreError> {
        let conn = self.connection();
        conn.flush_prepared_statement_cache();
        // Not attached is what is wanted anyway.
        let _ = conn.execute_batch(&format!("DETACH DATABASE {}", self.sql().schema));
        match &self.place {
            StagingPlace::Disk { path, .. } => remove_files(path),
            StagingPlace::Memory => Ok(()),
        }
    }
}

/// Makes the tables of the staging database that `sql` names.
pub(super) fn schema_for(sql: &StagingSql) -> String {
    sql.of(&versioned())
}

/// The schema, ended by the mark of its version.
fn versioned() -> String {
    format!("BEGIN; {SCHEMA} PRAGMA staging.user_version = {}; COMMIT;", schema_version())
}

/// Changes whenever the schema does: staged rows of another version are worth nothing.
fn schema_version() -> i64 {
    let hash = blake3::hash(SCHEMA.as_bytes());
    hash.as_bytes().iter().take(3).fold(1, |version, byte| version * 256 + i64::from(*byte))
}

fn file_of(database: &Path, account: AccountId) -> PathBuf {
    database.with_file_name(format!("staging-{account}.db"))
}

fn remove_files(path: &Path) -> Result<(), StoreError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        remove_if_there(&with_suffix(path, suffix))?;
    }
    Ok(())
}

/// At the start of the program: removes staging databases that no run will go on from, of this process or another.
///
/// # Errors
/// Those of the store and the file system.
pub fn remove_strays(folder: &Path, conn: &Connection) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare(
            "SELECT a.id FROM accounts a
             JOIN sync_runs r ON r.id = (SELECT max(id) FROM sync_runs WHERE account_id = a.id AND kind = 'sync')
             WHERE r.state NOT IN ('succeeded', 'discarded')",
        )
        .context("looking for unfinished runs")?;
    let wanted = statement
        .query_map([], |row| row.get::<_, u32>("id"))
        .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
        .context("looking for unfinished runs")?;
    let entries = std::fs::read_dir(folder).map_err(|source| StoreError::file(folder, source))?;
    for entry in entries {
        let path = entry.map_err(|source| StoreError::file(folder, source))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let account = name.strip_prefix("staging-").and_then(|rest| rest.split_once(".db"));
        let Some((id, _)) = account else { continue };
        let account = id.parse::<u32>().ok();
        if account.is_some_and(|id| wanted.contains(&id)) {
            continue;
        }
        // Held while it is removed: a run of another process may be about to begin, or at its very end.
        let lock = match account {
            Some(id) => RunLock::take(folder, AccountId(id))?,
            None => Some(RunLock::none()),
        };
        if lock.is_some() {
            remove_if_there(&path)?;
        }
    }
    Ok(())
}

/// Removes the staging database of an account that is forgotten.
///
/// # Errors
/// Those of the file system.
pub fn forget(store: &Store, account: AccountId) -> Result<(), StoreError> {
    match &store.inner.place {
        Place::Disk { path, .. } => remove_files(&file_of(path, account)),
        Place::Memory => Staging::open(store, account)?.discard(),
    }
}
