//! What can go wrong in the local database.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode as SqlCode;

use crate::api::ErrorCode;

/// What can go wrong in the local database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Written by a newer version of this program.
    #[error("the local data has format {found}, this version knows formats up to {known}")]
    TooNew {
        /// `user_version` of the file.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// Not readable with its key, or inconsistent.
    #[error("the local data is damaged: {0}")]
    Damaged(String),
    /// There is a database but no key for it in the keychain.
    #[error("there is local data but the keychain has no key for it")]
    KeyMissing,
    /// Another process holds it.
    #[error("another program is using the local data")]
    Busy,
    /// No room left.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or file cannot be used.
    #[error("{path}: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// Any other failure of a statement.
    #[error("{context}: {source}")]
    Sql {
        /// What was being done.
        context: &'static str,
        /// The database's words.
        source: rusqlite::Error,
    },
    /// Long work was stopped on request; its transaction is rolled back.
    #[error("stopped on request")]
    Stopped,
    /// A state that cannot happen.
    #[error("BUG: {0}")]
    Bug(String),
}

impl StoreError {
    /// For the window to act on.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::TooNew { .. } => ErrorCode::DatabaseTooNew,
            Self::Damaged(_) => ErrorCode::DatabaseDamaged,
            Self::KeyMissing => ErrorCode::DatabaseKeyMissing,
            Self::Busy => ErrorCode::DatabaseBusy,
            Self::DiskFull => ErrorCode::DiskFull,
            Self::File { .. } | Self::Sql { .. } => ErrorCode::DatabaseFailed,
            Self::Stopped => ErrorCode::Cancelled,
            Self::Bug(_) => ErrorCode::Internal,
        }
    }

    /// A failure of the file system at `path`.
    pub fn file(path: &Path, source: std::io::Error) -> Self {
        if source.kind() == std::io::ErrorKind::StorageFull {
            return Self::DiskFull;
        }
        Self::File { path: path.to_path_buf(), source }
    }
}

/// Says what was being done when a statement failed.
pub trait Context<T> {
    /// `context` continues "while …": "reading users".
    ///
    /// # Errors
    /// The failure, sorted by what a person can do about it.
    fn context(self, context: &'static str) -> Result<T, StoreError>;
}

impl<T> Context<T> for rusqlite::Result<T> {
    fn context(self, context: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| match source.sqlite_error_code() {
            Some(SqlCode::NotADatabase | SqlCode::DatabaseCorrupt) => StoreError::Damaged(context.to_owned()),
            Some(SqlCode::DiskFull) => StoreError::DiskFull,
            Some(SqlCode::DatabaseBusy | SqlCode::DatabaseLocked) => StoreError::Busy,
            _ => StoreError::Sql { context, source },
        })
    }
}

impl<T> Context<T> for serde_json::Result<T> {
    fn context(self, context: &'static str) -> Result<T, StoreError> {
        self.map_err(|error| StoreError::Bug(format!("{context}: {error}")))
    }
}
