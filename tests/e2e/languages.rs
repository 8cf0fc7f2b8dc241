//! The screens of the sample accounts in French and Dutch, whose words are longer: nothing that is pressed or read as a name is
//! cut off, in the usual and the smallest window.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Window, in_window};
use serde_json::{Value, json};

use crate::steps::synced;

/// Accounts of the samples, each with the screens that are looked at.
const SCREENS: &[(&str, &[&str])] = &[
    (
        "Meridian Watch",
        &[
            "/",
            "/users",
            "/groups",
            "/tokens",
            "/resources",
            "/resources?view=matrix",
            "/duty",
            "/duty?view=calendar",
        ],
    ),
    (
        "Veldhoven Identity",
        &["/", "/users", "/organizations", "/roles", "/applications", "/tokens", "/tokens?view=calendar"],
    ),
    ("Géomètres Lumière", &["/", "/users", "/", "@organizations/review"]),
    ("", &["/", "/users", "/changes", "/activity", "/activity?view=since", "/settings", "/connect"]),
];

/// What is pressed, and names: cut off where more would be there than is seen, or where the page itself is too wide.
const CUT_OFF: &str = "
    const wide = document.documentElement.scrollWidth > innerWidth + 1 ? ['the page: ' + document.documentElement.scrollWidth] : [];
    const named = 'main button, main a.button, [role=tab], summary, h1, h2, h3, nav a, label, legend, .badge, select';
    const cut = [...document.querySelectorAll(named)].filter((own) => {
        // Names of people and accounts are as long as they are; a narrow sidebar has signs only.
        if (own.closest('[role=grid], [data-testid=facets], [data-testid=sidebar]') || own.offsetParent === null) return false;
        if (own.classList.contains('visually-hidden') || own.closest('.visually-hidden')) return false;
        return [own, ...own.querySelectorAll('span')].some((part) =>
            !part.classList.contains('visually-hidden') && part.clientWidth > 0
            && getComputedStyle(part).overflowX !== 'visible' && part.scrollWidth > part.clientWidth + 1);
    });
    return wide.concat(cut.map((own) => own.textContent.trim().replace(/\\s+/g, ' ').slice(0, 80)));";

#[tokio::test]
async fn in_french_nothing_is_cut_off() {
    look("French", "Français", "Tous les comptes").await;
}

#[tokio::test]
async fn in_dutch_nothing_is_cut_off() {
    look("Dutch", "Nederlands", "Alle accounts").await;
}

async fn look(name: &str, language: &str, everything: &str) {
    let session = Session::with_keychain();
    in_window(&format!("language-{name}"), &session, async |window| {
        window.click("button", "Open the sample accounts*").await;
        for (account, _) in SCREENS.iter().filter(|(account, _)| !account.is_empty()) {
            window.find("button", &format!("{account}*")).await;
        }
        window.find("heading", "All accounts").await;
        synced(window).await;
        window.click("link", "Settings").await;
        window.choose("Language", language).await;
        let mut cut = Vec::new();
        for (account, screens) in SCREENS {
            show(window, "/").await;
            let shown = if account.is_empty() { everything } else { account };
            let choose = format!(
                "const own = [...document.querySelectorAll('[data-testid=sidebar] button')]
                    .find((button) => button.textContent.includes({}));
                own?.click();
                return own ? true : null",
                json!(shown)
            );
            window.wait("the account", &choose).await;
            window.find("heading", shown).await;
            for screen in *screens {
                show(window, screen).await;
                for (size, width, height) in [("", 1280, 800), ("-small", 900, 600)] {
                    window.resize(width, height).await;
                    let found = window.script(CUT_OFF, Vec::new()).await.unwrap_or_default();
                    let found: Vec<String> =
                        found.as_array().into_iter().flatten().map(Value::to_string).collect();
                    if !found.is_empty() {
                        cut.push(format!("{account} {screen}{size}: {}", found.join(", ")));
                    }
                    let place = screen.replace(['/', '?', '=', '@'], "-");
                    let account = account.split(' ').next().unwrap_or_default();
                    window.screenshot(&format!("language-{name}-{account}{place}{size}")).await;
                }
                window.resize(1280, 800).await;
            }
        }
        assert!(cut.is_empty(), "{cut:#?}");
    })
    .await;
}

/// Goes to an address, with `@` to that of the link on the screen that leads there, and waits for what it shows.
async fn show(window: &Window, screen: &str) {
    let go = match screen.strip_prefix('@') {
        Some(part) => format!(
            "return document.querySelector('a[href*=\"{part}\"]')?.getAttribute('href').slice(1) || null"
        ),
        None => format!("return {}", json!(screen)),
    };
    let address = window.wait("the way there", &go).await;
    // As a link of the page does: an address from outside would start the window anew, with all accounts.
    let follow = "const link = document.body.appendChild(document.createElement('a'));
        link.href = '#' + arguments[0]; link.click(); link.remove();";
    window.script(follow, vec![address.clone()]).await;
    let there = format!(
        "return (location.hash.slice(1) || '/') === {address} && !document.querySelector('main [aria-busy=true]')
            && document.querySelector('main h1') !== null || null"
    );
    window.wait(&format!("the screen {screen}"), &there).await;
}
