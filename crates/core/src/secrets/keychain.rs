//! The keychain of the operating system. The only file that names the keychain crates.
//!
//! The crates offer one default store for the whole program, which remembers for its life that it could not be
//! reached. A person who starts the keychain and presses "try again" would be refused for ever; so there is no
//! default store here: a store is built when it is needed, kept while it works and dropped when it fails.

use std::sync::{Arc, Mutex, PoisonError};

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroize;

use super::{SecretError, SecretStore};
use crate::model::Secret;

/// The keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. A call waits for as long
/// as the person takes to answer the system's own question; whoever calls decides how long to wait for the call.
pub struct Keychain {
    service: String,
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl Keychain {
    /// The entries under `service`. Does nothing yet: no keychain is needed to make one.
    pub fn new(service: &str) -> Self {
        Self { service: service.to_owned(), store: Mutex::new(None) }
    }

    /// Runs `act` on the entry `name`. A kept store whose keychain has gone or was restarted since is built anew, once.
    fn with_entry<T>(
        &self,
        name: &str,
        act: impl Fn(&Entry) -> Result<T, Error>,
    ) -> Result<Option<T>, SecretError> {
        let kept = self.lock().clone();
        let was_kept = kept.is_some();
        let outcome = self.attempt(kept, name, &act);
        if was_kept && matches!(outcome, Err(SecretError::Unavailable(_))) {
            return self.attempt(None, name, &act);
        }
        outcome
    }

    fn attempt<T>(
        &self,
        kept: Option<Arc<CredentialStore>>,
        name: &str,
        act: &impl Fn(&Entry) -> Result<T, Error>,
    ) -> Result<Option<T>, SecretError> {
        // The lock is not held here: another entry may be read while the person is being asked about this one.
        let outcome = kept.map_or_else(platform::store, Ok).and_then(|store| {
            let value = act(&platform::entry(store.as_ref(), &self.service, name)?);
            Ok((store, value))
        });
        match outcome {
            Ok((store, Ok(value))) => {
                *self.lock() = Some(store);
                Ok(Some(value))
            }
            Ok((store, Err(Error::NoEntry))) => {
                *self.lock() = Some(store);
                Ok(None)
            }
            Ok((_, Err(error))) | Err(error) => {
                *self.lock() = None;
                Err(explain(error))
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<CredentialStore>>> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SecretStore for Keychain {
    fn find(&self, name: &str) -> Result<Option<Secret>, SecretError> {
        Ok(self.with_entry(name, Entry::get_password)?.map(Secret::new))
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), SecretError> {
        // Goes into the keychain. As text, because every keychain's own viewer can show that.
        self.with_entry(name, |entry| entry.set_password(secret.expose())).map(drop)
    }

    fn delete(&self, name: &str) -> Result<(), SecretError> {
        self.with_entry(name, Entry::delete_credential).map(drop)
    }
}

/// What the crate's error means for a person. Never prints what stood in an entry.
fn explain(error: Error) -> SecretError {
    match error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => platform::explain(cause.as_ref()),
        Error::BadEncoding(mut content) | Error::BadDataFormat(mut content, _) => {
            content.zeroize();
            SecretError::Denied("the entry holds something else than text".to_owned())
        }
        Error::Ambiguous(entries) => {
            SecretError::Denied(format!("{} entries have the same name", entries.len()))
        }
        Error::TooLong(what, limit) => {
            SecretError::Denied(format!("the {what} is longer than {limit} characters"))
        }
        Error::Invalid(what, reason) => SecretError::Denied(format!("the {what} is refused: {reason}")),
        Error::NotSupportedByStore(reason) | Error::BadStoreFormat(reason) => {
            SecretError::Unavailable(reason)
        }
        Error::NoEntry | Error::NoDefaultStore => SecretError::Unavailable(error.to_string()),
        // The enum may grow.
        other => SecretError::Unavailable(other.to_string()),
    }
}

/// Secret Service over D-Bus.
#[cfg(target_os = "linux")]
mod platform {
    use std::error::Error as StdError;
    use std::sync::Arc;

    use keyring_core::{CredentialStore, Entry, Error};
    use secret_service::Error as ServiceError;
    use zbus_secret_service_keyring_store::Store;

    use crate::secrets::SecretError;

    pub(super) fn store() -> Result<Arc<CredentialStore>, Error> {
        Ok(Store::new()?)
    }

    pub(super) fn entry(store: &CredentialStore, service: &str, name: &str) -> Result<Entry, Error> {
        // The label is what a person reads in the keychain's own viewer.
        let label = format!("Rollcall: {name}");
        #[expect(clippy::disallowed_types, reason = "the keychain crate asks for one; nobody sees its order")]
        let modifiers = std::collections::HashMap::from([("label", label.as_str())]);
        store.build(service, name, Some(&modifiers))
    }

    pub(super) fn explain(cause: &(dyn StdError + Send + Sync + 'static)) -> SecretError {
        match cause.downcast_ref::<ServiceError>() {
            Some(ServiceError::Locked) => SecretError::Locked("it was not unlocked".to_owned()),
            Some(ServiceError::Prompt) => SecretError::Locked(
                "the question for its password was dismissed or could not be shown".to_owned(),
            ),
            Some(ServiceError::NoResult) => {
                SecretError::Unavailable("it has no default keyring to keep entries in".to_owned())
            }
            _ => by_bus_error(cause.to_string()),
        }
    }

    /// Tells by the names that the D-Bus and Secret Service specifications give to errors.
    fn by_bus_error(text: String) -> SecretError {
        if text.contains("org.freedesktop.Secret.Error.IsLocked") {
            SecretError::Locked(text)
        } else if text.contains("org.freedesktop.DBus.Error.AccessDenied") {
            SecretError::Denied(text)
        } else {
            SecretError::Unavailable(text)
        }
    }
}

/// The login keychain of macOS.
#[cfg(target_os = "macos")]
mod platform {
    use std::error::Error as StdError;
    use std::sync::Arc;

    use apple_native_keyring_store::keychain::Store;
    use keyring_core::{CredentialStore, Entry, Error};
    use security_framework::base::Error as ServiceError;

    use crate::secrets::SecretError;

    // Names as in `SecBase.h`.
    const ERR_SEC_USER_CANCELED: i32 = -128;
    const ERR_SEC_AUTH_FAILED: i32 = -25293;
    const ERR_SEC_INTERACTION_NOT_ALLOWED: i32 = -25308;
    const ERR_SEC_MISSING_ENTITLEMENT: i32 = -34018;
    const ERR_SEC_INVALID_OWNER_EDIT: i32 = -25244;
    const ERR_SEC_READ_ONLY: i32 = -25292;

    pub(super) fn store() -> Result<Arc<CredentialStore>, Error> {
        Ok(Store::new()?)
    }

    pub(super) fn entry(store: &CredentialStore, service: &str, name: &str) -> Result<Entry, Error> {
        store.build(service, name, None)
    }

    pub(super) fn explain(cause: &(dyn StdError + Send + Sync + 'static)) -> SecretError {
        let text = cause.to_string();
        match cause.downcast_ref::<ServiceError>().map(|error| error.code()) {
            Some(ERR_SEC_USER_CANCELED | ERR_SEC_INTERACTION_NOT_ALLOWED) => SecretError::Locked(text),
            Some(
                ERR_SEC_AUTH_FAILED
                | ERR_SEC_MISSING_ENTITLEMENT
                | ERR_SEC_INVALID_OWNER_EDIT
                | ERR_SEC_READ_ONLY,
            ) => SecretError::Denied(text),
            _ => SecretError::Unavailable(text),
        }
    }
}

/// The Credential Manager of Windows.
#[cfg(windows)]
mod platform {
    use std::error::Error as StdError;
    use std::sync::Arc;

    use keyring_core::{CredentialStore, Entry, Error};
    use windows_native_keyring_store::Store;

    use crate::secrets::SecretError;

    pub(super) fn store() -> Result<Arc<CredentialStore>, Error> {
        Ok(Store::new()?)
    }

    pub(super) fn entry(store: &CredentialStore, service: &str, name: &str) -> Result<Entry, Error> {
        store.build(service, name, None)
    }

    /// It is open for as long as the person is signed in to Windows, so it is there or it is not.
    pub(super) fn explain(cause: &(dyn StdError + Send + Sync + 'static)) -> SecretError {
        SecretError::Unavailable(cause.to_string())
    }
}
