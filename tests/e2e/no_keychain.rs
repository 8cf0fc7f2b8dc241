//! Without a keychain: the window says which problem it is, tries again, and works for one session without writing.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::in_window;

use crate::steps::{self, TOKEN, connect, data_folder, database, files_under};

#[tokio::test]
async fn without_a_keychain_the_window_says_so_and_works_for_this_session_only() {
    let (_sandbox, tenant) = steps::service(60, TOKEN).await;
    let session = Session::without_bus();
    in_window("no-keychain", &session, async |window| {
        window.find("heading", "No keychain answers").await;
        window.click("button", "Try again").await;
        window.find("heading", "No keychain answers").await;
        assert_eq!(window.accessibility_findings().await, [""; 0]);
        window.screenshot("no-keychain").await;
        window.click("button", "Use Rollcall for this session only").await;
        window.find("heading", "Know who is in").await;
        window.see("This session only").await;
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        window.see("This session only").await;
    })
    .await;
    let data = data_folder(&session);
    for file in files_under(&data) {
        let name = file.strip_prefix(&data).expect("inside");
        // The log, the web view's own files, the window's place on the screen, and a lock without content.
        let harmless =
            ["logs", "webview", "window.json", "rollcall.lock"].iter().any(|one| name.starts_with(one));
        assert!(harmless, "{} was written", name.display());
    }
    in_window("no-keychain-again", &session, async |window| {
        window.find("heading", "No keychain answers").await;
    })
    .await;
}

#[tokio::test]
async fn when_the_keychain_starts_trying_again_opens_the_local_data() {
    let mut session = Session::without_keychain();
    let window = rollcall_tests::window::Window::open(&session).await;
    window.ready().await;
    window.find("heading", "No keychain answers").await;
    assert!(!database(&session).exists(), "no database without a key");
    session.start_keychain(true);
    window.click("button", "Try again").await;
    window.find("heading", "Know who is in").await;
    assert!(database(&session).exists(), "now it is kept on disk");
    window.close().await;
}

#[tokio::test]
async fn a_locked_keychain_hides_the_accounts_until_it_is_unlocked() {
    let (_sandbox, tenant) = steps::service(60, TOKEN).await;
    let mut session = Session::with_keychain();
    in_window("before-locking", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
    })
    .await;
    session.start_keychain(false);
    let window = rollcall_tests::window::Window::open(&session).await;
    window.ready().await;
    window.find("heading", "The keychain is locked").await;
    window.screenshot("keychain-locked").await;
    assert!(!window.text().await.contains("Head office"), "nothing is shown of what is locked");
    session.start_keychain(true);
    window.click("button", "Try again").await;
    window.find("button", "Head office*").await;
    window.close().await;
}
