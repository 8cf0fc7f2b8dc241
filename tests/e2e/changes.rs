//! Changes through the real window against a Logto service: the life of a user, of a token, of a role and of a membership,
//! with somebody else at the service in between.

use rollcall_sandbox::{LogtoLoad, LogtoQuirks};
use rollcall_tests::keychain::Session;
use rollcall_tests::logto::{APPLICATION, LogtoService, SECRET};
use rollcall_tests::window::{Key, Window, in_window, wait_for};
use serde_json::{Value, json};

use crate::steps::synced;

#[tokio::test]
async fn a_user_is_created_edited_suspended_given_a_role_and_a_place_and_deleted() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("changes-user", &session, async |window| {
        connect(window, &service).await;
        create(window, &service).await;
        edit_and_suspend(window, &service).await;
        role_and_organization(window, &service).await;
        disagree(window, &service).await;
        delete(window, &service).await;
    })
    .await;
}

#[tokio::test]
async fn a_token_is_made_copied_renamed_rotated_and_revoked() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("changes-token", &session, async |window| {
        connect(window, &service).await;
        window.click("link", "Users").await;
        window.open_first_row().await;
        window.click("button", "New token").await;
        window.fill("Name", "nightly").await;
        window.choose("Good for", "30 days").await;
        window.screenshot("token-new").await;
        window.click("button", "Continue…").await;
        window.click("button", "Apply now").await;
        let first = keep_secret(window, "token-secret").await;
        assert!(first.starts_with("pat_"), "a token of the service");

        window.click("button", "Rename: nightly").await;
        window.fill("New name", "nightly export").await;
        window.click("button", "Continue…").await;
        apply(window).await;

        window.click("button", "Rotate: nightly export").await;
        window.screenshot("token-rotate").await;
        window.click("button", "Continue…").await;
        window.see("By itself on").await;
        window.screenshot("token-rotate-plan").await;
        window.click("button", "Apply now").await;
        let second = keep_secret(window, "token-successor").await;
        assert_ne!(first, second);
        assert_eq!(tokens(&service).await, ["nightly export", "nightly export 2"]);

        window.click("link", "Changes*").await;
        window.see("Revoke the token “nightly export”").await;
        window.screenshot("changes-revoke").await;
        window.click("button", "Change the date").await;
        window.screenshot("changes-revoke-date").await;
        window.click("button", "No date").await;
        window.see("Waits for you, without a date.").await;
        apply_all(window).await;
        assert_eq!(tokens(&service).await, ["nightly export 2"]);
        let text = window.text().await;
        assert!(!text.contains(&first) && !text.contains(&second), "a secret stays on no screen");
    })
    .await;
}

#[tokio::test]
async fn a_role_is_made_given_and_deleted_and_an_organisation_takes_and_loses_a_member() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("changes-role", &session, async |window| {
        connect(window, &service).await;
        window.click("link", "Roles").await;
        window.click("button", "New role").await;
        window.fill("Name", "Night watch").await;
        window.fill("Description", "Looks after the service at night").await;
        window.click("button", "Continue…").await;
        window.screenshot("role-new").await;
        apply(window).await;
        window.fill("Filter roles", "night").await;
        window.find("status", "1 of *").await;
        window.open_first_row().await;
        window.click("button", "Give it to people").await;
        pick_first(window).await;
        window.screenshot("role-picked").await;
        window.click("button", "Continue with 1…").await;
        apply(window).await;
        window.find("heading", "1 holder").await;
        window.click("button", "Edit").await;
        window.fill("Name", "Night guard").await;
        window.click("button", "Continue…").await;
        apply(window).await;
        window.find("heading", "Night guard").await;
        window.screenshot("role-held").await;
        window.click("button", "Delete…").await;
        window.see("1 holder loses this role").await;
        window.fill("Type “Night guard” to go on", "Night guard").await;
        window.screenshot("role-delete").await;
        apply(window).await;
        window.see("This role is no longer in the account").await;

        window.click("link", "Organisations").await;
        window.open_first_row().await;
        window.click("button", "Add people").await;
        pick_first(window).await;
        window.screenshot("organisation-picked").await;
        window.click("button", "Continue with 1…").await;
        window.see("Add to").await;
        apply(window).await;
        window.screenshot("organisation-joined").await;
        window.click("gridcell", "").await;
        window.press(&[Key::Delete]).await;
        window.see("Remove from").await;
        window.screenshot("organisation-leave").await;
        apply(window).await;
    })
    .await;
}

