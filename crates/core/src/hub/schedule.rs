//! Automatic syncs: each account when it is due; and changes that have a date.

use std::sync::Arc;
use std::time::Duration;

use super::Hub;
use crate::Error;
use crate::api::{EmptyRequest, SettingsView};
use crate::model::{ProviderKind, RunState};
use crate::query::StoredAccount;

/// How often due accounts are looked for.
const ROUND: Duration = Duration::from_secs(30);

/// When the next automatic sync of `account` is due, milliseconds UTC: its interval after the last run ended, however
/// it ended. `None` when it never is: no service, no interval, signed out, a decision to make, or no first sync yet.
pub fn next_at(account: &StoredAccount, settings: &SettingsView) -> Option<i64> {
    let minutes = account.sync_interval_minutes.unwrap_or(settings.sync_interval_minutes);
    let last = account.last_run.as_ref()?;
    let by_hand = account.provider == ProviderKind::Roster;
    if minutes == 0 || by_hand || !account.signed_in || last.state == RunState::AwaitingReview {
        return None;
    }
    let ended = last.finished_at.unwrap_or(last.started_at);
    Some(ended + i64::from(minutes) * 60_000)
}

impl Hub {
    /// Looks for due accounts as long as the hub is there.
    pub(super) fn start_schedule(&self) {
        let hub = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(ROUND).await;
                let Some(inner) = hub.upgrade() else { return };
                let hub = Self { inner };
                if let Err(error) = hub.apply_due().await {
                    tracing::info!(%error, "what is due could not be looked for");
                }
                hub.sync_due().await;
            }
        });
    }

    async fn sync_due(&self) {
        let Ok(list) = self.list_accounts(EmptyRequest {}).await else { return };
        let now = crate::clock::now().as_millis();
        for account in list.accounts {
            if account.sync.next_at.is_some_and(|due| due <= now) {
                match self.begin_sync(account.id).await {
                    Ok(_) | Err(Error::SyncBusy) => {}
                    Err(error) => {
                        tracing::info!(account = %account.id, %error, "an automatic sync did not start")
                    }
                }
            }
        }
    }
}
