//! Off-duty periods, of one operator and of all members of a group.

use rollcall_sandbox::{Clock, UptrendsQuirks};
use serde_json::{Value, json};

use super::client::{NOW, bench, told};

fn night() -> Value {
    json!({ "ScheduleMode": "Daily", "StartTime": "19:00", "EndTime": "07:00" })
}

#[tokio::test]
async fn a_period_is_added_without_a_body_and_changed_by_its_number() {
    let bench = bench(UptrendsQuirks::default()).await;
    let path = format!("/Operator/{}/DutySchedule", bench.operator("ada@example.com").await);
    assert_eq!(bench.post(&path, night()).await, (201, Value::Null));
    let all = bench.rows(&path).await;
    let id = all[0]["Id"].as_i64().unwrap();
    assert_eq!(all, [json!({ "Id": id, "ScheduleMode": "Daily", "StartTime": "19:00", "EndTime": "07:00" })]);
    let once = json!({
        "Id": id, "ScheduleMode": "OneTime", "StartDateTime": "2026-12-24T12:00:00", "EndDateTime": "2027-01-02T08:00:00",
    });
    assert_eq!(bench.put(&format!("{path}/{id}"), once.clone()).await, (204, Value::Null));
    assert_eq!(bench.rows(&path).await, [once]);
    assert_eq!(bench.put(&format!("{path}/{id}"), night()).await.0, 400, "without its Id");
    assert_eq!(bench.delete(&format!("{path}/{id}")).await, (204, Value::Null));
    assert_eq!(bench.delete(&format!("{path}/{id}")).await.0, 404);
    let with_body = UptrendsQuirks { period_in_answer: true, ..UptrendsQuirks::default() };
    bench.tenant.set_uptrends_quirks(with_body);
    let (status, made) = bench.post(&path, night()).await;
    assert_eq!((status, made["Id"].as_i64() > Some(id)), (201, true));
}

#[tokio::test]
async fn a_period_with_attributes_of_another_mode_is_refused() {
    let bench = bench(UptrendsQuirks::default()).await;
    let path = format!("/Operator/{}/DutySchedule", bench.operator("ada@example.com").await);
    let mut mixed = night();
    mixed["WeekDay"] = json!("Monday");
    let (status, body) = bench.post(&path, mixed).await;
    assert_eq!((status, told(&body).contains("WeekDay")), (403, true));
    assert_eq!(bench.post(&path, json!({ "ScheduleMode": "Monthly", "StartTime": "24:00" })).await.0, 403);
    assert_eq!(bench.rows(&path).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_group_has_no_periods_but_gives_one_to_each_member() {
    let bench = bench(UptrendsQuirks::default()).await;
    let group = bench.group("Watch").await;
    let mut members = Vec::new();
    for email in ["ada@example.com", "bo@example.com"] {
        let id = bench.operator(email).await;
        bench.post(&format!("/OperatorGroup/{group}/Member/{id}"), Value::Null).await;
        members.push(id);
    }
    let path = format!("/OperatorGroup/{group}");
    assert_eq!(
        bench.post(&format!("{path}/DutySchedule/AddDutyScheduleForAllMembers"), night()).await,
        (204, Value::Null)
    );
    for id in &members {
        assert_eq!(bench.rows(&format!("/Operator/{id}/DutySchedule")).await.len(), 1);
    }
    let active = async || -> Vec<bool> {
        let all = bench.rows("/Operator").await;
        all.iter().map(|own| own["IsOnDuty"].as_bool().unwrap()).collect()
    };
    assert_eq!(bench.post(&format!("{path}/AllOperatorsOffDuty"), Value::Null).await, (204, Value::Null));
    assert_eq!(active().await, [true, false, false]);
    assert_eq!(bench.post(&format!("{path}/AllOperatorsOnDuty"), Value::Null).await.0, 204);
    assert_eq!(active().await, [true, true, true]);
    let unknown = "/OperatorGroup/99999999-9999-4999-8999-999999999999/AllOperatorsOnDuty";
    let expected = json!({ "Message": "The requested operator group was not found." });
    assert_eq!(bench.post(unknown, Value::Null).await, (404, expected), "a bare message");
}

#[tokio::test]
async fn where_the_service_counts_periods_itself_it_does_so_by_the_time_of_the_account() {
    let quirks = UptrendsQuirks { duty_in_active: true, ..UptrendsQuirks::default() };
    let bench = bench(quirks).await;
    let ada = format!("/Operator/{}", bench.operator("ada@example.com").await);
    bench.post(&format!("{ada}/DutySchedule"), night()).await;
    assert_eq!(bench.read(&ada).await["IsOnDuty"], true, "18:00 by the account");
    bench.tenant.set_clock(Clock::set_to(NOW + 3_600_000));
    assert_eq!(bench.read(&ada).await["IsOnDuty"], false, "19:00 by the account");
    bench.tenant.set_uptrends_quirks(UptrendsQuirks::default());
    assert_eq!(bench.read(&ada).await["IsOnDuty"], true);
}
