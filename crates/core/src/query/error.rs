//! From a failed statement to the store's error, saying what was being read.

use crate::store::{Context, StoreError};

/// Says what was being read.
pub(super) trait Reading<T> {
    /// `context` completes "cannot do this:", as in "reading the groups of a user".
    fn reading(self, context: &'static str) -> Result<T, StoreError>;
}

impl<T> Reading<T> for rusqlite::Result<T> {
    fn reading(self, context: &'static str) -> Result<T, StoreError> {
        Context::context(self, context)
    }
}

/// A value in the store that this program never writes.
pub(super) fn damaged(what: &'static str) -> StoreError {
    StoreError::Damaged(format!("{what} is not readable"))
}
