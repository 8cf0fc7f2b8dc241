//! One walk over a list: pages are downloaded while the ones before land in staging.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::checkpoint::{Checkpoint, StreamCheckpoint};
use super::one_thread::OneThread;
use super::progress::Reporter;
use crate::Error;
use crate::model::{AccountId, Record, Stream};
use crate::remote::{DirectoryRead, Page, PagePosition, RemoteError, Walk};
use crate::store::staged_users::Landed;
use crate::store::staging::StagingSql;
use crate::store::{Context, Staging, StoreError, issues, staged};

/// Pages on their way from the network to the staging: enough that neither waits for the other, little memory.
const PAGES_IN_FLIGHT: usize = 4;
/// A transaction takes in at most this many records, so that a kill costs little.
const RECORDS_A_COMMIT: usize = 20_000;

/// And no longer than this, for the same reason.
const LONGEST_TRANSACTION: Duration = Duration::from_millis(400);
/// With a page under way a commit waits this long for it.
const PATIENCE_FOR_A_PAGE: Duration = Duration::from_millis(100);
/// A walk ends after so many pages in a row without an id that is new to it: there are services that ignore where a
/// page is to begin, and have no last one.
const MOST_IDLE_PAGES: u32 = 20;

/// What a walk needs to know.
pub struct Walker {
    /// The service.
    pub remote: Arc<dyn DirectoryRead>,
    /// Where pages land.
    pub staging: Arc<Staging>,
    /// Works on it.
    pub thread: OneThread,
    /// Whose list it is.
    pub account: AccountId,
    /// Ends the walk at once.
    pub cancel: CancellationToken,
    /// Told how far it is.
    pub reporter: Arc<Mutex<Reporter>>,
    /// Pages are committed one by one: in memory, reading waits for the transaction.
    pub commit_each_page: bool,
    /// When the run began.
    pub began: Instant,
}

impl Walker {
    /// Walks from where `part` stands to the end of the list; `checkpoint` is kept with every commit. Returns the part
    /// as it stands at the end.
    ///
    /// # Errors
    /// Those of the service and of the store; [`Error::Cancelled`]. What landed before stays, with its checkpoint.
    pub async fn walk(
        &self,
        checkpoint: &Checkpoint,
        part: StreamCheckpoint,
    ) -> Result<StreamCheckpoint, Error> {
        let (sender, receiver) = mpsc::channel(PAGES_IN_FLIGHT);
        let (stream, mode, position) = (part.stream, part.mode, part.position.clone());
        let landing = Landing {
            staging: Arc::clone(&self.staging),
            account: self.account,
            checkpoint: checkpoint.clone(),
            part,
            reporter: Arc::clone(&self.reporter),
            most: if self.commit_each_page { 0 } else { RECORDS_A_COMMIT },
            idle_pages: 0,
            began: self.began,
        };
        let landed = self.thread.run(move || landing.land_all(receiver));
        let download = async {
            let result = tokio::select! {
                biased;
                () = self.cancel.cancelled() => Err(Error::Cancelled),
                result = download(self.remote.as_ref(), stream, mode, position, &sender) => {
                    result.map_err(Error::from)
                }
            };
            // The landing side sees the end of the channel and commits what it has.
            drop(sender);
            result
        };
        let (downloaded, landed) = tokio::join!(download, landed);
        let part = landed?;
        downloaded?;
        Ok(part)
    }
}

impl Walker {
    /// Lands one record that was asked for by itself.
    ///
    /// # Errors
    /// Those of the store.
    pub fn stage_one(&self, walk: u32, record: &Record) -> Result<(), StoreError> {
        self.staging.stage(|tx, sql| staged::stage(tx, sql, self.account, walk, record).map(|_| ()))
    }
}

async fn download(
    remote: &dyn DirectoryRead,
    stream: Stream,
    mode: Walk,
    mut position: Option<PagePosition>,
    sender: &mpsc::Sender<Page>,
) -> Result<(), RemoteError> {
    loop {
        let page = remote.page(stream, mode, position.as_ref()).await?;
        position = page.next.clone();
        // The landing side has stopped with an error of its own, which is the one to report.
        if sender.send(page).await.is_err() || position.is_none() {
            return Ok(());
        }
    }
}

