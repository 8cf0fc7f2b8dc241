//! Carries queued changes out, one by one: looks, checks, notes that it is about to send, sends, reads back, and takes over
//! what the service confirmed in one transaction with the change and its journal. Killed anywhere, nothing is lost and
//! nothing is done twice: see `store::change_calls`.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::limits::Limits;
use super::parts::{self, Named};
use super::placeholder::{self, Placeholder};
use super::precondition::{self, Precondition};
use super::queue;
use super::reach;
use crate::api::ErrorCode;
use crate::model::{
    AccountId, BlockReason, CallOutcome, Change, ChangeBase, ChangeId, ChangeState, Edit, EditKind,
    FieldConflict, FieldProblem, RemoteId, RunId, Secret, Timestamp,
};
use crate::remote::{CarriedOut, Current, DirectoryWrite, ReadBack, Refusal, RemoteError, WriteError};
use crate::store::confirmed::Confirmed;
use crate::store::users::Target;
use crate::store::{Store, change_calls, changes as table, runs};
use crate::{Error, clock};

/// Somebody else may change a record between our look and our request this often before the change waits.
const ROUNDS: u32 = 3;

/// What applying needs.
pub struct ApplyContext {
    /// The local data.
    pub store: Store,
    /// The service.
    pub remote: Arc<dyn DirectoryWrite>,
    /// Whose changes.
    pub account: AccountId,
    /// This run.
    pub run: RunId,
    /// Which changes, in the order in which they run.
    pub changes: Vec<ChangeId>,
    /// When it was done, where a person did it; `None` for the moment at which it is.
    pub at: Option<Timestamp>,
    /// Ends it between two calls.
    pub cancel: CancellationToken,
    /// Told how many are settled and which is next; must not block.
    pub tell: Box<dyn Fn(usize, Option<ChangeId>) + Send + Sync>,
    /// Given values that are shown once; keeps them in memory only.
    pub keep_secret: Box<dyn Fn(ChangeId, Secret) + Send + Sync>,
}

/// How far an apply came.
#[derive(Debug, Default)]
pub struct Applied {
    /// Changes that the service has.
    pub applied: u32,
    /// Changes that need a person.
    pub blocked: u32,
    /// Why it stopped before its end: the other changes wait.
    pub stopped: Option<Error>,
}

/// What became of one change.
enum Settled {
    Applied,
    /// Needs a person; nothing more is done to its subject in this run.
    Blocked,
    /// As it was, and so is everything else of its subject.
    Waits,
    /// As it was, and nothing more is sent: to nobody.
    Stop(Error),
    /// Needs a person, and nothing more is sent.
    BlockedAndStop(Error),
}

/// Applies the changes.
///
/// # Errors
/// Those of the store. What the service refuses is noted with each change.
pub async fn apply(context: &ApplyContext) -> Result<Applied, Error> {
    let mut applied = Applied::default();
    let mut stopped: BTreeSet<Named> = BTreeSet::new();
    for (place, id) in context.changes.iter().enumerate() {
        if context.cancel.is_cancelled() {
            applied.stopped = Some(Error::Cancelled);
            break;
        }
        (context.tell)(place, Some(*id));
        let id = *id;
        let found = context.store.read(move |conn| table::find(conn, id)).await?;
        // Withdrawn, decided about or applied meanwhile.
        let Some(change) = found.filter(|change| change.state == ChangeState::Pending) else { continue };
        let subject = whose(&change);
        if stopped.contains(&subject) {
            continue;
        }
        match settle_one(context, change).await? {
            Settled::Applied => applied.applied += 1,
            Settled::Waits => {
                stopped.insert(subject);
            }
            Settled::Blocked => {
                applied.blocked += 1;
                stopped.insert(subject);
            }
            Settled::Stop(error) => {
                applied.stopped = Some(error);
                break;
            }
            Settled::BlockedAndStop(error) => {
                applied.blocked += 1;
                applied.stopped = Some(error);
                break;
            }
        }
    }
    (context.tell)(context.changes.len(), None);
    Ok(applied)
}

/// Whom it is about; what is still to be created is somebody too.
fn whose(change: &Change) -> Named {
    let subject = parts::subject(&change.edit);
    Named { id: subject.id.or_else(|| Some(Placeholder::Change(change.id).id())), ..subject }
}

