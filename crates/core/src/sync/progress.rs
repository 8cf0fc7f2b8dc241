//! How far a run is, told often enough to look alive and seldom enough to cost nothing.

use std::time::{Duration, Instant};

use crate::model::{Phase, Progress};

/// Reports come no closer than this.
const INTERVAL: Duration = Duration::from_millis(100);

/// Tells how far a run is.
pub struct Reporter {
    tell: Box<dyn Fn(Progress) + Send + Sync>,
    phase: Phase,
    begun: Instant,
    told: Option<Instant>,
    first: u64,
}

impl Reporter {
    /// Reports go to `tell`, which must not block.
    pub fn new(tell: Box<dyn Fn(Progress) + Send + Sync>) -> Self {
        Self { tell, phase: Phase::Connecting, begun: Instant::now(), told: None, first: 0 }
    }

    /// Begins a phase with `done` records handled before, by the run that this one goes on from.
    pub fn phase(&mut self, phase: Phase, done: u64, total: Option<u64>) {
        (self.phase, self.begun, self.first) = (phase, Instant::now(), done);
        self.told = None;
        self.at(done, total);
    }

    /// `done` of `total` records are handled in this phase.
    pub fn at(&mut self, done: u64, total: Option<u64>) {
        let now = Instant::now();
        if self.told.is_some_and(|told| now - told < INTERVAL) {
            return;
        }
        self.told = Some(now);
        let seconds = (now - self.begun).as_secs_f64();
        let handled = done.saturating_sub(self.first);
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let rate = if seconds > 0.0 { handled as f64 / seconds } else { 0.0 };
        (self.tell)(Progress { phase: self.phase, done, total, rate });
    }
}
