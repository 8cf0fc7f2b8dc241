//! Every screen in both themes, looked at by axe-core; the three languages.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Window, in_window};

use crate::steps::{TOKEN, connect, service};

/// What axe-core says about the screen as it is.
async fn assert_accessible(window: &Window, screen: &str) {
    let findings = window.accessibility_findings().await;
    assert!(findings.is_empty(), "{screen}: {}", findings.join("\n"));
    window.screenshot(&format!("look-{screen}")).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_in_light_and_in_dark() {
    let (_sandbox, tenant) = service(300, TOKEN).await;
    let session = Session::with_keychain();
    in_window("look", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        for theme in ["Light", "Dark"] {
            window.click("link", "Settings").await;
            window.choose("Theme", theme).await;
            let shown = "return document.documentElement.dataset.theme";
            assert_eq!(window.script(shown, Vec::new()).await, Some(theme.to_lowercase().into()));
            assert_accessible(window, &format!("settings-{theme}")).await;
            window.click("button", "Forget…").await;
            window.find("dialog", "").await;
            assert_accessible(window, &format!("forget-{theme}")).await;
            window.click("button", "Cancel").await;
            window.click("link", "Hub").await;
            window.find("link", "Users 300").await;
            assert_accessible(window, &format!("hub-{theme}")).await;
            window.click("link", "Users").await;
            window.find("status", "300 users").await;
            window.find("row", "").await;
            assert_accessible(window, &format!("users-{theme}")).await;
            window.open_first_row().await;
            window.find("link", "All users").await;
            window.find("heading", "Identity*").await;
            assert_accessible(window, &format!("user-{theme}")).await;
            window.click("link", "Groups").await;
            window.find("status", "12 groups").await;
            assert_accessible(window, &format!("groups-{theme}")).await;
            window.open_first_row().await;
            window.find("link", "All groups").await;
            assert_accessible(window, &format!("group-{theme}")).await;
            window.click("link", "Activity").await;
            window.see("First complete read").await;
            assert_accessible(window, &format!("activity-{theme}")).await;
            window.open_first_row().await;
            window.find("heading", "Sync of *").await;
            assert_accessible(window, &format!("run-{theme}")).await;
            window.click("link", "Connect an account").await;
            window.find("heading", "Connect an account").await;
            assert_accessible(window, &format!("connect-{theme}")).await;
            window.click("button", "Help").await;
            window.find("heading", "Keyboard").await;
            assert_accessible(window, &format!("help-{theme}")).await;
            window.click("button", "Close help").await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_window_speaks_french_and_dutch_and_remembers_it() {
    let (_sandbox, tenant) = service(60, TOKEN).await;
    let session = Session::with_keychain();
    in_window("languages", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        window.click("link", "Settings").await;
        window.choose("Language", "Français").await;
        for link in ["Hub", "Utilisateurs", "Groupes", "Activité", "Paramètres"] {
            window.find("link", link).await;
        }
        window.find("heading", "Paramètres").await;
        window.screenshot("french").await;
        window.click("link", "Utilisateurs").await;
        window.find("status", "60 utilisateurs").await;
        window.click("link", "Paramètres").await;
        window.choose("Langue", "Nederlands").await;
        for link in ["Hub", "Gebruikers", "Groepen", "Activiteit", "Instellingen"] {
            window.find("link", link).await;
        }
        window.click("link", "Gebruikers").await;
        window.find("status", "60 gebruikers").await;
        window.screenshot("dutch").await;
    })
    .await;
    in_window("dutch-again", &session, async |window| {
        window.find("link", "Gebruikers").await;
        let language = window.script("return document.documentElement.lang", Vec::new()).await;
        assert_eq!(language, Some("nl".into()), "readers must be told the language");
    })
    .await;
}
