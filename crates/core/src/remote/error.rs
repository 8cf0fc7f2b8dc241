//! What can go wrong at a service or on the way to it.

use std::time::Duration;

use super::Refusal;
use crate::api::ErrorCode;

/// Where a request went and how it failed. Never holds a query, a credential or a body that may contain either.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// No connection: name not found, refused, no network.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// Host and port.
        host: String,
        /// The system's words.
        reason: String,
    },
    /// The secure connection failed: expired, self-signed or mismatched certificate.
    #[error("the secure connection to {host} failed: {reason}")]
    Certificate {
        /// Host and port.
        host: String,
        /// Which rule the certificate breaks.
        reason: String,
    },
    /// No answer in time, or the connection broke while the answer came.
    #[error("{host} did not answer in time: {reason}")]
    Timeout {
        /// Host and port.
        host: String,
        /// Which limit.
        reason: String,
    },
    /// 429, or 503 with `Retry-After`, and no patience left.
    #[error("{template}: the service asks to wait")]
    RateLimited {
        /// Method and path template.
        template: String,
        /// How long it asks for.
        retry_after: Option<Duration>,
    },
    /// 401, or a token endpoint that refuses.
    #[error("{template}: the service does not accept the credential")]
    Unauthorized {
        /// Method and path template.
        template: String,
        /// The service's own words, cut.
        detail: Option<String>,
    },
    /// 403.
    #[error("{template}: the credential lacks a right")]
    Forbidden {
        /// Method and path template.
        template: String,
        /// The service's own words, cut.
        detail: Option<String>,
    },
    /// 404 on something that must exist: usually a wrong address.
    #[error("{template}: there is nothing at this address")]
    NotFound {
        /// Method and path template.
        template: String,
        /// The service's own words, cut.
        detail: Option<String>,
    },
    /// Any other refusal.
    #[error("{template}: the service answered {status}")]
    Rejected {
        /// Method and path template.
        template: String,
        /// HTTP status.
        status: u16,
        /// The service's own words, cut.
        detail: Option<String>,
    },
    /// An answer that is not what the protocol says: HTML, cut-off or wrong JSON, too large.
    #[error("{template}: unexpected answer: {reason}")]
    Unexpected {
        /// Method and path template.
        template: String,
        /// What is wrong with it, with the type that failed to decode.
        reason: String,
    },
    /// 5xx that stayed after retries.
    #[error("{template}: the service failed with {status}")]
    ServiceFailed {
        /// Method and path template.
        template: String,
        /// HTTP status.
        status: u16,
        /// The service's own words, cut.
        detail: Option<String>,
    },
    /// Something is not set up as it must be, and the service's answer says what.
    #[error("{template}: {}", problem.sentence())]
    Setup {
        /// Method and path template.
        template: String,
        /// What.
        problem: SetupProblem,
        /// The service's own words, cut.
        detail: Option<String>,
    },
    /// The service refused an edit, and its answer says why.
    #[error("{template}: {}", refusal.sentence())]
    Refused {
        /// Method and path template.
        template: String,
        /// Why.
        refusal: Refusal,
        /// The path of the value that it is about, where the service says.
        field: Option<String>,
        /// The service's own words, cut.
        detail: Option<String>,
    },
    /// The settings of this account cannot make a client (unreadable certificate file).
    #[error("the connection settings cannot be used: {reason}")]
    Settings {
        /// What is wrong.
        reason: String,
    },
}

/// What is not set up as it must be: each has a sentence that says what to click in the service's console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupProblem {
    /// The secret is not that of the application.
    WrongSecret,
    /// The secret was right once, and has expired.
    ExpiredSecret,
    /// There is no application with this id.
    UnknownApplication,
    /// The application is of a kind that cannot sign in by itself.
    NotMachineToMachine,
    /// The service has no API with this resource indicator.
    UnknownResource,
    /// The application lacks the role that lets it read.
    RoleMissing,
    /// What answers is another part of the service: the console, a website.
    NotCoreService,
    /// The access token is one of another tenant or address.
    OtherTenant,
    /// The plan's share of access tokens is used up.
    TokenQuota,
}

