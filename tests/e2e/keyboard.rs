//! The whole journey without a mouse.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Key, Window, in_window};

use crate::steps::{TOKEN, service, synced};

/// Goes on with Tab until the element has the focus, as a person would; and sees that it shows the focus.
async fn tab_to(window: &Window, role: &str, name: &str) {
    window.find(role, name).await;
    let mut passed = Vec::new();
    for _ in 0..60 {
        if window.has_focus(role, name).await {
            return;
        }
        window.press(&[Key::Tab]).await;
        passed.push(window.focused().await);
    }
    panic!("{role} “{name}” cannot be reached by Tab; passed {passed:#?}");
}

#[tokio::test]
async fn everything_from_the_welcome_to_a_user_can_be_done_by_keyboard_alone() {
    let (_sandbox, tenant) = service(120, TOKEN).await;
    let session = Session::with_keychain();
    in_window("keyboard", &session, async |window| {
        tab_to(window, "link", "Connect an account*").await;
        window.press(&[Key::Enter]).await;
        for (label, text) in [("Name", "Head office"), ("Address", &*tenant.base_url()), ("Token", TOKEN)] {
            tab_to(window, "textbox", label).await;
            window.type_text(text).await;
        }
        tab_to(window, "button", "Test connection").await;
        window.press(&[Key::Space]).await;
        window.see("The connection works").await;
        tab_to(window, "button", "Connect").await;
        window.press(&[Key::Enter]).await;
        synced(window).await;

        window.chord(&[Key::Alt], '2').await;
        window.find("status", "120 users").await;
        window.chord(&[Key::Alt], '3').await;
        window.find("status", "12 groups").await;
        window.chord(&[Key::Control], 'f').await;
        window.type_text("a").await;
        window.find("heading", "Users").await;
        window.press(&[Key::Escape]).await;
        window.find("status", "120 users").await;

        tab_to(window, "gridcell", "").await;
        window.press(&[Key::Down, Key::Enter]).await;
        window.find("link", "Back to the users").await;
        let name = window.find("heading", "").await.text().await.expect("a name");
        assert!(!name.is_empty());

        window.press(&[Key::F1]).await;
        window.find("heading", "Keyboard").await;
        window.press(&[Key::F1]).await;
        window.gone("heading", "Keyboard").await;
        window.chord(&[Key::Alt], '6').await;
        window.find("heading", "Settings").await;
        tab_to(window, "button", "Forget…").await;
        window.press(&[Key::Enter]).await;
        window.find("dialog", "").await;
        window.press(&[Key::Escape]).await;
        window.gone("dialog", "").await;
        assert!(window.has_focus("button", "Forget…").await, "the focus returns to where it was");
        window.chord(&[Key::Control], 'r').await;
        synced(window).await;
    })
    .await;
}
