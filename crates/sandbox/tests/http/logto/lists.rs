//! Lists, pages and searches.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Kind, LogtoLoad, LogtoQuirks, TieOrder};
use serde_json::{Value, json};

use super::client::{Bench, bench, ids, total};

/// Every id of a walk over `/users`, with how many rows came.
async fn walk(bench: &Bench, size: usize) -> (BTreeSet<String>, usize) {
    let (mut seen, mut rows) = (BTreeSet::new(), 0);
    for page in 1.. {
        let came = ids(&bench.read(&format!("/api/users?page={page}&page_size={size}")).await);
        if came.is_empty() {
            break;
        }
        rows += came.len();
        seen.extend(came);
    }
    (seen, rows)
}

async fn loaded(users: usize, ties: usize) -> Bench {
    let bench = bench(LogtoQuirks::default()).await;
    let load = LogtoLoad { users, ties, organizations: 5, seed: 7, ..LogtoLoad::default() };
    bench.tenant.generate_logto(load).await.unwrap();
    bench
}

#[tokio::test]
async fn distinct_creations_are_walked_completely_and_newest_first() {
    let bench = loaded(450, 1).await;
    let (seen, rows) = walk(&bench, 100).await;
    assert_eq!((seen.len(), rows), (450, 450));
    let page = bench.read("/api/users?page_size=100").await;
    let created: Vec<i64> =
        page.as_array().unwrap().iter().map(|user| user["createdAt"].as_i64().unwrap()).collect();
    assert!(created.is_sorted_by(|a, b| a > b));
}

#[tokio::test]
async fn ties_lose_users_from_a_walk_whose_rows_are_as_many_as_announced() {
    let bench = loaded(2_000, 500).await;
    let (seen, rows) = walk(&bench, 100).await;
    assert_eq!(rows, 2_000);
    assert!(seen.len() < 1_900, "{}", seen.len());
    bench.tenant.set_logto_quirks(LogtoQuirks { ties: TieOrder::Stable, ..LogtoQuirks::default() });
    assert_eq!(walk(&bench, 100).await.0.len(), 2_000);
}

#[tokio::test]
async fn prefixes_of_ids_find_every_user_whatever_the_ties() {
    let bench = loaded(1_200, 600).await;
    let (mut seen, mut sum) = (BTreeSet::new(), 0);
    for prefix in "0123456789abcdefghijklmnopqrstuvwxyz".chars() {
        let query = format!("search.id={prefix}%25&mode.id=like&isCaseSensitive=true&page_size=100");
        let response = bench.get(&format!("/api/users?{query}")).await;
        sum += total(&response);
        assert!(total(&response) <= 100, "this load needs no second letter");
        seen.extend(ids(&response.json().await.unwrap()));
    }
    assert_eq!((seen.len(), sum), (1_200, 1_200));
    let everybody: BTreeSet<String> = bench.tenant.ids(Kind::User).await.unwrap().into_iter().collect();
    assert_eq!(seen, everybody);
}

#[tokio::test]
async fn a_batch_of_ids_gives_those_that_exist() {
    let bench = loaded(30, 1).await;
    let known = bench.tenant.ids(Kind::User).await.unwrap();
    let query = format!("search.id={}&search.id={}&search.id=zzzzzzzzzzzz&mode.id=exact", known[3], known[9]);
    let found: BTreeSet<String> =
        ids(&bench.read(&format!("/api/users?{query}")).await).into_iter().collect();
    assert_eq!(found, BTreeSet::from([known[3].clone(), known[9].clone()]));
}

