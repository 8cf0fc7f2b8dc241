//! The groups grid and one group with a page of its members.

use rusqlite::Connection;

use super::users::UserIndexCache;
use crate::api::{GroupDetailView, GroupPageView, GroupQueryRequest, GroupRequest};
use crate::store::StoreError;

/// A page of groups: those that match, in the asked order.
///
/// # Errors
/// When the store cannot be read.
pub fn query_groups(
    _cache: &UserIndexCache,
    _conn: &Connection,
    _request: &GroupQueryRequest,
) -> Result<GroupPageView, StoreError> {
    Err(StoreError::Bug("the index is not built yet".to_owned()))
}

/// Everything synced about a group, with a page of its members by name; `None` when the mirror does not have it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_group(_conn: &Connection, _request: &GroupRequest) -> Result<Option<GroupDetailView>, StoreError> {
    Err(StoreError::Bug("not built yet".to_owned()))
}
