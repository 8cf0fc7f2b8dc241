//! The indexes in memory, one an account, rebuilt by the next reader when the mirror changed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, named_params};

use super::index::AccountIndex;
use super::load::load;
use super::snapshot::Snapshot;
use crate::model::{AccountId, fold};
use crate::store::{Context, StoreError};

/// The indexes in memory, one an account. Shared by all readers; an index in use lives on until its last reader is done.
#[derive(Debug, Default)]
pub struct UserIndexCache {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Grows with every change of any account.
    revision: u32,
    accounts: BTreeMap<AccountId, Slot>,
    /// By what was asked for: one account, or all.
    snapshots: BTreeMap<Option<AccountId>, (Key, Arc<Snapshot>)>,
}

/// One account's index. The lock inside is held while it is built, so that it is built once.
#[derive(Clone, Debug, Default)]
struct Slot {
    revision: u32,
    index: Arc<Mutex<Option<Arc<AccountIndex>>>>,
}

/// What a snapshot is made of: accounts, their revisions, their folded names.
type Key = Vec<(AccountId, u32, String)>;

/// What a query works on, and the revision it shows.
pub(in crate::query) struct Current {
    pub snapshot: Arc<Snapshot>,
    pub revision: u32,
}

impl UserIndexCache {
    /// Nothing loaded.
    pub fn new() -> Self {
        Self::default()
    }

    /// The mirror of `account` changed: its index is built anew by the next reader, and the revision grows. Call it
    /// after the commit, and only when something changed.
    pub fn invalidate(&self, account: AccountId) {
        let mut state = self.state();
        state.revision += 1;
        let revision = state.revision;
        state.accounts.insert(account, Slot { revision, index: Arc::default() });
        state.drop_snapshots_of(account);
    }

    /// `account` is gone: frees its memory. Call it after the commit.
    pub fn forget(&self, account: AccountId) {
        let mut state = self.state();
        state.revision += 1;
        state.accounts.remove(&account);
        state.drop_snapshots_of(account);
    }

    /// Builds the index of `account` unless it is there, so that the next query need not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn warm(&self, conn: &Connection, account: AccountId) -> Result<(), StoreError> {
        let slot = self.state().accounts.entry(account).or_default().clone();
        slot.index(conn, account).map(drop)
    }

    /// Users and groups of `account`, when its index is there.
    pub(in crate::query) fn counts_if_loaded(&self, account: AccountId) -> Option<(u64, u64)> {
        let slot = self.state().accounts.get(&account).cloned()?;
        let index = slot.index.try_lock().ok()?;
        index.as_ref().map(|index| (index.len() as u64, index.group_index.len() as u64))
    }

    /// The users and groups of one account, or of all, loaded where they are not.
    pub(in crate::query) fn current(
        &self,
        conn: &Connection,
        account: Option<AccountId>,
    ) -> Result<Current, StoreError> {
        let accounts = accounts(conn, account)?;
        let (slots, revision) = {
            let mut state = self.state();
            let slots: Vec<Slot> =
                accounts.iter().map(|(id, _)| state.accounts.entry(*id).or_default().clone()).collect();
            let revision = match account {
                Some(_) => slots.first().map_or(state.revision, |slot| slot.revision),
                None => state.revision,
            };
            (slots, revision)
        };
        let key: Key = std::iter::zip(&accounts, &slots)
            .map(|((id, name), slot)| (*id, slot.revision, name.clone()))
            .collect();
        if let Some(snapshot) = self.state().snapshot(account, &key) {
            return Ok(Current { snapshot, revision });
        }
        let mut names: Vec<&String> = accounts.iter().map(|(_, name)| name).collect();
        names.sort_unstable();
        names.dedup();
        let mut indexes = Vec::with_capacity(slots.len());
        for ((id, name), slot) in std::iter::zip(&accounts, &slots) {
            let rank = names.partition_point(|other| *other < name);
            indexes.push((slot.index(conn, *id)?, name.clone(), u32::try_from(rank).unwrap_or(u32::MAX)));
        }
        let snapshot = Arc::new(Snapshot::new(indexes));
        self.state().keep(account, key, &snapshot);
        Ok(Current { snapshot, revision })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn drop_snapshots_of(&mut self, account: AccountId) {
        self.snapshots.retain(|_, (key, _)| !key.iter().any(|(id, _, _)| *id == account));
    }

    /// The snapshot of exactly this; the one of all accounts serves for the only account, and the other way round.
    fn snapshot(&self, account: Option<AccountId>, key: &Key) -> Option<Arc<Snapshot>> {
        let asked = self.snapshots.get(&account).into_iter();
        let same = asked.chain(self.snapshots.values()).find(|(made, _)| made == key);
        same.map(|(_, snapshot)| Arc::clone(snapshot))
    }

    /// Keeps a snapshot, unless the mirror changed while it was made.
    fn keep(&mut self, account: Option<AccountId>, key: Key, snapshot: &Arc<Snapshot>) {
        let still = |(id, revision, _): &(AccountId, u32, String)| {
            self.accounts.get(id).is_some_and(|slot| slot.revision == *revision)
        };
        if key.iter().all(still) {
            self.snapshots.insert(account, (key, Arc::clone(snapshot)));
        }
    }
}

impl Slot {
    fn index(&self, conn: &Connection, account: AccountId) -> Result<Arc<AccountIndex>, StoreError> {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = index.as_ref() {
            return Ok(Arc::clone(index));
        }
        let loaded = Arc::new(load(conn, account)?);
        *index = Some(Arc::clone(&loaded));
        Ok(loaded)
    }
}

/// The account, or all, each with its folded name.
fn accounts(conn: &Connection, account: Option<AccountId>) -> Result<Vec<(AccountId, String)>, StoreError> {
    let sql = "SELECT id, name FROM accounts WHERE :account_id IS NULL OR id = :account_id ORDER BY id";
    let mut statement = conn.prepare_cached(sql).context("reading the accounts")?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.map(|account| account.0) }, |row| {
            Ok((AccountId(row.get("id")?), fold(&row.get::<_, String>("name")?)))
        })
        .context("reading the accounts")?;
    rows.collect::<Result<_, _>>().context("reading the accounts")
}
