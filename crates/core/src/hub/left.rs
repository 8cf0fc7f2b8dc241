//! What a plan leaves behind beside groups and roles: resources that nobody may see any more, alerts that reach nobody, and what
//! whoever loses a right may still do.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::api::{LeftBehind, LeftItemView, PlanView};
use crate::changes;
use crate::model::{AccountId, Edit, RemoteId, Right};
use crate::query::{self, Going, Silenced};
use crate::store::StoreError;

/// Adds them to the plan of `edits`, all of which are done together.
pub(super) fn add_left<'e>(
    conn: &Connection,
    account: AccountId,
    edits: impl IntoIterator<Item = &'e Edit> + Clone,
    plan: &mut PlanView,
) -> Result<(), StoreError> {
    let (silenced, groups) = silenced(edits.clone());
    let found = query::seen_by_nobody_else(conn, account, &going(edits))?;
    let items = found.into_iter().map(|(remote_id, name)| LeftItemView { remote_id, name, group: None });
    plan.left.extend(changes::left_view(LeftBehind::UnseenResources, items.collect()));
    let found = query::reaching_nobody_else(conn, account, silenced, &groups)?;
    let items = found.into_iter().map(|(remote_id, name)| LeftItemView { remote_id, name, group: None });
    plan.left.extend(changes::left_view(LeftBehind::SilentAlerts, items.collect()));
    Ok(())
}

/// Says of each right that is taken what is left of it once `edits` are done, all of them.
pub(super) fn add_still<'e>(
    conn: &Connection,
    account: AccountId,
    edits: impl IntoIterator<Item = &'e Edit>,
    plan: &mut PlanView,
) -> Result<(), StoreError> {
    let taking = plan.subjects.iter_mut().flat_map(|subject| &mut subject.lines);
    let (mut lines, asked): (Vec<_>, Vec<Right>) = taking
        .filter_map(|line| {
            let Edit::TakeRight { right } = &line.edit else { return None };
            let right = right.clone();
            Some((line, right))
        })
        .unzip();
    let still = query::still_held(conn, account, edits, &asked)?;
    for (line, still) in lines.iter_mut().zip(still) {
        line.still = still;
    }
    Ok(())
}

/// Who is told no more, or again; of whole groups apart.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named changes nobody's alerts")]
fn silenced<'e>(edits: impl IntoIterator<Item = &'e Edit>) -> (Silenced, BTreeMap<String, bool>) {
    let (mut silenced, mut groups) = (Silenced::default(), BTreeMap::new());
    let pair = |group: &RemoteId, member: &RemoteId| (group.as_str().to_owned(), member.as_str().to_owned());
    for edit in edits {
        match edit {
            Edit::DeleteUser { user } => {
                silenced.users.insert(user.as_str().to_owned());
            }
            Edit::SetUserActive { user, active } => {
                silenced.switched.insert(user.as_str().to_owned(), *active);
            }
            Edit::DeleteGroup { group, .. } => {
                silenced.groups.insert(group.as_str().to_owned());
            }
            Edit::SetGroupActive { group, active } => {
                groups.insert(group.as_str().to_owned(), *active);
            }
            Edit::AddMember { group, member, .. } => {
                silenced.joining.insert(pair(group, member));
            }
            Edit::RemoveMember { group, member, .. } => {
                silenced.members.insert(pair(group, member));
            }
            _ => {}
        }
    }
    (silenced, groups)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "after what is not named, nobody is gone")]
fn going<'e>(edits: impl IntoIterator<Item = &'e Edit>) -> Going {
    let mut going = Going::default();
    for edit in edits {
        match edit {
            Edit::DeleteUser { user } => {
                going.users.insert(user.as_str().to_owned());
            }
            Edit::DeleteGroup { group, .. } => {
                going.groups.insert(group.as_str().to_owned());
            }
            Edit::RemoveMember { group, member, .. } => {
                going.members.insert((group.as_str().to_owned(), member.as_str().to_owned()));
            }
            _ => {}
        }
    }
    going
}
