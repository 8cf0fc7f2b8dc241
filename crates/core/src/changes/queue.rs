//! What a person does to the queue: propose, withdraw, reorder, decide. Everything here is one transaction of the store.

use std::collections::BTreeSet;

use rusqlite::Transaction;
use serde_json::Value;

use super::facts::Facts;
use super::merge::{Merged, merge};
use super::open::Open;
use super::placeholder::{self, Placeholder};
use super::precondition::is_active;
use super::settle::leaves_no_trace;
use super::{parts, view::problems_of};
use crate::api::{ChangeChoice, EditProblemsView, ProposedView};
use crate::model::{
    Account, AccountId, BlockReason, Capabilities, Change, ChangeId, ChangeState, Edit, EditKind,
    FieldConflict, FieldEdit, RemoteId, Schedule, Timestamp,
};
use crate::remote::Refusal;
use crate::store::{StoreError, changes as table};

/// So many edits are looked up together: what the mirror has of them is in memory meanwhile.
const AT_ONCE: usize = 1000;

/// Keeps `edits` as changes, all or none; what waits already about the same values is changed or taken back.
///
/// # Errors
/// Those of the database.
pub fn propose(
    tx: &Transaction<'_>,
    account: &Account,
    capabilities: Option<&Capabilities>,
    edits: &[Edit],
    now: Timestamp,
) -> Result<ProposedView, StoreError> {
    let problems = problems_of(tx, account, capabilities, edits, now)?;
    if !problems.is_empty() {
        return Ok(ProposedView { changes: Vec::new(), problems });
    }
    let mut ids: Vec<Option<ChangeId>> = Vec::new();
    let mut open = Open::new(table::list_open(tx, account.id)?);
    for some in edits.chunks(AT_ONCE) {
        let facts =
            Facts::load(tx, account.id, &account.authentication, &some.iter().collect::<Vec<_>>(), true)?;
        for edit in some {
            let edit = placeholder::replaced(edit, &|named| match named {
                Placeholder::Place(place) => {
                    ids.get(place).copied().flatten().map(|id| Placeholder::Change(id).id())
                }
                Placeholder::Change(_) => None,
            });
            ids.push(keep(tx, account.id, &facts, &mut open, &edit, now)?);
        }
    }
    let changes = ids.into_iter().map(|id| id.map(|id| id.0)).collect();
    Ok(ProposedView { changes, problems: Vec::new() })
}

fn keep(
    tx: &Transaction<'_>,
    account: AccountId,
    facts: &Facts,
    open: &mut Open,
    edit: &Edit,
    now: Timestamp,
) -> Result<Option<ChangeId>, StoreError> {
    let subject = parts::subject(edit).id;
    let active = subject.and_then(|id| facts.records.get(&id)).and_then(is_active);
    let kept = match merge(open, edit, active) {
        Merged::Nothing => return Ok(None),
        Merged::Same(id) => {
            if open.find(id).is_some_and(is_retried) {
                table::set_state(tx, id, ChangeState::Pending, None)?;
                know(tx, open, id)?;
            }
            Some(id)
        }
        Merged::New(edit) => {
            let id = table::insert(tx, account, &edit, &facts.base(&edit), now)?;
            know(tx, open, id)?;
            Some(id)
        }
        Merged::Replace(id, edit) => {
            table::set_edit(tx, id, &edit, None)?;
            know(tx, open, id)?;
            Some(id)
        }
        Merged::Cancel(id) => {
            table::set_state(tx, id, ChangeState::Withdrawn, None)?;
            open.remove(id);
            None
        }
    };
    Ok(kept)
}

/// Has the change among the open ones as it stands now.
fn know(tx: &Transaction<'_>, open: &mut Open, id: ChangeId) -> Result<(), StoreError> {
    if let Some(change) = table::find(tx, id)? {
        open.put(change);
    }
    Ok(())
}

/// A person who asks for the same again asks for another try, unless nobody knows what became of the first.
const fn is_retried(change: &Change) -> bool {
    matches!(change.state, ChangeState::Blocked)
        && !matches!(change.block, Some(BlockReason::OutcomeUnknown { .. }))
}

