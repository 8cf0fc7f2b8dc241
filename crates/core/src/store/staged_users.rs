//! Users on their way to the mirror: tables `users_seen` and `users` of the staging.
//!
//! Every record costs one lookup in `users_seen` and one in the mirror, both by an id that comes in no order that the
//! database knows. `users_seen` is therefore narrow, and only a changed record writes its content, at the end of `users`.
//!
//! `users_seen.mirrored` names rows of the mirror: who removes users outside a run throws the staging of that account away.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::staging::StagingSql;
use crate::model::{AccountId, RemoteId, Timestamp, User, search_text};

/// Bytes of a key; see `sql/staging.sql`.
const KEY_BYTES: usize = 12;

type Key = [u8; KEY_BYTES];

/// What staging one record did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landed {
    /// Not seen before in this run.
    New,
    /// Seen in an earlier walk, the number of which this is.
    SeenInWalk(u32),
}

/// The staged users in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StagedCounts {
    /// All.
    pub staged: u64,
    /// Those that the mirror has not, or not in this version.
    pub with_content: u64,
    /// Those that the mirror has, in whatever version.
    pub mirrored: u64,
}

fn key_of(remote_id: &str) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(blake3::hash(remote_id.as_bytes()).as_bytes().split_at(KEY_BYTES).0);
    key
}

