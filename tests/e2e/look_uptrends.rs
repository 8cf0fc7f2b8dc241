//! The screens of an account that watches something, and those of many changes at once, in both themes and in the smallest
//! window, looked at by axe-core.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::in_window;

use crate::look::{Looks, choose_theme};
use crate::steps::synced;

/// The sample account of a monitoring team.
const ACCOUNT: &str = "Meridian Watch*";

#[tokio::test]
async fn axe_finds_nothing_on_the_screens_of_an_uptrends_account_in_the_light_theme() {
    look("Light").await;
}

#[tokio::test]
async fn axe_finds_nothing_on_the_screens_of_an_uptrends_account_in_the_dark_theme() {
    look("Dark").await;
}

async fn look(theme: &str) {
    let session = Session::with_keychain();
    in_window(&format!("uptrends-{theme}"), &session, async |window| {
        let mut looks = Looks::new(theme);
        window.click("button", "Open the sample accounts*").await;
        synced(window).await;
        choose_theme(window, theme).await;
        window.click("link", "Hub").await;
        window.click("button", ACCOUNT).await;
        window.find("heading", "Worth a review").await;
        looks.at(window, "hub-uptrends").await;
        window.click("link", "On duty").await;
        window.find("gridcell", "").await;
        looks.at(window, "duty").await;
        window.click("button", "Change…").await;
        window.click("radio", "Another time zone").await;
        window.see("there now").await;
        looks.at(window, "duty-zone").await;
        window.click("button", "Cancel").await;
        window.click("tab", "Next 14 days").await;
        window.find("gridcell", "").await;
        looks.at(window, "duty-calendar").await;
        window.click("link", "Resources").await;
        window.find("gridcell", "").await;
        looks.at(window, "resources").await;
        window.click("tab", "Who may do what").await;
        window.find("gridcell", "").await;
        looks.at(window, "access").await;
        window.choose("Across", "Operators across").await;
        looks.at(window, "access-operators").await;
        window.click("tab", "Resources").await;
        window.open_first_row().await;
        window.find("heading", "Given on this very resource").await;
        looks.at(window, "resource").await;
        window.click("link", "API users").await;
        window.find("gridcell", "").await;
        looks.at(window, "api-users").await;
        window.click("link", "Hub").await;
        window.click("button", "New operator").await;
        looks.at(window, "operator-new").await;
        window.click("button", "Cancel").await;
        window.click("link", "View all operators").await;
        window.open_first_row().await;
        window.find("heading", "Duty").await;
        looks.at(window, "operator").await;
        window.click("link", "Connect an account").await;
        for value in ["uptrends", "signInOnce"] {
            let choose = format!("document.querySelector('input[type=radio][value={value}]').click()");
            window.find("button", "Connect").await;
            window.script(&choose, Vec::new()).await;
        }
        window.see("E-mail address of the operator").await;
        looks.at(window, "connect-once").await;
        window.click("link", "Operators").await;
        window.open_first_row().await;
        window.find("heading", "Duty").await;
        window.resize(900, 600).await;
        looks.at(window, "operator-small").await;
        window.click("link", "On duty").await;
        window.find("gridcell", "").await;
        looks.at(window, "duty-small").await;
        window.click("link", "Resources").await;
        window.click("tab", "Who may do what").await;
        window.find("gridcell", "").await;
        looks.at(window, "access-small").await;
        window.click("link", "Hub").await;
        window.find("heading", "Worth a review").await;
        looks.at(window, "hub-uptrends-small").await;
        looks.assert_clean();
    })
    .await;
}
