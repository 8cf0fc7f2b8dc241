//! The groups grid.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rusqlite::{CachedStatement, Connection, OptionalExtension, named_params};

use super::index::IndexedGroup;
use crate::api::{GroupColumn, GroupPageView, GroupQueryRequest, GroupRow};
use crate::model::{AccountId, GroupKind, Timestamp};
use crate::query::invitations::count_invitations;
use crate::query::lists::Listing;
use crate::query::page::{clamp, count32};
use crate::query::users::{Snapshot, UserIndexCache, Words};
use crate::store::{Context, StoreError};

pub(super) const ROW: &str = "SELECT account_id, remote_id, display_name, created_at, modified_at,
            coalesce(json_extract(raw, '$.IsEveryone'), 0) = 1 AS everybody
     FROM groups WHERE id = :id";

/// A group of some account.
struct Listed<'a> {
    /// Place of the account's name among all.
    account: u32,
    group: &'a IndexedGroup,
}

/// A page of groups as of `now`: those that match, in the asked order; without a value last, ties by name, then id.
///
/// # Errors
/// When the store cannot be read.
pub fn query_groups(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &GroupQueryRequest,
    now: Timestamp,
) -> Result<GroupPageView, StoreError> {
    let current = cache.current(conn, request.account_id)?;
    let listed = listed(&current.snapshot, request);
    let page = listed.iter().skip(request.offset as usize).take(clamp(request.limit) as usize);
    let mut statement = conn.prepare_cached(ROW).context("reading groups")?;
    let (mut rows, mut invited) = (Vec::new(), Invited::new(now));
    for listed in page {
        rows.extend(read(&mut statement, listed.group)?);
    }
    for row in &mut rows {
        invited.add(conn, row)?;
    }
    Ok(GroupPageView {
        total: count32(listed.len()),
        all: count32(current.snapshot.indexes().map(|index| index.group_index.count(request.kind)).sum()),
        revision: current.revision,
        rows,
    })
}

/// Hands over all groups that match, in the asked order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn each_listed_group(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &GroupQueryRequest,
    now: Timestamp,
    out: &mut dyn Listing<GroupRow>,
) -> Result<(), StoreError> {
    let current = cache.current(conn, request.account_id)?;
    let listed = listed(&current.snapshot, request);
    out.begin(listed.len());
    let mut statement = conn.prepare_cached(ROW).context("reading groups")?;
    let mut invited = Invited::new(now);
    for listed in listed {
        if let Some(mut row) = read(&mut statement, listed.group)? {
            invited.add(conn, &mut row)?;
            out.row(row)?;
        }
    }
    Ok(())
}

/// The groups that match, in the asked order.
fn listed<'a>(snapshot: &'a Snapshot, request: &GroupQueryRequest) -> Vec<Listed<'a>> {
    let words = Words::parse(&request.text);
    let mut listed: Vec<Listed<'_>> = snapshot
        .ranked_indexes()
        .flat_map(|(account, index)| index.group_index.iter().map(move |group| Listed { account, group }))
        .filter(|listed| request.kind.is_none_or(|kind| kind == listed.group.kind))
        .filter(|listed| !request.empty_only || listed.group.members == 0)
        .filter(|listed| !request.dangling_only || listed.group.dangling > 0)
        .filter(|listed| words.all_in(listed.group.name.as_bytes()))
        .collect();
    sort(&mut listed, request.sort, request.descending);
    listed
}

/// The pending invitations of organisations, those of each account counted once.
struct Invited {
    now: Timestamp,
    counts: BTreeMap<AccountId, BTreeMap<String, u32>>,
}

impl Invited {
    const fn new(now: Timestamp) -> Self {
        Self { now, counts: BTreeMap::new() }
    }

    fn add(&mut self, conn: &Connection, row: &mut GroupRow) -> Result<(), StoreError> {
        if row.kind != GroupKind::Organization {
            return Ok(());
        }
        let pending = match self.counts.entry(row.account_id) {
            Entry::Occupied(counted) => counted.into_mut(),
            Entry::Vacant(first) => {
                first.insert(count_invitations(conn, row.account_id, self.now)?.pending_by_organization)
            }
        };
        row.invitations = pending.get(&row.remote_id).copied().unwrap_or(0);
        Ok(())
    }
}

/// The groups of each account come by name already, so that sorting by name is merging.
fn sort(listed: &mut [Listed<'_>], column: GroupColumn, descending: bool) {
    let by_name =
        |a: &Listed<'_>, b: &Listed<'_>| (&a.group.name, a.group.id).cmp(&(&b.group.name, b.group.id));
    if column == GroupColumn::DisplayName {
        let by_id = |a: &Listed<'_>, b: &Listed<'_>| a.group.id.cmp(&b.group.id);
        listed
            .sort_by(|a, b| directed(a.group.name.cmp(&b.group.name), descending).then_with(|| by_id(a, b)));
        return;
    }
    let value = |listed: &Listed<'_>| match column {
        GroupColumn::DisplayName => None,
        GroupColumn::Members => Some(i64::from(listed.group.members)),
        GroupColumn::CreatedAt => listed.group.created_at,
        GroupColumn::ModifiedAt => listed.group.modified_at,
        GroupColumn::Account => Some(i64::from(listed.account)),
    };
    listed.sort_by(|a, b| {
        let by_value = match (value(a), value(b)) {
            (Some(a), Some(b)) => directed(a.cmp(&b), descending),
            (a, b) => Reverse(a.is_some()).cmp(&Reverse(b.is_some())),
        };
        by_value.then_with(|| by_name(a, b))
    });
}

fn directed(ordering: Ordering, descending: bool) -> Ordering {
    if descending { ordering.reverse() } else { ordering }
}

/// `None` when it went since the index was built.
fn read(statement: &mut CachedStatement<'_>, group: &IndexedGroup) -> Result<Option<GroupRow>, StoreError> {
    statement
        .query_row(named_params! { ":id": group.id }, |row| {
            Ok(GroupRow {
                account_id: AccountId(row.get("account_id")?),
                remote_id: row.get("remote_id")?,
                kind: group.kind,
                display_name: row.get("display_name")?,
                members: group.members,
                dangling: group.dangling,
                everybody: row.get("everybody")?,
                invitations: 0,
                pending: None,
                created_at: row.get("created_at")?,
                modified_at: row.get("modified_at")?,
            })
        })
        .optional()
        .context("reading groups")
}