/// The landing side, on a blocking thread.
struct Landing {
    staging: Arc<Staging>,
    account: AccountId,
    checkpoint: Checkpoint,
    part: StreamCheckpoint,
    reporter: Arc<Mutex<Reporter>>,
    most: usize,
    idle_pages: u32,
    began: Instant,
}

impl Landing {
    fn land_all(mut self, mut pages: mpsc::Receiver<Page>) -> Result<StreamCheckpoint, StoreError> {
        let staging = Arc::clone(&self.staging);
        while let Some(first) = pages.blocking_recv() {
            staging.stage(|tx, sql| {
                let (mut records, begun) = (0, Instant::now());
                let mut next = Some(first);
                while let Some(page) = next.map(Page::read) {
                    records += page.records.len();
                    self.land(tx, sql, page)?;
                    let room = records < self.most && begun.elapsed() < LONGEST_TRANSACTION;
                    let go_on = room && self.part.position.is_some();
                    next = if go_on { next_soon(&mut pages) } else { None };
                }
                self.keep_checkpoint(tx, sql)
            })?;
            if self.part.position.is_none() {
                // The download sees the closed channel and ends as well.
                break;
            }
        }
        Ok(self.part)
    }

    fn land(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        sql: &StagingSql,
        page: Page,
    ) -> Result<(), StoreError> {
        let (walk, seen) = (self.part.walk, self.part.seen);
        for record in &page.records {
            let landed = staged::stage(tx, sql, self.account, walk, record)?;
            self.count(landed);
        }
        for issue in &page.issues {
            issues::stage(tx, sql, issue)?;
        }
        self.part.begun = true;
        self.part.hidden |= page.hidden;
        let since = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.part.read_until = Some(self.checkpoint.run_at.plus_millis(since));
        if page.total.is_some_and(|total| self.part.walk_census.total != Some(total)) {
            self.part.steady = false;
        }
        // Parts and lists of lists may be empty, one after the other.
        let idle = self.part.seen == seen && page.received > 0 && self.part.mode != Walk::InParts;
        self.idle_pages = if idle { self.idle_pages + 1 } else { 0 };
        self.part.position = page.next.filter(|_| self.idle_pages < MOST_IDLE_PAGES);
        let mut reporter = self.reporter.lock().unwrap_or_else(PoisonError::into_inner);
        reporter.at(self.part.seen, self.part.walk_census.total);
        Ok(())
    }

    fn count(&mut self, landed: Landed) {
        let part = &mut self.part;
        match landed {
            Landed::SeenInWalk(walk) if walk == part.walk => part.repeated += 1,
            Landed::SeenInWalk(walk) => {
                part.seen += 1;
                part.not_in_previous += u64::from(walk + 1 < part.walk);
            }
            Landed::New => {
                part.seen += 1;
                part.not_in_previous += 1;
                part.fresh += 1;
            }
        }
    }

    fn keep_checkpoint(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        sql: &StagingSql,
    ) -> Result<(), StoreError> {
        self.checkpoint.put(self.part.clone());
        write_checkpoint(tx, sql, &self.checkpoint)
    }
}

/// The next page, if it comes soon: a commit costs as much as thousands of records, because ids are spread over the
/// whole of the staging's index.
fn next_soon(pages: &mut mpsc::Receiver<Page>) -> Option<Page> {
    let soon = tokio::runtime::Handle::current();
    soon.block_on(async { tokio::time::timeout(PATIENCE_FOR_A_PAGE, pages.recv()).await }).ok().flatten()
}

/// Keeps `checkpoint` with what is staged.
///
/// # Errors
/// Those of the database.
pub fn write_checkpoint(
    tx: &rusqlite::Transaction<'_>,
    sql: &StagingSql,
    checkpoint: &Checkpoint,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(checkpoint).context("keeping the checkpoint")?;
    tx.execute(&sql.of("INSERT OR REPLACE INTO staging.checkpoint (id, checkpoint) VALUES (1, ?1)"), [text])
        .context("keeping the checkpoint")?;
    Ok(())
}
