//! The real window, driven through WebKitGTK's own WebDriver: what is clicked, typed and read here goes the whole way
//! through the page, the shell, the core and the keychain.
//!
//! Elements are found as a person finds them, by role and name. Nothing waits for a fixed time: every step asks again
//! until it has its answer or [`PATIENCE`] is over.

use std::net::TcpListener;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder};
use futures::FutureExt as _;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::display::Display;
use super::keychain::Session;
use super::process::{PATIENCE, Running};

/// Name under which WebDriver hands elements over (W3C WebDriver, section 12).
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";
pub(crate) const FIND: &str = include_str!("find.js");

pub use fantoccini::key::Key;

/// The application's window, open in a [`Session`].
pub struct Window {
    pub(crate) client: Client,
    // Ended in this order when dropped.
    _driver: Running,
    display: Display,
}

/// Opens the application in `session`, runs `steps`, and closes it. When a step fails, what the window showed at that
/// moment is kept in `target/e2e`.
///
/// # Panics
/// When a step does.
#[expect(clippy::print_stderr, reason = "cargo shows it with the failure")]
pub async fn in_window<T>(name: &str, session: &Session, steps: impl AsyncFnOnce(&Window) -> T) -> T {
    let window = Window::open(session).await;
    let shown = async {
        window.ready().await;
        steps(&window).await
    };
    let outcome = AssertUnwindSafe(shown).catch_unwind().await;
    if outcome.is_err() {
        let picture = window.screenshot(&format!("failed-{name}")).await;
        let text = window.text().await;
        eprintln!("the window showed, see {}:\n{text}", picture.display());
    }
    window.close().await;
    outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Window {
    /// Opens the application.
    ///
    /// # Panics
    /// It does not open.
    pub async fn open(session: &Session) -> Self {
        Self::open_program(session, &application()).await
    }

    /// Opens a program that has one web view.
    ///
    /// A program that has just ended may still hold its name on the session bus: the next one then hands over to it and
    /// leaves. Opening again a moment later is what a person does too.
    ///
    /// # Panics
    /// It does not open.
    pub async fn open_program(session: &Session, program: &Path) -> Self {
        for _ in 0..2 {
            if let Some(window) = Self::try_open(session, program, PATIENCE / 2).await {
                return window;
            }
        }
        Self::try_open(session, program, PATIENCE).await.expect("the window did not open in time")
    }

    /// `None` when there is no window within `patience`: WebDriver itself would wait for ever for a program that ended
    /// at once.
    async fn try_open(session: &Session, program: &Path, patience: std::time::Duration) -> Option<Self> {
        let display = Display::start();
        let port = free_port();
        let mut command = session.command("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .env("DISPLAY", display.name())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null());
        if std::env::var_os("ROLLCALL_E2E_VERBOSE").is_none() {
            command.stderr(Stdio::null());
        }
        let driver = Running::start(&mut command).expect("WebKitWebDriver is installed");
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), json!({ "binary": program, "args": [] }));
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{port}");
        wait_for("the WebDriver", async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok())
            .await;
        let connected = tokio::time::timeout(patience, builder.connect(&address)).await.ok()?;
        Some(Self { client: connected.expect("the window opens"), _driver: driver, display })
    }

    /// The screen that it is on.
    pub(crate) fn display(&self) -> &str {
        self.display.name()
    }

    /// Closes the window as the person would, and ends the driver.
    ///
    /// # Panics
    /// Never; a window that is gone already is closed.
    pub async fn close(self) {
        let _ = self.client.clone().close().await;
    }

    /// Waits until the page says that its first screen is drawn.
    pub async fn ready(&self) {
        let script = "return document.documentElement.dataset.ready === 'true'";
        wait_for("the first screen", async || {
            // The empty page that a web view begins with goes away under the first script.
            let ready = self.client.execute(script, Vec::new()).await.ok()?;
            (ready == json!(true)).then_some(())
        })
        .await;
    }

    /// The visible element of this role and name; see `find.js` for both.
    pub async fn find(&self, role: &str, name: &str) -> Element {
        wait_for(&format!("{role} “{name}”"), async || self.now(role, name).await.into_iter().next()).await
    }

    /// All visible elements of this role and name at this moment.
    pub async fn now(&self, role: &str, name: &str) -> Vec<Element> {
        let found = self.client.execute(FIND, vec![json!(role), json!(name)]).await;
        let found = found.unwrap_or_else(|error| panic!("looking for {role} “{name}”: {error}"));
        let elements = found.as_array().into_iter().flatten();
        elements
            .filter_map(|element| element.get(ELEMENT_KEY)?.as_str())
            .map(|id| Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned())))
            .collect()
    }

    /// Waits until there is no such element any more.
    pub async fn gone(&self, role: &str, name: &str) {
        wait_for(&format!("the end of {role} “{name}”"), async || {
            self.now(role, name).await.is_empty().then_some(())
        })
        .await;
    }

    /// Clicks the element, as soon as it can be clicked.
    pub async fn click(&self, role: &str, name: &str) {
        wait_for(&format!("a click on {role} “{name}”"), async || {
            let element = self.now(role, name).await.into_iter().next()?;
            if !element.is_enabled().await.unwrap_or(false) {
                return None;
            }
            settled(element.click().await)
        })
        .await;
    }

    /// Replaces what stands in the field of this label.
    pub async fn fill(&self, label: &str, text: &str) {
        wait_for(&format!("the field “{label}”"), async || {
            let field = self.now("textbox", label).await.into_iter().next()?;
            // As a person scrolls to it: the driver is content with a field behind a fixed footer.
            self.to_the_middle(&field).await;
            // As a person does it: WebDriver's own "clear" tells the page nothing when nothing follows.
            settled(field.click().await)?;
            self.chord(&[Key::Control], 'a').await;
            self.press(&[Key::Backspace]).await;
            if text.is_empty() { Some(()) } else { settled(field.send_keys(text).await) }
        })
        .await;
    }

    async fn to_the_middle(&self, element: &Element) {
        let script = "arguments[0].scrollIntoView({ block: 'center' }); return null";
        // An element that is gone by now is looked for again.
        if let Ok(element) = serde_json::to_value(element) {
            let _ = self.client.execute(script, vec![element]).await;
        }
    }

    /// Chooses an option of the list with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        let list = self.find("combobox", label).await;
        self.to_the_middle(&list).await;
        list.select_by_label(option)
            .await
            .unwrap_or_else(|error| panic!("“{label}” has no “{option}”: {error}"));
    }

    /// Opens what the first row of the grid is about.
    pub async fn open_first_row(&self) {
        wait_for("a first row", async || {
            // A box to select the row may stand before its name.
            for cell in self.now("gridcell", "").await.into_iter().take(2) {
                if let Ok(link) = cell.find(fantoccini::Locator::Css("a")).await {
                    return settled(link.click().await);
                }
            }
            None
        })
        .await;
    }

    /// What stands in the field of this label.
    pub async fn value(&self, label: &str) -> String {
        let field = self.find("textbox", label).await;
        field.prop("value").await.expect("the field has a value").unwrap_or_default()
    }

    /// Waits until this text can be read somewhere in the window.
    pub async fn see(&self, text: &str) {
        let script = "return document.body.innerText.replace(/\\s+/gu, ' ').includes(arguments[0]) || null";
        wait_for(&format!("the text “{text}”"), async || self.script(script, vec![json!(text)]).await).await;
    }

    /// Everything that can be read in the window.
    pub async fn text(&self) -> String {
        let text = self.client.execute("return document.body.innerText", Vec::new()).await;
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Runs a script in the page; `null` is `None`.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Option<Value> {
        let value = self.client.execute(script, arguments).await;
        let value = value.unwrap_or_else(|error| panic!("a script failed: {error}\n{script}"));
        (!value.is_null()).then_some(value)
    }

    /// Runs a script in the page that answers by calling its last argument.
    pub async fn script_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        let value = self.client.execute_async(script, arguments).await;
        value.unwrap_or_else(|error| panic!("a script failed: {error}\n{script}"))
    }

    /// Runs a script in the page again and again until it returns something.
    pub async fn wait(&self, what: &str, script: &str) -> Value {
        wait_for(what, async || self.script(script, Vec::new()).await).await
    }
}

