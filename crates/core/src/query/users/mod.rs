//! The users grid: search, filter, sort and page over an index in memory.
//!
//! Reading order: `words` (what was typed), `row_text` and `shared` (how text is kept), `grams` and `matching` (how it
//! is found), `order` (how it is sorted), `index` (one account), `snapshot` (one list), `cache` (whose turn it is).

mod bits;
mod cache;
mod grams;
mod index;
mod load;
mod matching;
mod names;
mod order;
mod row_build;
mod row_text;
mod rows;
mod shared;
mod snapshot;
mod words;

use rusqlite::Connection;

pub use cache::UserIndexCache;
pub(super) use names::NameOrder;
pub(super) use rows::UserRowReader;
pub(super) use words::Words;

use super::page::{clamp, count32};
use crate::api::{UserPageView, UserQueryRequest};
use crate::store::{Context, StoreError};

/// A page of users: those that match, in the asked order.
///
/// # Errors
/// When the store cannot be read.
pub fn query_users(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &UserQueryRequest,
) -> Result<UserPageView, StoreError> {
    // One transaction: taking and giving back the lock of the file for each row costs as much as reading it.
    let conn = conn.unchecked_transaction().context("reading users")?;
    let current = cache.current(&conn, request.account_id)?;
    let (total, page) = current.snapshot.page(
        &Words::parse(&request.text),
        (request.status, request.without_group),
        request.sort,
        request.offset as usize,
        clamp(request.limit) as usize,
    );
    let mut reader = UserRowReader::new(&conn)?;
    let mut rows = Vec::with_capacity(page.len());
    for (id, groups) in page {
        rows.extend(reader.read(id, groups)?);
    }
    drop(reader);
    conn.commit().context("reading users")?;
    Ok(UserPageView {
        total: count32(total),
        all: count32(current.snapshot.len()),
        revision: current.revision,
        rows,
    })
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[load::USERS, rows::ROW];
