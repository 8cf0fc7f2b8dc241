//! One run, from signing in to the transaction that makes the mirror new.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use super::checkpoint::{Checkpoint, StreamCheckpoint};
use super::progress::Reporter;
use super::proof::{Facts, Verdict, judge, quiet};
use super::settle::{ask_singly, drop_earlier_walks};
use super::walk::{Walker, write_checkpoint};
use crate::Error;
use crate::model::{AccountId, Capabilities, Counts, Phase, Progress, Proof, RunId, Stream, Timestamp};
use crate::remote::{Census, DirectoryRead, RemoteError, Walk};
use crate::store::users::Target;
use crate::store::{
    Context, Staging, Store, StoreError, accounts, blocking, groups, issues, runs, streams, users,
};

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
    let staging = open_staging(&store, account).await?;
    let walker = Walker {
        remote,
        staging: Arc::new(staging),
        account,
        cancel: cancel.clone(),
        reporter: Arc::new(Mutex::new(reporter)),
        commit_each_page: store.is_session_only(),
    };
    let proofs = read_streams(&walker, &capabilities, at).await?;
    let target = Target { account, run, at, baseline };
    let ended = {
        let (staging, reporter) = (Arc::clone(&walker.staging), Arc::clone(&walker.reporter));
        let review = Review { percent: guard_percent, baseline };
        blocking(move || plan_and_apply(&staging, target, proofs, review, &reporter, &cancel)).await?
    };
    if matches!(ended, Ended::Applied { .. }) {
        discard(walker).await;
    }
    Ok(ended)
}

/// Applies the staging of a run that awaited review, after a person agreed.
///
/// # Errors
/// Those of the store.
pub async fn apply_reviewed(store: &Store, target: Target, proofs: Vec<Proof>) -> Result<Counts, StoreError> {
    let staging = open_staging(store, target.account).await?;
    blocking(move || {
        let counts = apply(&staging, target, &proofs, &mut |_| Ok(()))?;
        staging.discard()?;
        Ok(counts)
    })
    .await
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
async fn unless_cancelled<T>(
    cancel: &CancellationToken,
    work: impl Future<Output = Result<T, RemoteError>>,
) -> Result<T, Error> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Error::Cancelled),
        result = work => Ok(result?),
    }
}