async fn settle_one(context: &ApplyContext, change: Change) -> Result<Settled, Error> {
    let id = change.id;
    let edit = match named(context, &change).await? {
        Ok(edit) => edit,
        Err(needed) => return block(context, id, BlockReason::DependsOn { change: needed.0 }).await,
    };
    // The owner may allow less by now than when it was decided.
    if let Some(problem) = beyond_limits(context, &edit).await? {
        return block(context, id, BlockReason::Invalid { problems: vec![problem] }).await;
    }
    for _ in 0..ROUNDS {
        let current = match look(context.remote.as_ref(), &edit).await {
            Ok(current) => current,
            Err(error) => return troubled(context, id, error).await,
        };
        let reason = match current {
            Looked::Is(current) => match precondition::check(&edit, &current) {
                Precondition::Clear => match send(context, id, &edit, &current).await? {
                    Sent::Settled(settled) => return Ok(settled),
                    Sent::LookAgain => continue,
                },
                Precondition::AlreadyDone => return already_done(context, id, &edit).await,
                Precondition::Conflict(fields) => BlockReason::Conflict { fields },
                Precondition::Gone => BlockReason::Gone,
                Precondition::InTheWay => in_the_way(&edit),
                Precondition::Over { status } => refused(Refusal::InvitationOver, status),
            },
            Looked::RenamedAlready => return already_done(context, id, &edit).await,
        };
        return block(context, id, reason).await;
    }
    Ok(Settled::Waits)
}

fn refused(refusal: Refusal, words: String) -> BlockReason {
    BlockReason::Refused { reason: Some(refusal.key().to_owned()), field: None, words }
}

/// What is there already, said as the edit would say it.
fn in_the_way(edit: &Edit) -> BlockReason {
    if let Edit::InviteUser { invitee, .. } = edit {
        return refused(Refusal::InvitedAlready, invitee.clone());
    }
    BlockReason::NameTaken
}

async fn beyond_limits(context: &ApplyContext, edit: &Edit) -> Result<Option<FieldProblem>, Error> {
    if edit.kind() != EditKind::CreateToken {
        return Ok(None);
    }
    let account = context.account;
    let limits = context.store.read(move |conn| Limits::load(conn, account)).await?;
    Ok(limits.check(edit, clock::now()))
}

/// The edit with the ids of everything that other changes have created; else the change that has not yet.
async fn named(context: &ApplyContext, change: &Change) -> Result<Result<Edit, ChangeId>, Error> {
    let mut edit = change.edit.clone();
    for needed in placeholder::named_in(&edit) {
        let Placeholder::Change(needed) = needed else { return Ok(Err(change.id)) };
        let found = context.store.read(move |conn| table::find(conn, needed)).await?;
        let created =
            found.filter(|found| found.state == ChangeState::Applied).and_then(|found| found.created);
        let Some(created) = created else { return Ok(Err(needed)) };
        edit = placeholder::replaced(&edit, &|named| {
            (named == Placeholder::Change(needed)).then(|| created.clone())
        });
    }
    if edit != change.edit {
        let (id, edit) = (change.id, edit.clone());
        context.store.write(move |tx| table::set_edit(tx, id, &edit, None)).await?;
    }
    Ok(Ok(edit))
}

enum Looked {
    Is(Current),
    /// The token is not there under its old name, but under the new one.
    RenamedAlready,
}

async fn look(remote: &dyn DirectoryWrite, edit: &Edit) -> Result<Looked, RemoteError> {
    let current = remote.current(edit).await?;
    if let (Current::Absent, Edit::RenameToken { owner, new_name, .. }) = (&current, edit) {
        let renamed = Edit::DeleteToken { owner: owner.clone(), name: new_name.clone() };
        if remote.current(&renamed).await? != Current::Absent {
            return Ok(Looked::RenamedAlready);
        }
    }
    Ok(Looked::Is(current))
}

enum Sent {
    Settled(Settled),
    LookAgain,
}