/// Takes changes back, with those that need what they would have created. What is on its way stays.
///
/// # Errors
/// Those of the database.
pub fn withdraw(
    tx: &Transaction<'_>,
    account: AccountId,
    which: Option<&[ChangeId]>,
) -> Result<(), StoreError> {
    let open = table::list_open(tx, account)?;
    let mut leaving: BTreeSet<ChangeId> = open
        .iter()
        .map(|change| change.id)
        .filter(|id| which.is_none_or(|which| which.contains(id)))
        .collect();
    loop {
        let dependent = open.iter().filter(|change| !leaving.contains(&change.id)).find(|change| {
            let needed = change.schedule.and_then(|schedule| schedule.needs);
            needed.is_some_and(|id| leaving.contains(&id))
                || placeholder::named_in(&change.edit)
                    .iter()
                    .any(|named| matches!(named, Placeholder::Change(id) if leaving.contains(id)))
        });
        let Some(dependent) = dependent else { break };
        leaving.insert(dependent.id);
    }
    for change in
        open.iter().filter(|change| leaving.contains(&change.id) && change.state != ChangeState::Sent)
    {
        table::set_state(tx, change.id, ChangeState::Withdrawn, None)?;
    }
    Ok(())
}

/// Has a token revoked by itself at a moment, and not before its successor is there; `None` has it wait for a person again.
/// False where that is no waiting revocation of `account`, or what it needs is no change of it.
///
/// # Errors
/// Those of the database.
pub fn schedule(
    tx: &Transaction<'_>,
    account: AccountId,
    id: ChangeId,
    schedule: Option<Schedule>,
) -> Result<bool, StoreError> {
    let of_account = |id| -> Result<Option<Change>, StoreError> {
        Ok(table::find(tx, id)?.filter(|change| change.account == account))
    };
    let revokes = of_account(id)?
        .is_some_and(|it| it.state == ChangeState::Pending && it.edit.kind() == EditKind::DeleteToken);
    let needed = match schedule.and_then(|schedule| schedule.needs) {
        Some(needed) => needed != id && of_account(needed)?.is_some(),
        None => true,
    };
    if revokes && needed {
        table::set_schedule(tx, id, schedule)?;
    }
    Ok(revokes && needed)
}

/// A decision about a blocked change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// Taken.
    Done(AccountId),
    /// There is no such blocked change.
    NotFound,
    /// The decision does not fit.
    Unfit(&'static str),
}

/// Decides about a blocked change.
///
/// # Errors
/// Those of the database.
pub fn resolve(tx: &Transaction<'_>, id: ChangeId, choice: ChangeChoice) -> Result<Resolved, StoreError> {
    let Some(change) = table::find(tx, id)?.filter(|change| change.state == ChangeState::Blocked) else {
        return Ok(Resolved::NotFound);
    };
    let conflicts = match &change.block {
        Some(BlockReason::Conflict { fields } | BlockReason::AlsoChanged { fields }) => fields.as_slice(),
        _ => &[],
    };
    match choice {
        ChangeChoice::TakeTheirs => {
            let mut edit = change.edit.clone();
            let left = parts::fields_mut(&mut edit).map(|fields| {
                fields.retain(|field| !conflicts.iter().any(|conflict| conflict.path == field.path));
                fields.len()
            });
            match left {
                Some(left) if left > 0 && !conflicts.is_empty() => table::set_edit(tx, id, &edit, None)?,
                _ => withdraw(tx, change.account, Some(&[id]))?,
            }
        }
        ChangeChoice::KeepMine if conflicts.is_empty() => {
            return Ok(Resolved::Unfit("there is nothing of somebody else to write over"));
        }
        ChangeChoice::KeepMine => table::set_edit(tx, id, &rebased(&change.edit, conflicts), None)?,
        ChangeChoice::Suspend => {
            let Some(edit) = instead_of_deleting(&change) else {
                return Ok(Resolved::Unfit(
                    "only a user whom the service does not delete is suspended instead",
                ));
            };
            table::set_edit(tx, id, &edit, None)?;
        }
        ChangeChoice::TryAgain => {
            // Whether a message went out, nobody will ever know: a person may send another one.
            let is_open = matches!(change.block, Some(BlockReason::OutcomeUnknown { denied: false }));
            if is_open && !leaves_no_trace(&change.edit) {
                return Ok(Resolved::Unfit(
                    "nobody knows yet whether it arrived: sending it again could do it twice",
                ));
            }
            table::set_state(tx, id, ChangeState::Pending, None)?;
        }
    }
    Ok(Resolved::Done(change.account))
}

