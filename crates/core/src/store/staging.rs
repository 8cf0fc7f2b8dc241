//! Where pages land first: a database of its own for each account, beside the mirror and encrypted with the same key, so
//! that memory stays flat, an interrupted run goes on where it stopped, and throwing it away costs nothing.
//!
//! Its connection has the mirror as `main` and the staging database as `staging`: see `staging_file`. In memory, where all
//! accounts share the one connection, its tables stand beside each other: see `staging_memory`.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::connection::{Purpose, open_file};
use super::error::Context;
use super::{Inner, Place, Store, StoreError, lock, staged_users, staging_file, staging_memory};
use crate::model::AccountId;

/// Tables and indexes of a staging database.
pub(super) const SCHEMA: &str = include_str!("../../sql/staging.sql");

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
    prefix: String,
}

impl StagingSql {
    /// For a staging database attached under this name.
    pub(super) fn named(schema: &str) -> Self {
        Self { prefix: format!("{schema}.") }
    }

    /// `text` with `staging.` naming this account's staging.
    pub fn of(&self, text: &str) -> String {
        text.replace(staging_file::PREFIX, &self.prefix)
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
                StagingPlace::Disk { conn: Mutex::new(conn), path: staging_file::of(path, account) }
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
        let prefix = match &self.place {
            StagingPlace::Disk { .. } => staging_file::PREFIX.to_owned(),
            StagingPlace::Memory => staging_memory::prefix(self.account),
        };
        StagingSql { prefix }
    }

    fn attach(&self) -> Result<(), StoreError> {
        match (&self.place, &self.store.place) {
            (StagingPlace::Disk { conn, path }, Place::Disk { key, .. }) => {
                staging_file::attach(&lock(conn), path, key)?;
            }
            _ => staging_memory::create(&self.connection(), self.account)?,
        }
        self.share_memory(STAGING)
    }

    /// Whether what is attached was made by this very schema.
    fn is_current(&self) -> bool {
        match &self.place {
            StagingPlace::Disk { conn, .. } => staging_file::is_current(&lock(conn)),
            StagingPlace::Memory => true,
        }
    }

    fn detach(&self) -> Result<(), StoreError> {
        let conn = self.connection();
        conn.flush_prepared_statement_cache();
        match &self.place {
            StagingPlace::Disk { path, .. } => staging_file::detach(&conn, path),
            StagingPlace::Memory => staging_memory::drop(&conn, self.account),
        }
    }
}

/// Removes the staging of an account that is forgotten.
///
/// # Errors
/// Those of the file system.
pub fn forget(store: &Store, account: AccountId) -> Result<(), StoreError> {
    match &store.inner.place {
        Place::Disk { path, .. } => staging_file::remove(&staging_file::of(path, account)),
        Place::Memory => staging_memory::drop(&lock(&store.inner.writer), account),
    }
}
