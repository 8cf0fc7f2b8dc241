//! The one thread that works on the staging of a run, from the first page to the last row of the mirror.
//!
//! The page caches of the database are what a run takes of memory. The allocator of the system gives each thread a stock of
//! its own, and what one thread has put back into its stock is not there for another: a run whose pages land on one thread and
//! whose mirror is made new on another took half as much again as its caches hold.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::store::StoreError;

type Job = Box<dyn FnOnce() + Send>;

/// A thread that does one thing after the other, and ends when this is dropped.
pub struct OneThread {
    jobs: mpsc::Sender<Job>,
}

impl OneThread {
    /// Starts it.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start() -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let runtime = Handle::current();
        let work = move || {
            let _inside = runtime.enter();
            queue.into_iter().for_each(|job| job());
        };
        std::thread::Builder::new()
            .name("sync".to_owned())
            .spawn(work)
            .map_err(|error| StoreError::Bug(format!("no thread for a run: {error}")))?;
        Ok(Self { jobs })
    }

    /// Runs `work` there; a panic goes on here. It is done to its end even when nobody waits for it any more.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let ended = || StoreError::Bug("the thread of a run has ended".to_owned());
        let (sender, answer) = oneshot::channel();
        let job: Job = Box::new(move || {
            // Nobody waits for it any more.
            let _ = sender.send(catch_unwind(AssertUnwindSafe(work)));
        });
        self.jobs.send(job).map_err(|_| ended())?;
        match answer.await.map_err(|_| ended())? {
            Ok(result) => result,
            Err(panic) => resume_unwind(panic),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OneThread;
    use crate::store::StoreError;

    #[tokio::test]
    async fn everything_is_done_on_the_same_thread_also_after_a_panic() {
        let thread = std::sync::Arc::new(OneThread::start().unwrap());
        let here = || Ok(std::thread::current().id());
        let first = thread.run(here).await.unwrap();
        let panicking = std::sync::Arc::clone(&thread);
        let panicked = tokio::spawn(async move {
            panicking.run(|| -> Result<(), StoreError> { panic!("as this test wants") }).await
        });
        assert!(panicked.await.unwrap_err().is_panic());
        assert_eq!(thread.run(here).await.unwrap(), first);
        assert_ne!(std::thread::current().id(), first);
    }
}
