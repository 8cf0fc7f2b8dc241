//! How a client behaves: limits of time and size, patience, pace.

use std::time::Duration;

/// How a client behaves. [`Default`] is what the program uses; tests shorten the waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSettings {
    /// Sent as `User-Agent`.
    pub user_agent: String,
    /// Limit for name, connection and TLS handshake together.
    pub connect_timeout: Duration,
    /// Limit for silence between two pieces of an answer.
    pub read_timeout: Duration,
    /// Limit for one request from connection to last byte.
    pub total_timeout: Duration,
    /// Largest body that is read, in bytes after decompression.
    pub body_limit: usize,
    /// Requests of one account under way at once.
    pub concurrency: usize,
    /// Shortest time between the starts of two requests of one account to another machine; this very machine is not
    /// paced.
    pub minimum_interval: Duration,
    /// Requests that may start at once after a time of rest, before the interval holds.
    pub burst: u32,
    /// When and how long to wait before asking again.
    pub retry: RetryPolicy,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            user_agent: concat!("Rollcall/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(180),
            body_limit: 64 * 1024 * 1024,
            concurrency: 4,
            minimum_interval: Duration::from_millis(20),
            burst: 1,
            retry: RetryPolicy::default(),
        }
    }
}

/// When and how long to wait before asking again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Times a request is sent at most.
    pub attempts: u32,
    /// The same where there is no connection: a person waits for this message.
    pub network_attempts: u32,
    /// The same where an attempt has already waited for as long as is reasonable.
    pub timeout_attempts: u32,
    /// First wait; doubled each time.
    pub base: Duration,
    /// Longest wait of our own choice.
    pub cap: Duration,
    /// Longest wait that a service may ask for; beyond it the caller is told instead.
    pub longest_asked: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            network_attempts: 4,
            timeout_attempts: 2,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(30),
            longest_asked: Duration::from_secs(120),
        }
    }
}
