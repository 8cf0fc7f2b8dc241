//! Running syncs: one an account, several accounts side by side.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{Hub, Open, crossing, lock};
use crate::Error;
use crate::api::{
    AccountRequest, CommandError, GuardDecision, HubEvent, ProgressView, ResolveGuardRequest, RunErrorView,
    RunView, SettingsView, SyncStartedView, SyncStateView,
};
use crate::model::{Account, AccountId, Counts, Progress, RunId, RunKind, RunState};
use crate::query::{self, StoredAccount};
use crate::remote::DirectoryRead;
use crate::store::users::Target;
use crate::store::{RunLock, Store, StoreError, change_calls, runs, settings, staging};
use crate::sync::{self, Ended, RunContext};

/// What runs now, and how what ran in this session ended.
#[derive(Default)]
pub struct Syncs {
    active: Mutex<BTreeMap<AccountId, Active>>,
    /// Errors of this session in full; the store keeps code and sentence.
    errors: Mutex<BTreeMap<AccountId, CommandError>>,
}

/// A run at work.
struct Active {
    kind: RunKind,
    run: Option<RunId>,
    progress: Option<ProgressView>,
    cancel: CancellationToken,
    /// Closed when the run has ended.
    ended: watch::Receiver<()>,
}

/// Holds the account's one place for a run; gives it back when dropped, however the run ends.
pub(super) struct Place {
    hub: Hub,
    account: AccountId,
    pub(super) cancel: CancellationToken,
    /// The same over all processes.
    run_lock: Option<RunLock>,
    _ended: watch::Sender<()>,
}

impl Drop for Place {
    fn drop(&mut self) {
        // First, so that a run which begins as soon as it sees the place free here finds it free everywhere.
        self.run_lock = None;
        lock(&self.hub.inner.syncs.active).remove(&self.account);
    }
}

impl Hub {
    /// Starts a sync and returns at once.
    ///
    /// # Errors
    /// [`Error::SyncBusy`]; a missing credential; those of store and keychain.
    pub async fn start_sync(&self, request: AccountRequest) -> Result<SyncStartedView, CommandError> {
        let account = self.account(request.account_id).await.map_err(crossing)?;
        self.begin_sync(account.id)
            .await
            .map(|run| SyncStartedView { run_id: run.0 })
            .map_err(|error| crossing(error).at(&account))
    }

