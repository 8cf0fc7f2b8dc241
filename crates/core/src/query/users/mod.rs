//! The users grid: search, filter, sort and page over an index in memory.
//!
//! Reading order: `words` (what was typed), `row_text` and `shared` (how text is kept), `grams` and `matching` (how it
//! is found), `order` (how it is sorted), `index` (one account), `facts` (what only some filters ask of it), `condition` (one
//! condition of a filter), `snapshot` (one list), `evaluate` (a whole filter), `cache` (whose turn it is).

mod best;
mod bits;
mod cache;
mod column;
mod condition;
mod custom_keys;
mod details;
mod evaluate;
mod facts;
mod grams;
mod index;
mod load;
mod matching;
mod names;
mod order;
mod past;
mod relation;
mod row_build;
mod row_text;
mod rows;
mod segments;
mod shared;
mod snapshot;
mod values;
mod words;
mod written;

use std::sync::Arc;

use rusqlite::Connection;

pub use cache::UserIndexCache;
pub(super) use index::AccountIndex;
pub(super) use names::NameOrder;
pub(super) use past::{PastIndex, RebuiltUser, load_past};
pub(super) use row_text::TextColumn;
pub(super) use rows::UserRowReader;
pub(super) use snapshot::{Found, Snapshot};
pub(super) use words::Words;

use super::filter::Filter;
use super::lists::{Listing, Picked};
use super::page::{clamp, count32};
use crate::api::{UserPageView, UserQueryRequest, UserRow};
use crate::store::{Context, StoreError};

/// A page of users: those that `filter`, the text of the request, asks for, in the asked order.
///
/// # Errors
/// When the store cannot be read.
pub fn query_users(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &UserQueryRequest,
    filter: &Filter,
) -> Result<UserPageView, StoreError> {
    // One transaction: taking and giving back the lock of the file for each row costs as much as reading it.
    let conn = conn.unchecked_transaction().context("reading users")?;
    let current = cache.current(&conn, request.account_id)?;
    let found = current.snapshot.find(&conn, filter)?;
    let (offset, limit) = (request.offset as usize, clamp(request.limit) as usize);
    let page = current.snapshot.page(&found, request.sort, offset, limit);
    let mut reader = UserRowReader::new(&conn)?;
    let mut rows = Vec::with_capacity(page.len());
    for (id, groups) in page {
        rows.extend(reader.read(id, groups)?);
    }
    drop(reader);
    conn.commit().context("reading users")?;
    Ok(UserPageView {
        total: count32(found.count),
        all: count32(current.snapshot.len()),
        revision: current.revision,
        rows,
    })
}

/// Hands over the users that `filter` asks for, in the asked order, but only those of `picked`: of them at most `page.1`
/// from `page.0` on.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub(super) fn each_listed_user(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &UserQueryRequest,
    filter: &Filter,
    picked: Option<&Picked>,
    page: (usize, usize),
    out: &mut dyn Listing<UserRow>,
) -> Result<(), StoreError> {
    let conn = conn.unchecked_transaction().context("reading users")?;
    let current = cache.current(&conn, request.account_id)?;
    let mut found = current.snapshot.find(&conn, filter)?;
    if let Some(picked) = picked {
        let named = current.snapshot.rows_of_ids(&picked.user_ids(&conn)?);
        found = Arc::new(found.picked(&named, picked.is_all()));
    }
    let rows = current.snapshot.all_in_order(&found, request.sort);
    out.begin(rows.len());
    let mut reader = UserRowReader::new(&conn)?;
    for row in rows.into_iter().skip(page.0).take(page.1) {
        let Some((id, groups)) = current.snapshot.id_and_groups(row) else { continue };
        if let Some(user) = reader.read(id, groups)? {
            out.row(user)?;
        }
    }
    drop(reader);
    conn.commit().context("reading users")
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[
    load::USERS,
    rows::ROW,
    relation::ROLES,
    relation::GROUPS,
    relation::HOLDERS,
    relation::MEMBERS,
    relation::TOKENS,
    relation::USERS,
    details::DETAILS,
    values::IDS,
    values::PATH,
    custom_keys::CUSTOM,
];
