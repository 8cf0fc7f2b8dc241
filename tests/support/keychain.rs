//! A person's session on a Linux computer, made for one test: own home, own D-Bus, and the real GNOME keyring.
//!
//! The bus has no service folders, so that nothing starts by itself: no keychain is there until a test starts one, and
//! nobody can be asked for a password. The developer's own session is never touched: every program gets this session's
//! environment and nothing of the developer's but `PATH` and the display.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::process::{Running, wait_until};

const PASSWORD: &[u8] = b"throwaway";

/// Programs of the session are ended and its folders removed when it is dropped.
pub struct Session {
    // Fields are dropped in this order.
    keyring: Option<Running>,
    bus: Option<Running>,
    root: TempDir,
}

impl Session {
    /// A home without a D-Bus: what a bare window manager or a container gives.
    ///
    /// # Panics
    /// The folders cannot be made.
    pub fn without_bus() -> Self {
        let root = tempfile::Builder::new().prefix("rollcall-").tempdir().expect("a temporary folder");
        let session = Self { keyring: None, bus: None, root };
        for folder in ["home", "run", "data", "cache", "config"] {
            std::fs::create_dir(session.root.path().join(folder)).expect("a folder of the session");
        }
        use std::os::unix::fs::PermissionsExt as _;
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(session.root.path().join("run"), private).expect("a private folder");
        session
    }

    /// A session with a D-Bus, but without a keychain.
    ///
    /// # Panics
    /// The bus does not start.
    pub fn without_keychain() -> Self {
        let mut session = Self::without_bus();
        session.start_bus();
        session
    }

    /// A session with a D-Bus and an open keychain.
    ///
    /// # Panics
    /// The bus or the keychain does not start.
    pub fn with_keychain() -> Self {
        let mut session = Self::without_keychain();
        session.start_keychain(true);
        session
    }

    /// Starts the D-Bus.
    ///
    /// # Panics
    /// It does not start.
    pub fn start_bus(&mut self) {
        let config = self.root.path().join("bus.conf");
        let text = format!(
            r#"<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#,
            self.bus_socket().display()
        );
        std::fs::write(&config, text).expect("the configuration of the bus");
        let mut command = self.command("dbus-daemon");
        command.arg(format!("--config-file={}", config.display())).args(["--nofork", "--nopidfile"]);
        self.bus = Some(Running::start(command.stderr(Stdio::null())).expect("dbus-daemon is installed"));
        wait_until("the session bus", || self.bus_answers("ListNames", None).then_some(()));
    }

    /// Starts the keychain, open or locked. A locked one has a keyring that was made by an open one before.
    ///
    /// # Panics
    /// It does not start.
    pub fn start_keychain(&mut self, open: bool) {
        self.stop_keychain();
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        if open {
            command.arg("--unlock");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut keyring = Running::start(&mut command).expect("gnome-keyring-daemon is installed");
        // The password ends with the pipe.
        let mut stdin = keyring.child().stdin.take().expect("the pipe to the keychain");
        stdin.write_all(if open { PASSWORD } else { b"" }).expect("the keychain reads its password");
        drop(stdin);
        self.keyring = Some(keyring);
        wait_until("the keychain", || self.has_keychain().then_some(()));
    }

    /// Ends the keychain as a crash would.
    pub fn stop_keychain(&mut self) {
        if self.keyring.take().is_some() {
            wait_until("the end of the keychain", || (!self.has_keychain()).then_some(()));
        }
    }

    /// A program with this session's environment.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment());
        command
    }

    /// What programs of this session see as their environment.
    pub fn environment(&self) -> Vec<(&'static str, std::ffi::OsString)> {
        let root = self.root.path();
        let mut environment = vec![
            ("HOME", root.join("home").into_os_string()),
            ("XDG_RUNTIME_DIR", root.join("run").into_os_string()),
            ("XDG_DATA_HOME", root.join("data").into_os_string()),
            ("XDG_CACHE_HOME", root.join("cache").into_os_string()),
            ("XDG_CONFIG_HOME", root.join("config").into_os_string()),
            ("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.bus_socket().display()).into()),
            ("LANG", "C.UTF-8".into()),
            // The bus of accessibility tools would be one more that is shared with the developer.
            ("NO_AT_BRIDGE", "1".into()),
        ];
        for name in ["PATH", "DISPLAY", "XAUTHORITY"] {
            environment.extend(std::env::var_os(name).map(|value| (name, value)));
        }
        environment
    }

    /// Everything that programs of this session wrote is under this folder.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// Files that the keychain itself keeps; encrypted by it.
    pub fn keyring_folder(&self) -> PathBuf {
        self.root.path().join("data/keyrings")
    }

    fn bus_socket(&self) -> PathBuf {
        self.root.path().join("run/bus")
    }

    fn has_keychain(&self) -> bool {
        self.bus_answers("NameHasOwner", Some("string:org.freedesktop.secrets"))
    }

    /// True when the bus answers `method` with anything but "false".
    fn bus_answers(&self, method: &str, argument: Option<&str>) -> bool {
        let output = self
            .command("dbus-send")
            .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
            .arg(format!("org.freedesktop.DBus.{method}"))
            .args(argument)
            .stderr(Stdio::null())
            .output()
            .expect("dbus-send is installed");
        output.status.success() && !String::from_utf8_lossy(&output.stdout).contains("boolean false")
    }
}
