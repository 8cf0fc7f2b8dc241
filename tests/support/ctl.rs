//! The command line: the real program, in a session of its own with a real keychain.

use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

use super::keychain::Session;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// The standard output.
    pub out: String,
    /// The standard error stream.
    pub err: String,
}

impl Ran {
    /// The output, of a command that must have gone well.
    pub fn well(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// The output as rows of JSON.
    pub fn rows(self) -> Vec<Value> {
        let text = self.well();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }
}

/// The program in a session, with a data folder.
pub struct Ctl {
    /// The session.
    pub session: Session,
    /// The data folder.
    pub folder: PathBuf,
}

impl Ctl {
    /// A new person with an open keychain and no data.
    pub fn new() -> Self {
        Self::in_session(Session::with_keychain())
    }

    /// The same in a session that is there.
    pub fn in_session(session: Session) -> Self {
        let folder = session.root().join("data/rollcall");
        Self { session, folder }
    }

    /// A program of this session with the data folder as its environment names it.
    pub fn program(&self, path: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::from(self.session.command(path));
        command.env("ROLLCALL_DATA_DIR", &self.folder).kill_on_drop(true);
        command
    }

    /// Starts a command with pipes.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.program(application());
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the program starts")
    }

    /// Runs a command to its end, with `input` as its standard input.
    pub async fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self.start(arguments);
        let mut pipe = child.stdin.take().expect("a pipe");
        // A command that reads nothing may have gone already.
        let _ = pipe.write_all(input.as_bytes()).await;
        drop(pipe);
        ended(child).await
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "").await
    }

    /// Connects a SCIM account with a bearer token.
    pub async fn connect(&self, name: &str, address: &str, token: &str) -> Ran {
        self.run_with(&["connect", "scim", name, "--address", address], token).await
    }
}

impl Default for Ctl {
    fn default() -> Self {
        Self::new()
    }
}

/// Waits for the end of a command.
pub async fn ended(child: Child) -> Ran {
    let output = tokio::time::timeout(PATIENCE, child.wait_with_output()).await;
    let Output { status, stdout, stderr } = output.expect("it ends in time").expect("its output");
    Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).expect("text"),
        err: String::from_utf8(stderr).expect("text"),
    }
}

/// The program: `ROLLCALL_CTL_BIN`, or the debug build beside this test.
pub fn application() -> PathBuf {
    let built = || super::window::target().join("debug/rollcallctl");
    let application = std::env::var_os("ROLLCALL_CTL_BIN").map_or_else(built, PathBuf::from);
    assert!(application.exists(), "{} is not built", application.display());
    application
}
