//! What a service has just confirmed about single records, on its way to the mirror. It goes through the very code that
//! takes a whole listing over: records land in a staging of their own, in memory and empty again at the end, and are applied
//! as a listing that is not complete, so that nobody else disappears. What is gone by its id is removed one by one.

use rusqlite::{Connection, Transaction};

use super::error::Context;
use super::staging::StagingSql;
use super::tokens::{self, Owner};
use super::users::Target;
use super::{
    Store, StoreError, api_users, applications, blocking, details, grants, groups, in_transaction,
    invitations, lock, members, off_duty, recipients, records, resources, role_assignments, roles, staged,
    staging_file, users,
};
use crate::model::{Counts, Record, RemoteId, Stream, Token, TokenKind, UserDetails};

/// The database in memory beside the mirror.
const SCHEMA: &str = "confirmed";

/// What a service has of everything that one edit touched.
#[derive(Debug, Default)]
pub struct Confirmed {
    /// Records that are there.
    pub records: Vec<Record>,
    /// Records that are not, by id or edge key.
    pub gone: Vec<(Stream, RemoteId)>,
    /// What is known in depth of one user.
    pub details: Option<(RemoteId, UserDetails)>,
    /// All tokens of one user.
    pub tokens: Option<(RemoteId, Vec<Token>)>,
}