/// A Logto service with a dozen people.
pub async fn service() -> LogtoService {
    let load = LogtoLoad { users: 12, organizations: 3, roles: 6, ..LogtoLoad::default() };
    LogtoService::start(load, LogtoQuirks::default()).await
}

/// Connects the service without the connect screen, and waits until everything was read.
pub async fn connect(window: &Window, service: &LogtoService) {
    let draft = json!({
        "provider": "logto",
        "name": "Acme",
        "address": service.address(),
         "authentication": { "kind": "application", "applicationId": APPLICATION, "applicationSecret": SECRET, "resource": null },
        "certificateAuthority": null,
    });
    let script = "const [draft, done] = arguments;
        window.__TAURI_INTERNALS__.invoke('connect_account', { request: { draft } })
          .then(({ id }) => window.__TAURI_INTERNALS__.invoke('start_sync', { request: { accountId: id } }))
          .then(() => done(null), (error) => done(error))";
    let failed = window.script_async(script, vec![draft]).await;
    assert_eq!(failed, Value::Null);
    window.find("link", "Hub").await;
    synced(window).await;
    wait_for("users read in depth", async || {
        let script = "const done = arguments[0];
            window.__TAURI_INTERNALS__.invoke('list_accounts', { request: {} })
              .then(({ accounts }) => done(accounts.every(({ details }) => details === null)), () => done(false))";
        (window.script_async(script, Vec::new()).await == json!(true)).then_some(())
    })
    .await;
}

/// Sends what the dialog shows, waits for its end and leaves it.
pub async fn apply(window: &Window) {
    window.click("button", "Apply now").await;
    window.see("Done. The service has it.").await;
    window.click("button", "Close").await;
    window.gone("dialog", "").await;
}

/// Sends everything that waits.
async fn apply_all(window: &Window) {
    window.click("button", "Apply 1 change…").await;
    window.click("button", "Apply").await;
    window.see("Done. The service has it.").await;
    window.click("button", "Close").await;
    window.gone("dialog", "").await;
}

/// Looks at the value that is shown once, and leaves.
pub async fn keep_secret(window: &Window, picture: &str) -> String {
    window.find("heading", "Shown once").await;
    window.click("button", "Show").await;
    let secret = window
        .wait("the value", "return document.querySelector('[data-testid=secret]')?.textContent ?? null")
        .await;
    window.screenshot(picture).await;
    window.click("button", "Copy").await;
    window.see("In a minute Rollcall tries to take it off the clipboard").await;
    window.click("button", "I have kept it").await;
    window.gone("dialog", "").await;
    secret.as_str().expect("a text").to_owned()
}

/// Ticks the first that can be ticked in the picker.
pub async fn pick_first(window: &Window) {
    let script = "const box = document.querySelector('[data-testid=picker] .list input:not(:disabled)');
        box?.click(); return box ? true : null";
    window.wait("somebody to choose", script).await;
}

async fn user(service: &LogtoService) -> Option<Value> {
    service.all("/api/users").await.into_values().find(|user| user["username"] == "zoe_martin")
}

/// Names of the tokens that these tests make.
pub async fn tokens(service: &LogtoService) -> Vec<String> {
    let mut names = Vec::new();
    for (id, _) in service.all("/api/users").await {
        let tokens =
            service.ask("GET", &format!("/api/users/{id}/personal-access-tokens"), Value::Null).await;
        let own = tokens.as_array().expect("a list").iter();
        names.extend(
            own.filter_map(|token| token["name"].as_str())
                .filter(|name| name.starts_with("nightly"))
                .map(str::to_owned),
        );
    }
    names.sort();
    names
}

async fn create(window: &Window, service: &LogtoService) {
    window.click("link", "Users").await;
    window.click("button", "New user").await;
    window.fill("Name*", "Zoé Martin").await;
    window.fill("User name*", "zoe_martin").await;
    window.fill("E-mail*", "zoe@").await;
    window.click("button", "Continue…").await;
    window.see("This is not an e-mail address.").await;
    window.screenshot("user-problem").await;
    window.fill("E-mail*", "zoe.martin@example.org").await;
    window.choose("Password", "Generate one").await;
    window.click("button", "Continue…").await;
    window.see("Create this user").await;
    window.screenshot("user-create").await;
    window.click("button", "Apply now").await;
    let password = keep_secret(window, "user-password").await;
    assert!(password.len() >= 12, "a password that is long enough");
    let user = user(service).await.expect("a new user");
    assert_eq!(user["name"], "Zoé Martin");
    assert_eq!(user["hasPassword"], json!(true));
}

