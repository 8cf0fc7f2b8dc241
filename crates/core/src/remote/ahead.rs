//! Requests sent before their turn, so that a walk keeps several connections busy and still hands its pages out one by
//! one: memory holds no more than these few answers.

use std::sync::{Mutex, PoisonError};

use futures::future::BoxFuture;
use tokio::task::JoinHandle;

use super::RemoteError;

/// Answers that may wait for their turn, beside the one that is waited for.
const MOST: usize = 3;

/// What asks for the page at a position.
pub type Ask<T> = dyn Fn(&str) -> BoxFuture<'static, Result<T, RemoteError>> + Send + Sync;

/// Requests sent before their turn, by the position they are for.
pub struct Ahead<T> {
    under_way: Mutex<Vec<(String, Task<T>)>>,
}

/// A request under way, which ends when nobody waits for it any more.
struct Task<T>(JoinHandle<Result<T, RemoteError>>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T: Send + 'static> Ahead<T> {
    /// Nothing under way.
    pub const fn new() -> Self {
        Self { under_way: Mutex::new(Vec::new()) }
    }

    /// Ends everything under way: a new walk asks anew.
    pub fn clear(&self) {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The answer for `position`, which may be under way already; asks for those in `coming` meanwhile.
    ///
    /// # Errors
    /// Those of `ask`; then nothing is under way any more.
    pub async fn take(&self, position: &str, coming: Vec<String>, ask: &Ask<T>) -> Result<T, RemoteError> {
        let mut task = {
            let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
            let found = under_way.iter().position(|(known, _)| known == position);
            let task = match found {
                Some(at) => under_way.swap_remove(at).1,
                None => Task(tokio::spawn(ask(position))),
            };
            for next in coming {
                if under_way.len() < MOST && under_way.iter().all(|(known, _)| *known != next) {
                    let request = tokio::spawn(ask(&next));
                    under_way.push((next, Task(request)));
                }
            }
            task
        };
        let answer = match (&mut task.0).await {
            Ok(answer) => answer,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(RemoteError::Settings { reason: "the program is ending".to_owned() }),
        };
        if answer.is_err() {
            self.clear();
        }
        answer
    }
}
