//! The account, its time zone, and who comes in.

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Clock, UptrendsQuirks};
use serde_json::{Value, json};

use super::client::{NOW, bench, guid, told};

#[tokio::test]
async fn the_account_tells_its_quotas_and_nothing_of_its_plan() {
    let bench = bench(UptrendsQuirks { operator_limit: Some(10), ..UptrendsQuirks::default() }).await;
    bench.operator("ada@example.com").await;
    let account = bench.read("/Account").await;
    assert_eq!(account["OperatorQuota"], json!({ "Operators": 10, "OperatorsInUse": 2 }));
    assert!(account["AccountId"].is_string() && account["MonitorQuota"]["BasicMonitorsInUse"].is_i64());
    assert_eq!(account["ExpirationDate"].as_str().unwrap().len(), "2027-01-31T00:00:00".len());
    assert_eq!(bench.read("/Account/Settings").await, json!({ "TimezoneId": 27 }));
    assert_eq!(bench.rows("/OutgoingPhoneNumber").await[0]["Id"], 1);
    let unknown = UptrendsQuirks { operator_limit: None, ..UptrendsQuirks::default() };
    bench.tenant.set_uptrends_quirks(unknown);
    assert_eq!(bench.read("/Account").await["OperatorQuota"], json!({ "OperatorsInUse": 2 }));
}

#[tokio::test]
async fn time_zones_need_no_credential_and_are_no_iana_names() {
    let bench = bench(UptrendsQuirks::default()).await;
    let url = format!("{}/Timezone", bench.tenant.base_url());
    let zones: Vec<Value> = bench.http.get(url).send().await.unwrap().json().await.unwrap();
    let own = zones.iter().find(|own| own["TimezoneId"] == 27).unwrap();
    assert_eq!((&own["OffsetFromUtc"], &own["DaylightSavingOffset"]), (&json!(60), &json!(60)));
    assert_eq!(own["DaylightSavingStart"], "2026-03-29T02:00:00");
    let without = zones.iter().find(|own| own["HasDaylightSaving"] == false).unwrap();
    assert!(without.get("DaylightSavingOffset").is_none() && without.get("DaylightSavingStart").is_none());
    assert_eq!(bench.read("/Timezone/27").await, *own);
    let (status, body) = bench.get("/Timezone/9999").await;
    assert_eq!((status, told(&body).as_str()), (404, "The requested time zone was not found."));
}

#[tokio::test]
async fn a_wrong_credential_is_answered_401_without_a_body() {
    let mut bench = bench(UptrendsQuirks::default()).await;
    let url = format!("{}/Operator", bench.tenant.base_url());
    let nothing = bench.http.get(&url).send().await.unwrap();
    assert_eq!(nothing.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(nothing.text().await.unwrap(), "");
    let bearer = bench.http.get(&url).bearer_auth(&bench.password).send().await.unwrap();
    assert_eq!(bearer.status(), StatusCode::UNAUTHORIZED);
    // The operator's own login is none of an API user.
    bench.user = "owner@account.example".to_owned();
    assert_eq!(bench.get("/Operator").await, (401, Value::Null));
}

#[tokio::test]
async fn what_is_not_there_and_what_cannot_be_done_there_have_no_body() {
    let bench = bench(UptrendsQuirks::default()).await;
    assert_eq!(bench.get("/Operators").await, (404, Value::Null));
    assert_eq!(bench.get("/operator").await.0, 404, "addresses are written as they are");
    assert_eq!(bench.patch("/OperatorGroup/1", json!({})).await, (405, Value::Null));
    let response = bench.request(Method::POST, "/OperatorGroup").body("Description=x").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, body) = bench.get("/Operator/not-a-guid").await;
    assert_eq!(status, 400, "{body}");
    let (status, body) = bench.get("/Operator/99999999-9999-4999-8999-999999999999").await;
    assert_eq!((status, told(&body).as_str()), (404, "The requested operator was not found."));
}

#[tokio::test]
async fn a_login_registers_an_api_user_once_and_only_with_a_password_of_its_own() {
    let bench = bench(UptrendsQuirks { single_signon: true, ..UptrendsQuirks::default() }).await;
    let body = json!({ "FullName": "Ada", "Email": "ada@example.com", "Password": "correct horse", "IsOnDuty": true });
    let (_, ada) = bench.post("/Operator", body).await;
    let url = format!("{}/Register?description=Hub", bench.tenant.base_url());
    let register = async |user: &str, password: &str| {
        bench.http.post(&url).basic_auth(user, Some(password)).send().await.unwrap()
    };
    let made = register("Ada@example.com", "correct horse").await;
    assert_eq!(made.status(), StatusCode::CREATED);
    let made: Value = made.json().await.unwrap();
    assert_eq!((&made["status"], &made["OperatorName"]), (&json!("OK"), &json!("Ada")));
    let answer = bench
        .http
        .get(format!("{}/Account", bench.tenant.base_url()))
        .basic_auth(guid(&made, "UserName"), Some(guid(&made, "Password")))
        .send();
    assert_eq!(answer.await.unwrap().status(), StatusCode::OK);
    let own = bench.rows(&format!("/ApiUser/Operator/{}", guid(&ada, "OperatorGuid"))).await;
    assert_eq!((own.len(), &own[0]["Description"]), (1, &json!("Hub")));
    assert_eq!(register("ada@example.com", "wrong").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(
        register(super::client::USER, super::client::PASSWORD).await.status(),
        StatusCode::UNAUTHORIZED
    );
    let sso = json!({ "AllowNativeLogin": false, "AllowNativeLoginSpecified": true });
    assert_eq!(bench.patch(&format!("/Operator/{}", guid(&ada, "OperatorGuid")), sso).await.0, 204);
    assert_eq!(register("ada@example.com", "correct horse").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_calls_of_an_api_user_count_as_its_use_in_the_time_of_the_account() {
    let bench = bench(UptrendsQuirks::default()).await;
    bench.tenant.set_clock(Clock::set_to(NOW));
    bench.read("/Account").await;
    let users = bench.rows("/ApiUser").await;
    assert_eq!(users[0]["RequestsLast30Days"], 2);
    let last = users[0]["LastUsedDate"].as_str().unwrap();
    assert!(last.starts_with("2026-11-25T18:0"), "one hour ahead of Greenwich, no zone, no fraction: {last}");
    assert_eq!(last.len(), 19);
}
