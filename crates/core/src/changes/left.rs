//! What a plan leaves behind: groups that nobody is in and roles that nobody holds once all of it is done.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::facts::Facts;
use super::guard::unheld;
use crate::api::{LeftBehind, LeftItemView, LeftView, NamedView};
use crate::model::{AccountId, Edit, RemoteId, fold};
use crate::store::StoreError;
use crate::store::facts as table;

/// Items at most of each kind.
const ITEMS: usize = 20;

/// What `edits`, all of them together, leave behind.
///
/// # Errors
/// Those of the database.
pub fn behind(
    conn: &Connection,
    account: AccountId,
    edits: &[&Edit],
    facts: &Facts,
) -> Result<Vec<LeftView>, StoreError> {
    let found = [
        (LeftBehind::EmptyGroups, emptied(conn, account, edits)?),
        (LeftBehind::UnheldRoles, roles(edits, facts)),
    ];
    Ok(found.into_iter().filter_map(|(kind, items)| view(kind, items)).collect())
}

/// Things of one kind, by name; nothing when there are none.
pub fn view(kind: LeftBehind, mut items: Vec<LeftItemView>) -> Option<LeftView> {
    items.sort_by_cached_key(|item| (fold(&item.name), item.remote_id.clone()));
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    items.truncate(ITEMS);
    (count > 0).then_some(LeftView { kind, count, items })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named takes nobody out of a group")]
fn emptied(conn: &Connection, account: AccountId, edits: &[&Edit]) -> Result<Vec<LeftItemView>, StoreError> {
    let mut leaving: BTreeMap<RemoteId, BTreeSet<&RemoteId>> = BTreeMap::new();
    let mut joining: BTreeSet<&RemoteId> = BTreeSet::new();
    for edit in edits {
        match edit {
            Edit::DeleteUser { user } => {
                for group in table::list_group_ids_of(conn, account, user)? {
                    leaving.entry(group).or_default().insert(user);
                }
            }
            Edit::RemoveMember { group, member, .. } => {
                leaving.entry(group.clone()).or_default().insert(member);
            }
            // Nobody is missed in a group that goes itself.
            Edit::AddMember { group, .. } | Edit::DeleteGroup { group, .. } => {
                joining.insert(group);
            }
            _ => {}
        }
    }
    let mut items = Vec::new();
    for (group, members) in leaving.into_iter().filter(|(group, _)| !joining.contains(group)) {
        let there = table::count_members(conn, account, &group)? as usize;
        if there > 0 && there <= members.len() {
            let name = table::find_record(conn, account, "groups", &group)?.map(|(name, _)| name);
            items.push(item(&group, name, None));
        }
    }
    Ok(items)
}

fn roles(edits: &[&Edit], facts: &Facts) -> Vec<LeftItemView> {
    let named = |id: &RemoteId| NamedView {
        remote_id: id.as_str().to_owned(),
        display_name: facts.names.get(id).cloned().unwrap_or_else(|| id.as_str().to_owned()),
    };
    let unheld = unheld(edits, facts);
    unheld
        .into_iter()
        .map(|(role, group)| item(role, facts.names.get(role).cloned(), group.as_ref().map(named)))
        .collect()
}

fn item(id: &RemoteId, name: Option<String>, group: Option<NamedView>) -> LeftItemView {
    let remote_id = id.as_str().to_owned();
    LeftItemView { name: name.unwrap_or_else(|| remote_id.clone()), remote_id, group }
}
