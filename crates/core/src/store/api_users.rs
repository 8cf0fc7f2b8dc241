//! Credentials for programs in table `tokens`, for services that list them with ids of their own and tell of their use.

use rusqlite::{OptionalExtension, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::records::{self, Tick, entry, name_of, note};
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{
    AccountId, Action, ApiUser, HistoryEntry, RemoteId, Stream, Subject, Tally, Timestamp, TokenKind,
};

const UPSERT: &str = "
    INSERT INTO main.tokens (account_id, owner_kind, owner_id, kind, remote_id, name, description, type, created_at,
                             expires_at, expiry_known, last_used_at, last_use_known, requests, raw, hash,
                             first_seen_at, last_changed_at)
    VALUES (:account, 'user', :owner, :kind, :remote_id, :name, :description, :type, :created_at, NULL, TRUE,
            :last_used_at, :last_use_known, :requests, :raw, :hash, :at, :at)
    ON CONFLICT (account_id, owner_kind, owner_id, kind, remote_id) DO UPDATE
    SET name = excluded.name, description = excluded.description, type = excluded.type,
        created_at = excluded.created_at, last_used_at = excluded.last_used_at,
        last_use_known = excluded.last_use_known, requests = excluded.requests, raw = excluded.raw,
        hash = excluded.hash, last_changed_at = iif(:changed, excluded.last_changed_at, last_changed_at)";

/// What of it is kept in the history when it changes: when it was used changes all the time.
struct Known {
    owner: RemoteId,
    name: String,
    description: Option<String>,
    access_type: Option<String>,
}

/// What is staged of `found`; nothing when the mirror has the very same.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    found: &ApiUser,
) -> Result<Option<String>, StoreError> {
    let same: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM main.tokens
                            WHERE account_id = ?1 AND owner_kind = 'user' AND owner_id = ?2 AND kind = ?3
                              AND remote_id = ?4 AND hash = ?5)",
        )
        .and_then(|mut statement| {
            let (owner, id, hash) = (found.owner.as_str(), found.remote_id.as_str(), found.hash.as_bytes());
            statement.query_row((account.0, owner, TokenKind::ApiUser.as_str(), id, hash), |row| row.get(0))
        })
        .context("comparing an API user")?;
    if same {
        return Ok(None);
    }
    serde_json::to_string(found).map(Some).context("staging an API user")
}

/// Takes the staged API users over into mirror and history, in the caller's transaction.
///
/// # Errors
/// Those of the database and of `tick`.
pub fn apply(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    remove: bool,
    tick: &mut Tick<'_>,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    records::each_content(tx, sql, Stream::ApiUsers, tick, |_, content| {
        write(tx, target, &records::read(content)?, &mut tally)
    })?;
    if remove {
        records::each_absent(tx, sql, target, Stream::ApiUsers, |id| remove_one(tx, target, id, &mut tally))?;
    }
    Ok(tally)
}

/// Removes one API user that the service says it has not; nothing where the mirror has no such one.
///
/// # Errors
/// Those of the database.
pub fn remove(
    tx: &Transaction<'_>,
    target: Target,
    id: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    remove_one(tx, target, id, tally)
}

/// Removes all that a user who is gone had. What was imported stays: the service did not say that it is gone.
pub(super) fn remove_all_of(
    tx: &Transaction<'_>,
    target: Target,
    owner: &RemoteId,
) -> Result<(), StoreError> {
    const REMOVING: &str = "removing API users";
    let ids: Vec<RemoteId> = {
        let mut statement = tx
            .prepare_cached(
                "SELECT remote_id FROM main.tokens
                 WHERE account_id = ?1 AND owner_kind = 'user' AND owner_id = ?2 AND kind = ?3
                   AND imported_at IS NULL",
            )
            .context(REMOVING)?;
        let rows = statement
            .query_map((target.account.0, owner.as_str(), TokenKind::ApiUser.as_str()), |row| {
                row.get::<_, String>("remote_id").map(RemoteId::new)
            })
            .context(REMOVING)?;
        rows.collect::<rusqlite::Result<_>>().context(REMOVING)?
    };
    ids.iter().try_for_each(|id| remove_one(tx, target, id, &mut Tally::default()))
}

