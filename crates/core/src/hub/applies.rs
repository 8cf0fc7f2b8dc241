//! Applying changes: an account's one place, the credential, the run, and values that are shown once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use super::credentials::by_hand;
use super::syncs::Place;
use super::{Hub, crossing, lock};
use crate::api::{
    AccountRequest, ApplyChangesRequest, ApplyNowRequest, ApplyProgressView, ApplyStartedView, ChangesView,
    CommandError, ConfirmationRequest, HubEvent, RunErrorView,
};
use crate::changes::{self, Applied, ApplyContext, Extent};
use crate::model::{
    Account, AccountId, Authentication, Change, ChangeId, ChangeState, Edit, ProviderKind, RunId, RunKind,
    RunState, Secret, Timestamp,
};
use crate::remote::{self, DirectoryWrite};
use crate::roster::{RosterWriter, Tick};
use crate::store::{change_calls, changes as table, runs, staging};
use crate::{Error, clock};

/// How far applies are, and what is shown once: in memory only, wiped when it is taken and at the end.
#[derive(Default)]
pub struct Applies {
    progress: Mutex<BTreeMap<AccountId, ApplyProgressView>>,
    secrets: Mutex<BTreeMap<ChangeId, Secret>>,
}

impl Applies {
    /// How far the apply of `account` is.
    pub(super) fn progress(&self, account: AccountId) -> Option<ApplyProgressView> {
        lock(&self.progress).get(&account).copied()
    }

    /// Whether the value that this change made is here.
    pub(super) fn has_secret(&self, change: ChangeId) -> bool {
        lock(&self.secrets).contains_key(&change)
    }

    /// The value that this change made, once.
    pub(super) fn take_secret(&self, change: ChangeId) -> Option<Secret> {
        lock(&self.secrets).remove(&change)
    }
}

impl Hub {
    /// Applies changes of the queue, and returns as soon as it has begun.
    ///
    /// # Errors
    /// [`Error::SyncBusy`]; a missing credential; those of store and keychain. What must be confirmed first stands in the view.
    pub async fn apply_changes(
        &self,
        request: ApplyChangesRequest,
    ) -> Result<ApplyStartedView, CommandError> {
        let ApplyChangesRequest { account_id, changes, confirmations } = request;
        let account = self.account(account_id).await.map_err(crossing)?;
        let which = changes.map(|all| all.into_iter().map(ChangeId).collect());
        let begun = self.begin_apply(&account, which, &confirmations, None).await;
        begun.map_err(|error| crossing(error).at(&account))
    }

    /// Keeps edits and applies just these. What must be confirmed first is found out before anything is kept. Of an
    /// organisation kept by hand only what has nothing to do with its service is done at once.
    ///
    /// # Errors
    /// As [`Self::apply_changes`].
    pub async fn apply_now(&self, request: ApplyNowRequest) -> Result<ApplyStartedView, CommandError> {
        let ApplyNowRequest { account_id, edits, confirmations } = request;
        let account = self.account(account_id).await.map_err(crossing)?;
        let ours = edits.iter().all(|edit| remote::roster::AT_ONCE.contains(&edit.kind()));
        let tick = (account.provider == ProviderKind::Roster && ours).then(Tick::now);
        let apply = self.apply_edits(&account, edits, &confirmations, tick).await;
        apply.map_err(|error| crossing(error).at(&account))
    }

    /// Keeps edits and applies just these; `tick`: what the person says of an organisation kept by hand.
    pub(super) async fn apply_edits(
        &self,
        account: &Account,
        edits: Vec<Edit>,
        confirmations: &[ConfirmationRequest],
        tick: Option<Tick>,
    ) -> Result<ApplyStartedView, Error> {
        check_ticked(account, tick.as_ref())?;
        let (_, capabilities) = self.account_with_capabilities(account.id).await?;
        let (asked, previewed) = (edits.clone(), account.clone());
        let now = clock::now();
        let preview = move |conn: &rusqlite::Connection| {
            changes::preview(conn, &previewed, capabilities.as_ref(), &asked, (now, Extent::GUARDS))
        };
        let plan = self.open()?.store.read(preview).await?;
        let unconfirmed = plan.guards.unconfirmed(confirmations);
        if !unconfirmed.is_empty() {
            return Ok(ApplyStartedView {
                run_id: None,
                changes: Vec::new(),
                unconfirmed,
                problems: Vec::new(),
            });
        }
        let proposed = self.propose(account.id, edits).await?;
        let which: BTreeSet<ChangeId> = proposed.changes.iter().flatten().copied().map(ChangeId).collect();
        if which.is_empty() {
            let problems = proposed.problems;
            return Ok(ApplyStartedView { run_id: None, changes: Vec::new(), unconfirmed, problems });
        }
        self.begin_apply(account, Some(which), confirmations, tick).await
    }

