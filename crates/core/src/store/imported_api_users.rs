//! API users that the service does not list, in table `tokens` beside those that it does: what a person imported, and what
//! Rollcall made itself. Each has the date of what is known of it; a sync compares only rows without one.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, OwnerFound, Owners, RemoteId, Timestamp, TokenKind, fold};

/// How ids of owners begin who are no users of the account, as far as anybody can tell.
pub const NOBODY: &str = "named:";
/// How ids of these API users begin.
const ID: &str = "imported:";

const COLUMNS: &str =
    "owner_id, owner_named, name, type, description, created_at, last_used_at, last_use_known,
       requests, imported_at, made_here";

const WRITE: &str = "
    INSERT INTO main.tokens (account_id, owner_kind, owner_id, kind, remote_id, name, description, type, created_at,
                             expires_at, expiry_known, last_used_at, last_use_known, requests, first_seen_at,
                             last_changed_at, imported_at, made_here, owner_named)
    VALUES (:account, 'user', :owner, :kind, :remote_id, :name, :description, :type, :created_at, NULL, TRUE,
            :last_used_at, :last_use_known, :requests, coalesce(:first_seen_at, :imported_at), :imported_at,
            :imported_at, :made_here, :owner_named)";

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedApiUser {
    /// What it signs in as.
    pub user_name: String,
    /// The user of the account whose it is, where one is meant beyond doubt.
    pub owner: Option<RemoteId>,
    /// The owner in the words of the list.
    pub owner_named: Option<String>,
    /// What it is for, in the service's word.
    pub access_type: Option<String>,
    /// What somebody wrote about it.
    pub description: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was last used; `None` for one that was never used, where `last_use_known`.
    pub last_used_at: Option<Timestamp>,
    /// The list says when it was last used, or that it never was.
    pub last_use_known: bool,
    /// Requests in the 30 days before `imported_at`.
    pub requests: Option<u64>,
    /// As of when all that was so.
    pub imported_at: Timestamp,
    /// Rollcall made it.
    pub made_here: bool,
}

impl ImportedApiUser {
    /// What no two have.
    pub fn key(&self) -> String {
        self.user_name.to_lowercase()
    }

    fn owner_id(&self) -> String {
        match &self.owner {
            Some(owner) => owner.as_str().to_owned(),
            None => format!("{NOBODY}{}", fold(self.owner_named.as_deref().unwrap_or_default())),
        }
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let time = |millis: Option<i64>| millis.map(Timestamp::from_millis);
        let owner: String = row.get("owner_id")?;
        Ok(Self {
            user_name: row.get("name")?,
            owner: (!owner.starts_with(NOBODY)).then(|| RemoteId::new(owner)),
            owner_named: row.get("owner_named")?,
            access_type: row.get("type")?,
            description: row.get("description")?,
            created_at: time(row.get("created_at")?),
            last_used_at: time(row.get("last_used_at")?),
            last_use_known: row.get("last_use_known")?,
            requests: row.get("requests")?,
            imported_at: Timestamp::from_millis(row.get("imported_at")?),
            made_here: row.get("made_here")?,
        })
    }
}

/// Those of an account, by name.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &Connection, account: AccountId) -> Result<Vec<ImportedApiUser>, StoreError> {
    const READING: &str = "reading the imported API users";
    let sql = format!(
        "SELECT {COLUMNS} FROM main.tokens WHERE account_id = ?1 AND imported_at IS NOT NULL ORDER BY remote_id"
    );
    let mut statement = conn.prepare_cached(&sql).context(READING)?;
    let rows = statement.query_map([account.0], ImportedApiUser::read).context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

/// Names of those that the service itself listed when it last did, in small letters.
///
/// # Errors
/// Those of the database.
pub fn list_live(conn: &Connection, account: AccountId) -> Result<BTreeSet<String>, StoreError> {
    const READING: &str = "reading the API users that the service listed";
    let mut statement = conn
        .prepare_cached(
            "SELECT name FROM main.tokens WHERE account_id = ?1 AND kind = ?2 AND imported_at IS NULL",
        )
        .context(READING)?;
    let rows = statement
        .query_map((account.0, TokenKind::ApiUser.as_str()), |row| row.get::<_, String>("name"))
        .context(READING)?;
    rows.map(|name| name.map(|name| name.to_lowercase())).collect::<rusqlite::Result<_>>().context(READING)
}

