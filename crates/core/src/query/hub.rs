//! The cards of the Hub.

use rusqlite::Connection;

use super::users::UserIndexCache;
use crate::api::{HubRequest, HubView};
use crate::store::StoreError;

/// The cards of one account, or of all together.
///
/// # Errors
/// When the store cannot be read.
pub fn get_hub(
    _cache: &UserIndexCache,
    _conn: &Connection,
    _request: &HubRequest,
) -> Result<HubView, StoreError> {
    Err(StoreError::Bug("the index is not built yet".to_owned()))
}