    /// Stops an apply: what is being sent is waited for, the rest stays in the queue.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn cancel_apply(&self, request: AccountRequest) -> Result<ChangesView, CommandError> {
        self.stop(request.account_id, RunKind::Changes).await;
        self.changed(request.account_id).await.map_err(crossing)
    }

    /// Applies changes; `tick`: what the person says of an organisation kept by hand.
    pub(super) async fn begin_apply(
        &self,
        account: &Account,
        which: Option<BTreeSet<ChangeId>>,
        confirmations: &[ConfirmationRequest],
        tick: Option<Tick>,
    ) -> Result<ApplyStartedView, Error> {
        check_ticked(account, tick.as_ref())?;
        let id = account.id;
        let place = self.take_place(id, RunKind::Changes).await?;
        let open = self.open()?;
        open.store
            .write(move |tx| {
                runs::mark_interrupted(tx, id)?;
                change_calls::recover(tx, id, clock::now())
            })
            .await?;
        let planned = account.clone();
        let plan = open
            .store
            .read(move |conn| {
                let mut changes = table::list_open(conn, id)?;
                match &which {
                    Some(which) => changes.retain(|change| which.contains(&change.id)),
                    None => keep_unscheduled(&mut changes, clock::now()),
                }
                changes.retain(|change| change.state == ChangeState::Pending);
                changes::of_changes(conn, &planned, &changes, &|_| false, Extent::GUARDS)
            })
            .await?;
        let order = plan.order.clone();
        let listed: Vec<i64> = order.iter().map(|change| change.0).collect();
        let unconfirmed = plan.guards.unconfirmed(confirmations);
        if !unconfirmed.is_empty() || order.is_empty() {
            return Ok(ApplyStartedView { run_id: None, changes: listed, unconfirmed, problems: Vec::new() });
        }
        let at = tick.as_ref().map(|tick| tick.done_on);
        let remote: Arc<dyn DirectoryWrite> = match tick {
            Some(tick) => Arc::new(RosterWriter::new(open.store.clone(), id, tick)),
            None => self.writer(account, &self.credential(account).await?)?,
        };
        self.stop_background(id).await;
        // What an interrupted sync has staged is older than what is confirmed now.
        self.supersede_review(&open, id).await?;
        let staged = open.store.clone();
        crate::store::blocking(move || staging::forget(&staged, id)).await?;
        let (signed_in_as, person) = (signed_in_as(&account.authentication), person());
        let chosen = order.clone();
        let run = open
            .store
            .write(move |tx| {
                let actor = (signed_in_as.as_deref(), person.as_deref());
                let run = runs::insert_changes(tx, id, clock::now(), actor)?;
                chosen.iter().try_for_each(|change| table::set_run(tx, *change, run))?;
                Ok(run)
            })
            .await?;
        let total = u32::try_from(order.len()).unwrap_or(u32::MAX);
        let hub = self.clone();
        let tell = move |done: usize, change: Option<ChangeId>| {
            let done = u32::try_from(done).unwrap_or(u32::MAX);
            hub.tell_apply(
                id,
                ApplyProgressView { run_id: run.0, done, total, change_id: change.map(|c| c.0) },
            );
        };
        tell(0, None);
        let hub = self.clone();
        let keep_secret = move |change, secret| {
            lock(&hub.inner.applies.secrets).insert(change, secret);
        };
        let context = ApplyContext {
            store: open.store,
            remote,
            account: id,
            run,
            changes: order,
            at,
            cancel: place.cancel.clone(),
            tell: Box::new(tell),
            keep_secret: Box::new(keep_secret),
        };
        tokio::spawn(self.clone().conduct_apply(place, account.clone(), context));
        Ok(ApplyStartedView { run_id: Some(run.0), changes: listed, unconfirmed, problems: Vec::new() })
    }

    /// The whole of an apply on its own task.
    async fn conduct_apply(self, place: Place, account: Account, context: ApplyContext) {
        let (id, run, store) = (context.account, context.run, context.store.clone());
        // On a task of its own, so that a panic ends the run and not the program's bookkeeping.
        let work = tokio::spawn(async move {
            if context.store.read(move |conn| changes::has_unknown(conn, id)).await? {
                changes::settle(&context.store, context.remote.as_ref(), id).await?;
            }
            changes::apply(&context).await
        });
        let result = match work.await {
            Ok(result) => result,
            Err(error) => Err(Error::Internal(format!("the apply stopped: {error}"))),
        };
        let (state, error) = match result {
            Ok(Applied { stopped: None, applied, blocked }) => {
                tracing::info!(account = %id, applied, blocked, "changes applied");
                (RunState::Succeeded, None)
            }
            Ok(Applied { stopped: Some(Error::Cancelled), .. }) => (RunState::Cancelled, None),
            Ok(Applied { stopped: Some(error), .. }) | Err(error) => {
                let error = crossing(error).at(&account);
                (RunState::Failed, Some(RunErrorView::new(error.code, error.message)))
            }
        };
        if let Err(error) = self.end_apply(&store, id, run, state, error).await {
            tracing::warn!(%error, "the end of an apply could not be written");
        }
        drop(place);
        lock(&self.inner.applies.progress).remove(&id);
        self.mirror_changed(id);
        self.send(HubEvent::ChangesProgress { account_id: id, progress: None });
        self.send(HubEvent::ChangesChanged { account_id: id });
    }

    async fn end_apply(
        &self,
        store: &crate::store::Store,
        account: AccountId,
        run: RunId,
        state: RunState,
        error: Option<RunErrorView>,
    ) -> Result<(), Error> {
        let finished_at = clock::now();
        store
            .write(move |tx| {
                // After a panic or a full disk something may say that it is on its way.
                change_calls::recover(tx, account, finished_at)?;
                let counts = runs::get_counts(tx, run)?;
                runs::finish(tx, run, &runs::Outcome { state, finished_at, counts, proofs: &[], error })
            })
            .await?;
        Ok(())
    }

    /// A sync has read everything anew: looks for what became of changes without an answer.
    pub(super) async fn settle_after_sync(&self, account: &Account) {
        let id = account.id;
        let settle = async {
            let store = self.open()?.store;
            if !store.read(move |conn| changes::has_unknown(conn, id)).await? {
                return Ok(());
            }
            store.write(move |tx| changes::settle_by_mirror(tx, id)).await?;
            let remote: Arc<dyn DirectoryWrite> = if account.provider == ProviderKind::Roster {
                Arc::new(RosterWriter::new(store.clone(), id, Tick::now()))
            } else {
                self.writer(account, &self.credential(account).await?)?
            };
            changes::settle(&store, remote.as_ref(), id).await?;
            self.send(HubEvent::ChangesChanged { account_id: id });
            Ok::<_, Error>(())
        };
        if let Err(error) = settle.await {
            // The next apply or sync looks again.
            tracing::info!(account = %id, %error, "what became of a change is still unknown");
        }
    }

    fn tell_apply(&self, id: AccountId, progress: ApplyProgressView) {
        lock(&self.inner.applies.progress).insert(id, progress);
        self.send(HubEvent::ChangesProgress { account_id: id, progress: Some(progress) });
    }
}

