//! Table `rosters`: what a person says about a service without an API.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, RemoteId, Roster, RosterPreset};

const READING: &str = "reading an organisation kept by hand";
const KEEPING: &str = "keeping an organisation by hand";

/// What the columns are below a list of headings; words of the one who reads and writes them.
pub type KnownColumns = BTreeMap<String, Vec<String>>;

/// The organisation of `account`, if it is kept by hand.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &Connection, account: AccountId) -> Result<Option<Roster>, StoreError> {
    conn.prepare_cached("SELECT preset, terms, me FROM rosters WHERE account_id = ?1")
        .and_then(|mut statement| {
            statement.query_row([account.0], |row| Ok(from_row(account, row))).optional()
        })
        .context(READING)?
        .transpose()
}

/// Keeps what is said about it.
///
/// # Errors
/// Those of the database.
pub fn upsert(tx: &Transaction<'_>, roster: &Roster) -> Result<(), StoreError> {
    let Roster { account, preset, terms, me } = roster;
    tx.execute(
        "INSERT INTO rosters (account_id, preset, terms, me, columns)
         VALUES (:account, :preset, :terms, :me, '{}')
         ON CONFLICT (account_id) DO UPDATE SET preset = excluded.preset, terms = excluded.terms, me = excluded.me",
        named_params! {
            ":account": account.0,
            ":preset": preset.as_str(),
            ":terms": serde_json::to_string(terms).context(KEEPING)?,
            ":me": me.as_ref().map(RemoteId::as_str),
        },
    )
    .context(KEEPING)?;
    Ok(())
}

/// What columns were said to be.
///
/// # Errors
/// Those of the database.
pub fn list_columns(conn: &Connection, account: AccountId) -> Result<KnownColumns, StoreError> {
    let text: Option<String> = conn
        .query_row("SELECT columns FROM rosters WHERE account_id = ?1", [account.0], |row| row.get("columns"))
        .optional()
        .context(READING)?;
    // What another version wrote is told again.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Remembers what columns were said to be.
///
/// # Errors
/// Those of the database.
pub fn set_columns(
    tx: &Transaction<'_>,
    account: AccountId,
    columns: &KnownColumns,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(columns).context(KEEPING)?;
    tx.execute("UPDATE rosters SET columns = ?2 WHERE account_id = ?1", (account.0, text))
        .context(KEEPING)?;
    Ok(())
}

fn from_row(account: AccountId, row: &Row<'_>) -> Result<Roster, StoreError> {
    let preset: String = row.get("preset").context(READING)?;
    let terms: String = row.get("terms").context(READING)?;
    Ok(Roster {
        account,
        preset: RosterPreset::parse(&preset)
            .ok_or_else(|| StoreError::Bug(format!("unknown preset {preset}")))?,
        terms: serde_json::from_str(&terms).context(READING)?,
        me: row.get::<_, Option<String>>("me").context(READING)?.map(RemoteId::new),
    })
}
