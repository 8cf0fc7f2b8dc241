//! Table `changes`: edits that a person has queued, and those that were applied or withdrawn.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::error::Context;
use crate::model::{
    AccountId, BlockReason, Change, ChangeBase, ChangeId, ChangeState, ContentHash, Edit, RemoteId, RunId,
    Schedule, Timestamp,
};

const COLUMNS: &str = "id, account_id, position, edit, base, state, block, due_at, needs, secret, created_id, created_at, run_id";

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

/// What it is made against from now on.
///
/// # Errors
/// Those of the database.
pub fn set_base(tx: &Transaction<'_>, id: ChangeId, base: &ChangeBase) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE changes SET base = :base WHERE id = :id")
        .and_then(|mut statement| statement.execute(named_params! { ":id": id.0, ":base": text(base)? }))
        .context("noting what a change is made against")?;
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

/// When it is carried out by itself; `None` for when a person says so.
///
/// # Errors
/// Those of the database.
pub fn set_schedule(
    tx: &Transaction<'_>,
    id: ChangeId,
    schedule: Option<Schedule>,
) -> Result<(), StoreError> {
    let due_at = schedule.map(|schedule| schedule.due_at.as_millis());
    let needs = schedule.and_then(|schedule| schedule.needs).map(|needs| needs.0);
    tx.prepare_cached("UPDATE changes SET due_at = ?2, needs = ?3 WHERE id = ?1")
        .and_then(|mut statement| statement.execute((id.0, due_at, needs)))
        .context("noting when a change is due")?;
    Ok(())
}

/// What is to be carried out by itself, as of `now`: due, and what it needs is applied.
///
/// # Errors
/// Those of the database.
pub fn list_due(conn: &Connection, now: Timestamp) -> Result<Vec<(AccountId, ChangeId)>, StoreError> {
    const LOOKING: &str = "looking for what is due";
    let mut statement = conn
        .prepare_cached(
            "SELECT due.account_id, due.id FROM changes AS due
             LEFT JOIN changes AS needed ON needed.id = due.needs
             WHERE due.due_at <= ?1 AND due.due_at IS NOT NULL AND due.state = 'pending'
               AND (due.needs IS NULL OR needed.state = 'applied')
             ORDER BY due.account_id, due.position, due.id",
        )
        .context(LOOKING)?;
    let rows = statement
        .query_map([now.as_millis()], |row| Ok((AccountId(row.get(0)?), ChangeId(row.get(1)?))))
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
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

/// State and edit of what is not over yet, in the person's order, still as text, with a fingerprint of it all. Marks in
/// lists need no more.
///
/// # Errors
/// Those of the database.
pub fn list_open_edits(
    conn: &Connection,
    account: AccountId,
) -> Result<(ContentHash, Vec<(String, String)>), StoreError> {
    const READING: &str = "reading what is pending";
    let mut statement = conn
        .prepare_cached(
            "SELECT state, edit FROM changes
             WHERE account_id = ?1 AND state IN ('pending', 'sent', 'blocked') ORDER BY position, id",
        )
        .context(READING)?;
    let rows =
        statement.query_map([account.0], |row| Ok((row.get("state")?, row.get("edit")?))).context(READING)?;
    let edits: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>().context(READING)?;
    let text: String = edits.iter().flat_map(|(state, edit)| [state.as_str(), "\n", edit, "\n"]).collect();
    Ok((ContentHash::of(text.as_bytes()), edits))
}

/// What [`list_open_edits`] brought, read.
///
/// # Errors
/// When it is no edit.
pub fn read_edits(edits: Vec<(String, String)>) -> Result<Vec<(ChangeState, Edit)>, StoreError> {
    let read = |(state, edit): (String, String)| {
        Ok((ChangeState::parse(&state).unwrap_or(ChangeState::Blocked), json(&edit)?))
    };
    edits.into_iter().map(read).collect::<rusqlite::Result<_>>().context("reading what is pending")
}

/// What is not over yet and has `id` as a value somewhere.
///
/// # Errors
/// Those of the database.
pub fn list_naming(conn: &Connection, account: AccountId, id: &RemoteId) -> Result<Vec<Change>, StoreError> {
    const READING: &str = "reading changes";
    let sql = format!(
        "SELECT {COLUMNS} FROM changes
         WHERE account_id = :account AND state IN ('pending', 'sent', 'blocked') AND instr(edit, :id) > 0
         ORDER BY position, id"
    );
    let mut statement = conn.prepare_cached(&sql).context(READING)?;
    // As it stands in the JSON of an edit.
    let id = text(id).context(READING)?;
    let rows =
        statement.query_map(named_params! { ":account": account.0, ":id": id }, read).context(READING)?;
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
        schedule: schedule(row)?,
        secret_taken: secret.map(|secret| secret == "taken"),
        created: row.get::<_, Option<String>>("created_id")?.map(RemoteId::new),
        created_at: Timestamp::from_millis(row.get("created_at")?),
        run: row.get::<_, Option<i64>>("run_id")?.map(RunId),
    })
}

fn schedule(row: &Row<'_>) -> rusqlite::Result<Option<Schedule>> {
    let Some(due_at) = row.get::<_, Option<i64>>("due_at")? else { return Ok(None) };
    let needs = row.get::<_, Option<i64>>("needs")?.map(ChangeId);
    Ok(Some(Schedule { due_at: Timestamp::from_millis(due_at), needs }))
}

fn text<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}
