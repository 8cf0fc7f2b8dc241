//! Tables `groups` and `memberships`: taking the staged groups over.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;
use super::diff::changed_fields;
use super::error::Context;
use super::staging::StagingSql;
use super::users::{Applied, Target};
use super::{grants, history, recipients, role_assignments};
use crate::model::{
    AccountId, Action, GrantHolder, GroupKind, HistoryEntry, RecipientKind, RemoteId, Subject, Timestamp,
};

/// What applying groups did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AppliedGroups {
    /// The groups themselves.
    pub groups: Applied,
    /// Users newly in a group.
    pub members_added: u64,
    /// Users no longer in a group.
    pub members_removed: u64,
}

/// Takes the staged groups over into mirror and history, in the caller's transaction; see [`super::users::apply`].
///
/// # Errors
/// Those of the database and of `tick`.
pub fn apply(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    remove: bool,
    tick: &mut dyn FnMut(u64) -> Result<(), StoreError>,
) -> Result<AppliedGroups, StoreError> {
    let mut applied = AppliedGroups::default();
    let mut staged = tx
        .prepare(
            &sql.of(
                "SELECT remote_id, hash, kind, display_name, description, external_id, created_at, modified_at, version,
                    raw
             FROM staging.groups WHERE raw IS NOT NULL",
            ),
        )
        .context("applying groups")?;
    let mut rows = staged.query([]).context("applying groups")?;
    let mut handled = 0;
    while let Some(row) = rows.next().context("applying groups")? {
        write(tx, sql, target, row, &mut applied)?;
        handled += 1;
        if handled % 256 == 0 {
            tick(handled)?;
        }
    }
    drop(rows);
    if remove {
        for (remote_id, name) in list_absent(tx, sql, target.account, None)? {
            remove_group(tx, target, &remote_id, &name, &mut applied)?;
        }
    }
    Ok(applied)
}

fn write(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    row: &Row<'_>,
    applied: &mut AppliedGroups,
) -> Result<(), StoreError> {
    const APPLYING: &str = "applying a group";
    let remote_id: String = row.get("remote_id").context(APPLYING)?;
    let name: String = row.get("display_name").context(APPLYING)?;
    let after: String = row.get("raw").context(APPLYING)?;
    let before: Option<String> = tx
        .prepare_cached("SELECT raw FROM main.groups WHERE account_id = ?1 AND remote_id = ?2")
        .and_then(|mut statement| {
            statement.query_row((target.account.0, &remote_id), |row| row.get("raw")).optional()
        })
        .context(APPLYING)?;
    let changes = before.as_deref().map(|before| changed_fields(before, &after));
    upsert(tx, target, row, changes.as_ref().is_some_and(|changes| !changes.is_empty()))?;
    match changes {
        None => {
            applied.groups.added += 1;
            if !target.baseline {
                append(tx, target, &group_entry(target.at, &remote_id, &name, Action::Added))?;
            }
        }
        Some(changes) => {
            applied.groups.changed += u64::from(!changes.is_empty());
            for change in changes {
                let mut entry = group_entry(target.at, &remote_id, &name, Action::Changed);
                (entry.field, entry.before, entry.after) = (Some(change.field), change.before, change.after);
                append(tx, target, &entry)?;
            }
        }
    }
    let kind: String = row.get("kind").context(APPLYING)?;
    if kind == GroupKind::Organization.as_str() {
        // Its members are a list of their own.
        return Ok(());
    }
    if before.is_none() && target.baseline {
        // Nobody was in it, and nothing of it is history.
        applied.members_added += copy_members(tx, sql, target.account, &remote_id)?;
        return Ok(());
    }
    write_members(tx, sql, target, (&remote_id, &name), applied)
}

fn upsert(tx: &Transaction<'_>, target: Target, row: &Row<'_>, changed: bool) -> Result<(), StoreError> {
    const APPLYING: &str = "applying a group";
    let mut statement = tx
        .prepare_cached(
            "INSERT INTO main.groups (remote_id, hash, kind, display_name, description, external_id, created_at,
                                      modified_at, version, raw, account_id, first_seen_at, last_changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)
             ON CONFLICT (account_id, remote_id) DO UPDATE
             SET hash = excluded.hash, kind = excluded.kind, display_name = excluded.display_name,
                 description = excluded.description, external_id = excluded.external_id,
                 created_at = excluded.created_at, modified_at = excluded.modified_at, version = excluded.version,
                 raw = excluded.raw, last_changed_at = iif(?13, excluded.last_changed_at, last_changed_at)",
        )
        .context(APPLYING)?;
    for place in 0..10 {
        let value = rusqlite::types::ToSqlOutput::Borrowed(row.get_ref(place).context(APPLYING)?);
        statement.raw_bind_parameter(place + 1, value).context(APPLYING)?;
    }
    statement.raw_bind_parameter(11, target.account.0).context(APPLYING)?;
    statement.raw_bind_parameter(12, target.at.as_millis()).context(APPLYING)?;
    statement.raw_bind_parameter(13, changed).context(APPLYING)?;
    statement.raw_execute().context(APPLYING)?;
    Ok(())
}

