//! The end of a run: the plan, the guard, and the one transaction that makes the mirror new.

use std::sync::{Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use super::progress::Reporter;
use super::run::Ended;
use crate::model::{Counts, Phase, Proof, Stream, Timestamp};
use crate::store::users::Target;
use crate::store::{
    Staging, StoreError, api_users, applications, details, grants, groups, imported_api_users, invitations,
    issues, members, off_duty, recipients, resources, role_assignments, roles, runs, staged_users, streams,
    users,
};

/// When the guard asks.
#[derive(Clone, Copy)]
pub(super) struct Review {
    /// Share of a list, in percent, above which removals ask.
    pub percent: u32,
    /// Nothing to lose yet.
    pub baseline: bool,
}

/// Computes the plan of what is staged, asks the guard, and applies it.
///
/// # Errors
/// Those of the store; [`StoreError::Stopped`] when cancelled, with everything rolled back.
pub(super) fn plan_and_apply(
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
    let plan =
        staging.stage(|tx, sql| super::plan::plan(tx, sql, target.account, &proofs, review.percent))?;
    if !review.baseline && plan.removes_much {
        staging.apply(|tx, sql| {
            let absent = staged_users::list_absent(tx, sql, target.account, Some(200))?;
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
pub(super) fn apply(
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
                    counts.memberships_added += applied.members_added;
                    counts.memberships_removed += applied.members_removed;
                }
                Stream::Roles => counts.roles = roles::apply(tx, sql, target, remove, tick)?,
                Stream::RoleAssignments => {
                    counts.role_assignments = role_assignments::apply(tx, sql, target, remove, tick)?;
                }
                Stream::Memberships => {
                    counts.members = members::apply(tx, sql, target, remove, tick)?;
                    counts.memberships_added += counts.members.added;
                    counts.memberships_removed += counts.members.removed;
                }
                Stream::Invitations => {
                    counts.invitations = invitations::apply(tx, sql, target, remove, tick)?
                }
                Stream::Applications => {
                    counts.applications = applications::apply(tx, sql, target, remove, tick)?;
                }
                Stream::ApiUsers => {
                    counts.api_users = api_users::apply(tx, sql, target, remove, tick)?;
                    counts.api_users_replaced = imported_api_users::give_way(tx, target.account, remove)?;
                }
                Stream::OffDutyPeriods => {
                    counts.off_duty_periods = off_duty::apply(tx, sql, target, remove, tick)?;
                }
                Stream::Resources => counts.resources = resources::apply(tx, sql, target, remove, tick)?,
                Stream::Grants => {
                    counts.grants = grants::apply(tx, sql, target, proof.stream, remove, tick)?;
                }
                Stream::ResourceGrants => {
                    counts.resource_grants = grants::apply(tx, sql, target, proof.stream, remove, tick)?;
                }
                Stream::Recipients => {
                    counts.recipients = recipients::apply(tx, sql, target, remove, tick)?;
                }
            }
            set_listed(&mut counts, proof);
            // As old as the oldest of it.
            let read_at = proof.read_since.map_or(target.at, Timestamp::from_millis).min(target.at);
            streams::upsert(tx, target.account, target.run, read_at, proof)?;
        }
        details::drop_orphans(tx, target)?;
        imported_api_users::settle(tx, target.account)?;
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

/// How many the service listed.
const fn set_listed(counts: &mut Counts, proof: &Proof) {
    let listed = match proof.stream {
        Stream::Users | Stream::Groups => return,
        Stream::Roles => &mut counts.roles,
        Stream::RoleAssignments => &mut counts.role_assignments,
        Stream::Memberships => &mut counts.members,
        Stream::Invitations => &mut counts.invitations,
        Stream::Applications => &mut counts.applications,
        Stream::ApiUsers => &mut counts.api_users,
        Stream::OffDutyPeriods => &mut counts.off_duty_periods,
        Stream::Resources => &mut counts.resources,
        Stream::Grants => &mut counts.grants,
        Stream::ResourceGrants => &mut counts.resource_grants,
        Stream::Recipients => &mut counts.recipients,
    };
    listed.listed = proof.unique_ids;
}
