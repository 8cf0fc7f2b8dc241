//! Table `role_assignments`: who holds a role everywhere in the account. Roles in one organisation come with its members.

use rusqlite::Transaction;

use super::StoreError;
use super::error::Context;
use super::records::{self, Tick, entry, name_of, note, title_of};
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{
    AccountId, Action, HistoryEntry, HolderKind, RemoteId, RoleAssignment, Stream, Subject, Tally, split_key,
};

/// What is staged of `edge`: what the holder is; nothing when the mirror has the edge.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    edge: &RoleAssignment,
) -> Result<Option<String>, StoreError> {
    let known: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM main.role_assignments
                            WHERE account_id = ?1 AND role_id = ?2 AND group_id = '' AND holder_id = ?3) AS known",
        )
        .and_then(|mut statement| {
            statement.query_row((account.0, edge.role.as_str(), edge.holder.as_str()), |row| row.get("known"))
        })
        .context("comparing a role assignment")?;
    Ok((!known).then(|| edge.holder_kind.as_str().to_owned()))
}

/// Takes the staged assignments over into mirror and history, in the caller's transaction.
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
    records::each_content(tx, sql, Stream::RoleAssignments, tick, |key, kind| {
        let Some((role, holder)) = split_key(&RemoteId::new(key)) else { return Ok(()) };
        insert(tx, target.account, &role, None, &holder, kind)?;
        tally.added += 1;
        note_edge(tx, target, &role, None, &holder, Action::Added)
    })?;
    if remove {
        records::each_absent(tx, sql, target, Stream::RoleAssignments, |key| {
            let Some((role, holder)) = split_key(key) else { return Ok(()) };
            delete_noted(tx, target, &role, None, &holder)?;
            tally.removed += 1;
            Ok(())
        })?;
    }
    Ok(tally)
}

/// Removes one edge that the service says it has not; nothing where the mirror has no such edge.
///
/// # Errors
/// Those of the database.
pub fn remove(
    tx: &Transaction<'_>,
    target: Target,
    key: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let Some((role, holder)) = split_key(key) else { return Ok(()) };
    if content(tx, target.account, &RoleAssignment::new(role.clone(), holder.clone(), HolderKind::User))?
        .is_none()
    {
        delete_noted(tx, target, &role, None, &holder)?;
        tally.removed += 1;
    }
    Ok(())
}

/// Removes every role that a holder who is gone held, wherever.
pub(super) fn remove_all_of(
    tx: &Transaction<'_>,
    target: Target,
    holder: &RemoteId,
) -> Result<(), StoreError> {
    remove_where(tx, target, "holder_id", holder)
}

/// Removes every edge of a role that is gone.
pub(super) fn remove_all_with(
    tx: &Transaction<'_>,
    target: Target,
    role: &RemoteId,
) -> Result<(), StoreError> {
    remove_where(tx, target, "role_id", role)
}

fn remove_where(tx: &Transaction<'_>, target: Target, column: &str, id: &RemoteId) -> Result<(), StoreError> {
    const REMOVING: &str = "removing role assignments";
    let statement = format!(
        "SELECT role_id, group_id, holder_id FROM main.role_assignments WHERE account_id = ?1 AND {column} = ?2"
    );
    let mut statement = tx.prepare_cached(&statement).context(REMOVING)?;
    let edges = statement
        .query_map((target.account.0, id.as_str()), |row| {
            Ok((row.get("role_id")?, row.get("group_id")?, row.get("holder_id")?))
        })
        .and_then(Iterator::collect::<rusqlite::Result<Vec<(String, String, String)>>>)
        .context(REMOVING)?;
    for (role, group, holder) in edges {
        let group = (!group.is_empty()).then(|| RemoteId::new(group));
        delete_noted(tx, target, &RemoteId::new(role), group.as_ref(), &RemoteId::new(holder))?;
    }
    Ok(())
}

/// Removes one edge and notes it.
pub(super) fn delete_noted(
    tx: &Transaction<'_>,
    target: Target,
    role: &RemoteId,
    group: Option<&RemoteId>,
    holder: &RemoteId,
) -> Result<(), StoreError> {
    delete(tx, target.account, role, group, holder)?;
    note_edge(tx, target, role, group, holder, Action::Removed)
}

/// Adds one edge; `group` is the organisation in which the role is held.
pub(super) fn insert(
    tx: &Transaction<'_>,
    account: AccountId,
    role: &RemoteId,
    group: Option<&RemoteId>,
    holder: &RemoteId,
    kind: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO main.role_assignments (account_id, role_id, group_id, holder_id, holder_kind)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .and_then(|mut statement| {
        statement.execute((
            account.0,
            role.as_str(),
            group.map_or("", RemoteId::as_str),
            holder.as_str(),
            kind,
        ))
    })
    .context("applying a role assignment")?;
    Ok(())
}

/// Removes one edge.
fn delete(
    tx: &Transaction<'_>,
    account: AccountId,
    role: &RemoteId,
    group: Option<&RemoteId>,
    holder: &RemoteId,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM main.role_assignments
         WHERE account_id = ?1 AND role_id = ?2 AND group_id = ?3 AND holder_id = ?4",
    )
    .and_then(|mut statement| {
        statement.execute((account.0, role.as_str(), group.map_or("", RemoteId::as_str), holder.as_str()))
    })
    .context("removing a role assignment")?;
    Ok(())
}

/// One line of history: the role, and where it is held when that is one organisation.
pub(super) fn note_edge(
    tx: &Transaction<'_>,
    target: Target,
    role: &RemoteId,
    group: Option<&RemoteId>,
    holder: &RemoteId,
    action: Action,
) -> Result<(), StoreError> {
    if target.baseline {
        return Ok(());
    }
    let mut title = title_of(tx, target.account, "roles", role)?;
    if let Some(group) = group {
        title = format!("{title} ({})", title_of(tx, target.account, "groups", group)?);
    }
    let mut line = HistoryEntry {
        member_name: Some(name_of(tx, target.account, holder)?),
        member: Some(holder.clone()),
        ..entry(target, Subject::RoleAssignment, role, &title, action)
    };
    let place = group.map(|group| serde_json::Value::from(group.as_str()).to_string());
    match action {
        Action::Added => line.after = place,
        Action::Removed => line.before = place,
        Action::Changed => {}
    }
    note(tx, target, &line)
}

/// Removes the edges of an organisation that is gone, and notes them.
pub(super) fn remove_in(tx: &Transaction<'_>, target: Target, group: &RemoteId) -> Result<(), StoreError> {
    const REMOVING: &str = "removing the roles in an organisation";
    let held: Vec<(RemoteId, RemoteId)> = {
        let mut statement = tx
            .prepare_cached(
                "SELECT role_id, holder_id FROM main.role_assignments WHERE account_id = ?1 AND group_id = ?2",
            )
            .context(REMOVING)?;
        let rows = statement
            .query_map((target.account.0, group.as_str()), |row| {
                let (role, holder): (String, String) = (row.get("role_id")?, row.get("holder_id")?);
                Ok((RemoteId::new(role), RemoteId::new(holder)))
            })
            .context(REMOVING)?;
        rows.collect::<rusqlite::Result<_>>().context(REMOVING)?
    };
    for (role, holder) in &held {
        note_edge(tx, target, role, Some(group), holder, Action::Removed)?;
        delete(tx, target.account, role, Some(group), holder)?;
    }
    Ok(())
}