/// Suspends whom the service said that it does not delete.
fn instead_of_deleting(change: &Change) -> Option<Edit> {
    let Edit::DeleteUser { user } = &change.edit else { return None };
    let Some(BlockReason::Refused { reason: Some(reason), .. }) = &change.block else { return None };
    let edit = Edit::SetUserActive { user: user.clone(), active: false };
    (reason == Refusal::CannotDelete.key()).then_some(edit)
}

/// The same edit, made against what the service has now.
fn rebased(edit: &Edit, conflicts: &[FieldConflict]) -> Edit {
    let mut edit = edit.clone();
    match (&mut edit, conflicts) {
        (Edit::ChangeOffDuty { before, .. }, [conflict, ..]) => {
            if let Ok(theirs) = serde_json::from_value(conflict.theirs.clone()) {
                *before = theirs;
            }
        }
        (Edit::DescribeToken { before, .. }, [conflict, ..]) => {
            conflict.theirs.as_str().unwrap_or_default().clone_into(before);
        }
        (edit, conflicts) => {
            for conflict in conflicts {
                put_over(edit, conflict);
            }
        }
    }
    edit
}

/// The value is written over what the service has now, also one that the edit was not about and that changed with it.
fn put_over(edit: &mut Edit, conflict: &FieldConflict) {
    if let Edit::SetUserActive { user, active } = edit {
        let (path, before) = ("IsOnDuty".to_owned(), Value::from(!*active));
        let fields = vec![FieldEdit { path, before, after: Value::from(*active) }];
        *edit = Edit::UpdateUser { user: user.clone(), fields };
    }
    let Some(fields) = parts::fields_mut(edit) else { return };
    match fields.iter_mut().find(|field| field.path == conflict.path) {
        Some(field) => field.before.clone_from(&conflict.theirs),
        None => fields.push(FieldEdit {
            path: conflict.path.clone(),
            before: conflict.theirs.clone(),
            after: conflict.mine.clone(),
        }),
    }
}

/// `applied` created what others wait for: they get its id, and those that waited for nothing else wait no more.
///
/// # Errors
/// Those of the database.
pub fn release(
    tx: &Transaction<'_>,
    account: AccountId,
    applied: ChangeId,
    created: &RemoteId,
) -> Result<(), StoreError> {
    for change in table::list_naming(tx, account, &Placeholder::Change(applied).id())? {
        let edit = placeholder::replaced(&change.edit, &|named| {
            (named == Placeholder::Change(applied)).then(|| created.clone())
        });
        let waited = match change.block {
            None => true,
            Some(BlockReason::DependsOn { change }) => change == applied.0,
            Some(_) => false,
        };
        if waited {
            table::set_edit(tx, change.id, &edit, None)?;
        }
    }
    Ok(())
}

/// Places of edits that name what is not there: nothing earlier creates it.
pub(super) fn dangling(edits: &[Edit], place: usize) -> bool {
    let Some(edit) = edits.get(place) else { return false };
    placeholder::named_in(edit).iter().any(|named| match named {
        Placeholder::Place(other) => {
            *other >= place || edits.get(*other).is_none_or(|other| parts::subject(other).id.is_some())
        }
        Placeholder::Change(_) => false,
    })
}

/// The problems as an answer, by edit.
pub(super) fn answer(place: usize, problems: Vec<crate::model::FieldProblem>) -> EditProblemsView {
    EditProblemsView { index: u32::try_from(place).unwrap_or(u32::MAX), problems }
}

#[cfg(test)]
mod tests;
