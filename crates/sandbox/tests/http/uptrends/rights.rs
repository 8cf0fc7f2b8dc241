//! An API user has exactly the rights of its operator.

use rollcall_sandbox::{SeeOperators, UptrendsLoad, UptrendsQuirks};
use serde_json::{Value, json};

use super::client::{Bench, bench, guid, sample, told};

async fn with_monitors() -> (Bench, String, Bench) {
    let bench = bench(UptrendsQuirks::default()).await;
    let load = UptrendsLoad { monitors: 12, monitor_groups: 2, seed: 5, ..UptrendsLoad::default() };
    bench.tenant.generate_uptrends(load).await.unwrap();
    let ada = bench.operator("ada@example.com").await;
    let lesser = bench.sign_in_as(&ada).await;
    (bench, ada, lesser)
}

#[tokio::test]
async fn who_is_no_administrator_writes_nothing_and_sees_only_own_api_users() {
    let (bench, ada, lesser) = with_monitors().await;
    let before = bench.tenant.write_counts();
    let (status, body) = lesser.post("/OperatorGroup", json!({ "Description": "Mine" })).await;
    assert_eq!((status, told(&body).contains("sufficient rights")), (403, true));
    assert_eq!(lesser.patch(&format!("/Operator/{ada}"), json!({ "FullName": "Queen" })).await.0, 403);
    assert_eq!(lesser.delete(&format!("/Operator/{ada}")).await.0, 403);
    assert_eq!(lesser.post("/ApiUser", json!({ "OperatorGuid": ada })).await.0, 403);
    assert_eq!(bench.tenant.write_counts(), before, "what is refused is no write");
    assert_eq!((bench.rows("/ApiUser").await.len(), lesser.rows("/ApiUser").await.len()), (2, 1));
    let hidden = guid(&bench.rows("/ApiUser").await[0], "ApiUserGuid");
    assert_eq!(lesser.get(&format!("/ApiUser/{hidden}")).await.0, 404);
}

#[tokio::test]
async fn monitors_come_as_far_as_the_operator_may_see_them() {
    let (bench, ada, lesser) = with_monitors().await;
    assert_eq!(lesser.rows("/Monitor").await[0].as_object().unwrap().len(), 6, "data only, as everyone");
    assert_eq!(lesser.rows("/Monitor?filter=Name,Url").await[0].as_object().unwrap().len(), 1);
    let groups = bench.rows("/MonitorGroup").await;
    let path = format!("/MonitorGroup/{}/Authorizations", guid(&groups[0], "MonitorGroupGuid"));
    let everyone = bench.built_in("IsEveryone").await;
    let grants = bench.rows(&path).await;
    let own = grants.iter().find(|own| own["OperatorGroupGuid"] == everyone).unwrap();
    bench.delete(&format!("{path}/{}", guid(own, "AuthorizationId"))).await;
    assert_eq!(lesser.rows("/Monitor").await, Vec::<Value>::new());
    assert_eq!(lesser.rows("/MonitorGroup").await, Vec::<Value>::new());
    let site = guid(&groups[1], "MonitorGroupGuid");
    let body = json!({ "AuthorizationType": "ViewMonitorsInGroup", "OperatorGuid": ada });
    bench.post(&format!("/MonitorGroup/{site}/Authorizations"), body).await;
    let seen = lesser.rows("/Monitor").await;
    assert_eq!(seen.len(), bench.rows(&format!("/MonitorGroup/{site}/Member")).await.len());
    assert!(seen[0].get("Url").is_some(), "its settings too");
    let monitor = format!("/Monitor/{}/Authorizations", guid(&seen[0], "MonitorGuid"));
    assert_eq!(lesser.get(&monitor).await.0, 403, "who may do what is shown to who may edit it");
    let body = json!({ "AuthorizationType": "EditMonitorsInGroup", "OperatorGuid": ada });
    bench.post(&format!("/MonitorGroup/{site}/Authorizations"), body).await;
    assert_eq!(lesser.get(&monitor).await.0, 200);
}

#[tokio::test]
async fn where_teams_do_not_see_each_other_lists_are_shorter() {
    let bench =
        bench(UptrendsQuirks { see_operators: SeeOperators::OwnGroups, ..UptrendsQuirks::default() }).await;
    let (ada, bo) = (bench.operator("ada@example.com").await, bench.operator("bo@example.com").await);
    let (team, other) = (bench.group("Team").await, bench.group("Other").await);
    bench.post(&format!("/OperatorGroup/{team}/Member/{ada}"), Value::Null).await;
    bench.post(&format!("/OperatorGroup/{other}/Member/{bo}"), Value::Null).await;
    let lesser = bench.sign_in_as(&ada).await;
    assert_eq!((bench.rows("/Operator").await.len(), lesser.rows("/Operator").await.len()), (3, 1));
    assert_eq!((bench.rows("/OperatorGroup").await.len(), lesser.rows("/OperatorGroup").await.len()), (4, 2));
    assert_eq!(lesser.get(&format!("/Operator/{bo}")).await.0, 404);
    assert_eq!(lesser.read("/Account").await["OperatorQuota"]["OperatorsInUse"], 3, "the account counts all");
    bench.post(&format!("/OperatorGroup/{team}/Member/{bo}"), Value::Null).await;
    assert_eq!(lesser.rows("/Operator").await.len(), 2);
}

#[tokio::test]
async fn without_access_to_the_account_an_api_user_gets_nowhere() {
    let (bench, ada, lesser) = with_monitors().await;
    assert_eq!(bench.delete(&format!("/Operator/{ada}/Authorization/AccountAccess")).await.0, 204);
    assert_eq!(lesser.get("/Account").await.0, 403);
    let group = bench.group("Basics").await;
    bench.post(&format!("/OperatorGroup/{group}/Authorization/BasicOperator"), Value::Null).await;
    bench.post(&format!("/OperatorGroup/{group}/Member/{ada}"), Value::Null).await;
    assert_eq!(lesser.get("/Account").await.0, 200);
}

#[tokio::test]
async fn vault_sections_are_shown_to_who_may_view_them_and_to_no_other_administrator() {
    let bench = sample().await;
    let names = |rows: &[Value]| -> Vec<String> { rows.iter().map(|own| guid(own, "Name")).collect() };
    let seen = bench.rows("/VaultSection").await;
    assert_eq!(names(&seen), ["Checkout test accounts", "Payment certificates"]);
    let path = format!("/VaultSection/{}/Authorization", guid(&seen[0], "VaultSectionGuid"));
    let body = json!({ "AuthorizationType": "ChangeVaultSection", "OperatorGuid": bench.owner().await });
    let (status, made) = bench.post(&path, body).await;
    assert_eq!((status, made.as_array().unwrap().len()), (201, 2));
    let all = bench.tenant.uptrends_request("GET", "/VaultSection", Value::Null).await.unwrap();
    let hidden = guid(&all[2], "VaultSectionGuid");
    assert_eq!(bench.get(&format!("/VaultSection/{hidden}/Authorization")).await.0, 404);
}
