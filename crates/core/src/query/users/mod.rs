//! The users grid: search, filter, sort and page over an index in memory.

mod cache;
mod rows;
mod words;

use rusqlite::Connection;

pub use cache::UserIndexCache;
pub(super) use rows::UserRowReader;
pub(super) use words::Words;

use crate::api::{UserPageView, UserQueryRequest};
use crate::store::StoreError;

/// A page of users: those that match, in the asked order.
///
/// # Errors
/// When the store cannot be read.
pub fn query_users(
    _cache: &UserIndexCache,
    _conn: &Connection,
    _request: &UserQueryRequest,
) -> Result<UserPageView, StoreError> {
    Err(StoreError::Bug("the index is not built yet".to_owned()))
}
