//! The sample account of a monitoring team.

use std::collections::BTreeSet;

use rollcall_sandbox::{Clock, Sandbox, SandboxOptions, Secret, Tenant, uptrends_sample};
use serde_json::{Value, json};

use super::client::{NOW, guid};

async fn start() -> (Sandbox, Tenant) {
    let sample = uptrends_sample().unwrap();
    let tenant = sample.options(Secret::new("secret")).clock(Clock::set_to(NOW));
    let sandbox = Sandbox::start(SandboxOptions::default().seed(1).tenant(tenant)).await.unwrap();
    sandbox.seed_samples().await.unwrap();
    sandbox.evolve_samples().await.unwrap();
    let tenant = sandbox.tenant(&sample.slug).unwrap();
    (sandbox, tenant)
}

async fn rows(tenant: &Tenant, path: &str) -> Vec<Value> {
    let found = tenant.uptrends_request("GET", path, Value::Null).await.unwrap();
    found.as_array().unwrap().clone()
}

#[tokio::test]
async fn a_client_opens_it_with_its_api_user() {
    let (_sandbox, tenant) = start().await;
    let url = format!("{}/Account", tenant.base_url());
    let user = uptrends_sample().unwrap().user_name;
    let answer = crate::client::client().get(url).basic_auth(user, Some("secret")).send().await.unwrap();
    let account: Value = answer.json().await.unwrap();
    assert_eq!(account["OperatorQuota"], json!({ "Operators": 50, "OperatorsInUse": 40 }));
}

#[tokio::test]
async fn operators_stand_in_every_state_a_hub_asks_about() {
    let (_sandbox, tenant) = start().await;
    let operators = rows(&tenant, "/Operator").await;
    assert_eq!(operators.len(), 40);
    assert_eq!(operators.iter().filter(|own| own["IsAccountAdministrator"] == true).count(), 1);
    assert_eq!(operators.iter().filter(|own| own["IsOnDuty"] == false).count(), 4);
    let name = |own: &Value| own["FullName"].as_str().unwrap().to_owned();
    assert!(operators.iter().any(|own| name(own).chars().count() > 100), "one very long name");
    assert!(operators.iter().any(|own| !name(own).is_ascii()));
    let (mut alone, mut modes) = (0, BTreeSet::new());
    for own in &operators {
        let path = format!("/Operator/{}", guid(own, "OperatorGuid"));
        alone += usize::from(rows(&tenant, &format!("{path}/OperatorGroup")).await.len() == 1);
        let periods = rows(&tenant, &format!("{path}/DutySchedule")).await;
        modes.extend(periods.iter().map(|own| guid(own, "ScheduleMode")));
    }
    assert_eq!(alone, 4, "in no group but Everyone");
    assert_eq!(modes.into_iter().collect::<Vec<_>>(), ["Daily", "Monthly", "OneTime", "Weekly"]);
    let groups = rows(&tenant, "/OperatorGroup").await;
    let mut empty = Vec::new();
    for group in &groups {
        let path = format!("/OperatorGroup/{}/Member", guid(group, "OperatorGroupGuid"));
        if rows(&tenant, &path).await.is_empty() {
            empty.push(guid(group, "Description"));
        }
    }
    assert_eq!((groups.len(), empty), (12, vec!["Projet Sirocco (en sommeil)".to_owned()]));
}

#[tokio::test]
async fn who_is_on_duty_changes_while_somebody_looks() {
    let (_sandbox, tenant) = start().await;
    let quirks = tenant.uptrends_quirks().unwrap();
    tenant.set_uptrends_quirks(rollcall_sandbox::UptrendsQuirks { duty_in_active: true, ..quirks });
    let on_duty = async |hours: i64| -> usize {
        tenant.set_clock(Clock::set_to(NOW + hours * 3_600_000));
        rows(&tenant, "/Operator").await.iter().filter(|own| own["IsOnDuty"] == true).count()
    };
    let counts = [on_duty(0).await, on_duty(2).await, on_duty(3 * 24 + 12).await];
    assert_eq!(counts.iter().collect::<BTreeSet<_>>().len(), 3, "{counts:?}");
    assert!(counts.iter().all(|count| (5..37).contains(count)), "{counts:?}");
}

#[tokio::test]
async fn api_users_are_new_unused_idle_unknown_or_left_behind() {
    let (_sandbox, tenant) = start().await;
    let users = rows(&tenant, "/ApiUser").await;
    assert_eq!(users.len(), 15, "with the one a client signs in with");
    let types: BTreeSet<String> = users.iter().map(|own| guid(own, "ApiAccessType")).collect();
    assert_eq!(
        types.into_iter().collect::<Vec<_>>(),
        ["Generic", "Grafana", "MobileApp", "TransactionRecorder"]
    );
    let count = |fits: &dyn Fn(&Value) -> bool| users.iter().filter(|own| fits(own)).count();
    assert_eq!(count(&|own| own.get("RequestsLast30Days").is_none()), 1, "made before anybody counted");
    assert!(count(&|own| own["RequestsLast30Days"] == 0 && own.get("LastUsedDate").is_some()) >= 3, "idle");
    assert!(count(&|own| own["RequestsLast30Days"] == 0 && own.get("LastUsedDate").is_none()) >= 3, "unused");
    assert!(count(&|own| guid(own, "CreatedDate").as_str() > "2026-11-15") >= 1, "new");
    let inactive: Vec<String> = rows(&tenant, "/Operator")
        .await
        .iter()
        .filter(|own| own["IsOnDuty"] == false)
        .map(|own| guid(own, "OperatorGuid"))
        .collect();
    assert_eq!(count(&|own| inactive.contains(&guid(own, "OperatorGuid"))), 2, "of inactive operators");
}

