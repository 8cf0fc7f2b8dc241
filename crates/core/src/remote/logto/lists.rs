//! One page of each list: what is asked, and where the next one begins.

use futures::future::try_join_all;
use serde_json::Value;

use super::super::{Page, RemoteError, Walk};
use super::catalogue::{ById, Held, Parents};
use super::convert::{self, Reader};
use super::onward::{begin_of, next_page};
use super::position::{At, Position};
use super::session::{PAGE_SIZE, Session};
use super::wire::Listed;
use crate::model::{HolderKind, Record, RemoteId, RoleAssignment, RoleScope, Stream};

/// Roles or applications of a page: each costs a request of its own.
const WITH_OWN_REQUEST: usize = 20;

/// What is asked of one service, and what of its answers is held.
pub struct Lists {
    /// Signed-in requests.
    pub session: Session,
    /// Users there are, as last heard: how far pages may be asked for before their turn.
    pub users: std::sync::atomic::AtomicU64,
    /// Roles of the account, and how many the service counts.
    pub(super) roles: Held<(ById, u64)>,
    /// Roles of the organisation template, likewise.
    pub(super) organization_roles: Held<(ById, u64)>,
    pub(super) applications: Held<ById>,
    /// Applications that manage the account.
    pub(super) managing: Held<Vec<String>>,
    /// How many hold each role.
    pub(super) holders: Held<Parents>,
    /// How many are in each organisation.
    pub(super) members: Held<Parents>,
}

/// Method and path template of a list.
pub const fn template(stream: Stream) -> &'static str {
    match stream {
        Stream::Users => "GET /users",
        Stream::Groups => "GET /organizations",
        Stream::Roles => "GET /roles",
        Stream::RoleAssignments => "GET /roles/{id}/users",
        Stream::Memberships => "GET /organizations/{id}/users",
        Stream::Invitations => "GET /organization-invitations",
        Stream::Applications => "GET /applications",
        Stream::ApiUsers
        | Stream::OffDutyPeriods
        | Stream::Resources
        | Stream::Grants
        | Stream::ResourceGrants
        | Stream::Recipients => "none",
    }
}

impl Lists {
    /// Nothing asked yet.
    pub fn new(session: Session) -> Self {
        Self {
            session,
            users: std::sync::atomic::AtomicU64::new(0),
            roles: Held::new(),
            organization_roles: Held::new(),
            applications: Held::new(),
            managing: Held::new(),
            holders: Held::new(),
            members: Held::new(),
        }
    }

