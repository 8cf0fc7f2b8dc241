//! A service that nobody here wrote: connected by typing, read, and still readable when it is gone.

use rollcall_tests::keychain::Session;
use rollcall_tests::scim2;
use rollcall_tests::window::in_window;
use serde_json::json;

use crate::steps::{fill_in_account, search, synced};

const USERS: usize = 250;

#[tokio::test]
async fn a_third_party_service_is_connected_read_and_still_there_when_it_is_stopped() {
    let service = scim2::start();
    service.create_users(0, USERS).await;
    let anna = json!({
        "userName": "anna.peeters@example.com", "displayName": "Anna Peeters", "title": "Treasurer", "active": true,
        "name": { "givenName": "Anna", "familyName": "Peeters" },
    });
    let anna = service.create_user(&anna).await;
    service.create_group("Board", &[anna]).await;
    let all = USERS + 1;
    let session = Session::with_keychain();
    in_window("third-party", &session, async |window| {
        window.click("link", "Connect an account*").await;
        fill_in_account(window, "Head office", service.address(), scim2::TOKEN).await;
        window.click("button", "Test connection").await;
        window.see("The connection works").await;
        window.see(&format!("{all} users")).await;
        window.screenshot("connect").await;
        window.click("button", "Connect").await;
        synced(window).await;
        window.find("link", &format!("Users {all}")).await;
        window.find("link", "Suspended 25").await;
        window.find("link", "Groups 1").await;
        search(window, "peet").await;
        window.click("link", "Anna Peeters").await;
        window.find("heading", "Anna Peeters").await;
        window.see("Treasurer").await;
        window.find("link", "Board").await;
        window.screenshot("third-party-user").await;
    })
    .await;
    service.stop();
    in_window("offline", &session, async |window| {
        window.find("link", &format!("Users {all}")).await;
        window.click("button", "Sync").await;
        window.see("The service cannot be reached").await;
        window.see("Everything synced earlier is still here.").await;
        window.screenshot("offline").await;
        search(window, "peet").await;
        window.click("link", "Anna Peeters").await;
        window.see("Treasurer").await;
        window.click("link", "Back to the users").await;
        window.find("status", &format!("1 of {all}")).await;
        search(window, "").await;
        window.find("status", &format!("{all} users")).await;
    })
    .await;
}