#[tokio::test]
async fn monitors_stand_in_groups_with_grants_that_a_group_already_gives() {
    let (_sandbox, tenant) = start().await;
    let monitors = rows(&tenant, "/Monitor?filter=MonitorGuid,Name,MonitorMode,IsActive").await;
    assert_eq!(monitors.len(), 300);
    let names: BTreeSet<String> = monitors.iter().map(|own| guid(own, "Name")).collect();
    assert_eq!(names.len(), 300);
    let count = |mode: &str| monitors.iter().filter(|own| own["MonitorMode"] == mode).count();
    let counts = ["Production", "Staging", "Development"].map(count);
    assert_eq!((counts, counts.iter().sum()), ([227, 47, 26], 300), "most of them in production");
    let paused = monitors.iter().filter(|own| own["IsActive"] == false).count();
    assert_eq!(paused, 16);
    let groups = rows(&tenant, "/MonitorGroup").await;
    let mut members = Vec::new();
    for group in &groups {
        let path = format!("/MonitorGroup/{}/Member", guid(group, "MonitorGroupGuid"));
        members.push(rows(&tenant, &path).await.len());
    }
    assert_eq!((groups.len(), members.iter().filter(|count| **count == 0).count()), (19, 1), "one is empty");
    let checkout = monitors.iter().find(|own| own["Name"] == "Checkout, France").unwrap();
    let grants = rows(&tenant, &format!("/Monitor/{}/Authorizations", guid(checkout, "MonitorGuid"))).await;
    assert!(
        grants
            .iter()
            .any(|own| own["AuthorizationType"] == "ViewMonitor" && own.get("OperatorGuid").is_some())
    );
}

#[tokio::test]
async fn alerts_reach_groups_and_operators_and_one_reaches_nobody_who_is_active() {
    let (_sandbox, tenant) = start().await;
    let inactive: BTreeSet<String> = rows(&tenant, "/Operator")
        .await
        .iter()
        .filter(|own| own["IsOnDuty"] == false)
        .map(|own| guid(own, "OperatorGuid"))
        .collect();
    let alerts = rows(&tenant, "/AlertDefinition").await;
    assert_eq!(alerts.len(), 11);
    let mut of_inactive = Vec::new();
    for alert in &alerts {
        let mut members = Vec::new();
        for level in 1..=3 {
            let id = guid(alert, "AlertDefinitionGuid");
            members.extend(
                rows(&tenant, &format!("/AlertDefinition/{id}/EscalationLevel/{level}/Member")).await,
            );
        }
        let rests = |own: &Value| own["OperatorGuid"].as_str().is_some_and(|id| inactive.contains(id));
        if !members.is_empty() && members.iter().all(rests) {
            of_inactive.push(guid(alert, "AlertName"));
        }
    }
    assert_eq!(of_inactive, ["Line of the Sydney office"]);
    let level =
        format!("/AlertDefinition/{}/EscalationLevel/2/Member", guid(&alerts[0], "AlertDefinitionGuid"));
    let members = rows(&tenant, &level).await;
    assert!(members[0].get("OperatorGuid").is_some() != members[0].get("OperatorGroupGuid").is_some());
    assert_eq!(members.len(), 2);
    let operator = members.iter().find_map(|own| own["OperatorGuid"].as_str()).unwrap();
    let path = format!("{level}/Operator/{operator}");
    tenant.uptrends_request("DELETE", &path, Value::Null).await.unwrap();
    assert_eq!(rows(&tenant, &level).await.len(), 1);
    assert_eq!(rows(&tenant, "/Integration").await.len(), 4);
    let reports = rows(&tenant, "/ScheduledReport").await;
    assert_eq!(reports[0]["Recipients"]["OperatorGroups"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn every_later_start_changes_something_and_keeps_the_size() {
    let (sandbox, tenant) = start().await;
    let mut seen = BTreeSet::new();
    for _ in 0..30 {
        sandbox.seed_samples().await.unwrap();
        sandbox.evolve_samples().await.unwrap();
        let mut state = String::new();
        for path in ["/Operator", "/ApiUser"] {
            state += &Value::Array(rows(&tenant, path).await).to_string();
        }
        seen.insert(state);
    }
    assert_eq!(seen.len(), 30, "no two starts look alike");
    assert!((25..=50).contains(&rows(&tenant, "/Operator").await.len()));
    assert!(rows(&tenant, "/ApiUser").await.len() < 60);
    assert_eq!(rows(&tenant, "/OperatorGroup").await.len(), 12);
}
