//! Tables `resources` and `resource_members`: what rights are held on, and what is in groups of it.

use std::collections::BTreeSet;

use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::records::{self, Table, Tick, entry, note, title_of};
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{AccountId, Action, HistoryEntry, RemoteId, Resource, Stream, Subject, Tally};

const TABLE: Table = Table {
    name: "resources",
    title: "display_name",
    subject: Subject::Resource,
    upsert: "INSERT INTO main.resources (account_id, remote_id, kind, display_name, type, mode, active, is_all, raw, hash,
                                        first_seen_at, last_changed_at)
             VALUES (:account, :remote_id, :kind, :display_name, :type, :mode, :active, :is_all, :raw, :hash, :at, :at)
             ON CONFLICT (account_id, remote_id) DO UPDATE
             SET kind = excluded.kind, display_name = excluded.display_name, type = excluded.type,
                 mode = excluded.mode, active = excluded.active, is_all = excluded.is_all, raw = excluded.raw,
                 hash = excluded.hash, last_changed_at = iif(:changed, excluded.last_changed_at, last_changed_at)",
};

/// What is staged of `resource`; nothing when the mirror has the very same.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    resource: &Resource,
) -> Result<Option<String>, StoreError> {
    if records::has_hash(tx, TABLE.name, account, &resource.remote_id, &resource.hash)? {
        return Ok(None);
    }
    serde_json::to_string(resource).map(Some).context("staging a resource")
}

/// Takes the staged resources over into mirror and history, in the caller's transaction.
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
    let mut grouped = Vec::new();
    records::each_content(tx, sql, Stream::Resources, tick, |_, content| {
        let found: Resource = records::read(content)?;
        let values = named_params! {
            ":remote_id": found.remote_id.as_str(),
            ":kind": found.kind.as_str(),
            ":display_name": found.display_name,
            ":type": found.monitor_type,
            ":mode": found.mode,
            ":active": found.active,
            ":is_all": found.is_all,
            ":raw": found.raw,
            ":hash": found.hash.as_bytes(),
        };
        let names = (&found.remote_id, found.display_name.as_str(), found.raw.as_str());
        records::write(tx, target, &TABLE, names, values, &mut tally)?;
        grouped.push((found.remote_id, found.members));
        Ok(())
    })?;
    // When all of them are there, so that the lines of history can name them.
    for (group, members) in grouped {
        write_members(tx, target, &group, &members)?;
    }
    if remove {
        records::each_absent(tx, sql, target, Stream::Resources, |id| {
            self::remove(tx, target, id, &mut tally)
        })?;
    }
    Ok(tally)
}

/// Removes one resource that the service says it has not, and takes it out of its groups; nothing where the mirror has no such
/// one.
///
/// # Errors
/// Those of the database.
pub fn remove(
    tx: &Transaction<'_>,
    target: Target,
    id: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    if !records::has(tx, TABLE.name, target.account, id)? {
        return Ok(());
    }
    write_members(tx, target, id, &[])?;
    tx.prepare_cached("DELETE FROM main.resource_members WHERE account_id = ?1 AND resource_id = ?2")
        .and_then(|mut statement| statement.execute((target.account.0, id.as_str())))
        .context("taking a resource out of its groups")?;
    records::remove(tx, target, &TABLE, id, tally)
}

/// Makes the members of `group` those in `listed`, and notes what is different.
fn write_members(
    tx: &Transaction<'_>,
    target: Target,
    group: &RemoteId,
    listed: &[RemoteId],
) -> Result<(), StoreError> {
    const APPLYING: &str = "applying what is in a group of resources";
    let known: BTreeSet<RemoteId> = {
        let mut statement = tx
            .prepare_cached(
                "SELECT resource_id FROM main.resource_members WHERE account_id = ?1 AND group_id = ?2",
            )
            .context(APPLYING)?;
        let rows = statement
            .query_map((target.account.0, group.as_str()), |row| row.get::<_, String>(0).map(RemoteId::new))
            .context(APPLYING)?;
        rows.collect::<rusqlite::Result<_>>().context(APPLYING)?
    };
    let listed: BTreeSet<&RemoteId> = listed.iter().collect();
    for (statement, members, action) in [
        (
            "DELETE FROM main.resource_members WHERE account_id = ?1 AND group_id = ?2 AND resource_id = ?3",
            known.iter().filter(|member| !listed.contains(member)).collect::<Vec<_>>(),
            Action::Removed,
        ),
        (
            "INSERT INTO main.resource_members (account_id, group_id, resource_id) VALUES (?1, ?2, ?3)",
            listed.iter().copied().filter(|member| !known.contains(member)).collect(),
            Action::Added,
        ),
    ] {
        for member in members {
            tx.prepare_cached(statement)
                .and_then(|mut statement| {
                    statement.execute((target.account.0, group.as_str(), member.as_str()))
                })
                .context(APPLYING)?;
            note_member(tx, target, group, member, action)?;
        }
    }
    Ok(())
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
    let name = title_of(tx, target.account, TABLE.name, group)?;
    let line = HistoryEntry {
        member_name: Some(title_of(tx, target.account, TABLE.name, member)?),
        member: Some(member.clone()),
        ..entry(target, Subject::ResourceMembership, group, &name, action)
    };
    note(tx, target, &line)
}
