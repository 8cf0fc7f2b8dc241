//! The pace of one account: how many requests at once, how quickly one after the other, and the pause that a service
//! asked for, which holds for all of them.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// The pace of one account.
#[derive(Debug)]
pub struct Pace {
    room: Semaphore,
    interval: Duration,
    /// How far ahead of the interval requests may run after a time of rest.
    slack: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When the next request would start if all kept the interval.
    next: Instant,
    /// No request starts before this.
    held: Instant,
}

impl Pace {
    /// At most `concurrency` at once, and `interval` from one start to the next, but for `burst` requests after a time
    /// of rest (the generic cell rate algorithm).
    pub fn new(concurrency: usize, interval: Duration, burst: u32) -> Self {
        let now = Instant::now();
        Self {
            room: Semaphore::new(concurrency.max(1)),
            interval,
            slack: interval.saturating_mul(burst.saturating_sub(1)),
            state: Mutex::new(State { next: now, held: now }),
        }
    }

    /// Waits for a turn; the turn ends when the permit is dropped. `None` cannot happen: nobody closes the semaphore.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        let permit = self.room.acquire().await.ok();
        loop {
            let Err(at) = self.take_slot() else { return permit };
            sleep_until(at).await;
        }
    }

    /// No request starts before `wait` has passed.
    pub fn hold(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.held = state.held.max(until);
    }

    /// Takes the slot if its time has come, else says when that is. Asked again after the wait, because a `hold` may
    /// have come in between, and because a slot reserved by a caller that was dropped would be lost.
    fn take_slot(&self) -> Result<(), Instant> {
        let now = Instant::now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let due = state.next.checked_sub(self.slack).unwrap_or(now).max(state.held);
        if due > now {
            return Err(due);
        }
        state.next = state.next.max(now) + self.interval;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_free_only_after_the_interval() {
        let pace = Pace::new(9, Duration::from_secs(60), 1);
        let first = Instant::now();
        assert_eq!(pace.take_slot(), Ok(()));
        let second = pace.take_slot().unwrap_err();
        assert!(second >= first + Duration::from_secs(60));
        assert_eq!(pace.take_slot(), Err(second), "asking takes nothing");
        let unpaced = Pace::new(9, Duration::ZERO, 1);
        assert_eq!([unpaced.take_slot(), unpaced.take_slot()], [Ok(()), Ok(())]);
    }

    #[test]
    fn after_a_rest_a_burst_may_start_at_once() {
        let pace = Pace::new(9, Duration::from_secs(60), 3);
        let before = Instant::now();
        let taken: Vec<_> = (0..4).map(|_| pace.take_slot()).collect();
        assert_eq!(taken[..3], [Ok(()), Ok(()), Ok(())]);
        let wait = taken[3].unwrap_err() - before;
        assert!(wait > Duration::from_secs(59) && wait < Duration::from_secs(61), "{wait:?}");
    }

    #[test]
    fn a_pause_holds_for_everybody_and_is_not_shortened() {
        let pace = Pace::new(9, Duration::ZERO, 1);
        let now = Instant::now();
        pace.hold(Duration::from_secs(60));
        pace.hold(Duration::from_secs(5));
        assert!(pace.take_slot().unwrap_err() >= now + Duration::from_secs(60));
    }
}
