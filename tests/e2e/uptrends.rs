//! An Uptrends account in the real window: connected through its form, its numbers open their lists, and an operator's alerts
//! are stopped and started again at the service.

use rollcall_sandbox::{UptrendsLoad, UptrendsQuirks};
use rollcall_tests::keychain::Session;
use rollcall_tests::uptrends::{PASSWORD, USER_NAME, UptrendsService};
use rollcall_tests::window::{Window, in_window};
use serde_json::Value;

use crate::changes::{apply, keep_secret, pick_first};
use crate::steps::synced;

#[tokio::test]
async fn an_account_is_connected_and_every_number_opens_its_list() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("uptrends", &session, async |window| {
        window.click("link", "Connect an account*").await;
        let choose = "const radio = document.querySelector('input[type=radio][value=uptrends]');
                      radio?.click(); return radio ? true : null";
        window.wait("the kind of service", choose).await;
        window.fill("Name", "Acme").await;
        assert_eq!(window.value("Address of the API").await, "https://api.uptrends.com/v4");
        window.fill("Address of the API", &service.sandbox.base_url("acme")).await;
        window.fill("User name of the API user", USER_NAME).await;
        window.fill("Password of the API user", PASSWORD).await;
        window.click("button", "Test connection").await;
        window.see("The connection works").await;
        window.screenshot("connect").await;
        window.click("button", "Connect").await;
        synced(window).await;

        let operators = service.list("/Operator").await.len();
        window.find("link", &format!("Operators {operators}")).await;
        window.screenshot("hub").await;
        window.click("link", "On duty now*").await;
        window.find("heading", "On duty").await;
        window.screenshot("duty").await;
        window.click("link", "Hub").await;
        window.click("link", "Monitors in production*").await;
        window.find("heading", "Resources").await;
        window.screenshot("resources").await;
        window.open_first_row().await;
        window.see("operators may do something").await;
        window.screenshot("resource").await;
        window.click("link", "Operators").await;
        window.find("status", &format!("{operators} operators")).await;
        window.open_first_row().await;
        window.find("heading", "Permissions in the whole account").await;
        window.find("heading", "Duty").await;
        window.screenshot("operator").await;
    })
    .await;
}

#[tokio::test]
async fn the_alerts_of_an_operator_are_stopped_and_started_again() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("uptrends-alerts", &session, async |window| {
        connect(window, &service).await;
        let on = active(&service).await;
        window.click("link", "Operators").await;
        let all = service.list("/Operator").await.len();
        window.find("status", &format!("{all} operators")).await;
        window.fill("Search operators", "status:active").await;
        window.find("status", &format!("{on} of {all}")).await;
        window.open_first_row().await;
        window.click("button", "Stop alerts").await;
        window.screenshot("stop").await;
        apply(window).await;
        assert_eq!(active(&service).await, on - 1);
        window.click("button", "Start alerts again").await;
        apply(window).await;
        assert_eq!(active(&service).await, on);
    })
    .await;
}

#[tokio::test]
async fn an_api_user_is_made_for_an_operator_and_its_password_shown_once() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("uptrends-api-user", &session, async |window| {
        connect(window, &service).await;
        window.click("link", "API users").await;
        window.click("button", "New API user").await;
        pick_first(window).await;
        window.click("button", "Continue…").await;
        window.fill("Description", "Nightly export").await;
        window.see("never expire").await;
        window.screenshot("api-user-new").await;
        window.click("button", "Continue…").await;
        window.click("button", "Apply now").await;
        let password = keep_secret(window, "api-user-secret").await;
        let made = service.list("/ApiUser").await;
        let made =
            made.iter().find(|found| found["Description"] == "Nightly export").expect("at the service");
        window.see(made["UserName"].as_str().expect("a user name")).await;
        assert!(!window.text().await.contains(&password), "a secret stays on no screen");
    })
    .await;
}

async fn service() -> UptrendsService {
    UptrendsService::start(UptrendsLoad::usual(24, 6, 5), UptrendsQuirks::default()).await
}

/// Operators who get alerts, at the service.
async fn active(service: &UptrendsService) -> usize {
    service.list("/Operator").await.iter().filter(|operator| operator["IsOnDuty"] == true).count()
}

/// Connects the service without the connect screen.
pub async fn connect(window: &Window, service: &UptrendsService) {
    let draft = serde_json::json!({
        "provider": "uptrends",
        "name": "Acme",
        "address": service.sandbox.base_url("acme"),
        "authentication": { "kind": "basic", "userName": USER_NAME, "password": PASSWORD },
        "certificateAuthority": null,
    });
    let script = "const [draft, done] = arguments;
        window.__TAURI_INTERNALS__.invoke('connect_account', { request: { draft } })
          .then(({ id }) => window.__TAURI_INTERNALS__.invoke('start_sync', { request: { accountId: id } }))
          .then(() => done(null), (error) => done(error))";
    assert_eq!(window.script_async(script, vec![draft]).await, Value::Null);
    window.find("link", "Hub").await;
    synced(window).await;
}
