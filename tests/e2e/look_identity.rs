//! The screens of an account with roles, organisations, invitations, tokens and a log of its own, in both themes and in the
//! smallest window, looked at by axe-core.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Key, Window, in_window, wait_for};
use serde_json::json;

use crate::look::{Looks, choose_theme};
use crate::steps::synced;

/// The sample account of an identity team.
const ACCOUNT: &str = "Veldhoven Identity*";

#[tokio::test]
async fn axe_finds_nothing_on_the_screens_of_an_identity_account_in_the_light_theme() {
    look("Light").await;
}

#[tokio::test]
async fn axe_finds_nothing_on_the_screens_of_an_identity_account_in_the_dark_theme() {
    look("Dark").await;
}

async fn look(theme: &str) {
    let session = Session::with_keychain();
    in_window(&format!("identity-{theme}"), &session, async |window| {
        let mut looks = Looks::new(theme);
        window.click("button", "Open the sample accounts*").await;
        synced(window).await;
        choose_theme(window, theme).await;
        window.click("link", "Hub").await;
        looks.at(window, "hub-all").await;
        window.click("button", ACCOUNT).await;
        in_depth(window).await;
        window.see("Without second factor").await;
        looks.at(window, "hub-identity").await;
        sets(window, &mut looks).await;
        people(window, &mut looks).await;
        window.resize(900, 600).await;
        looks.at(window, "identity-log-small").await;
        window.click("link", "Roles").await;
        window.find("gridcell", "").await;
        looks.at(window, "roles-small").await;
        window.click("link", "Hub").await;
        window.see("Without second factor").await;
        looks.at(window, "hub-identity-small").await;
        looks.assert_clean();
    })
    .await;
}

/// Waits until every user was asked about.
async fn in_depth(window: &Window) {
    wait_for("users read in depth", async || {
        let script = "const done = arguments[0];
            window.__TAURI_INTERNALS__.invoke('list_accounts', { request: {} })
              .then(({ accounts }) => done(accounts.every(({ details }) => details === null)), () => done(false))";
        (window.script_async(script, Vec::new()).await == json!(true)).then_some(())
    })
    .await;
}

async fn sets(window: &Window, looks: &mut Looks) {
    window.click("link", "Organisations").await;
    window.find("gridcell", "").await;
    looks.at(window, "organisations").await;
    window.open_first_row().await;
    window.find("link", "Back to the organisations").await;
    window.find("gridcell", "").await;
    looks.at(window, "organisation").await;
    window.click("link", "Organisations").await;
    window.click("tab", "Invitations").await;
    window.find("gridcell", "").await;
    looks.at(window, "invitations").await;
    window.click("link", "Roles").await;
    window.find("gridcell", "").await;
    looks.at(window, "roles").await;
    window.open_first_row().await;
    window.find("link", "Back to the roles").await;
    window.find("heading", "8 holders").await;
    window.find("gridcell", "").await;
    looks.at(window, "role").await;
}

async fn people(window: &Window, looks: &mut Looks) {
    window.click("link", "Users").await;
    window.find("status", "150 users").await;
    window.fill("Search users", "has:token mfa:any").await;
    let narrowed =
        "return document.querySelector('[data-testid=count]')?.textContent.includes(' of 150') || null";
    window.wait("the filter", narrowed).await;
    looks.at(window, "identity-users").await;
    window.open_first_row().await;
    window.find("heading", "In the service’s log").await;
    looks.at(window, "identity-user").await;
    let to_the_end = "[...document.querySelectorAll('main h2')].at(-1).scrollIntoView(); return null";
    window.script(to_the_end, Vec::new()).await;
    looks.at(window, "identity-user-end").await;
    window.chord(&[Key::Control], 'k').await;
    window.type_text("ver").await;
    window.find("option", "").await;
    looks.at(window, "palette-identity").await;
    // The first empties the field, the second closes.
    window.press(&[Key::Escape]).await;
    window.press(&[Key::Escape]).await;
    window.click("link", "Activity").await;
    window.click("tab", "The service’s log").await;
    window.find("gridcell", "").await;
    looks.at(window, "identity-log").await;
}