    /// Stops a running sync; returns when it has stopped.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn cancel_sync(&self, request: AccountRequest) -> Result<SyncStateView, CommandError> {
        self.stop(request.account_id, RunKind::Sync).await;
        self.stop_background(request.account_id).await;
        self.account_view(request.account_id).await.map(|view| view.sync).map_err(crossing)
    }

    /// Decides about a plan that the guard stopped.
    ///
    /// # Errors
    /// When the run does not await a decision; those of the store.
    pub async fn resolve_guard(&self, request: ResolveGuardRequest) -> Result<RunView, CommandError> {
        let run = RunId(request.run_id);
        let resolve = async {
            let store = self.open()?.store;
            let found = store.read(move |conn| runs::find(conn, run)).await?;
            let Some((account, RunState::AwaitingReview, at)) = found else {
                return Err(Error::NotFound { what: "this run, as one that awaits a decision," });
            };
            let _place = self.take_place(account, RunKind::Sync).await?;
            match request.decision {
                GuardDecision::Discard => self.discard_review(account, run).await?,
                GuardDecision::Apply => {
                    let proofs = store.read(move |conn| runs::get_proofs(conn, run)).await?;
                    let target = Target { account, run, at, baseline: false };
                    sync::apply_reviewed(&store, target, proofs).await?;
                }
            }
            let view = store.read(move |conn| query::get_run(conn, run.0)).await?;
            Ok((account, view.ok_or(Error::NotFound { what: "this run" })?.run))
        };
        let (account, view) = resolve.await.map_err(crossing)?;
        self.mirror_changed(account);
        self.tell_state(account).await;
        Ok(view)
    }

    /// Starts a sync of `id`.
    pub(super) async fn begin_sync(&self, id: AccountId) -> Result<RunId, Error> {
        let place = self.take_place(id, RunKind::Sync).await?;
        self.stop_background(id).await;
        let account = self.account(id).await?;
        self.check_has_service(&account)?;
        let credential = self.credential(&account).await?;
        let client = self.client(&account, &credential)?;
        self.begin_run(place, account, client).await
    }

    /// Starts a sync that reads `remote`, in the place that was taken for it.
    pub(super) async fn begin_run(
        &self,
        place: Place,
        account: Account,
        remote: Arc<dyn DirectoryRead>,
    ) -> Result<RunId, Error> {
        let id = account.id;
        let open = self.open()?;
        self.supersede_review(&open, id).await?;
        let at = crate::clock::now();
        let resumed = sync::can_resume(&open.store, id, at).await?;
        let (run, baseline, guard_percent) = open
            .store
            .write(move |tx| {
                runs::mark_interrupted(tx, id)?;
                change_calls::recover(tx, id, at)?;
                let baseline = !runs::has_succeeded(tx, id)?;
                let run = runs::insert(tx, id, at, baseline, resumed)?;
                Ok((run, baseline, settings::get(tx)?.removal_guard_percent))
            })
            .await?;
        if let Some(active) = lock(&self.inner.syncs.active).get_mut(&id) {
            active.run = Some(run);
        }
        lock(&self.inner.syncs.errors).remove(&id);
        let context = RunContext {
            store: open.store,
            remote,
            account: id,
            run,
            at,
            baseline,
            guard_percent,
            cancel: place.cancel.clone(),
            tell: self.teller(id),
        };
        self.tell_state(id).await;
        tokio::spawn(self.clone().conduct(place, account, context));
        Ok(run)
    }

    /// Waits until what runs for `id` has ended.
    pub async fn run_ended(&self, id: AccountId) {
        let ended = lock(&self.inner.syncs.active).get(&id).map(|active| active.ended.clone());
        if let Some(mut ended) = ended {
            // The sender is dropped with the place: that is the signal.
            let _ = ended.changed().await;
        }
    }

    /// Stops what runs for `id` and waits until it has stopped.
    pub(super) async fn stop_sync(&self, id: AccountId) {
        for kind in [RunKind::Sync, RunKind::Changes] {
            self.stop(id, kind).await;
        }
        self.stop_background(id).await;
    }

    /// Stops a run of this kind and waits until it has stopped: an apply ends its call first.
    pub(super) async fn stop(&self, id: AccountId, kind: RunKind) {
        let ended =
            lock(&self.inner.syncs.active).get(&id).filter(|active| active.kind == kind).map(|active| {
                active.cancel.cancel();
                active.ended.clone()
            });
        if let Some(mut ended) = ended {
            // The sender is dropped with the place: that is the signal.
            let _ = ended.changed().await;
        }
    }

    /// What a sync of `account` is doing or how the last one ended.
    pub(super) fn sync_state(&self, account: &StoredAccount, settings: &SettingsView) -> SyncStateView {
        let last = account.last_run.as_ref();
        let active = lock(&self.inner.syncs.active);
        if let Some(active) = active.get(&account.id).filter(|active| active.kind == RunKind::Sync) {
            return SyncStateView {
                run_id: active.run.map(|run| run.0),
                state: Some(RunState::Running),
                progress: active.progress.clone(),
                error: None,
                finished_at: None,
                next_at: None,
            };
        }
        drop(active);
        // Nothing runs here: a run that still says so is another process's, or could not write its end.
        let state = last.map(|run| {
            if run.state != RunState::Running || self.runs_elsewhere(account.id) {
                return run.state;
            }
            let failed = lock(&self.inner.syncs.errors).contains_key(&account.id);
            if failed { RunState::Failed } else { RunState::Interrupted }
        });
        let error = match state {
            Some(RunState::Failed) => lock(&self.inner.syncs.errors)
                .get(&account.id)
                .cloned()
                .or_else(|| last.and_then(|run| run.error.as_ref()).map(RunErrorView::to_command_error)),
            _ => None,
        };
        SyncStateView {
            run_id: last.map(|run| run.id),
            state,
            progress: None,
            error,
            finished_at: last.and_then(|run| run.finished_at),
            next_at: super::schedule::next_at(account, settings),
        }
    }

    fn runs_elsewhere(&self, id: AccountId) -> bool {
        self.open().is_ok_and(|open| open.store.has_run(id).unwrap_or(false))
    }

    /// The whole of a run on its own task.
    async fn conduct(self, place: Place, account: Account, context: RunContext) {
        let (id, run, store) = (context.account, context.run, context.store.clone());
        let remote = Arc::clone(&context.remote);
        // On a task of its own, so that a panic ends the run and not the program's bookkeeping.
        let result = match tokio::spawn(sync::run(context)).await {
            Ok(result) => result,
            Err(error) => Err(Error::Internal(format!("the run stopped: {error}"))),
        };
        let applied = matches!(result, Ok(Ended::Applied { .. }));
        let disk_full = matches!(result, Err(Error::Store(StoreError::DiskFull)));
        // In memory few staging databases fit beside each other, and there is no kill to go on from.
        if disk_full || (result.is_err() && store.is_session_only()) {
            self.make_room(&store, id).await;
        }
        if let Some(outcome) = self.outcome(&account, result)
            && let Err(error) = store.write(move |tx| outcome.write(tx, run)).await
        {
            // With a full disk not even the failure can be written; the window learns of it all the same.
            tracing::warn!(%error, "the end of a run could not be written");
            let mut errors = lock(&self.inner.syncs.errors);
            errors.entry(id).or_insert_with(|| crossing(error.into()).at(&account));
        }
        if applied {
            // Before the place is free: the next run finds it and stops it.
            self.start_background(id, run, remote).await;
        }
        if applied {
            self.settle_after_sync(&account).await;
        }
        drop(place);
        if applied {
            self.mirror_changed(id);
        }
        self.tell_state(id).await;
    }

    /// The staging may be what fills the disk; it can be read again, the rest cannot.
    async fn make_room(&self, store: &Store, id: AccountId) {
        let store = store.clone();
        if let Err(error) = crate::store::blocking(move || staging::forget(&store, id)).await {
            tracing::warn!(%error, "the staging could not be removed");
        }
    }

    /// What is left to write at the end of a run; an applied one has written its end itself.
    fn outcome(&self, account: &Account, result: Result<Ended, Error>) -> Option<EndedOtherwise> {
        match result {
            Ok(Ended::Applied { counts, .. }) => {
                tracing::info!(account = %account.id, ?counts, "synchronised");
                None
            }
            Ok(Ended::AwaitingReview { counts, proofs }) => {
                tracing::info!(account = %account.id, ?counts, "the plan awaits review");
                Some(EndedOtherwise { state: RunState::AwaitingReview, counts, proofs, error: None })
            }
            Err(Error::Cancelled) => Some(EndedOtherwise {
                state: RunState::Cancelled,
                counts: Counts::default(),
                proofs: Vec::new(),
                error: None,
            }),
            Err(error) => {
                let error = crossing(error).at(account);
                let kept = RunErrorView::new(error.code, error.message.clone());
                lock(&self.inner.syncs.errors).insert(account.id, error);
                Some(EndedOtherwise {
                    state: RunState::Failed,
                    counts: Counts::default(),
                    proofs: Vec::new(),
                    error: Some(kept),
                })
            }
        }
    }

    /// A new sync takes the place of a plan that nobody decided about.
    pub(super) async fn supersede_review(&self, open: &Open, id: AccountId) -> Result<(), Error> {
        let newest = open.store.read(move |conn| runs::find_newest(conn, id)).await?;
        if let Some((run, RunState::AwaitingReview, _)) = newest {
            self.discard_review(id, run).await?;
        }
        Ok(())
    }

    async fn discard_review(&self, account: AccountId, run: RunId) -> Result<(), Error> {
        let store = self.open()?.store;
        let staged = store.clone();
        crate::store::blocking(move || staging::forget(&staged, account)).await?;
        store.write(move |tx| runs::set_state(tx, run, RunState::Discarded)).await?;
        Ok(())
    }

    /// Takes the account's one place for a run of this kind.
    pub(super) async fn take_place(&self, account: AccountId, kind: RunKind) -> Result<Place, Error> {
        let store = self.open()?.store;
        let cancel = CancellationToken::new();
        let (sender, ended) = watch::channel(());
        {
            let mut active = lock(&self.inner.syncs.active);
            if active.contains_key(&account) {
                return Err(Error::SyncBusy);
            }
            active.insert(account, Active { kind, run: None, progress: None, cancel: cancel.clone(), ended });
        }
        // From here on dropping it gives the place back.
        let mut place = Place { hub: self.clone(), account, cancel, run_lock: None, _ended: sender };
        let taken = crate::store::blocking(move || store.take_run_lock(account)).await?;
        place.run_lock = Some(taken.ok_or(Error::SyncBusy)?);
        Ok(place)
    }

    /// Keeps the progress of `account` and sends it to the window.
    fn teller(&self, account: AccountId) -> Box<dyn Fn(Progress) + Send + Sync> {
        let hub = self.clone();
        Box::new(move |progress| {
            let Progress { phase, done, total, rate } = progress;
            let progress = ProgressView { phase, done, total, rate };
            let run = {
                let mut active = lock(&hub.inner.syncs.active);
                let Some(active) = active.get_mut(&account) else { return };
                active.progress = Some(progress.clone());
                active.run
            };
            let sync = SyncStateView {
                run_id: run.map(|run| run.0),
                state: Some(RunState::Running),
                progress: Some(progress),
                error: None,
                finished_at: None,
                next_at: None,
            };
            hub.send(HubEvent::SyncState { account_id: account, sync: Box::new(sync) });
        })
    }

    pub(super) async fn tell_state(&self, id: AccountId) {
        self.inner.told.note(id);
        match self.account_view(id).await {
            Ok(view) => self.send(HubEvent::SyncState { account_id: id, sync: Box::new(view.sync) }),
            // Forgotten meanwhile.
            Err(error) => tracing::debug!(%error, "no state to tell"),
        }
    }

    /// Lists read the mirror anew.
    pub(super) fn mirror_changed(&self, id: AccountId) {
        self.inner.told.note(id);
        self.inner.cache.invalidate(id);
        self.send(HubEvent::MirrorChanged { account_id: id });
    }
}

/// How a run ended that did not write its end itself.
struct EndedOtherwise {
    state: RunState,
    counts: Counts,
    proofs: Vec<crate::model::Proof>,
    error: Option<RunErrorView>,
}

impl EndedOtherwise {
    fn write(self, tx: &rusqlite::Transaction<'_>, run: RunId) -> Result<(), StoreError> {
        let Self { state, counts, proofs, error } = self;
        let finished_at = crate::clock::now();
        runs::finish(tx, run, &runs::Outcome { state, finished_at, counts, proofs: &proofs, error })
    }
}
