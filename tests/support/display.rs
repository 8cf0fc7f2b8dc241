//! A screen of its own for each test that needs one: the developer's screen is left alone, and no two windows share a
//! keyboard focus.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::process::Running;

/// A virtual screen; gone when dropped.
pub struct Display {
    _server: Running,
    name: String,
}

impl Display {
    /// Starts Xvfb on the next free number.
    ///
    /// # Panics
    /// It does not start.
    pub fn start() -> Self {
        Self::start_with(|_| ())
    }

    /// Starts one whose picture is a file in `folder`.
    ///
    /// # Panics
    /// It does not start.
    pub fn start_in(folder: &std::path::Path) -> Self {
        Self::start_with(|command| {
            command.arg("-fbdir").arg(folder);
        })
    }

    fn start_with(more: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new("Xvfb");
        more(&mut command);
        command.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = Running::start(&mut command).expect("Xvfb is installed");
        let output = server.child().stdout.take().expect("the pipe from Xvfb");
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number).expect("Xvfb says its number");
        assert!(!number.trim().is_empty(), "Xvfb did not start");
        Self { _server: server, name: format!(":{}", number.trim()) }
    }

    /// Value for `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }
}
