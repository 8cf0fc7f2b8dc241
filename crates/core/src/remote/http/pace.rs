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
    /// When the next request may start.
    next: Mutex<Instant>,
}

impl Pace {
    /// At most `concurrency` at once, and `interval` from one start to the next.
    pub fn new(concurrency: usize, interval: Duration) -> Self {
        Self { room: Semaphore::new(concurrency.max(1)), interval, next: Mutex::new(Instant::now()) }
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
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = (*next).max(until);
    }

    /// Takes the slot if its time has come, else says when that is. Asked again after the wait, because a `hold` may
    /// have come in between, and because a slot reserved by a caller that was dropped would be lost.
    fn take_slot(&self) -> Result<(), Instant> {
        let now = Instant::now();
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if *next > now {
            return Err(*next);
        }
        *next = now + self.interval;
        Ok(())
    }
}
