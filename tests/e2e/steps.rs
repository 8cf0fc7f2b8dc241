//! What several journeys do.

use rollcall_core::store::DATABASE_FILE;
use rollcall_sandbox::{Sandbox, SandboxOptions, Tenant, TenantOptions};
use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Window, wait_for};
use std::path::{Path, PathBuf};

/// Token that [`service`] accepts.
pub const TOKEN: &str = "token-of-the-head-office";

/// A service with so many users, and its one tenant.
pub async fn service(users: usize, token: &str) -> (Sandbox, Tenant) {
    let tenant = TenantOptions::new("head-office").bearer(token);
    let sandbox = Sandbox::start(SandboxOptions::default().seed(7).tenant(tenant)).await.expect("a sandbox");
    let tenant = sandbox.tenant("head-office").expect("its tenant");
    tenant.generate(users, 12, 7).await.expect("its users");
    (sandbox, tenant)
}

/// Types an account into the connect screen, without sending it.
pub async fn fill_in_account(window: &Window, name: &str, address: &str, token: &str) {
    window.fill("Name", name).await;
    window.fill("Address", address).await;
    window.fill("Token", token).await;
}

/// From the welcome to a connected account whose first sync has ended.
pub async fn connect(window: &Window, name: &str, address: &str, token: &str) {
    window.click("link", "Connect an account*").await;
    fill_in_account(window, name, address, token).await;
    window.click("button", "Connect").await;
    synced(window).await;
}

/// Waits until the newest sync of what is shown has ended well.
pub async fn synced(window: &Window) {
    wait_for("the end of the sync", async || {
        let status = window.now("group", "Synchronisation").await.into_iter().next()?;
        let text = status.text().await.ok()?;
        text.starts_with("Synced").then_some(())
    })
    .await;
}

/// Presses "Sync" and waits until a newer run than before has ended well for every account of a service.
pub async fn sync_again(window: &Window) {
    let before = runs(window).await;
    window.click("button", "Sync").await;
    wait_for("the end of a newer sync", async || {
        let now = runs(window).await;
        let newer = now.iter().zip(&before).all(|(now, before)| now.0 > before.0 && now.1 == "succeeded");
        newer.then_some(())
    })
    .await;
    synced(window).await;
}

/// Number (none while it begins) and state of each account's newest run, asked as the page asks: what is shown may still be of the last one.
async fn runs(window: &Window) -> Vec<(Option<i64>, String)> {
    let script = "const done = arguments[0];
        window.__TAURI_INTERNALS__.invoke('list_accounts', { request: {} })
          .then(({ accounts }) => done(accounts.filter(({ provider }) => provider !== 'roster').map(({ sync }) => [sync.runId, sync.state])), (error) => done(error))";
    let runs = window.script_async(script, Vec::new()).await;
    serde_json::from_value(runs.clone()).unwrap_or_else(|error| panic!("{error}: {runs}"))
}

/// Searches all users, from wherever the window is.
pub async fn search(window: &Window, text: &str) {
    window.fill("Search users", text).await;
}

/// Where the application keeps everything, unless it is told otherwise.
pub fn data_folder(session: &Session) -> PathBuf {
    session.root().join("data/app.rollcall")
}

/// The database.
pub fn database(session: &Session) -> PathBuf {
    data_folder(session).join(DATABASE_FILE)
}

/// All files under `folder`.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let entry = entry.expect("an entry");
            let kind = entry.file_type().expect("its kind");
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files
}
