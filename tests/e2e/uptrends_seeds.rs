//! What the User Management Hub of Uptrends promises, sentence by sentence, in the real window: its cards and what each opens, its
//! help, the overview of API users, who is on duty, and who may do what.

use std::collections::BTreeSet;

use rollcall_sandbox::{UptrendsLoad, UptrendsQuirks};
use rollcall_tests::keychain::Session;
use rollcall_tests::uptrends::{USER_NAME, UptrendsService};
use rollcall_tests::window::{Key, Window, in_window};
use serde_json::{Value, json};

use crate::changes::apply;
use crate::uptrends::connect;

async fn service() -> UptrendsService {
    UptrendsService::start(UptrendsLoad::usual(24, 6, 5), UptrendsQuirks::default()).await
}

async fn hub(window: &Window) {
    window.click("link", "Hub").await;
    window.find("link", "Operators *").await;
}

/// As English writes a number.
fn grouped(number: u64) -> String {
    let (thousands, rest) = (number / 1000, number % 1000);
    if thousands == 0 { rest.to_string() } else { format!("{},{rest:03}", grouped(thousands)) }
}

/// How many rows the list says that it has.
async fn listed(window: &Window) -> usize {
    let script =
        "const count = document.querySelector('[data-testid=count]')?.textContent.trim().match(/^\\d+/);
                  return count ? Number(count[0]) : null";
    let found = window.wait("the number of rows", script).await;
    usize::try_from(found.as_u64().expect("a number")).expect("a small number")
}

#[tokio::test]
async fn each_card_has_the_numbers_of_the_service_and_opens_what_they_count() {
    let service = service().await;
    let operators = service.list("/Operator").await;
    let on = operators.iter().filter(|operator| operator["IsOnDuty"] == true).count();
    let groups = service.list("/OperatorGroup").await;
    let mut empty = 0;
    for group in &groups {
        let id = group["OperatorGroupGuid"].as_str().expect("an id");
        empty += usize::from(service.list(&format!("/OperatorGroup/{id}/Member")).await.is_empty());
    }
    let monitors = service.list("/Monitor?filter=MonitorGuid,Name,MonitorMode,IsActive").await;
    let production = monitors.iter().filter(|monitor| monitor["MonitorMode"] == "Production").count();
    let account = service.ask("GET", "/Account", Value::Null).await;
    let session = Session::with_keychain();
    in_window("seed-cards", &session, async |window| {
        connect(window, &service).await;
        hub(window).await;
        // Operators: all, those who receive alerts, a new one.
        window.find("link", &format!("Operators {}", operators.len())).await;
        window.click("link", &format!("{on} receive alerts")).await;
        window.find("status", &format!("{on} of {}", operators.len())).await;
        hub(window).await;
        window.click("link", "View all operators").await;
        window.find("status", &format!("{} operators", operators.len())).await;
        hub(window).await;
        window.click("button", "New operator").await;
        window.find("dialog", "New operator").await;
        window.click("button", "Cancel").await;
        // Groups: all, those without members, a new one.
        window.find("link", &format!("Operator groups {}", groups.len())).await;
        window.click("link", "View all groups").await;
        assert_eq!(listed(window).await, groups.len());
        hub(window).await;
        window.click("link", &format!("{empty} without members")).await;
        window.find("heading", "Operator groups").await;
        if empty > 0 {
            assert_eq!(listed(window).await, empty);
        }
        hub(window).await;
        window.click("button", "New group").await;
        window.find("dialog", "New group").await;
        window.click("button", "Cancel").await;
        // API users: all, and those without a request for more than 30 days.
        let keys = service.list("/ApiUser").await.len();
        window.find("link", &format!("API users {keys}")).await;
        window.click("link", "View all API users").await;
        assert_eq!(listed(window).await, keys);
        hub(window).await;
        let unused = "return [...document.querySelectorAll('.cards a')].map((own) => own.textContent.trim())
            .find((own) => own.endsWith('unused for over 30 days')) ?? null";
        let unused = window.wait("API users that lie idle", unused).await;
        window.click("link", unused.as_str().expect("a link")).await;
        window.find("heading", "API users").await;
        // Operators against the limit of the account.
        hub(window).await;
        let in_use = &account["OperatorQuota"]["OperatorsInUse"];
        window.find("link", &format!("Operators created {in_use}")).await;
        let limit = account["OperatorQuota"]["Operators"].as_u64();
        let says = limit.map_or_else(
            || "how many the account may have is not known".to_owned(),
            |limit| format!("of {} that the account may have", grouped(limit)),
        );
        window.see(&says).await;
        // Monitors in production, with who may do what with them.
        window.click("link", &format!("Monitors in production {production}")).await;
        assert_eq!(listed(window).await, production);
        for heading in ["May view data", "May view settings", "May edit"] {
            window.find("columnheader", &format!("{heading}*")).await;
        }
        window.screenshot("seed-monitors").await;
    })
    .await;
}

