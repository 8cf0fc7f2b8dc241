//! One page of each list: what is asked, and where the next one begins.

use futures::future::try_join_all;
use serde_json::Value;

use super::super::http::Answer;
use super::super::{Page, RemoteError, Walk};
use super::catalogue::{ById, Held, Parent, Parents, of_organizations, of_roles, read_all};
use super::convert::{self, Reader};
use super::position::{At, Position, after, first_inside};
use super::session::{PAGE_SIZE, Session};
use super::wire::{self, Listed, WireToken};
use crate::model::{HolderKind, Record, RemoteId, RoleAssignment, RoleScope, Stream, Token};

/// Roles or applications of a page: each costs a request of its own.
const WITH_OWN_REQUEST: usize = 20;

/// What is asked of one service, and what of its answers is held.
pub struct Lists {
    /// Signed-in requests.
    pub session: Session,
    /// Users there are, as last heard: how far pages may be asked for before their turn.
    pub users: std::sync::atomic::AtomicU64,
    roles: Held<(ById, u64)>,
    organization_roles: Held<(ById, u64)>,
    applications: Held<ById>,
    managing: Held<Vec<String>>,
    holders: Held<Parents>,
    members: Held<Parents>,
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
        }
    }

    /// Positions that will probably be asked for after `position`, the next first.
    pub fn coming(&self, stream: Stream, position: &Position) -> Vec<Position> {
        const HOW_MANY: usize = 3;
        let users = self.users.load(std::sync::atomic::Ordering::Relaxed);
        let held = match stream {
            Stream::RoleAssignments => self.holders.get(),
            Stream::Memberships => self.members.get(),
            Stream::Users | Stream::Groups | Stream::Roles | Stream::Invitations | Stream::Applications => {
                None
            }
        };
        let mut coming = Vec::new();
        let mut from = position.clone();
        while coming.len() < HOW_MANY {
            let count = match (&from.parent, &held) {
                (None, _) if stream == Stream::Users => users,
                (Some(parent), Some(parents)) => parents.find(parent).map_or(0, |parent| parent.count),
                _ => break,
            };
            let Some(next) = next_of(&from, count, is_probably_large(&from.at, count), held.as_deref())
            else {
                break;
            };
            coming.push(next.clone());
            from = next;
        }
        coming
    }

    async fn users_page(&self, position: &Position) -> Result<Page, RemoteError> {
        let mut listed = self.list(["users"], &position.at, template(Stream::Users)).await?;
        let total = listed.total;
        if let (At::Page(_), Some(total)) = (&position.at, total) {
            self.users.store(total, std::sync::atomic::Ordering::Relaxed);
        }
        let next = next_page(position, &mut listed, None);
        Ok(into_page(listed, next, Stream::Users, convert::user)
            .with_total(total.filter(|_| matches!(position.at, At::Page(_)))))
    }

    async fn organizations_page(&self, position: &Position) -> Result<Page, RemoteError> {
        let mut listed = self.list(["organizations"], &position.at, template(Stream::Groups)).await?;
        let total = listed.total;
        let next = next_page(position, &mut listed, None);
        Ok(into_page(listed, next, Stream::Groups, convert::organization).with_total(total))
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
        let page = into_page(listed, next, stream, |value, reader| {
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

    async fn scopes_of(&self, scope: RoleScope, role: &Value) -> Result<Vec<Value>, RemoteError> {
        let id = role.get("id").and_then(Value::as_str).unwrap_or_default();
        if scope == RoleScope::Organization || id.is_empty() {
            return Ok(Vec::new());
        }
        match self
            .session
            .list(self.session.url(["roles", id, "scopes"], &[]), "GET /roles/{id}/scopes")
            .await
        {
            Err(RemoteError::NotFound { .. }) => Ok(Vec::new()),
            listed => Ok(listed?.records),
        }
    }

    async fn invitations_page(&self) -> Result<Page, RemoteError> {
        let stream = Stream::Invitations;
        let listed =
            self.session.list(self.session.url(["organization-invitations"], &[]), template(stream)).await?;
        let total = listed.records.len() as u64;
        Ok(into_page(listed, None, stream, convert::invitation).with_total(Some(total)))
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

    /// Names and ages of the secrets of an application that signs in by itself; `None` for others, and where the
    /// service does not list them.
    async fn secrets_of(&self, application: &Value) -> Result<Option<Vec<Token>>, RemoteError> {
        const SECRETS: &str = "GET /applications/{id}/secrets";
        let id = application.get("id").and_then(Value::as_str).unwrap_or_default();
        let kind = application.get("type").and_then(Value::as_str);
        if id.is_empty() || kind != Some("MachineToMachine") {
            return Ok(None);
        }
        let words = &self.session.http.words;
        let decode = |answer: &Answer| {
            if answer.status == 404 && !answer.is_web_page() {
                return Ok(None);
            }
            wire::typed::<Vec<WireToken>>(answer, "list of secrets", SECRETS, words).map(Some)
        };
        let url = self.session.url(["applications", id, "secrets"], &[]);
        Ok(self.session.get(url, SECRETS, decode).await?.map(convert::tokens))
    }

    /// Applications that hold a role with the right to manage the whole account.
    async fn refresh_managing(&self) -> Result<std::sync::Arc<Vec<String>>, RemoteError> {
        let (roles, _) = self.all_roles().await?;
        let mut managing = Vec::new();
        for (id, role) in &roles.0 {
            if role.get("type").and_then(Value::as_str) != Some("MachineToMachine") {
                continue;
            }
            let scopes = self.scopes_of(RoleScope::Account, role).await?;
            let manages = scopes.iter().any(|scope| {
                scope.get("name").and_then(Value::as_str) == Some("all")
                    && scope.pointer("/resource/indicator").and_then(Value::as_str)
                        == Some(self.session.auth.resource.as_str())
            });
            if manages {
                managing.extend(self.applications_of(id).await?);
            }
        }
        Ok(self.managing.put(managing))
    }

    /// Ids of the applications that hold the role `id`.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn applications_of(&self, id: &str) -> Result<Vec<String>, RemoteError> {
        let path = ["roles", id, "applications"];
        let mut ids = Vec::new();
        let mut page = 1;
        loop {
            let listed = self.list(path, &At::Page(page), "GET /roles/{id}/applications").await?;
            let received = listed.records.len() as u64;
            ids.extend(listed.records.iter().filter_map(|found| found.get("id").and_then(convert::text_of)));
            if received == 0 || page * PAGE_SIZE >= listed.total.unwrap_or(received) {
                return Ok(ids);
            }
            page += 1;
        }
    }

    async fn list<'a>(
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

    async fn parents(&self, stream: Stream) -> Result<std::sync::Arc<Parents>, RemoteError> {
        let held = if stream == Stream::Memberships { self.members.get() } else { self.holders.get() };
        match held {
            Some(held) => Ok(held),
            None => self.refresh_parents(stream).await,
        }
    }

    /// Counts holders or members anew.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn refresh_parents(&self, stream: Stream) -> Result<std::sync::Arc<Parents>, RemoteError> {
        if stream == Stream::Memberships {
            let query = [("showFeatured", "true")];
            let (organizations, _) =
                read_all(&self.session, "organizations", &query, template(Stream::Groups)).await?;
            return Ok(self.members.put(of_organizations(&organizations)));
        }
        let (roles, _) = read_all(&self.session, "roles", &[], template(Stream::Roles)).await?;
        Ok(self.holders.put(of_roles(&roles)))
    }

    /// Lists roles of the account and of the organisation template anew.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn refresh_roles(&self) -> Result<(), RemoteError> {
        self.roles.put(read_all(&self.session, "roles", &[], template(Stream::Roles)).await?);
        let own = read_all(&self.session, "organization-roles", &[], "GET /organization-roles").await;
        self.organization_roles.put(match own {
            // An older release.
            Err(RemoteError::NotFound { .. }) => (ById::new(), 0),
            own => own?,
        });
        Ok(())
    }

    /// Roles of the account, and those of the organisation template.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn all_roles(
        &self,
    ) -> Result<(std::sync::Arc<(ById, u64)>, std::sync::Arc<(ById, u64)>), RemoteError> {
        if self.roles.get().is_none() {
            self.refresh_roles().await?;
        }
        match (self.roles.get(), self.organization_roles.get()) {
            (Some(roles), Some(own)) => Ok((roles, own)),
            _ => Err(RemoteError::Settings { reason: "BUG: roles were not held".to_owned() }),
        }
    }

    /// Lists applications anew: without paging they come all at once.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn refresh_applications(&self) -> Result<std::sync::Arc<ById>, RemoteError> {
        let url = self.session.url(["applications"], &[]);
        let listed = self.session.list(url, template(Stream::Applications)).await?;
        let by_id = listed.records.into_iter().filter_map(|application| {
            let id = application.get("id")?.as_str()?.to_owned();
            Some((id, application))
        });
        Ok(self.applications.put(by_id.collect()))
    }
}

