//! The indexes in memory, one an account, rebuilt when the mirror changed.

use rusqlite::Connection;

use crate::model::AccountId;
use crate::store::StoreError;

/// The indexes in memory, one an account. Shared by all readers; an index in use lives on until its last reader is done.
#[derive(Debug, Default)]
pub struct UserIndexCache {}

impl UserIndexCache {
    /// Nothing loaded.
    pub fn new() -> Self {
        Self::default()
    }

    /// The mirror of `account` changed: its index is built anew by the next reader, and the revision grows. Call it
    /// after the commit, and only when something changed.
    pub fn invalidate(&self, _account: AccountId) {}

    /// `account` is gone: frees its memory.
    pub fn forget(&self, _account: AccountId) {}

    /// Builds the index of `account` unless it is there, so that the next query need not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn warm(&self, _conn: &Connection, _account: AccountId) -> Result<(), StoreError> {
        Ok(())
    }

    /// Users and groups of `account`, when its index is there.
    pub(in crate::query) fn counts_if_loaded(&self, _account: AccountId) -> Option<(u64, u64)> {
        None
    }
}
