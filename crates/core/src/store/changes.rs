//! Table `changes`: edits that a person has queued, and those that were applied or withdrawn.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::error::Context;
use crate::model::{
    AccountId, BlockReason, Change, ChangeBase, ChangeId, ChangeState, Edit, RemoteId, RunId, Timestamp,
};

const COLUMNS: &str =
    "id, account_id, position, edit, base, state, block, secret, created_id, created_at, run_id";

/// Queues an edit at the end. Returns its number.
///
/// # Errors
/// Those of the database.
pub fn insert(
    tx: &Transaction<'_>,
    account: AccountId,
    edit: &Edit,
    base: &ChangeBase,
    at: Timestamp,
) -> Result<ChangeId, StoreError> {
    const QUEUING: &str = "queuing a change";
    tx.prepare_cached(
        "INSERT INTO changes (account_id, position, edit, base, state, created_at)
         VALUES (:account,
                 (SELECT coalesce(max(position), 0) + 1 FROM changes
                  WHERE account_id = :account AND state IN ('pending', 'sent', 'blocked')),
                 :edit, :base, 'pending', :at)",
    )
    .and_then(|mut statement| {
        statement.execute(named_params! {
            ":account": account.0, ":edit": text(edit)?, ":base": text(base)?, ":at": at.as_millis(),
        })
    })
    .context(QUEUING)?;
    Ok(ChangeId(tx.last_insert_rowid()))
}

/// Puts another edit in the place of one that was not sent: it is pending again.
///
/// # Errors
/// Those of the database.
pub fn set_edit(
    tx: &Transaction<'_>,
    id: ChangeId,
    edit: &Edit,
    base: Option<&ChangeBase>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE changes SET edit = :edit, base = coalesce(:base, base), state = 'pending', block = NULL
         WHERE id = :id AND state IN ('pending', 'blocked')",
    )
    .and_then(|mut statement| {
        let base = base.map(text).transpose()?;
        statement.execute(named_params! { ":id": id.0, ":edit": text(edit)?, ":base": base })
    })
    .context("editing a change")?;
    Ok(())
}

/// Where it stands from now on, and why it needs a person.
///
/// # Errors
/// Those of the database.
pub fn set_state(
    tx: &Transaction<'_>,
    id: ChangeId,
    state: ChangeState,
    block: Option<&BlockReason>,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE changes SET state = :state, block = :block WHERE id = :id")
        .and_then(|mut statement| {
            let block = block.map(text).transpose()?;
            statement.execute(named_params! { ":id": id.0, ":state": state.as_str(), ":block": block })
        })
        .context("noting where a change stands")?;
    Ok(())
}

/// The run that tries it.
///
/// # Errors
/// Those of the database.
pub fn set_run(tx: &Transaction<'_>, id: ChangeId, run: RunId) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE changes SET run_id = ?2 WHERE id = ?1")
        .and_then(|mut statement| statement.execute((id.0, run.0)))
        .context("noting the run of a change")?;
    Ok(())
}

/// The service has it. `made_secret`: a value came with it that is shown once, and is kept nowhere.
///
/// # Errors
/// Those of the database.
pub fn set_applied(
    tx: &Transaction<'_>,
    id: ChangeId,
    created: Option<&RemoteId>,
    made_secret: bool,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE changes SET state = 'applied', block = NULL, created_id = :created,
                            secret = iif(:secret, 'made', NULL) WHERE id = :id",
    )
    .and_then(|mut statement| {
        let created = created.map(RemoteId::as_str);
        statement.execute(named_params! { ":id": id.0, ":created": created, ":secret": made_secret })
    })
    .context("noting an applied change")?;
    Ok(())
}

/// The value that is shown once was shown.
///
/// # Errors
/// Those of the database.
pub fn set_secret_taken(tx: &Transaction<'_>, id: ChangeId) -> Result<(), StoreError> {
    tx.execute("UPDATE changes SET secret = 'taken' WHERE id = ?1 AND secret = 'made'", [id.0])
        .context("noting that a value was shown")?;
    Ok(())
}

/// Puts the open changes of `account` into this order; others stay behind.
///
/// # Errors
/// Those of the database.
pub fn set_order(tx: &Transaction<'_>, account: AccountId, order: &[ChangeId]) -> Result<(), StoreError> {
    const ORDERING: &str = "ordering changes";
    let named: BTreeSet<ChangeId> = order.iter().copied().collect();
    let rest: Vec<ChangeId> =
        list_open(tx, account)?.iter().map(|change| change.id).filter(|id| !named.contains(id)).collect();
    let mut statement = tx
        .prepare_cached("UPDATE changes SET position = ?3 WHERE account_id = ?1 AND id = ?2")
        .context(ORDERING)?;
    for (id, position) in order.iter().chain(&rest).zip(1_i64..) {
        statement.execute((account.0, id.0, position)).context(ORDERING)?;
    }
    Ok(())
}

