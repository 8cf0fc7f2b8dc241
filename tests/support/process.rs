//! Programs that tests start: each in a process group of its own, ended with all of its children when dropped.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// How long anything on this computer may take before a test gives up on it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A running program.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts `command` as the head of a new process group.
    ///
    /// # Errors
    /// The program cannot be started.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        Ok(Self { child: command.process_group(0).spawn()? })
    }

    /// The program itself, for its pipes and its end.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Ends the whole group at once.
    pub fn end(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // It may have ended by itself.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Asks again and again until there is an answer.
///
/// # Panics
/// When [`PATIENCE`] is over; the message names `what`.
pub fn wait_until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited {PATIENCE:?} for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
