//! What is read behind the lists: tokens, factors, sessions, the log. Each user has an age of its own, and no value of a
//! token or a secret reaches this computer's disk or the window.

use std::time::Duration;

use rollcall_core::api::*;
use rollcall_core::model::{Action, Subject};
use rollcall_sandbox::{Fault, FaultRule, Kind, LogtoLoad, LogtoQuirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::logto::{LogtoService, SECRET};
use serde_json::{Value, json};

fn load(users: usize) -> LogtoLoad {
    LogtoLoad { users, organizations: 2, roles: 2, ties: 1, seed: 41 }
}

fn count(test: &TestHub, sql: &str) -> i64 {
    test.database().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Requests about single users, by the user asked about.
fn asked_about(service: &LogtoService) -> usize {
    service
        .tenant
        .requests()
        .iter()
        .filter(|request| request.template.ends_with("/mfa-verifications"))
        .count()
}

/// Every text in the database, and everything the window was told.
fn everything_kept(test: &TestHub) -> String {
    let conn = test.database();
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut text = String::new();
    for table in tables {
        let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let Ok(value) = row.get_ref(column).unwrap().as_str() {
                    text.push_str(value);
                    text.push('\n');
                }
            }
        }
    }
    for event in test.events.all() {
        text.push_str(&serde_json::to_string(&event).unwrap());
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn every_user_is_read_in_depth_once_and_then_only_who_has_changed() {
    let service = LogtoService::start(load(90), LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    assert_eq!(count(&test, "SELECT count(*) FROM user_details"), 90);
    let (mut tokens, mut factors) = (0, 0);
    for id in service.tenant.ids(Kind::User).await.unwrap() {
        let list = |name: &str| format!("/api/users/{id}/{name}");
        let length = |value: Value| i64::try_from(value.as_array().unwrap().len()).unwrap();
        tokens += length(service.ask("GET", &list("personal-access-tokens"), Value::Null).await);
        factors += length(service.ask("GET", &list("mfa-verifications"), Value::Null).await);
    }
    assert!(tokens > 0 && factors > 0, "{tokens} tokens, {factors} factors at the service");
    assert_eq!(count(&test, "SELECT count(*) FROM tokens WHERE kind = 'personalAccessToken'"), tokens);
    assert_eq!(count(&test, "SELECT sum(mfa_factors) FROM user_details"), factors);
    assert_eq!(count(&test, "SELECT count(*) FROM user_details WHERE problem IS NOT NULL"), 0);

    service.tenant.clear_requests();
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    assert_eq!(asked_about(&service), 0, "nobody has changed");

    let changed = service.tenant.ids(Kind::User).await.unwrap()[5].clone();
    let path = format!("/api/users/{changed}");
    service.ask("PATCH", &path, json!({"name": "Somebody Else"})).await;
    service.ask("POST", &format!("{path}/personal-access-tokens"), json!({"name": "a new one"})).await;
    let run = test.sync_well(account).await;
    test.wait_for_details(account).await;
    assert_eq!(asked_about(&service), 1);
    let history = test.history(account, run.id).await;
    let token = history.iter().find(|entry| entry.subject == Subject::Token).expect("the new token");
    assert_eq!((token.action, token.name.as_str()), (Action::Added, "a new one"));
    assert_eq!(token.member_name.as_deref(), Some("Somebody Else"));
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_in_depth_gives_way_to_a_sync_and_goes_on_after_it() {
    let service = LogtoService::start(load(120), LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    let slow = FaultRule::always(Fault::Latency { milliseconds: 15 }).path("/users/{id}");
    service.tenant.add_fault(slow);
    test.sync_well(account).await;
    let read = || count(&test, "SELECT count(*) FROM user_details");
    for _ in 0..1000 {
        if read() >= 40 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let before = read();
    assert!((40..120).contains(&before), "{before} users were read");
    service.tenant.clear_requests();
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    assert_eq!(read(), 120);
    let asked = asked_about(&service);
    // Those under way when it gave way are asked about twice.
    assert!(asked <= 120 - 40 + 4, "{asked} users were asked about again");
    test.hub.sign_out(AccountRequest { account_id: account }).await.unwrap();
    assert!(test.account(account).await.details.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_cannot_be_read_in_depth_costs_nobody_else() {
    let service = LogtoService::start(load(40), LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    // The same answer however often it is asked: an older release, or a broken record.
    let broken = Fault::Html { status: 500, after_work: false };
    let rule = FaultRule::always(broken).path("/users/{id}/sessions").when(rollcall_sandbox::When::Every(30));
    service.tenant.add_fault(rule);
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    assert!(count(&test, "SELECT count(*) FROM user_details") >= 38);
    service.tenant.clear_faults();
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    assert_eq!(count(&test, "SELECT count(*) FROM user_details"), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_value_of_a_token_or_secret_is_kept_or_told() {
    let service = LogtoService::start(load(60), LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    let user = service.tenant.ids(Kind::User).await.unwrap()[0].clone();
    let data = json!({"customData": {"apiKey": "canary-custom", "plan": "canary-free"}});
    service.ask("PATCH", &format!("/api/users/{user}"), data).await;
    let path = format!("/api/users/{user}/personal-access-tokens");
    service.ask("POST", &path, json!({"name": "canary-name"})).await;
    let mut values = vec![SECRET.to_owned(), "canary-custom".to_owned()];
    for (id, _) in service.all("/api/applications").await {
        let secrets = service.ask("GET", &format!("/api/applications/{id}/secrets"), Value::Null).await;
        values.extend(
            secrets.as_array().unwrap().iter().map(|secret| secret["value"].as_str().unwrap().to_owned()),
        );
    }
    for id in service.tenant.ids(Kind::User).await.unwrap() {
        let path = format!("/api/users/{id}/personal-access-tokens");
        let tokens = service.ask("GET", &path, Value::Null).await;
        values.extend(
            tokens.as_array().unwrap().iter().map(|token| token["value"].as_str().unwrap().to_owned()),
        );
    }
    assert!(values.len() > 4, "{}", values.len());
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    test.sync_well(account).await;
    let kept = everything_kept(&test);
    assert!(
        kept.contains("canary-name") && kept.contains("canary-free"),
        "the test looks at the right place"
    );
    for value in values {
        assert!(!kept.contains(&value), "a value of {} characters is kept", value.len());
    }
    assert!(!kept.contains("passwordDigest"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_services_log_is_read_at_each_sync_and_older_stretches_on_demand() {
    let service = LogtoService::start(load(10), LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    let kept = || count(&test, "SELECT count(*) FROM log_entries");
    let first = kept();
    assert!(first > 0, "signing in leaves a line in the service's log");
    test.database().execute("DELETE FROM log_entries", []).unwrap();
    let request = ReadLogRequest { account_id: account, from: 0, to: 4_102_444_800_000 };
    let read = test.hub.read_log(request).await.unwrap();
    assert!(read.complete && i64::try_from(read.added).unwrap() >= first, "{read:?}");
    let again = ReadLogRequest { account_id: account, from: 0, to: 1_704_067_200_000 };
    assert_eq!(test.hub.read_log(again).await.unwrap(), LogReadView { added: 0, complete: true });
}