/// One change.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &Connection, id: ChangeId) -> Result<Option<Change>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM changes WHERE id = ?1");
    conn.prepare_cached(&sql)
        .and_then(|mut statement| statement.query_row([id.0], read).optional())
        .context("reading a change")
}

/// What is not over yet, in the person's order.
///
/// # Errors
/// Those of the database.
pub fn list_open(conn: &Connection, account: AccountId) -> Result<Vec<Change>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM changes
         WHERE account_id = ?1 AND state IN ('pending', 'sent', 'blocked') ORDER BY position, id"
    );
    list(conn, &sql, i64::from(account.0))
}

/// As [`list_open`], without what they were made against: for who only asks what they are about, a hundred thousand of them
/// beside every page of a list.
///
/// # Errors
/// Those of the database.
pub fn list_open_edits(conn: &Connection, account: AccountId) -> Result<Vec<Change>, StoreError> {
    list(
        conn,
        "SELECT id, account_id, position, edit, '{}' AS base, state, block, secret, created_id, created_at, run_id
         FROM changes
         WHERE account_id = ?1 AND state IN ('pending', 'sent', 'blocked') ORDER BY position, id",
        i64::from(account.0),
    )
}

/// Open changes that name what `created` is to make.
///
/// # Errors
/// Those of the database.
pub fn list_waiting_for(
    conn: &Connection,
    account: AccountId,
    created: &RemoteId,
) -> Result<Vec<Change>, StoreError> {
    const READING: &str = "reading changes";
    let sql = format!(
        "SELECT {COLUMNS} FROM changes
         WHERE account_id = ?1 AND state IN ('pending', 'sent', 'blocked') AND instr(edit, ?2) > 0
         ORDER BY position, id"
    );
    // As it stands in the edit's JSON, without its quotes.
    let written = text(created).context(READING)?;
    let mut statement = conn.prepare_cached(&sql).context(READING)?;
    let rows = statement.query_map((account.0, written.trim_matches('"')), read).context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

/// What `run` tried last, in the order of its calls.
///
/// # Errors
/// Those of the database.
pub fn list_of_run(conn: &Connection, run: RunId) -> Result<Vec<Change>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM changes
         WHERE run_id = ?1 OR id IN (SELECT change_id FROM change_calls WHERE run_id = ?1)
         ORDER BY (SELECT min(id) FROM change_calls
                   WHERE change_calls.change_id = changes.id AND change_calls.run_id = ?1) IS NULL,
                  (SELECT min(id) FROM change_calls
                   WHERE change_calls.change_id = changes.id AND change_calls.run_id = ?1), position, id"
    );
    list(conn, &sql, run.0)
}

/// Applied changes whose value that is shown once nobody has taken.
///
/// # Errors
/// Those of the database.
pub fn list_untaken(conn: &Connection, account: AccountId) -> Result<Vec<Change>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM changes WHERE account_id = ?1 AND secret = 'made' ORDER BY id");
    list(conn, &sql, i64::from(account.0))
}

/// Accounts with something in their queue.
///
/// # Errors
/// Those of the database.
pub fn list_accounts(conn: &Connection) -> Result<Vec<AccountId>, StoreError> {
    const LOOKING: &str = "looking for changes";
    let mut statement = conn
        .prepare_cached(
            "SELECT DISTINCT account_id FROM changes WHERE state IN ('pending', 'sent', 'blocked')
             ORDER BY account_id",
        )
        .context(LOOKING)?;
    let accounts = statement.query_map([], |row| row.get(0).map(AccountId)).context(LOOKING)?;
    accounts.collect::<rusqlite::Result<_>>().context(LOOKING)
}

fn list(conn: &Connection, sql: &str, key: i64) -> Result<Vec<Change>, StoreError> {
    const READING: &str = "reading changes";
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let rows = statement.query_map([key], read).context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Change> {
    let state: String = row.get("state")?;
    let secret: Option<String> = row.get("secret")?;
    Ok(Change {
        id: ChangeId(row.get("id")?),
        account: AccountId(row.get("account_id")?),
        position: row.get("position")?,
        edit: json(row.get_ref("edit")?.as_str()?)?,
        base: json(row.get_ref("base")?.as_str()?)?,
        // A state of a newer version: nothing is sent for it.
        state: ChangeState::parse(&state).unwrap_or(ChangeState::Blocked),
        block: row.get_ref("block")?.as_str_or_null()?.map(json).transpose()?,
        secret_taken: secret.map(|secret| secret == "taken"),
        created: row.get::<_, Option<String>>("created_id")?.map(RemoteId::new),
        created_at: Timestamp::from_millis(row.get("created_at")?),
        run: row.get::<_, Option<i64>>("run_id")?.map(RunId),
    })
}

fn text<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}
