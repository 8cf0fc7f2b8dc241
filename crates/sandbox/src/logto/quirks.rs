//! How a Logto tenant behaves, where the real ones differ from one another or a test needs a short time. All of it can be
//! changed while the sandbox runs.

use serde::{Deserialize, Serialize};

/// How a Logto tenant behaves; the default is a server of one's own (OSS).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LogtoQuirks {
    /// In which order users come that were created in the same millisecond.
    pub ties: TieOrder,
    /// How long access tokens live, in seconds; as the resource's `accessTokenTtl` says when absent.
    pub token_seconds: Option<u64>,
    /// An access token counts as expired after so many requests: for an expiry amid a run that does not depend on time.
    pub token_requests: Option<u64>,
    /// Passwords can be made to expire.
    pub password_expiration: bool,
    /// Tokens are renamed and deleted by their names in the path only, as before release 1.33.
    pub tokens_by_path: bool,
    /// What sends e-mails.
    pub mail: MailConnector,
    /// The limit on requests; none on a server of one's own.
    pub rate_limit: Option<RateLimit>,
    /// After how many milliseconds without a request a connection is closed.
    pub keep_alive_ms: u64,
}

impl Default for LogtoQuirks {
    fn default() -> Self {
        Self {
            ties: TieOrder::Shuffled,
            token_seconds: None,
            token_requests: None,
            password_expiration: false,
            tokens_by_path: false,
            mail: MailConnector::Missing,
            rate_limit: None,
            keep_alive_ms: 5_000,
        }
    }
}

impl LogtoQuirks {
    /// Logto's own cloud: 200 requests in 10 seconds, then 429 without `Retry-After`.
    #[must_use]
    pub fn cloud() -> Self {
        Self { rate_limit: Some(RateLimit { burst: 200, per_second: 20 }), ..Self::default() }
    }
}

/// In which order rows come that tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TieOrder {
    /// In another order for every request.
    Shuffled,
    /// Always in the same order.
    Stable,
}

/// What sends the e-mails of a tenant. None leaves the computer: they are only written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MailConnector {
    /// Nothing is set up.
    Missing,
    /// It sends.
    Works,
    /// The provider behind it refuses.
    Fails,
}

/// A token bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateLimit {
    /// How many requests may come at once.
    pub burst: u32,
    /// How many more each second.
    pub per_second: u32,
}
