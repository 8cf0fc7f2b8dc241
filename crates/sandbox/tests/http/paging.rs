//! Index and cursor paging.

use std::collections::BTreeSet;

use rollcall_sandbox::{CursorMode, Kind, Quirks};

use crate::client::{bench, ids, walk};

#[tokio::test]
async fn an_index_walk_meets_every_user_once() {
    let bench = bench(Quirks::default()).await.with(2_345, 10).await;
    let (seen, rows) = walk(&bench, 500).await;
    assert_eq!((seen.len(), rows), (2_345, 2_345));
    let stored: BTreeSet<String> = bench.tenant.ids(Kind::User).await.unwrap().into_iter().collect();
    assert_eq!(seen, stored);
}

#[tokio::test]
async fn a_page_says_where_it_is() {
    let bench = bench(Quirks::default()).await.with(30, 0).await;
    let page = bench.read("/Users?startIndex=26&count=10").await;
    assert_eq!(page["totalResults"], 30);
    assert_eq!(page["startIndex"], 26);
    assert_eq!(page["itemsPerPage"], 5);
    assert_eq!(ids(&page).len(), 5);
    let zero = bench.read("/Users?count=0").await;
    assert_eq!((zero["totalResults"].as_u64(), ids(&zero).len()), (Some(30), 0));
    let negative = bench.read("/Users?startIndex=-5&count=-1").await;
    assert_eq!((negative["startIndex"].as_u64(), ids(&negative).len()), (Some(1), 0));
}

#[tokio::test]
async fn a_cursor_walk_meets_every_user_once_while_others_are_deleted() {
    let quirks = Quirks { cursor: CursorMode::On, ..Quirks::default() };
    let bench = bench(quirks).await.with(1_000, 0).await;
    let first = bench.read("/Users?cursor=&count=300").await;
    let mut seen = ids(&first);
    bench.tenant.delete(Kind::User, &seen[7].clone()).await.unwrap();
    let mut next = first["nextCursor"].as_str().map(str::to_owned);
    while let Some(cursor) = next {
        let page = bench.read(&format!("/Users?cursor={cursor}&count=300")).await;
        seen.extend(ids(&page));
        next = page["nextCursor"].as_str().map(str::to_owned);
    }
    assert_eq!(seen.len(), 1_000, "a row deleted behind the cursor moves nothing");
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 1_000);
}

#[tokio::test]
async fn wrong_and_expired_cursors_are_refused() {
    let quirks = Quirks { cursor: CursorMode::On, ..Quirks::default() };
    let bench = bench(quirks.clone()).await.with(30, 0).await;
    let first = bench.read("/Users?cursor=&count=10").await;
    let cursor = first["nextCursor"].as_str().unwrap();
    let refused = |path: String| {
        let bench = &bench;
        async move {
            let response = bench.get(&path).await;
            assert_eq!(response.status(), 400, "{path}");
            response.json::<serde_json::Value>().await.unwrap()["scimType"].clone()
        }
    };
    assert_eq!(refused("/Users?cursor=nonsense".to_owned()).await, "invalidCursor");
    assert_eq!(refused(format!("/Users?cursor={cursor}&sortBy=id")).await, "invalidCursor");
    assert_eq!(refused("/Users?count=many".to_owned()).await, "invalidCount");
    bench.tenant.set_quirks(Quirks { cursor_timeout_seconds: 0, ..quirks });
    assert_eq!(refused(format!("/Users?cursor={cursor}")).await, "expiredCursor");
}

#[tokio::test]
async fn a_service_with_cursors_only_says_so_and_refuses_an_index() {
    let bench = bench(Quirks { cursor: CursorMode::Only, ..Quirks::default() }).await.with(30, 0).await;
    let config = bench.read("/ServiceProviderConfig").await;
    assert_eq!(
        (config["pagination"]["cursor"].as_bool(), config["pagination"]["index"].as_bool()),
        (Some(true), Some(false))
    );
    assert!(bench.read("/Users?count=10").await["nextCursor"].is_string());
    assert_eq!(bench.get("/Users?startIndex=11&count=10").await.status(), 400);
}

#[tokio::test]
async fn a_service_without_cursors_ignores_them() {
    let bench = bench(Quirks::default()).await.with(30, 0).await;
    let page = bench.read("/Users?cursor=&count=10").await;
    assert_eq!(page["startIndex"], 1);
    assert!(page.get("nextCursor").is_none());
}

#[tokio::test]
async fn a_hundred_thousand_users_are_a_hundred_thousand_ids() {
    let bench = bench(Quirks { max_results: 5_000, ..Quirks::default() }).await.with(100_000, 50).await;
    let (seen, rows) = walk(&bench, 5_000).await;
    assert_eq!((seen.len(), rows), (100_000, 100_000));
}
