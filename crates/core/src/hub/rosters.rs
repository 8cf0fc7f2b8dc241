//! Organisations kept by hand: what is said about them, and what was done at their service.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Hub, crossing, drafts};
use crate::api::{
    AccountRequest, AccountView, ApplyStartedView, CommandError, CreateRosterRequest, HubEvent,
    PageOpenedView, ReviewSheetView, RosterMemberRequest, RosterMemberView, RosterRight, RosterView,
    TickChangesRequest, TickNowRequest, UpdateRosterRequest,
};
use crate::error::{FileReason, InputReason};
use crate::model::{
    Account, AccountId, Address, Authentication, ChangeId, Permission, ProviderKind, RemoteId, Roster,
    RosterPreset, RunId, RunKind, Timestamp,
};
use crate::remote::roster::capabilities;
use crate::roster::{self, Beginning, Book, RosterDirectory, Tick, rules};
use crate::store::{accounts, blocking, facts, permissions, rosters};
use crate::{Error, clock};

/// Clocks of the same person differ by less than this.
const CLOCKS: i64 = 5 * 60 * 1000;

/// What is looked for where an account is not kept by hand.
const NOT_BY_HAND: Error = Error::NotFound { what: "this organisation kept by hand" };

impl Hub {
    /// Keeps an organisation by hand. Nothing is asked of any service, and nothing goes to the keychain.
    ///
    /// # Errors
    /// The field to correct; those of the store.
    pub async fn create_roster(&self, request: CreateRosterRequest) -> Result<AccountView, CommandError> {
        let view = self.new_roster(request, false).await.map_err(crossing)?;
        self.send(HubEvent::AccountsChanged);
        Ok(view)
    }

