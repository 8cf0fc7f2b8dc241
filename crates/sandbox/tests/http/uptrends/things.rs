//! Grants on integrations, alert definitions and status pages, and who is alerted.

use serde_json::{Value, json};

use super::client::{guid, sample};

#[tokio::test]
async fn each_kind_of_thing_has_its_own_words_for_what_is_granted() {
    let bench = sample().await;
    let owner = bench.owner().await;
    for (list, id, wanted, made) in [
        ("/Integration", "IntegrationGuid", "EditIntegration", 2),
        ("/AlertDefinition", "AlertDefinitionGuid", "EditAlertDefinition", 1),
    ] {
        let first = guid(&bench.rows(list).await[0], id);
        let path = format!("{list}/{first}/Authorizations");
        let before = bench.rows(&path).await.len();
        let (status, rows) =
            bench.post(&path, json!({ "AuthorizationType": wanted, "OperatorGuid": owner })).await;
        assert_eq!((status, rows.as_array().unwrap().len()), (200, made), "{list}");
        let wrong = json!({ "AuthorizationType": "EditMonitor", "OperatorGuid": owner });
        assert_eq!(bench.post(&path, wrong).await.0, 400);
        assert_eq!(bench.rows(&path).await.len(), before + made);
        let last = guid(rows.as_array().unwrap().last().unwrap(), "AuthorizationId");
        assert_eq!(bench.delete(&format!("{path}/{last}")).await, (204, Value::Null));
    }
}

#[tokio::test]
async fn operators_and_groups_are_taken_off_the_levels_of_an_alert() {
    let bench = sample().await;
    let alert = guid(&bench.rows("/AlertDefinition").await[0], "AlertDefinitionGuid");
    let level = |number: u8| format!("/AlertDefinition/{alert}/EscalationLevel/{number}/Member");
    let members = bench.rows(&level(2)).await;
    let group = members.iter().find_map(|own| own["OperatorGroupGuid"].as_str()).unwrap();
    let path = format!("{}/OperatorGroup/{group}", level(2));
    assert_eq!(bench.delete(&path).await, (204, Value::Null));
    assert_eq!(bench.delete(&path).await.0, 404);
    assert_eq!((bench.rows(&level(2)).await.len(), bench.rows(&level(3)).await.len()), (1, 0));
    assert_eq!(bench.get(&level(4)).await.0, 404);
}

#[tokio::test]
async fn whoever_leaves_is_gone_from_groups_grants_alerts_and_reports() {
    let bench = sample().await;
    let operators = bench.rows("/Operator").await;
    let leaving = operators.iter().find(|own| own["FullName"] == "Marek Wójcik").unwrap();
    let id = guid(leaving, "OperatorGuid");
    assert_eq!(bench.delete(&format!("/Operator/{id}")).await.0, 204);
    let mut everything = String::new();
    for group in bench.rows("/OperatorGroup").await {
        let path = format!("/OperatorGroup/{}/Member", guid(&group, "OperatorGroupGuid"));
        everything += &bench.read(&path).await.to_string();
    }
    for alert in bench.rows("/AlertDefinition").await {
        let path =
            format!("/AlertDefinition/{}/EscalationLevel/1/Member", guid(&alert, "AlertDefinitionGuid"));
        everything += &bench.read(&path).await.to_string();
    }
    for path in ["/ApiUser", "/ScheduledReport", "/Operator"] {
        everything += &bench.read(path).await.to_string();
    }
    assert!(!everything.contains(&id));
}
