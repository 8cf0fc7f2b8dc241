//! What a person does with it: connect, sync, list, ask what changed.

use rollcall_sandbox::{Kind, LogtoLoad, LogtoQuirks, Mutation, Quirks};
use rollcall_tests::ctl::Ctl;
use rollcall_tests::logto::{APPLICATION, LogtoService, SECRET};
use rollcall_tests::service::{Service, TOKEN};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_connected_synchronised_listed_and_its_changes_told() {
    let service = Service::start(120, 4, Quirks::default()).await;
    let ctl = Ctl::new();
    assert_eq!(ctl.run(&["accounts", "--json"]).await.rows(), Vec::<serde_json::Value>::new());
    assert!(!ctl.folder.exists(), "reading makes no data");

    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    let runs = ctl.run(&["sync", "--json"]).await.rows();
    assert_eq!(
        (runs[0]["state"].as_str(), runs[0]["users"].as_u64(), runs[0]["complete"].as_bool()),
        (Some("succeeded"), Some(120), Some(true))
    );
    let users = ctl.run(&["users", "--json"]).await.rows();
    let mut ids: Vec<_> = users.iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    let mut truth: Vec<String> = service.people().await.into_keys().collect();
    truth.sort();
    assert_eq!(ids, truth);
    let groups = ctl.run(&["groups", "--account", "acme", "--json"]).await.rows();
    assert_eq!(groups.len(), 4);
    let members = ctl.run(&["groups", "--members", "--json"]).await.rows();
    let counted: u64 = groups.iter().map(|group| group["members"].as_u64().unwrap()).sum();
    assert_eq!(members.len() as u64, counted);
    let figures = ctl.run(&["hub", "--json"]).await.rows();
    assert!(figures.iter().any(|row| row["figure"] == "users" && row["value"] == 120), "{figures:?}");

    service
        .tenant
        .mutate(Mutation { creates: 2, deletes: 1, renames: 3, ..Mutation::default() })
        .await
        .unwrap();
    ctl.run(&["sync", "Acme"]).await.well();
    let run = runs[0]["run"].as_i64().unwrap();
    let changes = ctl.run(&["diff", "--since", &format!("run:{run}"), "--json"]).await.rows();
    let count = |action: &str| {
        changes.iter().filter(|row| row["subject"] == "user" && row["action"] == action).count()
    };
    assert_eq!((count("added"), count("removed")), (2, 1));
    assert!(count("changed") >= 1);
    let each = ctl.run(&["diff", "--since", "1h", "--each", "--json"]).await.rows();
    assert_eq!(each.len(), changes.len(), "nothing was undone in between");
    let since = format!("run:{run}");
    assert_eq!(ctl.run(&["diff", "--since", &since, "--until", &since, "--json"]).await.rows().len(), 0);
    let then = ctl.run(&["users", "--as-of", &since, "--json"]).await.rows();
    let mut ids: Vec<_> = then.iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    assert_eq!(ids, truth, "as they were");
    assert_eq!(then.iter().filter(|user| user["since"] == "left").count(), 1);
    assert_eq!(ctl.run(&["diff", "--since", "run:999"]).await.code, 2);
    assert_eq!(ctl.run(&["users", "status:active", "--as-of", "7d"]).await.code, 2);
    let file = ctl.folder.parent().unwrap().join("then.xlsx");
    ctl.run(&["export", "users", "--as-of", &since, "--output", file.to_str().unwrap()]).await.well();
    assert!(file.metadata().unwrap().len() > 1_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_sorting_and_limits_are_those_of_the_window() {
    let service = Service::start(80, 1, Quirks::default()).await;
    let zoe = json!({ "userName": "zoe", "displayName": "Zoë van den Berg", "active": false });
    service.tenant.create(Kind::User, zoe).await.unwrap();
    let ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    ctl.run(&["sync", "--all"]).await.well();
    let found = ctl.run(&["users", "zoe", "berg", "--json"]).await.rows();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["displayName"], &found[0]["active"]), (&json!("Zoë van den Berg"), &json!(false)));
    let suspended = ctl.run(&["users", "--status", "suspended", "--json"]).await.rows();
    assert!(suspended.iter().all(|user| user["active"] == false) && !suspended.is_empty());
    let names = |rows: Vec<serde_json::Value>| -> Vec<String> {
        rows.iter().map(|row| row["userName"].as_str().unwrap().to_owned()).collect()
    };
    let up = names(ctl.run(&["users", "--sort", "user-name", "--json"]).await.rows());
    let mut down = names(ctl.run(&["users", "--sort", "user-name", "--descending", "--json"]).await.rows());
    down.reverse();
    assert_eq!(up, down);
    let first = names(ctl.run(&["users", "--sort", "user-name", "--limit", "3", "--json"]).await.rows());
    assert_eq!(first, up[..3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_holders_applications_tokens_and_the_log_of_a_logto_service_are_listed() {
    let load = LogtoLoad { users: 30, organizations: 2, roles: 4, ties: 1, seed: 5 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let ctl = Ctl::new();
    let address = service.address();
    let connect = ["connect", "logto", "Acme", "--address", &address, "--application-id", APPLICATION];
    ctl.run_with(&connect, &format!("{SECRET}\n")).await.well();
    ctl.run(&["sync", "--in-depth"]).await.well();
    let roles = ctl.run(&["roles", "--json"]).await.rows();
    let held: u64 = roles.iter().map(|role| role["holders"].as_u64().unwrap()).sum();
    let holders = ctl.run(&["roles", "--holders", "--json"]).await.rows();
    let global = holders.iter().filter(|holder| holder["organizationId"].is_null()).count();
    assert_eq!(global, service.assignments().await.len());
    assert!(held > 0 && holders.len() as u64 >= held, "{held} {}", holders.len());

    let managing = ctl.run(&["applications", "--managing", "--json"]).await.rows();
    let ours = managing.iter().find(|application| application["id"] == APPLICATION).expect("ours manages it");
    assert_eq!((&ours["managesAccount"], &ours["secrets"]), (&json!(true), &json!(1)));
    assert!(ours["oldestSecretAt"].is_string(), "{ours}");

    let user = service.tenant.ids(Kind::User).await.unwrap().remove(0);
    let path = format!("/api/users/{user}/personal-access-tokens");
    service.ask("POST", &path, json!({ "name": "for ever" })).await;
    // Tokens come and go without a change of the user: changed, so that it is read in depth again.
    service.ask("PATCH", &format!("/api/users/{user}"), json!({ "name": "Somebody Else" })).await;
    ctl.run(&["sync", "--in-depth"]).await.well();
    let tokens = ctl.run(&["tokens", "--only", "never-expires", "--json"]).await.rows();
    let ours = tokens.iter().find(|token| token["name"] == "for ever").expect("the new token");
    assert_eq!((&ours["ownerId"], &ours["neverExpires"]), (&json!(user), &json!(true)));
    let rows = ctl.run(&["tokens", "--json"]).await.rows();
    let owners = ctl.run(&["tokens", "--by-owner", "--json"]).await.rows();
    let counted: u64 = owners.iter().map(|owner| owner["tokens"].as_u64().unwrap()).sum();
    assert_eq!(counted, rows.len() as u64);
    let ends = ctl.run(&["tokens", "--only", "expired,expiring", "--sort", "expires", "--json"]).await.rows();
    let times: Vec<_> = ends.iter().map(|token| token["expiresAt"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let found = ctl.run(&["tokens", "somebody", "else", "--json"]).await.rows();
    assert!(found.iter().any(|token| token["name"] == "for ever"), "{found:?}");
    let exported = ctl.run(&["export", "tokens", "--format", "json"]).await.rows();
    let sorted = |rows: &[serde_json::Value]| {
        let mut rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        rows.sort();
        rows
    };
    assert_eq!(sorted(&exported), sorted(&rows), "the list and the export say the same of each token");
    let log = ctl.run(&["log", "--since", "52w", "--fetch", "--json"]).await.rows();
    let times: Vec<_> = log.iter().map(|entry| entry["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "newest first");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_gets_a_table_no_wider_than_itself_and_a_script_gets_text() {
    let service = Service::start(5, 1, Quirks::default()).await;
    let long = "A very long name that does not fit beside the others ".repeat(3);
    let person = json!({ "userName": "long", "displayName": format!("{long}\u{1b}[31m") });
    service.tenant.create(Kind::User, person).await.unwrap();
    let ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    ctl.run(&["sync"]).await.well();
    let text = ctl.run(&["users"]).await.well();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("account\tid\tdisplayName\t"));
    assert_eq!(lines.clone().count(), 6);
    assert!(lines.all(|line| line.matches('\t').count() == 21), "{text}");
    // `script` gives the program a terminal.
    let program = rollcall_tests::ctl::application();
    let shell = format!("stty cols 70; {} users", program.display());
    let output = ctl.program("script").args(["-qec", &shell, "/dev/null"]).output().await.unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("Email") && !table.contains("displayName"), "{table}");
    assert!(!table.contains("\u{1b}[31m"), "a name steers the terminal: {table:?}");
    for line in table.lines() {
        let mut width = 0;
        let mut letters = line.chars().filter(|letter| *letter != '\r');
        while let Some(letter) = letters.next() {
            if letter == '\u{1b}' {
                letters.by_ref().find(|letter| letter.is_ascii_alphabetic());
            } else {
                width += 1;
            }
        }
        assert!(width <= 70, "{width}: {line:?}");
    }
}

#[tokio::test]
async fn help_teaches_with_examples_and_completions_know_every_command() {
    let ctl = Ctl::new();
    let help = ctl.run(&["--help"]).await.well();
    for word in ["Examples:", "rollcallctl diff --since 7d", "Exit codes:", "English only"] {
        assert!(help.contains(word), "{word} is missing in {help}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = ctl.run(&["completions", shell]).await.well();
        for command in [
            "accounts", "connect", "sync", "hub", "users", "tokens", "export", "review", "plan", "apply",
            "import",
        ] {
            assert!(script.contains(command), "{shell} does not complete {command}");
        }
    }
}