fn reporter(walker: &Walker) -> MutexGuard<'_, Reporter> {
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
    for (stream, offered) in [(Stream::Users, capabilities.users), (Stream::Groups, capabilities.groups)] {
        if !offered {
            continue;
        }
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

/// Walks one list until it is proved complete, or known not to be provable.
async fn read_stream(
    walker: &Walker,
    checkpoint: &mut Checkpoint,
    stream: Stream,
    sorts: bool,
) -> Result<Proof, Error> {
    let mut mode = if sorts { Walk::ById } else { Walk::Natural };
    let mut part = match checkpoint.find(stream) {
        Some(part) => part.clone(),
        None => {
            let census = unless_cancelled(&walker.cancel, walker.remote.census(stream)).await?;
            StreamCheckpoint::new(stream, census)
        }
    };
    if let Some(proof) = part.proof.take() {
        // An interrupted run had read this list; it counts only if nothing has changed since.
        let census = unless_cancelled(&walker.cancel, walker.remote.census(stream)).await?;
        if part.last_census.as_ref().is_some_and(|last| quiet(last, &census)) {
            return Ok(proof);
        }
        part.walk_again(mode, census, true);
    }
    // How often a list is walked is limited for each run: walks of interrupted runs before it do not count.
    let walks_before = part.walk - 1;
    let begun_before = part.begun.then_some(part.walk);
    part.idle_walks = 0;
    let mut lost_positions = 0;
    loop {
        announce_walk(walker, &part);
        let walked_already = part.begun && part.position.is_none();
        if !walked_already {
            match walker.walk(checkpoint, part.clone()).await {
                Ok(walked) => part = walked,
                Err(Error::Remote(error))
                    if lost_positions < 2 && has_lost_position(&error, walker, stream) =>
                {
                    lost_positions += 1;
                    part = taken_up_again(walker, checkpoint, part, mode).await?;
                    continue;
                }
                Err(Error::Remote(RemoteError::Rejected { .. })) if part.mode == Walk::ById => {
                    // It says that it sorts, and refuses to.
                    mode = Walk::Natural;
                    part = taken_up_again(walker, checkpoint, part, mode).await?;
                    continue;
                }
                Err(error) => return Err(error),
            }
        }
        reporter(walker).phase(Phase::Proving, part.seen, part.walk_census.total);
        let census = unless_cancelled(&walker.cancel, walker.remote.census(stream)).await?;
        let in_all = count_staged(walker, stream).await?;
        let verdict = judge(&Facts {
            whole: begun_before != Some(part.walk),
            ..facts(&part, walks_before, &census, in_all)
        });
        tracing::debug!(
            stream = stream.as_str(),
            walk = part.walk,
            seen = part.seen,
            in_all,
            ?verdict,
            "walked"
        );
        if verdict == Verdict::WalkAgain {
            part.walk_again(mode, census, true);
            keep(walker, checkpoint, &part).await?;
            continue;
        }
        let proof = conclude(walker, &part, &census, verdict).await?;
        part.proof = Some(proof.clone());
        part.last_census = Some(census);
        keep(walker, checkpoint, &part).await?;
        return Ok(proof);
    }
}

fn announce_walk(walker: &Walker, part: &StreamCheckpoint) {
    let phase = match (part.walk, part.stream) {
        (1, Stream::Users) => Phase::ReadingUsers,
        (1, Stream::Groups) => Phase::ReadingGroups,
        _ => Phase::Proving,
    };
    reporter(walker).phase(phase, part.seen, part.walk_census.total);
}

/// A cursor that the service does not know any more (RFC 9865: `expiredCursor`, `invalidCursor`), or a position that
/// it refuses: the walk is begun anew. A refusal of the first page is a real one.
fn has_lost_position(error: &RemoteError, walker: &Walker, stream: Stream) -> bool {
    matches!(error, RemoteError::Rejected { status: 400 | 410, .. })
        && walker.staging.checkpoint().ok().flatten().is_some_and(|text| {
            serde_json::from_str::<Checkpoint>(&text)
                .ok()
                .and_then(|checkpoint| checkpoint.find(stream).map(|part| part.position.is_some()))
                .unwrap_or(false)
        })
}

async fn taken_up_again(
    walker: &Walker,
    checkpoint: &mut Checkpoint,
    mut part: StreamCheckpoint,
    mode: Walk,
) -> Result<StreamCheckpoint, Error> {
    let staging = Arc::clone(&walker.staging);
    let text = blocking(move || staging.checkpoint()).await?;
    if let Some(stored) = text.and_then(|text| serde_json::from_str::<Checkpoint>(&text).ok())
        && let Some(newest) = stored.find(part.stream)
    {
        part = newest.clone();
    }
    let census = unless_cancelled(&walker.cancel, walker.remote.census(part.stream)).await?;
    part.walk_again(mode, census, false);
    keep(walker, checkpoint, &part).await?;
    Ok(part)
}

const fn facts<'a>(
    part: &'a StreamCheckpoint,
    walks_before: u32,
    after: &'a Census,
    in_all: u64,
) -> Facts<'a> {
    Facts {
        first: &part.first_census,
        before: &part.walk_census,
        after,
        walk: part.walk - walks_before,
        whole: true,
        seen: part.seen,
        not_in_previous: part.not_in_previous,
        previous_seen: part.previous_seen,
        in_all,
        idle_walks: if part.fresh == 0 { part.idle_walks + 1 } else { 0 },
    }
}

/// Settles what the walks left open and writes the proof.
async fn conclude(
    walker: &Walker,
    part: &StreamCheckpoint,
    census: &Census,
    verdict: Verdict,
) -> Result<Proof, Error> {
    let mut proof = Proof {
        stream: part.stream,
        complete: true,
        removals_confirmed: false,
        unique_ids: 0,
        total: census.total,
        walks: part.walk,
        repeated: part.repeated_in_all + part.repeated,
        confirmed_singly: 0,
        quiet: quiet(&part.walk_census, census),
    };
    match verdict {
        Verdict::CompleteInAllWalks => {}
        Verdict::CompleteInThisWalk => {
            if part.walk > 1 {
                drop_earlier_walks(walker, part.stream, part.walk)?;
            }
        }
        Verdict::Incomplete | Verdict::WalkAgain => {
            let settled = ask_singly(walker, part.stream, part.walk).await?;
            proof.removals_confirmed = settled.absences_confirmed;
            proof.confirmed_singly = settled.asked;
            let staged = count_staged(walker, part.stream).await?;
            proof.total = unless_cancelled(&walker.cancel, walker.remote.census(part.stream)).await?.total;
            // As many as the service says it has, each in the last walk or confirmed by name.
            proof.complete = settled.presences_confirmed && proof.total == Some(staged);
        }
    }
    proof.unique_ids = count_staged(walker, part.stream).await?;
    Ok(proof)
}

