//! Connecting with something wrong: the message stands where it belongs, and what was typed stays.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Window, free_port, in_window, wait_for};

use crate::steps::{self, TOKEN, fill_in_account};

const NAME: &str = "Head office";

/// What stands under a field in red.
async fn error_at(window: &Window, label: &str) -> String {
    let script = "const label = [...document.querySelectorAll('label')].find((one) => one.textContent.trim() === arguments[0]);
        const field = label?.control;
        if (field?.getAttribute('aria-invalid') !== 'true') return null;
        return field.getAttribute('aria-describedby').split(' ')
          .map((id) => document.getElementById(id)).find((text) => text.matches('.error'))?.textContent.trim() ?? null";
    let what = format!("an error at “{label}”");
    let error = wait_for(&what, async || window.script(script, vec![label.into()]).await).await;
    error.as_str().expect("a text").to_owned()
}

async fn assert_kept(window: &Window, address: &str, token: &str) {
    assert_eq!(window.value("Name").await, NAME);
    assert_eq!(window.value("Address").await, address);
    assert_eq!(window.value("Token").await, token, "a mistyped token can be corrected");
}

#[tokio::test]
async fn what_cannot_be_used_is_marked_at_its_field_and_stays_as_typed() {
    let session = Session::with_keychain();
    in_window("wrong-fields", &session, async |window| {
        window.click("link", "Connect an account*").await;
        for (address, expected) in [
            ("our office", "This is not a web address."),
            ("http://scim.example.com/v2", "The address must start with https://"),
            ("https://anna:secret@scim.example.com/v2", "Leave user name and password out of the address"),
            ("https://scim.example.com/v2?token=1", "The address must not contain a question mark"),
        ] {
            fill_in_account(window, NAME, address, TOKEN).await;
            window.click("button", "Test connection").await;
            let error = error_at(window, "Address").await;
            assert!(error.starts_with(expected), "for {address}: {error}");
            assert_kept(window, address, TOKEN).await;
        }
        fill_in_account(window, NAME, "https://scim.example.com/v2", "").await;
        window.click("button", "Connect").await;
        assert_eq!(error_at(window, "Token").await, "This is needed.");
        assert_eq!(window.accessibility_findings().await, [""; 0]);
        window.screenshot("wrong-fields").await;
    })
    .await;
}

#[tokio::test]
async fn a_service_that_cannot_be_used_is_named_and_can_be_corrected_on_the_spot() {
    let (sandbox, tenant) = steps::service(30, TOKEN).await;
    let nobody = format!("http://127.0.0.1:{}/scim/v2", free_port());
    let elsewhere = format!("{}/nothing-here", sandbox.origin());
    let session = Session::with_keychain();
    in_window("wrong-service", &session, async |window| {
        window.click("link", "Connect an account*").await;
        for (address, token, expected) in [
            (nobody.as_str(), TOKEN, "No connection to 127.0.0.1"),
            (elsewhere.as_str(), TOKEN, "There is a server, but no SCIM service at this path."),
            (&tenant.base_url(), "another token", "It may be mistyped, expired or revoked."),
        ] {
            for button in ["Test connection", "Connect"] {
                fill_in_account(window, NAME, address, token).await;
                window.click("button", button).await;
                window.see(expected).await;
                assert_kept(window, address, token).await;
            }
        }
        window.screenshot("wrong-service").await;
        fill_in_account(window, NAME, &tenant.base_url(), TOKEN).await;
        window.click("button", "Test connection").await;
        window.see("The connection works").await;
        window.see("30 users").await;
        window.screenshot("connection-works").await;
        window.click("button", "Connect").await;
        steps::synced(window).await;
    })
    .await;
}
