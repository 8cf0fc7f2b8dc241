//! What an apply did, call by call, and what would undo it.

use rusqlite::Connection;

use super::facts::Facts;
use super::inverse::inverse;
use super::parts;
use super::permissions;
use super::view::{IsWaiting, record, secret_of};
use crate::api::{CallView, ReceiptLineView, Remains, RemainsView};
use crate::model::{CallOutcome, Change, ChangeCall, ChangeState, Edit, RunId};
use crate::store::{StoreError, change_calls, changes as table};

/// Every change that `run` tried, with its calls.
///
/// # Errors
/// Those of the database.
pub fn lines(
    conn: &Connection,
    run: RunId,
    is_waiting: IsWaiting<'_>,
) -> Result<Vec<ReceiptLineView>, StoreError> {
    let mut lines = Vec::new();
    for change in table::list_of_run(conn, run)? {
        let calls = change_calls::list(conn, change.id)?;
        let mut named = Facts { names: change.base.names.clone(), ..Facts::default() };
        named.add_permissions(conn, change.account, permissions::in_conflict(change.block.as_ref()))?;
        lines.push(line(&change, &calls, &named, is_waiting));
    }
    Ok(lines)
}

fn line(change: &Change, calls: &[ChangeCall], named: &Facts, is_waiting: IsWaiting<'_>) -> ReceiptLineView {
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
    let fields = parts::with_permissions(&change.edit);
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
    for change in table::list_of_run(conn, run)?.into_iter().rev() {
        if change.state != ChangeState::Applied || !was_ours(&change_calls::list(conn, change.id)?, run) {
            continue;
        }
        match inverse(&change) {
            Ok(inverse) => edits.extend(inverse),
            Err(reason) => remains.push(remain(&change, reason)),
        }
    }
    Ok((edits, remains))
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
