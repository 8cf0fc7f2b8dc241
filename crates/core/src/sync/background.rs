//! What is read after the lists, behind them: what roles could allow, the newest of the service's own log, then what must be asked for user by user.
//!
//! Every user has an age of its own and is kept as soon as it is read, so stopping at any time loses nothing and the next
//! time goes on with those who are due: never read, changed since, or too old. Tokens and sessions come and go without a
//! change of the user's record; for them there is the greatest age.

use std::sync::Arc;

use futures::{StreamExt as _, stream};
use tokio_util::sync::CancellationToken;

use super::run::unless_cancelled;
use crate::Error;
use crate::clock;
use crate::model::{AccountId, Capabilities, FieldKind, RunId, Timestamp, UserDetails};
use crate::remote::{DirectoryRead, LogRange};
use crate::store::details::{self, Due};
use crate::store::users::Target;
use crate::store::{Store, log_entries, permissions};

/// Details of a user whose record has not changed are read again after this long, in milliseconds.
const GREATEST_AGE: i64 = 24 * 60 * 60 * 1000;
/// Users asked about at once: two of the four connections, so that a person's own requests find a free one.
const AT_ONCE: usize = 2;
/// Users between two commits.
const BATCH: u32 = 20;
/// So many users in a row that cannot be read end it: it is the service then, not the user.
const MOST_FAILURES: u32 = 5;

/// The first read of the log goes back this far, in milliseconds.
const LOG_BACK: i64 = 7 * 24 * 60 * 60 * 1000;
/// Pages of the log that a sync reads at most.
const LOG_PAGES: u32 = 50;
/// Pages of the log that are read at most when a person asks for a stretch.
const LOG_PAGES_ON_DEMAND: u32 = 500;

/// What reading in the background needs.
pub struct BackgroundContext {
    /// The local data.
    pub store: Store,
    /// The service.
    pub remote: Arc<dyn DirectoryRead>,
    /// Whose directory it is.
    pub account: AccountId,
    /// The run after which it reads, to which its history belongs.
    pub run: RunId,
    /// What the service can.
    pub capabilities: Capabilities,
    /// Ends it at once.
    pub cancel: CancellationToken,
    /// Told users asked about, and users to ask about; must not block.
    pub tell: Box<dyn Fn(u64, u64) + Send + Sync>,
}

/// Reads what roles could allow, log and details. Returns how many users were read.
///
/// # Errors
/// Those of the service and of the store; [`Error::Cancelled`]. What was read is kept.
pub async fn read_in_background(context: &BackgroundContext) -> Result<u64, Error> {
    if context.capabilities.role_fields.iter().any(|field| field.kind == FieldKind::Permissions) {
        read_permissions(context).await?;
    }
    if context.capabilities.log {
        let BackgroundContext { store, account, .. } = context;
        let now = clock::now();
        let account = *account;
        let newest = store.read(move |conn| log_entries::find_newest(conn, account)).await?;
        let from = newest.unwrap_or_else(|| now.plus_millis(-LOG_BACK));
        read_pages(store, context.remote.as_ref(), account, (from, now), LOG_PAGES, &context.cancel).await?;
    }
    if context.capabilities.details { read_details(context).await } else { Ok(0) }
}

/// What roles could allow, for their form. Where it cannot be read, what was read before stays.
async fn read_permissions(context: &BackgroundContext) -> Result<(), Error> {
    let account = context.account;
    match unless_cancelled(&context.cancel, context.remote.permissions()).await {
        Ok(Some(permissions)) => {
            let keep =
                move |tx: &rusqlite::Transaction<'_>| permissions::replace_all(tx, account, &permissions);
            context.store.write(keep).await?;
        }
        Ok(None) => {}
        Err(Error::Cancelled) => return Err(Error::Cancelled),
        Err(error) => tracing::info!(%account, %error, "what roles could allow could not be read"),
    }
    Ok(())
}

async fn read_details(context: &BackgroundContext) -> Result<u64, Error> {
    let BackgroundContext { store, account, .. } = context;
    let account = *account;
    let before = clock::now().plus_millis(-GREATEST_AGE);
    let (total, _) = store.read(move |conn| details::count_due(conn, account, before)).await?;
    let (mut done, mut failures, mut after) = (0, 0, None);
    (context.tell)(0, total);
    loop {
        let from = after.clone();
        let due =
            store.read(move |conn| details::list_due(conn, account, before, from.as_ref(), BATCH)).await?;
        let Some(last) = due.last() else { return Ok(done) };
        after = Some(last.user.clone());
        let mut found = Vec::new();
        for (due, answer) in ask(context, due).await {
            match answer {
                // What was answered before is kept.
                Err(Error::Cancelled) => {}
                Ok(details) => {
                    failures = 0;
                    found.extend(details.map(|details| (due, details)));
                }
                Err(error) => {
                    failures += 1;
                    tracing::info!(%account, %error, "one user could not be read in depth");
                    if failures >= MOST_FAILURES {
                        return Err(error);
                    }
                }
            }
        }
        done += found.len() as u64;
        keep(context, found).await?;
        if context.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        (context.tell)(done, total);
    }
}

type Asked = (Due, Result<Option<UserDetails>, Error>);

async fn ask(context: &BackgroundContext, due: Vec<Due>) -> Vec<Asked> {
    stream::iter(due)
        .map(|due| async {
            let details = unless_cancelled(&context.cancel, context.remote.details(&due.user)).await;
            (due, details)
        })
        .buffered(AT_ONCE)
        .collect()
        .await
}

async fn keep(context: &BackgroundContext, found: Vec<(Due, UserDetails)>) -> Result<(), Error> {
    if found.is_empty() {
        return Ok(());
    }
    let BackgroundContext { store, account, run, .. } = context;
    let target = Target { account: *account, run: *run, at: clock::now(), baseline: false };
    store
        .write(move |tx| found.iter().try_for_each(|(due, read)| details::keep(tx, target, due, read)))
        .await?;
    Ok(())
}

/// What reading a stretch of the log brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogRead {
    /// Entries that were not here.
    pub added: u64,
    /// Everything in the stretch is here now.
    pub complete: bool,
}

/// Reads the stretch of the service's log that a person asked for.
///
/// # Errors
/// Those of the service and of the store. What was read is kept.
pub async fn read_log(
    store: &Store,
    remote: &dyn DirectoryRead,
    account: AccountId,
    (from, to): (Timestamp, Timestamp),
) -> Result<LogRead, Error> {
    read_pages(store, remote, account, (from, to), LOG_PAGES_ON_DEMAND, &CancellationToken::new()).await
}

/// Newest first. The next page is that up to the oldest entry read, so that entries of the same time are not lost
/// between two pages; only where one time fills a page are pages counted.
async fn read_pages(
    store: &Store,
    remote: &dyn DirectoryRead,
    account: AccountId,
    (from, mut to): (Timestamp, Timestamp),
    most: u32,
    cancel: &CancellationToken,
) -> Result<LogRead, Error> {
    let (mut added, mut page) = (0, 1);
    for _ in 0..most {
        if to <= from {
            return Ok(LogRead { added, complete: true });
        }
        let read = unless_cancelled(cancel, remote.log(LogRange { from, to, page })).await?;
        let oldest = read.entries.last().map(|entry| entry.at);
        let more = read.more;
        added += store.write(move |tx| log_entries::insert(tx, account, &read.entries)).await?;
        let Some(oldest) = oldest.filter(|_| more) else { return Ok(LogRead { added, complete: true }) };
        (to, page) = if oldest < to { (oldest, 1) } else { (to, page + 1) };
    }
    Ok(LogRead { added, complete: false })
}
