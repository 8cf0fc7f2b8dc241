//! Tables `users` and `user_search`: taking the staged users over.

use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, OptionalExtension, Row, Transaction};

use super::StoreError;
use super::diff::changed_fields;
use super::error::Context;
use super::staging::StagingSql;
use super::{
    api_users, details, grants, history, members, off_duty, recipients, role_assignments, staged_users,
    tokens,
};
use crate::model::{
    AccountId, Action, GrantHolder, HistoryEntry, RecipientKind, RemoteId, RunId, Subject, Timestamp,
    TokenKind,
};

/// One account's part of a run's transaction.
#[derive(Clone, Copy)]
pub struct Target {
    /// The account.
    pub account: AccountId,
    /// The run.
    pub run: RunId,
    /// Its start, which is the time all it brings is known from.
    pub at: Timestamp,
    /// The first complete read: its records are not listed in history one by one.
    pub baseline: bool,
}

/// What applying did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Rows that were not there.
    pub added: u64,
    /// Rows with at least one different field.
    pub changed: u64,
    /// Rows that are gone.
    pub removed: u64,
}

/// Columns that staging and mirror share, in the order in which rows are copied.
const COPIED: &str = "remote_id, hash, user_name, display_name, given_name, family_name, email, phone, active, title, \
                      department, organization, employee_number, user_type, locale, external_id, created_at, \
                      modified_at, last_sign_in_at, version, raw";
const COPIED_COUNT: usize = 21;

/// Takes the staged users over into mirror, search index and history, in the caller's transaction:
/// 1. staged rows with content are inserted or, where the mirror has them, compared field by field and updated;
/// 2. when `remove` is set, rows of the mirror that were not staged are removed; the listing is complete then.
///
/// `tick` is called now and then with the number of rows handled; an error from it rolls everything back.
///
/// # Errors
/// Those of the database and of `tick`.
pub fn apply(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    remove: bool,
    tick: &mut dyn FnMut(u64) -> Result<(), StoreError>,
) -> Result<Applied, StoreError> {
    let mut applied = Applied::default();
    let remove = remove && staged_users::is_any_absent(tx, sql, target.account)?;
    let mut writer = Writer::prepare(tx, target)?;
    let mut staged = tx
        .prepare(&sql.of(&format!("SELECT {COPIED}, search FROM staging.users ORDER BY id")))
        .context("applying users")?;
    let mut rows = staged.query([]).context("applying users")?;
    let mut handled = 0;
    while let Some(row) = rows.next().context("applying users")? {
        match writer.write(row)? {
            Written::Added => applied.added += 1,
            Written::Changed => applied.changed += 1,
            Written::Same => {}
        }
        handled += 1;
        if handled % 4096 == 0 {
            tick(handled)?;
        }
    }
    drop(rows);
    drop(staged);
    drop(writer);
    if remove {
        applied.removed = remove_absent(tx, sql, target)?;
    }
    Ok(applied)
}

enum Written {
    Added,
    Changed,
    Same,
}

/// The statements of [`apply`], prepared once for all rows.
struct Writer<'tx> {
    tx: &'tx Transaction<'tx>,
    target: Target,
    find: CachedStatement<'tx>,
    insert: CachedStatement<'tx>,
    update: CachedStatement<'tx>,
    index: CachedStatement<'tx>,
}

impl<'tx> Writer<'tx> {
    fn prepare(tx: &'tx Transaction<'tx>, target: Target) -> Result<Self, StoreError> {
        let prepare = |sql: &str| tx.prepare_cached(sql).context("applying users");
        let places = (1..=COPIED_COUNT).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
        let assignments = COPIED
            .split(", ")
            .enumerate()
            .map(|(n, column)| format!("{column} = ?{}", n + 1))
            .collect::<Vec<_>>()
            .join(", ");
        Ok(Self {
            tx,
            target,
            find: prepare("SELECT id, raw FROM main.users WHERE account_id = ?1 AND remote_id = ?2")?,
            insert: prepare(&format!(
                "INSERT INTO main.users ({COPIED}, account_id, first_seen_at, last_changed_at)
                 VALUES ({places}, ?22, ?23, ?23) ON CONFLICT (account_id, remote_id) DO NOTHING"
            ))?,
            update: prepare(&format!(
                "UPDATE main.users SET {assignments}, last_changed_at = iif(?23, ?22, last_changed_at) WHERE id = ?24"
            ))?,
            index: prepare(
                "INSERT INTO main.user_search (account_id, user_id, text, active, created_at, modified_at,
                                               last_sign_in_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (account_id, user_id) DO UPDATE
                 SET text = excluded.text, active = excluded.active, created_at = excluded.created_at,
                     modified_at = excluded.modified_at, last_sign_in_at = excluded.last_sign_in_at",
            )?,
        })
    }