/// The users of an account, to be found by what lists call them, and their names by id.
///
/// # Errors
/// Those of the database.
pub fn owners(
    conn: &Connection,
    account: AccountId,
) -> Result<(Owners, BTreeMap<String, String>), StoreError> {
    const READING: &str = "reading whose API users these can be";
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, display_name, user_name, email FROM main.users WHERE account_id = ?1",
        )
        .context(READING)?;
    let mut rows = statement.query([account.0]).context(READING)?;
    let (mut owners, mut names) = (Owners::default(), BTreeMap::new());
    while let Some(row) = rows.next().context(READING)? {
        let text = |column: &str| row.get::<_, Option<String>>(column).context(READING);
        let (name, user_name, email) = (text("display_name")?, text("user_name")?, text("email")?);
        let (id, name) = (text("remote_id")?.unwrap_or_default(), name.unwrap_or_default());
        owners.add(RemoteId::new(id.clone()), &name, user_name.as_deref(), email.as_deref());
        names.insert(id, name);
    }
    Ok((owners, names))
}

/// Keeps one, in the place of the one of this name. When it was first seen stays.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &Transaction<'_>, account: AccountId, one: &ImportedApiUser) -> Result<(), StoreError> {
    const KEEPING: &str = "keeping an imported API user";
    let remote_id = format!("{ID}{}", one.key());
    let first_seen_at: Option<i64> = tx
        .prepare_cached(
            "SELECT first_seen_at FROM main.tokens
             WHERE account_id = ?1 AND remote_id = ?2 AND imported_at IS NOT NULL",
        )
        .and_then(|mut statement| {
            statement.query_row((account.0, &remote_id), |row| row.get("first_seen_at")).optional()
        })
        .context(KEEPING)?;
    remove_id(tx, account, &remote_id)?;
    tx.prepare_cached(WRITE)
        .and_then(|mut statement| {
            statement.execute(named_params! {
                ":account": account.0,
                ":owner": one.owner_id(),
                ":kind": TokenKind::ApiUser.as_str(),
                ":remote_id": remote_id,
                ":name": one.user_name,
                ":description": one.description,
                ":type": one.access_type,
                ":created_at": one.created_at.map(Timestamp::as_millis),
                ":last_used_at": one.last_used_at.map(Timestamp::as_millis),
                ":last_use_known": one.last_use_known,
                ":requests": one.requests,
                ":first_seen_at": first_seen_at,
                ":imported_at": one.imported_at.as_millis(),
                ":made_here": one.made_here,
                ":owner_named": one.owner_named,
            })
        })
        .context(KEEPING)?;
    Ok(())
}

/// Takes the one of this name off the list; whether it was there.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &Transaction<'_>, account: AccountId, user_name: &str) -> Result<bool, StoreError> {
    remove_id(tx, account, &format!("{ID}{}", user_name.to_lowercase()))
}

fn remove_id(tx: &Transaction<'_>, account: AccountId, remote_id: &str) -> Result<bool, StoreError> {
    tx.prepare_cached(
        "DELETE FROM main.tokens WHERE account_id = ?1 AND remote_id = ?2 AND imported_at IS NOT NULL",
    )
    .and_then(|mut statement| statement.execute((account.0, remote_id)))
    .map(|removed| removed > 0)
    .context("removing an imported API user")
}

/// The service lists API users itself: of those that were imported none is left, or, where it did not list `all`, none that
/// it listed. Returns how many of a person's list were replaced.
///
/// # Errors
/// Those of the database.
pub fn give_way(tx: &Transaction<'_>, account: AccountId, all: bool) -> Result<u64, StoreError> {
    const REPLACING: &str = "replacing imported API users";
    let mut statement = tx
        .prepare_cached(
            "DELETE FROM main.tokens AS own
             WHERE account_id = ?1 AND imported_at IS NOT NULL
               AND (?2 OR EXISTS (SELECT 1 FROM main.tokens AS live
                                  WHERE live.account_id = ?1 AND live.kind = own.kind AND live.imported_at IS NULL
                                    AND lower(live.name) = lower(own.name)))
             RETURNING made_here",
        )
        .context(REPLACING)?;
    let removed =
        statement.query_map((account.0, all), |row| row.get::<_, bool>("made_here")).context(REPLACING)?;
    removed
        .map(|made_here| made_here.map(|made_here| u64::from(!made_here)))
        .sum::<rusqlite::Result<_>>()
        .context(REPLACING)
}

/// Looks again whose they are of which that was not known: users may have been listed since.
///
/// # Errors
/// Those of the database.
pub fn settle(tx: &Transaction<'_>, account: AccountId) -> Result<(), StoreError> {
    let open: Vec<ImportedApiUser> =
        list(tx, account)?.into_iter().filter(|one| one.owner.is_none()).collect();
    if open.is_empty() {
        return Ok(());
    }
    let (owners, _) = owners(tx, account)?;
    for one in open {
        if let OwnerFound::One(owner) = owners.find(one.owner_named.as_deref(), None) {
            put(tx, account, &ImportedApiUser { owner: Some(owner), ..one })?;
        }
    }
    Ok(())
}
