//! The made-up organisations.

use std::collections::BTreeSet;

use rollcall_sandbox::{Kind, Sandbox, SandboxOptions, Tenant, sample_tenants};
use serde_json::Value;

async fn samples(options: SandboxOptions) -> Sandbox {
    let tenants = sample_tenants().unwrap();
    let options = tenants.iter().fold(options, |options, sample| options.tenant(sample.options()));
    let sandbox = Sandbox::start(options).await.unwrap();
    sandbox.seed_samples().await.unwrap();
    sandbox.evolve_samples().await.unwrap();
    sandbox
}

async fn records(tenant: &Tenant, kind: Kind) -> Vec<Value> {
    let mut records = Vec::new();
    for id in tenant.ids(kind).await.unwrap() {
        records.push(tenant.find(kind, &id).await.unwrap().unwrap());
    }
    records
}

async fn everything(sandbox: &Sandbox) -> Vec<Value> {
    let mut all = Vec::new();
    for slug in sandbox.tenants() {
        let tenant = sandbox.tenant(&slug).unwrap();
        all.extend(records(&tenant, Kind::User).await);
        all.extend(records(&tenant, Kind::Group).await);
    }
    all
}

#[tokio::test]
async fn samples_are_the_same_in_every_run() {
    let (first, second) =
        (samples(SandboxOptions::default()).await, samples(SandboxOptions::default()).await);
    let (first, second) = (everything(&first).await, everything(&second).await);
    assert!(first.len() > 600);
    assert!(first == second, "two fresh starts give the same people, groups and times");
}

#[tokio::test]
async fn every_sample_shows_what_real_organisations_have() {
    let sandbox = samples(SandboxOptions::default()).await;
    for slug in sandbox.tenants() {
        let tenant = sandbox.tenant(&slug).unwrap();
        let (users, groups) = (records(&tenant, Kind::User).await, records(&tenant, Kind::Group).await);
        let some = |what: &str, test: &dyn Fn(&Value) -> bool| {
            assert!(users.iter().any(test), "{slug} has {what}");
        };
        some("somebody suspended", &|user| user["active"] == false);
        some("a long name", &|user| {
            user["displayName"].as_str().is_some_and(|name| name.chars().count() >= 60)
        });
        some("somebody with diacritics", &|user| {
            user["displayName"].as_str().is_some_and(|name| !name.is_ascii())
        });
        some("somebody without e-mail", &|user| user.get("emails").is_none());
        some("custom attributes", &|user| user["schemas"].as_array().unwrap().len() > 2);
        some("somebody without a name for showing or a robot", &|user| user.get("name").is_none());
        let types: BTreeSet<_> = users.iter().map(|user| user["userType"].to_string()).collect();
        assert!(types.len() >= 4, "{slug} has employees, contractors, former ones and robots: {types:?}");
        let ids: BTreeSet<_> = users.iter().map(|user| user["id"].to_string()).collect();
        let members: Vec<_> = groups
            .iter()
            .flat_map(|group| group["members"].as_array().unwrap())
            .map(|m| m["value"].to_string())
            .collect();
        assert!(members.iter().any(|member| !ids.contains(member)), "{slug} has a dangling membership");
        assert!(ids.iter().any(|id| !members.contains(id)), "{slug} has somebody in no group");
        assert!(
            groups.iter().any(|group| group["members"].as_array().unwrap().is_empty()),
            "{slug} has an empty group"
        );
        for user in &users {
            let text = user.to_string();
            assert!(!text.contains('#') && !text.contains('|'), "a pattern was left unfilled: {text}");
            for email in user["emails"].as_array().into_iter().flatten() {
                assert!(email["value"].as_str().unwrap().is_ascii(), "{text}");
                assert!(email["value"].as_str().unwrap().ends_with(".example"), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn samples_live_on_from_start_to_start() {
    let folder = tempfile::tempdir().unwrap();
    let options = || SandboxOptions::default().database(folder.path().join("samples.sqlite"));
    let first = samples(options()).await;
    let before = everything(&first).await;
    first.shutdown().await;
    let second = samples(options()).await;
    let after = everything(&second).await;
    let ids = |records: &[Value]| records.iter().map(|r| r["id"].to_string()).collect::<BTreeSet<_>>();
    let kept = ids(&before).intersection(&ids(&after)).count();
    assert!(kept + 10 > before.len(), "nearly everybody is still there");
    let changed = after.iter().filter(|record| !before.contains(record)).count();
    assert!((1..40).contains(&changed), "a few records changed: {changed}");
    for _ in 0..12 {
        second.evolve_samples().await.unwrap();
    }
}