    /// The page at `position`.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn page(&self, stream: Stream, position: &Position) -> Result<Page, RemoteError> {
        match stream {
            Stream::Users => self.users_page(position).await,
            Stream::Groups => self.organizations_page(position).await,
            Stream::Roles => self.roles_page(position).await,
            Stream::RoleAssignments | Stream::Memberships => self.edges_page(stream, position).await,
            Stream::Invitations => self.invitations_page().await,
            Stream::Applications => self.applications_page(position).await,
            Stream::ApiUsers
            | Stream::OffDutyPeriods
            | Stream::Resources
            | Stream::Grants
            | Stream::ResourceGrants
            | Stream::Recipients => Ok(Page::default()),
        }
    }

    /// Where a walk begins; `None` when there is nothing to walk over.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn first(&self, stream: Stream, walk: Walk) -> Result<Option<Position>, RemoteError> {
        let in_parts = walk == Walk::InParts;
        match stream {
            Stream::RoleAssignments | Stream::Memberships => {
                let parents = self.parents(stream).await?;
                Ok(parents.after(None).map(|first| begin_of(first, in_parts)))
            }
            Stream::Users if in_parts => Ok(Some(Position::of(At::Part(String::new())))),
            Stream::Users | Stream::Groups | Stream::Roles | Stream::Invitations | Stream::Applications => {
                Ok(Some(Position::of(At::Page(1))))
            }
            Stream::ApiUsers
            | Stream::OffDutyPeriods
            | Stream::Resources
            | Stream::Grants
            | Stream::ResourceGrants
            | Stream::Recipients => Ok(None),
        }
    }

    async fn users_page(&self, position: &Position) -> Result<Page, RemoteError> {
        let mut listed = self.list(["users"], &position.at, template(Stream::Users)).await?;
        let total = listed.total;
        if let (At::Page(_), Some(total)) = (&position.at, total) {
            self.users.store(total, std::sync::atomic::Ordering::Relaxed);
        }
        let next = next_page(position, &mut listed, None);
        Ok(into_page(&listed, next, Stream::Users, convert::user)
            .with_total(total.filter(|_| matches!(position.at, At::Page(_)))))
    }

    async fn organizations_page(&self, position: &Position) -> Result<Page, RemoteError> {
        let mut listed = self.list(["organizations"], &position.at, template(Stream::Groups)).await?;
        let total = listed.total;
        let next = next_page(position, &mut listed, None);
        Ok(into_page(&listed, next, Stream::Groups, convert::organization).with_total(total))
    }

    /// Holders of a role or members of an organisation.
    async fn edges_page(&self, stream: Stream, position: &Position) -> Result<Page, RemoteError> {
        let parents = self.parents(stream).await?;
        let Some(parent) = position.parent.as_deref().and_then(|id| parents.find(id)) else {
            return Ok(Page::default());
        };
        let (path, template) = match (stream, parent.kind) {
            (Stream::Memberships, _) => (["organizations", parent.id.as_str(), "users"], template(stream)),
            (_, HolderKind::User) => (["roles", parent.id.as_str(), "users"], template(stream)),
            (_, HolderKind::Application) => {
                (["roles", parent.id.as_str(), "applications"], "GET /roles/{id}/applications")
            }
        };
        let mut listed = match self.list(path, &position.at, template).await {
            // Gone since the lists were counted; the total tells.
            Err(RemoteError::NotFound { .. }) => Listed { total: Some(0), ..Listed::default() },
            listed => listed?,
        };
        let total = listed.total.filter(|_| matches!(position.at, At::Page(_)));
        let next = next_page(position, &mut listed, Some(&parents));
        let (own, kind) = (RemoteId::new(parent.id.as_str()), parent.kind);
        let page = into_page(&listed, next, stream, |value, reader| {
            if stream == Stream::Memberships {
                convert::member(value, &own, reader)
            } else {
                Record::Assignment(RoleAssignment::new(own.clone(), reader.id.clone(), kind))
            }
        });
        // Of all lists together, as this one shows itself now.
        Ok(page.with_total(total.map(|total| parents.sum - parent.count + total)))
    }

    async fn roles_page(&self, position: &Position) -> Result<Page, RemoteError> {
        let (roles, template_roles) = self.all_roles().await?;
        let all = roles.0.values().map(|role| (RoleScope::Account, role));
        let all: Vec<_> =
            all.chain(template_roles.0.values().map(|role| (RoleScope::Organization, role))).collect();
        let (chunk, next) = chunk(&all, position);
        let scopes = try_join_all(chunk.iter().map(|(scope, role)| self.scopes_of(*scope, role))).await?;
        let mut page = Page { next, total: Some(roles.1 + template_roles.1), ..Page::default() };
        for ((scope, role), scopes) in chunk.iter().zip(scopes) {
            add(&mut page, Stream::Roles, role, |reader| convert::role(role, *scope, &scopes, reader));
        }
        Ok(page)
    }

    async fn invitations_page(&self) -> Result<Page, RemoteError> {
        let stream = Stream::Invitations;
        let listed =
            self.session.list(self.session.url(["organization-invitations"], &[]), template(stream)).await?;
        let total = listed.records.len() as u64;
        Ok(into_page(&listed, None, stream, convert::invitation).with_total(Some(total)))
    }

    async fn applications_page(&self, position: &Position) -> Result<Page, RemoteError> {
        let applications = match self.applications.get() {
            Some(held) => held,
            None => self.refresh_applications().await?,
        };
        let managing = match self.managing.get() {
            Some(held) if position.at != At::Page(1) => held,
            _ => self.refresh_managing().await?,
        };
        let all: Vec<_> = applications.values().collect();
        let (chunk, next) = chunk(&all, position);
        let secrets = try_join_all(chunk.iter().map(|application| self.secrets_of(application))).await?;
        let mut page = Page { next, total: Some(all.len() as u64), ..Page::default() };
        for (application, secrets) in chunk.iter().zip(secrets) {
            add(&mut page, Stream::Applications, application, |reader| {
                let manages = managing.iter().any(|id| *id == reader.id.as_str());
                convert::application(application, manages, secrets, reader)
            });
        }
        Ok(page)
    }

    /// One page of the list at `path`.
    pub(super) async fn list<'a>(
        &self,
        path: impl IntoIterator<Item = &'a str>,
        at: &At,
        template: &'static str,
    ) -> Result<Listed, RemoteError> {
        let size = PAGE_SIZE.to_string();
        let url = match at {
            At::Page(page) => self.session.url(path, &[("page", &page.to_string()), ("page_size", &size)]),
            At::Part(part) if part.is_empty() => self.session.url(path, &[("page_size", &size)]),
            At::Part(part) => self.session.url(
                path,
                &[
                    ("search.id", &format!("{part}%")),
                    ("mode.id", "like"),
                    ("isCaseSensitive", "true"),
                    ("page_size", &size),
                ],
            ),
        };
        self.session.list(url, template).await
    }
}

/// The records of a page of roles or applications, and where the next begins.
fn chunk<'l, T>(all: &'l [T], position: &Position) -> (&'l [T], Option<super::super::PagePosition>) {
    let At::Page(page) = position.at else { return (&[], None) };
    let number = usize::try_from(page.saturating_sub(1)).unwrap_or(usize::MAX);
    let chunk = all.chunks(WITH_OWN_REQUEST).nth(number).unwrap_or_default();
    let more = number.saturating_add(1).saturating_mul(WITH_OWN_REQUEST) < all.len();
    (chunk, more.then(|| Position::of(At::Page(page + 1)).encode()))
}

fn add(page: &mut Page, stream: Stream, value: &Value, convert: impl FnOnce(&mut Reader<'_>) -> Record) {
    page.received += 1;
    match Reader::new(stream, value) {
        Ok(mut reader) => {
            page.records.push(convert(&mut reader));
            page.issues.append(&mut reader.issues);
        }
        Err(issue) => page.issues.push(issue),
    }
}

fn into_page(
    listed: &Listed,
    next: Option<super::super::PagePosition>,
    stream: Stream,
    convert: impl Fn(&Value, &mut Reader<'_>) -> Record,
) -> Page {
    let mut page =
        Page { received: listed.records.len() as u64, bytes: listed.bytes, next, ..Page::default() };
    for value in &listed.records {
        match Reader::new(stream, value) {
            Ok(mut reader) => {
                page.records.push(convert(value, &mut reader));
                page.issues.append(&mut reader.issues);
            }
            Err(issue) => page.issues.push(issue),
        }
    }
    page
}

impl Page {
    fn with_total(self, total: Option<u64>) -> Self {
        Self { total, ..self }
    }
}