    fn write(&mut self, row: &Row<'_>) -> Result<Written, StoreError> {
        const APPLYING: &str = "applying a user";
        let remote_id: &str = row.get_ref("remote_id").context(APPLYING)?.as_str().unwrap_or_default();
        let (id, written) = match self.insert(row)? {
            Some(id) => {
                if !self.target.baseline {
                    self.note(remote_id, row, Action::Added)?;
                }
                (id, Written::Added)
            }
            None => self.update(remote_id, row)?,
        };
        self.write_index(id, row)?;
        Ok(written)
    }

    /// `None` when the mirror has the user already.
    fn insert(&mut self, row: &Row<'_>) -> Result<Option<i64>, StoreError> {
        const ADDING: &str = "adding a user";
        bind_copied(&mut self.insert, row)?;
        self.insert.raw_bind_parameter(22, self.target.account.0).context(ADDING)?;
        self.insert.raw_bind_parameter(23, self.target.at.as_millis()).context(ADDING)?;
        let added = self.insert.raw_execute().context(ADDING)? == 1;
        Ok(added.then(|| self.tx.last_insert_rowid()))
    }

    fn update(&mut self, remote_id: &str, row: &Row<'_>) -> Result<(i64, Written), StoreError> {
        const CHANGING: &str = "changing a user";
        let (id, before): (i64, String) = self
            .find
            .query_row((self.target.account.0, remote_id), |found| Ok((found.get("id")?, found.get("raw")?)))
            .context(CHANGING)?;
        let changed = self.note_changes(remote_id, row, &before)?;
        bind_copied(&mut self.update, row)?;
        self.update.raw_bind_parameter(22, self.target.at.as_millis()).context(CHANGING)?;
        self.update.raw_bind_parameter(23, changed).context(CHANGING)?;
        self.update.raw_bind_parameter(24, id).context(CHANGING)?;
        self.update.raw_execute().context(CHANGING)?;
        Ok((id, if changed { Written::Changed } else { Written::Same }))
    }

    fn write_index(&mut self, id: i64, row: &Row<'_>) -> Result<(), StoreError> {
        const INDEXING: &str = "indexing a user";
        self.index.raw_bind_parameter(1, self.target.account.0).context(INDEXING)?;
        self.index.raw_bind_parameter(2, id).context(INDEXING)?;
        for (place, column) in
            [(3, "search"), (4, "active"), (5, "created_at"), (6, "modified_at"), (7, "last_sign_in_at")]
        {
            bind(&mut self.index, place, row.get_ref(column).context(INDEXING)?)?;
        }
        self.index.raw_execute().context(INDEXING)?;
        Ok(())
    }

    /// Writes one line of history for each different field; false when nothing that matters is different.
    fn note_changes(&self, remote_id: &str, row: &Row<'_>, before: &str) -> Result<bool, StoreError> {
        let after = row.get_ref("raw").context("comparing a user")?.as_str().unwrap_or_default();
        let changes = changed_fields(before, after);
        for change in &changes {
            let mut entry = self.entry(remote_id, row, Action::Changed)?;
            entry.field = Some(change.field.clone());
            entry.before.clone_from(&change.before);
            entry.after.clone_from(&change.after);
            history::append(self.tx, self.target.account, self.target.run, &entry)?;
        }
        Ok(!changes.is_empty())
    }

    fn note(&self, remote_id: &str, row: &Row<'_>, action: Action) -> Result<(), StoreError> {
        let entry = self.entry(remote_id, row, action)?;
        history::append(self.tx, self.target.account, self.target.run, &entry)
    }

