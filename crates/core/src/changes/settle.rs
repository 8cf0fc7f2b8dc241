//! What became of changes that were sent and got no answer, and that must not be sent twice: a look at the service tells.

use rusqlite::{Connection, Transaction};

use super::{parts, queue};
use crate::model::{AccountId, BlockReason, CallOutcome, Change, ChangeState, Edit, FieldPath, RemoteId};
use crate::remote::{CarriedOut, Current, DirectoryWrite};
use crate::store::confirmed::Confirmed;
use crate::store::users::Target;
use crate::store::{Store, StoreError, change_calls, changes as table, facts, runs};
use crate::{Error, clock};

/// Whether `account` has a change of which nobody knows what became of it.
///
/// # Errors
/// Those of the database.
pub fn has_unknown(conn: &Connection, account: AccountId) -> Result<bool, StoreError> {
    Ok(table::list_open(conn, account)?.iter().any(is_unknown))
}

fn is_unknown(change: &Change) -> bool {
    change.state == ChangeState::Blocked
        && change.block == Some(BlockReason::OutcomeUnknown { denied: false })
}

/// Looks for everything of which nobody knows whether it arrived. What is found is applied, its value that is shown once
/// lost; what is not found may be tried again when a person says so. Returns how many are known now.
///
/// # Errors
/// Those of the service and of the store; what was settled before stays so.
pub async fn settle(store: &Store, remote: &dyn DirectoryWrite, account: AccountId) -> Result<u32, Error> {
    let open = store.read(move |conn| table::list_open(conn, account)).await?;
    let mut settled = 0;
    for change in open.into_iter().filter(is_unknown) {
        if !can_be_found(&change.edit) || leaves_no_trace(&change.edit) {
            continue;
        }
        match remote.current(&change.edit).await? {
            Current::Absent => deny(store, &change).await?,
            // Not everybody in the group has it.
            Current::Record { .. } if matches!(change.edit, Edit::AddGroupOffDuty { .. }) => {
                deny(store, &change).await?;
            }
            Current::Present => take_over(store, remote, &change, None).await?,
            Current::Record { raw, .. } => {
                let id = FieldPath::parse("id").get(&raw).as_str().map(RemoteId::new);
                take_over(store, remote, &change, id).await?;
            }
        }
        settled += 1;
    }
    Ok(settled)
}

/// After a sync that began when nothing was on its way any more: tells of what has no name that is unique at the service.
///
/// # Errors
/// Those of the database.
pub fn settle_by_mirror(tx: &Transaction<'_>, account: AccountId) -> Result<(), StoreError> {
    for change in table::list_open(tx, account)?.iter().filter(|change| is_unknown(change)) {
        if can_be_found(&change.edit) || leaves_no_trace(&change.edit) {
            continue;
        }
        let Some(sent) = change_calls::list(tx, change.id)?.last().map(|call| call.sent_at) else { continue };
        let named = parts::subject(&change.edit);
        let name = parts::new_name(&change.edit).unwrap_or_default();
        match facts::find_new(tx, account, super::facts::table_of(named.kind), name, sent)? {
            Some(created) => {
                change_calls::end(tx, change.id, CallOutcome::Found, None, clock::now())?;
                table::set_applied(tx, change.id, Some(&created), parts::makes_secret(&change.edit))?;
                queue::release(tx, account, change.id, &created)?;
            }
            None => {
                let block = BlockReason::OutcomeUnknown { denied: true };
                change_calls::end(tx, change.id, CallOutcome::NotFound, None, clock::now())?;
                table::set_state(tx, change.id, ChangeState::Blocked, Some(&block))?;
            }
        }
    }
    Ok(())
}

/// Whether what it creates has a name by which the service can be asked. Groups may share theirs, and a user without a name
/// for signing in is not told from another one: of these the next sync tells.
fn can_be_found(edit: &Edit) -> bool {
    const SIGNING_IN: [&str; 5] =
        ["username", "userName", "primaryEmail", "primaryPhone", "emails[primary].value"];
    if let Edit::CreateUser { fields, .. } = edit {
        return fields.iter().any(|field| {
            SIGNING_IN.contains(&field.path.as_str())
                && field.after.as_str().is_some_and(|name| !name.is_empty())
        });
    }
    !matches!(edit, Edit::CreateGroup { .. })
}

/// No read tells whether a message was sent: a person decides whether it is sent once more.
pub(super) const fn leaves_no_trace(edit: &Edit) -> bool {
    matches!(edit, Edit::ResendInvitation { .. })
}

async fn deny(store: &Store, change: &Change) -> Result<(), Error> {
    let (id, now) = (change.id, clock::now());
    let block = BlockReason::OutcomeUnknown { denied: true };
    let write = move |tx: &rusqlite::Transaction<'_>| {
        change_calls::end(tx, id, CallOutcome::NotFound, None, now)?;
        table::set_state(tx, id, ChangeState::Blocked, Some(&block))
    };
    Ok(store.write(write).await?)
}

async fn take_over(
    store: &Store,
    remote: &dyn DirectoryWrite,
    change: &Change,
    created: Option<RemoteId>,
) -> Result<(), Error> {
    let done = CarriedOut { created, ..CarriedOut::default() };
    let read = remote.read_back(&change.edit, &done).await?;
    let (id, account, now) = (change.id, change.account, clock::now());
    let Some(run) = change.run else {
        return Err(Error::Internal("a change was sent in no run".to_owned()));
    };
    let made_secret = parts::makes_secret(&change.edit);
    let target = Target { account, run, at: now, baseline: false };
    let confirmed =
        Confirmed { records: read.records, gone: read.gone, details: read.details, tokens: read.tokens };
    let also = move |tx: &rusqlite::Transaction<'_>, counts: &crate::model::Counts| {
        change_calls::end(tx, id, CallOutcome::Found, None, now)?;
        table::set_applied(tx, id, done.created.as_ref(), made_secret)?;
        if let Some(created) = &done.created {
            queue::release(tx, account, id, created)?;
        }
        runs::add_counts(tx, run, counts)
    };
    store.confirm(target, confirmed, also).await?;
    Ok(())
}
