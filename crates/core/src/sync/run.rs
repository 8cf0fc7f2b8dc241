//! One run, from signing in to the transaction that makes the mirror new.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio_util::sync::CancellationToken;

use super::apply::{Review, apply, plan_and_apply};
use super::checkpoint::Checkpoint;
use super::one_thread::OneThread;
use super::progress::Reporter;
use super::stream::read_stream;
use super::walk::Walker;
use crate::Error;
use crate::model::{AccountId, Capabilities, Counts, Phase, Progress, Proof, RunId, Stream, Timestamp};
use crate::remote::{DirectoryRead, RemoteError};
use crate::store::users::Target;
use crate::store::{Staging, Store, StoreError, accounts, blocking};

/// What a run needs.
pub struct RunContext {
    /// The local data.
    pub store: Store,
    /// The service.
    pub remote: Arc<dyn DirectoryRead>,
    /// Whose directory it is.
    pub account: AccountId,
    /// This run.
    pub run: RunId,
    /// Its start; all that it brings is known from this time.
    pub at: Timestamp,
    /// The first complete read of this account.
    pub baseline: bool,
    /// Share of a list, in percent, above which removals ask first.
    pub guard_percent: u32,
    /// Ends it at once.
    pub cancel: CancellationToken,
    /// Told how far it is; must not block.
    pub tell: Box<dyn Fn(Progress) + Send + Sync>,
}

/// How a run ended well.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// The mirror is what the service confirmed.
    Applied {
        /// What was done.
        counts: Counts,
        /// What was proved.
        proofs: Vec<Proof>,
    },
    /// The plan removes more than the guard lets pass; staging waits for a person.
    AwaitingReview {
        /// What would be done.
        counts: Counts,
        /// What was proved.
        proofs: Vec<Proof>,
    },
}

/// Runs a synchronisation:
/// 1. signs in and reads what the service can;
/// 2. opens the staging, where an interrupted run left it or empty;
/// 3. walks each list until it is proved complete, or known not to be provable;
/// 4. computes the plan and asks the guard;
/// 5. applies everything in one transaction and throws the staging away.
///
/// A run that fails or is cancelled leaves the mirror as it was, and its staging for the next run to go on from.
///
/// # Errors
/// Those of the service and of the store; [`Error::Cancelled`].
pub async fn run(context: RunContext) -> Result<Ended, Error> {
    let RunContext { store, remote, account, run, at, baseline, guard_percent, cancel, tell } = context;
    let mut reporter = Reporter::new(tell);
    reporter.phase(Phase::Connecting, 0, None);
    let capabilities = unless_cancelled(&cancel, remote.discover()).await?;
    keep_capabilities(&store, account, &capabilities).await?;
    let thread = OneThread::start()?;
    let staging = open_staging(&store, account).await?;
    let walker = Walker {
        remote,
        staging: Arc::new(staging),
        thread,
        account,
        cancel: cancel.clone(),
        reporter: Arc::new(Mutex::new(reporter)),
        commit_each_page: store.is_session_only(),
        began: Instant::now(),
    };
    let proofs = read_streams(&walker, &capabilities, at).await?;
    let target = Target { account, run, at, baseline };
    let ended = {
        let (staging, reporter) = (Arc::clone(&walker.staging), Arc::clone(&walker.reporter));
        let review = Review { percent: guard_percent, baseline };
        let work = move || plan_and_apply(&staging, target, proofs, review, &reporter, &cancel);
        walker.thread.run(work).await?
    };
    if matches!(ended, Ended::Applied { .. }) {
        discard(walker).await;
        store.checkpoint_soon();
    }
    Ok(ended)
}

/// Applies the staging of a run that awaited review, after a person agreed.
///
/// # Errors
/// Those of the store.
pub async fn apply_reviewed(store: &Store, target: Target, proofs: Vec<Proof>) -> Result<Counts, StoreError> {
    let staging = open_staging(store, target.account).await?;
    let counts = blocking(move || {
        let counts = apply(&staging, target, &proofs, &mut |_| Ok(()))?;
        staging.discard()?;
        Ok::<_, StoreError>(counts)
    })
    .await?;
    store.checkpoint_soon();
    Ok(counts)
}

async fn open_staging(store: &Store, account: AccountId) -> Result<Staging, StoreError> {
    let store = store.clone();
    blocking(move || Staging::open(&store, account)).await
}

async fn keep_capabilities(
    store: &Store,
    account: AccountId,
    capabilities: &Capabilities,
) -> Result<(), StoreError> {
    let capabilities = capabilities.clone();
    store.write(move |tx| accounts::set_capabilities(tx, account, &capabilities)).await
}

/// Throwing the staging away is no part of the result: what is left over is removed at the next start.
async fn discard(walker: Walker) {
    let Some(staging) = Arc::into_inner(walker.staging) else { return };
    if let Err(error) = blocking(move || staging.discard()).await {
        tracing::warn!(%error, "the staging could not be removed");
    }
}

/// Waits for `work` unless the run is cancelled.
pub(super) async fn unless_cancelled<T>(
    cancel: &CancellationToken,
    work: impl Future<Output = Result<T, RemoteError>>,
) -> Result<T, Error> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Error::Cancelled),
        result = work => Ok(result?),
    }
}

pub(super) fn reporter(walker: &Walker) -> MutexGuard<'_, Reporter> {
    walker.reporter.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads all streams that the service has; returns the proof of each.
async fn read_streams(
    walker: &Walker,
    capabilities: &Capabilities,
    at: Timestamp,
) -> Result<Vec<Proof>, Error> {
    let mut checkpoint = take_up(walker, at).await?;
    let mut proofs = Vec::new();
    for stream in Stream::ALL.into_iter().filter(|stream| capabilities.streams.contains(stream)) {
        let proof = read_stream(walker, &mut checkpoint, stream, capabilities.sort).await?;
        tracing::info!(
            account = %walker.account, stream = stream.as_str(), complete = proof.complete, ids = proof.unique_ids,
            walks = proof.walks, "a list is read"
        );
        proofs.push(proof);
    }
    Ok(proofs)
}

/// The checkpoint of an interrupted run, or a new one with an empty staging.
async fn take_up(walker: &Walker, at: Timestamp) -> Result<Checkpoint, StoreError> {
    let staging = Arc::clone(&walker.staging);
    blocking(move || {
        let text = staging.checkpoint()?;
        if let Some(checkpoint) = Checkpoint::usable(text.as_deref(), at) {
            return Ok(checkpoint);
        }
        staging.clear()?;
        Ok(Checkpoint::new(at))
    })
    .await
}

/// Whether `store` holds pages of an interrupted run of `account` that a run beginning at `at` would go on from.
///
/// # Errors
/// Those of the store.
pub async fn can_resume(store: &Store, account: AccountId, at: Timestamp) -> Result<bool, StoreError> {
    let staging = open_staging(store, account).await?;
    blocking(move || Ok(Checkpoint::usable(staging.checkpoint()?.as_deref(), at).is_some())).await
}
