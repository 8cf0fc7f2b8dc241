//! The plan: what applying the staging would do, as data, before anything is done.

use rusqlite::Connection;

use super::guard;
use crate::model::{AccountId, Counts, Proof, Stream, Tally};
use crate::store::staged::Comparison;
use crate::store::staging::StagingSql;
use crate::store::{StoreError, staged};

/// What applying would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In numbers; "changed" counts records that differ in any byte, so it is the most that can change.
    pub counts: Counts,
    /// Most of a list would be gone.
    pub removes_much: bool,
}

impl Plan {
    /// Rows that applying looks at one by one.
    pub const fn rows_to_write(&self) -> u64 {
        let Counts { users_added, users_changed, groups_added, groups_changed, .. } = self.counts;
        let Counts { members, roles, role_assignments, invitations, applications, .. } = self.counts;
        let Counts { api_users, off_duty_periods, resources, grants, resource_grants, recipients, .. } =
            self.counts;
        let lists = [
            members,
            roles,
            role_assignments,
            invitations,
            applications,
            api_users,
            off_duty_periods,
            resources,
            grants,
            resource_grants,
            recipients,
        ];
        let mut rows = users_added + users_changed + groups_added + groups_changed;
        let mut rest: &[Tally] = &lists;
        while let [tally, others @ ..] = rest {
            rows += tally.added + tally.changed;
            rest = others;
        }
        rows
    }
}

/// Computes the plan of what is staged for `account`; `percent` is the share of a list above which removals ask.
///
/// # Errors
/// Those of the database.
pub fn plan(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    proofs: &[Proof],
    percent: u32,
) -> Result<Plan, StoreError> {
    let mut plan = Plan::default();
    for proof in proofs {
        let (tally, mirrored) = tally(conn, sql, account, proof)?;
        plan.removes_much |= guard::asks(mirrored, tally.removed, percent);
        match proof.stream {
            Stream::Users => {
                plan.counts.users = tally.listed;
                plan.counts.users_added = tally.added;
                plan.counts.users_changed = tally.changed;
                plan.counts.users_removed = tally.removed;
            }
            Stream::Groups => {
                plan.counts.groups = tally.listed;
                plan.counts.groups_added = tally.added;
                plan.counts.groups_changed = tally.changed;
                plan.counts.groups_removed = tally.removed;
            }
            Stream::Roles => plan.counts.roles = tally,
            Stream::RoleAssignments => plan.counts.role_assignments = tally,
            Stream::Memberships => plan.counts.members = tally,
            Stream::Invitations => plan.counts.invitations = tally,
            Stream::Applications => plan.counts.applications = tally,
            Stream::ApiUsers => plan.counts.api_users = tally,
            Stream::OffDutyPeriods => plan.counts.off_duty_periods = tally,
            Stream::Resources => plan.counts.resources = tally,
            Stream::Grants => plan.counts.grants = tally,
            Stream::ResourceGrants => plan.counts.resource_grants = tally,
            Stream::Recipients => plan.counts.recipients = tally,
        }
    }
    Ok(plan)
}

/// What applying one list would do, and how many rows the mirror has of it.
fn tally(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    proof: &Proof,
) -> Result<(Tally, u64), StoreError> {
    let Comparison { mirrored, staged, kept, with_content } =
        staged::compare(conn, sql, account, proof.stream)?;
    let added = staged.saturating_sub(kept);
    let may_remove = proof.complete || proof.removals_confirmed;
    let tally = Tally {
        listed: staged,
        added,
        changed: with_content.saturating_sub(added),
        removed: if may_remove { mirrored - kept } else { 0 },
    };
    Ok((tally, mirrored))
}
