//! Credentials: UI → command → keychain, and never back.

use super::{Hub, lock};
use crate::Error;
use crate::error::InputReason;
use crate::model::{Account, Credential, ProviderKind, Secret};
use crate::secrets::SecretError;
use crate::store::blocking;

/// Name of an account's entry in the keychain.
fn entry(key: &str) -> String {
    format!("account:{key}")
}

impl Hub {
    /// The credential of `account`.
    ///
    /// # Errors
    /// [`Error::CredentialMissing`]; the keychain's own.
    pub(super) async fn credential(&self, account: &Account) -> Result<Credential, Error> {
        if account.provider == ProviderKind::Roster {
            return Err(Error::CredentialMissing);
        }
        if account.sample {
            let credentials = lock(&self.inner.session_credentials);
            return credentials.get(&account.id).map(Credential::duplicate).ok_or(Error::CredentialMissing);
        }
        let (secrets, name) = (self.open()?.secrets, entry(&account.key));
        let secret = in_keychain(move || secrets.find(&name)).await?;
        secret.as_ref().map(Credential::new).ok_or(Error::CredentialMissing)
    }

    /// Keeps `credential` as that of the account with `key`.
    pub(super) async fn keep_credential(&self, key: &str, credential: &Credential) -> Result<(), Error> {
        let (secrets, name) = (self.open()?.secrets, entry(key));
        let secret: Secret = credential.secret().duplicate();
        in_keychain(move || secrets.set(&name, &secret)).await
    }

    /// Forgets the credential of the account with `key`.
    pub(super) async fn drop_credential(&self, key: &str) -> Result<(), Error> {
        let (secrets, name) = (self.open()?.secrets, entry(key));
        in_keychain(move || secrets.delete(&name)).await
    }

    /// Refuses what needs a service to ask: an organisation kept by hand has none, and no credential.
    #[expect(clippy::unused_self, reason = "asked of the hub like everything about accounts")]
    pub(super) fn check_has_service(&self, account: &Account) -> Result<(), Error> {
        if account.provider == ProviderKind::Roster {
            return Err(by_hand("accountId"));
        }
        Ok(())
    }

    /// Whether the keychain has a credential of `account`.
    pub(super) async fn has_credential(&self, account: &Account) -> bool {
        match self.credential(account).await {
            Ok(_) => !account.sample,
            Err(_) => false,
        }
    }
}

/// What is said where somebody asks for the service of an organisation kept by hand.
pub(super) fn by_hand(field: &'static str) -> Error {
    Error::InvalidInput {
        field,
        reason: InputReason::ByHand,
        problem: "this organisation is kept by hand: there is no service to sign in to".to_owned(),
    }
}

/// Keychains block, and a locked one may wait for a person: on a blocking thread, and not for ever.
async fn in_keychain<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SecretError> + Send + 'static,
) -> Result<T, Error> {
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
    let work = blocking(move || work().map_err(Error::from));
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(result) => result,
        Err(_) => Err(SecretError::Locked("it was not unlocked in time".to_owned()).into()),
    }
}