/// Gives `conn` the SQL function `staging_key(remote_id)`.
///
/// # Errors
/// Those of the database.
pub fn define_key(conn: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    conn.create_scalar_function("staging_key", 1, flags, |context| {
        let remote_id = context.get_raw(0).as_str().unwrap_or_default();
        Ok(key_of(remote_id).to_vec())
    })
    .context("preparing the staging data")
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
    let key = key_of(user.remote_id.as_str());
    let known: Option<(u32, Option<i64>)> = tx
        .prepare_cached(&sql.of("SELECT walk, content FROM staging.users_seen WHERE key = ?1"))
        .and_then(|mut statement| {
            statement.query_row([key], |row| Ok((row.get("walk")?, row.get("content")?))).optional()
        })
        .context("staging a user")?;
    let mirrored = find_mirrored(tx, account, user)?;
    let unchanged = mirrored.is_some_and(|(_, same)| same);
    let old_content = known.and_then(|(_, content)| content);
    let content = if unchanged { None } else { Some(write_content(tx, sql, old_content, user)?) };
    if let (None, Some(old)) = (content, old_content) {
        // Between two walks it came to be what the mirror has.
        tx.execute(&sql.of("DELETE FROM staging.users WHERE id = ?1"), [old]).context("staging a user")?;
    }
    tx.prepare_cached(&sql.of("INSERT OR REPLACE INTO staging.users_seen (key, walk, content, mirrored)
         VALUES (:key, :walk, :content, :mirrored)"))
        .and_then(|mut statement| {
            statement.execute(named_params! {
                ":key": key, ":walk": walk, ":content": content, ":mirrored": mirrored.map(|(id, _)| id),
            })
        })
        .context("staging a user")?;
    Ok(known.map_or(Landed::New, |(walk, _)| Landed::SeenInWalk(walk)))
}

/// The user's row in the mirror, and whether that is this very version.
fn find_mirrored(
    tx: &Transaction<'_>,
    account: AccountId,
    user: &User,
) -> Result<Option<(i64, bool)>, StoreError> {
    tx.prepare_cached(
        "SELECT id, hash FROM main.users WHERE account_id = :account AND remote_id = :remote_id",
    )
    .and_then(|mut statement| {
        statement
            .query_row(
                named_params! { ":account": account.0, ":remote_id": user.remote_id.as_str() },
                |row| Ok((row.get("id")?, row.get_ref("hash")?.as_blob()? == user.hash.as_bytes())),
            )
            .optional()
    })
    .context("comparing a user")
}

/// Writes the user at the end, or in place of what an earlier walk brought; returns the row.
fn write_content(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    row: Option<i64>,
    user: &User,
) -> Result<i64, StoreError> {
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
    let values = rusqlite::params![
        row,
        remote_id.as_str(),
        hash.as_bytes(),
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
        created_at.map(Timestamp::as_millis),
        modified_at.map(Timestamp::as_millis),
        last_sign_in_at.map(Timestamp::as_millis),
        version,
        raw,
        search_text(user),
    ];
    tx.prepare_cached(&sql.of(
        "INSERT OR REPLACE INTO staging.users
             (id, remote_id, hash, user_name, display_name, given_name, family_name, email, phone, active, title,
              department, organization, employee_number, user_type, locale, external_id, created_at, modified_at,
              last_sign_in_at, version, raw, search)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                 ?23)",
    ))
    .and_then(|mut statement| statement.insert(values))
    .context("staging a user")
}

/// Counts the staged users.
///
/// # Errors
/// Those of the database.
pub fn count(conn: &Connection, sql: &StagingSql) -> Result<StagedCounts, StoreError> {
    conn.query_row(
        &sql.of("SELECT count(*) AS staged, count(content) AS with_content, count(mirrored) AS mirrored
                 FROM staging.users_seen"),
        [],
        |row| {
            Ok(StagedCounts {
                staged: row.get("staged")?,
                with_content: row.get("with_content")?,
                mirrored: row.get("mirrored")?,
            })
        },
    )
    .context("counting staged users")
}

/// Ids of users that were last seen before `walk`, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn list_earlier(
    conn: &Connection,
    sql: &StagingSql,
    walk: u32,
    limit: u32,
) -> Result<Vec<RemoteId>, StoreError> {
    let mut statement = conn
        .prepare(&sql.of("SELECT coalesce(staged.remote_id, known.remote_id) AS remote_id
             FROM staging.users_seen AS seen
             LEFT JOIN staging.users AS staged ON staged.id = seen.content
             LEFT JOIN main.users AS known ON known.id = seen.mirrored
             WHERE seen.walk < ?1 LIMIT ?2"))
        .context("looking for doubtful users")?;
    let rows = statement
        .query_map((walk, limit), |row| row.get::<_, String>("remote_id").map(RemoteId::new))
        .context("looking for doubtful users")?;
    rows.collect::<rusqlite::Result<_>>().context("looking for doubtful users")
}

/// Drops users that were last seen before `walk`.
///
/// # Errors
/// Those of the database.
pub fn drop_earlier(tx: &Transaction<'_>, sql: &StagingSql, walk: u32) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM staging.users WHERE id IN (SELECT content FROM staging.users_seen WHERE walk < ?1)",
        "DELETE FROM staging.users_seen WHERE walk < ?1",
    ] {
        tx.execute(&sql.of(statement), [walk]).context("dropping users that are gone")?;
    }
    Ok(())
}

/// Drops one user.
///
/// # Errors
/// Those of the database.
pub fn drop_one(tx: &Transaction<'_>, sql: &StagingSql, id: &RemoteId) -> Result<(), StoreError> {
    let key = key_of(id.as_str());
    for statement in [
        "DELETE FROM staging.users WHERE id IN (SELECT content FROM staging.users_seen WHERE key = ?1)",
        "DELETE FROM staging.users_seen WHERE key = ?1",
    ] {
        tx.execute(&sql.of(statement), [key]).context("dropping a user that is gone")?;
    }
    Ok(())
}

/// Whether the mirror has users that the staging has not; to be asked before anything is taken over.
///
/// # Errors
/// Those of the database.
pub fn is_any_absent(conn: &Connection, sql: &StagingSql, account: AccountId) -> Result<bool, StoreError> {
    let mirrored: u64 = conn
        .query_row("SELECT count(*) FROM main.users WHERE account_id = ?1", [account.0], |row| row.get(0))
        .context("looking for removed users")?;
    Ok(mirrored > count(conn, sql)?.mirrored)
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
        .prepare(&sql.of("SELECT id, remote_id, display_name FROM main.users AS mirrored
             WHERE account_id = :account
               AND NOT EXISTS (SELECT 1 FROM staging.users_seen WHERE key = staging_key(mirrored.remote_id))
             LIMIT :limit"))
        .context("looking for removed users")?;
    let limit = limit.map_or(-1, i64::from);
    let rows = statement
        .query_map(named_params! { ":account": account.0, ":limit": limit }, |row| {
            Ok((row.get("id")?, row.get("remote_id")?, row.get("display_name")?))
        })
        .context("looking for removed users")?;
    rows.collect::<rusqlite::Result<_>>().context("looking for removed users")
}
