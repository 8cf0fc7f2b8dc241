//! One page of each list. Every answer of this service is a whole list; what must be asked for record by record is walked
//! in the order of the ids, so that an interrupted walk goes on behind the last of them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::try_join_all;
use serde_json::Value;
use url::Url;

use super::super::{Page, PagePosition, RemoteError};
use super::facts::{MONITOR_FIELDS, monitors_url, shown};
use super::parents::{Parent, ParentKind, Parents};
use super::session::Session;
use super::wire::Listed;
use super::{api_users, convert};
use crate::model::{AccountFacts, GrantHolder, Record, RemoteId, ResourceKind, Stream, SyncIssue};

/// Records of a page that cost a request of their own.
pub const AT_ONCE: usize = 20;
/// Escalation levels of an alert definition.
const LEVELS: [u8; 3] = [1, 2, 3];

/// What is asked of one account, and what of its answers is held.
pub struct Lists {
    /// Signed-in requests.
    pub session: Session,
    facts: Mutex<Arc<AccountFacts>>,
    parents: Mutex<Vec<(Stream, Arc<Parents>)>>,
    /// Lists of which something was refused.
    hidden: Mutex<BTreeSet<Stream>>,
}

/// Method and path template of a list.
pub const fn template(stream: Stream) -> &'static str {
    match stream {
        Stream::Users => "GET /Operator",
        Stream::Groups => "GET /OperatorGroup",
        Stream::ApiUsers => "GET /ApiUser",
        Stream::OffDutyPeriods => "GET /Operator/{id}/DutySchedule",
        Stream::Resources => "GET /Monitor",
        Stream::Grants => "GET /Operator/{id}/Authorization",
        Stream::ResourceGrants => "GET /Monitor/{id}/Authorizations",
        Stream::Recipients => "GET /AlertDefinition/{id}/EscalationLevel/{level}/Member",
        Stream::Roles
        | Stream::RoleAssignments
        | Stream::Memberships
        | Stream::Invitations
        | Stream::Applications => "none",
    }
}

/// What `stream` is walked over; nothing for one that comes in one answer.
pub const fn walked_over(stream: Stream) -> &'static [ParentKind] {
    match stream {
        Stream::Groups => &[ParentKind::Group],
        Stream::OffDutyPeriods => &[ParentKind::Operator],
        Stream::Grants => &[ParentKind::Operator, ParentKind::Group],
        Stream::Resources | Stream::ResourceGrants => &ParentKind::RESOURCES,
        Stream::Recipients => &[ParentKind::Resource(ResourceKind::AlertDefinition)],
        Stream::Users
        | Stream::ApiUsers
        | Stream::Roles
        | Stream::RoleAssignments
        | Stream::Memberships
        | Stream::Invitations
        | Stream::Applications => &[],
    }
}

impl Lists {
    /// Nothing asked yet.
    pub fn new(session: Session) -> Self {
        Self { session, facts: Mutex::default(), parents: Mutex::default(), hidden: Mutex::default() }
    }

    /// What was last heard of the account as a whole.
    pub fn facts(&self) -> Arc<AccountFacts> {
        Arc::clone(&self.facts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Holds what was heard of the account as a whole.
    pub fn put_facts(&self, facts: AccountFacts) {
        *self.facts.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(facts);
    }

    /// Whether part of `stream` was refused.
    pub fn is_hidden(&self, stream: Stream) -> bool {
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).contains(&stream)
    }

    fn hide(&self, stream: Stream) {
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).insert(stream);
    }