async fn send(context: &ApplyContext, id: ChangeId, edit: &Edit, current: &Current) -> Result<Sent, Error> {
    let (run, now) = (context.run, clock::now());
    let seen = (edit.clone(), current.clone());
    // Committed before the request leaves: whatever happens from here on, it is known that it may have arrived.
    let begun = context
        .store
        .write(move |tx| {
            let found = table::find(tx, id)?.filter(|change| change.state == ChangeState::Pending);
            let Some(change) = found else { return Ok(false) };
            let calls = change_calls::list(tx, id)?;
            let may_have_arrived = calls.iter().any(|call| call.outcome == CallOutcome::Unknown);
            if let Some(base) = reach::before(&seen.0, &seen.1, &change.base, may_have_arrived) {
                table::set_base(tx, id, &base)?;
            }
            change_calls::begin(tx, id, run, now)?;
            Ok(true)
        })
        .await?;
    if !begun {
        return Ok(Sent::Settled(Settled::Waits));
    }
    let outcome = context.remote.carry_out(edit, current).await;
    let settled = match outcome {
        Ok(done) => carried_out(context, id, (edit, current), done).await?,
        Err(WriteError::ChangedMeanwhile) => {
            note(context, id, CallOutcome::Refused, None, ChangeState::Pending, None).await?;
            return Ok(Sent::LookAgain);
        }
        Err(WriteError::Refused(error)) => {
            let words = error.to_string();
            match trouble(error) {
                Trouble::Block(reason) => {
                    note(context, id, CallOutcome::Refused, Some(words), ChangeState::Blocked, Some(reason))
                        .await?;
                    Settled::Blocked
                }
                Trouble::BlockAndStop(reason, error) => {
                    note(context, id, CallOutcome::Refused, Some(words), ChangeState::Blocked, Some(reason))
                        .await?;
                    Settled::BlockedAndStop(error.into())
                }
                Trouble::Stop(error) => {
                    note(context, id, CallOutcome::Refused, Some(words), ChangeState::Pending, None).await?;
                    Settled::Stop(error.into())
                }
            }
        }
        Err(WriteError::NotSent(error)) => {
            let words = Some(error.to_string());
            note(context, id, CallOutcome::NotSent, words, ChangeState::Pending, None).await?;
            return troubled(context, id, error).await.map(Sent::Settled);
        }
        Err(WriteError::OutcomeUnknown(error)) => {
            let words = Some(error.to_string());
            let (state, reason) = if edit.kind().is_idempotent() {
                (ChangeState::Pending, None)
            } else {
                (ChangeState::Blocked, Some(BlockReason::OutcomeUnknown { denied: false }))
            };
            let blocked = reason.is_some();
            note(context, id, CallOutcome::Unknown, words, state, reason).await?;
            if blocked { Settled::BlockedAndStop(error.into()) } else { Settled::Stop(error.into()) }
        }
    };
    Ok(Sent::Settled(settled))
}

async fn carried_out(
    context: &ApplyContext,
    id: ChangeId,
    (edit, before): (&Edit, &Current),
    mut done: CarriedOut,
) -> Result<Settled, Error> {
    let made_secret = done.secret.is_some();
    if let Some(secret) = done.secret.take() {
        (context.keep_secret)(id, secret);
    }
    let (read, trouble) = match context.remote.read_back(edit, &done).await {
        Ok(read) => (read, None),
        // The service has it, and the next sync brings it: the mirror never holds what was not read.
        Err(error) => (ReadBack::default(), Some(error)),
    };
    let words = trouble.as_ref().map(ToString::to_string);
    let also_changed = context.remote.also_changed(edit, before, &read);
    let blocked = !also_changed.is_empty();
    let change = context.store.read(move |conn| table::find(conn, id)).await?;
    let members = change.map(|change| change.base.members).unwrap_or_default();
    let reached = reach::after(edit, before, &read, &members);
    let end = End { outcome: CallOutcome::Done, done, made_secret, words, also_changed, reached };
    confirm(context, id, read, end).await?;
    if blocked {
        return Ok(Settled::Blocked);
    }
    Ok(match trouble.map(self::trouble) {
        Some(Trouble::Stop(error) | Trouble::BlockAndStop(_, error)) => Settled::Stop(error.into()),
        Some(Trouble::Block(_)) | None => Settled::Applied,
    })
}

async fn already_done(context: &ApplyContext, id: ChangeId, edit: &Edit) -> Result<Settled, Error> {
    let done = CarriedOut::default();
    let read = match context.remote.read_back(edit, &done).await {
        Ok(read) => read,
        Err(error) => return troubled(context, id, error).await,
    };
    let end = End {
        outcome: CallOutcome::AlreadyDone,
        done,
        made_secret: false,
        words: None,
        also_changed: Vec::new(),
        reached: None,
    };
    confirm(context, id, read, end).await?;
    Ok(Settled::Applied)
}

/// How a call ended well.
struct End {
    outcome: CallOutcome,
    done: CarriedOut,
    made_secret: bool,
    words: Option<String>,
    /// Values that became others with it.
    also_changed: Vec<FieldConflict>,
    /// Of an edit of a whole group: for whom it made a difference.
    reached: Option<Vec<RemoteId>>,
}

