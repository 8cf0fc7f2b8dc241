//! Programs that tests start: each in a process group of its own, ended with all of its children when dropped, and also
//! when the test itself is killed (Ctrl+C, a time limit): nothing may be left behind on a developer's computer.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// How long anything on this computer may take before a test gives up on it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A running program.
pub struct Running {
    child: Child,
    guard: Child,
}

impl Running {
    /// Starts `command` as the head of a new process group.
    ///
    /// # Errors
    /// The program cannot be started.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        let mut child = command.process_group(0).spawn()?;
        match guard(child.id()) {
            Ok(guard) => Ok(Self { child, guard }),
            Err(error) => {
                child.kill()?;
                Err(error)
            }
        }
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
        let _ = self.guard.kill();
        let _ = self.guard.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Waits at a pipe that only the test holds open, and ends the group when the test is gone, however that happened.
fn guard(group: u32) -> io::Result<Child> {
    let mut command = Command::new("sh");
    command.args(["-c", "read -r _; kill -KILL \"-$1\"", "guard"]).arg(group.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn()
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
