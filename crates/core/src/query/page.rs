//! What pages and JSON columns have in common.

use serde::de::DeserializeOwned;

use crate::store::StoreError;

/// Rows a page has at most.
pub const MAX_ROWS: u32 = 500;

/// `limit` of a request, clamped.
pub(super) fn clamp(limit: u32) -> u32 {
    limit.min(MAX_ROWS)
}

/// Length of a list as the window counts.
pub(super) fn count32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A count of SQL, which is never negative.
pub(super) fn count64(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// A JSON column.
pub(super) fn json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| damaged(what))
}

/// A JSON column that may be NULL.
pub(super) fn optional_json<T: DeserializeOwned>(
    text: Option<&str>,
    what: &'static str,
) -> Result<Option<T>, StoreError> {
    text.map(|text| json(text, what)).transpose()
}

/// A value in the store that this program never writes.
pub(super) fn damaged(what: &'static str) -> StoreError {
    StoreError::Damaged(format!("{what} is not readable"))
}
