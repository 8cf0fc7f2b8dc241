//! What is read after a sync, behind the lists: the service's log and what must be asked for user by user.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{Hub, crossing, lock};
use crate::Error;
use crate::api::{CommandError, DetailsProgressView, HubEvent, LogReadView, ReadLogRequest};
use crate::model::{AccountId, RunId, Timestamp};
use crate::remote::DirectoryRead;
use crate::sync::{self, BackgroundContext, LogRead};

/// Lists are made anew with what was read meanwhile this often, not with every user.
const SHOWN_EVERY: Duration = Duration::from_secs(30);

/// What reads in the background now.
pub type Backgrounds = Mutex<BTreeMap<AccountId, Background>>;

/// One account's reading.
pub struct Background {
    progress: Option<DetailsProgressView>,
    cancel: CancellationToken,
    /// Closed when it has ended.
    ended: watch::Receiver<()>,
}

impl Hub {
    /// Reads a stretch of the service's own log.
    ///
    /// # Errors
    /// A missing credential; those of the service and of the store.
    pub async fn read_log(&self, request: ReadLogRequest) -> Result<LogReadView, CommandError> {
        let account = self.account(request.account_id).await.map_err(crossing)?;
        let read = async {
            let credential = self.credential(&account).await?;
            let client = self.client(&account, &credential)?;
            let range = (Timestamp::from_millis(request.from), Timestamp::from_millis(request.to));
            sync::read_log(&self.open()?.store, client.as_ref(), account.id, range).await
        };
        let LogRead { added, complete } = read.await.map_err(|error| crossing(error).at(&account))?;
        Ok(LogReadView { added, complete })
    }

    /// Begins to read behind the lists of `id`, which the run has just brought.
    pub(super) async fn start_background(&self, id: AccountId, run: RunId, remote: Arc<dyn DirectoryRead>) {
        let prepare = async {
            let capabilities = self.account_view(id).await?.capabilities;
            Ok::<_, Error>((self.open()?.store, capabilities))
        };
        let Ok((store, Some(capabilities))) = prepare.await else { return };
        if !capabilities.details && !capabilities.log {
            return;
        }
        let cancel = CancellationToken::new();
        let (sender, ended) = watch::channel(());
        let background = Background { progress: None, cancel: cancel.clone(), ended };
        lock(&self.inner.backgrounds).insert(id, background);
        let tell = self.details_teller(id);
        let context = BackgroundContext { store, remote, account: id, run, capabilities, cancel, tell };
        let hub = self.clone();
        tokio::spawn(async move {
            // On a task of its own, so that a panic does not leave it running for ever in the books.
            let read = tokio::spawn(async move { sync::read_in_background(&context).await }).await;
            match read {
                Ok(Ok(users)) => tracing::info!(account = %id, users, "read in depth"),
                Ok(Err(Error::Cancelled)) => {}
                // The next sync goes on with those who are still due.
                Ok(Err(error)) => tracing::info!(account = %id, %error, "reading in depth has stopped"),
                Err(error) => tracing::warn!(account = %id, %error, "reading in depth has stopped"),
            }
            lock(&hub.inner.backgrounds).remove(&id);
            hub.mirror_changed(id);
            hub.send(HubEvent::DetailsProgress { account_id: id, details: None });
            drop(sender);
        });
    }

    /// Stops reading behind the lists of `id` and waits until it has stopped.
    pub(super) async fn stop_background(&self, id: AccountId) {
        let ended = lock(&self.inner.backgrounds).get(&id).map(|background| {
            background.cancel.cancel();
            background.ended.clone()
        });
        if let Some(mut ended) = ended {
            // The sender is dropped at the end: that is the signal.
            let _ = ended.changed().await;
        }
    }

    /// How far the reading behind the lists of `id` is, while it reads.
    pub(super) fn details_progress(&self, id: AccountId) -> Option<DetailsProgressView> {
        lock(&self.inner.backgrounds)
            .get(&id)
            .map(|background| background.progress.unwrap_or(DetailsProgressView { done: 0, total: 0 }))
    }

    fn details_teller(&self, account: AccountId) -> Box<dyn Fn(u64, u64) + Send + Sync> {
        let hub = self.clone();
        let shown = Mutex::new(Instant::now());
        Box::new(move |done, total| {
            let progress = DetailsProgressView { done, total };
            if let Some(background) = lock(&hub.inner.backgrounds).get_mut(&account) {
                background.progress = Some(progress);
            }
            hub.send(HubEvent::DetailsProgress { account_id: account, details: Some(progress) });
            let mut shown = lock(&shown);
            if shown.elapsed() >= SHOWN_EVERY {
                *shown = Instant::now();
                hub.mirror_changed(account);
            }
        })
    }
}
