//! The list of resources. An account has some thousands at most: each page is made from all of them, with the rights on them.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::account::{AccountRights, Known, highest};
use crate::api::{AccessLevel, ResourceColumn, ResourcePageView, ResourceQueryRequest, ResourceRow};
use crate::model::{AccountId, Stream, fold};
use crate::query::accounts::stream_state;
use crate::query::lists::Listing;
use crate::query::page::{clamp, count32};
use crate::query::recipients::count_people;
use crate::query::users::{UserIndexCache, Words};
use crate::store::StoreError;

/// A page of resources.
///
/// # Errors
/// When the store cannot be read.
pub fn query_resources(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &ResourceQueryRequest,
) -> Result<ResourcePageView, StoreError> {
    let Found { rows, modes, of } = find(cache, conn, request)?;
    let total = count32(rows.len());
    let from = usize::try_from(request.offset).unwrap_or(usize::MAX);
    let limit = usize::try_from(clamp(request.limit)).unwrap_or(usize::MAX);
    Ok(ResourcePageView {
        total,
        of,
        modes: modes.into_iter().collect(),
        rows: rows.into_iter().skip(from).take(limit).collect(),
    })
}

/// Hands over all resources that match, in order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn each_listed_resource(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &ResourceQueryRequest,
    out: &mut dyn Listing<ResourceRow>,
) -> Result<(), StoreError> {
    let rows = find(cache, conn, request)?.rows;
    out.begin(rows.len());
    rows.into_iter().try_for_each(|row| out.row(row))
}

/// What matches, in order.
struct Found {
    rows: Vec<ResourceRow>,
    modes: BTreeMap<String, u32>,
    of: u32,
}

fn find(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &ResourceQueryRequest,
) -> Result<Found, StoreError> {
    let words = Words::parse(&request.text);
    let mut rows = Vec::new();
    let mut modes = BTreeMap::<String, u32>::new();
    let mut of = 0_u32;
    for (account, _, _) in cache.revisions(conn, request.account_id)? {
        let rights = AccountRights::load(conn, account)?;
        let visible = stream_state(conn, account, Stream::ResourceGrants)?.is_some();
        let kinds = rights.resources.iter().map(|(id, known)| (id.as_str(), known.kind));
        let told = count_people(conn, account, kinds)?;
        for (id, known) in &rights.resources {
            if request.kind.is_some_and(|kind| kind != known.kind) {
                continue;
            }
            of = of.saturating_add(1);
            if let Some(mode) = &known.mode {
                *modes.entry(mode.clone()).or_default() += 1;
            }
            let in_mode = request.mode.as_ref().is_none_or(|mode| known.mode.as_ref() == Some(mode));
            let switched = request.active.is_none_or(|active| known.active == Some(active));
            if in_mode && switched && words.all_in(text_of(known).as_bytes()) {
                rows.push(row_of((account, id), known, &rights, (visible, told.get(id).copied())));
            }
        }
    }
    sort(&mut rows, request.sort, request.descending);
    Ok(Found { rows, modes, of })
}

/// Where words are searched.
pub(super) fn text_of(known: &Known) -> String {
    let parts = [Some(&known.name), known.monitor_type.as_ref(), known.mode.as_ref()];
    fold(&parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\u{1f}"))
}

/// The row of a resource, which tells `recipients` people; rights are counted where they are `visible`.
pub(super) fn row_of(
    (account, id): (AccountId, &str),
    known: &Known,
    rights: &AccountRights,
    (visible, recipients): (bool, Option<u32>),
) -> ResourceRow {
    let levels: Option<Vec<AccessLevel>> = visible
        .then(|| rights.on_resource(id).values().filter_map(highest).collect())
        .filter(|levels: &Vec<_>| !levels.is_empty());
    let at_least = |least| {
        let levels = levels.as_ref()?;
        Some(count32(levels.iter().filter(|level| **level >= least).count()))
    };
    ResourceRow {
        account_id: account,
        remote_id: id.to_owned(),
        display_name: known.name.clone(),
        kind: known.kind,
        monitor_type: known.monitor_type.clone(),
        mode: known.mode.clone(),
        active: known.active,
        view_data: at_least(AccessLevel::ViewData),
        view: at_least(AccessLevel::View),
        edit: at_least(AccessLevel::Edit),
        recipients,
    }
}

fn sort(rows: &mut [ResourceRow], by: ResourceColumn, descending: bool) {
    // What has no value comes last in either direction.
    let key = |row: &ResourceRow| -> (bool, String, i64) {
        let text = |text: Option<&str>| (text.is_none(), text.map(fold).unwrap_or_default(), 0);
        let number = |number: Option<i64>| (number.is_none(), String::new(), number.unwrap_or_default());
        match by {
            ResourceColumn::DisplayName => text(Some(&row.display_name)),
            ResourceColumn::Kind => text(Some(row.kind.as_str())),
            ResourceColumn::Type => text(row.monitor_type.as_deref()),
            ResourceColumn::Mode => text(row.mode.as_deref()),
            ResourceColumn::Active => number(row.active.map(i64::from)),
            ResourceColumn::ViewData => number(row.view_data.map(i64::from)),
            ResourceColumn::View => number(row.view.map(i64::from)),
            ResourceColumn::Edit => number(row.edit.map(i64::from)),
            ResourceColumn::Recipients => number(row.recipients.map(i64::from)),
            ResourceColumn::Account => number(Some(i64::from(row.account_id.0))),
        }
    };
    let mut keyed: Vec<_> = rows
        .iter()
        .map(|row| (key(row), fold(&row.display_name), row.account_id, row.remote_id.clone(), row.clone()))
        .collect();
    keyed.sort_by(|a, b| {
        let ((a_none, a_text, a_number), (b_none, b_text, b_number)) = (&a.0, &b.0);
        let by_value = (a_text, a_number).cmp(&(b_text, b_number));
        let by_value = if descending { by_value.reverse() } else { by_value };
        let rest = || (&a.1, a.2, &a.3).cmp(&(&b.1, b.2, &b.3));
        a_none.cmp(b_none).then(by_value).then_with(rest)
    });
    for (place, (.., row)) in rows.iter_mut().zip(keyed) {
        *place = row;
    }
}
