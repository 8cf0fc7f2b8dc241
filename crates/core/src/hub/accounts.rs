//! Accounts: trying, connecting, signing out, forgetting.

use std::sync::Arc;

use super::{Hub, crossing, drafts, lock};
use crate::Error;
use crate::api::{
    AccountDraft, AccountListView, AccountRequest, AccountView, CommandError, ConnectAccountRequest,
    ConnectionReportView, EmptyRequest, ForgetPreviewView, ForgottenView, HubEvent, ReplaceCredentialRequest,
    TestConnectionRequest, TimeZoneRequest, UpdateAccountRequest,
};
use crate::error::InputReason;
use crate::model::{Account, AccountId, Credential, RunKind, Stream, is_time_zone};
use crate::query;
use crate::remote::{self, DirectoryRead, DirectoryWrite, RemoteError};
use crate::store::{accounts, blocking, settings, staging};

impl Hub {
    /// All accounts, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_accounts(&self, _: EmptyRequest) -> Result<AccountListView, CommandError> {
        self.account_views().await.map(|accounts| AccountListView { accounts }).map_err(crossing)
    }

    /// Tries an account without keeping anything.
    ///
    /// # Errors
    /// The field to correct, or what went wrong at the service.
    pub async fn test_connection(
        &self,
        request: TestConnectionRequest,
    ) -> Result<ConnectionReportView, CommandError> {
        let draft = request.draft;
        self.try_draft(&draft)
            .await
            .map(|(_, _, report)| report)
            .map_err(|error| drafts::at_field(error, &draft.authentication))
    }

    /// Connects an account after trying it: credential to the keychain, the rest to the store.
    ///
    /// # Errors
    /// The field to correct, what went wrong at the service, or why it could not be kept; nothing is kept then.
    pub async fn connect_account(&self, request: ConnectAccountRequest) -> Result<AccountView, CommandError> {
        let draft = request.draft;
        self.check_name(&draft.name, None).await.map_err(crossing)?;
        let field = drafts::secret_field(&draft.authentication);
        let draft = self.sign_in_once(draft).await.map_err(|error| drafts::at_secret(error, field))?;
        let connect = async {
            let (account, credential, _) = self.try_draft(&draft).await?;
            let id = self.add_account(account, &credential).await?;
            self.note_registered(id, &draft).await;
            self.account_view(id).await
        };
        let view = connect.await.map_err(|error| drafts::at_field(error, &draft.authentication))?;
        self.send(HubEvent::AccountsChanged);
        Ok(view)
    }

    /// Replaces the credential after trying the new one; the old one stays when it fails.
    ///
    /// # Errors
    /// As [`Self::connect_account`].
    pub async fn replace_credential(
        &self,
        request: ReplaceCredentialRequest,
    ) -> Result<AccountView, CommandError> {
        let ReplaceCredentialRequest { account_id, authentication: draft } = request;
        let replace = async {
            let mut account = self.account(account_id).await?;
            self.check_has_service(&account)?;
            let (authentication, credential) = drafts::read_authentication(&draft)?;
            account.authentication = authentication;
            account.signed_in = true;
            self.try_account(&account, &credential).await?;
            self.keep_credential(&account.key, &credential).await?;
            self.open()?.store.write(move |tx| accounts::update(tx, &account)).await?;
            self.account_view(account_id).await
        };
        let view = replace.await.map_err(|error| drafts::at_field(error, &draft))?;
        self.send(HubEvent::AccountsChanged);
        Ok(view)
    }

    /// Changes name and interval of an account.
    ///
    /// # Errors
    /// The field to correct; those of the store.
    pub async fn update_account(&self, request: UpdateAccountRequest) -> Result<AccountView, CommandError> {
        let UpdateAccountRequest { account_id, name, sync_interval_minutes } = request;
        let update = async {
            let mut account = self.account(account_id).await?;
            account.name = drafts::required("name", &name)?;
            self.check_name(&account.name, Some(account_id)).await?;
            account.sync_interval_minutes = sync_interval_minutes;
            self.open()?.store.write(move |tx| accounts::update(tx, &account)).await?;
            self.account_view(account_id).await
        };
        let view = update.await.map_err(crossing)?;
        self.send(HubEvent::AccountsChanged);
        Ok(view)
    }

    /// Chooses the zone in which the times of an account are meant.
    ///
    /// # Errors
    /// When there is no such zone or account; those of the store.
    pub async fn set_time_zone(&self, request: TimeZoneRequest) -> Result<AccountView, CommandError> {
        let TimeZoneRequest { account_id, time_zone } = request;
        let set = async {
            if let Some(zone) = &time_zone
                && !is_time_zone(zone)
            {
                let problem = "there is no time zone of this name".to_owned();
                return Err(Error::InvalidInput { field: "timeZone", reason: InputReason::Other, problem });
            }
            let id = self.account(account_id).await?.id;
            let write =
                move |tx: &rusqlite::Transaction<'_>| accounts::set_time_zone(tx, id, time_zone.as_deref());
            self.open()?.store.write(write).await?;
            self.account_view(id).await
        };
        let view = set.await.map_err(crossing)?;
        self.send(HubEvent::AccountsChanged);
        Ok(view)
    }

    /// Removes the credential, keeps the mirror.
    ///
    /// # Errors
    /// Those of keychain and store; the account stays signed in then.
    pub async fn sign_out(&self, request: AccountRequest) -> Result<AccountView, CommandError> {
        let id = request.account_id;
        let sign_out = async {
            let mut account = self.account(id).await?;
            self.check_has_service(&account)?;
            self.stop_sync(id).await;
            self.drop_credential(&account.key).await?;
            lock(&self.inner.session_credentials).remove(&id);
            account.signed_in = false;
            self.open()?.store.write(move |tx| accounts::update(tx, &account)).await?;
            self.account_view(id).await
        };
        let view = sign_out.await.map_err(crossing)?;
        self.send(HubEvent::AccountsChanged);
        Ok(view)
    }

    /// What forgetting an account would remove from this computer.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn preview_forget(&self, request: AccountRequest) -> Result<ForgetPreviewView, CommandError> {
        let id = request.account_id;
        let preview = async {
            let account = self.account(id).await?;
            let credential = self.has_credential(&account).await;
            let store = self.open()?.store;
            Ok(store.read(move |conn| query::forget_preview(conn, id, credential)).await?)
        };
        preview.await.map_err(crossing)
    }

    /// Removes an account with everything of it from this computer; nothing changes at the service.
    ///
    /// # Errors
    /// [`Error::SyncBusy`] while another process synchronises it; those of the store. A credential that the keychain would not give up is reported in the view.
    pub async fn forget_account(&self, request: AccountRequest) -> Result<ForgottenView, CommandError> {
        let id = request.account_id;
        let forget = async {
            let account = self.account(id).await?;
            self.stop_sync(id).await;
            // Another process may be running one.
            let _place = self.take_place(id, RunKind::Sync).await?;
            let store = self.open()?.store;
            let staged = store.clone();
            blocking(move || staging::forget(&staged, id)).await?;
            let delete = move |tx: &rusqlite::Transaction<'_>| {
                accounts::delete(tx, id)?;
                settings::forget(tx, id)
            };
            store.write(delete).await?;
            blocking(move || store.forget_run_lock(id)).await?;
            Ok(account)
        };
        let account = forget.await.map_err(crossing)?;
        self.inner.cache.forget(id);
        self.inner.past.forget(id);
        lock(&self.inner.session_credentials).remove(&id);
        // Of an organisation kept by hand there never was one.
        let credential_left = match self.check_has_service(&account) {
            Ok(()) => self.drop_credential(&account.key).await.err(),
            Err(_) => None,
        };
        self.send(HubEvent::AccountsChanged);
        Ok(ForgottenView { credential_left: credential_left.map(|error| crossing(error).at(&account)) })
    }

    /// Adds an account and its credential; neither when one of them cannot be kept.
    pub(super) async fn add_account(
        &self,
        account: Account,
        credential: &Credential,
    ) -> Result<AccountId, Error> {
        let key = account.key.clone();
        let sample = account.sample;
        if !sample {
            self.keep_credential(&key, credential).await?;
        }
        let added = self.open()?.store.write(move |tx| accounts::insert(tx, &account)).await;
        match added {
            Ok(id) => Ok(id),
            Err(error) => {
                if !sample && let Err(left) = self.drop_credential(&key).await {
                    tracing::warn!(%left, "a credential without an account could not be removed");
                }
                Err(error.into())
            }
        }
    }

    /// A client for `account`.
    pub(super) fn client(
        &self,
        account: &Account,
        credential: &Credential,
    ) -> Result<Arc<dyn DirectoryRead>, Error> {
        remote::open(account, credential, self.inner.parts.client.clone()).map_err(at_certificate)
    }

    /// A client for `account` that can write.
    pub(super) fn writer(
        &self,
        account: &Account,
        credential: &Credential,
    ) -> Result<Arc<dyn DirectoryWrite>, Error> {
        remote::open_writer(account, credential, self.inner.parts.client.clone()).map_err(at_certificate)
    }

    pub(super) async fn account_view(&self, id: AccountId) -> Result<AccountView, Error> {
        let views = self.account_views().await?;
        views.into_iter().find(|view| view.id == id).ok_or(Error::NotFound { what: "this account" })
    }

    async fn account_views(&self) -> Result<Vec<AccountView>, Error> {
        let hub = self.clone();
        let open = self.open()?;
        let (stored, settings) = open
            .store
            .read(move |conn| {
                let stored = query::stored_accounts(&hub.inner.cache, conn)?;
                Ok((stored, crate::store::settings::get(conn)?))
            })
            .await?;
        Ok(stored
            .into_iter()
            .map(|account| {
                let sync = self.sync_state(&account, &settings);
                let details = self.details_progress(account.id);
                AccountView { details, ..account.into_view(sync) }
            })
            .collect())
    }

    /// No two accounts under one name: every warning names the account.
    pub(super) async fn check_name(&self, name: &str, but: Option<AccountId>) -> Result<(), Error> {
        let name = crate::model::fold(name.trim());
        let accounts = self.open()?.store.read(accounts::list).await?;
        let taken =
            accounts.iter().any(|other| Some(other.id) != but && crate::model::fold(&other.name) == name);
        if taken {
            return Err(Error::InvalidInput {
                field: "name",
                reason: InputReason::NameTaken,
                problem: "another account has this name".to_owned(),
            });
        }
        Ok(())
    }

    async fn try_draft(
        &self,
        draft: &AccountDraft,
    ) -> Result<(Account, Credential, ConnectionReportView), Error> {
        let (account, credential) = drafts::read(draft, crate::clock::now())?;
        let report = self.try_account(&account, &credential).await?;
        Ok((account, credential, report))
    }

    /// Signs in and asks for the totals.
    pub(super) async fn try_account(
        &self,
        account: &Account,
        credential: &Credential,
    ) -> Result<ConnectionReportView, Error> {
        let client = self.client(account, credential)?;
        let capabilities = client.discover().await?;
        let users = client.census(Stream::Users).await?.total;
        let groups = if capabilities.groups { client.census(Stream::Groups).await?.total } else { None };
        Ok(ConnectionReportView { capabilities, users, groups })
    }
}

/// What cannot make a client is the certificate file, as far as a person can correct it.
fn at_certificate(error: RemoteError) -> Error {
    let RemoteError::Settings { reason: problem } = error else { return error.into() };
    Error::InvalidInput { field: "certificateAuthority", reason: InputReason::CertificateFile, problem }
}