/// The one transaction: mirror, history, change, journal.
async fn confirm(context: &ApplyContext, id: ChangeId, read: ReadBack, end: End) -> Result<(), Error> {
    let (account, run, now) = (context.account, context.run, clock::now());
    let target = Target { account, run, at: context.at.unwrap_or(now), baseline: false };
    let ReadBack { records, gone, details, tokens } = read;
    let confirmed = Confirmed { records, gone, details, tokens };
    let also = move |tx: &rusqlite::Transaction<'_>, counts: &crate::model::Counts| {
        let End { outcome, done, made_secret, words, also_changed, reached } = end;
        if let Some(members) = reached
            && let Some(change) = table::find(tx, id)?
        {
            table::set_base(tx, id, &ChangeBase { members, ..change.base })?;
        }
        if outcome == CallOutcome::AlreadyDone {
            table::set_run(tx, id, run)?;
            change_calls::insert(tx, id, run, now, outcome)?;
        } else {
            change_calls::end(tx, id, outcome, words.as_deref(), now)?;
        }
        if also_changed.is_empty() {
            table::set_applied(tx, id, done.created.as_ref(), made_secret)?;
        } else {
            let reason = BlockReason::AlsoChanged { fields: also_changed };
            table::set_state(tx, id, ChangeState::Blocked, Some(&reason))?;
        }
        if let Some(created) = &done.created {
            queue::release(tx, account, id, created)?;
        }
        runs::add_counts(tx, run, counts)
    };
    context.store.confirm(target, confirmed, also).await?;
    Ok(())
}

async fn note(
    context: &ApplyContext,
    id: ChangeId,
    outcome: CallOutcome,
    words: Option<String>,
    state: ChangeState,
    reason: Option<BlockReason>,
) -> Result<(), Error> {
    let now = clock::now();
    let write = move |tx: &rusqlite::Transaction<'_>| {
        change_calls::end(tx, id, outcome, words.as_deref(), now)?;
        table::set_state(tx, id, state, reason.as_ref())
    };
    Ok(context.store.write(write).await?)
}

async fn block(context: &ApplyContext, id: ChangeId, reason: BlockReason) -> Result<Settled, Error> {
    let run = context.run;
    let write = move |tx: &rusqlite::Transaction<'_>| {
        table::set_run(tx, id, run)?;
        table::set_state(tx, id, ChangeState::Blocked, Some(&reason))
    };
    context.store.write(write).await?;
    Ok(Settled::Blocked)
}

/// Nothing was sent, because of `error`.
async fn troubled(context: &ApplyContext, id: ChangeId, error: RemoteError) -> Result<Settled, Error> {
    match trouble(error) {
        Trouble::Stop(error) => Ok(Settled::Stop(error.into())),
        Trouble::Block(reason) => block(context, id, reason).await,
        Trouble::BlockAndStop(reason, error) => {
            block(context, id, reason).await?;
            Ok(Settled::BlockedAndStop(error.into()))
        }
    }
}

/// What an error means for the change at hand and for the others.
enum Trouble {
    /// This change needs a person; the others go on.
    Block(BlockReason),
    /// This change needs a person, and so would the others.
    BlockAndStop(BlockReason, RemoteError),
    /// It would be the same for every change: all wait.
    Stop(RemoteError),
}

fn trouble(error: RemoteError) -> Trouble {
    match &error {
        RemoteError::Unreachable { .. }
        | RemoteError::Certificate { .. }
        | RemoteError::Timeout { .. }
        | RemoteError::RateLimited { .. }
        | RemoteError::ServiceFailed { .. }
        | RemoteError::Settings { .. } => Trouble::Stop(error),
        // The credential as a whole may not: so it would be for every change.
        RemoteError::Setup { .. } if error.code() == ErrorCode::Forbidden => {
            let words = error.to_string();
            Trouble::BlockAndStop(BlockReason::Forbidden { words }, error)
        }
        RemoteError::Unauthorized { .. } | RemoteError::Setup { .. } => {
            Trouble::BlockAndStop(BlockReason::SignedOut, error)
        }
        RemoteError::Forbidden { detail, .. } => {
            let words = detail.clone().unwrap_or_else(|| error.to_string());
            Trouble::Block(BlockReason::Forbidden { words })
        }
        RemoteError::NotFound { .. } => Trouble::Block(BlockReason::Gone),
        RemoteError::Refused { refusal: Refusal::UnknownRecord, .. } => Trouble::Block(BlockReason::Gone),
        RemoteError::Refused { refusal: Refusal::NameTaken, field: None, .. } => {
            Trouble::Block(BlockReason::NameTaken)
        }
        RemoteError::Refused { refusal, field, detail, .. } => Trouble::Block(BlockReason::Refused {
            reason: Some(refusal.key().to_owned()),
            field: field.clone(),
            words: detail.clone().unwrap_or_else(|| error.to_string()),
        }),
        RemoteError::Rejected { detail, .. } => {
            let words = detail.clone().unwrap_or_else(|| error.to_string());
            Trouble::Block(BlockReason::Refused { reason: None, field: None, words })
        }
        RemoteError::Unexpected { .. } => {
            let words = error.to_string();
            Trouble::Block(BlockReason::Refused { reason: None, field: None, words })
        }
    }
}