    fn entry(&self, remote_id: &str, row: &Row<'_>, action: Action) -> Result<HistoryEntry, StoreError> {
        let name: String = row.get("display_name").context("writing history")?;
        Ok(entry(self.target.at, remote_id.to_owned(), name, action))
    }
}

fn entry(at: Timestamp, remote_id: String, name: String, action: Action) -> HistoryEntry {
    HistoryEntry {
        at,
        subject: Subject::User,
        remote_id: RemoteId::new(remote_id),
        name,
        member: None,
        member_name: None,
        action,
        field: None,
        before: None,
        after: None,
    }
}

/// Binds the copied columns of `row` without turning them into Rust values.
fn bind_copied(statement: &mut CachedStatement<'_>, row: &Row<'_>) -> Result<(), StoreError> {
    for place in 0..COPIED_COUNT {
        bind(statement, place + 1, row.get_ref(place).context("copying a row")?)?;
    }
    Ok(())
}

fn bind(statement: &mut CachedStatement<'_>, place: usize, value: ValueRef<'_>) -> Result<(), StoreError> {
    let borrowed = rusqlite::types::ToSqlOutput::Borrowed(value);
    statement.raw_bind_parameter(place, borrowed).context("copying a row")
}

/// Removes the users of the mirror that were not staged.
fn remove_absent(tx: &Transaction<'_>, sql: &StagingSql, target: Target) -> Result<u64, StoreError> {
    /// Listed before they are removed, because the list is walked by the index that the removal changes.
    const AT_ONCE: u32 = 10_000;
    let mut removed = 0;
    loop {
        let absent = staged_users::list_absent(tx, sql, target.account, Some(AT_ONCE))?;
        if absent.is_empty() {
            return Ok(removed);
        }
        removed += absent.len() as u64;
        for (id, remote_id, name) in absent {
            let mut gone = entry(target.at, remote_id, name, Action::Removed);
            gone.before = Some(raw_of(tx, id)?);
            history::append(tx, target.account, target.run, &gone)?;
            delete(tx, target.account, id)?;
        }
    }
}

/// The record as it was last confirmed, which its last line of history keeps.
fn raw_of(tx: &Transaction<'_>, id: i64) -> Result<String, StoreError> {
    tx.prepare_cached("SELECT raw FROM main.users WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([id], |row| row.get("raw")))
        .context("keeping the record of a user who is gone")
}

/// Removes one user that the service says it has not, with everything that hangs on it. Returns how many: none where the
/// mirror has no such user.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &Transaction<'_>, target: Target, id: &RemoteId) -> Result<u64, StoreError> {
    let found: Option<(i64, String)> = tx
        .prepare_cached("SELECT id, display_name FROM main.users WHERE account_id = ?1 AND remote_id = ?2")
        .and_then(|mut statement| {
            let read = |row: &Row<'_>| Ok((row.get("id")?, row.get("display_name")?));
            statement.query_row((target.account.0, id.as_str()), read).optional()
        })
        .context("removing a user")?;
    let Some((row, name)) = found else { return Ok(0) };
    members::remove_all_of(tx, target, id)?;
    role_assignments::remove_all_of(tx, target, id)?;
    let owner = tokens::Owner { id, name: &name, kind: TokenKind::PersonalAccessToken };
    tokens::replace(tx, target, owner, &[])?;
    api_users::remove_all_of(tx, target, id)?;
    off_duty::remove_all_of(tx, target, id)?;
    grants::remove_all_of(tx, target, GrantHolder::User, id)?;
    recipients::remove_all_of(tx, target, RecipientKind::User, id)?;
    let mut gone = entry(target.at, id.as_str().to_owned(), name, Action::Removed);
    gone.before = Some(raw_of(tx, row)?);
    history::append(tx, target.account, target.run, &gone)?;
    delete(tx, target.account, row)?;
    details::drop_one(tx, target.account, id)?;
    Ok(1)
}

fn delete(tx: &Transaction<'_>, account: AccountId, id: i64) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM main.user_search WHERE account_id = ?1 AND user_id = ?2",
        "DELETE FROM main.users WHERE account_id = ?1 AND id = ?2",
    ] {
        tx.prepare_cached(statement)
            .and_then(|mut statement| statement.execute((account.0, id)))
            .context("removing a user")?;
    }
    Ok(())
}
