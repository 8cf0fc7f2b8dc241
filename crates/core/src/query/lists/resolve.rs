//! Who is selected: always the rows that the list has now, never only their description.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::{ListRow, Listing, Picked, WholeList, walk};
use crate::api::{ListRequest, RowKey, SelectedRowView, SelectionView, UserRow};
use crate::model::Timestamp;
use crate::query::page::{clamp, count32};
use crate::query::users::{UserIndexCache, each_listed_user};
use crate::store::StoreError;

/// Who is selected as of `now`, with a page of them.
///
/// # Errors
/// When the store cannot be read.
pub fn resolve_selection(
    cache: &UserIndexCache,
    conn: &Connection,
    whole: &WholeList,
    page: (u32, u32),
    now: Timestamp,
) -> Result<SelectionView, StoreError> {
    let (offset, limit) = (page.0 as usize, clamp(page.1) as usize);
    let picked = whole.picked.as_ref();
    if let ListRequest::Users(query) = &whole.list
        && picked.is_none_or(Picked::is_all)
    {
        // A hundred thousand: counted without being read.
        let mut found = Page::default();
        each_listed_user(cache, conn, query, &whole.filter, picked, (offset, limit), &mut found)?;
        return Ok(SelectionView { count: count32(found.total), gone: Vec::new(), rows: found.rows });
    }
    let mut found = Selected { offset, limit, count: 0, missing: named(whole), rows: Vec::new() };
    walk(cache, conn, whole, now, &mut found)?;
    let gone = found.missing.into_iter().collect();
    Ok(SelectionView { count: count32(found.count), gone, rows: found.rows })
}

/// The rows that are asked for by name, none of them seen yet.
fn named(whole: &WholeList) -> BTreeSet<RowKey> {
    let picked = whole.picked.as_ref().filter(|picked| !picked.is_all());
    picked.map(|picked| picked.rows().clone()).unwrap_or_default()
}

/// A page of users, and how many there are.
#[derive(Default)]
struct Page {
    total: usize,
    rows: Vec<SelectedRowView>,
}

impl Listing<UserRow> for Page {
    fn begin(&mut self, total: usize) {
        self.total = total;
    }

    fn row(&mut self, row: UserRow) -> Result<(), StoreError> {
        let key = RowKey { account_id: row.account_id, remote_id: row.remote_id };
        self.rows.push(SelectedRowView { key, name: row.display_name });
        Ok(())
    }
}

struct Selected {
    offset: usize,
    limit: usize,
    count: usize,
    /// Named rows that did not come yet.
    missing: BTreeSet<RowKey>,
    rows: Vec<SelectedRowView>,
}

impl Listing<ListRow> for Selected {
    fn begin(&mut self, _: usize) {}

    fn row(&mut self, row: ListRow) -> Result<(), StoreError> {
        let Some(key) = row.key() else { return Ok(()) };
        self.missing.remove(&key);
        if self.count >= self.offset && self.rows.len() < self.limit {
            self.rows.push(SelectedRowView { key, name: row.name().to_owned() });
        }
        self.count += 1;
        Ok(())
    }
}
