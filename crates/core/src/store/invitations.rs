//! Table `invitations`.

use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::records::{self, Table, Tick};
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{AccountId, Invitation, RemoteId, Stream, Subject, Tally, Timestamp};

const TABLE: Table = Table {
    name: "invitations",
    title: "invitee",
    subject: Subject::Invitation,
    upsert: "INSERT INTO main.invitations (account_id, remote_id, invitee, status, group_id, inviter_id,
                                          accepted_user_id, roles, created_at, modified_at, expires_at, raw, hash,
                                          first_seen_at, last_changed_at)
             VALUES (:account, :remote_id, :invitee, :status, :group_id, :inviter_id, :accepted_user_id, :roles,
                     :created_at, :modified_at, :expires_at, :raw, :hash, :at, :at)
             ON CONFLICT (account_id, remote_id) DO UPDATE
             SET invitee = excluded.invitee, status = excluded.status, group_id = excluded.group_id,
                 inviter_id = excluded.inviter_id, accepted_user_id = excluded.accepted_user_id,
                 roles = excluded.roles, created_at = excluded.created_at, modified_at = excluded.modified_at,
                 expires_at = excluded.expires_at, raw = excluded.raw, hash = excluded.hash,
                 last_changed_at = iif(:changed, excluded.last_changed_at, last_changed_at)",
};

/// What is staged of `invitation`; nothing when the mirror has the very same.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    invitation: &Invitation,
) -> Result<Option<String>, StoreError> {
    if records::has_hash(tx, TABLE.name, account, &invitation.remote_id, &invitation.hash)? {
        return Ok(None);
    }
    serde_json::to_string(invitation).map(Some).context("staging an invitation")
}

/// Takes the staged invitations over into mirror and history, in the caller's transaction.
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
    records::each_content(tx, sql, Stream::Invitations, tick, |_, content| {
        let found: Invitation = records::read(content)?;
        let values = named_params! {
            ":remote_id": found.remote_id.as_str(),
            ":invitee": found.invitee,
            ":status": found.status,
            ":group_id": found.group.as_ref().map(RemoteId::as_str),
            ":inviter_id": found.inviter.as_ref().map(RemoteId::as_str),
            ":accepted_user_id": found.accepted_user.as_ref().map(RemoteId::as_str),
            ":roles": serde_json::to_string(&found.roles).context("applying an invitation")?,
            ":created_at": found.created_at.map(Timestamp::as_millis),
            ":modified_at": found.modified_at.map(Timestamp::as_millis),
            ":expires_at": found.expires_at.map(Timestamp::as_millis),
            ":raw": found.raw,
            ":hash": found.hash.as_bytes(),
        };
        let names = (&found.remote_id, found.invitee.as_str(), found.raw.as_str());
        records::write(tx, target, &TABLE, names, values, &mut tally)
    })?;
    if remove {
        records::each_absent(tx, sql, target, Stream::Invitations, |id| {
            records::remove(tx, target, &TABLE, id, &mut tally)
        })?;
    }
    Ok(tally)
}

/// Removes one invitation that the service says it has not; nothing where the mirror has no such invitation.
///
/// # Errors
/// Those of the database.
pub fn remove(
    tx: &Transaction<'_>,
    target: Target,
    id: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    if !records::has(tx, TABLE.name, target.account, id)? {
        return Ok(());
    }
    records::remove(tx, target, &TABLE, id, tally)
}