async fn keep(
    walker: &Walker,
    checkpoint: &mut Checkpoint,
    part: &StreamCheckpoint,
) -> Result<(), StoreError> {
    checkpoint.put(part.clone());
    let (staging, checkpoint) = (Arc::clone(&walker.staging), checkpoint.clone());
    blocking(move || staging.stage(|tx, sql| write_checkpoint(tx, sql, &checkpoint))).await
}

async fn count_staged(walker: &Walker, stream: Stream) -> Result<u64, StoreError> {
    let staging = Arc::clone(&walker.staging);
    blocking(move || {
        staging.stage(|tx, sql| {
            let statement = match stream {
                Stream::Users => "SELECT count(*) FROM staging.users",
                Stream::Groups => "SELECT count(*) FROM staging.groups",
            };
            tx.query_row(&sql.of(statement), [], |row| row.get(0)).context("counting")
        })
    })
    .await
}

/// When the guard asks.
#[derive(Clone, Copy)]
struct Review {
    percent: u32,
    baseline: bool,
}

fn plan_and_apply(
    staging: &Staging,
    target: Target,
    proofs: Vec<Proof>,
    review: Review,
    reporter: &Mutex<Reporter>,
    cancel: &CancellationToken,
) -> Result<Ended, StoreError> {
    let tell = |phase, done, total| {
        let mut reporter = reporter.lock().unwrap_or_else(PoisonError::into_inner);
        if done == 0 { reporter.phase(phase, done, total) } else { reporter.at(done, total) }
    };
    tell(Phase::Planning, 0, None);
    let plan = staging.stage(|tx, sql| super::plan::plan(tx, sql, target.account, &proofs))?;
    if !review.baseline && plan.needs_review(review.percent) {
        staging.apply(|tx, sql| {
            let absent = users::list_absent(tx, sql, target.account, Some(200))?;
            let names: Vec<_> = absent.into_iter().map(|(_, id, name)| (id, name)).collect();
            runs::set_removals(tx, target.run, &names)
        })?;
        return Ok(Ended::AwaitingReview { counts: plan.counts, proofs });
    }
    let expected = plan.rows_to_write();
    tell(Phase::Applying, 0, Some(expected));
    let counts = apply(staging, target, &proofs, &mut |done| {
        if cancel.is_cancelled() {
            return Err(StoreError::Stopped);
        }
        tell(Phase::Applying, done.max(1), Some(expected));
        Ok(())
    })?;
    Ok(Ended::Applied { counts, proofs })
}

/// The one transaction into mirror, history, search index, ages and issues.
fn apply(
    staging: &Staging,
    target: Target,
    proofs: &[Proof],
    tick: &mut dyn FnMut(u64) -> Result<(), StoreError>,
) -> Result<Counts, StoreError> {
    staging.apply(|tx, sql| {
        let mut counts = Counts::default();
        for proof in proofs {
            let remove = proof.complete || proof.removals_confirmed;
            match proof.stream {
                Stream::Users => {
                    let applied = users::apply(tx, sql, target, remove, tick)?;
                    counts.users = proof.unique_ids;
                    counts.users_added = applied.added;
                    counts.users_changed = applied.changed;
                    counts.users_removed = applied.removed;
                }
                Stream::Groups => {
                    let applied = groups::apply(tx, sql, target, remove, tick)?;
                    counts.groups = proof.unique_ids;
                    counts.groups_added = applied.groups.added;
                    counts.groups_changed = applied.groups.changed;
                    counts.groups_removed = applied.groups.removed;
                    counts.memberships_added = applied.members_added;
                    counts.memberships_removed = applied.members_removed;
                }
            }
            streams::upsert(tx, target.account, target.run, target.at, proof)?;
        }
        issues::apply(tx, sql, target.run)?;
        let outcome = runs::Outcome {
            state: crate::model::RunState::Succeeded,
            finished_at: crate::clock::now(),
            counts,
            proofs,
            error: None,
        };
        runs::finish(tx, target.run, &outcome)?;
        Ok(counts)
    })
}
