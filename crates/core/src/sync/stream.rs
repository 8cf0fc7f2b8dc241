//! Reading one list: walks until it is proved complete, or known not to be provable.

use std::sync::Arc;

use super::checkpoint::{Checkpoint, StreamCheckpoint};
use super::proof::{Facts, Verdict, judge, quiet};
use super::run::{reporter, unless_cancelled};
use super::settle::{ask_about_absent, ask_about_doubtful, drop_earlier_walks};
use super::walk::{Walker, write_checkpoint};
use crate::Error;
use crate::model::{Phase, Proof, ShownBy, Stream, Timestamp};
use crate::remote::{Census, RemoteError, Walk};
use crate::store::{StoreError, staged};

/// Walks one list until it is proved complete, or known not to be provable.
pub(super) async fn read_stream(
    walker: &Walker,
    checkpoint: &mut Checkpoint,
    stream: Stream,
    sorts: bool,
) -> Result<Proof, Error> {
    let comes_whole = walker.remote.comes_whole(stream);
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
        if part.last_census.as_ref().is_some_and(|last| {
            let settled = still(last, &census) || (comes_whole && *last == census);
            quiet(last, &census) || (settled && part.is_fresh(checkpoint.run_at))
        }) {
            return Ok(proof);
        }
        part.walk_again(mode, census, true);
    }
    let dated = comes_whole || part.walk_census.members.is_some();
    if part.begun && dated && !part.is_fresh(checkpoint.run_at) {
        let census = unless_cancelled(&walker.cancel, walker.remote.census(stream)).await?;
        part.walk_again(mode, census, false);
    }
    // How often a list is walked is limited for each run: walks of interrupted runs before it do not count.
    let walks_before = part.walk - 1;
    let begun_before = part.begun.then_some(part.walk);
    part.idle_walks = 0;
    let mut lost_positions = 0;
    loop {
        announce_walk(walker, &part);
        part.read_since.get_or_insert(checkpoint.run_at);
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
        let mut census = unless_cancelled(&walker.cancel, walker.remote.census(stream)).await?;
        census.hidden |= part.hidden;
        let in_all = count_staged(walker, stream).await?;
        let in_parts = part.mode == Walk::InParts;
        let verdict = judge(&Facts {
            whole: begun_before != Some(part.walk),
            can_part: walker.remote.can_part(stream),
            parts_find_all: in_parts && !has_odd_ids(walker, stream).await?,
            comes_whole,
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
        if verdict == Verdict::WalkInParts {
            part.walk_again(Walk::InParts, census, true);
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
    let phase = match part.stream {
        _ if part.walk > 1 => Phase::Proving,
        Stream::Users => Phase::ReadingUsers,
        Stream::Groups => Phase::ReadingGroups,
        Stream::Roles | Stream::RoleAssignments => Phase::ReadingRoles,
        Stream::Memberships => Phase::ReadingMemberships,
        Stream::Invitations | Stream::Applications | Stream::ApiUsers | Stream::OffDutyPeriods => {
            Phase::ReadingOthers
        }
        Stream::Resources | Stream::Grants | Stream::ResourceGrants | Stream::Recipients => {
            Phase::ReadingRights
        }
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
    let text = walker.thread.run(move || staging.checkpoint()).await?;
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
        steady: part.steady,
        can_part: false,
        in_parts: matches!(part.mode, Walk::InParts),
        parts_find_all: true,
        comes_whole: false,
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
        confirmed_in_batches: 0,
        shown_by: match part.mode {
            _ if walker.remote.comes_whole(part.stream) => ShownBy::WholeAnswers,
            Walk::InParts => ShownBy::Partition,
            Walk::Natural | Walk::ById => ShownBy::Walk,
        },
        read_since: part.read_since.map(Timestamp::as_millis),
        quiet: quiet(&part.walk_census, census) || still(&part.walk_census, census),
    };
    match verdict {
        Verdict::CompleteInAllWalks => {}
        Verdict::CompleteInThisWalk => {
            if part.walk > 1 {
                drop_earlier_walks(walker, part.stream, part.walk)?;
            }
        }
        // Who is not shown may be there: the service's word for "no such record" is then its word for "not for you" too.
        Verdict::Incomplete if census.hidden => proof.complete = false,
        Verdict::Incomplete | Verdict::WalkAgain | Verdict::WalkInParts => {
            let settled = ask_about_doubtful(walker, part.stream, part.walk).await?;
            proof.removals_confirmed = settled.absences_confirmed;
            proof.confirmed_singly = settled.asked_singly;
            proof.confirmed_in_batches = settled.asked_in_batches;
            let staged = count_staged(walker, part.stream).await?;
            proof.total = unless_cancelled(&walker.cancel, walker.remote.census(part.stream)).await?.total;
            // As many as the service says it has, each in the last walk or confirmed by name.
            proof.complete = settled.presences_confirmed && proof.total == Some(staged);
        }
    }
    if proof.complete && walker.remote.batch_size(part.stream) > 1 {
        // Cheap, and nobody disappears because of a list alone.
        let settled = ask_about_absent(walker, part.stream, part.walk).await?;
        proof.removals_confirmed = settled.absences_confirmed;
        proof.confirmed_in_batches += settled.asked_in_batches;
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
    walker.thread.run(move || staging.stage(|tx, sql| write_checkpoint(tx, sql, &checkpoint))).await
}

async fn count_staged(walker: &Walker, stream: Stream) -> Result<u64, StoreError> {
    let staging = Arc::clone(&walker.staging);
    walker.thread.run(move || staging.stage(|tx, sql| staged::count(tx, sql, stream))).await
}

async fn has_odd_ids(walker: &Walker, stream: Stream) -> Result<bool, StoreError> {
    let (staging, account) = (Arc::clone(&walker.staging), walker.account);
    walker.thread.run(move || staging.stage(|tx, sql| staged::has_odd_ids(tx, sql, account, stream))).await
}

/// Nobody came and nobody went, as far as the service tells.
fn still(before: &Census, after: &Census) -> bool {
    before.members.is_some() && before == after
}