impl SetupProblem {
    /// Stable name, for translation.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WrongSecret => "wrongSecret",
            Self::ExpiredSecret => "expiredSecret",
            Self::UnknownApplication => "unknownApplication",
            Self::NotMachineToMachine => "notMachineToMachine",
            Self::UnknownResource => "unknownResource",
            Self::RoleMissing => "roleMissing",
            Self::NotCoreService => "notCoreService",
            Self::OtherTenant => "otherTenant",
            Self::TokenQuota => "tokenQuota",
        }
    }

    /// The field to correct, in its JSON spelling; `None` where it is something at the service.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::WrongSecret | Self::ExpiredSecret => Some("authentication.applicationSecret"),
            Self::UnknownApplication | Self::NotMachineToMachine => Some("authentication.applicationId"),
            Self::UnknownResource => Some("authentication.resource"),
            Self::NotCoreService | Self::OtherTenant => Some("address"),
            Self::RoleMissing | Self::TokenQuota => None,
        }
    }

    const fn code(self) -> ErrorCode {
        match self {
            Self::WrongSecret
            | Self::ExpiredSecret
            | Self::UnknownApplication
            | Self::NotMachineToMachine
            | Self::UnknownResource => ErrorCode::Unauthorized,
            Self::RoleMissing => ErrorCode::Forbidden,
            Self::NotCoreService | Self::OtherTenant => ErrorCode::AddressNotFound,
            Self::TokenQuota => ErrorCode::RateLimited,
        }
    }

    /// One English sentence.
    const fn sentence(self) -> &'static str {
        match self {
            Self::WrongSecret => "the app secret does not belong to this app ID",
            Self::ExpiredSecret => "the app secret has expired",
            Self::UnknownApplication => "there is no application with this app ID",
            Self::NotMachineToMachine => "the application is not of the kind machine-to-machine",
            Self::UnknownResource => "the service has no API with this resource indicator",
            Self::RoleMissing => "the application lacks the role that gives access to the Management API",
            Self::NotCoreService => "this is not the address of the core service",
            Self::OtherTenant => "the access token belongs to another tenant or address",
            Self::TokenQuota => "the plan's share of access tokens is used up",
        }
    }
}

/// Whether asking again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryKind {
    /// The network failed; the request may or may not have arrived.
    NetworkFailure,
    /// The service asks to come back.
    Transient {
        /// How long it asks for.
        after: Option<Duration>,
    },
    /// Asking again gives the same.
    Permanent,
}

impl RemoteError {
    /// For the window to act on.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Unreachable { .. } => ErrorCode::Offline,
            Self::Certificate { .. } => ErrorCode::CertificateRejected,
            Self::Timeout { .. } => ErrorCode::Timeout,
            Self::RateLimited { .. } => ErrorCode::RateLimited,
            Self::Unauthorized { .. } => ErrorCode::Unauthorized,
            Self::Forbidden { .. } => ErrorCode::Forbidden,
            Self::NotFound { .. } => ErrorCode::AddressNotFound,
            Self::Rejected { .. } | Self::Refused { .. } => ErrorCode::RemoteRejected,
            Self::Unexpected { .. } => ErrorCode::RemoteUnexpected,
            Self::ServiceFailed { .. } => ErrorCode::RemoteFailed,
            Self::Setup { problem, .. } => problem.code(),
            Self::Settings { .. } => ErrorCode::InvalidInput,
        }
    }

    /// Whether asking again can help.
    pub const fn retry(&self) -> RetryKind {
        match self {
            Self::Unreachable { .. } | Self::Timeout { .. } => RetryKind::NetworkFailure,
            Self::RateLimited { retry_after, .. } => RetryKind::Transient { after: *retry_after },
            Self::ServiceFailed { .. } => RetryKind::Transient { after: None },
            Self::Certificate { .. }
            | Self::Unauthorized { .. }
            | Self::Forbidden { .. }
            | Self::NotFound { .. }
            | Self::Rejected { .. }
            | Self::Refused { .. }
            | Self::Unexpected { .. }
            | Self::Setup { .. }
            | Self::Settings { .. } => RetryKind::Permanent,
        }
    }
}
