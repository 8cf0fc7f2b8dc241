//! The tokens in the real window: from the Hub to the list, an owner, the calendar; and the notification ahead of an end.

use std::io::Read as _;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use rollcall_sandbox::{Kind, LogtoLoad, LogtoQuirks};
use rollcall_tests::keychain::Session;
use rollcall_tests::logto::{APPLICATION, LogtoService, SECRET};
use rollcall_tests::process::Running;
use rollcall_tests::window::{Key, Window, in_window, wait_for};
use serde_json::{Value, json};

use crate::look::{Looks, choose_theme};
use crate::steps::synced;

const ACCOUNT: &str = "Veldhoven Identity*";

/// Waits until nobody is asked about any more.
async fn in_depth(window: &Window) {
    wait_for("users read in depth", async || {
        let script = "const done = arguments[0];
            window.__TAURI_INTERNALS__.invoke('list_accounts', { request: {} })
              .then(({ accounts }) => done(accounts.every(({ details }) => details === null)), () => done(false))";
        (window.script_async(script, Vec::new()).await == json!(true)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn stale_tokens_are_found_from_the_hub_and_followed_to_their_owners_and_days() {
    let session = Session::with_keychain();
    in_window("tokens", &session, async |window| {
        let mut looks = Looks::new("Light");
        window.click("button", "Open the sample accounts*").await;
        synced(window).await;
        window.click("button", ACCOUNT).await;
        in_depth(window).await;
        from_the_hub(window, &mut looks).await;
        by_owner_and_day(window, &mut looks).await;
        window.resize(900, 600).await;
        looks.at(window, "tokens-calendar-small").await;
        window.click("tab", "All tokens").await;
        window.find("status", "17 tokens").await;
        looks.at(window, "tokens-small").await;
        window.resize(1280, 800).await;
        choose_theme(window, "Dark").await;
        window.click("link", "Tokens").await;
        window.find("status", "17 tokens").await;
        looks.at(window, "tokens-dark").await;
        looks.assert_clean();
    })
    .await;
}

/// The card, the chips, one token, and its owner.
async fn from_the_hub(window: &Window, looks: &mut Looks) {
    window.click("link", "Hub").await;
    window.find("link", "Expired 4").await;
    looks.at(window, "hub-tokens").await;
    window.click("link", "Expired 4").await;
    window.find("status", "4 of 17").await;
    window.see("one-off report").await;
    // Logto does not say when its tokens were used: that is no idle token.
    window.find("button", "Idle > 30 days not reported").await;
    looks.at(window, "tokens-expired").await;
    window.click("button", "Expires in 14 days 2").await;
    window.find("status", "6 of 17").await;
    window.fill("Filter tokens", "grafana").await;
    window.find("status", "1 of 17").await;
    window.press(&[Key::Tab]).await;
    window.script("document.querySelectorAll('[role=gridcell]')[1].focus(); return null", Vec::new()).await;
    window.press(&[Key::Enter]).await;
    window.find("heading", "grafana").await;
    looks.at(window, "token-opened").await;
    window.click("link", "All tokens of this owner").await;
    window.see("Owner:").await;
    window.click("button", "Owner: *").await;
    window.find("status", "17 tokens").await;
    looks.at(window, "tokens").await;
}

/// The list by owner, and the month of an end that comes.
async fn by_owner_and_day(window: &Window, looks: &mut Looks) {
    window.click("tab", "By owner").await;
    window.see(" owners").await;
    looks.at(window, "tokens-by-owner").await;
    window.click("tab", "Calendar").await;
    window.see("1 token").await;
    looks.at(window, "tokens-calendar").await;
    window.script("document.querySelector('td a').focus(); return null", Vec::new()).await;
    window.press(&[Key::Enter]).await;
    window.find("status", "1 of 17").await;
    window.click("tab", "Calendar").await;
    window.see("1 token").await;
}

/// What goes over the bus of a session, as text.
struct Bus {
    text: Arc<Mutex<String>>,
    _monitor: Running,
}

impl Bus {
    fn listen(session: &Session) -> Self {
        let mut command = session.command("dbus-monitor");
        command.args(["--session", "member='Notify'"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut monitor = Running::start(&mut command).expect("dbus-monitor is installed");
        let mut output = monitor.child().stdout.take().expect("its output");
        let text = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&text);
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut part) {
                heard.lock().expect("the text").push_str(&String::from_utf8_lossy(&part[..length]));
            }
        });
        Self { text, _monitor: monitor }
    }

    fn heard(&self) -> String {
        self.text.lock().expect("the text").clone()
    }
}

/// Connects the service and reads it completely; answers like the last step that did not go well.
async fn connect(window: &Window, service: &LogtoService) {
    let draft = json!({ "draft": {
        "provider": "logto", "name": "Acme", "address": service.address(), "certificateAuthority": null,
        "authentication": { "kind": "application", "applicationId": APPLICATION, "applicationSecret": SECRET,
            "resource": null },
    } });
    let script = "const [request, done] = arguments;
        window.__TAURI_INTERNALS__.invoke('connect_account', { request })
          .then(({ id }) => window.__TAURI_INTERNALS__.invoke('start_sync', { request: { accountId: id } }))
          .then(() => done(null), (error) => done(error))";
    assert_eq!(window.script_async(script, vec![draft]).await, Value::Null);
}

#[tokio::test]
async fn the_desktop_is_told_of_an_end_ahead_with_count_and_account_and_without_names() {
    let load = LogtoLoad { users: 1, organizations: 0, roles: 0, ties: 1, seed: 3 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let user = service.tenant.ids(Kind::User).await.expect("the users").remove(0);
    let path = format!("/api/users/{user}/personal-access-tokens");
    let soon = rollcall_core::clock::now().as_millis() + 3 * 86_400_000;
    service.ask("POST", &path, json!({ "name": "kanarie", "expiresAt": soon })).await;
    let session = Session::with_keychain();
    let bus = Bus::listen(&session);
    in_window("token-notice", &session, async |window| {
        connect(window, &service).await;
        synced(window).await;
        wait_for("the notification", async || bus.heard().contains("within 7 days").then_some(())).await;
        let heard = bus.heard();
        assert!(heard.contains("\"Acme\"") && heard.contains("1 token expires"), "{heard}");
        assert!(!heard.contains("kanarie"), "a name nobody asked for: {heard}");
    })
    .await;
    let before = bus.heard().len();
    in_window("token-notice-again", &session, async |window| {
        window.click("link", "Tokens").await;
        window.see("kanarie").await;
        in_depth(window).await;
        assert_eq!(bus.heard().len(), before, "told twice: {}", bus.heard());
    })
    .await;
}
