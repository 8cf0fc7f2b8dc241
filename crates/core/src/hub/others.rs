//! What other processes do with the same data: the window shows what the command line has just brought.
//!
//! Lists are right without this, for every query looks at the run that last confirmed the mirror. This only tells the
//! window to look again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Hub, lock};
use crate::api::HubEvent;
use crate::model::AccountId;
use crate::query::{self, Trace};

/// How often is looked.
const ROUND: Duration = Duration::from_secs(2);

/// Accounts whose changes the window was told of since the last look.
#[derive(Default)]
pub struct Told(Mutex<BTreeSet<AccountId>>);

impl Told {
    /// The window was told about `account`.
    pub(super) fn note(&self, account: AccountId) {
        lock(&self.0).insert(account);
    }

    fn take(&self) -> BTreeSet<AccountId> {
        std::mem::take(&mut lock(&self.0))
    }
}

impl Hub {
    /// Looks out for changes as long as the hub is there.
    pub(super) fn watch_others(&self) {
        if self.open().is_ok_and(|open| open.store.is_session_only()) {
            return;
        }
        let hub = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            let mut known = None;
            loop {
                let Some(inner) = hub.upgrade() else { return };
                let hub = Self { inner };
                known = hub.look(known).await;
                drop(hub);
                tokio::time::sleep(ROUND).await;
            }
        });
    }

    /// Tells what is different from `known`, unless this process told it already.
    async fn look(&self, known: Option<BTreeMap<AccountId, Trace>>) -> Option<BTreeMap<AccountId, Trace>> {
        let store = self.open().ok()?.store;
        let told = self.inner.told.take();
        let Ok(found) = store.read(query::traces).await else { return known };
        if let Some(known) = &known {
            if !known.keys().eq(found.keys()) {
                self.send(HubEvent::AccountsChanged);
            }
            let changed = found.iter().filter(|(id, trace)| {
                !told.contains(id) && known.get(id).is_some_and(|before| before != *trace)
            });
            for (id, trace) in changed {
                if known.get(id).is_some_and(|before| before.confirmed_by != trace.confirmed_by) {
                    self.mirror_changed(*id);
                }
                if known.get(id).is_some_and(|before| before.queue != trace.queue) {
                    self.send(HubEvent::ChangesChanged { account_id: *id });
                }
                self.tell_state(*id).await;
            }
            // What was just told here is not told again.
            self.inner.told.take();
        }
        Some(found)
    }
}
