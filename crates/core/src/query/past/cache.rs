//! The last comparison and the last list as it was, kept for as long as they are right: scrolling, filtering and sorting
//! ask for the same again and again. What is kept is known by the lines and runs it was made from.

use std::sync::{Arc, Mutex, PoisonError};

use super::compare::Comparison;
use super::users::PastUsers;
use crate::model::AccountId;
use crate::store::StoreError;

/// An account, two lines, and what its mirror and history are.
pub(super) type ComparedKey = Vec<(AccountId, i64, i64, (Option<i64>, i64))>;
/// An account, a line, the time of it, its name, and what its mirror and history are.
pub(super) type UsersKey = Vec<(AccountId, i64, i64, String, (Option<i64>, i64))>;

/// Users as they were, and what they were made from.
type KeptUsers = (UsersKey, Arc<PastUsers>);

/// What was last made of the past. The locks are held while it is made, so that it is made once.
#[derive(Debug, Default)]
pub struct PastCache {
    comparison: Mutex<Option<(ComparedKey, Arc<Comparison>)>>,
    users: Mutex<(u32, Option<KeptUsers>)>,
}

impl PastCache {
    /// Nothing kept.
    pub fn new() -> Self {
        Self::default()
    }

    /// `account` is gone: nothing of it stays in memory. Call it after the commit.
    pub fn forget(&self, account: AccountId) {
        let mut comparison = self.comparison.lock().unwrap_or_else(PoisonError::into_inner);
        if comparison.as_ref().is_some_and(|(key, _)| key.iter().any(|part| part.0 == account)) {
            *comparison = None;
        }
        drop(comparison);
        let mut users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        if users.1.as_ref().is_some_and(|(key, _)| key.iter().any(|part| part.0 == account)) {
            users.1 = None;
        }
    }

    pub(super) fn comparison(
        &self,
        key: ComparedKey,
        build: impl FnOnce(&[(AccountId, i64, i64)]) -> Result<Comparison, StoreError>,
    ) -> Result<Arc<Comparison>, StoreError> {
        let mut kept = self.comparison.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, comparison)) = kept.as_ref()
            && *known == key
        {
            return Ok(Arc::clone(comparison));
        }
        // The memory of the old one first.
        *kept = None;
        let places: Vec<_> =
            key.iter().map(|(account, since, until, _)| (*account, *since, *until)).collect();
        let comparison = Arc::new(build(&places)?);
        *kept = Some((key, Arc::clone(&comparison)));
        Ok(comparison)
    }

    /// The list as it was, with its revision.
    pub(super) fn users(
        &self,
        key: UsersKey,
        build: impl FnOnce() -> Result<PastUsers, StoreError>,
    ) -> Result<(u32, Arc<PastUsers>), StoreError> {
        let mut kept = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        if let (revision, Some((known, users))) = &*kept
            && *known == key
        {
            return Ok((*revision, Arc::clone(users)));
        }
        kept.1 = None;
        let users = Arc::new(build()?);
        kept.0 = kept.0.wrapping_add(1);
        kept.1 = Some((key, Arc::clone(&users)));
        Ok((kept.0, users))
    }
}