/// Asks again and again until there is an answer.
///
/// # Panics
/// When [`PATIENCE`] is over; the message names `what`.
pub async fn wait_for<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited {PATIENCE:?} for {what}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// `None` when the element moved, was covered or went away meanwhile: look again.
fn settled(outcome: Result<(), CmdError>) -> Option<()> {
    match outcome {
        Ok(()) => Some(()),
        Err(CmdError::Standard(_)) => None,
        Err(error) => panic!("the window does not answer: {error}"),
    }
}

/// The application: `ROLLCALL_BIN`, or the debug build beside this test.
///
/// # Panics
/// There is none.
pub fn application() -> PathBuf {
    let built = || target().join("debug/rollcall");
    let application = std::env::var_os("ROLLCALL_BIN").map_or_else(built, PathBuf::from);
    assert!(application.exists(), "{} is not built", application.display());
    application
}

/// Cargo's target folder, which this test stands in.
pub(crate) fn target() -> PathBuf {
    let test = std::env::current_exe().expect("this test has a path");
    test.ancestors().nth(3).expect("target/debug/deps/<test>").to_path_buf()
}

/// The repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_path_buf()
}

/// A port that nobody listens on.
///
/// # Panics
/// There is none left.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|socket| socket.local_addr()).expect("a free port").port()
}
