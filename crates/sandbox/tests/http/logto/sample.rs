//! The sample account of an identity team.

use std::collections::{BTreeMap, BTreeSet};

use rollcall_sandbox::{Clock, Kind, Sandbox, SandboxOptions, Secret, Tenant, logto_sample};
use serde_json::{Value, json};

use super::client::{INDICATOR, NOW};

const SECRET: &str = "SecretOfTheSample000000000000000";
const DAY: i64 = 86_400_000;

async fn start() -> (Sandbox, Tenant) {
    let sample = logto_sample().unwrap();
    let tenant = sample.options(Secret::new(SECRET)).clock(Clock::set_to(NOW));
    let sandbox = Sandbox::start(SandboxOptions::default().seed(1).tenant(tenant)).await.unwrap();
    sandbox.seed_samples().await.unwrap();
    sandbox.evolve_samples().await.unwrap();
    let tenant = sandbox.tenant(&sample.slug).unwrap();
    (sandbox, tenant)
}

async fn read(tenant: &Tenant, path: &str) -> Vec<Value> {
    let found = tenant.logto_request("GET", path, Value::Null).await.unwrap();
    found.as_array().cloned().unwrap_or_else(|| vec![found])
}

async fn everybody(tenant: &Tenant) -> Vec<Value> {
    let mut all = read(tenant, "/api/users?page_size=100").await;
    all.extend(read(tenant, "/api/users?page_size=100&page=2").await);
    all
}

#[tokio::test]
async fn the_sample_is_opened_with_its_application() {
    let (sandbox, tenant) = start().await;
    let sample = logto_sample().unwrap();
    let http = crate::client::client();
    let form = [("grant_type", "client_credentials"), ("resource", INDICATOR), ("scope", "all")];
    let request = http.post(sandbox.token_url(&sample.slug)).basic_auth(&sample.application, Some(SECRET));
    let given: Value = request.form(&form).send().await.unwrap().json().await.unwrap();
    let url = format!("{}/api/users", tenant.base_url());
    let response = http.get(url).bearer_auth(given["access_token"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(response.headers()["total-number"], "150");
}

#[tokio::test]
async fn people_stand_in_every_state_a_hub_asks_about() {
    let (_sandbox, tenant) = start().await;
    let people = everybody(&tenant).await;
    let count = |fits: &dyn Fn(&Value) -> bool| people.iter().filter(|own| fits(own)).count();
    assert_eq!(people.len(), 150);
    assert!((4..25).contains(&count(&|own| own["isSuspended"] == true)));
    assert!((10..40).contains(&count(&|own| own["lastSignInAt"].is_null())));
    assert!(count(&|own| own["createdAt"].as_i64().unwrap() > NOW - 7 * DAY) >= 4);
    assert!(count(&|own| own["identities"] != json!({})) >= 8);
    let mut moments = BTreeMap::new();
    people.iter().for_each(|own| *moments.entry(own["createdAt"].as_i64()).or_insert(0) += 1);
    assert_eq!(moments.values().max(), Some(&12), "one import");
    assert!(people.iter().all(|own| own["createdAt"].as_i64().unwrap() <= NOW + 1_000));
    let (mut factors, mut sessions, mut grants, mut enterprise, mut tokens) = (0, 0, 0, 0, Vec::new());
    for own in &people {
        let path = format!("/api/users/{}", own["id"].as_str().unwrap());
        factors += usize::from(!read(&tenant, &format!("{path}/mfa-verifications")).await.is_empty());
        sessions += read(&tenant, &format!("{path}/sessions")).await[0]["sessions"].as_array().unwrap().len();
        grants += read(&tenant, &format!("{path}/grants")).await[0]["grants"].as_array().unwrap().len();
        let one = read(&tenant, &format!("{path}?includeSsoIdentities=true")).await;
        enterprise += one[0]["ssoIdentities"].as_array().unwrap().len();
        tokens.extend(read(&tenant, &format!("{path}/personal-access-tokens")).await);
    }
    assert!((50..110).contains(&factors) && sessions > 10 && grants == sessions && enterprise > 4);
    assert_eq!(tokens.len(), 12);
    let end = |token: &Value| token["expiresAt"].as_i64();
    assert_eq!(tokens.iter().filter(|token| end(token).is_none()).count(), 4, "never ending");
    assert_eq!(tokens.iter().filter(|token| end(token).is_some_and(|end| end < NOW)).count(), 3, "ended");
    let soon = |end: i64| (NOW..NOW + 14 * DAY).contains(&end);
    assert_eq!(tokens.iter().filter(|token| end(token).is_some_and(soon)).count(), 2, "ending soon");
}

#[tokio::test]
async fn organisations_roles_invitations_and_applications_are_there() {
    let (_sandbox, tenant) = start().await;
    let organizations = read(&tenant, "/api/organizations?showFeatured=true").await;
    let empty: Vec<&Value> =
        organizations.iter().filter(|own| own["usersCount"] == 0).map(|own| &own["name"]).collect();
    assert_eq!((organizations.len(), empty), (5, vec![&json!("Projet Boréal")]));
    let template = read(&tenant, "/api/organization-roles").await;
    let names: Vec<&str> = template.iter().map(|role| role["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["admin", "member", "owner"]);
    assert!(template.iter().any(|role| !role["resourceScopes"].as_array().unwrap().is_empty()));
    let states = |all: &[Value]| -> BTreeSet<String> {
        all.iter().map(|own| own["status"].as_str().unwrap().to_owned()).collect()
    };
    let invitations = read(&tenant, "/api/organization-invitations").await;
    let every = ["Accepted", "Expired", "Pending", "Revoked"].map(str::to_owned);
    assert_eq!(states(&invitations), BTreeSet::from(every));
    let managing = read(&tenant, "/api/roles/m-admin/applications").await;
    assert_eq!(managing.len(), 3);
    let secrets = read(&tenant, "/api/applications/import0hr000000000001/secrets").await;
    assert!(secrets.iter().any(|secret| secret["expiresAt"].as_i64().is_some_and(|end| end < NOW)));
    let old = read(&tenant, "/api/applications/export0nightly0000001/secrets").await;
    assert!(old[0]["createdAt"].as_i64().unwrap() < NOW - 800 * DAY);
    let failed = "/api/logs?page_size=100&logKey=Interaction.SignIn.Verification.Password.Submit";
    let failed = read(&tenant, failed).await;
    assert!(failed.len() > 3 && failed.iter().all(|own| own["payload"].get("userId").is_none()));
}

#[tokio::test]
async fn the_people_are_the_same_in_every_run_and_a_later_start_changes_some() {
    let (sandbox, tenant) = start().await;
    let (_other, second) = start().await;
    assert_eq!(tenant.ids(Kind::User).await.unwrap(), second.ids(Kind::User).await.unwrap());
    let before = everybody(&tenant).await;
    sandbox.seed_samples().await.unwrap();
    assert_eq!(everybody(&tenant).await.len(), before.len(), "seeding again adds nobody");
    sandbox.evolve_samples().await.unwrap();
    let after = everybody(&tenant).await;
    assert_ne!(before, after);
    assert!(after.iter().filter(|own| !before.contains(own)).count() < 8, "only a few");
}
