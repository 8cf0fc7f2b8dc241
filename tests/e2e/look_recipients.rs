//! Who is alerted, in both themes and in the smallest window, looked at by axe-core: the alert definitions, one of them, an
//! operator and a group that it reaches, and an operator on duty whom none reaches.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::in_window;

use crate::look::{Looks, choose_theme};
use crate::steps::synced;

/// The sample account of a monitoring team.
const ACCOUNT: &str = "Meridian Watch*";

#[tokio::test]
async fn axe_finds_nothing_where_alerts_are_told_of_in_the_light_theme() {
    look("Light").await;
}

#[tokio::test]
async fn axe_finds_nothing_where_alerts_are_told_of_in_the_dark_theme() {
    look("Dark").await;
}

async fn look(theme: &str) {
    let session = Session::with_keychain();
    in_window(&format!("recipients-{theme}"), &session, async |window| {
        let mut looks = Looks::new(theme);
        let there = "return document.querySelector('[data-testid=reaching]') !== null || null";
        window.click("button", "Open the sample accounts*").await;
        synced(window).await;
        choose_theme(window, theme).await;
        window.click("link", "Hub").await;
        window.click("button", ACCOUNT).await;
        window.find("heading", "Worth a review").await;
        window.click("link", "Resources").await;
        window.find("gridcell", "").await;
        window.choose("Kind", "Alert definition").await;
        window.find("gridcell", "Checkout is down").await;
        looks.at(window, "alerts").await;
        window.click("link", "Checkout is down").await;
        window.find("heading", "Level 3").await;
        window.see("Right now").await;
        looks.at(window, "alert").await;
        window.click("link", "Web platform").await;
        window.wait("what reaches the group", there).await;
        let down = "document.querySelector('[data-testid=reaching]').scrollIntoView({block: 'nearest'})";
        window.script(down, Vec::new()).await;
        looks.at(window, "group-reaching").await;
        window.click("link", "Operators").await;
        window.find("status", "40 operators").await;
        window.fill("Search operators", "Marek").await;
        window.find("status", "1 of*").await;
        window.open_first_row().await;
        window.wait("what reaches the operator", there).await;
        window.script(down, Vec::new()).await;
        looks.at(window, "operator-reaching").await;
        window.click("link", "On duty").await;
        window.choose("On duty or not", "On duty, without alerts").await;
        window.find("gridcell", "On duty, but no alert reaches them").await;
        looks.at(window, "duty-unreached").await;
        window.resize(900, 600).await;
        window.click("link", "Resources").await;
        window.choose("Kind", "Alert definition").await;
        window.click("link", "Nacht en weekend").await;
        window.find("heading", "Level 1").await;
        looks.at(window, "alert-small").await;
        looks.assert_clean();
    })
    .await;
}
