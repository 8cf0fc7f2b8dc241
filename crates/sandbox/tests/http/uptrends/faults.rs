//! Faults, disturbances, the log of writes and the admin door on an Uptrends tenant.

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Fault, FaultRule, Framing, Kind, Moment, Mutation, RetryAfter, UptrendsQuirks, When};
use serde_json::{Value, json};

use super::client::{bench, told};

fn status(status: u16, retry_after: Option<RetryAfter>) -> Fault {
    Fault::Status { status, retry_after, after_work: false }
}

#[tokio::test]
async fn faults_match_templates_and_speak_as_the_service() {
    let bench = bench(UptrendsQuirks::default()).await;
    let ada = bench.operator("ada@example.com").await;
    let once = |fault, path: &str| FaultRule::always(fault).path(path).when(When::Nth(1));
    bench.tenant.add_fault(once(status(429, Some(RetryAfter::Seconds(2))), "/Operator$"));
    bench.tenant.add_fault(once(status(401, None), "/OperatorGroup$"));
    bench.tenant.add_fault(once(status(403, None), "/Operator/{operatorGuid}/DutySchedule"));
    bench.tenant.add_fault(once(status(503, None), "/Monitor$"));
    bench.tenant.add_fault(once(Fault::Html { status: 502, after_work: false }, "/MonitorGroup$"));
    let limited = bench.request(Method::GET, "/Operator").send().await.unwrap();
    assert_eq!((limited.status().as_u16(), &limited.headers()["retry-after"]), (429, &"2".parse().unwrap()));
    assert_eq!(bench.rows("/Operator").await.len(), 2);
    assert_eq!(bench.get("/OperatorGroup").await, (401, Value::Null));
    assert_eq!(bench.get(&format!("/Operator/{ada}/DutySchedule")).await.0, 403);
    let (answered, body) = bench.get("/Monitor").await;
    assert_eq!((answered, told(&body).as_str()), (503, "The request failed."));
    let (answered, body) = bench.get("/MonitorGroup").await;
    assert_eq!((answered, body.as_str().unwrap().contains("<html>")), (502, true));
    let last = bench.tenant.requests().pop().unwrap();
    assert_eq!((last.template, last.status, last.faulty), ("/MonitorGroup", Some(502), true));
    let cut = Fault::CutBody { framing: Framing::Length, percent: 50 };
    bench.tenant.add_fault(once(cut, "/Timezone$"));
    let answer = bench.request(Method::GET, "/Timezone").send().await.unwrap();
    assert!(answer.bytes().await.is_err());
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_counts_all_the_same_and_a_refused_one_does_not() {
    let bench = bench(UptrendsQuirks::default()).await;
    let drop = Fault::Drop { moment: Moment::BeforeHeaders };
    bench.tenant.add_fault(FaultRule::always(drop).method("POST").path("/OperatorGroup$").when(When::Nth(1)));
    let lost =
        bench.request(Method::POST, "/OperatorGroup").json(&json!({ "Description": "Watch" })).send().await;
    assert!(lost.is_err());
    assert_eq!(bench.rows("/OperatorGroup").await.len(), 3);
    bench.tenant.add_fault(FaultRule::always(status(500, None)).method("POST").path("/OperatorGroup$"));
    assert_eq!(bench.post("/OperatorGroup", json!({ "Description": "Watch" })).await.0, 500);
    assert_eq!(bench.delete(&format!("/Operator/{}", bench.owner().await)).await.0, 403);
    let writes = bench.tenant.write_counts();
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert_eq!(
        (writes[0].method.as_str(), writes[0].template, writes[0].count),
        ("POST", "/OperatorGroup", 1)
    );
}

#[tokio::test]
async fn people_come_go_and_are_renamed_while_a_client_looks() {
    let bench = bench(UptrendsQuirks::default()).await;
    bench.tenant.generate(50, 3, 1).await.unwrap();
    let mutation = Mutation { creates: 4, deletes: 9, renames: 2, seed: 3, ..Mutation::default() };
    bench.tenant.add_fault(FaultRule::always(Fault::Mutate(mutation)).path("/OperatorGroup$"));
    let before = bench.rows("/Operator").await.len();
    bench.rows("/OperatorGroup").await;
    let after = bench.rows("/Operator").await;
    assert_eq!((before, after.len()), (51, 46));
    let renamed =
        after.iter().filter(|own| own["FullName"].as_str().unwrap().starts_with("Renamed ")).count();
    assert_eq!(renamed, 2);
    assert_eq!(bench.tenant.write_counts(), Vec::new(), "changes from inside do not count");
}

#[tokio::test]
async fn another_process_programs_an_uptrends_tenant() {
    let bench = bench(UptrendsQuirks::default()).await;
    let admin = async |method: Method, topic: &str, body: Value| -> (StatusCode, Value) {
        let url = format!("{}/_sandbox/tenants/acme{topic}", bench.sandbox.origin());
        let request = bench.http.request(method, url).bearer_auth(bench.sandbox.admin_token().expose());
        let response = request.json(&body).send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    };
    let load = json!({ "operators": 40, "groups": 3, "monitors": 5 });
    let (status, given) = admin(Method::POST, "/generate", load).await;
    assert_eq!((status, &given["users"], &given["groups"]), (StatusCode::OK, &json!(41), &json!(5)));
    assert_eq!(given["baseUrl"], bench.tenant.base_url());
    assert_eq!(admin(Method::PUT, "/quirks", json!({ "apiUsers": "missing" })).await.0, StatusCode::OK);
    assert_eq!(bench.get("/ApiUser").await.0, 404);
    assert_eq!(admin(Method::GET, "/quirks", Value::Null).await.1["apiUsers"], "missing");
    assert_eq!(admin(Method::PUT, "/quirks", json!({ "maxResults": 4 })).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_test_reads_makes_and_deletes_behind_the_back_of_clients() {
    let bench = bench(UptrendsQuirks::default()).await;
    let body = json!({ "FullName": "Ada", "Email": "ada@example.com", "SetupMode": "Invitation" });
    let ada = bench.tenant.create(Kind::User, body).await.unwrap();
    let found = bench.tenant.find(Kind::User, &ada).await.unwrap().unwrap();
    assert_eq!(found["FullName"], "Ada");
    assert_eq!(bench.tenant.ids(Kind::User).await.unwrap()[1], ada);
    bench.tenant.delete(Kind::User, &ada).await.unwrap();
    assert!(bench.tenant.find(Kind::User, &ada).await.unwrap().is_none());
    assert_eq!(bench.tenant.count(Kind::Group).await.unwrap(), 2);
    assert!(bench.tenant.requests().is_empty());
}
