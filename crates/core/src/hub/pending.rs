//! What is pending about the rows of a list. The queue is read for every page, because another process may have changed it;
//! sense is made of it only when it is not that of last time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use super::{Hub, lock};
use crate::api::PendingView;
use crate::changes::Overlay;
use crate::model::{AccountId, ContentHash};
use crate::store::{StoreError, changes as table};

/// The last overlay of each account that has a queue, with what it was made of.
pub type Overlays = Mutex<BTreeMap<AccountId, (ContentHash, Arc<Overlay>)>>;

impl Hub {
    /// Gives rows the marks of what is pending about them.
    pub(super) fn mark<'a>(
        &self,
        conn: &Connection,
        rows: impl Iterator<Item = (AccountId, &'a str, &'a mut Option<PendingView>)>,
    ) -> Result<(), StoreError> {
        let accounts = table::list_accounts(conn)?;
        lock(&self.inner.overlays).retain(|account, _| accounts.contains(account));
        let mut overlays: BTreeMap<AccountId, Arc<Overlay>> = BTreeMap::new();
        for (account, id, pending) in rows.filter(|(account, ..)| accounts.contains(account)) {
            let overlay = match overlays.get(&account) {
                Some(overlay) => overlay,
                None => overlays.entry(account).or_insert(self.overlay(conn, account)?),
            };
            *pending = overlay.of(id);
        }
        Ok(())
    }

    fn overlay(&self, conn: &Connection, account: AccountId) -> Result<Arc<Overlay>, StoreError> {
        let (hash, edits) = table::list_open_edits(conn, account)?;
        if let Some((known, overlay)) = lock(&self.inner.overlays).get(&account)
            && *known == hash
        {
            return Ok(Arc::clone(overlay));
        }
        let overlay = Arc::new(Overlay::new(&table::read_edits(edits)?));
        lock(&self.inner.overlays).insert(account, (hash, Arc::clone(&overlay)));
        Ok(overlay)
    }
}
