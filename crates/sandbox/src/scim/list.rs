//! Lists: which rows a page holds, and what it says about itself.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::cursor::Position;
use super::query::ListQuery;
use crate::quirks::{CountZero, CursorMode, PageCut, RowOrder, Support, TotalQuirk};
use crate::state::{TenantState, lock};
use crate::store::{Db, Kind, Listing, OrderBy, View, render};
use crate::{Quirks, ScimError};

/// A page before it is written down.
struct Page {
    total: usize,
    rows: Vec<i64>,
    start: Option<usize>,
    next_cursor: Option<String>,
}

/// The body of a list answer.
pub fn list(
    db: &mut Db,
    tenant: &TenantState,
    kind: Option<Kind>,
    query: &ListQuery,
) -> Result<String, ScimError> {
    let quirks = tenant.quirks();
    let listing = listing(tenant, kind, query, &quirks)?;
    let page = if uses_cursor(query, &quirks)? {
        cursor_page(db, tenant, &listing, query, &quirks)?
    } else {
        index_page(db, tenant, &listing, query, &quirks)?
    };
    let view = View { projection: query.projection.clone(), ..tenant.view(&quirks) };
    let (text, count) = render(&db.conn, &page.rows, &view)?;
    Ok(write(&page, &text, count, quirks.total))
}

fn listing(
    tenant: &TenantState,
    kind: Option<Kind>,
    query: &ListQuery,
    quirks: &Quirks,
) -> Result<Listing, ScimError> {
    let filter = supported(quirks.filter, query.filter.as_ref(), "filter")?.cloned();
    let order = match (supported(quirks.sort, query.sort.as_ref(), "sortBy")?, quirks.order) {
        (Some((path, descending)), _) => OrderBy::Attribute(path.clone(), *descending),
        (None, RowOrder::ById) => OrderBy::Id,
        (None, RowOrder::Natural | RowOrder::RandomPerRequest) => OrderBy::Natural,
    };
    Ok(Listing { tenant: tenant.id, kind, filter, order })
}

fn supported<T>(support: Support, asked: Option<T>, name: &str) -> Result<Option<T>, ScimError> {
    match (support, asked) {
        (Support::Yes, asked) => Ok(asked),
        (Support::Ignored, _) | (Support::Refused, None) => Ok(None),
        (Support::Refused, Some(_)) => {
            Err(ScimError::status(400, format!("{name} is not supported by this service")))
        }
    }
}

fn uses_cursor(query: &ListQuery, quirks: &Quirks) -> Result<bool, ScimError> {
    match quirks.cursor {
        CursorMode::Off => Ok(false),
        CursorMode::On => Ok(query.cursor.is_some()),
        CursorMode::Only if query.cursor.is_none() && query.start_index.is_some_and(|start| start > 1) => {
            Err(ScimError::bad("invalidValue", "startIndex is not supported; use cursor"))
        }
        CursorMode::Only => Ok(true),
    }
}

/// How many rows a page may hold.
fn page_size(tenant: &TenantState, query: &ListQuery, quirks: &Quirks) -> usize {
    let asked = query.count.map_or(quirks.default_count, |count| usize::try_from(count).unwrap_or(0));
    let allowed = asked.min(quirks.max_results);
    match quirks.page_cut {
        PageCut::None => allowed,
        PageCut::At(cut) => allowed.min(cut),
        PageCut::Random if allowed > 1 => 1 + lock(&tenant.rng).below(allowed),
        PageCut::Random => allowed,
    }
}

fn index_page(
    db: &mut Db,
    tenant: &TenantState,
    listing: &Listing,
    query: &ListQuery,
    quirks: &Quirks,
) -> Result<Page, ScimError> {
    let first = if quirks.start_index_from_zero { 0 } else { 1 };
    let start = query.start_index.unwrap_or(first).max(first);
    let from = usize::try_from(start - first).unwrap_or(usize::MAX);
    let (from, size) = match (query.count, quirks.count_zero) {
        (Some(0), CountZero::Everything) => (0, usize::MAX / 2),
        _ => (from.saturating_sub(quirks.repeat_rows), page_size(tenant, query, quirks)),
    };
    let (mut total, rows) = if quirks.order == RowOrder::RandomPerRequest && query.sort.is_none() {
        let mut rows = listing.all(db)?.to_vec();
        lock(&tenant.rng).shuffle(&mut rows);
        (rows.len(), rows.into_iter().skip(from).take(size).collect())
    } else {
        listing.window(db, from, size)?
    };
    if query.count == Some(0) && quirks.count_zero == CountZero::TotalZero {
        total = 0;
    }
    Ok(Page { total, rows, start: usize::try_from(start).ok(), next_cursor: None })
}

fn cursor_page(
    db: &mut Db,
    tenant: &TenantState,
    listing: &Listing,
    query: &ListQuery,
    quirks: &Quirks,
) -> Result<Page, ScimError> {
    let lifetime = Duration::from_secs(quirks.cursor_timeout_seconds);
    let position = match query.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
        Some(cursor) => lock(&tenant.cursors).find(cursor, listing, lifetime)?,
        None => {
            let rows = listing.all(db)?;
            Position { listing: listing.clone(), rows, from: 0, made: Instant::now() }
        }
    };
    let size = page_size(tenant, query, quirks);
    let from = position.from.saturating_sub(quirks.repeat_rows);
    let rows: Vec<i64> = position.rows.iter().skip(from).take(size).copied().collect();
    let end = from + rows.len();
    let next_cursor = (end < position.rows.len() && size > 0).then(|| {
        // A page that only repeats rows would never end.
        let from = end.max(position.from + 1);
        let rows = Arc::clone(&position.rows);
        let next = Position { listing: listing.clone(), rows, from, made: Instant::now() };
        lock(&tenant.cursors).open(&mut lock(&tenant.rng), next)
    });
    Ok(Page { total: position.rows.len(), rows, start: None, next_cursor })
}

fn write(page: &Page, rows: &str, count: usize, total: TotalQuirk) -> String {
    let mut text = String::with_capacity(rows.len() + 256);
    text.push_str(r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"]"#);
    let total = match total {
        TotalQuirk::Right => Some(page.total),
        TotalQuirk::CappedByPage => Some(page.total.min(count)),
        TotalQuirk::OffBy(by) => Some(page.total.saturating_add_signed(isize::try_from(by).unwrap_or(0))),
        TotalQuirk::Missing => None,
    };
    if let Some(total) = total {
        text.push_str(&format!(r#","totalResults":{total}"#));
    }
    if let Some(start) = page.start {
        text.push_str(&format!(r#","startIndex":{start}"#));
    }
    text.push_str(&format!(r#","itemsPerPage":{count}"#));
    if let Some(cursor) = &page.next_cursor {
        text.push_str(&format!(r#","nextCursor":"{cursor}""#));
    }
    text.push_str(r#","Resources":["#);
    text.push_str(rows);
    text.push_str("]}");
    text
}
