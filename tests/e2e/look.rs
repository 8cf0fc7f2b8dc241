//! Every screen in both themes, looked at by axe-core; the three languages.

use std::collections::BTreeMap;

use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Window, in_window};

use crate::steps::{TOKEN, connect, service};

/// What axe-core has against the screens of one theme.
pub struct Looks {
    theme: String,
    findings: BTreeMap<&'static str, Vec<String>>,
}

impl Looks {
    pub fn new(theme: &str) -> Self {
        Self { theme: theme.to_owned(), findings: BTreeMap::new() }
    }

    pub async fn at(&mut self, window: &Window, screen: &'static str) {
        window.screenshot(&format!("look-{screen}-{}", self.theme)).await;
        let findings = window.accessibility_findings().await;
        if !findings.is_empty() {
            self.findings.insert(screen, findings);
        }
    }

    pub fn assert_clean(&self) {
        assert!(self.findings.is_empty(), "{:#?}", self.findings);
    }
}

/// Chooses the theme in the settings, where the window is then.
pub async fn choose_theme(window: &Window, theme: &str) {
    window.click("link", "Settings").await;
    window.choose("Theme", theme).await;
    let shown =
        format!("return document.documentElement.dataset.theme === '{}' || null", theme.to_lowercase());
    window.wait("the theme", &shown).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_in_the_light_theme() {
    look_at_every_screen("Light").await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_in_the_dark_theme() {
    look_at_every_screen("Dark").await;
}

async fn look_at_every_screen(theme: &str) {
    let (_sandbox, tenant) = service(300, TOKEN).await;
    let session = Session::with_keychain();
    in_window(&format!("look-{theme}"), &session, async |window| {
        let mut looks = Looks::new(theme);
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        choose_theme(window, theme).await;
        settings(window, &mut looks).await;
        lists(window, &mut looks).await;
        others(window, &mut looks).await;
        looks.assert_clean();
    })
    .await;
}

async fn settings(window: &Window, looks: &mut Looks) {
    looks.at(window, "settings").await;
    window.click("button", "Forget…").await;
    window.find("dialog", "").await;
    looks.at(window, "forget").await;
    window.click("button", "Cancel").await;
}

async fn lists(window: &Window, looks: &mut Looks) {
    window.click("link", "Users").await;
    window.find("status", "300 users").await;
    window.find("gridcell", "").await;
    looks.at(window, "users").await;
    window.open_first_row().await;
    window.find("link", "Back to the users").await;
    window.find("heading", "Identity*").await;
    looks.at(window, "user").await;
    window.click("link", "Groups").await;
    window.find("status", "12 groups").await;
    looks.at(window, "groups").await;
    window.open_first_row().await;
    window.find("link", "Back to the groups").await;
    looks.at(window, "group").await;
    window.click("link", "Activity").await;
    window.see("First complete read").await;
    looks.at(window, "activity").await;
    window.open_first_row().await;
    window.find("heading", "Sync of *").await;
    looks.at(window, "run").await;
}

async fn others(window: &Window, looks: &mut Looks) {
    window.click("link", "Hub").await;
    window.find("link", "Users 300").await;
    looks.at(window, "hub").await;
    window.click("link", "Connect an account").await;
    window.find("heading", "Connect an account").await;
    looks.at(window, "connect").await;
    window.click("button", "Help").await;
    window.find("heading", "Keyboard").await;
    looks.at(window, "help").await;
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
