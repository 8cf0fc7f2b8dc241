//! HTTP: what services are, seen from above. Knows nothing of the store.
//!
//! [`DirectoryRead`] is all that a sync can do to a service, so a sync cannot write by construction; [`DirectoryWrite`] is
//! what applying changes can do.

mod ahead;
mod basic;
mod canonical;
mod check;
mod error;
mod http;
mod kept;
mod logto;
mod open;
mod password;
mod refusal;
mod repair;
pub mod roster;
mod scim;
mod spelling;
mod uptrends;
mod write;

pub use check::{check_edit, is_email_address, is_invitation_link};
pub use error::{RemoteError, RetryKind, SetupProblem};
pub use http::{ClientSettings, RetryPolicy, choose_cryptography};
pub use kept::read_kept_user;
pub use open::{open, open_writer};
pub use refusal::Refusal;
pub use spelling::{has_stand_in_names, is_incomplete, spelled, unique};
pub use uptrends::{Registered, register};
pub use write::{CarriedOut, Current, DirectoryWrite, HAD, REACHED, ReadBack, WriteError};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::model::{
    Capabilities, LogEntry, Permission, Record, RemoteId, Stream, SyncIssue, Timestamp, UserDetails,
};

/// Where in a walk over a list a page begins. Opaque outside the provider that made it; kept in the store so that an
/// interrupted run goes on from there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePosition(pub String);

/// How a walk is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Walk {
    /// Whole records in the service's own order: the first walk.
    Natural,
    /// Whole records ordered by id where the service can sort; used when the own order proved unstable.
    ById,
    /// The list cut by the beginning of the ids into parts that each come whole in one answer, so that neither an
    /// unstable order nor a record that goes meanwhile can hide another one.
    InParts,
}

/// One page of a list.
#[derive(Debug, Default)]
pub struct Page {
    /// Records that could be read, in the order they came.
    pub records: Vec<Record>,
    /// Records that could not be read as they are.
    pub issues: Vec<SyncIssue>,
    /// How many records the page held, readable or not.
    pub received: u64,
    /// The service's own total as of this page.
    pub total: Option<u64>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<PagePosition>,
    /// Bytes of the body, for progress and bench.
    pub bytes: u64,
    /// Records that came and are still to be converted: work for whoever takes them in, while the next page is on its way.
    pub unread: Option<Unread>,
}

/// Records that came, as the service sent them.
pub struct Unread(Box<dyn FnOnce() -> (Vec<Record>, Vec<SyncIssue>) + Send>);

impl Unread {
    /// What `read` makes of them.
    pub fn new(read: impl FnOnce() -> (Vec<Record>, Vec<SyncIssue>) + Send + 'static) -> Self {
        Self(Box::new(read))
    }
}

impl std::fmt::Debug for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unread")
    }
}

impl Page {
    /// Converts what is still to be converted.
    #[must_use]
    pub fn read(mut self) -> Self {
        if let Some(Unread(read)) = self.unread.take() {
            let (records, issues) = read();
            self.records.extend(records);
            self.issues.extend(issues);
        }
        self
    }
}

/// A cheap look at a whole list, to be compared with another taken later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Census {
    /// The service's own total.
    pub total: Option<u64>,
    /// Something that differs as soon as a record is created or changed (SCIM: newest `meta.lastModified`); `None`
    /// when the service cannot tell, or when the newest change is so recent that another could hide behind it.
    pub newest_change: Option<String>,
    /// Something that, together with the total, differs as soon as a record is added or gone, whatever happens to the
    /// others; `None` when the service cannot tell.
    #[serde(default)]
    pub members: Option<String>,
    /// Part of the list is not shown to this credential: it can never be shown complete.
    #[serde(default)]
    pub hidden: bool,
}

/// A stretch of the service's own log, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogRange {
    /// Not before.
    pub from: Timestamp,
    /// Not after.
    pub to: Timestamp,
    /// Which page of it, from 1, newest first.
    pub page: u32,
}

/// One page of the service's own log, newest first.
#[derive(Debug, Default)]
pub struct LogPage {
    /// The entries that could be read.
    pub entries: Vec<LogEntry>,
    /// There are more in the range.
    pub more: bool,
}

/// Everything a sync may ask a service.
#[async_trait]
pub trait DirectoryRead: Send + Sync {
    /// Signs in and reads what the service can. Never fails for a missing or wrong self-description; fails when the
    /// address or the credential is wrong.
    async fn discover(&self) -> Result<Capabilities, RemoteError>;

    /// One page of `stream`, as soon as it is known where the next one begins; records may still be to be converted.
    /// `from: None` is the beginning.
    async fn page(
        &self,
        stream: Stream,
        walk: Walk,
        from: Option<&PagePosition>,
    ) -> Result<Page, RemoteError>;

    /// Total and newest change of `stream`, without its records.
    async fn census(&self, stream: Stream) -> Result<Census, RemoteError>;

    /// One record by id; `None` when the service says there is no such record (404), never on doubt.
    async fn find(&self, stream: Stream, id: &RemoteId) -> Result<Option<Record>, RemoteError>;

    /// How many records of `stream` can be asked for at once, by id; 1 where only singly.
    fn batch_size(&self, _stream: Stream) -> usize {
        1
    }

    /// Those of `ids`, at most [`Self::batch_size`], that the service has. One that does not come back is gone: the
    /// service was asked for it by id and does not know it.
    async fn find_many(&self, stream: Stream, ids: &[RemoteId]) -> Result<Vec<Record>, RemoteError> {
        let mut found = Vec::new();
        for id in ids {
            found.extend(self.find(stream, id).await?);
        }
        Ok(found)
    }

    /// Whether `stream` can be walked [`Walk::InParts`].
    fn can_part(&self, _stream: Stream) -> bool {
        false
    }

    /// Whether every answer of a walk over `stream` is a whole list, so that nothing can slip between two of them.
    fn comes_whole(&self, _stream: Stream) -> bool {
        false
    }

    /// What must be asked for user by user; `None` when there is no such user.
    async fn details(&self, _user: &RemoteId) -> Result<Option<UserDetails>, RemoteError> {
        Ok(None)
    }

    /// Everything that a role could allow; `None` where roles are made of nothing.
    async fn permissions(&self) -> Result<Option<Vec<Permission>>, RemoteError> {
        Ok(None)
    }

    /// One page of the service's own log.
    async fn log(&self, _range: LogRange) -> Result<LogPage, RemoteError> {
        Ok(LogPage::default())
    }
}
