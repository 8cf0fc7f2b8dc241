//! What can go wrong in the local database.

use std::path::PathBuf;

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
    /// Another process holds it for too long.
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
            Self::Bug(_) => ErrorCode::Internal,
        }
    }
}
