//! What an apply did, call by call, and what would undo it.

use rusqlite::Connection;

use super::facts::Facts;
use super::inverse::inverse;
use super::parts;
use super::permissions;
use super::view::{IsWaiting, record, secret_of};
use crate::api::{CallView, ReceiptLineView, Remains, RemainsView};
use crate::model::{CallOutcome, Change, ChangeCall, ChangeState, Edit, ProviderKind, RunId};
use crate::roster;
use crate::store::{StoreError, accounts, change_calls, changes as table};

/// What a run did, in numbers and line by line.
#[derive(Debug)]
pub struct Lines {
    /// Changes that the service has.
    pub applied: u32,
    /// Changes that need a person.
    pub blocked: u32,
    /// All others.
    pub left: u32,
    /// Lines that are not put into words.
    pub beyond: u32,
    /// The lines.
    pub lines: Vec<ReceiptLineView>,
}

/// The changes that `run` tried, at most so many of them with their calls: what needs a person before all others.
///
/// # Errors
/// Those of the database.
pub fn lines(
    conn: &Connection,
    run: RunId,
    most: Option<u32>,
    is_waiting: IsWaiting<'_>,
) -> Result<Lines, StoreError> {
    let changes = table::list_of_run(conn, run)?;
    let provider = provider_of(conn, &changes)?;
    let of = |state| count(changes.iter().filter(|change| change.state == state).count());
    let (applied, blocked) = (of(ChangeState::Applied), of(ChangeState::Blocked));
    let most = most.map_or(usize::MAX, |most| most as usize);
    let mut kept: Vec<usize> = (0..changes.len()).collect();
    kept.sort_by_key(|place| changes.get(*place).map(|change| change.state != ChangeState::Blocked));
    kept.truncate(most);
    kept.sort_unstable();
    let mut lines = Vec::new();
    for change in kept.iter().filter_map(|place| changes.get(*place)) {
        let calls = change_calls::list(conn, change.id)?;
        lines.push(line(provider, change, &calls, &named(conn, change)?, is_waiting));
    }
    Ok(Lines {
        applied,
        blocked,
        left: count(changes.len()) - applied - blocked,
        beyond: count(changes.len() - lines.len()),
        lines,
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Hands over the line of every change that `run` tried.
///
/// # Errors
/// Those of the database, and of `visit`.
pub fn each_line(
    conn: &Connection,
    run: RunId,
    visit: &mut dyn FnMut(usize, ReceiptLineView) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let changes = table::list_of_run(conn, run)?;
    let provider = provider_of(conn, &changes)?;
    for change in &changes {
        let calls = change_calls::list(conn, change.id)?;
        visit(changes.len(), line(provider, change, &calls, &named(conn, change)?, &|_| false))?;
    }
    Ok(())
}

/// What its records were called, and everything that a conflict is about.
fn named(conn: &Connection, change: &Change) -> Result<Facts, StoreError> {
    let mut named = Facts { names: change.base.names.clone(), ..Facts::default() };
    named.add_permissions(conn, change.account, permissions::in_conflict(change.block.as_ref()))?;
    Ok(named)
}

/// The kind of service that all of them are of.
fn provider_of(conn: &Connection, changes: &[Change]) -> Result<Option<ProviderKind>, StoreError> {
    let Some(first) = changes.first() else { return Ok(None) };
    Ok(accounts::find(conn, first.account)?.map(|account| account.provider))
}

fn line(
    provider: Option<ProviderKind>,
    change: &Change,
    calls: &[ChangeCall],
    named: &Facts,
    is_waiting: IsWaiting<'_>,
) -> ReceiptLineView {
    let mut subject = record(named, &parts::subject(&change.edit), &change.edit);
    if subject.remote_id.is_none() {
        subject.remote_id = change.created.as_ref().map(|id| id.as_str().to_owned());
    }
    let call = |call: &ChangeCall| CallView {
        run_id: call.run.0,
        sent_at: call.sent_at.as_millis(),
        ended_at: call.ended_at.map(crate::model::Timestamp::as_millis),
        outcome: call.outcome,
        words: call.words.clone(),
    };
    let fields = parts::shown_fields(provider, &change.edit);
    ReceiptLineView {
        change_id: change.id.0,
        kind: change.edit.kind(),
        subject,
        targets: parts::targets(&change.edit)
            .iter()
            .map(|target| record(named, target, &change.edit))
            .collect(),
        item: parts::item(&change.edit).map(str::to_owned),
        fields: permissions::with_names(fields, &named.names),
        state: change.state,
        blocked: change.block.clone().map(|block| permissions::conflict_with_names(block, &named.names)),
        secret: secret_of(change, is_waiting),
        calls: calls.iter().map(call).collect(),
    }
}

/// The edits that undo `run`, the last first, and what does not come back.
///
/// # Errors
/// Those of the database.
pub fn undo(conn: &Connection, run: RunId) -> Result<(Vec<Edit>, Vec<RemainsView>), StoreError> {
    let (mut edits, mut remains) = (Vec::new(), Vec::new());
    let changes = table::list_of_run(conn, run)?;
    let by_hand = provider_of(conn, &changes)? == Some(ProviderKind::Roster);
    for change in changes.into_iter().rev() {
        if change.state != ChangeState::Applied || !was_ours(&change_calls::list(conn, change.id)?, run) {
            continue;
        }
        match inverse(&change) {
            Ok(inverse) if by_hand => edits.extend(inverse.into_iter().map(roster::as_kept)),
            Ok(inverse) => edits.extend(inverse),
            Err(reason) => remains.push(remain(&change, reason)),
        }
    }
    Ok((edits, remains))
}

/// Whether anything of `run` can be undone.
///
/// # Errors
/// Those of the database.
pub fn can_undo(conn: &Connection, run: RunId) -> Result<bool, StoreError> {
    for change in table::list_of_run(conn, run)? {
        if change.state == ChangeState::Applied
            && inverse(&change).is_ok_and(|edits| !edits.is_empty())
            && was_ours(&change_calls::list(conn, change.id)?, run)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn remain(change: &Change, reason: Remains) -> RemainsView {
    let named = Facts { names: change.base.names.clone(), ..Facts::default() };
    RemainsView {
        change_id: change.id.0,
        kind: change.edit.kind(),
        subject: record(&named, &parts::subject(&change.edit), &change.edit),
        reason,
    }
}

/// Whether this very run did it: what the service had already is not ours to undo.
fn was_ours(calls: &[ChangeCall], run: RunId) -> bool {
    calls.iter().any(|call| call.run == run && matches!(call.outcome, CallOutcome::Done | CallOutcome::Found))
}
