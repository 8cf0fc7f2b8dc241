//! What must be asked for user by user, and the service's own log.

use super::{RemoteId, Timestamp, Token};

/// What is known of one user in depth. Parts are `None` where the service would not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserDetails {
    /// The user's API credentials, without their values.
    pub tokens: Option<Vec<Token>>,
    /// Second factors.
    pub mfa_factors: Option<u32>,
    /// Sessions.
    pub sessions: Option<u32>,
    /// Applications that were let in.
    pub grants: Option<u32>,
    /// Identities at other services, social and enterprise.
    pub identities: Option<u32>,
    /// JSON object of the sections of the user's page, secrets dropped, canonical.
    pub details: String,
    /// What could not be read, in one sentence without personal data.
    pub problem: Option<String>,
}

/// One entry of the service's own log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The service's id.
    pub remote_id: RemoteId,
    /// When.
    pub at: Timestamp,
    /// The service's own name of the event.
    pub event: String,
    /// `None` where the service does not say.
    pub succeeded: Option<bool>,
    /// Who.
    pub user: Option<RemoteId>,
    /// With which application.
    pub application: Option<RemoteId>,
    /// What somebody typed to sign in, where no user is named.
    pub identifier: Option<String>,
    /// From where.
    pub ip: Option<String>,
    /// Browser and system, in words.
    pub agent: Option<String>,
    /// Why it failed, in the service's own words.
    pub error: Option<String>,
    /// What of the record is known to hold no secret, canonical JSON.
    pub raw: String,
}
