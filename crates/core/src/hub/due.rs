//! Changes that are carried out by themselves on a date: a token is revoked after its successor had time to be put in its place.
//!
//! The path is that of any apply. What must be confirmed is not confirmed by anybody here: such a change stays in the queue, as
//! does one that the service could not be asked about, which is tried again after a while.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use super::{Hub, lock};
use crate::model::{AccountId, ChangeId, Timestamp};
use crate::store::changes as table;
use crate::{Error, clock};

/// Between two tries for one account, in milliseconds.
const PATIENCE: i64 = 15 * 60 * 1000;

/// What was last tried for each account, and when.
#[derive(Default)]
pub struct Tried(Mutex<BTreeMap<AccountId, (BTreeSet<ChangeId>, Timestamp)>>);

impl Tried {
    /// Whether these changes were tried so recently that they are left alone.
    fn is_recent(&self, account: AccountId, due: &BTreeSet<ChangeId>, now: Timestamp) -> bool {
        let tried = lock(&self.0);
        tried.get(&account).is_some_and(|(changes, at)| changes == due && now < at.plus_millis(PATIENCE))
    }

    fn note(&self, account: AccountId, due: BTreeSet<ChangeId>, now: Timestamp) {
        lock(&self.0).insert(account, (due, now));
    }
}

impl Hub {
    /// Begins to carry out what is due, account by account. Called again and again while the program runs.
    ///
    /// # Errors
    /// Those of the store. What an account cannot do now is logged and tried again later.
    pub async fn apply_due(&self) -> Result<(), Error> {
        let now = clock::now();
        let mut due: BTreeMap<AccountId, BTreeSet<ChangeId>> = BTreeMap::new();
        for (account, change) in self.open()?.store.read(move |conn| table::list_due(conn, now)).await? {
            due.entry(account).or_default().insert(change);
        }
        for (id, changes) in due {
            if self.inner.due.is_recent(id, &changes, now) {
                continue;
            }
            let account = self.account(id).await?;
            match self.begin_apply(&account, Some(changes.clone()), &[], None).await {
                Err(Error::SyncBusy) => continue,
                Ok(started) if started.run_id.is_none() => {
                    tracing::info!(account = %id, "what is due waits for a person");
                }
                Ok(_) => {}
                Err(error) => tracing::info!(account = %id, %error, "what is due could not begin"),
            }
            self.inner.due.note(id, changes, now);
        }
        Ok(())
    }
}
