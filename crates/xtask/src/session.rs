//! A person's session made for one start of the window: home folder, session bus and an open keychain of its own,
//! all gone afterwards. For where there is no session (a server, a container), and to see the installed program
//! the way somebody sees it who never had it.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::display::Display;
use crate::process;

/// Of a keychain that lives for seconds and holds nobody's secret.
const PASSWORD: &[u8] = b"throwaway";
/// Of the person; each would lead out of the home folder made here.
const LEADING_OUT: [&str; 4] = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"];

/// The session ends with this value.
#[derive(Debug)]
pub struct Session {
    bus: Child,
    address: String,
    home: TempDir,
    run: TempDir,
}

impl Session {
    /// True when the person who started this program has a session.
    pub fn is_there() -> bool {
        std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty())
    }

    /// Starts a session whose programs use this display.
    ///
    /// # Errors
    /// The bus or the keychain cannot be started.
    pub fn start(display: &Display) -> Result<Self> {
        // Not in the target folder: names of sockets are limited to about a hundred characters.
        let folder =
            |prefix| tempfile::Builder::new().prefix(prefix).tempdir().context("a folder for the session");
        let (home, run) = (folder("rollcall-home-")?, folder("rollcall-run-")?);
        let mut bus = process::command("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        display.apply(&mut bus);
        settle(&mut bus, home.path(), run.path());
        let (bus, address) = process::server(&mut bus).context("the session bus did not start")?;
        let session = Self { bus, address, home, run };
        session.open_keychain(display)?;
        Ok(session)
    }

    /// Makes a command run in this session.
    pub fn apply(&self, command: &mut Command) {
        settle(command, self.home.path(), self.run.path());
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.address);
    }

    /// Returns when the keychain answers. It leaves with the bus.
    fn open_keychain(&self, display: &Display) -> Result<()> {
        let mut daemon = process::command("gnome-keyring-daemon");
        daemon.args(["--daemonize", "--unlock", "--components=secrets"]);
        display.apply(&mut daemon);
        self.apply(&mut daemon);
        daemon.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = daemon.spawn().context("`gnome-keyring-daemon` cannot be started")?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(PASSWORD).context("opening the keychain")?;
        }
        if !child.wait().context("waiting for the keychain")?.success() {
            bail!("the keychain did not start");
        }
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        process::stop(&mut self.bus, Duration::from_secs(3));
    }
}

fn settle(command: &mut Command, home: &Path, run: &Path) {
    command.current_dir(home).env("HOME", home).env("XDG_RUNTIME_DIR", run);
    for name in LEADING_OUT {
        command.env_remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_of_the_session_finds_nothing_of_the_person() {
        let mut command = Command::new("rollcall");
        settle(&mut command, Path::new("/tmp/home"), Path::new("/tmp/run"));
        let value = |wanted: &str| command.get_envs().find(|(name, _)| *name == wanted).unwrap().1;
        assert_eq!(value("HOME"), Some("/tmp/home".as_ref()));
        assert_eq!(value("XDG_RUNTIME_DIR"), Some("/tmp/run".as_ref()));
        for name in LEADING_OUT {
            assert_eq!(value(name), None, "{name}");
        }
    }
}
