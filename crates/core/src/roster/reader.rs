//! [`DirectoryRead`] over records that are there already: what a person pasted is taken through the same staging, proof, plan,
//! guard and history as what a service brings. Every answer is a whole list.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::model::{Capabilities, Permission, Record, RemoteId, Stream};
use crate::remote::{Census, DirectoryRead, Page, PagePosition, RemoteError, Walk};

/// Records of one page.
const PAGE: usize = 5_000;

/// An organisation as it is to be.
pub struct RosterDirectory {
    capabilities: Capabilities,
    permissions: Vec<Permission>,
    records: BTreeMap<Stream, Vec<Record>>,
}

impl RosterDirectory {
    /// Of these records.
    pub const fn new(
        capabilities: Capabilities,
        permissions: Vec<Permission>,
        records: BTreeMap<Stream, Vec<Record>>,
    ) -> Self {
        Self { capabilities, permissions, records }
    }

    fn list(&self, stream: Stream) -> &[Record] {
        self.records.get(&stream).map(Vec::as_slice).unwrap_or_default()
    }
}

#[async_trait]
impl DirectoryRead for RosterDirectory {
    async fn discover(&self) -> Result<Capabilities, RemoteError> {
        Ok(self.capabilities.clone())
    }

    async fn page(
        &self,
        stream: Stream,
        _walk: Walk,
        from: Option<&PagePosition>,
    ) -> Result<Page, RemoteError> {
        let list = self.list(stream);
        let begin: usize = from.and_then(|PagePosition(text)| text.parse().ok()).unwrap_or(0);
        let records: Vec<Record> = list.iter().skip(begin).take(PAGE).cloned().collect();
        let end = begin + records.len();
        Ok(Page {
            received: records.len() as u64,
            total: Some(list.len() as u64),
            next: (end < list.len()).then(|| PagePosition(end.to_string())),
            records,
            ..Page::default()
        })
    }

    async fn census(&self, stream: Stream) -> Result<Census, RemoteError> {
        let total = Some(self.list(stream).len() as u64);
        Ok(Census { total, newest_change: None, members: None, hidden: false })
    }

    async fn find(&self, stream: Stream, id: &RemoteId) -> Result<Option<Record>, RemoteError> {
        Ok(self.list(stream).iter().find(|record| record.remote_id() == id).cloned())
    }

    fn comes_whole(&self, _stream: Stream) -> bool {
        true
    }

    async fn permissions(&self) -> Result<Option<Vec<Permission>>, RemoteError> {
        Ok(Some(self.permissions.clone()))
    }
}
