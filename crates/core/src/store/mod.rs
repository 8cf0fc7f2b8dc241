//! SQL. [`Store::read`] and [`Store::write`] are the only async door; everything inside is synchronous and takes a
//! connection, so it is tested without a runtime, and an `.await` inside a transaction does not compile.
//!
//! One writer and a few readers, no pool crate. Another process may have the data open too: see `lock`.

pub mod account_holders;
pub mod accounts;
pub mod api_users;
pub mod applications;
pub mod change_calls;
pub mod changes;
mod checkpoints;
pub mod confirmed;
mod connection;
pub mod details;
mod diff;
mod error;
pub mod facts;
pub mod grants;
pub mod groups;
pub mod history;
pub mod imported_api_users;
pub mod invitations;
pub mod issues;
mod key;
pub mod known;
mod lock;
pub mod log_entries;
pub mod members;
mod migrations;
pub mod off_duty;
mod open;
pub mod permissions;
pub mod recipients;
pub mod records;
pub mod resources;
pub mod role_assignments;
pub mod roles;
pub mod roster_book;
pub mod rosters;
pub mod runs;
pub mod saved_filters;
pub mod settings;
pub mod staged;
pub mod staged_groups;
pub mod staged_users;
pub mod staging;
mod staging_file;
mod staging_memory;
pub mod streams;
pub mod token_notices;
pub mod tokens;
pub mod users;

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::model::AccountId;

pub use diff::{FieldChange, SAYS_NOTHING, changed_fields, path_separator};
pub use error::{Context, StoreError};
pub use key::KEY_NAME;
pub use lock::RunLock;
pub use open::{DATABASE_FILE, Opened, set_aside};
pub use staging::Staging;

use checkpoints::Checkpoints;
use key::DatabaseKey;

/// Readers beside the writer: one for a long read (loading an index), the others for what the person does meanwhile.
const READERS: usize = 3;

/// Where the data is.
enum Place {
    /// An encrypted file; every further connection needs path and key.
    Disk { path: PathBuf, key: DatabaseKey },
    /// Memory: one connection does everything.
    Memory,
}

/// The local database. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// Closed from the top to the bottom: nobody may come in before the last connection is gone.
struct Inner {
    place: Place,
    checkpoints: Checkpoints,
    writer: Arc<Mutex<Connection>>,
    readers: Mutex<Vec<Connection>>,
    reader_free: Condvar,
    /// Keeps others from changing the file as a whole; `None` in memory.
    _lock: Option<lock::FolderLock>,
}

impl Store {
    /// Runs `work` on a reader and returns its value. Waits for a free reader, never for the writer.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.inner);
        blocking(move || inner.read(work)).await
    }

    /// Runs `work` in a transaction of the one writer: committed when it returns `Ok`, rolled back otherwise.
    ///
    /// # Errors
    /// Those of `work`, and of the commit.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.inner);
        blocking(move || {
            let mut conn = lock(&inner.writer);
            inner.noting_damage(in_transaction(&mut conn, work))
        })
        .await
    }

    /// Takes what a large transaction left in the write-ahead log over into the file, while the person goes on.
    pub fn checkpoint_soon(&self) {
        if !self.is_session_only() {
            self.inner.checkpoints.begin(&self.inner.writer);
        }
    }

    /// Takes the right to run syncs of `account`, for this process; `None` when another one has it.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn take_run_lock(&self, account: AccountId) -> Result<Option<RunLock>, StoreError> {
        match self.folder() {
            Some(folder) => RunLock::take(folder, account),
            None => Ok(Some(RunLock::none())),
        }
    }

    /// Whether a process, this one or another, is running a sync of `account`.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn has_run(&self, account: AccountId) -> Result<bool, StoreError> {
        self.folder().map_or(Ok(false), |folder| RunLock::is_held(folder, account))
    }

    /// Removes the lock file of an account that is forgotten.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn forget_run_lock(&self, account: AccountId) -> Result<(), StoreError> {
        self.folder().map_or(Ok(()), |folder| RunLock::forget(folder, account))
    }

    fn folder(&self) -> Option<&std::path::Path> {
        match &self.inner.place {
            Place::Disk { path, .. } => path.parent(),
            Place::Memory => None,
        }
    }

    /// True when nothing is written to the disk.
    pub fn is_session_only(&self) -> bool {
        matches!(self.inner.place, Place::Memory)
    }
}

impl Inner {
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if matches!(self.place, Place::Memory) {
            return work(&lock(&self.writer));
        }
        let mut readers = lock(&self.readers);
        let conn = loop {
            match readers.pop() {
                Some(conn) => break conn,
                None => {
                    readers = self.reader_free.wait(readers).unwrap_or_else(PoisonError::into_inner);
                }
            }
        };
        drop(readers);
        // Comes back even when `work` panics.
        let lent = Lent { inner: self, conn: Some(conn) };
        let result = match &lent.conn {
            Some(conn) => work(conn),
            None => Err(StoreError::Bug("a reader without a connection".to_owned())),
        };
        self.noting_damage(result)
    }

    /// After an error that looks like damage the next start examines the whole file.
    fn noting_damage<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if let (Place::Disk { path, .. }, Err(StoreError::Damaged(_))) = (&self.place, &result) {
            open::ask_for_examination(path);
        }
        result
    }
}

/// A reader on loan.
struct Lent<'a> {
    inner: &'a Inner,
    conn: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            lock(&self.inner.readers).push(conn);
            self.inner.reader_free.notify_one();
        }
    }
}

fn in_transaction<T>(
    conn: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).context("beginning")?;
    let value = work(&tx)?;
    tx.commit().context("committing")?;
    Ok(value)
}

/// A panic in a closure rolls its transaction back as it unwinds, so the connection behind a poisoned lock is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `work` on a blocking thread.
pub(crate) async fn blocking<T: Send + 'static, E: From<StoreError> + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    let (done, result) = tokio::sync::oneshot::channel();
    // One type of task for all work: with a type each, its machinery would be in the program hundreds of times.
    let work: Box<dyn FnOnce() + Send> = Box::new(move || drop(done.send(work())));
    match tokio::task::spawn_blocking(work).await {
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Ok(()) | Err(_) => {
            result.await.map_err(|_| StoreError::Bug("the runtime is shutting down".to_owned()))?
        }
    }
}
