//! Landing of the records that have no staging table of their own, and what their applying has in common: a changed one
//! is written and noted field by field, an absent one removed and noted.

use rusqlite::types::ToSql;
use rusqlite::{OptionalExtension, Transaction, named_params};
use serde::de::DeserializeOwned;

use super::StoreError;
use super::diff::changed_fields;
use super::error::Context;
use super::staged_users::Landed;
use super::staging::StagingSql;
use super::users::Target;
use super::{
    api_users, applications, grants, history, invitations, members, off_duty, recipients, resources,
    role_assignments, roles, staged,
};
use crate::model::{AccountId, Action, ContentHash, HistoryEntry, Record, RemoteId, Stream, Subject, Tally};

/// Told now and then how many rows are handled; an error from it rolls everything back.
pub type Tick<'t> = dyn FnMut(u64) -> Result<(), StoreError> + 't;

/// Rows that are handled between two ticks.
const TICK: u64 = 1024;
/// Rows that are looked up at once.
const AT_ONCE: u32 = 2_000;

/// Lands one record. One that is the same in the mirror costs a comparison and a marker.
///
/// # Errors
/// Those of the database.
pub fn stage(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    account: AccountId,
    walk: u32,
    record: &Record,
) -> Result<Landed, StoreError> {
    const STAGING: &str = "staging a record";
    let (stream, content) = match record {
        Record::Role(role) => (Stream::Roles, roles::content(tx, account, role)?),
        Record::Assignment(edge) => (Stream::RoleAssignments, role_assignments::content(tx, account, edge)?),
        Record::Member(member) => (Stream::Memberships, members::content(tx, account, member)?),
        Record::Invitation(found) => (Stream::Invitations, invitations::content(tx, account, found)?),
        Record::Application(found) => (Stream::Applications, applications::content(tx, account, found)?),
        Record::ApiUser(found) => (Stream::ApiUsers, api_users::content(tx, account, found)?),
        Record::OffDutyPeriod(found) => (Stream::OffDutyPeriods, off_duty::content(tx, account, found)?),
        Record::Resource(found) => (Stream::Resources, resources::content(tx, account, found)?),
        Record::Grant(found) => (found.stream(), grants::content(tx, account, found)?),
        Record::Recipients(found) => (Stream::Recipients, recipients::content(tx, account, found)?),
        Record::User(_) | Record::Group(_) => {
            return Err(StoreError::Bug("a record with a staging table of its own".to_owned()));
        }
    };
    let key = record.remote_id().as_str();
    let known: Option<u32> = tx
        .prepare_cached(&sql.of("SELECT walk FROM staging.records WHERE stream = ?1 AND remote_id = ?2"))
        .and_then(|mut statement| {
            statement.query_row((stream.as_str(), key), |row| row.get("walk")).optional()
        })
        .context(STAGING)?;
    tx.prepare_cached(&sql.of(
        "INSERT OR REPLACE INTO staging.records (stream, remote_id, walk, content) VALUES (?1, ?2, ?3, ?4)",
    ))
    .and_then(|mut statement| statement.execute((stream.as_str(), key, walk, content)))
    .context(STAGING)?;
    Ok(known.map_or(Landed::New, Landed::SeenInWalk))
}

/// Whether `table` has the record with this very hash.
pub(super) fn has_hash(
    tx: &Transaction<'_>,
    table: &str,
    account: AccountId,
    id: &RemoteId,
    hash: &ContentHash,
) -> Result<bool, StoreError> {
    let statement = format!(
        "SELECT EXISTS (SELECT 1 FROM main.{table} WHERE account_id = ?1 AND remote_id = ?2 AND hash = ?3) AS same"
    );
    tx.prepare_cached(&statement)
        .and_then(|mut statement| {
            statement.query_row((account.0, id.as_str(), hash.as_bytes()), |row| row.get("same"))
        })
        .context("comparing a record")
}

