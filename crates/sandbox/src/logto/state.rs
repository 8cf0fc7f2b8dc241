//! What a running Logto tenant holds in memory: its signing key, how often tokens were used, the limit on requests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::Instant;

use super::mail::LogtoMail;
use super::quirks::{LogtoQuirks, RateLimit};
use crate::SandboxError;
use crate::clock::Clock;
use crate::state::lock;

/// What a running Logto tenant holds in memory.
pub struct LogtoState {
    /// How it behaves.
    pub quirks: RwLock<LogtoQuirks>,
    /// What it calls now.
    pub clock: RwLock<Clock>,
    /// Signs access tokens; another at every start, as on a server whose keys were rotated.
    pub key: [u8; 32],
    bucket: Mutex<Option<Bucket>>,
    uses: Mutex<BTreeMap<String, u64>>,
    /// E-mails that went out.
    pub mails: Mutex<Vec<LogtoMail>>,
}

struct Bucket {
    limit: RateLimit,
    /// In millionths of a request.
    left: u64,
    filled: Instant,
}

const REQUEST: u64 = 1_000_000;

impl LogtoState {
    /// A tenant that nobody has asked anything yet.
    pub fn new(quirks: LogtoQuirks, clock: Clock) -> Result<Self, SandboxError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| SandboxError::Random(error.to_string()))?;
        Ok(Self {
            quirks: RwLock::new(quirks),
            clock: RwLock::new(clock),
            key,
            bucket: Mutex::default(),
            uses: Mutex::default(),
            mails: Mutex::default(),
        })
    }

    /// How it behaves now.
    pub fn quirks(&self) -> LogtoQuirks {
        self.quirks.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The time by its clock, in milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.clock.read().unwrap_or_else(PoisonError::into_inner).now_ms()
    }

    /// Counts a use of the token `jti`; how often it was used before.
    pub fn used(&self, jti: &str) -> u64 {
        let mut uses = lock(&self.uses);
        let count = uses.entry(jti.to_owned()).or_default();
        *count += 1;
        *count - 1
    }

    /// Whether the limit lets another request through.
    pub fn admits(&self) -> bool {
        let Some(limit) = self.quirks().rate_limit else { return true };
        let now = Instant::now();
        let full = u64::from(limit.burst) * REQUEST;
        let mut guard = lock(&self.bucket);
        let bucket = match guard.take() {
            Some(bucket) if bucket.limit == limit => bucket,
            _ => Bucket { limit, left: full, filled: now },
        };
        let micros = u64::try_from(now.duration_since(bucket.filled).as_micros()).unwrap_or(u64::MAX);
        let gained = micros.saturating_mul(u64::from(limit.per_second));
        let left = bucket.left.saturating_add(gained).min(full);
        let admitted = left >= REQUEST;
        *guard = Some(Bucket { limit, left: if admitted { left - REQUEST } else { left }, filled: now });
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_that_never_refills_admits_its_burst_and_no_more() {
        let quirks =
            LogtoQuirks { rate_limit: Some(RateLimit { burst: 5, per_second: 0 }), ..LogtoQuirks::default() };
        let state = LogtoState::new(quirks, Clock::system()).unwrap();
        assert_eq!((0..9).filter(|_| state.admits()).count(), 5);
        *state.quirks.write().unwrap() = LogtoQuirks::default();
        assert!(state.admits());
    }
}
