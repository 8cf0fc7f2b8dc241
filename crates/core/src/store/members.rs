//! Members of organisations and their roles there, in `memberships` and `role_assignments`, for services that list them
//! apart from the organisations.

use rusqlite::{OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::error::Context;
use super::records::{self, Tick, entry, name_of, note, title_of};
use super::role_assignments::{delete_noted, insert, note_edge};
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{
    AccountId, Action, HistoryEntry, HolderKind, MemberKind, OrganizationMember, RemoteId, Stream, Subject,
    Tally, split_key,
};

#[derive(Serialize, Deserialize)]
struct Content {
    display: Option<String>,
    roles: Vec<RemoteId>,
}

/// What is staged of `member`; nothing when the mirror has the member with the very same roles.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    member: &OrganizationMember,
) -> Result<Option<String>, StoreError> {
    let OrganizationMember { key: _, group, member, display, roles } = member;
    let known = display_of(tx, account, group, member)?;
    if known.as_ref() == Some(display) && roles_of(tx, account, group, member)? == *roles {
        return Ok(None);
    }
    let content = Content { display: display.clone(), roles: roles.clone() };
    serde_json::to_string(&content).map(Some).context("staging a member")
}

/// The member's name as last listed; `None` when the mirror has no such member.
fn display_of(
    tx: &Transaction<'_>,
    account: AccountId,
    group: &RemoteId,
    member: &RemoteId,
) -> Result<Option<Option<String>>, StoreError> {
    tx.prepare_cached(
        "SELECT display FROM main.memberships WHERE account_id = ?1 AND group_id = ?2 AND member_id = ?3",
    )
    .and_then(|mut statement| {
        statement.query_row((account.0, group.as_str(), member.as_str()), |row| row.get("display")).optional()
    })
    .context("comparing a member")
}

/// Roles that the member holds in the organisation, sorted.
fn roles_of(
    tx: &Transaction<'_>,
    account: AccountId,
    group: &RemoteId,
    member: &RemoteId,
) -> Result<Vec<RemoteId>, StoreError> {
    const COMPARING: &str = "comparing the roles of a member";
    let mut statement = tx
        .prepare_cached(
            "SELECT role_id FROM main.role_assignments
             WHERE account_id = ?1 AND holder_id = ?2 AND group_id = ?3 ORDER BY role_id",
        )
        .context(COMPARING)?;
    let rows = statement
        .query_map((account.0, member.as_str(), group.as_str()), |row| {
            row.get::<_, String>("role_id").map(RemoteId::new)
        })
        .context(COMPARING)?;
    rows.collect::<rusqlite::Result<_>>().context(COMPARING)
}

/// Takes the staged members over into mirror and history, in the caller's transaction. A member with other roles than
/// before counts as changed.
///
/// # Errors
/// Those of the database and of `tick`.
pub fn apply(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    remove: bool,
    tick: &mut Tick<'_>,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    records::each_content(tx, sql, Stream::Memberships, tick, |key, content| {
        let Some((group, member)) = split_key(&RemoteId::new(key)) else { return Ok(()) };
        let Content { display, roles } = records::read(content)?;
        let known = display_of(tx, target.account, &group, &member)?.is_some();
        tx.prepare_cached(
            "INSERT OR REPLACE INTO main.memberships (account_id, group_id, member_id, kind, display)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .and_then(|mut statement| {
            let kind = MemberKind::User.as_str();
            statement.execute((target.account.0, group.as_str(), member.as_str(), kind, display))
        })
        .context("applying a member")?;
        if !known {
            note_member(tx, target, &group, &member, Action::Added)?;
        }
        let other_roles = write_roles(tx, target, (&group, &member), &roles)?;
        if known {
            tally.changed += u64::from(other_roles);
        } else {
            tally.added += 1;
        }
        Ok(())
    })?;
    if remove {
        records::each_absent(tx, sql, target, Stream::Memberships, |key| {
            let Some((group, member)) = split_key(key) else { return Ok(()) };
            remove_edge(tx, target, &group, &member)?;
            tally.removed += 1;
            Ok(())
        })?;
    }
    Ok(tally)
}

/// Removes one member that the service says it has not, with the roles held there; nothing where the mirror has no such
/// member.
///
/// # Errors
/// Those of the database.
pub fn remove(
    tx: &Transaction<'_>,
    target: Target,
    key: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let Some((group, member)) = split_key(key) else { return Ok(()) };
    if display_of(tx, target.account, &group, &member)?.is_some() {
        remove_edge(tx, target, &group, &member)?;
        tally.removed += 1;
    }
    Ok(())
}

/// Takes a user who is gone out of everything they were in.
pub(super) fn remove_all_of(
    tx: &Transaction<'_>,
    target: Target,
    member: &RemoteId,
) -> Result<(), StoreError> {
    const REMOVING: &str = "removing memberships";
    let mut statement = tx
        .prepare_cached("SELECT group_id FROM main.memberships WHERE account_id = ?1 AND member_id = ?2")
        .context(REMOVING)?;
    let groups = statement
        .query_map((target.account.0, member.as_str()), |row| row.get::<_, String>("group_id"))
        .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
        .context(REMOVING)?;
    for group in groups {
        remove_edge(tx, target, &RemoteId::new(group), member)?;
    }
    Ok(())
}

fn remove_edge(
    tx: &Transaction<'_>,
    target: Target,
    group: &RemoteId,
    member: &RemoteId,
) -> Result<(), StoreError> {
    write_roles(tx, target, (group, member), &[])?;
    tx.prepare_cached(
        "DELETE FROM main.memberships WHERE account_id = ?1 AND group_id = ?2 AND member_id = ?3",
    )
    .and_then(|mut statement| statement.execute((target.account.0, group.as_str(), member.as_str())))
    .context("removing a member")?;
    note_member(tx, target, group, member, Action::Removed)
}

/// Makes the member's roles in the organisation `roles`; true when they were others.
fn write_roles(
    tx: &Transaction<'_>,
    target: Target,
    (group, member): (&RemoteId, &RemoteId),
    roles: &[RemoteId],
) -> Result<bool, StoreError> {
    let before = roles_of(tx, target.account, group, member)?;
    for role in before.iter().filter(|role| !roles.contains(role)) {
        delete_noted(tx, target, role, Some(group), member)?;
    }
    for role in roles.iter().filter(|role| !before.contains(role)) {
        insert(tx, target.account, role, Some(group), member, HolderKind::User.as_str())?;
        note_edge(tx, target, role, Some(group), member, Action::Added)?;
    }
    Ok(before != roles)
}

fn note_member(
    tx: &Transaction<'_>,
    target: Target,
    group: &RemoteId,
    member: &RemoteId,
    action: Action,
) -> Result<(), StoreError> {
    if target.baseline {
        return Ok(());
    }
    let title = title_of(tx, target.account, "groups", group)?;
    let line = HistoryEntry {
        member_name: Some(name_of(tx, target.account, member)?),
        member: Some(member.clone()),
        ..entry(target, Subject::Membership, group, &title, action)
    };
    note(tx, target, &line)
}