fn write(tx: &Transaction<'_>, target: Target, found: &ApiUser, tally: &mut Tally) -> Result<(), StoreError> {
    let known = find(tx, target.account, &found.remote_id)?;
    if let Some(known) = known.as_ref().filter(|known| known.owner != found.owner) {
        // The same id with another owner is another row.
        delete(tx, target.account, &known.owner, &found.remote_id)?;
    }
    let differences = known.as_ref().map(|known| differences(known, found));
    let changed = differences.as_ref().is_some_and(|differences| !differences.is_empty());
    tx.prepare_cached(UPSERT)
        .and_then(|mut statement| {
            statement.execute(named_params! {
                ":account": target.account.0,
                ":owner": found.owner.as_str(),
                ":kind": TokenKind::ApiUser.as_str(),
                ":remote_id": found.remote_id.as_str(),
                ":name": found.user_name,
                ":description": found.description,
                ":type": found.access_type,
                ":created_at": found.created_at.map(Timestamp::as_millis),
                ":last_used_at": found.last_used_at.map(Timestamp::as_millis),
                ":last_use_known": found.last_use_known,
                ":requests": found.requests,
                ":raw": found.raw,
                ":hash": found.hash.as_bytes(),
                ":at": target.at.as_millis(),
                ":changed": changed,
            })
        })
        .context("keeping an API user")?;
    let line = |action| line(tx, target, &found.owner, (&found.remote_id, &found.user_name), action);
    let Some(differences) = differences else {
        tally.added += 1;
        return note(tx, target, &line(Action::Added)?);
    };
    tally.changed += u64::from(changed);
    for (field, before, after) in differences {
        let text = |value: Option<String>| value.map(|text| serde_json::Value::from(text).to_string());
        let (field, before, after) = (Some(field.to_owned()), text(before), text(after));
        note(tx, target, &HistoryEntry { field, before, after, ..line(Action::Changed)? })?;
    }
    Ok(())
}

type Difference = (&'static str, Option<String>, Option<String>);

fn differences(known: &Known, found: &ApiUser) -> Vec<Difference> {
    let text = |text: &str| Some(text.to_owned());
    [
        ("userName", text(&known.name), text(&found.user_name)),
        ("description", known.description.clone(), found.description.clone()),
        ("type", known.access_type.clone(), found.access_type.clone()),
        ("owner", text(known.owner.as_str()), text(found.owner.as_str())),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .collect()
}

fn find(tx: &Transaction<'_>, account: AccountId, id: &RemoteId) -> Result<Option<Known>, StoreError> {
    tx.prepare_cached(
        "SELECT owner_id, name, description, type FROM main.tokens
         WHERE account_id = ?1 AND owner_kind = 'user' AND kind = ?2 AND remote_id = ?3 AND imported_at IS NULL",
    )
    .and_then(|mut statement| {
        statement
            .query_row((account.0, TokenKind::ApiUser.as_str(), id.as_str()), |row| {
                Ok(Known {
                    owner: RemoteId::new(row.get::<_, String>("owner_id")?),
                    name: row.get("name")?,
                    description: row.get("description")?,
                    access_type: row.get("type")?,
                })
            })
            .optional()
    })
    .context("looking for an API user")
}

fn remove_one(
    tx: &Transaction<'_>,
    target: Target,
    id: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let Some(known) = find(tx, target.account, id)? else { return Ok(()) };
    delete(tx, target.account, &known.owner, id)?;
    tally.removed += 1;
    note(tx, target, &line(tx, target, &known.owner, (id, &known.name), Action::Removed)?)
}

fn delete(
    tx: &Transaction<'_>,
    account: AccountId,
    owner: &RemoteId,
    id: &RemoteId,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM main.tokens
         WHERE account_id = ?1 AND owner_kind = 'user' AND owner_id = ?2 AND kind = ?3 AND remote_id = ?4",
    )
    .and_then(|mut statement| {
        statement.execute((account.0, owner.as_str(), TokenKind::ApiUser.as_str(), id.as_str()))
    })
    .context("removing an API user")?;
    Ok(())
}

fn line(
    tx: &Transaction<'_>,
    target: Target,
    owner: &RemoteId,
    (id, name): (&RemoteId, &str),
    action: Action,
) -> Result<HistoryEntry, StoreError> {
    Ok(HistoryEntry {
        member: Some(owner.clone()),
        member_name: Some(name_of(tx, target.account, owner)?),
        ..entry(target, Subject::Token, id, name, action)
    })
}
