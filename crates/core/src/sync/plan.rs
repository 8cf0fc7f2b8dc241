//! The plan: what applying the staging would do, as data, before anything is done.

use rusqlite::Connection;

use super::guard;
use crate::model::{AccountId, Counts, Proof, Stream};
use crate::store::staging::StagingSql;
use crate::store::{Context, StoreError, groups, staged_users};

/// What applying would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In numbers; "changed" counts records that differ in any byte, so it is the most that can change.
    pub counts: Counts,
    /// Users in the mirror.
    pub mirrored_users: u64,
    /// Groups in the mirror.
    pub mirrored_groups: u64,
}

impl Plan {
    /// Whether a person must agree first.
    pub const fn needs_review(&self, percent: u32) -> bool {
        guard::asks(self.mirrored_users, self.counts.users_removed, percent)
            || guard::asks(self.mirrored_groups, self.counts.groups_removed, percent)
    }

    /// Rows that applying looks at one by one.
    pub const fn rows_to_write(&self) -> u64 {
        let Counts { users_added, users_changed, groups_added, groups_changed, .. } = self.counts;
        users_added + users_changed + groups_added + groups_changed
    }
}

/// Computes the plan of what is staged for `account`.
///
/// # Errors
/// Those of the database.
pub fn plan(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    proofs: &[Proof],
) -> Result<Plan, StoreError> {
    let mut plan = Plan::default();
    for proof in proofs {
        let tally = tally(conn, sql, account, proof)?;
        match proof.stream {
            Stream::Users => {
                plan.mirrored_users = tally.mirrored;
                plan.counts.users = tally.staged;
                plan.counts.users_added = tally.added;
                plan.counts.users_changed = tally.changed;
                plan.counts.users_removed = tally.removed;
            }
            Stream::Groups => {
                plan.mirrored_groups = tally.mirrored;
                plan.counts.groups = tally.staged;
                plan.counts.groups_added = tally.added;
                plan.counts.groups_changed = tally.changed;
                plan.counts.groups_removed = tally.removed;
            }
        }
    }
    Ok(plan)
}

struct Tally {
    mirrored: u64,
    staged: u64,
    added: u64,
    changed: u64,
    removed: u64,
}

fn tally(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    proof: &Proof,
) -> Result<Tally, StoreError> {
    let mirrored = count_mirrored(conn, account, proof.stream)?;
    let (staged, kept, with_content) = match proof.stream {
        Stream::Users => {
            let counts = staged_users::count(conn, sql)?;
            (counts.staged, counts.mirrored, counts.with_content)
        }
        Stream::Groups => {
            let (staged, with_content) = groups::count_staged(conn, sql)?;
            (staged, groups::count_kept(conn, sql, account)?, with_content)
        }
    };
    let added = staged - kept;
    let may_remove = proof.complete || proof.removals_confirmed;
    Ok(Tally {
        mirrored,
        staged,
        added,
        changed: with_content.saturating_sub(added),
        removed: if may_remove { mirrored.saturating_sub(kept) } else { 0 },
    })
}

fn count_mirrored(conn: &Connection, account: AccountId, stream: Stream) -> Result<u64, StoreError> {
    let statement = match stream {
        Stream::Users => "SELECT count(*) FROM main.users WHERE account_id = ?1",
        Stream::Groups => "SELECT count(*) FROM main.groups WHERE account_id = ?1",
    };
    conn.query_row(statement, [account.0], |row| row.get(0)).context("planning")
}