/// Whether `table` has a record with this id.
pub(super) fn has(
    tx: &Transaction<'_>,
    table: &str,
    account: AccountId,
    id: &RemoteId,
) -> Result<bool, StoreError> {
    let statement = format!(
        "SELECT EXISTS (SELECT 1 FROM main.{table} WHERE account_id = ?1 AND remote_id = ?2) AS known"
    );
    tx.prepare_cached(&statement)
        .and_then(|mut statement| statement.query_row((account.0, id.as_str()), |row| row.get("known")))
        .context("looking for a record")
}

/// Calls `work` with every staged record of `stream` that has content.
pub(super) fn each_content(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    stream: Stream,
    tick: &mut Tick<'_>,
    mut work: impl FnMut(&str, &str) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    const APPLYING: &str = "applying records";
    let mut statement = tx
        .prepare(
            &sql.of(
                "SELECT remote_id, content FROM staging.records WHERE stream = ?1 AND content IS NOT NULL
             ORDER BY remote_id",
            ),
        )
        .context(APPLYING)?;
    let mut rows = statement.query([stream.as_str()]).context(APPLYING)?;
    let mut handled = 0;
    while let Some(row) = rows.next().context(APPLYING)? {
        let key = row.get_ref("remote_id").context(APPLYING)?.as_str().unwrap_or_default();
        let content = row.get_ref("content").context(APPLYING)?.as_str().unwrap_or_default();
        work(key, content)?;
        handled += 1;
        if handled % TICK == 0 {
            tick(handled)?;
        }
    }
    Ok(())
}

/// Calls `work` with every key that the mirror has and the staging has not; each must be gone afterwards.
pub(super) fn each_absent(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    stream: Stream,
    mut work: impl FnMut(&RemoteId) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let absent = staged::list_absent(tx, sql, target.account, stream, &after, AT_ONCE)?;
        let Some(last) = absent.last() else { return Ok(()) };
        last.as_str().clone_into(&mut after);
        absent.iter().try_for_each(&mut work)?;
    }
}

/// A staged record as it was landed.
pub(super) fn read<T: DeserializeOwned>(content: &str) -> Result<T, StoreError> {
    serde_json::from_str(content).context("reading a staged record")
}

/// One line of history without field and member.
pub(super) fn entry(
    target: Target,
    subject: Subject,
    remote_id: &RemoteId,
    name: &str,
    action: Action,
) -> HistoryEntry {
    HistoryEntry {
        at: target.at,
        subject,
        remote_id: remote_id.clone(),
        name: name.to_owned(),
        member: None,
        member_name: None,
        action,
        field: None,
        before: None,
        after: None,
    }
}

/// Appends to the history, except in the first complete read.
pub(super) fn note(tx: &Transaction<'_>, target: Target, entry: &HistoryEntry) -> Result<(), StoreError> {
    if target.baseline {
        return Ok(());
    }
    history::append(tx, target.account, target.run, entry)
}

/// A table of records with `remote_id`, `display_name` (or what stands for it), `raw` and `hash`.
pub(super) struct Table {
    /// Its name.
    pub name: &'static str,
    /// The column that names a record in the history.
    pub title: &'static str,
    /// What its records are in the history.
    pub subject: Subject,
    /// `INSERT … ON CONFLICT … DO UPDATE` with `:account`, `:at` and `:changed`.
    pub upsert: &'static str,
}