    /// A list that comes in one answer.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn whole(&self, stream: Stream) -> Result<Page, RemoteError> {
        match stream {
            Stream::Users => {
                let listed = self.session.list(self.session.url(["Operator"]), template(stream)).await?;
                Ok(whole(&listed, convert::operator))
            }
            Stream::ApiUsers => {
                let listed = self.session.list(self.session.url(["ApiUser"]), template(stream)).await?;
                let facts = self.facts();
                Ok(whole(&listed, |value| api_users::api_user(value, facts.time_zone.as_ref())))
            }
            Stream::Groups
            | Stream::OffDutyPeriods
            | Stream::Resources
            | Stream::Grants
            | Stream::ResourceGrants
            | Stream::Recipients
            | Stream::Roles
            | Stream::RoleAssignments
            | Stream::Memberships
            | Stream::Invitations
            | Stream::Applications => Ok(Page { total: Some(0), ..Page::default() }),
        }
    }

    /// What `stream` is walked over, if a walk has read it.
    pub fn held(&self, stream: Stream) -> Option<Arc<Parents>> {
        let held = self.parents.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|(of, _)| *of == stream).map(|(_, parents)| Arc::clone(parents))
    }

    /// Reads what `stream` is walked over, as the service has it now, and holds it for the walk.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn begin(&self, stream: Stream) -> Result<Arc<Parents>, RemoteError> {
        let parents = Arc::new(self.read_parents(stream).await?);
        let mut held = self.parents.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(of, _)| *of != stream);
        held.push((stream, Arc::clone(&parents)));
        Ok(parents)
    }

    /// The walk is at its end.
    pub fn end(&self, stream: Stream) {
        self.parents.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, _)| *of != stream);
    }

    /// Nothing of `stream` is known to be refused: a walk begins.
    pub fn forget_hidden(&self, stream: Stream) {
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).remove(&stream);
    }

    /// The records behind `from`, each with what hangs on it; all of them are asked for at once.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn walked_page(
        &self,
        stream: Stream,
        parents: &Parents,
        from: Option<&str>,
    ) -> Result<Page, RemoteError> {
        let (chunk, next) = parents.after(from, AT_ONCE);
        let parts = try_join_all(chunk.iter().map(|parent| self.part(stream, parent))).await?;
        let mut page = Page { next: next.map(PagePosition), ..Page::default() };
        for part in parts {
            page.received += part.received;
            page.bytes += part.bytes;
            page.records.extend(part.records);
            page.issues.extend(part.issues);
        }
        Ok(page)
    }

    pub(super) async fn read_parents(&self, stream: Stream) -> Result<Parents, RemoteError> {
        let mut records = Vec::new();
        for kind in walked_over(stream) {
            let Some(listed) = self.list_of(stream, *kind).await? else { continue };
            records.extend(listed.records.into_iter().map(|value| (*kind, value)));
        }
        Ok(Parents::new(records, matches!(stream, Stream::Groups | Stream::Resources)))
    }

    /// All of one kind; `None` where they are not shown, which is noted for `stream`.
    async fn list_of(&self, stream: Stream, kind: ParentKind) -> Result<Option<Listed>, RemoteError> {
        let url = if kind == ParentKind::Resource(ResourceKind::Monitor) {
            // Who may do what is asked of each by its id alone.
            monitors_url(
                &self.session,
                if stream == Stream::Resources { MONITOR_FIELDS } else { "MonitorGuid" },
            )
        } else {
            self.session.url([kind.path()])
        };
        let answer = self.session.list(url, kind.template()).await;
        if matches!(kind, ParentKind::Operator | ParentKind::Group) {
            return answer.map(Some);
        }
        let listed = match answer {
            // A plan without this kind of thing may not have the list at all.
            Err(RemoteError::NotFound { .. }) => None,
            answer => shown(answer)?,
        };
        if listed.is_none() {
            self.hide(stream);
        }
        Ok(listed)
    }

    /// One record of what `stream` is walked over, or what hangs on it.
    pub(super) async fn part(&self, stream: Stream, parent: &Parent) -> Result<Page, RemoteError> {
        match stream {
            Stream::Groups => {
                let url = self.session.url(["OperatorGroup", &parent.id, "Member"]);
                let members = self.children(stream, parent, url, "GET /OperatorGroup/{id}/Member").await?;
                Ok(single(members.bytes, convert::group(&parent.value, &members.records)))
            }
            Stream::Resources => {
                let ParentKind::Resource(kind) = parent.kind else { return Ok(Page::default()) };
                let members = if kind == ResourceKind::MonitorGroup {
                    let url = self.session.url(["MonitorGroup", &parent.id, "Member"]);
                    self.children(stream, parent, url, "GET /MonitorGroup/{id}/Member").await?
                } else {
                    Listed::default()
                };
                Ok(single(members.bytes, convert::resource(kind, &parent.value, &members.records)))
            }
            Stream::OffDutyPeriods => {
                let url = self.session.url(["Operator", &parent.id, "DutySchedule"]);
                let listed = self.children(stream, parent, url, template(stream)).await?;
                let mut page = Page { bytes: listed.bytes, ..Page::default() };
                for value in &listed.records {
                    page.received += 1;
                    match convert::period(value, &parent.id) {
                        Ok((record, issue)) => {
                            page.records.push(record);
                            page.issues.extend(issue);
                        }
                        Err(issue) => page.issues.push(issue),
                    }
                }
                Ok(page)
            }
            Stream::Grants | Stream::ResourceGrants => self.grants_of(stream, parent).await,
            Stream::Recipients => self.levels_of(parent).await,
            Stream::Users
            | Stream::ApiUsers
            | Stream::Roles
            | Stream::RoleAssignments
            | Stream::Memberships
            | Stream::Invitations
            | Stream::Applications => Ok(Page::default()),
        }
    }

    pub(super) async fn grants_of(&self, stream: Stream, parent: &Parent) -> Result<Page, RemoteError> {
        let (word, template) = parent.kind.authorizations();
        let url = self.session.url([parent.kind.path(), &parent.id, word]);
        let listed = self.children(stream, parent, url, template).await?;
        let mut page = Page { bytes: listed.bytes, ..Page::default() };
        let mut keys = BTreeSet::new();
        for value in &listed.records {
            let grant = match parent.kind {
                ParentKind::Operator => convert::account_grant(value, (GrantHolder::User, &parent.id)),
                ParentKind::Group => convert::account_grant(value, (GrantHolder::Group, &parent.id)),
                ParentKind::Resource(_) => convert::resource_grant(value, &parent.id),
            };
            match grant {
                Some(grant) if !keys.insert(grant.remote_id().clone()) => {}
                Some(grant) => {
                    page.received += 1;
                    page.records.push(grant);
                }
                None => page.issues.push(SyncIssue {
                    stream,
                    remote_id: Some(RemoteId::new(parent.id.as_str())),
                    problem: "a right names neither what it allows nor who holds it".to_owned(),
                }),
            }
        }
        Ok(page)
    }

    /// Who is alerted at each level of the alert definition `parent`.
    pub(super) async fn levels_of(&self, parent: &Parent) -> Result<Page, RemoteError> {
        let mut page = Page::default();
        for level in LEVELS {
            let word = level.to_string();
            let url = self.session.url(["AlertDefinition", &parent.id, "EscalationLevel", &word, "Member"]);
            let answer = match self.session.list(url, template(Stream::Recipients)).await {
                // As much a refusal as any other: the service has one word for what is not there and what is not shown. Of a
                // definition that is gone meanwhile the next sync tells.
                Err(RemoteError::NotFound { .. }) => None,
                answer => shown(answer)?,
            };
            let Some(listed) = answer else {
                tracing::debug!(level, "recipients are not shown to this credential");
                self.hide(Stream::Recipients);
                continue;
            };
            page.received += 1;
            page.bytes += listed.bytes;
            let (record, issue) = convert::level(&parent.id, level, &listed.records);
            page.records.push(record);
            page.issues.extend(issue);
        }
        Ok(page)
    }

    /// What hangs on `parent`; nothing where it is gone meanwhile, or not shown, which is noted and said.
    async fn children(
        &self,
        stream: Stream,
        parent: &Parent,
        url: Url,
        template: &'static str,
    ) -> Result<Listed, RemoteError> {
        match self.session.list(url, template).await {
            Err(RemoteError::NotFound { .. }) => Ok(Listed::default()),
            answer => {
                let listed = shown(answer)?;
                if listed.is_none() {
                    tracing::debug!(template, kind = parent.kind.path(), "not shown to this credential");
                    self.hide(stream);
                }
                Ok(listed.unwrap_or_default())
            }
        }
    }
}

/// A page that is the whole list.
fn whole(listed: &Listed, convert: impl Fn(&Value) -> Result<Record, SyncIssue>) -> Page {
    let mut page = Page {
        received: listed.records.len() as u64,
        total: Some(listed.records.len() as u64),
        bytes: listed.bytes,
        ..Page::default()
    };
    for value in &listed.records {
        match convert(value) {
            Ok(record) => page.records.push(record),
            Err(issue) => page.issues.push(issue),
        }
    }
    page
}

fn single(bytes: u64, converted: Result<Record, SyncIssue>) -> Page {
    let mut page = Page { received: 1, bytes, ..Page::default() };
    match converted {
        Ok(record) => page.records.push(record),
        Err(issue) => page.issues.push(issue),
    }
    page
}
