//! Any SCIM 2.0 service (RFC 7643, 7644, 9865), reading. [`write`] is for applying changes.
//!
//! Reading order: [`session`] (signed-in requests), [`list`] (one list request), [`paging`] (where the next page
//! begins), [`convert`] (their records to ours).

mod auth;
mod census;
mod convert;
mod discover;
mod list;
mod page_limit;
mod paging;
mod session;
mod wire;
mod write;

pub use write::ScimWriter;

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use serde_json::Value;

use super::http::{Answer, ClientSettings, Undecoded};
use super::{Census, DirectoryRead, Page, PagePosition, RemoteError, Unread, Walk};
use crate::model::{Account, Capabilities, Credential, Record, RemoteId, Stream};
use census::SortProof;
use list::{Listed, Raw};
use page_limit::PageLimit;
use paging::{Held, Position};
use session::{Session, endpoint};

/// What a kept record of a user says.
pub(super) fn read_user(record: Value) -> Option<Record> {
    convert::convert(Stream::Users, record).record
}

/// One SCIM service.
pub struct ScimDirectory {
    session: Session,
    /// As last discovered.
    capabilities: Mutex<Option<Capabilities>>,
    users_sort: SortProof,
    groups_sort: SortProof,
    users_limit: PageLimit,
    groups_limit: PageLimit,
}

impl ScimDirectory {
    /// Makes the client; sends nothing yet.
    ///
    /// # Errors
    /// [`RemoteError::Settings`].
    pub fn new(
        account: &Account,
        credential: &Credential,
        settings: ClientSettings,
    ) -> Result<Self, RemoteError> {
        Ok(Self {
            session: Session::new(account, credential, settings)?,
            capabilities: Mutex::new(None),
            users_sort: SortProof::new(),
            groups_sort: SortProof::new(),
            users_limit: PageLimit::new(u64::MAX),
            groups_limit: PageLimit::new(FIRST_GROUPS),
        })
    }

    fn known_capabilities(&self) -> Option<Capabilities> {
        self.capabilities.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn capabilities(&self) -> Result<Capabilities, RemoteError> {
        match self.known_capabilities() {
            Some(known) => Ok(known),
            None => self.discover().await,
        }
    }

    /// Asks for the page at `position`; for fewer records where so many make too large a body.
    async fn list_at(
        &self,
        stream: Stream,
        position: &Position,
        capabilities: &Capabilities,
        walk: Walk,
    ) -> Result<Listed, RemoteError> {
        let sort = walk == Walk::ById && capabilities.sort;
        let limit = if stream == Stream::Groups { &self.groups_limit } else { &self.users_limit };
        loop {
            let size = paging::page_size(stream, capabilities.max_page_size).min(limit.get());
            let mut query = position.query(size);
            if sort {
                query.push(("sortBy", "id".to_owned()));
                query.push(("sortOrder", "ascending".to_owned()));
            }
            let listed = list::list(&self.session, stream, &query).await?;
            if !listed.oversized {
                // With a cursor the service may hold on to the number of the first page.
                if !position.is_cursor() {
                    limit.weighed(listed.records.len() as u64, listed.bytes);
                }
                return Ok(listed);
            }
            if size == 1 {
                let reason = "a single record is larger than this program reads".to_owned();
                return Err(RemoteError::Unexpected { template: list::template(stream).to_owned(), reason });
            }
            limit.was_too_much(size);
        }
    }
}

/// Groups of the first page, before it is known how large they are.
const FIRST_GROUPS: u64 = 10;

#[async_trait]
impl DirectoryRead for ScimDirectory {
    async fn discover(&self) -> Result<Capabilities, RemoteError> {
        let capabilities = discover::discover(&self.session).await?;
        *self.capabilities.lock().unwrap_or_else(PoisonError::into_inner) = Some(capabilities.clone());
        Ok(capabilities)
    }

    async fn page(
        &self,
        stream: Stream,
        walk: Walk,
        from: Option<&PagePosition>,
    ) -> Result<Page, RemoteError> {
        let capabilities = self.capabilities().await?;
        let position = match from {
            None => Position::first(capabilities.paging),
            Some(from) => Position::decode(from, list::template(stream))?,
        };
        match self.list_at(stream, &position, &capabilities, walk).await {
            Ok(listed) => Ok(into_page(listed, &position)),
            Err(RemoteError::Rejected { .. } | RemoteError::NotFound { .. }) if position.may_be_refused() => {
                Ok(Page::default())
            }
            Err(error) => Err(error),
        }
    }

    async fn census(&self, stream: Stream) -> Result<Census, RemoteError> {
        let capabilities = self.capabilities().await?;
        let proof = if stream == Stream::Groups { &self.groups_sort } else { &self.users_sort };
        census::census(&self.session, &capabilities, stream, proof).await
    }

    async fn find(&self, stream: Stream, id: &RemoteId) -> Result<Option<Record>, RemoteError> {
        // Only where lists work does a 404 speak of the record and not of the address.
        self.capabilities().await?;
        let url = self.session.url([endpoint(stream), id.as_str()]);
        let template = if stream == Stream::Groups { "GET /Groups/{id}" } else { "GET /Users/{id}" };
        let words = &self.session.http.words;
        let decode = |answer: &Answer| {
            if matches!(answer.status, 404 | 410) && !answer.is_web_page() {
                return Ok(None);
            }
            let value: Value = wire::decode_object(answer, "resource", template, words)?;
            wire::masked_refusal(answer, template, words).map_or(Ok(()), Err)?;
            into_record(stream, id, value, answer, template).map(Some)
        };
        self.session.get(url, template, decode).await
    }
}

fn into_page(listed: Listed, position: &Position) -> Page {
    let received = listed.records.len() as u64;
    let mut page = Page { received, total: listed.total, bytes: listed.bytes, ..Page::default() };
    let first = listed.records.first().and_then(|raw| raw.convert().record);
    let first = first.map(|record| record.remote_id().to_string());
    let held = Held { received, first, total: listed.total, next_cursor: listed.next_cursor };
    page.next = position.next(held).map(|next| next.encode());
    let records = listed.records;
    page.unread = Some(Unread::new(move || {
        let (mut read, mut issues) = (Vec::with_capacity(records.len()), Vec::new());
        for converted in records.iter().map(Raw::convert) {
            read.extend(converted.record);
            issues.extend(converted.issues);
        }
        (read, issues)
    }));
    page
}

/// The record with `id`; its version is that of the header where the body has none.
fn into_record(
    stream: Stream,
    id: &RemoteId,
    value: Value,
    answer: &Answer,
    template: &'static str,
) -> Result<Record, Undecoded> {
    let converted = convert::convert(stream, value).record;
    let mut record = converted
        .filter(|record| record.remote_id() == id)
        .ok_or_else(|| wire::unexpected(template, "the answer is not the record that was asked for"))?;
    let version = match &mut record {
        Record::User(user) => Some(&mut user.version),
        Record::Group(group) => Some(&mut group.version),
        Record::Role(_)
        | Record::Assignment(_)
        | Record::Member(_)
        | Record::Invitation(_)
        | Record::Application(_)
        | Record::ApiUser(_)
        | Record::OffDutyPeriod(_)
        | Record::Resource(_)
        | Record::Grant(_)
        | Record::Recipients(_) => None,
    };
    if let Some(version) = version.filter(|version| version.is_none()) {
        version.clone_from(&answer.etag);
    }
    Ok(record)
}