impl Store {
    /// Takes over what a service confirmed, in one transaction with `also`. Returns what that did to the mirror.
    ///
    /// # Errors
    /// Those of the database and of `also`; nothing is written then.
    pub async fn confirm(
        &self,
        target: Target,
        confirmed: Confirmed,
        also: impl FnOnce(&Transaction<'_>, &Counts) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<Counts, StoreError> {
        let inner = std::sync::Arc::clone(&self.inner);
        blocking(move || {
            let mut conn = lock(&inner.writer);
            attach(&conn)?;
            let result = in_transaction(&mut conn, |tx| {
                let counts = take_over(tx, target, &confirmed)?;
                also(tx, &counts)?;
                Ok(counts)
            });
            inner.noting_damage(result)
        })
        .await
    }
}

/// Once for each writer; left attached, and empty between two transactions.
fn attach(conn: &Connection) -> Result<(), StoreError> {
    const OPENING: &str = "preparing to take over what was confirmed";
    let attached: bool = conn
        .query_row("SELECT count(*) FROM pragma_database_list WHERE name = ?1", [SCHEMA], |row| row.get(0))
        .context(OPENING)?;
    if attached {
        return Ok(());
    }
    // Without a key: it never leaves the memory.
    conn.execute_batch(&format!("ATTACH DATABASE ':memory:' AS {SCHEMA} KEY ''")).context(OPENING)?;
    conn.execute_batch(&staging_file::schema_for(&StagingSql::named(SCHEMA))).context(OPENING)
}

fn take_over(tx: &Transaction<'_>, target: Target, confirmed: &Confirmed) -> Result<Counts, StoreError> {
    let sql = StagingSql::named(SCHEMA);
    let mut counts = Counts::default();
    for record in &confirmed.records {
        staged::stage(tx, &sql, target.account, 1, record)?;
    }
    for stream in Stream::ALL {
        if confirmed.records.iter().any(|record| record.stream() == stream) {
            apply(tx, &sql, target, stream, &mut counts)?;
        }
    }
    empty(tx, &sql)?;
    for (stream, id) in &confirmed.gone {
        remove(tx, target, *stream, id, &mut counts)?;
    }
    if let Some((user, read)) = &confirmed.details
        && let Some(due) = details::find_due(tx, target.account, user)?
    {
        details::keep(tx, target, &due, read)?;
    }
    if let Some((user, listed)) = &confirmed.tokens {
        let name = records::name_of(tx, target.account, user)?;
        let owner = Owner { id: user, name: &name, kind: TokenKind::PersonalAccessToken };
        tokens::replace(tx, target, owner, listed)?;
    }
    tx.execute("UPDATE main.accounts SET confirmed = confirmed + 1 WHERE id = ?1", [target.account.0])
        .context("noting that the mirror is new")?;
    Ok(counts)
}

fn apply(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    stream: Stream,
    counts: &mut Counts,
) -> Result<(), StoreError> {
    let mut tick = |_| Ok(());
    match stream {
        Stream::Users => {
            let applied = users::apply(tx, sql, target, false, &mut tick)?;
            counts.users_added += applied.added;
            counts.users_changed += applied.changed;
        }
        Stream::Groups => {
            let applied = groups::apply(tx, sql, target, false, &mut tick)?;
            add_groups(counts, &applied);
        }
        Stream::Roles => counts.roles.add(roles::apply(tx, sql, target, false, &mut tick)?),
        Stream::RoleAssignments => {
            counts.role_assignments.add(role_assignments::apply(tx, sql, target, false, &mut tick)?);
        }
        Stream::Memberships => {
            let tally = members::apply(tx, sql, target, false, &mut tick)?;
            counts.memberships_added += tally.added;
            counts.members.add(tally);
        }
        Stream::Invitations => counts.invitations.add(invitations::apply(tx, sql, target, false, &mut tick)?),
        Stream::Applications => {
            counts.applications.add(applications::apply(tx, sql, target, false, &mut tick)?)
        }
        Stream::ApiUsers => counts.api_users.add(api_users::apply(tx, sql, target, false, &mut tick)?),
        Stream::OffDutyPeriods => {
            counts.off_duty_periods.add(off_duty::apply(tx, sql, target, false, &mut tick)?);
        }
        Stream::Resources => counts.resources.add(resources::apply(tx, sql, target, false, &mut tick)?),
        Stream::Grants => counts.grants.add(grants::apply(tx, sql, target, stream, false, &mut tick)?),
        Stream::ResourceGrants => {
            counts.resource_grants.add(grants::apply(tx, sql, target, stream, false, &mut tick)?);
        }
        Stream::Recipients => counts.recipients.add(recipients::apply(tx, sql, target, false, &mut tick)?),
    }
    Ok(())
}

fn remove(
    tx: &Transaction<'_>,
    target: Target,
    stream: Stream,
    id: &RemoteId,
    counts: &mut Counts,
) -> Result<(), StoreError> {
    match stream {
        Stream::Users => counts.users_removed += users::remove(tx, target, id)?,
        Stream::Groups => add_groups(counts, &groups::remove(tx, target, id)?),
        Stream::Roles => roles::remove(tx, target, id, &mut counts.roles)?,
        Stream::RoleAssignments => {
            role_assignments::remove(tx, target, id, &mut counts.role_assignments)?;
        }
        Stream::Memberships => {
            let before = counts.members.removed;
            members::remove(tx, target, id, &mut counts.members)?;
            counts.memberships_removed += counts.members.removed - before;
        }
        Stream::Invitations => invitations::remove(tx, target, id, &mut counts.invitations)?,
        Stream::Applications => applications::remove_one(tx, target, id, &mut counts.applications)?,
        Stream::ApiUsers => api_users::remove(tx, target, id, &mut counts.api_users)?,
        Stream::OffDutyPeriods => off_duty::remove(tx, target, id, &mut counts.off_duty_periods)?,
        Stream::Resources => resources::remove(tx, target, id, &mut counts.resources)?,
        Stream::Grants => grants::remove(tx, target, id, &mut counts.grants)?,
        Stream::ResourceGrants => grants::remove(tx, target, id, &mut counts.resource_grants)?,
        Stream::Recipients => recipients::remove(tx, target, id, &mut counts.recipients)?,
    }
    Ok(())
}

const fn add_groups(counts: &mut Counts, applied: &groups::AppliedGroups) {
    counts.groups_added += applied.groups.added;
    counts.groups_changed += applied.groups.changed;
    counts.groups_removed += applied.groups.removed;
    counts.memberships_added += applied.members_added;
    counts.memberships_removed += applied.members_removed;
}

/// Nothing of it is kept between two transactions.
fn empty(tx: &Transaction<'_>, sql: &StagingSql) -> Result<(), StoreError> {
    for table in ["users_seen", "users", "groups", "memberships", "records", "issues"] {
        let statement = sql.of(&format!("DELETE FROM staging.{table}"));
        tx.prepare_cached(&statement).and_then(|mut statement| statement.execute([])).context("emptying")?;
    }
    Ok(())
}