/// Members of the group that staging and mirror do not share, with the name each is known by.
const JOINED: &str = "
    SELECT staged.member_id,
           coalesce((SELECT display_name FROM main.users
                     WHERE account_id = :account AND remote_id = staged.member_id),
                    staged.display, staged.member_id) AS name
    FROM staging.memberships AS staged
    WHERE staged.group_id = :group
      AND NOT EXISTS (SELECT 1 FROM main.memberships AS mirrored
                      WHERE mirrored.account_id = :account AND mirrored.group_id = :group
                        AND mirrored.member_id = staged.member_id)";
const LEFT: &str = "
    SELECT mirrored.member_id,
           coalesce((SELECT display_name FROM main.users
                     WHERE account_id = :account AND remote_id = mirrored.member_id),
                    mirrored.display, mirrored.member_id) AS name
    FROM main.memberships AS mirrored
    WHERE mirrored.account_id = :account AND mirrored.group_id = :group
      AND NOT EXISTS (SELECT 1 FROM staging.memberships AS staged
                      WHERE staged.group_id = :group AND staged.member_id = mirrored.member_id)";

fn write_members(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    group: (&str, &str),
    applied: &mut AppliedGroups,
) -> Result<(), StoreError> {
    const APPLYING: &str = "applying memberships";
    let joined = list_members(tx, &sql.of(JOINED), target.account, group.0)?;
    let left = list_members(tx, &sql.of(LEFT), target.account, group.0)?;
    for (member, _) in &left {
        tx.prepare_cached(
            "DELETE FROM main.memberships WHERE account_id = ?1 AND group_id = ?2 AND member_id = ?3",
        )
        .and_then(|mut statement| statement.execute((target.account.0, group.0, member)))
        .context(APPLYING)?;
    }
    copy_members(tx, sql, target.account, group.0)?;
    if !target.baseline {
        note_members(tx, target, group, joined.iter(), Action::Added)?;
        note_members(tx, target, group, left.iter(), Action::Removed)?;
    }
    applied.members_added += joined.len() as u64;
    applied.members_removed += left.len() as u64;
    Ok(())
}

/// Returns how many there are. One by one: a statement for all of them would keep every page that it touches in memory until it
/// has ended, and a group of many thousands touches thousands.
fn copy_members(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    account: AccountId,
    group: &str,
) -> Result<u64, StoreError> {
    const APPLYING: &str = "applying memberships";
    let mut staged = tx
        .prepare_cached(
            &sql.of("SELECT member_id, kind, display FROM staging.memberships WHERE group_id = ?1"),
        )
        .context(APPLYING)?;
    let mut upsert = tx
        .prepare_cached(
            "INSERT INTO main.memberships (member_id, kind, display, account_id, group_id)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account_id, group_id, member_id) DO UPDATE
             SET kind = excluded.kind, display = excluded.display",
        )
        .context(APPLYING)?;
    let mut rows = staged.query([group]).context(APPLYING)?;
    let mut copied = 0;
    while let Some(row) = rows.next().context(APPLYING)? {
        for place in 0..3 {
            let value = rusqlite::types::ToSqlOutput::Borrowed(row.get_ref(place).context(APPLYING)?);
            upsert.raw_bind_parameter(place + 1, value).context(APPLYING)?;
        }
        upsert.raw_bind_parameter(4, account.0).context(APPLYING)?;
        upsert.raw_bind_parameter(5, group).context(APPLYING)?;
        upsert.raw_execute().context(APPLYING)?;
        copied += 1;
    }
    Ok(copied)
}

fn list_members(
    conn: &Connection,
    sql: &str,
    account: AccountId,
    group: &str,
) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = conn.prepare_cached(sql).context("comparing memberships")?;
    let rows = statement
        .query_map(named_params! { ":account": account.0, ":group": group }, |row| {
            Ok((row.get("member_id")?, row.get("name")?))
        })
        .context("comparing memberships")?;
    rows.collect::<rusqlite::Result<_>>().context("comparing memberships")
}