/// Writes one record and notes what is different; true when something that matters is.
pub(super) fn write(
    tx: &Transaction<'_>,
    target: Target,
    table: &Table,
    (id, title, raw): (&RemoteId, &str, &str),
    values: &[(&str, &dyn ToSql)],
    tally: &mut Tally,
) -> Result<(), StoreError> {
    const APPLYING: &str = "applying a record";
    let find = format!("SELECT raw FROM main.{} WHERE account_id = ?1 AND remote_id = ?2", table.name);
    let before: Option<String> = tx
        .prepare_cached(&find)
        .and_then(|mut statement| {
            statement.query_row((target.account.0, id.as_str()), |row| row.get("raw")).optional()
        })
        .context(APPLYING)?;
    let changes = before.as_deref().map(|before| changed_fields(before, raw));
    let changed = changes.as_ref().is_some_and(|changes| !changes.is_empty());
    let own =
        named_params! { ":account": target.account.0, ":at": target.at.as_millis(), ":changed": changed };
    let all: Vec<_> = own.iter().copied().chain(values.iter().copied()).collect();
    tx.prepare_cached(table.upsert)
        .and_then(|mut statement| statement.execute(all.as_slice()))
        .context(APPLYING)?;
    let Some(changes) = changes else {
        tally.added += 1;
        return note(tx, target, &entry(target, table.subject, id, title, Action::Added));
    };
    tally.changed += u64::from(changed);
    for change in changes {
        let mut line = entry(target, table.subject, id, title, Action::Changed);
        (line.field, line.before, line.after) = (Some(change.field), change.before, change.after);
        note(tx, target, &line)?;
    }
    Ok(())
}

/// Removes one record and notes it.
pub(super) fn remove(
    tx: &Transaction<'_>,
    target: Target,
    table: &Table,
    id: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    const REMOVING: &str = "removing a record";
    let Table { name, title, .. } = table;
    let find =
        format!("SELECT {title} AS title, raw FROM main.{name} WHERE account_id = ?1 AND remote_id = ?2");
    let (known, raw): (String, String) = tx
        .prepare_cached(&find)
        .and_then(|mut statement| {
            statement
                .query_row((target.account.0, id.as_str()), |row| Ok((row.get("title")?, row.get("raw")?)))
        })
        .context(REMOVING)?;
    let gone = entry(target, table.subject, id, &known, Action::Removed);
    note(tx, target, &HistoryEntry { before: Some(raw), ..gone })?;
    let delete = format!("DELETE FROM main.{name} WHERE account_id = ?1 AND remote_id = ?2");
    tx.prepare_cached(&delete)
        .and_then(|mut statement| statement.execute((target.account.0, id.as_str())))
        .context(REMOVING)?;
    tally.removed += 1;
    Ok(())
}

/// The name of a user or application, also of one that this very transaction has removed; else its id.
pub(super) fn name_of(tx: &Transaction<'_>, account: AccountId, id: &RemoteId) -> Result<String, StoreError> {
    let found: Option<String> = tx
        .prepare_cached(
            "SELECT display_name AS name FROM main.users WHERE account_id = ?1 AND remote_id = ?2
             UNION ALL
             SELECT display_name FROM main.applications WHERE account_id = ?1 AND remote_id = ?2
             UNION ALL
             SELECT name FROM (SELECT name FROM main.history
                               WHERE account_id = ?1 AND remote_id = ?2 AND subject IN ('user', 'application')
                               ORDER BY id DESC LIMIT 1)
             LIMIT 1",
        )
        .and_then(|mut statement| {
            statement.query_row((account.0, id.as_str()), |row| row.get("name")).optional()
        })
        .context("looking for a name")?;
    Ok(found.unwrap_or_else(|| id.as_str().to_owned()))
}

/// The name in `table` of the record with `id`, also of one that this very transaction has removed; else its id.
pub(super) fn title_of(
    tx: &Transaction<'_>,
    account: AccountId,
    table: &str,
    id: &RemoteId,
) -> Result<String, StoreError> {
    let statement = format!(
        "SELECT display_name AS name FROM main.{table} WHERE account_id = ?1 AND remote_id = ?2
         UNION ALL
         SELECT name FROM (SELECT name FROM main.history WHERE account_id = ?1 AND remote_id = ?2
                           ORDER BY id DESC LIMIT 1)
         LIMIT 1"
    );
    let found: Option<String> = tx
        .prepare_cached(&statement)
        .and_then(|mut statement| {
            statement.query_row((account.0, id.as_str()), |row| row.get("name")).optional()
        })
        .context("looking for a name")?;
    Ok(found.unwrap_or_else(|| id.as_str().to_owned()))
}
