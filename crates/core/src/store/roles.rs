//! Tables `roles` and `role_permissions`; what is of no role there, see `permissions`.

use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::records::{self, Table, Tick};
use super::role_assignments;
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{AccountId, Permission, RemoteId, Role, Stream, Subject, Tally};

const TABLE: Table = Table {
    name: "roles",
    title: "display_name",
    subject: Subject::Role,
    upsert: "INSERT INTO main.roles (account_id, remote_id, scope, holder_kind, display_name, description, is_default,
                                    raw, hash, first_seen_at, last_changed_at)
             VALUES (:account, :remote_id, :scope, :holder_kind, :display_name, :description, :is_default, :raw, :hash,
                     :at, :at)
             ON CONFLICT (account_id, remote_id) DO UPDATE
             SET scope = excluded.scope, holder_kind = excluded.holder_kind, display_name = excluded.display_name,
                 description = excluded.description, is_default = excluded.is_default, raw = excluded.raw,
                 hash = excluded.hash, last_changed_at = iif(:changed, excluded.last_changed_at, last_changed_at)",
};

/// What is staged of `role`; nothing when the mirror has the very same.
///
/// # Errors
/// Those of the database.
pub fn content(tx: &Transaction<'_>, account: AccountId, role: &Role) -> Result<Option<String>, StoreError> {
    if records::has_hash(tx, TABLE.name, account, &role.remote_id, &role.hash)? {
        return Ok(None);
    }
    serde_json::to_string(role).map(Some).context("staging a role")
}

/// Takes the staged roles over into mirror and history, in the caller's transaction.
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
    records::each_content(tx, sql, Stream::Roles, tick, |_, content| {
        let role: Role = records::read(content)?;
        let Role {
            remote_id,
            scope,
            holder_kind,
            display_name,
            description,
            is_default,
            permissions,
            raw,
            hash,
        } = &role;
        let values = named_params! {
            ":remote_id": remote_id.as_str(), ":scope": scope.as_str(), ":holder_kind": holder_kind.as_str(),
            ":display_name": display_name, ":description": description, ":is_default": is_default, ":raw": raw,
            ":hash": hash.as_bytes(),
        };
        records::write(tx, target, &TABLE, (remote_id, display_name, raw), values, &mut tally)?;
        write_permissions(tx, target.account, remote_id, permissions)
    })?;
    if remove {
        records::each_absent(tx, sql, target, Stream::Roles, |id| {
            records::remove(tx, target, &TABLE, id, &mut tally)?;
            write_permissions(tx, target.account, id, &[])
        })?;
    }
    Ok(tally)
}

/// Removes one role that the service says it has not, with who holds it; nothing where the mirror has no such role.
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
    role_assignments::remove_all_with(tx, target, id)?;
    records::remove(tx, target, &TABLE, id, tally)?;
    write_permissions(tx, target.account, id, &[])
}

/// Replaces what `role` allows.
///
/// # Errors
/// Those of the database.
pub(super) fn write_permissions(
    tx: &Transaction<'_>,
    account: AccountId,
    role: &RemoteId,
    permissions: &[Permission],
) -> Result<(), StoreError> {
    const APPLYING: &str = "applying permissions";
    tx.prepare_cached("DELETE FROM main.role_permissions WHERE account_id = ?1 AND role_id = ?2")
        .and_then(|mut statement| statement.execute((account.0, role.as_str())))
        .context(APPLYING)?;
    let mut statement = tx
        .prepare_cached(
            "INSERT OR REPLACE INTO main.role_permissions
                 (account_id, role_id, permission_id, name, description, resource_id, resource_name)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .context(APPLYING)?;
    for Permission { remote_id, name, description, resource_id, resource_name } in permissions {
        let resource = resource_id.as_ref().map(RemoteId::as_str);
        statement
            .execute((
                account.0,
                role.as_str(),
                remote_id.as_str(),
                name,
                description,
                resource,
                resource_name,
            ))
            .context(APPLYING)?;
    }
    Ok(())
}