/// Leaves those out that wait for their date, or for a successor that needs a person.
fn keep_unscheduled(changes: &mut Vec<Change>, now: Timestamp) {
    let stuck: BTreeSet<ChangeId> = changes
        .iter()
        .filter(|change| change.state != ChangeState::Pending)
        .map(|change| change.id)
        .collect();
    changes.retain(|change| {
        let needed = change.schedule.and_then(|schedule| schedule.needs);
        !change.waits_for_date(now) && needed.is_none_or(|needed| !stuck.contains(&needed))
    });
}

/// An organisation kept by hand changes when a person says that something was done, and in no other way.
fn check_ticked(account: &Account, tick: Option<&Tick>) -> Result<(), Error> {
    if (account.provider == ProviderKind::Roster) == tick.is_some() {
        return Ok(());
    }
    Err(by_hand("accountId"))
}

/// The public part of what an account signs in with.
fn signed_in_as(authentication: &Authentication) -> Option<String> {
    match authentication {
        Authentication::Bearer | Authentication::ByHand => None,
        Authentication::Basic { user_name } => Some(user_name.clone()),
        Authentication::OauthClientCredentials { client_id, .. } => Some(client_id.clone()),
        Authentication::Application { application_id, .. } => Some(application_id.clone()),
    }
}

/// The person at this computer, as the system knows them.
fn person() -> Option<String> {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .filter(|name| !name.is_empty())
}
