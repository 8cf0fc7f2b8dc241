//! Kept filters with what they find now, and how many of those they did not find when they were last opened.
//!
//! "New" is told from the set of users that was found then, not from dates: somebody who was suspended yesterday is new
//! among the suspended, whenever they were created.

use roaring::RoaringTreemap;
use rusqlite::Connection;

use super::filter::Filter;
use super::page::{count32, damaged};
use super::users::UserIndexCache;
use crate::api::{SavedFilterListView, SavedFilterView};
use crate::model::{AccountId, Moment};
use crate::store::{StoreError, saved_filters};

/// All kept filters, in the person's order.
///
/// # Errors
/// When the store cannot be read.
pub fn list_saved_filters(
    cache: &UserIndexCache,
    conn: &Connection,
    moment: &Moment,
) -> Result<SavedFilterListView, StoreError> {
    let mut filters = Vec::new();
    for saved in saved_filters::list(conn)? {
        let found = found_by(cache, conn, saved.account_id, &saved.text, moment)?;
        let seen = RoaringTreemap::deserialize_from(saved.seen.as_slice());
        let seen = seen.map_err(|_| damaged("the users that a kept filter found"))?;
        filters.push(SavedFilterView {
            id: saved.id,
            name: saved.name,
            account_id: saved.account_id,
            text: saved.text,
            count: found.as_ref().map(|found| u32::try_from(found.len()).unwrap_or(u32::MAX)),
            new: found
                .map_or(0, |found| count32(usize::try_from((found - seen).len()).unwrap_or(usize::MAX))),
            opened_at: saved.opened_at,
        });
    }
    Ok(SavedFilterListView { filters })
}

/// The users that a filter finds now, to be kept with it.
///
/// # Errors
/// When the store cannot be read.
pub fn seen_now(
    cache: &UserIndexCache,
    conn: &Connection,
    account: Option<AccountId>,
    text: &str,
    moment: &Moment,
) -> Result<Vec<u8>, StoreError> {
    let found = found_by(cache, conn, account, text, moment)?.unwrap_or_default();
    let mut bytes = Vec::with_capacity(found.serialized_size());
    found.serialize_into(&mut bytes).map_err(|error| StoreError::Bug(error.to_string()))?;
    Ok(bytes)
}

/// `None` for a filter that is not understood.
fn found_by(
    cache: &UserIndexCache,
    conn: &Connection,
    account: Option<AccountId>,
    text: &str,
    moment: &Moment,
) -> Result<Option<RoaringTreemap>, StoreError> {
    let Ok(filter) = Filter::parse(text, moment) else { return Ok(None) };
    let snapshot = cache.current(conn, account)?.snapshot;
    let found = snapshot.find(conn, &filter)?;
    Ok(Some(snapshot.ids(&found).filter_map(|id| u64::try_from(id).ok()).collect()))
}
