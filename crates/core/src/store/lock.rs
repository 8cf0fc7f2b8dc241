//! One process at a time: a lock on a file beside the database, held by the operating system and gone with the process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::StoreError;

/// Held as long as the store is open.
pub struct FolderLock(
    #[expect(dead_code, reason = "held, not read: closing the file releases the lock")] File,
);

impl FolderLock {
    /// Takes the lock of `folder`.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process has it.
    pub fn take(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join("rollcall.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| StoreError::file(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy),
            Err(TryLockError::Error(source)) => Err(StoreError::file(&path, source)),
        }
    }
}
