//! What is told of tokens ahead of their end: once for each, and only as much as the person wants.

use rollcall_core::api::{EmptyRequest, SettingsView, TokenNoticeView, UpdateSettingsRequest};
use rollcall_sandbox::{Kind, LogtoLoad, LogtoQuirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::logto::LogtoService;
use serde_json::json;

const DAY: i64 = 86_400_000;

async fn take(test: &TestHub) -> Vec<TokenNoticeView> {
    test.hub.take_token_notices(EmptyRequest {}).await.unwrap().notices
}

async fn choose(test: &TestHub, token_notices: bool, token_notice_names: bool) {
    let settings = SettingsView { token_notices, token_notice_names, ..SettingsView::default() };
    test.hub.update_settings(UpdateSettingsRequest { settings }).await.unwrap();
}

/// A service where one user has a token that ends in three days.
async fn service() -> LogtoService {
    // Generated tokens end at random: without users there are none but ours.
    let load = LogtoLoad { users: 1, organizations: 0, roles: 0, ties: 1, seed: 3 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let user = service.tenant.ids(Kind::User).await.unwrap().remove(0);
    let path = format!("/api/users/{user}/personal-access-tokens");
    let now = rollcall_core::clock::now().as_millis();
    let listed = service.ask("GET", &path, serde_json::Value::Null).await;
    for token in listed.as_array().unwrap() {
        service.ask("POST", &format!("{path}/delete"), json!({ "name": token["name"] })).await;
    }
    for (name, end) in [("nightly", 3), ("yearly", 300)] {
        service.ask("POST", &path, json!({ "name": name, "expiresAt": now + end * DAY })).await;
    }
    service
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ends_soon_is_told_of_once_also_after_a_new_start() {
    let service = service().await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    assert_eq!(take(&test).await, []);
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    let told = TokenNoticeView {
        account_id: account,
        account: "Acme".to_owned(),
        tokens: 1,
        days: 7,
        names: Vec::new(),
    };
    assert_eq!(take(&test).await, [told]);
    assert_eq!(take(&test).await, []);
    let test = test.reopen().await;
    assert_eq!(take(&test).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_to_hear_nothing_hears_it_when_they_change_their_mind_and_names_only_when_asked_for() {
    let service = service().await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    choose(&test, false, true).await;
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    assert_eq!(take(&test).await, []);
    choose(&test, true, true).await;
    let told = take(&test).await;
    assert_eq!(told.iter().map(|notice| notice.names.clone()).collect::<Vec<_>>(), [["nightly"]]);
}