#[tokio::test]
async fn help_says_what_the_screen_means_and_leads_to_the_services_own_articles_in_the_persons_language() {
    let service = service().await;
    let session = Session::with_keychain();
    in_window("seed-help", &session, async |window| {
        connect(window, &service).await;
        let leads = async |window: &Window, start: &str| {
            let script =
                "const links = [...document.querySelectorAll('[data-testid=help] ul button[title]')];
                          return links.length === 0 ? null : links.map((link) => link.title)";
            let found = window.wait("links to articles", script).await;
            found
                .as_array()
                .expect("a list")
                .iter()
                .any(|link| link.as_str().is_some_and(|to| to.starts_with(start)))
        };
        hub(window).await;
        window.click("button", "Help").await;
        window.see("In Uptrends, users are operators.").await;
        assert!(leads(window, "https://www.uptrends.com/support/kb/").await);
        window.screenshot("seed-help").await;
        for (label, language, link, start) in [
            ("Language", "Français", "Opérateurs", "https://www.uptrends.fr/support/kb/compte/"),
            ("Langue", "Nederlands", "Operators", "https://www.uptrends.nl/support/kb/account/gebruikers/"),
        ] {
            let settings = if label == "Language" { "Settings" } else { "Paramètres" };
            window.click("link", settings).await;
            window.choose(label, language).await;
            window.click("link", link).await;
            assert!(leads(window, start).await, "{language}");
            window.screenshot(&format!("seed-help-{language}")).await;
        }
    })
    .await;
}

#[tokio::test]
async fn api_users_are_sorted_by_each_column_ours_is_protected_and_another_one_is_deleted() {
    let service = service().await;
    let owner = service.list("/Operator").await[1]["OperatorGuid"].clone();
    let made = json!({ "OperatorGuid": owner, "Description": "Grafana in the hall" });
    let made = service.ask("POST", "/ApiUser", made).await;
    let made = made["UserName"].as_str().expect("a name").to_owned();
    let session = Session::with_keychain();
    in_window("seed-api-users", &session, async |window| {
        connect(window, &service).await;
        window.click("link", "API users").await;
        let all = service.list("/ApiUser").await.len();
        assert_eq!(listed(window).await, all);
        let headings = [
            "User name",
            "Operator",
            "Access type",
            "Last used",
            "Requests, 30 days",
            "Created",
            "Description",
        ];
        for heading in headings {
            window.click("columnheader", &format!("{heading}*")).await;
            let sorted = "const sorted = [...document.querySelectorAll('[role=columnheader]')]
                .filter((own) => (own.getAttribute('aria-sort') ?? 'none') !== 'none');
                return sorted.length === 1 ? sorted[0].textContent.trim() : null";
            let by = window.wait("an order", sorted).await;
            let by = by.as_str().expect("a heading");
            assert!(by.starts_with(heading), "{by} for {heading}");
        }
        // Back to the left, where the names are.
        let left = "document.querySelectorAll('main *').forEach((own) => { own.scrollLeft = 0; })";
        window.script(left, Vec::new()).await;
        window.screenshot("seed-api-users").await;

        // The one that Rollcall signs in with cannot be deleted here.
        window.fill("Filter API users", USER_NAME).await;
        window.click("gridcell", &format!("{USER_NAME}*")).await;
        window.press(&[Key::Enter]).await;
        window.see("Rollcall itself signs in with it: it cannot be deleted here.").await;
        assert!(window.now("button", "Revoke*").await.is_empty());
        window.screenshot("seed-own-api-user").await;

        window.fill("Filter API users", &made).await;
        window.click("gridcell", &format!("{made}*")).await;
        window.press(&[Key::Enter]).await;
        window.click("button", &format!("Revoke: {made}")).await;
        apply(window).await;
        let left = service.list("/ApiUser").await;
        assert!(left.iter().all(|own| own["UserName"] != made.as_str()), "{left:?}");
        assert_eq!(left.len(), all - 1);
    })
    .await;
}

#[tokio::test]
async fn no_card_breaks_a_word_in_any_language_or_size() {
    let session = Session::with_keychain();
    in_window("card-words", &session, async |window| {
        window.click("button", "Open the sample accounts*").await;
        crate::steps::synced(window).await;
        let mut broken = BTreeSet::new();
        for (settings, label, language) in [
            ("Settings", "Language", "English"),
            ("Settings", "Language", "Français"),
            ("Paramètres", "Langue", "Nederlands"),
        ] {
            window.click("link", settings).await;
            window.choose(label, language).await;
            for account in ["Meridian Watch*", "Veldhoven Identity*"] {
                window.click("link", "Hub").await;
                if window.now("button", account).await.is_empty() {
                    continue;
                }
                window.click("button", account).await;
                for (width, height) in [(1280, 800), (900, 600)] {
                    window.resize(width, height).await;
                    let words = window.wait("cards", BROKEN_WORDS).await;
                    let words = words.as_array().expect("a list").iter().filter_map(Value::as_str);
                    broken.extend(words.map(|word| format!("{language} {width} {word}")));
                    window
                        .screenshot(&format!("cards-{language}-{}-{width}", account.trim_end_matches('*')))
                        .await;
                }
                window.resize(1280, 800).await;
            }
        }
        assert!(broken.is_empty(), "{broken:#?}");
    })
    .await;
}

/// Words of the names of cards that stand on two lines.
const BROKEN_WORDS: &str = "
    const labels = [...document.querySelectorAll('.cards .label')];
    if (labels.length === 0) return null;
    const broken = [];
    for (const label of labels) {
      const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { 0: word, index } of node.data.matchAll(/[^\\s-]+/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
        }
      }
    }
    return broken";