/// Where the next page begins. The records of a part that must be cut come again with the parts inside it.
fn next_page(
    position: &Position,
    listed: &mut Listed,
    parents: Option<&Parents>,
) -> Option<super::super::PagePosition> {
    let received = listed.records.len() as u64;
    let count = listed.total.unwrap_or(received);
    let is_large = match &position.at {
        At::Page(_) => received > 0,
        At::Part(part) => {
            let is_large = count > PAGE_SIZE;
            if is_large && first_inside(part).is_some() {
                listed.records.clear();
            }
            is_large
        }
    };
    next_of(position, count, is_large, parents).map(|next| next.encode())
}

/// Where a walk goes on after `position`: within its list of `count`, or to the next list. `is_large` says whether a
/// page may have one after it, and whether a part must be cut.
fn next_of(position: &Position, count: u64, is_large: bool, parents: Option<&Parents>) -> Option<Position> {
    let within = match &position.at {
        At::Page(page) => (is_large && page * PAGE_SIZE < count).then(|| At::Page(page + 1)),
        At::Part(part) if is_large => first_inside(part).or_else(|| after(part)).map(At::Part),
        At::Part(part) => after(part).map(At::Part),
    };
    if let Some(at) = within {
        return Some(Position { at, ..position.clone() });
    }
    let next = parents?.after(position.parent.as_deref())?;
    Some(begin_of(next, position.in_parts))
}

/// Where the list of `parent` begins. Applications are few and are listed by pages in every walk.
fn begin_of(parent: &Parent, in_parts: bool) -> Position {
    let cut = in_parts && parent.kind == HolderKind::User;
    let at = if cut { At::Part(String::new()) } else { At::Page(1) };
    Position { parent: Some(parent.id.clone()), at, in_parts }
}

/// Whether so many records, spread evenly, would not fit into the part.
fn is_probably_large(at: &At, count: u64) -> bool {
    match at {
        At::Page(_) => true,
        At::Part(part) => part.chars().fold(count, |left, _| left / 36) > PAGE_SIZE,
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
    listed: Listed,
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
