//! A Logto account: everything is read, ties and movement hide nobody, and the run says how it knows.

use std::collections::{BTreeMap, BTreeSet};

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, Action, RunState, ShownBy, Stream, Subject};
use rollcall_sandbox::{Fault, FaultRule, Kind, LogtoLoad, LogtoQuirks, Mutation, When};
use rollcall_tests::hub::{TestHub, difference};
use rollcall_tests::logto::LogtoService;
use serde_json::{Value, json};

fn proof(run: &RunView, stream: Stream) -> &ProofView {
    run.proofs.iter().find(|proof| proof.stream == stream).expect("a proof of the list")
}

/// Role, holder and organisation (empty for the whole account) as mirrored.
fn assignments(test: &TestHub, of_account: bool) -> BTreeSet<(String, String, String)> {
    let conn = test.database();
    let sql = if of_account {
        "SELECT role_id, holder_id, group_id FROM role_assignments WHERE group_id = ''"
    } else {
        "SELECT role_id, holder_id, group_id FROM role_assignments WHERE group_id <> ''"
    };
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn memberships(test: &TestHub) -> BTreeSet<(String, String)> {
    let conn = test.database();
    let mut statement = conn.prepare("SELECT group_id, member_id FROM memberships").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn count(test: &TestHub, sql: &str) -> i64 {
    test.database().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The mirror is what the service has, list by list.
async fn assert_mirrors(test: &TestHub, service: &LogtoService, account: AccountId, place: &str) {
    assert_eq!(difference(&test.people(account).await, &service.people().await), "", "{place}");
    let truth = service.assignments().await.into_iter().map(|(role, holder)| (role, holder, String::new()));
    assert_same(&assignments(test, true), &truth.collect(), place, "role assignments");
    let members = service.members().await;
    assert_same(&memberships(test), &members.keys().cloned().collect(), place, "memberships");
    let roles = members.iter().flat_map(|((group, member), roles)| {
        roles.iter().map(move |role| (role.clone(), member.clone(), group.clone()))
    });
    assert_same(&assignments(test, false), &roles.collect(), place, "roles in organisations");
}

fn assert_same<T: Ord + std::fmt::Debug>(mirror: &BTreeSet<T>, truth: &BTreeSet<T>, place: &str, what: &str) {
    let missing: Vec<_> = truth.difference(mirror).collect();
    let phantom: Vec<_> = mirror.difference(truth).collect();
    assert!(
        missing.is_empty() && phantom.is_empty(),
        "{place}, {what}: missing {missing:?}, phantom {phantom:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sync_brings_every_list_and_says_how_it_knows() {
    let load = LogtoLoad { users: 730, organizations: 23, roles: 6, ties: 1, seed: 7 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    let invitation = json!({
        "organizationId": service.tenant.ids(Kind::Group).await.unwrap()[0], "invitee": "new@example.com",
        "expiresAt": 4_102_444_800_000_i64,
    });
    service.ask("POST", "/api/organization-invitations", invitation).await;
    let run = test.sync_well(account).await;
    assert!(run.baseline);
    assert_eq!((run.counts.users_added, run.counts.groups_added, run.counts.invitations.added), (730, 23, 1));
    assert!(run.counts.roles.added > 6, "{:?}", run.counts.roles);
    assert!(run.counts.applications.added >= 1, "{:?}", run.counts.applications);
    assert_eq!(run.proofs.len(), 7);
    for proof in &run.proofs {
        assert!(proof.complete && proof.quiet && proof.walks == 1, "{proof:?}");
        assert_eq!((proof.shown_by, proof.total), (ShownBy::Walk, Some(proof.unique_ids)), "{proof:?}");
    }
    assert_eq!(run.issues, 0);
    assert_mirrors(&test, &service, account, "the first sync").await;
    assert_eq!(test.history(account, run.id).await, []);
    assert_eq!(count(&test, "SELECT count(*) FROM groups WHERE kind = 'organization'"), 23);
    assert!(count(&test, "SELECT count(*) FROM users WHERE last_sign_in_at IS NOT NULL") > 100);
    assert!(count(&test, "SELECT count(*) FROM role_permissions") > 0);
    let managing = "SELECT count(*) FROM applications WHERE manages_account AND kind = 'MachineToMachine'";
    assert_eq!(count(&test, managing), 1, "ours");
    assert!(count(&test, "SELECT count(*) FROM tokens WHERE kind = 'applicationSecret'") >= 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_with_nothing_changed_walks_once_and_asks_about_nobody() {
    let load = LogtoLoad { users: 730, organizations: 9, roles: 4, ties: 1, seed: 8 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    let first = test.sync_well(account).await;
    service.tenant.clear_requests();
    let run = test.sync_well(account).await;
    let counts = run.counts;
    assert_eq!(
        (counts.users, counts.users_added, counts.users_changed, counts.users_removed),
        (730, 0, 0, 0)
    );
    for tally in
        [counts.roles, counts.role_assignments, counts.members, counts.invitations, counts.applications]
    {
        assert_eq!((tally.added, tally.changed, tally.removed), (0, 0, 0), "{counts:?}");
    }
    assert_eq!(counts.role_assignments.listed, first.counts.role_assignments.listed);
    assert_eq!(test.history(account, run.id).await, []);
    let pages = service.tenant.requests().iter().filter(|request| request.template == "/users").count();
    // Eight pages, one look before and one after, one at signing in.
    assert!(pages <= 8 + 3, "{pages} requests for users");
}

#[tokio::test(flavor = "multi_thread")]
async fn ties_hide_nobody() {
    for ties in [1, 10, 100, 1_000] {
        let load = LogtoLoad { users: 2_345, organizations: 4, roles: 3, ties, seed: 11 };
        let service = LogtoService::start(load, LogtoQuirks::default()).await;
        let folder = tempfile::tempdir().unwrap();
        let test = TestHub::open(folder.path()).await;
        let account = service.connect(&test).await;
        let run = test.sync_well(account).await;
        let place = format!("{ties} users share each time");
        assert_mirrors(&test, &service, account, &place).await;
        assert!(run.proofs.iter().all(|proof| proof.complete), "{place}: {:?}", run.proofs);
        let users = proof(&run, Stream::Users);
        assert_eq!(users.unique_ids, 2_345, "{place}");
        if ties >= 100 {
            assert_eq!(users.shown_by, ShownBy::Partition, "{place}: {users:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn users_who_come_and_go_during_the_walk_are_neither_missing_nor_made_up() {
    for (name, creates, deletes) in [("come", 3, 0), ("go", 0, 3), ("come and go", 2, 2)] {
        for (pages, when) in [("once", When::Nth(4)), ("on several pages", When::First(7))] {
            for ties in [1, 10] {
                let load = LogtoLoad { users: 1_100, organizations: 3, roles: 3, ties, seed: 13 };
                let service = LogtoService::start(load, LogtoQuirks::default()).await;
                let folder = tempfile::tempdir().unwrap();
                let test = TestHub::open(folder.path()).await;
                let account = service.connect(&test).await;
                for round in ["first", "second"] {
                    let mutation = Mutation { creates, deletes, seed: 17, ..Mutation::default() };
                    let rule = FaultRule::always(Fault::Mutate(mutation)).path("/users$").when(when);
                    service.tenant.clear_faults();
                    service.tenant.add_fault(rule);
                    let run = test.sync_well(account).await;
                    service.tenant.clear_faults();
                    let place = format!("users {name} {pages}, {ties} share a time, {round} sync");
                    let users = proof(&run, Stream::Users);
                    assert!(users.complete, "{place}: {users:?}");
                    assert_mirrors(&test, &service, account, &place).await;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_at_the_service_is_in_the_history() {
    let load = LogtoLoad { users: 140, organizations: 3, roles: 3, ties: 1, seed: 19 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    test.sync_well(account).await;

    let users = service.tenant.ids(Kind::User).await.unwrap();
    let organization = service.tenant.ids(Kind::Group).await.unwrap()[0].clone();
    let role = service.ask("POST", "/api/roles", json!({"name": "Auditor", "description": "Reads"})).await;
    let role = role["id"].as_str().unwrap();
    let ask = |method: &'static str, path: String, body: Value| {
        service.ask(method, Box::leak(path.into_boxed_str()), body)
    };
    ask("POST", format!("/api/roles/{role}/users"), json!({"userIds": [users[0]]})).await;
    ask("PATCH", format!("/api/users/{}/is-suspended", users[1]), json!({"isSuspended": true})).await;
    ask("DELETE", format!("/api/users/{}", users[2]), Value::Null).await;
    let joiner = service.ask("POST", "/api/users", json!({"name": "Zoë Tester"})).await;
    let joiner = joiner["id"].as_str().unwrap().to_owned();
    ask("POST", format!("/api/organizations/{organization}/users"), json!({"userIds": [joiner]})).await;
    let own = service.all("/api/organization-roles").await.into_keys().next().unwrap();
    ask(
        "POST",
        format!("/api/organizations/{organization}/users/{joiner}/roles"),
        json!({"organizationRoleIds": [own]}),
    )
    .await;

    let run = test.sync_well(account).await;
    assert_mirrors(&test, &service, account, "after the changes").await;
    let history = test.history(account, run.id).await;
    let has = |subject, action, name: &str, member: Option<&str>| {
        history.iter().any(|entry| {
            entry.subject == subject
                && entry.action == action
                && entry.name.starts_with(name)
                && entry
                    .member_name
                    .as_deref()
                    .is_none_or(|known| member.is_none_or(|member| known == member))
        })
    };
    assert!(has(Subject::Role, Action::Added, "Auditor", None), "{history:?}");
    assert!(has(Subject::RoleAssignment, Action::Added, "Auditor", None), "{history:?}");
    assert!(has(Subject::User, Action::Added, "Zoë Tester", None), "{history:?}");
    assert!(has(Subject::Membership, Action::Added, "", Some("Zoë Tester")), "{history:?}");
    assert!(
        history.iter().any(|e| e.subject == Subject::RoleAssignment && e.name.ends_with(')')),
        "{history:?}"
    );
    assert!(history.iter().any(|e| e.subject == Subject::User && e.action == Action::Removed), "{history:?}");
    let suspended = history.iter().find(|entry| entry.field.as_deref() == Some("isSuspended")).unwrap();
    assert_eq!((suspended.before.clone(), suspended.after.clone()), (Some(json!(false)), Some(json!(true))));
    assert!(history.iter().all(|entry| entry.field.as_deref() != Some("updatedAt")), "{history:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_that_ends_in_the_middle_of_a_run_is_renewed() {
    let load = LogtoLoad { users: 1_500, organizations: 8, roles: 5, ties: 1, seed: 23 };
    let quirks = LogtoQuirks { token_requests: Some(7), ..LogtoQuirks::default() };
    let service = LogtoService::start(load, quirks).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    let run = test.sync_well(account).await;
    assert!(run.proofs.iter().all(|proof| proof.complete), "{:?}", run.proofs);
    assert_mirrors(&test, &service, account, "with short-lived tokens").await;
    let tokens =
        service.tenant.requests().iter().filter(|request| request.template.contains("token")).count();
    assert!(tokens >= 4, "{tokens} tokens");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clouds_limit_costs_time_and_nobody() {
    use rollcall_core::remote::{ClientSettings, RetryPolicy};
    use rollcall_sandbox::RateLimit;
    let load = LogtoLoad { users: 3_000, organizations: 5, roles: 3, ties: 1, seed: 29 };
    let limit = RateLimit { burst: 30, per_second: 40 };
    let service =
        LogtoService::start(load, LogtoQuirks { rate_limit: Some(limit), ..LogtoQuirks::default() }).await;
    let folder = tempfile::tempdir().unwrap();
    let retry = RetryPolicy { base: std::time::Duration::from_millis(50), ..RetryPolicy::default() };
    let client = ClientSettings { retry, ..ClientSettings::default() };
    let test = TestHub::open_with(folder.path(), std::sync::Arc::default(), client).await;
    let account = service.connect(&test).await;
    let run = test.sync_well(account).await;
    assert!(run.proofs.iter().all(|proof| proof.complete), "{:?}", run.proofs);
    assert_mirrors(&test, &service, account, "under the limit").await;
    let refused = service.tenant.requests().iter().filter(|request| request.status == Some(429)).count();
    assert!(refused > 0, "the limit was never met");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_would_take_most_roles_away_asks_first() {
    let load = LogtoLoad { users: 60, organizations: 2, roles: 8, ties: 1, seed: 31 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    test.sync_well(account).await;
    let before = assignments(&test, true);
    let roles: BTreeMap<_, _> = service.all("/api/roles").await;
    for (role, record) in roles.iter().filter(|(_, record)| record["type"] == "User") {
        let _ = record;
        service.ask("DELETE", &format!("/api/roles/{role}"), Value::Null).await;
    }
    let run = test.sync(account).await;
    assert_eq!(run.state, RunState::AwaitingReview);
    assert!(run.counts.roles.removed >= 8 && run.counts.role_assignments.removed > 0, "{:?}", run.counts);
    assert_eq!(assignments(&test, true), before, "nothing has changed here");
    let request = ResolveGuardRequest { run_id: run.id, decision: GuardDecision::Apply };
    test.hub.resolve_guard(request).await.unwrap();
    assert_mirrors(&test, &service, account, "after the decision").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_account_is_read_whole_and_so_is_what_comes_later() {
    use rollcall_core::api::ConnectAccountRequest;
    use rollcall_sandbox::{Sandbox, SandboxOptions, Secret, logto_sample};
    use rollcall_tests::logto::{SECRET, application};
    let sample = logto_sample().unwrap();
    let options = SandboxOptions::default().tenant(sample.options(Secret::new(SECRET)));
    let sandbox = Sandbox::start(options).await.unwrap();
    sandbox.seed_samples().await.unwrap();
    sandbox.evolve_samples().await.unwrap();
    let service = LogtoService { tenant: sandbox.tenant(&sample.slug).unwrap(), sandbox };
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let draft =
        application(&sample.name, &service.sandbox.base_url(&sample.slug), &sample.application, SECRET);
    let account = test.hub.connect_account(ConnectAccountRequest { draft }).await.unwrap().id;
    for round in ["first", "after some days"] {
        let run = test.sync_well(account).await;
        assert!(run.proofs.iter().all(|proof| proof.complete), "{round}: {:?}", run.proofs);
        assert_eq!(run.issues, 0, "{round}");
        assert_mirrors(&test, &service, account, round).await;
        test.wait_for_details(account).await;
        let due = "SELECT count(*) FROM users WHERE remote_id NOT IN (SELECT user_id FROM user_details)";
        assert_eq!(count(&test, due), 0, "{round}");
        service.sandbox.evolve_samples().await.unwrap();
    }
    assert!(
        count(&test, "SELECT count(*) FROM tokens WHERE expires_at IS NULL") > 0,
        "tokens that never end"
    );
    assert!(count(&test, "SELECT count(*) FROM invitations") > 0);
    assert!(count(&test, "SELECT count(*) FROM log_entries") > 0);
}
