//! Accounts with the size and age of their mirrors: everything of an `AccountView` but what a sync is doing now.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::page::{count64, damaged, json, optional_json};
use super::runs::newest_run;
use super::users::UserIndexCache;
use crate::api::{AccountView, ForgetPreviewView, RunView, StreamStateView, SyncStateView};
use crate::model::{AccountId, Authentication, Capabilities, ProviderKind, Stream, fold};
use crate::store::{Context, StoreError};

/// An account as stored, with the size and age of its mirror.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAccount {
    /// Everything but `sync`, see [`AccountView`].
    pub id: AccountId,
    /// The kind of remote.
    pub provider: ProviderKind,
    /// What the person calls it.
    pub name: String,
    /// Where the service answers.
    pub address: String,
    /// How we sign in, without the secret.
    pub authentication: Authentication,
    /// Path of an own certificate authority.
    pub certificate_authority: Option<String>,
    /// True for the built-in samples.
    pub sample: bool,
    /// False after "sign out".
    pub signed_in: bool,
    /// Minutes between automatic syncs; `None` follows the setting for all accounts, 0 never.
    pub sync_interval_minutes: Option<u32>,
    /// What the service can; `None` before the first sync.
    pub capabilities: Option<Capabilities>,
    /// Users in the mirror.
    pub users: u64,
    /// Groups in the mirror.
    pub groups: u64,
    /// The list of users; `None` before the first complete read.
    pub users_state: Option<StreamStateView>,
    /// The list of groups; `None` before the first complete read.
    pub groups_state: Option<StreamStateView>,
    /// The newest run, whatever became of it.
    pub last_run: Option<RunView>,
}

impl StoredAccount {
    /// The account with what a sync of it is doing.
    pub fn into_view(self, sync: SyncStateView) -> AccountView {
        AccountView {
            id: self.id,
            provider: self.provider,
            name: self.name,
            address: self.address,
            authentication: self.authentication,
            certificate_authority: self.certificate_authority,
            sample: self.sample,
            signed_in: self.signed_in,
            sync_interval_minutes: self.sync_interval_minutes,
            capabilities: self.capabilities,
            users: self.users,
            groups: self.groups,
            users_state: self.users_state,
            groups_state: self.groups_state,
            sync,
            details: None,
        }
    }
}

/// A row of `accounts`, its JSON still text.
struct AccountRow {
    id: AccountId,
    provider: String,
    name: String,
    address: String,
    authentication: String,
    certificate_authority: Option<String>,
    sample: bool,
    signed_in: bool,
    sync_interval_minutes: Option<u32>,
    capabilities: Option<String>,
}

const ACCOUNTS: &str =
    "SELECT id, provider, name, address, authentication, certificate_authority, sample, signed_in,
            sync_interval_minutes, capabilities
     FROM accounts";

/// All accounts, by name without regard to case and accents.
///
/// # Errors
/// When the store cannot be read.
pub fn stored_accounts(cache: &UserIndexCache, conn: &Connection) -> Result<Vec<StoredAccount>, StoreError> {
    let mut statement = conn.prepare_cached(ACCOUNTS).context("reading the accounts")?;
    let rows = statement.query_map([], account_row).context("reading the accounts")?;
    let rows: Vec<AccountRow> = rows.collect::<Result<_, _>>().context("reading the accounts")?;
    let mut accounts: Vec<StoredAccount> =
        rows.into_iter().map(|row| complete(cache, conn, row)).collect::<Result<_, _>>()?;
    accounts.sort_by_cached_key(|account| (fold(&account.name), account.id));
    Ok(accounts)
}

/// One account; `None` when it is not here.
///
/// # Errors
/// When the store cannot be read.
pub fn stored_account(
    cache: &UserIndexCache,
    conn: &Connection,
    account: AccountId,
) -> Result<Option<StoredAccount>, StoreError> {
    let row = conn
        .prepare_cached(&format!("{ACCOUNTS} WHERE id = :account_id"))
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":account_id": account.0 }, account_row).optional()
        })
        .context("reading an account")?;
    row.map(|row| complete(cache, conn, row)).transpose()
}

const FORGET_PREVIEW: &str = "SELECT (SELECT count(*) FROM users WHERE account_id = :account_id) AS users,
            (SELECT count(*) FROM groups WHERE account_id = :account_id) AS groups,
            (SELECT count(*) FROM history WHERE account_id = :account_id) AS history,
            (SELECT count(*) FROM sync_runs WHERE account_id = :account_id) AS runs";

