//! The only error that crosses to the window.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Error;
use crate::model::Account;
use crate::remote::RemoteError;

/// What kind of error it is. A code exists only when the window does something different for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The service cannot be reached.
    Offline,
    /// No answer in time.
    Timeout,
    /// The certificate of the service is not accepted.
    CertificateRejected,
    /// The service asks to wait.
    RateLimited,
    /// The credential is not accepted.
    Unauthorized,
    /// The credential lacks a right.
    Forbidden,
    /// Nothing answers the protocol at this address.
    AddressNotFound,
    /// The service refused for another reason.
    RemoteRejected,
    /// The answer is not what the protocol says.
    RemoteUnexpected,
    /// The service failed.
    RemoteFailed,
    /// No keychain, or none that answers.
    KeychainUnavailable,
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain refuses this program.
    KeychainDenied,
    /// The keychain has no key for the local data that is there.
    DatabaseKeyMissing,
    /// The keychain has no credential for this account.
    CredentialMissing,
    /// The local data comes from a newer version of this program.
    DatabaseTooNew,
    /// The local data is damaged.
    DatabaseDamaged,
    /// Another program holds the local data.
    DatabaseBusy,
    /// No room left on the disk.
    DiskFull,
    /// The local data could not be read or written.
    DatabaseFailed,
    /// The local data is not open yet.
    StoreClosed,
    /// A sync of this account is running.
    SyncBusy,
    /// Stopped on request.
    Cancelled,
    /// A typed value cannot be used; `field` says which.
    InvalidInput,
    /// It is not here any more.
    NotFound,
    /// A mistake of this program.
    Internal,
}

/// What the person can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorAction {
    /// Try again.
    Retry,
    /// Wait, then try again.
    Wait,
    /// Correct the address.
    CheckAddress,
    /// Correct the marked field.
    CorrectInput,
    /// Enter a new credential.
    ReplaceCredential,
    /// Ask for more rights at the service.
    CheckPermissions,
    /// Renew the certificate, or name the own certificate authority.
    CheckCertificate,
    /// Unlock or start the keychain.
    UnlockKeychain,
    /// Make room on the disk.
    FreeDiskSpace,
    /// Install the newest version.
    UpdateApplication,
    /// Close the other program.
    CloseOther,
    /// Ask those who run the service.
    ContactService,
    /// Nothing to do.
    None,
    /// Report it to us.
    Report,
}

/// The only error that crosses to the window: what happened, to which account, what the person can do.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommandError {
    /// For the window to act on and to translate.
    pub code: ErrorCode,
    /// One English sentence without tokens, personal data or URLs with queries.
    pub message: String,
    /// What the person can do.
    pub action: ErrorAction,
    /// The field of the request that must be corrected, in its JSON spelling.
    pub field: Option<String>,
    /// Key of the exact reason, where there is one beside the code.
    pub reason: Option<String>,
    /// Name of the account it happened to.
    pub account: Option<String>,
    /// The service's or the system's own words, cut to a limit.
    pub detail: Option<String>,
    /// How long the service asks to wait.
    pub retry_after_seconds: Option<u32>,
    /// Values for the translated sentence (`host`, `status`).
    pub values: BTreeMap<String, String>,
}

impl ErrorCode {
    /// What the person can do, unless the error itself knows better.
    pub const fn action(self) -> ErrorAction {
        match self {
            Self::Offline | Self::Timeout | Self::DatabaseFailed => ErrorAction::Retry,
            Self::CertificateRejected => ErrorAction::CheckCertificate,
            Self::RateLimited | Self::SyncBusy => ErrorAction::Wait,
            Self::Unauthorized | Self::CredentialMissing => ErrorAction::ReplaceCredential,
            Self::Forbidden => ErrorAction::CheckPermissions,
            Self::AddressNotFound | Self::RemoteUnexpected => ErrorAction::CheckAddress,
            Self::RemoteRejected | Self::RemoteFailed => ErrorAction::ContactService,
            Self::KeychainUnavailable
            | Self::KeychainLocked
            | Self::KeychainDenied
            | Self::DatabaseKeyMissing => ErrorAction::UnlockKeychain,
            Self::DatabaseTooNew => ErrorAction::UpdateApplication,
            Self::DatabaseBusy => ErrorAction::CloseOther,
            Self::DiskFull => ErrorAction::FreeDiskSpace,
            Self::InvalidInput => ErrorAction::CorrectInput,
            Self::DatabaseDamaged => ErrorAction::Report,
            Self::StoreClosed | Self::Cancelled | Self::NotFound => ErrorAction::None,
            Self::Internal => ErrorAction::Report,
        }
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        let mut crossing = Self::new(error.code(), error.to_string());
        match error {
            Error::InvalidInput { field, reason, problem: _ } => {
                crossing.field = Some(field.to_owned());
                crossing.reason = Some(reason.key().to_owned());
            }
            Error::Remote(error) => crossing.describe_remote(error),
            Error::Store(_)
            | Error::Secret(_)
            | Error::SyncBusy
            | Error::Cancelled
            | Error::CredentialMissing
            | Error::StoreClosed
            | Error::NotFound { .. }
            | Error::Internal(_) => {}
        }
        crossing
    }
}

impl CommandError {
    /// An error of which only code and sentence are known.
    pub fn new(code: ErrorCode, message: String) -> Self {
        Self {
            code,
            message,
            action: code.action(),
            field: None,
            reason: None,
            account: None,
            detail: None,
            retry_after_seconds: None,
            values: BTreeMap::new(),
        }
    }

    /// The same error, said to have happened to `account`.
    #[must_use]
    pub fn at(mut self, account: &Account) -> Self {
        self.account = Some(account.name.clone());
        self
    }

    fn describe_remote(&mut self, error: RemoteError) {
        match error {
            RemoteError::Unreachable { host, reason }
            | RemoteError::Certificate { host, reason }
            | RemoteError::Timeout { host, reason } => {
                self.values.insert("host".to_owned(), host);
                self.detail = Some(reason);
            }
            RemoteError::RateLimited { template: _, retry_after } => {
                self.retry_after_seconds =
                    retry_after.map(|after| u32::try_from(after.as_secs()).unwrap_or(u32::MAX));
            }
            RemoteError::Unauthorized { template: _, detail }
            | RemoteError::Forbidden { template: _, detail }
            | RemoteError::NotFound { template: _, detail } => self.detail = detail,
            RemoteError::Rejected { template: _, status, detail }
            | RemoteError::ServiceFailed { template: _, status, detail } => {
                self.values.insert("status".to_owned(), status.to_string());
                self.detail = detail;
            }
            RemoteError::Setup { template: _, problem, detail } => {
                self.field = problem.field().map(str::to_owned);
                self.reason = Some(problem.key().to_owned());
                self.detail = detail;
            }
            RemoteError::Refused { template: _, refusal, field, detail } => {
                self.field = field;
                self.reason = Some(refusal.key().to_owned());
                self.detail = detail;
            }
            RemoteError::Unexpected { template: _, reason } | RemoteError::Settings { reason } => {
                self.detail = Some(reason);
            }
        }
    }
}
