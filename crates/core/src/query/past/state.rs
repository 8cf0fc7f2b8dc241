//! One record as it was at a place in history: the mirror's, or the one that its removal kept, with later changes put back.

use rusqlite::{Connection, OptionalExtension, named_params};
use serde_json::Value;

use super::collapse::Step;
use super::lines::step;
use super::record::{oldest_values, put_back};
use crate::model::{AccountId, Action, Subject};
use crate::query::page::json;
use crate::store::{Context, StoreError};

const READING: &str = "reading a record as it was";

pub(super) const STEPS: &str =
    "SELECT id, action, field, iif(action = 'changed', before, NULL) AS before, after
     FROM history INDEXED BY history_by_subject
     WHERE account_id = :account_id AND remote_id = :remote_id AND id > :since AND subject = :subject ORDER BY id";
pub(super) const KEPT: &str = "SELECT name, before FROM history WHERE id = :id";
pub(super) const USER: &str =
    "SELECT raw FROM users WHERE account_id = :account_id AND remote_id = :remote_id";
pub(super) const GROUP: &str =
    "SELECT raw FROM groups WHERE account_id = :account_id AND remote_id = :remote_id";
pub(super) const ROLE: &str =
    "SELECT raw FROM roles WHERE account_id = :account_id AND remote_id = :remote_id";
pub(super) const INVITATION: &str =
    "SELECT raw FROM invitations WHERE account_id = :account_id AND remote_id = :remote_id";
pub(super) const APPLICATION: &str =
    "SELECT raw FROM applications WHERE account_id = :account_id AND remote_id = :remote_id";
const RESOURCE: &str = "SELECT raw FROM resources WHERE account_id = :account_id AND remote_id = :remote_id";

/// A record at a place in history.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum State {
    /// It was not there.
    Absent,
    /// As it was.
    There(Value),
    /// It was there under this name; its record was not kept when it went.
    Unkept(String),
}

/// The record behind line `since`.
pub(super) fn state_at(
    conn: &Connection,
    account: AccountId,
    subject: Subject,
    remote_id: &str,
    since: i64,
) -> Result<State, StoreError> {
    let steps = steps_of(conn, account, subject, remote_id, since)?;
    resolve(conn, account, subject, remote_id, &steps)
}

/// The lines about one record after line `since`, oldest first.
pub(super) fn steps_of(
    conn: &Connection,
    account: AccountId,
    subject: Subject,
    remote_id: &str,
    since: i64,
) -> Result<Vec<Step>, StoreError> {
    let mut statement = conn.prepare_cached(STEPS).context(READING)?;
    let mut rows = statement
        .query(named_params! {
            ":account_id": account.0, ":remote_id": remote_id, ":since": since, ":subject": subject.as_str(),
        })
        .context(READING)?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next().context(READING)? {
        steps.push(step(row)?);
    }
    Ok(steps)
}

/// The record before `steps`, which are all lines about it since, oldest first.
pub(super) fn resolve(
    conn: &Connection,
    account: AccountId,
    subject: Subject,
    remote_id: &str,
    steps: &[Step],
) -> Result<State, StoreError> {
    let presence = steps.iter().position(|step| step.action != Action::Changed);
    let (record, changes) = match presence.and_then(|at| Some((at, steps.get(at)?))) {
        None => match mirrored(conn, account, subject, remote_id)? {
            Some(record) => (record, steps),
            None => return Ok(State::Absent),
        },
        Some((_, step)) if step.action == Action::Added => return Ok(State::Absent),
        Some((at, step)) => {
            let (name, kept) = kept(conn, step.id)?;
            match kept {
                Some(record) => (record, steps.get(..at).unwrap_or_default()),
                None => return Ok(State::Unkept(name)),
            }
        }
    };
    let changes: Vec<&Step> = changes.iter().collect();
    Ok(State::There(put_back(record, &oldest_values(&changes))))
}

fn mirrored(
    conn: &Connection,
    account: AccountId,
    subject: Subject,
    remote_id: &str,
) -> Result<Option<Value>, StoreError> {
    let sql = match subject {
        Subject::User => USER,
        Subject::Group => GROUP,
        Subject::Role => ROLE,
        Subject::Invitation => INVITATION,
        Subject::Application => APPLICATION,
        Subject::Resource => RESOURCE,
        // Nothing but their being there.
        Subject::Membership
        | Subject::RoleAssignment
        | Subject::Token
        | Subject::ResourceMembership
        | Subject::Grant
        | Subject::OffDutyPeriod
        | Subject::Recipient => return Ok(None),
    };
    let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
    let raw: Option<String> = conn
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_row(parameters, |row| row.get("raw")).optional())
        .context(READING)?;
    raw.map(|raw| json(&raw, "a record")).transpose()
}

/// The name in the line, and the record that it keeps.
fn kept(conn: &Connection, line: i64) -> Result<(String, Option<Value>), StoreError> {
    let (name, before): (String, Option<String>) = conn
        .prepare_cached(KEPT)
        .and_then(|mut statement| {
            statement
                .query_row(named_params! { ":id": line }, |row| Ok((row.get("name")?, row.get("before")?)))
        })
        .context(READING)?;
    Ok((name, before.map(|record| json(&record, "the record of somebody who left")).transpose()?))
}
