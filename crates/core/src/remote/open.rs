//! From an account to something that can be read.

use std::sync::Arc;

use super::http::ClientSettings;
use super::logto::{LogtoDirectory, LogtoWriter};
use super::scim::{ScimDirectory, ScimWriter};
use super::uptrends::{UptrendsDirectory, UptrendsWriter};
use super::{DirectoryRead, DirectoryWrite, RemoteError};
use crate::model::{Account, Credential, ProviderKind};

/// Makes the client of an account. Sends nothing yet: `discover` is the first to find out whether address and
/// credential are right. Reads the certificate file, if there is one.
///
/// # Errors
/// [`RemoteError::Settings`] for a certificate file that cannot be used, a credential that cannot be sent, or a token
/// address that would expose it.
pub fn open(
    account: &Account,
    credential: &Credential,
    settings: ClientSettings,
) -> Result<Arc<dyn DirectoryRead>, RemoteError> {
    match account.provider {
        ProviderKind::Scim => Ok(Arc::new(ScimDirectory::new(account, credential, settings)?)),
        ProviderKind::Logto => Ok(Arc::new(LogtoDirectory::new(account, credential, settings)?)),
        ProviderKind::Uptrends => Ok(Arc::new(UptrendsDirectory::new(account, credential, settings)?)),
        ProviderKind::Roster => Err(no_service()),
    }
}

/// Makes the client of an account for applying changes. Sends nothing yet.
///
/// # Errors
/// As [`open`].
pub fn open_writer(
    account: &Account,
    credential: &Credential,
    settings: ClientSettings,
) -> Result<Arc<dyn DirectoryWrite>, RemoteError> {
    match account.provider {
        ProviderKind::Scim => Ok(Arc::new(ScimWriter::new(account, credential, settings)?)),
        ProviderKind::Logto => Ok(Arc::new(LogtoWriter::new(account, credential, settings)?)),
        ProviderKind::Uptrends => Ok(Arc::new(UptrendsWriter::new(account, credential, settings)?)),
        ProviderKind::Roster => Err(no_service()),
    }
}

/// Who keeps an organisation by hand has no service to ask.
fn no_service() -> RemoteError {
    RemoteError::Settings {
        reason: "this organisation is kept by hand: there is no service to ask".to_owned(),
    }
}
