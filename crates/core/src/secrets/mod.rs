//! Where secrets are kept: the keychain of the operating system, or memory "for this session only". Never a file.

mod keychain;
mod memory;

pub use keychain::Keychain;
pub use memory::MemorySecrets;

use crate::api::ErrorCode;
use crate::model::Secret;

/// Under this service name the entries of the application stand in the keychain.
pub const SERVICE_NAME: &str = "app.rollcall";

/// Why the keychain did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// No keychain on this machine, or none that answers.
    #[error("no keychain answers on this computer: {0}")]
    Unavailable(String),
    /// It is locked, and was not unlocked.
    #[error("the keychain is locked: {0}")]
    Locked(String),
    /// It refuses this program, or refused this entry.
    #[error("the keychain refused: {0}")]
    Denied(String),
}

impl SecretError {
    /// For the window to act on.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Unavailable(_) => ErrorCode::KeychainUnavailable,
            Self::Locked(_) => ErrorCode::KeychainLocked,
            Self::Denied(_) => ErrorCode::KeychainDenied,
        }
    }
}

/// Where secrets are kept. Blocking, because keychains are: call it from a blocking thread.
pub trait SecretStore: Send + Sync {
    /// The secret under `name`, if there is one.
    fn find(&self, name: &str) -> Result<Option<Secret>, SecretError>;
    /// Keeps `secret` under `name`, in place of what was there.
    fn set(&self, name: &str, secret: &Secret) -> Result<(), SecretError>;
    /// Forgets `name`; nothing there is no error.
    fn delete(&self, name: &str) -> Result<(), SecretError>;
}
