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
