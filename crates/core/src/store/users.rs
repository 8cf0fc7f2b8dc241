//! Tables `users` and `user_search`, and their staging: landing, planning, applying.

use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;
use super::diff::changed_fields;
use super::error::Context;
use super::history;
use super::staging::StagingSql;
use crate::model::{AccountId, Action, HistoryEntry, RemoteId, RunId, Subject, Timestamp, User, search_text};

/// What staging one record did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landed {
    /// Not seen before in this run.
    New,
    /// Seen in an earlier walk, the number of which this is.
    SeenInWalk(u32),
}

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

/// Lands one user. A user whose hash is that of the mirror costs a comparison and a marker.
///
/// # Errors
/// Those of the database.
pub fn stage(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    account: AccountId,
    walk: u32,
    user: &User,
) -> Result<Landed, StoreError> {
    let known: Option<u32> = tx
        .prepare_cached(&sql.of("SELECT walk FROM staging.users WHERE remote_id = :remote_id"))
        .and_then(|mut statement| {
            statement
                .query_row(named_params! { ":remote_id": user.remote_id.as_str() }, |row| row.get("walk"))
                .optional()
        })
        .context("staging a user")?;
    let unchanged = has_hash(tx, account, user)?;
    write_staged(tx, sql, walk, user, unchanged)?;
    Ok(known.map_or(Landed::New, Landed::SeenInWalk))
}

/// Whether the mirror has this very version of the user.
fn has_hash(tx: &Transaction<'_>, account: AccountId, user: &User) -> Result<bool, StoreError> {
    tx.prepare_cached("SELECT hash FROM main.users WHERE account_id = :account AND remote_id = :remote_id")
        .and_then(|mut statement| {
            statement
                .query_row(
                    named_params! { ":account": account.0, ":remote_id": user.remote_id.as_str() },
                    |row| Ok(row.get_ref("hash")?.as_blob()? == user.hash.as_bytes()),
                )
                .optional()
        })
        .map(Option::unwrap_or_default)
        .context("comparing a user")
}

fn write_staged(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    walk: u32,
    user: &User,
    unchanged: bool,
) -> Result<(), StoreError> {
    if unchanged {
        tx.prepare_cached(&sql.of(
            "INSERT INTO staging.users (remote_id, walk, hash) VALUES (:remote_id, :walk, :hash)
             ON CONFLICT (remote_id) DO UPDATE
             SET walk = excluded.walk, hash = excluded.hash, raw = NULL, search = NULL",
        ))
        .and_then(|mut statement| {
            statement.execute(named_params! {
                ":remote_id": user.remote_id.as_str(), ":walk": walk, ":hash": user.hash.as_bytes(),
            })
        })
        .context("staging a user")?;
        return Ok(());
    }
    let mut statement = tx
        .prepare_cached(&sql.of(
            "INSERT OR REPLACE INTO staging.users
                 (remote_id, walk, hash, user_name, display_name, given_name, family_name, email, phone, active, title,
                  department, organization, employee_number, user_type, locale, external_id, created_at, modified_at,
                  last_sign_in_at, version, raw, search)
             VALUES (:remote_id, :walk, :hash, :user_name, :display_name, :given_name, :family_name, :email, :phone,
                  :active, :title, :department, :organization, :employee_number, :user_type, :locale, :external_id,
                  :created_at, :modified_at, :last_sign_in_at, :version, :raw, :search)",
        ))
        .context("staging a user")?;
    let User {
        remote_id,
        user_name,
        display_name,
        given_name,
        family_name,
        email,
        phone,
        active,
        title,
        department,
        organization,
        employee_number,
        user_type,
        locale,
        external_id,
        created_at,
        modified_at,
        last_sign_in_at,
        version,
        raw,
        hash,
    } = user;
    statement
        .execute(named_params! {
            ":remote_id": remote_id.as_str(),
            ":walk": walk,
            ":hash": hash.as_bytes(),
            ":user_name": user_name,
            ":display_name": display_name,
            ":given_name": given_name,
            ":family_name": family_name,
            ":email": email,
            ":phone": phone,
            ":active": active,
            ":title": title,
            ":department": department,
            ":organization": organization,
            ":employee_number": employee_number,
            ":user_type": user_type,
            ":locale": locale,
            ":external_id": external_id,
            ":created_at": created_at.map(Timestamp::as_millis),
            ":modified_at": modified_at.map(Timestamp::as_millis),
            ":last_sign_in_at": last_sign_in_at.map(Timestamp::as_millis),
            ":version": version,
            ":raw": raw,
            ":search": search_text(user),
        })
        .context("staging a user")?;
    Ok(())
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
    let mut writer = Writer::prepare(tx, target)?;
    let mut staged = tx
        .prepare(
            &sql.of(&format!("SELECT {COPIED}, search FROM staging.users NOT INDEXED WHERE raw IS NOT NULL")),
        )
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
                 VALUES ({places}, ?22, ?23, ?23)"
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
        let known: Option<(i64, String)> = self
            .find
            .query_row((self.target.account.0, remote_id), |found| Ok((found.get("id")?, found.get("raw")?)))
            .optional()
            .context(APPLYING)?;
        let (id, written) = match known {
            None => {
                bind_copied(&mut self.insert, row)?;
                self.insert.raw_bind_parameter(22, self.target.account.0).context(APPLYING)?;
                self.insert.raw_bind_parameter(23, self.target.at.as_millis()).context(APPLYING)?;
                self.insert.raw_execute().context(APPLYING)?;
                let id = self.tx.last_insert_rowid();
                if !self.target.baseline {
                    self.note(remote_id, row, Action::Added)?;
                }
                (id, Written::Added)
            }
            Some((id, before)) => {
                let changed = self.note_changes(remote_id, row, &before)?;
                bind_copied(&mut self.update, row)?;
                self.update.raw_bind_parameter(22, self.target.at.as_millis()).context(APPLYING)?;
                self.update.raw_bind_parameter(23, changed).context(APPLYING)?;
                self.update.raw_bind_parameter(24, id).context(APPLYING)?;
                self.update.raw_execute().context(APPLYING)?;
                (id, if changed { Written::Changed } else { Written::Same })
            }
        };
        self.write_index(id, row)?;
        Ok(written)
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
        let absent = list_absent(tx, sql, target.account, Some(AT_ONCE))?;
        if absent.is_empty() {
            return Ok(removed);
        }
        removed += absent.len() as u64;
        for (id, remote_id, name) in absent {
            let gone = entry(target.at, remote_id, name, Action::Removed);
            history::append(tx, target.account, target.run, &gone)?;
            delete(tx, target.account, id)?;
        }
    }
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

/// Row id, remote id and name of users that the mirror has and the staging has not, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn list_absent(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    limit: Option<u32>,
) -> Result<Vec<(i64, String, String)>, StoreError> {
    let mut statement = conn
        .prepare(&sql.of(
            "SELECT id, remote_id, display_name FROM main.users AS mirrored
             WHERE account_id = :account
               AND NOT EXISTS (SELECT 1 FROM staging.users AS staged WHERE staged.remote_id = mirrored.remote_id)
             LIMIT :limit",
        ))
        .context("looking for removed users")?;
    let limit = limit.map_or(-1, i64::from);
    let rows = statement
        .query_map(named_params! { ":account": account.0, ":limit": limit }, |row| {
            Ok((row.get("id")?, row.get("remote_id")?, row.get("display_name")?))
        })
        .context("looking for removed users")?;
    rows.collect::<rusqlite::Result<_>>().context("looking for removed users")
}
