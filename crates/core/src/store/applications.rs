//! Table `applications`, whose secrets are rows of `tokens`.

use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::records::{self, Table, Tick};
use super::staging::StagingSql;
use super::tokens::{self, Owner};
use super::users::Target;
use crate::model::{AccountId, Application, RemoteId, Stream, Subject, Tally, Timestamp, TokenKind};

const TABLE: Table = Table {
    name: "applications",
    title: "display_name",
    subject: Subject::Application,
    upsert: "INSERT INTO main.applications (account_id, remote_id, display_name, description, kind, manages_account,
                                           created_at, raw, hash, first_seen_at, last_changed_at)
             VALUES (:account, :remote_id, :display_name, :description, :kind, :manages_account, :created_at, :raw,
                     :hash, :at, :at)
             ON CONFLICT (account_id, remote_id) DO UPDATE
             SET display_name = excluded.display_name, description = excluded.description, kind = excluded.kind,
                 manages_account = excluded.manages_account, created_at = excluded.created_at, raw = excluded.raw,
                 hash = excluded.hash, last_changed_at = iif(:changed, excluded.last_changed_at, last_changed_at)",
};

/// What is staged of `application`; nothing when the mirror has the very same.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    application: &Application,
) -> Result<Option<String>, StoreError> {
    if records::has_hash(tx, TABLE.name, account, &application.remote_id, &application.hash)? {
        return Ok(None);
    }
    serde_json::to_string(application).map(Some).context("staging an application")
}

/// Takes the staged applications over into mirror and history, in the caller's transaction.
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
    records::each_content(tx, sql, Stream::Applications, tick, |_, content| {
        let found: Application = records::read(content)?;
        let values = named_params! {
            ":remote_id": found.remote_id.as_str(),
            ":display_name": found.display_name,
            ":description": found.description,
            ":kind": found.kind,
            ":manages_account": found.manages_account,
            ":created_at": found.created_at.map(Timestamp::as_millis),
            ":raw": found.raw,
            ":hash": found.hash.as_bytes(),
        };
        let names = (&found.remote_id, found.display_name.as_str(), found.raw.as_str());
        records::write(tx, target, &TABLE, names, values, &mut tally)?;
        let Some(secrets) = &found.secrets else { return Ok(()) };
        let owner =
            Owner { id: &found.remote_id, name: &found.display_name, kind: TokenKind::ApplicationSecret };
        tokens::replace(tx, target, owner, secrets)
    })?;
    if remove {
        records::each_absent(tx, sql, target, Stream::Applications, |id| {
            remove_one(tx, target, id, &mut tally)
        })?;
    }
    Ok(tally)
}

/// Removes one application that the service says it has not; nothing where the mirror has no such application.
///
/// # Errors
/// Those of the database.
pub fn remove_one(
    tx: &Transaction<'_>,
    target: Target,
    id: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    if !records::has(tx, TABLE.name, target.account, id)? {
        return Ok(());
    }
    let name = records::name_of(tx, target.account, id)?;
    let owner = Owner { id, name: &name, kind: TokenKind::ApplicationSecret };
    tokens::replace(tx, target, owner, &[])?;
    records::remove(tx, target, &TABLE, id, tally)
}
