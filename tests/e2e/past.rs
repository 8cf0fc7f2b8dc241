//! What changed since, and the list as it was, in the real window; small enough to look at, and with 100,000 people.

use std::time::{Duration, Instant};

use rollcall_sandbox::{Kind, LogtoLoad, LogtoQuirks, Mutation};
use rollcall_tests::keychain::Session;
use rollcall_tests::logto::{APPLICATION, LogtoService, SECRET};
use rollcall_tests::window::{Window, in_window};
use serde_json::json;

use crate::look::{Looks, choose_theme};
use crate::steps::{TOKEN, connect, database, service, sync_again};

const EIGHT_DAYS: i64 = 8 * 24 * 60 * 60 * 1000;

#[tokio::test]
async fn what_changed_is_compared_opened_and_looked_at_as_it_was() {
    let (_sandbox, tenant) = service(120, TOKEN).await;
    let ids = tenant.ids(Kind::User).await.expect("ids");
    let name = async |id: &str| {
        let user = tenant.find(Kind::User, id).await.expect("a record").expect("somebody");
        user["displayName"].as_str().expect("a name").to_owned()
    };
    let (leaver, other) = (name(&ids[3]).await, name(&ids[4]).await);
    let long = format!("Zoë {} de Tester", "van der Verylongname-Castelein ".repeat(6));
    let session = Session::with_keychain();
    in_window("past", &session, async |window| {
        let mut looks = Looks::new("past");
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        let title = json!([{"op": "replace", "path": "title", "value": "Chief of Tests"}]);
        tenant.patch(Kind::User, &ids[4], title).await.expect("another title");
        tenant.delete(Kind::User, &ids[3]).await.expect("a deleted user");
        let joiner = json!({ "userName": "zoe@head.example", "displayName": long });
        tenant.create(Kind::User, joiner).await.expect("a new user");
        sync_again(window).await;

        window.click("link", "Activity").await;
        window.click("tab", "What changed since").await;
        window.see("is known since").await;
        window.choose("Changed since", "Before the last sync").await;
        window.find("link", "1 joined").await;
        window.see("Chief of Tests").await;
        looks.at(window, "since").await;
        window.fill("Filter by name or field", &other).await;
        window.see("Chief of Tests").await;
        window.fill("Filter by name or field", "").await;
        window.click("link", "1 left").await;
        window.find("status", "1 difference").await;
        window.open_first_row().await;
        window.find("heading", &leaver).await;
        window.see("As it was on").await;
        looks.at(window, "past-user").await;

        window.click("link", "Users as they were").await;
        window.find("status", "120 users").await;
        looks.at(window, "past-users").await;
        window.fill("Search the users as they were", &leaver).await;
        window.see("Has left").await;
        choose_theme(window, "Dark").await;
        window.resize(900, 600).await;
        window.click("link", "Activity").await;
        window.click("tab", "What changed since").await;
        window.find("gridcell", "").await;
        looks.at(window, "since-small-dark").await;
        window.click("link", "The users as they were").await;
        window.find("gridcell", "").await;
        looks.at(window, "past-users-small-dark").await;
        window.click("link", "Back to today’s users").await;
        window.find("status", "120 users").await;
        looks.assert_clean();
    })
    .await;
}

#[tokio::test]
async fn a_hundred_thousand_people_are_synced_filtered_opened_and_compared_with_last_week() {
    let load = LogtoLoad { users: 100_000, organizations: 4, roles: 3, ties: 1, seed: 5 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let session = Session::with_keychain();
    in_window("many", &session, async |window| {
        window.click("link", "Connect an account*").await;
        let choose = "const kind = [...document.querySelectorAll('label')].find((label) =>
              label.textContent.includes('Logto Cloud'));
            kind?.click(); return kind ? true : null";
        window.wait("the kinds of service", choose).await;
        window.fill("Name", "Identity").await;
        window.fill("Endpoint", &service.address()).await;
        window.fill("App ID", APPLICATION).await;
        window.fill("App secret", SECRET).await;
        window.click("button", "Connect").await;
        newer_run(window, 0).await;
        window.click("link", "Users").await;
        patiently(window, "status", "100,000 users").await;
        window.fill("Search users", "status:suspended").await;
        patiently(window, "status", "3,969 of 100,000").await;
        window.open_first_row().await;
        window.find("heading", "Identity*").await;
    })
    .await;
    age(&session);
    let mutation = Mutation { creates: 3, deletes: 2, renames: 4, ..Mutation::default() };
    service.tenant.mutate(mutation).await.expect("changes");
    in_window("many-later", &session, async |window| {
        newer_run(window, 1).await;
        window.click("link", "Activity").await;
        window.click("tab", "What changed since").await;
        window.choose("Changed since", "7 days ago").await;
        patiently(window, "link", "3 joined").await;
        window.find("link", "2 left").await;
        window.screenshot("since-many").await;
        window.click("link", "The users as they were").await;
        patiently(window, "status", "100,000 users").await;
        window.screenshot("past-many").await;
        window.open_first_row().await;
        window.see("As it was on").await;
    })
    .await;
}

/// As [`Window::find`], while many are read in depth behind the lists by a program that is not optimised.
async fn patiently(window: &Window, role: &str, name: &str) {
    let deadline = Instant::now() + Duration::from_secs(180);
    while window.now(role, name).await.is_empty() {
        assert!(Instant::now() < deadline, "waited for {role} “{name}”");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Waits, longer than for anything else, until a run after `known` has ended well; starts one where none does by itself.
async fn newer_run(window: &Window, known: i64) {
    let script = "const [known, done] = arguments;
        const ask = (name, request) => window.__TAURI_INTERNALS__.invoke(name, { request });
        ask('list_accounts', {}).then(({ accounts }) => {
          const [{ id, sync } = {}] = accounts;
          if (sync?.runId > known && sync.state === 'succeeded') return done(true);
          if (id === undefined || sync.state === 'running') return done(false);
          return ask('start_sync', { accountId: id }).then(() => done(false));
        }).catch(() => done(false))";
    let deadline = Instant::now() + Duration::from_secs(420);
    while window.script_async(script, vec![json!(known)]).await != json!(true) {
        assert!(Instant::now() < deadline, "the sync did not end");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// Makes everything that was learned so far eight days older, with the window closed: what last week's sync left behind.
fn age(session: &Session) {
    let lookup = ["lookup", "service", "app.rollcall", "username", rollcall_core::store::KEY_NAME];
    let key = session.command("secret-tool").args(lookup).output().expect("secret-tool is installed");
    let key = String::from_utf8(key.stdout).expect("a key");
    let conn = rusqlite::Connection::open(database(session)).expect("the database");
    conn.pragma_update(None, "key", format!("x'{}'", key.trim())).expect("the key");
    conn.busy_timeout(Duration::from_secs(20)).expect("patience");
    for sql in [
        "UPDATE sync_runs SET started_at = started_at - ?1, finished_at = finished_at - ?1",
        "UPDATE history SET at = at - ?1",
        "UPDATE stream_states SET synced_at = synced_at - ?1",
    ] {
        conn.execute(sql, [EIGHT_DAYS]).expect("older");
    }
}