fn note_members<'a>(
    tx: &Transaction<'_>,
    target: Target,
    (group, name): (&str, &str),
    members: impl Iterator<Item = &'a (String, String)>,
    action: Action,
) -> Result<(), StoreError> {
    for (member, member_name) in members {
        let mut entry = group_entry(target.at, group, name, action);
        entry.subject = Subject::Membership;
        entry.member = Some(RemoteId::new(member.clone()));
        entry.member_name = Some(member_name.clone());
        append(tx, target, &entry)?;
    }
    Ok(())
}

/// Removes one group that the service says it has not, with its members and the roles held in it; nothing where the mirror
/// has no such group.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &Transaction<'_>, target: Target, id: &RemoteId) -> Result<AppliedGroups, StoreError> {
    let mut applied = AppliedGroups::default();
    let name: Option<String> = tx
        .prepare_cached("SELECT display_name FROM main.groups WHERE account_id = ?1 AND remote_id = ?2")
        .and_then(|mut statement| {
            statement.query_row((target.account.0, id.as_str()), |row| row.get("display_name")).optional()
        })
        .context("removing a group")?;
    if let Some(name) = name {
        remove_group(tx, target, id.as_str(), &name, &mut applied)?;
    }
    Ok(applied)
}

fn remove_group(
    tx: &Transaction<'_>,
    target: Target,
    remote_id: &str,
    name: &str,
    applied: &mut AppliedGroups,
) -> Result<(), StoreError> {
    let members = list_members(
        tx,
        "SELECT member_id, coalesce(users.display_name, display, member_id) AS name
         FROM main.memberships
         LEFT JOIN main.users ON users.account_id = :account AND users.remote_id = member_id
         WHERE memberships.account_id = :account AND group_id = :group",
        target.account,
        remote_id,
    )?;
    note_members(tx, target, (remote_id, name), members.iter(), Action::Removed)?;
    role_assignments::remove_in(tx, target, &RemoteId::new(remote_id))?;
    grants::remove_all_of(tx, target, GrantHolder::Group, &RemoteId::new(remote_id))?;
    recipients::remove_all_of(tx, target, RecipientKind::Group, &RemoteId::new(remote_id))?;
    let mut gone = group_entry(target.at, remote_id, name, Action::Removed);
    gone.before = Some(raw_of(tx, target.account, remote_id)?);
    append(tx, target, &gone)?;
    for statement in [
        "DELETE FROM main.memberships WHERE account_id = ?1 AND group_id = ?2",
        "DELETE FROM main.groups WHERE account_id = ?1 AND remote_id = ?2",
    ] {
        tx.prepare_cached(statement)
            .and_then(|mut statement| statement.execute((target.account.0, remote_id)))
            .context("removing a group")?;
    }
    applied.members_removed += members.len() as u64;
    applied.groups.removed += 1;
    Ok(())
}

/// The record as it was last confirmed, which its last line of history keeps.
fn raw_of(tx: &Transaction<'_>, account: AccountId, remote_id: &str) -> Result<String, StoreError> {
    tx.prepare_cached("SELECT raw FROM main.groups WHERE account_id = ?1 AND remote_id = ?2")
        .and_then(|mut statement| statement.query_row((account.0, remote_id), |row| row.get("raw")))
        .context("keeping the record of a group that is gone")
}

/// Remote id and name of groups that the mirror has and the staging has not, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn list_absent(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    limit: Option<u32>,
) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = conn
        .prepare(&sql.of(
            "SELECT remote_id, display_name FROM main.groups AS mirrored
             WHERE account_id = :account
               AND NOT EXISTS (SELECT 1 FROM staging.groups AS staged WHERE staged.remote_id = mirrored.remote_id)
             LIMIT :limit",
        ))
        .context("looking for removed groups")?;
    let rows = statement
        .query_map(named_params! { ":account": account.0, ":limit": limit.map_or(-1, i64::from) }, |row| {
            Ok((row.get("remote_id")?, row.get("display_name")?))
        })
        .context("looking for removed groups")?;
    rows.collect::<rusqlite::Result<_>>().context("looking for removed groups")
}

fn group_entry(at: Timestamp, remote_id: &str, name: &str, action: Action) -> HistoryEntry {
    HistoryEntry {
        at,
        subject: Subject::Group,
        remote_id: RemoteId::new(remote_id),
        name: name.to_owned(),
        member: None,
        member_name: None,
        action,
        field: None,
        before: None,
        after: None,
    }
}

fn append(tx: &Transaction<'_>, target: Target, entry: &HistoryEntry) -> Result<(), StoreError> {
    history::append(tx, target.account, target.run, entry)
}
