//! API users, under whatever names.

use rollcall_sandbox::{ApiUserNames, ApiUserSupport, UptrendsQuirks};
use serde_json::{Value, json};

use super::client::{USER, bench, guid};

#[tokio::test]
async fn a_new_api_user_shows_its_password_once_and_signs_in_with_it() {
    let bench = bench(UptrendsQuirks::default()).await;
    let ada = bench.operator("ada@example.com").await;
    let (status, made) =
        bench.post("/ApiUser", json!({ "OperatorGuid": ada, "Description": "Export" })).await;
    assert_eq!(status, 201);
    assert_eq!((&made["OperatorGuid"], &made["ApiAccessType"]), (&json!(ada), &json!("Generic")));
    let path = format!("/ApiUser/{}", guid(&made, "ApiUserGuid"));
    let shown = bench.read(&path).await;
    assert!(shown.get("Password").is_none() && shown.get("LastUsedDate").is_none());
    assert_eq!(shown["RequestsLast30Days"], 0);
    let (user, password) = (guid(&made, "UserName"), guid(&made, "Password"));
    let url = format!("{}/Account", bench.tenant.base_url());
    let answer = bench.http.get(&url).basic_auth(&user, Some(&password)).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(bench.read(&path).await["RequestsLast30Days"], 1);
    assert_eq!(bench.delete(&path).await, (204, Value::Null));
    let answer = bench.http.get(&url).basic_auth(&user, Some(&password)).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 401);
    assert_eq!(bench.delete(&path).await.0, 404);
}

#[tokio::test]
async fn only_the_description_of_an_api_user_changes() {
    let bench = bench(UptrendsQuirks::default()).await;
    let ada = bench.operator("ada@example.com").await;
    let typed = json!({ "OperatorGuid": ada, "Description": "x", "ApiAccessType": "MobileApp" });
    assert_eq!(bench.post("/ApiUser", typed).await.0, 400);
    let own = bench.rows("/ApiUser").await[0].clone();
    let path = format!("/ApiUser/{}", guid(&own, "ApiUserGuid"));
    let body = |operator: &str| json!({ "OperatorGuid": operator, "Description": "Hub" });
    assert_eq!(bench.put(&path, body(&ada)).await.0, 400, "the operator must stay the same");
    assert_eq!(bench.put(&path, body(&guid(&own, "OperatorGuid"))).await, (204, Value::Null));
    let after = bench.read(&path).await;
    assert_eq!((&after["Description"], &after["UserName"]), (&json!("Hub"), &json!(USER)));
    assert_eq!(bench.rows(&format!("/ApiUser/Operator/{ada}")).await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_names_of_its_attributes_are_those_of_the_contract_whatever_they_are() {
    let bench = bench(UptrendsQuirks::default()).await;
    for (names, id, requests) in [
        (ApiUserNames::Usual, "ApiUserGuid", "RequestsLast30Days"),
        (ApiUserNames::Second, "Guid", "NumberOfRequestsLast30Days"),
        (ApiUserNames::Third, "Id", "RequestCountLast30Days"),
        (ApiUserNames::Fourth, "Id", "RequestCount"),
        (ApiUserNames::Unrecognised, "ApiUserGuid", "RequestsLast30Days"),
    ] {
        bench
            .tenant
            .set_uptrends_quirks(UptrendsQuirks { api_user_names: names, ..UptrendsQuirks::default() });
        let own = bench.rows("/ApiUser").await[0].clone();
        assert!(own[id].is_string() && own[requests].is_i64(), "{own}");
        let url = format!("{}/swagger/v1/swagger.json", bench.tenant.base_url());
        let contract: Value = bench.http.get(url).send().await.unwrap().json().await.unwrap();
        let answer = &contract["paths"]["/ApiUser"]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        assert_eq!(answer["items"]["$ref"], "#/components/schemas/ApiUser");
        let known = contract["components"]["schemas"]["ApiUser"]["properties"].as_object().unwrap();
        assert!(own.as_object().unwrap().keys().all(|name| known.contains_key(name)), "{own} {known:?}");
        assert_eq!(known.contains_key("LatestCall"), names == ApiUserNames::Unrecognised);
    }
}

#[tokio::test]
async fn an_older_contract_has_no_api_users_and_a_strict_one_refuses_them() {
    let missing = UptrendsQuirks { api_users: ApiUserSupport::Missing, ..UptrendsQuirks::default() };
    let bench = bench(missing).await;
    assert_eq!(bench.get("/ApiUser").await, (404, Value::Null));
    assert!(bench.read("/swagger/v1/swagger.json").await["paths"].get("/ApiUser").is_none());
    bench.tenant.set_uptrends_quirks(UptrendsQuirks {
        api_users: ApiUserSupport::Forbidden,
        ..UptrendsQuirks::default()
    });
    assert_eq!(bench.get("/ApiUser").await.0, 403);
    bench.tenant.set_uptrends_quirks(UptrendsQuirks { no_contract: true, ..UptrendsQuirks::default() });
    assert_eq!(bench.get("/swagger/v1/swagger.json").await.0, 404);
}
