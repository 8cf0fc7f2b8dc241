//! Changing where an account is and how to sign in there.
//!
//! The credential in the keychain goes on being used where nothing else was typed, but only at the servers it was meant
//! for: whoever could name another address would otherwise be sent it.

use super::{Hub, crossing, drafts};
use crate::Error;
use crate::api::{AccountView, CommandError, ConnectionReportView, ConnectionRequest, HubEvent};
use crate::error::InputReason;
use crate::model::{Account, Address, Authentication, Credential, RunKind};
use crate::store::{accounts, blocking, staging};

impl Hub {
    /// Tries another way to reach an account without keeping anything.
    ///
    /// # Errors
    /// The field to correct, or what went wrong at the service.
    pub async fn test_account_connection(
        &self,
        request: ConnectionRequest,
    ) -> Result<ConnectionReportView, CommandError> {
        let test = async {
            let (_, account, credential) = self.read_connection(&request).await?;
            self.try_account(&account, credential.credential()).await
        };
        test.await.map_err(|error| drafts::at_field(error, &request.authentication))
    }

    /// Changes where an account is and how to sign in, after trying it; nothing changes when that fails. What an
    /// unfinished sync has read from the former address is dropped: it may be another tenant's.
    ///
    /// # Errors
    /// As [`Self::connect_account`]; [`Error::SyncBusy`] while another process synchronises it.
    pub async fn update_connection(&self, request: ConnectionRequest) -> Result<AccountView, CommandError> {
        let id = request.account_id;
        let update = async {
            let (before, account, credential) = self.read_connection(&request).await?;
            self.try_account(&account, credential.credential()).await?;
            self.stop_sync(id).await;
            let _place = self.take_place(id, RunKind::Sync).await?;
            let open = self.open()?;
            if before.address != account.address || before.authentication != account.authentication {
                self.supersede_review(&open, id).await?;
                let staged = open.store.clone();
                blocking(move || staging::forget(&staged, id)).await?;
            }
            if let SignIn::Typed(credential) = &credential {
                self.keep_credential(&account.key, credential).await?;
            }
            open.store.write(move |tx| accounts::update(tx, &account)).await?;
            Ok::<_, Error>(())
        };
        update.await.map_err(|error| drafts::at_field(error, &request.authentication))?;
        self.send(HubEvent::AccountsChanged);
        self.account_view(id).await.map_err(crossing)
    }

    /// The account as it is and as it would be, with the credential to use.
    async fn read_connection(
        &self,
        request: &ConnectionRequest,
    ) -> Result<(Account, Account, SignIn), Error> {
        let ConnectionRequest { account_id, address, authentication: draft, certificate_authority } = request;
        let before = self.account(*account_id).await?;
        self.check_has_service(&before)?;
        if before.sample {
            return Err(Error::InvalidInput {
                field: "address",
                reason: InputReason::Other,
                problem: "a sample account has no address of its own".to_owned(),
            });
        }
        let account = Account {
            address: drafts::read_address("address", address)?,
            authentication: drafts::read_without_secret(draft)?,
            certificate_authority: drafts::optional(certificate_authority.as_deref()),
            signed_in: true,
            ..before.clone()
        };
        let credential = match drafts::typed_credential(draft) {
            Some(typed) => SignIn::Typed(typed),
            None => SignIn::Kept(self.kept_credential(&before, &account, drafts::secret_field(draft)).await?),
        };
        Ok((before, account, credential))
    }

    /// The credential in the keychain, when `after` shows it to nobody who does not know it.
    async fn kept_credential(
        &self,
        before: &Account,
        after: &Account,
        field: &'static str,
    ) -> Result<Credential, Error> {
        let wrong =
            |reason, problem: &str| Error::InvalidInput { field, reason, problem: problem.to_owned() };
        if readers(before) != readers(after) {
            return Err(wrong(
                InputReason::CredentialElsewhere,
                "the credential on this computer is for another server: type it again",
            ));
        }
        match self.credential(before).await {
            Err(Error::CredentialMissing) => Err(wrong(InputReason::Required, "this is needed")),
            found => found,
        }
    }
}

/// What to sign in with.
enum SignIn {
    /// From the keychain.
    Kept(Credential),
    /// Typed just now.
    Typed(Credential),
}

impl SignIn {
    const fn credential(&self) -> &Credential {
        match self {
            Self::Kept(credential) | Self::Typed(credential) => credential,
        }
    }
}

/// Who is shown the credential of `account`, or the token that it gets for it: kind of sign-in, server of the service,
/// server of the tokens.
fn readers(account: &Account) -> (std::mem::Discriminant<Authentication>, url::Origin, Option<url::Origin>) {
    let token = match &account.authentication {
        Authentication::OauthClientCredentials { token_address, .. } => {
            Address::parse(token_address).ok().map(|address| address.as_url().origin())
        }
        Authentication::ByHand
        | Authentication::Bearer
        | Authentication::Basic { .. }
        | Authentication::Application { .. } => None,
    };
    (std::mem::discriminant(&account.authentication), account.address.as_url().origin(), token)
}
