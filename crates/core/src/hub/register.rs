//! Signing in once: a person's own login makes a credential for Rollcall, and is forgotten.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::{Hub, drafts, lock};
use crate::api::{AccountDraft, AuthenticationDraft};
use crate::error::{Error, InputReason};
use crate::model::{AccountId, Credential, ProviderKind, Secret};
use crate::remote::{self, Registered as Made, WriteError};
use crate::store::imported_api_users::{self, ImportedApiUser};

/// What it is called where the service lists it.
const DESCRIPTION: &str = "Rollcall";

/// Credentials that were made and are in no account yet, by address and login: trying again makes no second one. In memory only.
#[derive(Default)]
pub struct Registered(Mutex<BTreeMap<(String, String), Made>>);

impl Hub {
    /// The draft with the credential that its login makes; any other draft as it is.
    pub(super) async fn sign_in_once(&self, draft: AccountDraft) -> Result<AccountDraft, Error> {
        let AccountDraft { provider, name, address, authentication, certificate_authority } = draft;
        let (user_name, password) = match authentication {
            AuthenticationDraft::SignInOnce { user_name, password } => (user_name, password),
            authentication @ (AuthenticationDraft::Bearer { .. }
            | AuthenticationDraft::Basic { .. }
            | AuthenticationDraft::OauthClientCredentials { .. }
            | AuthenticationDraft::Application { .. }) => {
                return Ok(AccountDraft { provider, name, address, authentication, certificate_authority });
            }
        };
        if provider != ProviderKind::Uptrends {
            let problem = "only an Uptrends account is connected with a login that is used once";
            return Err(drafts::wrong("authentication", InputReason::Other, problem));
        }
        let place = (address.trim().to_owned(), user_name.trim().to_lowercase());
        let known = lock(&self.inner.registered.0).get(&place).map(again);
        let login = AccountDraft {
            provider,
            name,
            address,
            authentication: AuthenticationDraft::Basic { user_name, password },
            certificate_authority,
        };
        let made = match known {
            Some(made) => made,
            None => {
                let (account, credential) = drafts::read(&login, crate::clock::now())?;
                let made = self.register(&account, &credential).await?;
                lock(&self.inner.registered.0).insert(place, again(&made));
                made
            }
        };
        let Made { user_name, password, operator: _ } = made;
        Ok(AccountDraft { authentication: AuthenticationDraft::Basic { user_name, password }, ..login })
    }

    async fn register(&self, account: &crate::model::Account, login: &Credential) -> Result<Made, Error> {
        let settings = self.inner.parts.client.clone();
        remote::register(account, login, DESCRIPTION, settings).await.map_err(|error| match error {
            WriteError::Refused(error) | WriteError::NotSent(error) | WriteError::OutcomeUnknown(error) => {
                error.into()
            }
            WriteError::ChangedMeanwhile => Error::Internal("a new API user has no version".to_owned()),
        })
    }

    /// What was made for `account` is in the keychain now, and stands in its list of API users until the service lists them.
    pub(super) async fn note_registered(&self, account: AccountId, draft: &AccountDraft) {
        let AuthenticationDraft::Basic { user_name, .. } = &draft.authentication else { return };
        let made = {
            let mut registered = lock(&self.inner.registered.0);
            let place = registered.iter().find(|(_, made)| made.user_name == *user_name);
            place.map(|(place, _)| place.clone()).and_then(|place| registered.remove(&place))
        };
        let Some(made) = made else { return };
        let now = crate::clock::now();
        let made = ImportedApiUser {
            user_name: made.user_name,
            owner: None,
            owner_named: made.operator,
            access_type: None,
            description: Some(DESCRIPTION.to_owned()),
            created_at: Some(now),
            last_used_at: None,
            last_use_known: false,
            requests: None,
            imported_at: now,
            made_here: true,
        };
        let note = async {
            self.open()?.store.write(move |tx| imported_api_users::put(tx, account, &made)).await?;
            Ok::<_, Error>(())
        };
        // The account is connected all the same.
        if let Err(error) = note.await {
            tracing::warn!(%error, "the API user that was made is not in the list");
        }
    }
}

/// The one in memory stays there until the other is in the keychain.
fn again(made: &Made) -> Made {
    Made {
        user_name: made.user_name.clone(),
        password: Secret::new(made.password.expose().to_owned()),
        operator: made.operator.clone(),
    }
}
