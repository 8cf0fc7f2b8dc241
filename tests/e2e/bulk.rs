//! Many at once through the real window against a Logto service: a selection of all that match as a plan, applied, looked at
//! in its receipt and undone; tokens made and revoked on their screen; and a file of people.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Key, Window, in_window};
use serde_json::{Value, json};

use crate::changes::{connect, keep_secret, service, tokens};

#[tokio::test]
async fn all_that_match_but_one_are_suspended_seen_in_the_receipt_and_let_in_again() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("bulk-suspend", &session, async |window| {
        connect(window, &service).await;
        let before = suspended(&service).await;
        window.click("link", "Users").await;
        window.click("gridcell", "").await;
        window.chord(&[Key::Control], 'a').await;
        window.see("12 rows selected").await;
        window.screenshot("bulk-selected").await;
        window.click("button", "Change…").await;
        window.screenshot("bulk-menu").await;
        window.click("menuitem", "Suspend…").await;
        window.find("heading", "Suspend 12 people").await;
        window.see(&format!("{} changes", 12 - before)).await;
        window.screenshot("bulk-plan").await;
        window.resize(900, 600).await;
        window.screenshot("bulk-plan-small").await;
        window.resize(1280, 800).await;
        window.click("button", "Add to pending changes").await;
        window.gone("dialog", "").await;
        window.click("link", "Changes*").await;
        window.click("button", &format!("Apply all {}…", 12 - before)).await;
        agree(window).await;
        window.screenshot("bulk-apply").await;
        window.click("button", "Apply").await;
        window.see("Done. The service has all").await;
        assert_eq!(suspended(&service).await, 12);
        window.click("button", "Show the receipt").await;
        window.see("Carried out by the service").await;
        window.screenshot("bulk-receipt").await;
        window.click("button", "Undo…").await;
        window.see("Let in again").await;
        agree(window).await;
        apply(window).await;
        assert_eq!(suspended(&service).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_made_on_the_tokens_screen_and_revoked_with_another_one() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("bulk-tokens", &session, async |window| {
        connect(window, &service).await;
        window.click("link", "Tokens").await;
        for name in ["nightly export", "nightly import"] {
            window.click("button", "New token").await;
            window.wait("somebody to choose", FIRST).await;
            if name.ends_with("export") {
                window.screenshot("tokens-whose").await;
            }
            window.click("button", "Continue…").await;
            window.fill("Name", name).await;
            window.choose("Good for", "30 days").await;
            window.click("button", "Continue…").await;
            window.click("button", "Apply now").await;
            let secret = keep_secret(window, "tokens-secret").await;
            assert!(secret.starts_with("pat_"), "a token of the service");
        }
        assert_eq!(tokens(&service).await, ["nightly export", "nightly import"]);
        window.fill("Filter tokens", "nightly").await;
        window.find("status", "2 of *").await;
        window.click("gridcell", "nightly*").await;
        window.press(&[Key::Enter]).await;
        window.find("button", "Rotate: nightly*").await;
        window.screenshot("tokens-panel").await;
        window.press(&[Key::Escape]).await;
        window.chord(&[Key::Control], 'a').await;
        window.click("button", "Revoke…").await;
        window.find("heading", "Revoke 2 tokens").await;
        window.see("2 changes").await;
        window.screenshot("tokens-revoke").await;
        apply(window).await;
        assert_eq!(tokens(&service).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_file_of_people_is_looked_at_row_by_row_and_becomes_users() {
    let service = service().await;
    let session = Session::with_keychain();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.csv");
    let rows = "Name;E-mail;User name;Shoe size\n\
        Zo\u{e9} Martin;zoe@example.org;zoe_martin;39\n\
        Bo Smit;bo at example.org;bo_smit;40\n\
        Zo\u{e9} Martin;zoe@example.org;zoe_martin;39\n\
        Ivo Peeters;ivo@example.org;ivo_peeters;41\n";
    std::fs::write(&file, rows).expect("a file");
    in_window("bulk-import", &session, async |window| {
        connect(window, &service).await;
        window.click("link", "Users").await;
        window.click("link", "Import…").await;
        window.screenshot("import-choose").await;
        window.click("button", "Choose a file…").await;
        window.open_file("Choose a file of people", &file).await;
        window.find("button", "Add 2 to the pending changes").await;
        window.see("This is not an e-mail address.").await;
        window.see("The same person as in line 2.").await;
        window.screenshot("import-rows").await;
        window.resize(900, 600).await;
        window.screenshot("import-rows-small").await;
        window.resize(1280, 800).await;
        assert_eq!(service.all("/api/users").await.len(), 12, "nothing was sent");
        window.click("button", "Add 2 to the pending changes").await;
        window.click("button", "Apply all 2…").await;
        window.click("button", "Apply").await;
        window.see("Done. The service has all").await;
        window.click("button", "Close").await;
        let users = service.all("/api/users").await;
        let names: Vec<&Value> = users.values().map(|user| &user["username"]).collect();
        assert!(names.contains(&&json!("zoe_martin")) && names.contains(&&json!("ivo_peeters")), "{names:?}");
        assert_eq!(users.len(), 14);
    })
    .await;
}

/// Chooses the first in the picker of one.
const FIRST: &str = "const box = document.querySelector('[data-testid=picker] .list input:not(:disabled)');
    box?.click(); return box ? true : null";

/// Sends what the dialog shows, waits for its end and leaves it.
async fn apply(window: &Window) {
    window.click("button", "Apply now").await;
    window.see("Done. The service has all").await;
    window.click("button", "Close").await;
    window.gone("dialog", "").await;
}

/// Agrees to everything that asks.
async fn agree(window: &Window) {
    let script = "const boxes = [...document.querySelectorAll('dialog[open] input[type=checkbox]')];
        for (const box of boxes) if (!box.checked) box.click();
        return boxes.length > 0 ? true : null";
    window.wait("something to agree to", script).await;
}

async fn suspended(service: &rollcall_tests::logto::LogtoService) -> usize {
    service.all("/api/users").await.values().filter(|user| user["isSuspended"] == json!(true)).count()
}
