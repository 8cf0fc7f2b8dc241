//! Who may do what with which resource as a table: resources down, groups and users across.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::account::{AccountRights, Known};
use super::list::text_of;
use crate::api::{
    AccessHolder, AccessHolderView, AccessLevel, AccessPageView, AccessQueryRequest, AccessRow,
};
use crate::model::{GrantHolder, ResourceKind, Stream, fold};
use crate::query::accounts::stream_state;
use crate::query::lists::Listing;
use crate::query::page::{clamp, count32};
use crate::query::users::Words;
use crate::store::StoreError;

/// A page of the table.
///
/// # Errors
/// When the store cannot be read.
pub fn query_access(conn: &Connection, request: &AccessQueryRequest) -> Result<AccessPageView, StoreError> {
    let rights = AccountRights::load(conn, request.account_id)?;
    let table = Table::new(&rights, request);
    let found = table.rows(request);
    let levelled =
        |known: &&Known| has_levels(known.kind) && request.kind.is_none_or(|kind| kind == known.kind);
    let modes: BTreeSet<&String> =
        rights.resources.values().filter(levelled).filter_map(|known| known.mode.as_ref()).collect();
    Ok(AccessPageView {
        total: count32(found.len()),
        of: count32(rights.resources.values().filter(levelled).count()),
        modes: modes.into_iter().cloned().collect(),
        rows: found
            .into_iter()
            .skip(request.offset as usize)
            .take(clamp(request.limit) as usize)
            .map(|found| table.row(request, found))
            .collect(),
        columns: table.columns,
        holders: holders(&rights),
        rights_state: stream_state(conn, request.account_id, Stream::ResourceGrants)?,
    })
}

/// Hands over all rows that match, in order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn each_listed_access(
    conn: &Connection,
    request: &AccessQueryRequest,
    out: &mut dyn Listing<AccessRow>,
) -> Result<(), StoreError> {
    let rights = AccountRights::load(conn, request.account_id)?;
    let table = Table::new(&rights, request);
    let found = table.rows(request);
    out.begin(found.len());
    found.into_iter().try_for_each(|found| out.row(table.row(request, found)))
}

/// What levels can be held on.
const fn has_levels(kind: ResourceKind) -> bool {
    matches!(kind, ResourceKind::Monitor | ResourceKind::MonitorGroup)
}

/// Every group by name, then every user by name.
fn holders(rights: &AccountRights) -> Vec<AccessHolderView> {
    let view = |kind, id: &str, name: &str| AccessHolderView {
        holder: AccessHolder { kind, remote_id: id.to_owned() },
        display_name: name.to_owned(),
        everybody: kind == GrantHolder::Group && rights.is_for_everybody(id),
    };
    let mut groups: Vec<_> = rights.groups().map(|(id, name)| view(GrantHolder::Group, id, name)).collect();
    let mut users: Vec<_> = rights.users().map(|(id, name)| view(GrantHolder::User, id, name)).collect();
    for some in [&mut groups, &mut users] {
        some.sort_by_cached_key(|view| (fold(&view.display_name), view.holder.remote_id.clone()));
    }
    groups.append(&mut users);
    groups
}

/// A resource that matches, with the levels of its row.
type Found<'r> = (&'r str, &'r Known, Vec<Option<AccessLevel>>);

struct Table<'r> {
    rights: &'r AccountRights,
    columns: Vec<AccessHolderView>,
    /// Of the users among the columns: the groups that they are in.
    memberships: BTreeMap<&'r str, BTreeSet<&'r str>>,
}

impl<'r> Table<'r> {
    fn new(rights: &'r AccountRights, request: &AccessQueryRequest) -> Self {
        let mut known: BTreeMap<AccessHolder, AccessHolderView> =
            holders(rights).into_iter().map(|view| (view.holder.clone(), view)).collect();
        let columns: Vec<AccessHolderView> = if request.holders.is_empty() {
            holders(rights).into_iter().filter(|view| view.holder.kind == GrantHolder::Group).collect()
        } else {
            let named = |holder: &AccessHolder| AccessHolderView {
                holder: holder.clone(),
                display_name: holder.remote_id.clone(),
                everybody: false,
            };
            let column = |holder| known.remove(holder).unwrap_or_else(|| named(holder));
            request.holders.iter().map(column).collect()
        };
        let wanted: BTreeSet<&str> = columns
            .iter()
            .filter(|column| column.holder.kind == GrantHolder::User)
            .map(|column| column.holder.remote_id.as_str())
            .collect();
        let memberships = rights.groups_of(&wanted);
        Self { rights, columns, memberships }
    }

    /// What matches, by name.
    fn rows(&self, request: &AccessQueryRequest) -> Vec<Found<'r>> {
        let words = Words::parse(&request.text);
        let mut found: Vec<Found<'r>> = self
            .rights
            .resources
            .iter()
            .filter(|(_, known)| {
                has_levels(known.kind)
                    && request.kind.is_none_or(|kind| kind == known.kind)
                    && request.mode.as_ref().is_none_or(|mode| known.mode.as_ref() == Some(mode))
                    && words.all_in(text_of(known).as_bytes())
            })
            .map(|(id, known)| (id.as_str(), known, self.levels(id)))
            .filter(|(.., levels)| !request.allowed_only || levels.iter().any(Option::is_some))
            .collect();
        found.sort_by_cached_key(|(id, known, _)| (fold(&known.name), *id));
        found
    }

    /// In the order of the columns.
    fn levels(&self, resource: &str) -> Vec<Option<AccessLevel>> {
        let given = self.rights.levels_given(resource);
        let column = |column: &AccessHolderView| {
            let id = column.holder.remote_id.as_str();
            let direct = given.get(&(column.holder.kind, id)).copied();
            if column.holder.kind == GrantHolder::Group {
                return direct;
            }
            let own = self.memberships.get(id);
            let through = given.iter().filter(|((kind, group), _)| {
                *kind == GrantHolder::Group
                    && (self.rights.is_for_everybody(group) || own.is_some_and(|own| own.contains(group)))
            });
            through.map(|(_, level)| *level).chain(direct).max()
        };
        self.columns.iter().map(column).collect()
    }

    fn row(&self, request: &AccessQueryRequest, (id, known, levels): Found<'_>) -> AccessRow {
        AccessRow {
            account_id: request.account_id,
            remote_id: id.to_owned(),
            display_name: known.name.clone(),
            kind: known.kind,
            monitor_type: known.monitor_type.clone(),
            mode: known.mode.clone(),
            levels,
        }
    }
}
