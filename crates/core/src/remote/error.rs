//! What can go wrong at a service or on the way to it.

use std::time::Duration;

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
    /// The settings of this account cannot make a client (unreadable certificate file).
    #[error("the connection settings cannot be used: {reason}")]
    Settings {
        /// What is wrong.
        reason: String,
    },
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
            Self::Rejected { .. } => ErrorCode::RemoteRejected,
            Self::Unexpected { .. } => ErrorCode::RemoteUnexpected,
            Self::ServiceFailed { .. } => ErrorCode::RemoteFailed,
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
            | Self::Unexpected { .. }
            | Self::Settings { .. } => RetryKind::Permanent,
        }
    }
}
