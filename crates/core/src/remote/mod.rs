//! HTTP: what services are, seen from above. Knows nothing of the store.
//!
//! [`DirectoryRead`] is all that a sync can do to a service, so a sync cannot write by construction.

mod error;
mod http;
mod open;
mod scim;

pub use error::{RemoteError, RetryKind};
pub use http::{ClientSettings, RetryPolicy};
pub use open::open;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::model::{Capabilities, Record, RemoteId, Stream, SyncIssue};

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
}