    /// The same for the samples.
    pub(super) async fn new_roster(
        &self,
        request: CreateRosterRequest,
        sample: bool,
    ) -> Result<AccountView, Error> {
        let CreateRosterRequest { name, preset, organization, language, terms, owner, owner_is_me } = request;
        let name = drafts::required("name", &name)?;
        self.check_name(&name, None).await?;
        let terms = roster::terms::check(terms)?;
        let owner = match owner {
            Some(owner) => {
                Some((drafts::required("owner.name", &owner.name)?, read_email("owner.email", &owner.email)?))
            }
            None => None,
        };
        let organization = drafts::optional(organization.as_deref()).unwrap_or_else(|| name.clone());
        let account = Account {
            id: AccountId(0),
            key: drafts::new_key()?,
            provider: ProviderKind::Roster,
            name,
            address: address_of(terms.page.as_deref())?,
            authentication: Authentication::ByHand,
            certificate_authority: None,
            sample,
            signed_in: true,
            sync_interval_minutes: Some(0),
            created_at: clock::now(),
        };
        let known = capabilities(preset, terms.page.clone());
        let me = owner.as_ref().filter(|_| owner_is_me);
        let me = me.map(|(_, email)| roster::new_id("member", email, &BTreeSet::new()));
        let begun = Roster { account: AccountId(0), preset, terms, me };
        let owner = owner.as_ref().map(|(name, email)| (name.as_str(), email.as_str()));
        let book = roster::begin(begun, &Beginning { name: &organization, language, owner });
        let (kept, rights) = (book.roster.clone(), book.rights.clone());
        let write = move |tx: &rusqlite::Transaction<'_>| {
            let id = accounts::insert(tx, &account)?;
            accounts::set_capabilities(tx, id, &known)?;
            rosters::upsert(tx, &Roster { account: id, ..kept })?;
            permissions::replace_all(tx, id, &rights)?;
            Ok(id)
        };
        let id = self.open()?.store.write(write).await?;
        self.take_over(id, book).await?;
        self.run_ended(id).await;
        self.account_view(id).await
    }

    /// An organisation kept by hand: terms, cost, what may be done, the checklist.
    ///
    /// # Errors
    /// When there is none; those of the store.
    pub async fn get_roster(&self, request: AccountRequest) -> Result<RosterView, CommandError> {
        self.roster_view(request.account_id).await.map_err(crossing)
    }

    async fn roster_view(&self, id: AccountId) -> Result<RosterView, Error> {
        let now = clock::now();
        let found = self.open()?.store.read(move |conn| roster::view::view(conn, id, now)).await?;
        found.ok_or(NOT_BY_HAND)
    }

    /// Changes what is said about its service.
    ///
    /// # Errors
    /// The field to correct; those of the store.
    pub async fn update_roster(&self, request: UpdateRosterRequest) -> Result<RosterView, CommandError> {
        let id = request.account_id;
        let view = async {
            self.change_roster(request).await?;
            self.roster_view(id).await
        };
        let view = view.await.map_err(crossing)?;
        self.send(HubEvent::AccountsChanged);
        Ok(view)
    }

    async fn change_roster(&self, request: UpdateRosterRequest) -> Result<(), Error> {
        let UpdateRosterRequest { account_id: id, terms, me, rights } = request;
        let (account, mut roster) = self.roster(id).await?;
        let store = self.open()?.store;
        if let Some(terms) = terms {
            roster.terms = roster::terms::check(terms)?;
        }
        if let Some(me) = me {
            roster.me = match me.trim() {
                "" => None,
                member => {
                    let member = RemoteId::new(member);
                    let looked = member.clone();
                    let found =
                        store.read(move |conn| facts::find_record(conn, id, "users", &looked)).await?;
                    found.ok_or(Error::NotFound { what: "this member" })?;
                    Some(member)
                }
            };
        }
        let known = capabilities(roster.preset, roster.terms.page.clone());
        let account = Account { address: address_of(roster.terms.page.as_deref())?, ..account };
        let rights = match rights {
            Some(_) if roster.preset == RosterPreset::Isocarto => {
                let problem = "the rights of this preset are those of its service";
                return Err(drafts::wrong("rights", InputReason::Other, problem));
            }
            Some(rights) => Some(read_rights(rights)?),
            None => None,
        };
        let (kept, given) = (roster, rights.clone());
        let write = move |tx: &rusqlite::Transaction<'_>| {
            accounts::update(tx, &account)?;
            accounts::set_capabilities(tx, id, &known)?;
            rosters::upsert(tx, &kept)?;
            given.map_or(Ok(()), |rights| permissions::replace_all(tx, id, &rights))
        };
        store.write(write).await?;
        let Some(rights) = rights else { return Ok(()) };
        let mut book = store.read(move |conn| Book::load(conn, id)).await?.ok_or(NOT_BY_HAND)?;
        book.set_rights(rights);
        self.take_over(id, book).await?;
        self.run_ended(id).await;
        Ok(())
    }

    /// What may be done with one of its members.
    ///
    /// # Errors
    /// When there is none; those of the store.
    pub async fn get_roster_member(
        &self,
        request: RosterMemberRequest,
    ) -> Result<RosterMemberView, CommandError> {
        let RosterMemberRequest { account_id, remote_id } = request;
        let id = RemoteId::new(remote_id);
        let get = async {
            let store = self.open()?.store;
            let found = store.read(move |conn| roster::view::member(conn, account_id, &id)).await?;
            found.ok_or(Error::NotFound { what: "this member" })
        };
        get.await.map_err(crossing)
    }

    /// Opens the page of its service where members are kept, in the person's browser. The window can name no other page.
    ///
    /// # Errors
    /// When there is no such organisation, or the desktop cannot.
    pub async fn open_roster_page(&self, request: AccountRequest) -> Result<PageOpenedView, CommandError> {
        let open = async {
            let (_, roster) = self.roster(request.account_id).await?;
            let Some(page) = roster.terms.page else { return Ok(PageOpenedView { opened: false }) };
            let desktop = Arc::clone(&self.inner.parts.desktop);
            let opened = blocking(move || {
                let opened = desktop.open_page(&page);
                opened.map_err(|detail| Error::File { reason: FileReason::NotShown, detail })
            });
            opened.await?;
            Ok(PageOpenedView { opened: true })
        };
        open.await.map_err(crossing)
    }

    /// Notes that changes were carried out at its service.
    ///
    /// # Errors
    /// [`Error::SyncBusy`]; a time that lies ahead; those of the store. What must be confirmed first stands in the view.
    pub async fn tick_changes(&self, request: TickChangesRequest) -> Result<ApplyStartedView, CommandError> {
        let TickChangesRequest { account_id, changes, done_on, former_owner_role, confirmations } = request;
        let account = self.account(account_id).await.map_err(crossing)?;
        let tick = async {
            let tick = self.read_tick(account_id, done_on, former_owner_role).await?;
            let which = changes.map(|changes| changes.into_iter().map(ChangeId).collect());
            self.begin_apply(&account, which, &confirmations, Some(tick)).await
        };
        tick.await.map_err(|error| crossing(error).at(&account))
    }

    /// Notes edits that were carried out at its service already, without letting them wait.
    ///
    /// # Errors
    /// As [`Self::tick_changes`].
    pub async fn tick_now(&self, request: TickNowRequest) -> Result<ApplyStartedView, CommandError> {
        let TickNowRequest { account_id, edits, done_on, former_owner_role, confirmations } = request;
        let account = self.account(account_id).await.map_err(crossing)?;
        let tick = async {
            let tick = self.read_tick(account_id, done_on, former_owner_role).await?;
            self.apply_edits(&account, edits, &confirmations, Some(tick)).await
        };
        tick.await.map_err(|error| crossing(error).at(&account))
    }

    async fn read_tick(
        &self,
        id: AccountId,
        done_on: i64,
        former_owner: Option<String>,
    ) -> Result<Tick, Error> {
        let now = clock::now();
        if done_on > now.as_millis() + CLOCKS {
            let problem = "what is done cannot lie in the future";
            return Err(drafts::wrong("doneOn", InputReason::InTheFuture, problem));
        }
        let former_owner = self.former_owner_role(id, former_owner).await?;
        Ok(Tick { done_on: Timestamp::from_millis(done_on.min(now.as_millis())), former_owner })
    }

    /// What the former owner is since: a role of the organisation that is not the owner's.
    pub(super) async fn former_owner_role(
        &self,
        id: AccountId,
        role: Option<String>,
    ) -> Result<Option<RemoteId>, Error> {
        let Some(role) = role.filter(|role| !role.is_empty()).map(RemoteId::new) else { return Ok(None) };
        let looked = role.clone();
        let store = self.open()?.store;
        let found = store.read(move |conn| facts::find_record(conn, id, "roles", &looked)).await?;
        if found.is_none() || role.as_str() == rules::OWNER {
            let problem = "a former owner has another role of the organisation";
            return Err(drafts::wrong("formerOwnerRole", InputReason::Other, problem));
        }
        Ok(Some(role))
    }

    /// The sheet on which a reviewer decides about its members.
    ///
    /// # Errors
    /// When there is none; those of the store.
    pub async fn get_review_sheet(&self, request: AccountRequest) -> Result<ReviewSheetView, CommandError> {
        let (id, now) = (request.account_id, clock::now());
        let get = async {
            let found = self.open()?.store.read(move |conn| roster::view::review(conn, id, now)).await?;
            found.ok_or(NOT_BY_HAND)
        };
        get.await.map_err(crossing)
    }

    /// The account and what is said about it.
    pub(super) async fn roster(&self, id: AccountId) -> Result<(Account, Roster), Error> {
        let account = self.account(id).await?;
        let found = self.open()?.store.read(move |conn| rosters::find(conn, id)).await?;
        Ok((account, found.ok_or(NOT_BY_HAND)?))
    }

    /// Begins to take `book` into the mirror, as a sync would.
    pub(super) async fn take_over(&self, id: AccountId, book: Book) -> Result<RunId, Error> {
        let place = self.take_place(id, RunKind::Sync).await?;
        let account = self.account(id).await?;
        let known = capabilities(book.roster.preset, book.roster.terms.page.clone());
        let directory = RosterDirectory::new(known, book.rights.clone(), book.records());
        self.begin_run(place, account, Arc::new(directory)).await
    }
}

