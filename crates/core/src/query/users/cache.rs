//! The indexes in memory, one an account, rebuilt by the next reader when the mirror changed: here, which is told, or by
//! another process, which is seen by the run that last confirmed it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, named_params};

use super::index::AccountIndex;
use super::load::load;
use super::snapshot::Snapshot;
use crate::model::{AccountId, fold};
use crate::query::tokens::TokenIndexCache;
use crate::store::{Context, StoreError};

/// The indexes in memory, one an account. Shared by all readers; an index in use lives on until its last reader is done.
#[derive(Debug, Default)]
pub struct UserIndexCache {
    state: Mutex<State>,
    tokens: TokenIndexCache,
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
    /// The newest state of the mirror that was looked for here, once it was: what is in `index` is that, or newer.
    run: Option<Confirmed>,
    index: Arc<Mutex<Option<Arc<AccountIndex>>>>,
}

/// The sync that last confirmed a mirror, and how many applied changes have since it is here: both only grow.
type Confirmed = (Option<i64>, i64);

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
        state.accounts.insert(account, Slot { revision, run: None, index: Arc::default() });
        state.drop_snapshots_of(account);
    }

    /// `account` is gone: frees its memory. Call it after the commit.
    pub fn forget(&self, account: AccountId) {
        let mut state = self.state();
        state.revision += 1;
        state.accounts.remove(&account);
        state.drop_snapshots_of(account);
        drop(state);
        self.tokens.forget(account);
    }

    /// Builds the index of `account` unless it is there, so that the next query need not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn warm(&self, conn: &Connection, account: AccountId) -> Result<(), StoreError> {
        let Some(found) = accounts(conn, Some(account))?.pop() else { return Ok(()) };
        let slot = self.state().slot(account, found.run);
        slot.index(conn, account).map(drop)
    }

    /// The tokens, whose owners are users.
    pub(in crate::query) const fn tokens(&self) -> &TokenIndexCache {
        &self.tokens
    }

    /// One account, or all, each with its folded name and the revision of its users, whether or not these are loaded.
    pub(in crate::query) fn revisions(
        &self,
        conn: &Connection,
        account: Option<AccountId>,
    ) -> Result<Vec<(AccountId, String, u32)>, StoreError> {
        let found = accounts(conn, account)?;
        let mut state = self.state();
        Ok(found
            .into_iter()
            .map(|found| {
                let revision = state.slot(found.id, found.run).revision;
                (found.id, found.name, revision)
            })
            .collect())
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
            let slots: Vec<Slot> = accounts.iter().map(|found| state.slot(found.id, found.run)).collect();
            let revision = match account {
                Some(_) => slots.first().map_or(state.revision, |slot| slot.revision),
                None => state.revision,
            };
            (slots, revision)
        };
        let key: Key = std::iter::zip(&accounts, &slots)
            .map(|(found, slot)| (found.id, slot.revision, found.name.clone()))
            .collect();
        if let Some(snapshot) = self.state().snapshot(account, &key) {
            return Ok(Current { snapshot, revision });
        }
        let mut names: Vec<&String> = accounts.iter().map(|found| &found.name).collect();
        names.sort_unstable();
        names.dedup();
        let mut indexes = Vec::with_capacity(slots.len());
        for (found, slot) in std::iter::zip(&accounts, &slots) {
            let rank = names.partition_point(|other| *other < &found.name);
            let rank = u32::try_from(rank).unwrap_or(u32::MAX);
            indexes.push((slot.index(conn, found.id)?, found.name.clone(), rank));
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
    /// The slot for the mirror of `account` as `run` confirmed it: a new one when it held what an older run did.
    fn slot(&mut self, account: AccountId, run: Confirmed) -> Slot {
        let slot = self.accounts.entry(account).or_default();
        if slot.run.is_none() {
            slot.run = Some(run);
        } else if slot.run < Some(run) {
            self.revision += 1;
            *slot = Slot { revision: self.revision, run: Some(run), index: Arc::default() };
            let slot = slot.clone();
            self.drop_snapshots_of(account);
            return slot;
        }
        slot.clone()
    }

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

/// An account as far as a query needs it.
struct Found {
    id: AccountId,
    /// Folded.
    name: String,
    /// What last confirmed its mirror.
    run: Confirmed,
}

/// The account, or all.
fn accounts(conn: &Connection, account: Option<AccountId>) -> Result<Vec<Found>, StoreError> {
    let sql =
        "SELECT id, name, (SELECT max(run_id) FROM stream_states s WHERE s.account_id = accounts.id) AS run,
                      confirmed FROM accounts WHERE :account_id IS NULL OR id = :account_id ORDER BY id";
    let mut statement = conn.prepare_cached(sql).context("reading the accounts")?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.map(|account| account.0) }, |row| {
            Ok(Found {
                id: AccountId(row.get("id")?),
                name: fold(&row.get::<_, String>("name")?),
                run: (row.get("run")?, row.get("confirmed")?),
            })
        })
        .context("reading the accounts")?;
    rows.collect::<Result<_, _>>().context("reading the accounts")
}
