//! Uptrends, by its API version 4; reading. [`write`] is for applying changes.
//!
//! Reading order: [`session`] (signed-in requests), [`facts`] (the account as a whole and what it does not show), [`lists`]
//! and [`parents`] (one page of each list), [`convert`] and [`api_users`] (their records to ours).
//!
//! There is no paging: every answer is a whole list. What belongs to single records (members, schedules, rights) is asked for
//! record by record.

mod api_users;
mod convert;
mod facts;
mod find;
mod lists;
mod parents;
mod register;
mod session;
mod wire;
mod write;

pub use register::{Registered, register};
pub use write::UptrendsWriter;

use std::sync::Arc;

use async_trait::async_trait;
use futures::FutureExt;
use serde_json::Value;

use super::ahead::Ahead;
use super::http::ClientSettings;
use super::{Census, DirectoryRead, Page, PagePosition, RemoteError, Walk};
use crate::model::{Account, Capabilities, Credential, Paging, Record, RemoteId, Stream};
use lists::{AT_ONCE, Lists, template, walked_over};
use session::Session;

/// What a kept record of an operator says.
pub(super) fn read_user(record: &Value) -> Option<Record> {
    convert::operator(record).ok()
}

/// Pages of single requests that are asked for before their turn: else nearly all connections would wait for the slowest answer
/// of each page.
const PAGES_AHEAD: usize = 2;

/// One Uptrends account.
pub struct UptrendsDirectory {
    lists: Arc<Lists>,
    ahead: Ahead<Page>,
}

impl UptrendsDirectory {
    /// Makes the client; sends nothing yet.
    ///
    /// # Errors
    /// [`RemoteError::Settings`].
    pub fn new(
        account: &Account,
        credential: &Credential,
        settings: ClientSettings,
    ) -> Result<Self, RemoteError> {
        let lists = Arc::new(Lists::new(Session::new(account, credential, settings)?));
        Ok(Self { lists, ahead: Ahead::new() })
    }

    /// The next records behind `from`, each with what hangs on it.
    async fn walked_page(&self, stream: Stream, from: Option<&PagePosition>) -> Result<Page, RemoteError> {
        let parents = match self.lists.held(stream).filter(|_| from.is_some()) {
            Some(parents) => parents,
            None => {
                self.ahead.clear();
                self.lists.begin(stream).await?
            }
        };
        let from = from.map(|from| from.0.as_str());
        // The first page begins behind no id, which is something else than behind an empty one.
        let key = |from: &str| format!(">{from}");
        let coming = parents.positions_behind(from, AT_ONCE, PAGES_AHEAD).iter().map(|id| key(id)).collect();
        let lists = Arc::clone(&self.lists);
        let ask = move |key: &str| {
            let (lists, parents, key) = (Arc::clone(&lists), Arc::clone(&parents), key.to_owned());
            async move { lists.walked_page(stream, &parents, key.strip_prefix('>')).await }.boxed()
        };
        let mut page = self.ahead.take(&from.map_or_else(String::new, key), coming, &ask).await?;
        page.hidden = self.lists.is_hidden(stream);
        if page.next.is_none() {
            self.lists.end(stream);
        }
        Ok(page)
    }
}

#[async_trait]
impl DirectoryRead for UptrendsDirectory {
    async fn discover(&self) -> Result<Capabilities, RemoteError> {
        let session = &self.lists.session;
        // The first request tells whether address and credential are right.
        session.list(session.url(["Operator"]), template(Stream::Users)).await?;
        let facts = facts::read(session).await?;
        self.lists.put_facts(facts.clone());
        let streams = Stream::ALL.into_iter().filter(|stream| match stream {
            Stream::Users
            | Stream::Groups
            | Stream::OffDutyPeriods
            | Stream::Resources
            | Stream::Grants
            | Stream::Recipients => true,
            Stream::ResourceGrants => !facts.resource_grants_hidden,
            Stream::ApiUsers => !facts.api_users_hidden,
            Stream::Roles
            | Stream::RoleAssignments
            | Stream::Memberships
            | Stream::Invitations
            | Stream::Applications => false,
        });
        Ok(Capabilities {
            described: true,
            users: true,
            groups: true,
            streams: streams.collect(),
            details: false,
            sign_ins: false,
            log: false,
            paging: Paging::Page,
            max_page_size: None,
            filter: false,
            sort: false,
            etag: false,
            patch: true,
            bulk: false,
            // Of a new operator who is set up by hand.
            change_password: true,
            edits: write::edits(&facts),
            user_fields: write::user_fields(&facts),
            group_fields: write::group_fields(),
            role_fields: Vec::new(),
            invitations: None,
            facts: Some(facts),
            documentation: Some("https://www.uptrends.com/support/kb/api".to_owned()),
        })
    }

    async fn page(
        &self,
        stream: Stream,
        _walk: Walk,
        from: Option<&PagePosition>,
    ) -> Result<Page, RemoteError> {
        if from.is_none() {
            self.lists.forget_hidden(stream);
        }
        if walked_over(stream).is_empty() {
            return self.lists.whole(stream).await;
        }
        self.walked_page(stream, from).await
    }

    async fn census(&self, stream: Stream) -> Result<Census, RemoteError> {
        // Only of operators does the service tell how many there are, apart from listing them.
        let total =
            if stream == Stream::Users { self.lists.facts().users_in_use.map(u64::from) } else { None };
        Ok(Census { total, newest_change: None, members: None, hidden: self.lists.is_hidden(stream) })
    }

    async fn find(&self, stream: Stream, id: &RemoteId) -> Result<Option<Record>, RemoteError> {
        self.lists.find(stream, id).await
    }

    fn comes_whole(&self, _stream: Stream) -> bool {
        true
    }
}