/// Where an account with this page is shown to be.
fn address_of(page: Option<&str>) -> Result<Address, Error> {
    page.map_or_else(|| Ok(Address::nowhere()), roster::terms::address)
}

/// An address that somebody can be written to.
fn read_email(field: &'static str, text: &str) -> Result<String, Error> {
    let email = drafts::required(field, text)?;
    if roster::is_email(&email) {
        return Ok(email);
    }
    Err(drafts::wrong(field, InputReason::Other, "this is no e-mail address"))
}

/// Rights as they are kept: each once, under an id that stays.
fn read_rights(rights: Vec<RosterRight>) -> Result<Vec<Permission>, Error> {
    let mut taken: BTreeSet<RemoteId> =
        rights.iter().filter_map(|right| right.id.clone()).map(RemoteId::new).collect();
    let mut names = BTreeSet::new();
    let mut read = Vec::new();
    for RosterRight { id, name } in rights {
        let name = drafts::required("rights", &name)?;
        if !names.insert(crate::model::fold(&name)) {
            return Err(drafts::wrong("rights", InputReason::Other, "two rights have the same name"));
        }
        let id = id.map_or_else(|| roster::new_id("right", &name, &taken), RemoteId::new);
        taken.insert(id.clone());
        read.push(rules::permission(id.as_str(), &name));
    }
    Ok(read)
}
