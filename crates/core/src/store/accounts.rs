//! Table `accounts`.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::model::{Account, AccountId, Address, Capabilities, ProviderKind, Timestamp};

const COLUMNS: &str = "id, key, provider, name, address, authentication, certificate_authority, sample, signed_in, \
                       sync_interval_minutes, created_at";

/// All accounts, by name.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &Connection) -> Result<Vec<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts ORDER BY name COLLATE NOCASE, id");
    let mut statement = conn.prepare_cached(&sql).context("listing accounts")?;
    let rows = statement.query_map([], |row| Ok(from_row(row))).context("listing accounts")?;
    rows.map(|row| row.context("listing accounts")?).collect()
}

/// The account, if it is there.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &Connection, id: AccountId) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = :id");
    let mut statement = conn.prepare_cached(&sql).context("reading an account")?;
    statement
        .query_row(named_params! { ":id": id.0 }, |row| Ok(from_row(row)))
        .optional()
        .context("reading an account")?
        .transpose()
}

/// Adds `account` and returns its row id; `account.id` is not looked at.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &Transaction<'_>, account: &Account) -> Result<AccountId, StoreError> {
    let Account {
        id: _,
        key,
        provider,
        name,
        address,
        authentication,
        certificate_authority,
        sample,
        signed_in,
        sync_interval_minutes,
        created_at,
    } = account;
    tx.execute(
        "INSERT INTO accounts (key, provider, name, address, authentication, certificate_authority, sample, signed_in,
                               sync_interval_minutes, created_at)
         VALUES (:key, :provider, :name, :address, :authentication, :certificate_authority, :sample, :signed_in,
                 :sync_interval_minutes, :created_at)",
        named_params! {
            ":key": key,
            ":provider": provider.as_str(),
            ":name": name,
            ":address": address.to_string(),
            ":authentication": serde_json::to_string(authentication).context("adding an account")?,
            ":certificate_authority": certificate_authority,
            ":sample": sample,
            ":signed_in": signed_in,
            ":sync_interval_minutes": sync_interval_minutes,
            ":created_at": created_at.as_millis(),
        },
    )
    .context("adding an account")?;
    u32::try_from(tx.last_insert_rowid())
        .map(AccountId)
        .map_err(|_| StoreError::Bug("too many accounts".to_owned()))
}

/// Replaces everything of the account but its id and key.
///
/// # Errors
/// Those of the database.
pub fn update(tx: &Transaction<'_>, account: &Account) -> Result<(), StoreError> {
    let Account {
        id,
        key: _,
        provider: _,
        name,
        address,
        authentication,
        certificate_authority,
        sample: _,
        signed_in,
        sync_interval_minutes,
        created_at: _,
    } = account;
    tx.execute(
        "UPDATE accounts
         SET name = :name, address = :address, authentication = :authentication,
             certificate_authority = :certificate_authority, signed_in = :signed_in,
             sync_interval_minutes = :sync_interval_minutes
         WHERE id = :id",
        named_params! {
            ":id": id.0,
            ":name": name,
            ":address": address.to_string(),
            ":authentication": serde_json::to_string(authentication).context("changing an account")?,
            ":certificate_authority": certificate_authority,
            ":signed_in": signed_in,
            ":sync_interval_minutes": sync_interval_minutes,
        },
    )
    .context("changing an account")?;
    Ok(())
}

/// What the service said it can; `None` before the first sync, or where an older program kept it in a way that is not read.
///
/// # Errors
/// Those of the database.
pub fn find_capabilities(conn: &Connection, id: AccountId) -> Result<Option<Capabilities>, StoreError> {
    let text: Option<Option<String>> = conn
        .prepare_cached("SELECT capabilities FROM accounts WHERE id = :id")
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":id": id.0 }, |row| row.get("capabilities")).optional()
        })
        .context("reading capabilities")?;
    Ok(text.flatten().and_then(|text| serde_json::from_str(&text).ok()))
}

/// Keeps what the service said it can.
///
/// # Errors
/// Those of the database.
pub fn set_capabilities(
    tx: &Transaction<'_>,
    id: AccountId,
    capabilities: &Capabilities,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(capabilities).context("keeping capabilities")?;
    tx.execute(
        "UPDATE accounts SET capabilities = :capabilities WHERE id = :id",
        named_params! { ":id": id.0, ":capabilities": text },
    )
    .context("keeping capabilities")?;
    Ok(())
}

/// The zone that a person chose for the account, by its name in the time zone database.
///
/// # Errors
/// Those of the database.
pub fn set_time_zone(tx: &Transaction<'_>, id: AccountId, zone: Option<&str>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE accounts SET time_zone = :zone WHERE id = :id",
        named_params! { ":id": id.0, ":zone": zone },
    )
    .context("keeping a time zone")?;
    Ok(())
}

/// Removes the account with everything of it: mirror, history, runs.
///
/// # Errors
/// Those of the database.
pub fn delete(tx: &Transaction<'_>, id: AccountId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM accounts WHERE id = :id", named_params! { ":id": id.0 })
        .context("forgetting an account")?;
    Ok(())
}

fn read_address(text: &str) -> Result<Address, StoreError> {
    if text.is_empty() {
        return Ok(Address::nowhere());
    }
    Address::parse(text).map_err(|error| StoreError::Bug(format!("stored address: {error}")))
}

fn from_row(row: &Row<'_>) -> Result<Account, StoreError> {
    const READING: &str = "reading an account";
    let provider: String = row.get("provider").context(READING)?;
    let address: String = row.get("address").context(READING)?;
    let authentication: String = row.get("authentication").context(READING)?;
    Ok(Account {
        id: AccountId(row.get("id").context(READING)?),
        key: row.get("key").context(READING)?,
        provider: ProviderKind::parse(&provider)
            .ok_or_else(|| StoreError::Bug(format!("unknown provider {provider}")))?,
        name: row.get("name").context(READING)?,
        address: read_address(&address)?,
        authentication: serde_json::from_str(&authentication).context(READING)?,
        certificate_authority: row.get("certificate_authority").context(READING)?,
        sample: row.get("sample").context(READING)?,
        signed_in: row.get("signed_in").context(READING)?,
        sync_interval_minutes: row.get("sync_interval_minutes").context(READING)?,
        created_at: Timestamp::from_millis(row.get("created_at").context(READING)?),
    })
}
