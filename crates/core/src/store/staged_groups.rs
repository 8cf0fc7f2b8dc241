//! Groups on their way to the mirror: tables `groups` and `memberships` of the staging.

use rusqlite::{OptionalExtension, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::staged_users::Landed;
use super::staging::StagingSql;
use crate::model::{AccountId, Group, Membership, RemoteId, Timestamp};

/// Lands one group with its members. A group whose hash is that of the mirror costs a comparison and a marker.
///
/// # Errors
/// Those of the database.
pub fn stage(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    account: AccountId,
    walk: u32,
    group: &Group,
) -> Result<Landed, StoreError> {
    const STAGING: &str = "staging a group";
    let Group {
        remote_id,
        kind,
        display_name,
        description,
        external_id,
        created_at,
        modified_at,
        version,
        raw,
        hash,
        members,
    } = group;
    let known: Option<u32> = tx
        .prepare_cached(&sql.of("SELECT walk FROM staging.groups WHERE remote_id = ?1"))
        .and_then(|mut statement| statement.query_row([remote_id.as_str()], |row| row.get("walk")).optional())
        .context(STAGING)?;
    let unchanged: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM main.groups
                            WHERE account_id = ?1 AND remote_id = ?2 AND hash = ?3) AS same",
        )
        .and_then(|mut statement| {
            statement.query_row((account.0, remote_id.as_str(), hash.as_bytes()), |row| row.get("same"))
        })
        .context(STAGING)?;
    tx.prepare_cached(&sql.of(
        "INSERT OR REPLACE INTO staging.groups
             (remote_id, walk, hash, kind, display_name, description, external_id, created_at, modified_at, version,
              raw)
         VALUES (:remote_id, :walk, :hash, :kind, :display_name, :description, :external_id, :created_at,
                 :modified_at, :version, :raw)",
    ))
    .and_then(|mut statement| {
        statement.execute(named_params! {
            ":remote_id": remote_id.as_str(),
            ":walk": walk,
            ":hash": hash.as_bytes(),
            ":kind": kind.as_str(),
            ":display_name": display_name,
            ":description": description,
            ":external_id": external_id,
            ":created_at": created_at.map(Timestamp::as_millis),
            ":modified_at": modified_at.map(Timestamp::as_millis),
            ":version": version,
            ":raw": (!unchanged).then_some(raw),
        })
    })
    .context(STAGING)?;
    tx.prepare_cached(&sql.of("DELETE FROM staging.memberships WHERE group_id = ?1"))
        .and_then(|mut statement| statement.execute([remote_id.as_str()]))
        .context(STAGING)?;
    if !unchanged {
        stage_members(tx, sql, remote_id, members)?;
    }
    Ok(known.map_or(Landed::New, Landed::SeenInWalk))
}

fn stage_members(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    group: &RemoteId,
    members: &[Membership],
) -> Result<(), StoreError> {
    let mut statement = tx
        .prepare_cached(&sql.of(
            "INSERT OR REPLACE INTO staging.memberships (group_id, member_id, kind, display) VALUES (?1, ?2, ?3, ?4)",
        ))
        .context("staging a membership")?;
    for Membership { member, kind, display } in members {
        statement
            .execute((group.as_str(), member.as_str(), kind.as_str(), display))
            .context("staging a membership")?;
    }
    Ok(())
}
