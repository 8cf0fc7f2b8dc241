//! Taking the write-ahead log over into the file, behind everything else. Nobody waits for it, but it does not outlive the
//! store: who opens the folder next would find it in use.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, InterruptHandle};

use super::lock;

/// The checkpoints under way.
pub struct Checkpoints {
    threads: Mutex<Vec<JoinHandle<()>>>,
    interrupt: InterruptHandle,
    closing: Arc<AtomicBool>,
}

impl Checkpoints {
    /// None so far; they are done with `writer`.
    pub fn new(writer: &Connection) -> Self {
        Self { threads: Mutex::default(), interrupt: writer.get_interrupt_handle(), closing: Arc::default() }
    }

    /// Begins one as soon as `writer` is free.
    pub fn begin(&self, writer: &Arc<Mutex<Connection>>) {
        let (writer, closing) = (Arc::clone(writer), Arc::clone(&self.closing));
        let begun = thread::Builder::new().name("checkpoint".to_owned()).spawn(move || {
            let conn = lock(&writer);
            if closing.load(Ordering::Acquire) {
                return;
            }
            if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
                // What is left is taken over by a later one.
                tracing::debug!(%error, "the write-ahead log was not taken over");
            }
        });
        let mut threads = lock(&self.threads);
        threads.retain(|thread| !thread.is_finished());
        match begun {
            Ok(thread) => threads.push(thread),
            Err(error) => tracing::warn!(%error, "the write-ahead log could not be taken over"),
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Release);
        // Between two pages it looks whether it is to stop; closing the last connection takes the rest over anyway.
        self.interrupt.interrupt();
        for thread in lock(&self.threads).drain(..) {
            // A panic in it has told its own story.
            let _ = thread.join();
        }
    }
}
