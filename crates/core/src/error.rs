//! One error for the whole core; it crosses to the window as [`CommandError`](crate::api::CommandError).

use crate::api::ErrorCode;
use crate::model::AddressError;
use crate::remote::RemoteError;
use crate::secrets::SecretError;
use crate::store::StoreError;

/// Anything that can go wrong in a use case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// At the service or on the way to it.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// In the local database.
    #[error(transparent)]
    Store(StoreError),
    /// In the keychain.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The account is being synchronised already.
    #[error("a sync of this account is running already")]
    SyncBusy,
    /// The person stopped it.
    #[error("stopped on request")]
    Cancelled,
    /// There is no credential for this account in the keychain.
    #[error("there is no credential for this account")]
    CredentialMissing,
    /// The store is not open yet.
    #[error("the local data is not open yet")]
    StoreClosed,
    /// Nothing with this id.
    #[error("{what} is not here any more")]
    NotFound {
        /// What was looked for: "this account", "this user".
        what: &'static str,
    },
    /// A value typed by a person that cannot be used.
    #[error("{problem}")]
    InvalidInput {
        /// The field of the request, in its JSON spelling.
        field: &'static str,
        /// Stable name of the problem, for translation.
        reason: InputReason,
        /// One sentence about it.
        problem: String,
    },
    /// A file that the person chose.
    #[error("{reason}")]
    File {
        /// What is wrong with it.
        reason: FileReason,
        /// The system's words.
        detail: String,
    },
    /// A state that cannot happen.
    #[error("BUG: {0}")]
    Internal(String),
}

/// What is wrong with a typed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputReason {
    /// Nothing was typed.
    Required,
    /// The address is refused.
    Address(AddressError),
    /// The certificate file cannot be read as PEM certificates.
    CertificateFile,
    /// The resource indicator is not written like an address.
    ResourceIndicator,
    /// The kept credential is not for this server: it is to be typed again.
    CredentialElsewhere,
    /// The name is in use by another account.
    NameTaken,
    /// Organisations kept by hand have neither service nor credential.
    ByHand,
    /// What is said to be done lies in the future.
    InTheFuture,
    /// Anything else; the sentence says it.
    Other,
}

/// What is wrong with a file that the person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileReason {
    /// There is one of this name that must not be replaced.
    #[error("there is a file of this name already")]
    Exists,
    /// This program may not write there.
    #[error("the system does not let Rollcall write there")]
    Forbidden,
    /// Its folder is not there.
    #[error("the folder is not there any more")]
    NoFolder,
    /// No room on its disk.
    #[error("there is no room left on the disk of that file")]
    NoRoom,
    /// Anything else; the system's words say it.
    #[error("the file could not be written")]
    NotWritten,
    /// It is there, but the desktop cannot show it.
    #[error("the folder could not be opened")]
    NotShown,
}

impl FileReason {
    /// Key of the sentence in the message catalogues.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Exists => "fileExists",
            Self::Forbidden => "fileForbidden",
            Self::NoFolder => "fileNoFolder",
            Self::NoRoom => "fileNoRoom",
            Self::NotWritten => "fileNotWritten",
            Self::NotShown => "fileNotShown",
        }
    }
}

impl InputReason {
    /// Key of the sentence in the message catalogues.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Address(AddressError::NotAnAddress) => "addressNotAnAddress",
            Self::Address(AddressError::NotEncrypted) => "addressNotEncrypted",
            Self::Address(AddressError::NotWeb) => "addressNotWeb",
            Self::Address(AddressError::ContainsCredential) => "addressContainsCredential",
            Self::Address(AddressError::ContainsQuery) => "addressContainsQuery",
            Self::CertificateFile => "certificateFile",
            Self::ResourceIndicator => "resourceIndicator",
            Self::CredentialElsewhere => "credentialElsewhere",
            Self::NameTaken => "nameTaken",
            Self::ByHand => "byHand",
            Self::InTheFuture => "inTheFuture",
            Self::Other => "other",
        }
    }
}

impl Error {
    /// What kind of error this is, for the window to act on.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Remote(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Secret(error) => error.code(),
            Self::SyncBusy => ErrorCode::SyncBusy,
            Self::Cancelled => ErrorCode::Cancelled,
            Self::CredentialMissing => ErrorCode::CredentialMissing,
            Self::StoreClosed => ErrorCode::StoreClosed,
            Self::NotFound { .. } => ErrorCode::NotFound,
            Self::InvalidInput { .. } => ErrorCode::InvalidInput,
            Self::File { .. } => ErrorCode::FileNotWritten,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Stopped) { Self::Cancelled } else { Self::Store(error) }
    }
}