async fn edit_and_suspend(window: &Window, service: &LogtoService) {
    window.fill("Search users", "zoe_martin").await;
    window.find("status", "1 of 13").await;
    window.open_first_row().await;
    window.find("heading", "Zoé Martin").await;
    window.click("button", "Edit").await;
    window.fill("Name*", "Zoé Martin-Dubois").await;
    window.click("button", "Continue…").await;
    window.see("Change 1 value").await;
    apply(window).await;
    window.find("heading", "Zoé Martin-Dubois").await;
    window.click("button", "Suspend").await;
    window.see("no sign-in until let in again").await;
    window.screenshot("user-suspend").await;
    apply(window).await;
    window.find("button", "Let in again").await;
    window.screenshot("user-suspended").await;
    let user = user(service).await.expect("the user");
    assert_eq!((&user["name"], &user["isSuspended"]), (&json!("Zoé Martin-Dubois"), &json!(true)));
}

async fn role_and_organization(window: &Window, service: &LogtoService) {
    window.click("button", "Give a role").await;
    pick_first(window).await;
    window.click("button", "Continue with 1…").await;
    apply(window).await;
    window.click("button", "Add to an organisation").await;
    pick_first(window).await;
    window.screenshot("user-organisation").await;
    window.click("button", "Continue with 1…").await;
    apply(window).await;
    window.screenshot("user-role-and-organisation").await;
    let id = user(service).await.expect("the user")["id"].as_str().expect("an id").to_owned();
    assert!(service.assignments().await.iter().any(|(_, holder)| *holder == id), "the role is held");
    assert!(
        service.members().await.keys().any(|(_, member)| *member == id),
        "the organisation has the member"
    );
}

/// Somebody else changes the same value before the change is sent.
async fn disagree(window: &Window, service: &LogtoService) {
    window.click("button", "Edit").await;
    window.fill("Name*", "Zoé Dubois").await;
    window.click("button", "Continue…").await;
    window.click("button", "Add to pending changes").await;
    window.find("heading", "Zoé Martin-Dubois").await;
    window.see("Changes wait to be applied").await;
    window.screenshot("user-pending").await;
    let id = user(service).await.expect("the user")["id"].as_str().expect("an id").to_owned();
    service.ask("PATCH", &format!("/api/users/{id}"), json!({ "name": "Z. Martin" })).await;
    window.click("link", "Changes*").await;
    window.screenshot("changes-queue").await;
    window.click("button", "Apply 1 change…").await;
    window.click("button", "Apply").await;
    window.see("1 change needs you").await;
    window.click("button", "Close").await;
    window.see("What the service has now").await;
    window.see("Z. Martin").await;
    window.screenshot("changes-conflict").await;
    window.resize(900, 600).await;
    window.screenshot("changes-conflict-small").await;
    window.resize(1280, 800).await;
    window.click("button", "Use mine").await;
    apply_all(window).await;
    assert_eq!(user(service).await.expect("the user")["name"], "Zoé Dubois");
    window.screenshot("changes-receipts").await;
    let newest = "const link = document.querySelector('[data-testid=receipts] a'); link?.click(); return link ? true : null";
    window.wait("a receipt", newest).await;
    window.see("Carried out by the service").await;
    window.screenshot("receipt").await;
    window.click("button", "Undo…").await;
    window.see("bring back what can be brought back").await;
    window.screenshot("receipt-undo").await;
    window.press(&[Key::Escape]).await;
    window.gone("dialog", "").await;
}

async fn delete(window: &Window, service: &LogtoService) {
    window.fill("Search users", "zoe_martin").await;
    window.find("status", "1 of 13").await;
    window.open_first_row().await;
    window.find("heading", "Zoé Dubois").await;
    window.click("button", "More actions").await;
    window.click("menuitem", "Delete…").await;
    window.see("Lost for good").await;
    window.see("This cannot be taken back.").await;
    window.screenshot("user-delete").await;
    window.fill("Type “Zoé Dubois” to go on", "Zoé Dubois").await;
    apply(window).await;
    window.see("This user is no longer in the account").await;
    assert!(user(service).await.is_none(), "the service has them no more");
}
