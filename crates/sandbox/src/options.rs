//! What a sandbox is started with.

use std::path::PathBuf;

use crate::{Clock, LogtoQuirks, Quirks, SandboxError, UptrendsQuirks, rng};

/// What a sandbox is started with. `SandboxOptions::default()` is an empty one in memory on any free port.
#[derive(Clone, Debug, Default)]
pub struct SandboxOptions {
    /// SQLite file for the state; in memory when absent.
    pub database: Option<PathBuf>,
    /// Port on 127.0.0.1; any free one when absent.
    pub port: Option<u16>,
    /// Token for `/_sandbox/…`; a random one when absent.
    pub admin_token: Option<Secret>,
    /// Seed of everything random in answers (orders, cuts, ids of new records); random when absent.
    pub seed: Option<u64>,
    /// Tenants to begin with; more can be added later.
    pub tenants: Vec<TenantOptions>,
}

impl SandboxOptions {
    /// Keeps the state in this file.
    #[must_use]
    pub fn database(mut self, path: impl Into<PathBuf>) -> Self {
        self.database = Some(path.into());
        self
    }

    /// Listens on this port.
    #[must_use]
    pub const fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Makes answers the same in every run.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Adds a tenant.
    #[must_use]
    pub fn tenant(mut self, tenant: TenantOptions) -> Self {
        self.tenants.push(tenant);
        self
    }
}

/// One tenant: a service of its own under `/{slug}`; SCIM below `/{slug}/scim/v2`, Logto below `/{slug}/api`, or
/// Uptrends below `/{slug}/v4`.
#[derive(Clone, Debug)]
pub struct TenantOptions {
    /// Name in the address: lower-case letters, digits, `-`.
    pub slug: String,
    /// What it accepts; nothing else gets in.
    pub credentials: Vec<Credential>,
    /// How it differs from the standard, when it speaks SCIM.
    pub quirks: Quirks,
    /// How it behaves, when it speaks Logto; absent for others.
    pub logto: Option<LogtoQuirks>,
    /// How it behaves, when it speaks Uptrends; absent for others.
    pub uptrends: Option<UptrendsQuirks>,
    /// Where it takes its time from, when it speaks Logto or Uptrends.
    pub clock: Clock,
}

impl TenantOptions {
    /// A well-behaved tenant that nobody can sign in to yet.
    pub fn new(slug: impl Into<String>) -> Self {
        Self {
            slug: slug.into(),
            credentials: Vec::new(),
            quirks: Quirks::default(),
            logto: None,
            uptrends: None,
            clock: Clock::system(),
        }
    }

    /// A tenant of the Logto dialect. Each [`Credential::OAuthClient`] becomes a machine-to-machine application that
    /// holds the management role; other credentials mean nothing to it.
    pub fn logto(slug: impl Into<String>, quirks: LogtoQuirks) -> Self {
        Self { logto: Some(quirks), ..Self::new(slug) }
    }

    /// A tenant of the Uptrends dialect. Each [`Credential::Basic`] becomes an API user of the account administrator; other
    /// credentials mean nothing to it.
    pub fn uptrends(slug: impl Into<String>, quirks: UptrendsQuirks) -> Self {
        Self { uptrends: Some(quirks), ..Self::new(slug) }
    }

    /// Takes its time from this clock (Logto and Uptrends).
    #[must_use]
    pub const fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Accepts this credential too.
    #[must_use]
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credentials.push(credential);
        self
    }

    /// Accepts this bearer token too.
    #[must_use]
    pub fn bearer(self, token: impl Into<String>) -> Self {
        self.credential(Credential::Bearer(Secret::new(token)))
    }

    /// Behaves like this.
    #[must_use]
    pub fn quirks(mut self, quirks: Quirks) -> Self {
        self.quirks = quirks;
        self
    }
}

/// What a tenant accepts.
#[derive(Clone, Debug)]
pub enum Credential {
    /// `Authorization: Bearer`.
    Bearer(Secret),
    /// `Authorization: Basic`.
    Basic {
        /// Before the colon.
        user: String,
        /// After it.
        password: Secret,
    },
    /// OAuth 2.0 client credentials at `/{slug}/oauth/token` (Logto: `/{slug}/oidc/token`), which gives bearer tokens.
    OAuthClient {
        /// `client_id`.
        id: String,
        /// `client_secret`.
        secret: Secret,
        /// How long a token lives, in seconds.
        token_seconds: u64,
    },
}

/// Text that is never printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// 192 random bits.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub fn random() -> Result<Self, SandboxError> {
        rng::os_secret().map(Self)
    }

    /// The text itself: for the client that shall sign in, and for the terminal that started the sandbox.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether `other` is the same, in a time that does not depend on where they differ.
    pub fn matches(&self, other: &str) -> bool {
        let (own, other) = (self.0.as_bytes(), other.as_bytes());
        own.len() == other.len() && own.iter().zip(other).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}