#[tokio::test]
async fn searches_fold_case_outside_ascii_and_exclude_holders_of_a_role() {
    let bench = bench(LogtoQuirks::default()).await;
    let zoe = bench.make("/api/users", json!({ "name": "ZOË van Dijk", "username": "zoe" })).await;
    let bo = bench.make("/api/users", json!({ "name": "Bo Larsen" })).await;
    assert_eq!(ids(&bench.read("/api/users?search=%25zo%C3%AB%25").await), std::slice::from_ref(&zoe));
    assert_eq!(
        ids(&bench.read("/api/users?search.name=%5EB&mode.name=posix").await),
        std::slice::from_ref(&bo)
    );
    assert_eq!(
        bench.get("/api/users?search=%28&mode=posix").await.status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
    let role = bench.make("/api/roles", json!({ "name": "auditor", "description": "Reads" })).await;
    bench.send(Method::POST, &format!("/api/users/{bo}/roles"), &json!({ "roleIds": [role] })).await;
    assert_eq!(ids(&bench.read(&format!("/api/users?excludeRoleId={role}")).await), [zoe]);
    assert_eq!(ids(&bench.read(&format!("/api/roles/{role}/users?search=%25lar%25")).await), [bo]);
    let both = format!("/api/users?excludeRoleId={role}&excludeOrganizationId=x");
    assert_eq!(bench.get(&both).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn head_counts_and_links_miss_the_api() {
    let bench = loaded(45, 1).await;
    let head = bench.request(Method::HEAD, "/api/users?page=2").send().await.unwrap();
    assert_eq!(total(&head), 45);
    let links: Vec<String> =
        head.headers().get_all("link").iter().map(|link| link.to_str().unwrap().to_owned()).collect();
    assert_eq!(links.len(), 4);
    assert_eq!(links[3], format!("<{}/users?page=3>; rel=\"next\"", bench.tenant.base_url()));
    assert!(head.text().await.unwrap().is_empty());
    let followed = bench.get("/users?page=3").await;
    assert_eq!(followed.status(), StatusCode::OK);
    assert_eq!(followed.headers()["content-type"], "text/html; charset=utf-8");
}

#[tokio::test]
async fn some_lists_are_paged_only_when_asked() {
    let bench = bench(LogtoQuirks::default()).await;
    for number in 0..25 {
        let body = json!({ "name": format!("App {number}"), "type": "SPA" });
        bench.make("/api/applications", body).await;
    }
    let all = bench.get("/api/applications").await;
    assert!(all.headers().get("total-number").is_none());
    assert_eq!(ids(&all.json().await.unwrap()).len(), 26);
    let some = bench.get("/api/applications?page=1").await;
    assert_eq!(total(&some), 26);
    assert_eq!(ids(&some.json().await.unwrap()).len(), 20);
}

#[tokio::test]
async fn a_changed_role_moves_to_the_end_of_the_list() {
    let bench = bench(LogtoQuirks::default()).await;
    let first = bench.make("/api/roles", json!({ "name": "a", "description": "A" })).await;
    let second = bench.make("/api/roles", json!({ "name": "b", "description": "B" })).await;
    let order = |list: &Value| ids(list).into_iter().filter(|id| *id != "m-admin").collect::<Vec<_>>();
    assert_eq!(order(&bench.read("/api/roles").await), [first.clone(), second.clone()]);
    bench.send(Method::PATCH, &format!("/api/roles/{first}"), &json!({ "description": "AA" })).await;
    assert_eq!(order(&bench.read("/api/roles").await), [second, first]);
}

#[tokio::test]
async fn the_load_is_the_same_for_the_same_seed_and_holds_what_it_says() {
    let (one, two) = (loaded(300, 10).await, loaded(300, 10).await);
    assert_eq!(one.tenant.ids(Kind::User).await.unwrap(), two.tenant.ids(Kind::User).await.unwrap());
    let organizations = one.read("/api/organizations?showFeatured=true").await;
    let members: u64 =
        organizations.as_array().unwrap().iter().map(|own| own["usersCount"].as_u64().unwrap()).sum();
    assert!((250..500).contains(&members), "{members}");
    let roles = one.read("/api/roles?page_size=100").await;
    let holders: u64 =
        roles.as_array().unwrap().iter().map(|role| role["usersCount"].as_u64().unwrap()).sum();
    assert!((250..450).contains(&holders), "{holders}");
    let (mut tokens, mut factors) = (0, 0);
    for id in one.tenant.ids(Kind::User).await.unwrap() {
        let path = format!("/api/users/{id}");
        let count = |list: Value| list.as_array().unwrap().len();
        tokens += count(
            one.tenant
                .logto_request("GET", &format!("{path}/personal-access-tokens"), Value::Null)
                .await
                .unwrap(),
        );
        factors += count(
            one.tenant.logto_request("GET", &format!("{path}/mfa-verifications"), Value::Null).await.unwrap(),
        );
    }
    assert!(tokens > 5 && factors > 50, "{tokens} {factors}");
}