/// What forgetting an account removes from the store; whether there is a `credential` only the keychain knows.
///
/// # Errors
/// When the store cannot be read.
pub fn forget_preview(
    conn: &Connection,
    account: AccountId,
    credential: bool,
) -> Result<ForgetPreviewView, StoreError> {
    conn.query_row(FORGET_PREVIEW, named_params! { ":account_id": account.0 }, |row| {
        Ok(ForgetPreviewView {
            users: count64(row.get("users")?),
            groups: count64(row.get("groups")?),
            history: count64(row.get("history")?),
            runs: count64(row.get("runs")?),
            credential,
        })
    })
    .context("counting what an account has")
}

const STREAM_STATE: &str =
    "SELECT synced_at, proof FROM stream_states WHERE account_id = :account_id AND stream = :stream";

/// Age and proof of one part of the mirror; `None` before its first complete read.
pub(super) fn stream_state(
    conn: &Connection,
    account: AccountId,
    stream: Stream,
) -> Result<Option<StreamStateView>, StoreError> {
    let state: Option<(i64, String)> = conn
        .prepare_cached(STREAM_STATE)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":stream": stream.as_str() };
            statement.query_row(parameters, |row| Ok((row.get("synced_at")?, row.get("proof")?))).optional()
        })
        .context("reading the age of a list")?;
    let Some((synced_at, proof)) = state else { return Ok(None) };
    Ok(Some(StreamStateView { synced_at, proof: json(&proof, "the proof of a list")? }))
}

const CAPABILITIES: &str = "SELECT capabilities FROM accounts WHERE id = :account_id";

/// What the service of an account can; `None` before the first sync.
///
/// # Errors
/// When the store cannot be read.
pub fn capabilities_of(conn: &Connection, account: AccountId) -> Result<Option<Capabilities>, StoreError> {
    let stored: Option<Option<String>> = conn
        .prepare_cached(CAPABILITIES)
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":account_id": account.0 }, |row| row.get(0)).optional()
        })
        .context("reading what a service can")?;
    optional_json(stored.flatten().as_deref(), "the capabilities of an account")
}

fn account_row(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    Ok(AccountRow {
        id: AccountId(row.get("id")?),
        provider: row.get("provider")?,
        name: row.get("name")?,
        address: row.get("address")?,
        authentication: row.get("authentication")?,
        certificate_authority: row.get("certificate_authority")?,
        sample: row.get("sample")?,
        signed_in: row.get("signed_in")?,
        sync_interval_minutes: row.get("sync_interval_minutes")?,
        capabilities: row.get("capabilities")?,
    })
}

fn complete(cache: &UserIndexCache, conn: &Connection, row: AccountRow) -> Result<StoredAccount, StoreError> {
    let (users, groups) = match cache.counts_if_loaded(row.id) {
        Some(counts) => counts,
        None => mirror_counts(conn, row.id)?,
    };
    Ok(StoredAccount {
        id: row.id,
        provider: ProviderKind::parse(&row.provider).ok_or_else(|| damaged("the provider of an account"))?,
        name: row.name,
        address: row.address,
        authentication: json(&row.authentication, "the authentication of an account")?,
        certificate_authority: row.certificate_authority,
        sample: row.sample,
        signed_in: row.signed_in,
        sync_interval_minutes: row.sync_interval_minutes,
        capabilities: optional_json(row.capabilities.as_deref(), "the capabilities of an account")?,
        users,
        groups,
        users_state: stream_state(conn, row.id, Stream::Users)?,
        groups_state: stream_state(conn, row.id, Stream::Groups)?,
        last_run: newest_run(conn, row.id)?,
    })
}

const MIRROR_COUNTS: &str = "SELECT (SELECT count(*) FROM users WHERE account_id = :account_id) AS users,
            (SELECT count(*) FROM groups WHERE account_id = :account_id) AS groups";

fn mirror_counts(conn: &Connection, account: AccountId) -> Result<(u64, u64), StoreError> {
    conn.prepare_cached(MIRROR_COUNTS)
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":account_id": account.0 }, |row| {
                Ok((count64(row.get("users")?), count64(row.get("groups")?)))
            })
        })
        .context("counting users and groups")
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[FORGET_PREVIEW, STREAM_STATE, CAPABILITIES];
