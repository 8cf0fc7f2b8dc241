//! What a running Uptrends tenant holds in memory: how it behaves, its clock, and how often each API user called.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, RwLock};

use super::quirks::UptrendsQuirks;
use crate::clock::Clock;
use crate::state::lock;

/// What a running Uptrends tenant holds in memory.
pub struct UptrendsState {
    /// How it behaves.
    pub quirks: RwLock<UptrendsQuirks>,
    /// What it calls now.
    pub clock: RwLock<Clock>,
    /// By number of the API user: a write for each read would cost more than the read.
    uses: Mutex<BTreeMap<i64, Use>>,
}

/// The calls of an API user in this run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Use {
    /// How many.
    pub calls: u64,
    /// When it called last, in milliseconds.
    pub last: i64,
}

impl UptrendsState {
    /// A tenant that nobody has asked anything yet.
    pub fn new(quirks: UptrendsQuirks, clock: Clock) -> Self {
        Self { quirks: RwLock::new(quirks), clock: RwLock::new(clock), uses: Mutex::default() }
    }

    /// How it behaves now.
    pub fn quirks(&self) -> UptrendsQuirks {
        self.quirks.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The time by its clock, in milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.clock.read().unwrap_or_else(PoisonError::into_inner).now_ms()
    }

    /// Counts a call of an API user.
    pub fn called(&self, api_user: i64, now: i64) {
        let mut uses = lock(&self.uses);
        let own = uses.entry(api_user).or_default();
        own.calls += 1;
        own.last = now;
    }

    /// The calls of an API user in this run.
    pub fn uses(&self, api_user: i64) -> Use {
        lock(&self.uses).get(&api_user).copied().unwrap_or_default()
    }
}
