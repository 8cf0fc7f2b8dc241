//! A display that nobody sees: an X server in memory.
//!
//! Started here and not through `xvfb-run`, which guesses a free display number and can guess wrong; the
//! server picks its own number and says which. As with `xvfb-run`, only holders of a random cookie get in.

use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process;

/// Wide enough for every screen of the window.
const SCREEN: &str = "1440x900x24";

/// True when a window can be opened where this program runs.
pub fn is_there() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The display ends with this value.
#[derive(Debug)]
pub struct Display {
    server: Child,
    cookie: PathBuf,
    variables: Vec<(&'static str, OsString)>,
}

impl Display {
    /// Starts the X server. `folder` receives the cookie.
    ///
    /// # Errors
    /// The server cannot be started or ends at once.
    pub fn start(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        let cookie = Cookie::new(folder)?;
        // The server compares cookies and not display numbers, so any number will do until it has told its own.
        cookie.admit_to("0")?;
        let mut server = process::command("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset", "-auth"]);
        let (server, number) =
            process::server(server.arg(&cookie.file)).context("the virtual display did not start")?;
        cookie.admit_to(&number)?;
        let variables = vec![
            ("DISPLAY", format!(":{number}").into()),
            ("XAUTHORITY", cookie.file.clone().into()),
            ("GDK_BACKEND", "x11".into()),
            // The bus for assistive programs does not exist here; looking for it costs seconds.
            ("NO_AT_BRIDGE", "1".into()),
        ];
        Ok(Self { server, cookie: cookie.file, variables })
    }

    /// Makes a command run in this display.
    pub fn apply(&self, command: &mut Command) {
        command.env_remove("WAYLAND_DISPLAY").envs(self.variables.iter().map(|(name, value)| (name, value)));
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        process::stop(&mut self.server, Duration::from_secs(3));
        // Without its server the cookie opens nothing.
        let _ = std::fs::remove_file(&self.cookie);
    }
}

/// The shared secret of the X server and its clients, in a file that only this person can read.
struct Cookie {
    file: PathBuf,
    hex: String,
}

impl Cookie {
    fn new(folder: &Path) -> Result<Self> {
        let mut bytes = [0_u8; 16];
        File::open("/dev/urandom")
            .and_then(|mut file| file.read_exact(&mut bytes))
            .context("a random cookie")?;
        let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let file = std::path::absolute(folder.join(format!("display-{}.auth", std::process::id())))?;
        Ok(Self { file, hex })
    }

    /// Through its input and not its arguments, which everybody on this machine can read.
    fn admit_to(&self, number: &str) -> Result<()> {
        let mut xauth = process::command("xauth");
        xauth.args(["-q", "-f"]).arg(&self.file).args(["source", "-"]);
        let mut child =
            xauth.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().context("`xauth` cannot be started")?;
        if let Some(mut input) = child.stdin.take() {
            writeln!(input, "add :{number} . {}", self.hex).context("writing to `xauth`")?;
        }
        if !child.wait().context("waiting for `xauth`")?.success() {
            bail!("`xauth` cannot write {}", self.file.display());
        }
        Ok(())
    }
}
