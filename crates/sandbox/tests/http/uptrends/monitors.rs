//! Monitors, their groups, and who may do what with them and with other things.

use rollcall_sandbox::{MonitorPermissions, UptrendsLoad, UptrendsQuirks};
use serde_json::{Value, json};

use super::client::{Bench, bench, guid, told};

const SIX: &str = "MonitorGuid,Name,MonitorType,MonitorMode,IsActive,GenerateAlert";

async fn filled(quirks: UptrendsQuirks) -> Bench {
    let bench = bench(quirks).await;
    let load = UptrendsLoad { monitors: 20, monitor_groups: 3, seed: 2, ..UptrendsLoad::default() };
    bench.tenant.generate_uptrends(load).await.unwrap();
    bench
}

#[tokio::test]
async fn the_filter_keeps_definitions_out_and_without_it_everything_comes() {
    let bench = filled(UptrendsQuirks::default()).await;
    let short = bench.rows(&format!("/Monitor?filter={SIX}")).await;
    assert_eq!((short.len(), short[0].as_object().unwrap().len()), (20, 6));
    assert_eq!(bench.rows("/Monitor?filter=Name,Url").await[0].as_object().unwrap().len(), 2);
    let long = bench.rows("/Monitor").await;
    assert!(long[0]["RequestHeaders"].to_string().contains("Bearer"), "with what its requests send");
    assert!(long[0].to_string().len() > 5 * short[0].to_string().len());
    let id = guid(&short[0], "MonitorGuid");
    assert_eq!(bench.read(&format!("/Monitor/{id}?filter=Name")).await, json!({ "Name": short[0]["Name"] }));
}

#[tokio::test]
async fn members_of_a_monitor_group_are_objects_and_groups_of_a_monitor_are_texts() {
    let bench = filled(UptrendsQuirks::default()).await;
    let groups = bench.rows("/MonitorGroup").await;
    let all = groups.iter().find(|own| own["IsAll"] == true).unwrap();
    assert_eq!(
        bench.rows(&format!("/MonitorGroup/{}/Member", guid(all, "MonitorGroupGuid"))).await.len(),
        20
    );
    let site = guid(&groups[1], "MonitorGroupGuid");
    let members = bench.rows(&format!("/MonitorGroup/{site}/Member")).await;
    let monitor = guid(&members[0], "MonitorGuid");
    let of_monitor = bench.rows(&format!("/Monitor/{monitor}/MonitorGroup")).await;
    assert_eq!(of_monitor, [all["MonitorGroupGuid"].clone(), json!(site)]);
    assert_eq!(bench.rows(&format!("/Monitor/MonitorGroup/{site}?filter=Name")).await.len(), members.len());
    assert_eq!(bench.read(&format!("/MonitorGroup/{site}")).await, groups[1]);
}

#[tokio::test]
async fn a_grant_brings_what_it_needs_and_the_answer_is_an_array() {
    let bench = filled(UptrendsQuirks::default()).await;
    let ada = bench.operator("ada@example.com").await;
    let monitor = guid(&bench.rows("/Monitor?filter=MonitorGuid").await[1], "MonitorGuid");
    let path = format!("/Monitor/{monitor}/Authorizations");
    let (status, made) =
        bench.post(&path, json!({ "AuthorizationType": "EditMonitor", "OperatorGuid": ada })).await;
    assert_eq!(status, 200);
    let types: Vec<&Value> = made.as_array().unwrap().iter().map(|own| &own["AuthorizationType"]).collect();
    assert_eq!(types, ["ViewMonitorData", "ViewMonitor", "EditMonitor"]);
    assert!(made[0].get("OperatorGroupGuid").is_none(), "exactly one of the two");
    assert_eq!(bench.rows(&path).await.len(), 3);
    assert_eq!(
        bench.delete(&format!("{path}/{}", guid(&made[2], "AuthorizationId"))).await,
        (204, Value::Null)
    );
    assert_eq!(bench.delete(&format!("{path}/{}", guid(&made[2], "AuthorizationId"))).await.0, 404);
    let both = json!({ "AuthorizationType": "ViewMonitor", "OperatorGuid": ada, "OperatorGroupGuid": ada });
    assert_eq!(bench.post(&path, both).await.0, 400);
    let wrong = json!({ "AuthorizationType": "EditMonitorsInGroup", "OperatorGuid": ada });
    assert_eq!(bench.post(&path, wrong).await.0, 400);
}

#[tokio::test]
async fn everyone_sees_data_and_administrators_cannot_lose_their_grants() {
    let bench = filled(UptrendsQuirks::default()).await;
    let all = guid(&bench.rows("/MonitorGroup").await[0], "MonitorGroupGuid");
    let path = format!("/MonitorGroup/{all}/Authorizations");
    let grants = bench.rows(&path).await;
    let of = |group: &str| grants.iter().filter(|own| own["OperatorGroupGuid"] == group).collect::<Vec<_>>();
    let everyone = of(&bench.built_in("IsEveryone").await)[0].clone();
    assert_eq!(everyone["AuthorizationType"], "ViewMonitorDataInGroup");
    let administrators = of(&bench.built_in("IsAdministratorsGroup").await)[3].clone();
    assert_eq!(administrators["AuthorizationType"], "CreateAndDeleteMonitorsInGroup");
    assert_eq!(bench.delete(&format!("{path}/{}", guid(&administrators, "AuthorizationId"))).await.0, 400);
    assert_eq!(bench.delete(&format!("{path}/{}", guid(&everyone, "AuthorizationId"))).await.0, 204);
}

#[tokio::test]
async fn plans_without_monitor_permissions_refuse_them() {
    let bench = filled(UptrendsQuirks::default()).await;
    let monitor = guid(&bench.rows("/Monitor?filter=MonitorGuid").await[0], "MonitorGuid");
    let path = format!("/Monitor/{monitor}/Authorizations");
    let plan = |own| UptrendsQuirks { monitor_permissions: own, ..UptrendsQuirks::default() };
    for (own, status) in [(MonitorPermissions::BadRequest, 400), (MonitorPermissions::Forbidden, 403)] {
        bench.tenant.set_uptrends_quirks(plan(own));
        let (answered, body) = bench.get(&path).await;
        assert_eq!((answered, told(&body).contains("not available")), (status, true));
    }
    bench.tenant.set_uptrends_quirks(plan(MonitorPermissions::Empty));
    assert_eq!(bench.rows(&path).await, Vec::<Value>::new());
    let body = json!({ "AuthorizationType": "ViewMonitor", "OperatorGuid": bench.owner().await });
    assert_eq!(bench.post(&path, body).await.0, 400);
    let access = format!("/Operator/{}/Authorization/AccountAccess", bench.operator("ada@example.com").await);
    assert_eq!(bench.delete(&access).await.0, 400, "revoking access is an Enterprise feature too");
}
