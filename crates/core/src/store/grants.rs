//! Table `grants`: who was given which right, on a resource or in the whole account.

use rusqlite::{OptionalExtension, Transaction};

use super::StoreError;
use super::error::Context;
use super::records::{self, Tick, entry, name_of, note, title_of};
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{AccountId, Action, Grant, GrantHolder, HistoryEntry, RemoteId, Stream, Subject, Tally};

/// What is staged of `grant`: by what the service knows it; nothing when the mirror has the very same.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    grant: &Grant,
) -> Result<Option<String>, StoreError> {
    let known = find(tx, account, grant)?;
    let same = known.is_some_and(|remote_id| remote_id == grant.remote_id);
    Ok((!same).then(|| grant.remote_id.as_ref().map_or("", RemoteId::as_str).to_owned()))
}

/// By what the service knows the grant, as last confirmed; `None` when the mirror has no such grant.
fn find(
    tx: &Transaction<'_>,
    account: AccountId,
    grant: &Grant,
) -> Result<Option<Option<RemoteId>>, StoreError> {
    tx.prepare_cached(
        "SELECT remote_id FROM main.grants
         WHERE account_id = ?1 AND resource_id = ?2 AND permission = ?3 AND holder_kind = ?4 AND holder_id = ?5",
    )
    .and_then(|mut statement| {
        statement
            .query_row(place(account, grant), |row| {
                Ok(row.get::<_, Option<String>>(0)?.map(RemoteId::new))
            })
            .optional()
    })
    .context("comparing a grant")
}

fn place(account: AccountId, grant: &Grant) -> (u32, &str, &str, &str, &str) {
    let resource = grant.resource.as_ref().map_or("", RemoteId::as_str);
    (account.0, resource, &grant.permission, grant.holder_kind.as_str(), grant.holder.as_str())
}

/// Takes the staged grants of `stream` over into mirror and history, in the caller's transaction.
///
/// # Errors
/// Those of the database and of `tick`.
pub fn apply(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    stream: Stream,
    remove: bool,
    tick: &mut Tick<'_>,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    records::each_content(tx, sql, stream, tick, |key, content| {
        let Some(grant) = Grant::parse(&RemoteId::new(key)) else { return Ok(()) };
        let known = find(tx, target.account, &grant)?.is_some();
        let (account, resource, permission, kind, holder) = place(target.account, &grant);
        let remote_id = (!content.is_empty()).then_some(content);
        tx.prepare_cached(
            "INSERT OR REPLACE INTO main.grants (account_id, resource_id, permission, holder_kind, holder_id, remote_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .and_then(|mut statement| {
            statement.execute((account, resource, permission, kind, holder, remote_id))
        })
        .context("applying a grant")?;
        if known {
            // Only what the service knows it by is new.
            return Ok(());
        }
        tally.added += 1;
        note_grant(tx, target, &grant, Action::Added)
    })?;
    if remove {
        records::each_absent(tx, sql, target, stream, |key| self::remove(tx, target, key, &mut tally))?;
    }
    Ok(tally)
}

/// Removes one grant that the service says it has not; nothing where the mirror has no such grant.
///
/// # Errors
/// Those of the database.
pub fn remove(
    tx: &Transaction<'_>,
    target: Target,
    key: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let Some(grant) = Grant::parse(key) else { return Ok(()) };
    let removed = tx
        .prepare_cached(
            "DELETE FROM main.grants
             WHERE account_id = ?1 AND resource_id = ?2 AND permission = ?3 AND holder_kind = ?4 AND holder_id = ?5",
        )
        .and_then(|mut statement| statement.execute(place(target.account, &grant)))
        .context("removing a grant")?;
    if removed == 0 {
        return Ok(());
    }
    tally.removed += 1;
    note_grant(tx, target, &grant, Action::Removed)
}

/// Removes all that a user or group who is gone held.
pub(super) fn remove_all_of(
    tx: &Transaction<'_>,
    target: Target,
    kind: GrantHolder,
    holder: &RemoteId,
) -> Result<(), StoreError> {
    const REMOVING: &str = "removing the grants of one who is gone";
    let grants: Vec<Grant> = {
        let mut statement = tx
            .prepare_cached(
                "SELECT resource_id, permission FROM main.grants
                 WHERE account_id = ?1 AND holder_id = ?2 AND holder_kind = ?3",
            )
            .context(REMOVING)?;
        let rows = statement
            .query_map((target.account.0, holder.as_str(), kind.as_str()), |row| {
                let resource: String = row.get("resource_id")?;
                let resource = (!resource.is_empty()).then(|| RemoteId::new(resource));
                Ok(Grant::new(resource, row.get::<_, String>("permission")?, (kind, holder.clone()), None))
            })
            .context(REMOVING)?;
        rows.collect::<rusqlite::Result<_>>().context(REMOVING)?
    };
    grants.iter().try_for_each(|grant| remove(tx, target, &grant.key, &mut Tally::default()))
}

/// One line of history: the right, who holds it, and on what where it is not the whole account.
fn note_grant(tx: &Transaction<'_>, target: Target, grant: &Grant, action: Action) -> Result<(), StoreError> {
    if target.baseline {
        return Ok(());
    }
    let name = match &grant.resource {
        Some(resource) => {
            format!("{} ({})", grant.permission, title_of(tx, target.account, "resources", resource)?)
        }
        None => grant.permission.clone(),
    };
    let holder = match grant.holder_kind {
        GrantHolder::User => name_of(tx, target.account, &grant.holder)?,
        GrantHolder::Group => title_of(tx, target.account, "groups", &grant.holder)?,
    };
    let line = HistoryEntry {
        member: Some(grant.holder.clone()),
        member_name: Some(holder),
        ..entry(target, Subject::Grant, &grant.key, &name, action)
    };
    note(tx, target, &line)
}
