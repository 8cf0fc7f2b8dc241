//! Several processes on one folder, the window and the command line: locks on files beside the database, held by the
//! operating system and gone with the process that held them, even a killed one.
//!
//! `rollcall.lock` is shared by everybody who has the data open; who finds nobody else there may migrate, set a damaged
//! file aside and begin anew. `rollcall.lock.opening` lets one process at a time open, so that nobody comes in meanwhile.
//! `run-<account>.lock` is held by the one process that synchronises the account. Within a transaction SQLite's own locks
//! put writers in order.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::StoreError;
use super::open::remove_if_there;
use crate::model::AccountId;

/// Rounds that a process waits for another one to have opened: a migration of a large file takes a while.
const OPENING_ROUNDS: u32 = 500;
/// Rounds that a run waits for its lock: somebody may just be looking whether it is held.
const RUN_ROUNDS: u32 = 5;
const ROUND: Duration = Duration::from_millis(20);

/// Shared with other processes as long as the store is open.
pub struct FolderLock(
    #[expect(dead_code, reason = "held, not read: closing the file releases the lock")] File,
);

/// The opening of a folder; others wait until it is over.
pub struct Opening {
    gate: File,
    shared: File,
    alone: bool,
}

impl Opening {
    /// Begins to open `folder`.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process does not come to an end with opening, or holds the folder for itself.
    pub fn begin(folder: &Path) -> Result<Self, StoreError> {
        let gate = open_file(&folder.join("rollcall.lock.opening"))?;
        if !lock_within(&gate, OPENING_ROUNDS).map_err(|error| StoreError::file(folder, error))? {
            return Err(StoreError::Busy);
        }
        let path = folder.join("rollcall.lock");
        let shared = open_file(&path)?;
        let alone = match shared.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => match shared.try_lock_shared() {
                Ok(()) => false,
                Err(TryLockError::WouldBlock) => return Err(StoreError::Busy),
                Err(TryLockError::Error(source)) => return Err(StoreError::file(&path, source)),
            },
            Err(TryLockError::Error(source)) => return Err(StoreError::file(&path, source)),
        };
        Ok(Self { gate, shared, alone })
    }

    /// No other process has the data open.
    pub const fn is_alone(&self) -> bool {
        self.alone
    }

    /// Ends the opening; others may come in.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(self) -> Result<FolderLock, StoreError> {
        let Self { gate, shared, alone } = self;
        let finish = || {
            if alone {
                // Not at once in one step on every system; nobody can come in between, for the gate is held.
                shared.unlock()?;
                shared.lock_shared()?;
            }
            gate.unlock()
        };
        finish().map_err(|error| StoreError::file(Path::new("rollcall.lock"), error))?;
        Ok(FolderLock(shared))
    }
}

/// The one run of an account over all processes; free for others when dropped.
pub struct RunLock(
    #[expect(dead_code, reason = "held, not read: closing the file releases the lock")] Option<File>,
);

impl RunLock {
    /// For data in memory, which no other process sees.
    pub(super) const fn none() -> Self {
        Self(None)
    }

    /// Takes the lock of `account`; `None` when another process has it.
    pub(super) fn take(folder: &Path, account: AccountId) -> Result<Option<Self>, StoreError> {
        let path = run_file(folder, account);
        let file = open_file(&path)?;
        let taken = lock_within(&file, RUN_ROUNDS).map_err(|error| StoreError::file(&path, error))?;
        Ok(taken.then_some(Self(Some(file))))
    }

    /// Whether some process holds the lock of `account`.
    pub(super) fn is_held(folder: &Path, account: AccountId) -> Result<bool, StoreError> {
        let path = run_file(folder, account);
        if !path.exists() {
            return Ok(false);
        }
        match open_file(&path)?.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(source)) => Err(StoreError::file(&path, source)),
        }
    }

    /// Removes the file of an account that is forgotten: its number is never used again.
    pub(super) fn forget(folder: &Path, account: AccountId) -> Result<(), StoreError> {
        remove_if_there(&run_file(folder, account))
    }
}

fn run_file(folder: &Path, account: AccountId) -> PathBuf {
    folder.join(format!("run-{account}.lock"))
}

fn open_file(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    options.open(path).map_err(|source| StoreError::file(path, source))
}

/// True when `file` is locked now.
fn lock_within(file: &File, rounds: u32) -> std::io::Result<bool> {
    for round in 0..rounds {
        if round > 0 {
            std::thread::sleep(ROUND);
        }
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}
