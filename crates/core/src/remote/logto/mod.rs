//! Logto, OSS and Cloud, by its Management API; reading. [`write`] is for applying changes.
//!
//! Reading order: [`auth`] and [`session`] (signed-in requests at the service's pace), [`lists`] (one page of each list and
//! where the next begins), [`census`] (what shows that nothing moved), [`convert`] (their records to ours), [`details`] (what
//! must be asked for user by user), [`log`].
//!
//! Users come newest first without a tie-breaker: users who share a time may be hidden by pages however often they are
//! turned. Such a list is cut into parts by the beginning of the ids, each small enough for one answer.

mod auth;
mod catalogue;
mod census;
mod convert;
mod details;
mod find;
mod holdings;
mod lists;
mod log;
mod onward;
mod permissions;
mod position;
mod session;
mod wire;
mod write;

pub use write::LogtoWriter;
#[cfg(test)]
pub use write::capabilities;

use std::sync::Arc;

use async_trait::async_trait;
use futures::FutureExt as _;

use super::ahead::Ahead;
use super::http::ClientSettings;
use super::{Census, DirectoryRead, LogPage, LogRange, Page, PagePosition, RemoteError, Walk};
use crate::model::{Account, Capabilities, Credential, Permission, Record, RemoteId, Stream, UserDetails};
use lists::{Lists, template};
use position::Position;
use session::Session;

/// What a kept record of a user says.
pub(super) fn read_user(record: &serde_json::Value) -> Option<Record> {
    let mut reader = convert::Reader::new(Stream::Users, record).ok()?;
    Some(convert::user(record, &mut reader))
}

/// One Logto tenant.
pub struct LogtoDirectory {
    lists: Arc<Lists>,
    ahead: Ahead<Page>,
}

impl LogtoDirectory {
    /// Makes the client; sends nothing yet.
    ///
    /// # Errors
    /// [`RemoteError::Settings`].
    pub fn new(
        account: &Account,
        credential: &Credential,
        settings: ClientSettings,
    ) -> Result<Self, RemoteError> {
        let session = Session::new(account, credential, settings)?;
        Ok(Self { lists: Arc::new(Lists::new(session)), ahead: Ahead::new() })
    }

    /// Whether this release has the list.
    async fn has(&self, path: &str, template: &'static str) -> Result<bool, RemoteError> {
        let url = self.lists.session.url([path], &[("page", "1"), ("page_size", "1")]);
        match self.lists.session.list(url, template).await {
            Ok(_) => Ok(true),
            Err(RemoteError::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[async_trait]
impl DirectoryRead for LogtoDirectory {
    async fn discover(&self) -> Result<Capabilities, RemoteError> {
        let session = &self.lists.session;
        session.check_address().await?;
        session.sign_in().await?;
        session.list(session.url(["users"], &[("page_size", "1")]), template(Stream::Users)).await?;
        let organizations = self.has("organizations", template(Stream::Groups)).await?;
        Ok(write::capabilities(organizations))
    }

    async fn page(
        &self,
        stream: Stream,
        walk: Walk,
        from: Option<&PagePosition>,
    ) -> Result<Page, RemoteError> {
        let position = match from {
            Some(from) => Position::decode(from, template(stream))?,
            None => {
                self.ahead.clear();
                match self.lists.first(stream, walk).await? {
                    Some(first) => first,
                    None => return Ok(Page { total: Some(0), ..Page::default() }),
                }
            }
        };
        let key = |position: &Position| format!("{}:{}", stream.as_str(), position.encode().0);
        let coming = self.lists.coming(stream, &position).iter().map(key).collect();
        let lists = Arc::clone(&self.lists);
        let ask = move |key: &str| {
            let (lists, key) = (Arc::clone(&lists), key.to_owned());
            async move {
                let encoded = key.split_once(':').map(|(_, encoded)| encoded).unwrap_or_default();
                let position = Position::decode(&PagePosition(encoded.to_owned()), template(stream))?;
                lists.page(stream, &position).await
            }
            .boxed()
        };
        self.ahead.take(&key(&position), coming, &ask).await
    }

    async fn census(&self, stream: Stream) -> Result<Census, RemoteError> {
        census::census(&self.lists, stream).await
    }

    async fn find(&self, stream: Stream, id: &RemoteId) -> Result<Option<Record>, RemoteError> {
        Ok(find::find_many(&self.lists, stream, std::slice::from_ref(id)).await?.pop())
    }

    fn batch_size(&self, stream: Stream) -> usize {
        find::batch_size(stream)
    }

    async fn find_many(&self, stream: Stream, ids: &[RemoteId]) -> Result<Vec<Record>, RemoteError> {
        find::find_many(&self.lists, stream, ids).await
    }

    fn can_part(&self, stream: Stream) -> bool {
        matches!(stream, Stream::Users | Stream::RoleAssignments)
    }

    async fn details(&self, user: &RemoteId) -> Result<Option<UserDetails>, RemoteError> {
        details::read(&self.lists.session, user).await
    }

    async fn permissions(&self) -> Result<Option<Vec<Permission>>, RemoteError> {
        permissions::list(&self.lists.session).await.map(Some)
    }

    async fn log(&self, range: LogRange) -> Result<LogPage, RemoteError> {
        log::page(&self.lists.session, range).await
    }
}
