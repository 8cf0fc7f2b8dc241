//! Each way to differ from the standard.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{
    ConfigQuirk, CountZero, CursorMode, Kind, PageCut, Quirks, RowOrder, Support, TotalQuirk,
};
use serde_json::{Value, json};

use crate::client::{bench, ids, walk};

#[tokio::test]
async fn random_order_differs_for_every_request() {
    let bench =
        bench(Quirks { order: RowOrder::RandomPerRequest, ..Quirks::default() }).await.with(300, 0).await;
    let (first, second) =
        (ids(&bench.read("/Users?count=300").await), ids(&bench.read("/Users?count=300").await));
    assert_ne!(first, second);
    assert_eq!(first.iter().collect::<BTreeSet<_>>(), second.iter().collect::<BTreeSet<_>>());
    let sorted = ids(&bench.read("/Users?sortBy=id&count=300").await);
    assert!(sorted.is_sorted(), "asking for an order still gives it");
}

#[tokio::test]
async fn order_by_id_is_stable() {
    let bench = bench(Quirks { order: RowOrder::ById, ..Quirks::default() }).await.with(300, 0).await;
    let page = ids(&bench.read("/Users?count=300").await);
    assert!(page.is_sorted());
    assert_ne!(page, bench.tenant.ids(Kind::User).await.unwrap());
}

#[tokio::test]
async fn pages_are_cut_silently() {
    let bench = bench(Quirks { page_cut: PageCut::At(7), ..Quirks::default() }).await.with(50, 0).await;
    let page = bench.read("/Users?count=20").await;
    assert_eq!((page["totalResults"].as_u64(), ids(&page).len()), (Some(50), 7));
    assert_eq!(walk(&bench, 20).await.0.len(), 50);
    bench.tenant.set_quirks(Quirks { page_cut: PageCut::Random, ..Quirks::default() });
    assert_eq!(walk(&bench, 20).await, walk(&bench, 9).await, "however pages are cut, everybody comes once");
}

#[tokio::test]
async fn no_page_is_longer_than_the_service_allows() {
    let bench = bench(Quirks { max_results: 10, ..Quirks::default() }).await.with(50, 0).await;
    assert_eq!(ids(&bench.read("/Users?count=5000").await).len(), 10);
    assert_eq!(bench.read("/ServiceProviderConfig").await["filter"]["maxResults"], 10);
}

#[tokio::test]
async fn rows_repeat_across_pages() {
    let bench = bench(Quirks { repeat_rows: 3, ..Quirks::default() }).await.with(40, 0).await;
    let (first, second) =
        (ids(&bench.read("/Users?count=10").await), ids(&bench.read("/Users?startIndex=11&count=10").await));
    assert_eq!(first[7..], second[..3]);
    let quirks = Quirks { repeat_rows: 3, cursor: CursorMode::On, ..Quirks::default() };
    bench.tenant.set_quirks(quirks);
    let (mut seen, mut rows, mut next) = (BTreeSet::new(), 0, Some(String::new()));
    while let Some(cursor) = next {
        let page = bench.read(&format!("/Users?count=10&cursor={cursor}")).await;
        rows += ids(&page).len();
        seen.extend(ids(&page));
        next = page["nextCursor"].as_str().map(str::to_owned);
    }
    assert_eq!(seen.len(), 40);
    assert!(rows > 40, "rows came twice");
}

#[tokio::test]
async fn totals_lie() {
    let bench = bench(Quirks::default()).await.with(50, 0).await;
    let cases = [
        (TotalQuirk::Right, json!(50)),
        (TotalQuirk::CappedByPage, json!(10)),
        (TotalQuirk::OffBy(-4), json!(46)),
        (TotalQuirk::OffBy(9), json!(59)),
        (TotalQuirk::Missing, Value::Null),
    ];
    for (total, expected) in cases {
        bench.tenant.set_quirks(Quirks { total, ..Quirks::default() });
        assert_eq!(bench.read("/Users?count=10").await["totalResults"], expected, "{total:?}");
    }
}

#[tokio::test]
async fn count_zero_is_misunderstood() {
    let bench = bench(Quirks::default()).await.with(50, 0).await;
    let cases =
        [(CountZero::TotalOnly, 50, 0), (CountZero::Everything, 50, 50), (CountZero::TotalZero, 0, 0)];
    for (count_zero, total, rows) in cases {
        bench.tenant.set_quirks(Quirks { count_zero, ..Quirks::default() });
        let page = bench.read("/Users?count=0").await;
        assert_eq!((page["totalResults"].as_u64(), ids(&page).len()), (Some(total), rows), "{count_zero:?}");
    }
}

#[tokio::test]
async fn the_first_row_has_index_zero() {
    let bench = bench(Quirks { start_index_from_zero: true, ..Quirks::default() }).await.with(5, 0).await;
    let all = ids(&bench.read("/Users").await);
    assert_eq!(all.len(), 5);
    assert_eq!(ids(&bench.read("/Users?startIndex=1").await), all[1..]);
}

#[tokio::test]
async fn the_self_description_is_missing_or_wrong() {
    let bench = bench(Quirks { sort: Support::Ignored, ..Quirks::default() }).await;
    let path = "/ServiceProviderConfig";
    let behave = |service_provider_config| {
        bench.tenant.set_quirks(Quirks {
            service_provider_config,
            sort: Support::Ignored,
            ..Quirks::default()
        });
    };
    assert_eq!(bench.read(path).await["sort"]["supported"], false);
    behave(ConfigQuirk::Missing);
    assert_eq!(bench.get(path).await.status(), StatusCode::NOT_FOUND);
    behave(ConfigQuirk::Forbidden);
    assert_eq!(bench.get(path).await.status(), StatusCode::FORBIDDEN);
    behave(ConfigQuirk::Html);
    let html = bench.get(path).await;
    assert!(html.headers()["content-type"].to_str().unwrap().contains("json"));
    assert!(html.text().await.unwrap().starts_with("<!DOCTYPE html>"));
    behave(ConfigQuirk::WrongTypes);
    assert_eq!(bench.read(path).await["filter"]["maxResults"], "many");
    behave(ConfigQuirk::Boasting);
    assert_eq!(bench.read(path).await["sort"]["supported"], true);
}

#[tokio::test]
async fn sort_and_filter_are_ignored_or_refused() {
    let bench = bench(Quirks::default()).await.with(20, 0).await;
    let natural = ids(&bench.read("/Users").await);
    for support in [Support::Ignored, Support::Refused] {
        bench.tenant.set_quirks(Quirks { sort: support, filter: support, ..Quirks::default() });
        for query in ["sortBy=id", "filter=active%20eq%20false"] {
            let response = bench.get(&format!("/Users?{query}")).await;
            if support == Support::Refused {
                assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
            } else {
                assert_eq!(ids(&response.json().await.unwrap()), natural, "{query}");
            }
        }
    }
}

#[tokio::test]
async fn records_come_without_meta_and_versions() {
    let bench = bench(Quirks { no_meta: true, no_etag: true, ..Quirks::default() }).await;
    let id = bench.tenant.create(Kind::User, json!({ "userName": "ada" })).await.unwrap();
    assert!(bench.read("/Users").await["Resources"][0].get("meta").is_none());
    let one = bench
        .request(Method::GET, &format!("/Users/{id}"))
        .header("If-None-Match", "W/\"1\"")
        .send()
        .await
        .unwrap();
    assert_eq!(one.status(), StatusCode::OK);
    assert!(one.headers().get("etag").is_none());
    assert!(one.json::<Value>().await.unwrap().get("meta").is_none());
}

#[tokio::test]
async fn a_deleted_member_stays_or_goes() {
    let bench = bench(Quirks::default()).await;
    for (keep, left) in [(true, 1), (false, 0)] {
        bench.tenant.set_quirks(Quirks { keep_dangling_members: keep, ..Quirks::default() });
        let ada = bench.tenant.create(Kind::User, json!({ "userName": "ada" })).await.unwrap();
        let group = json!({ "displayName": format!("Keeps {keep}"), "members": [{ "value": ada }] });
        let group = bench.tenant.create(Kind::Group, group).await.unwrap();
        bench.request(Method::DELETE, &format!("/Users/{ada}")).send().await.unwrap();
        let members = bench.read(&format!("/Groups/{group}")).await["members"].as_array().unwrap().len();
        assert_eq!(members, left, "keep: {keep}");
    }
}

#[tokio::test]
async fn a_patch_may_answer_nothing() {
    let bench = bench(Quirks { patch_no_content: true, ..Quirks::default() }).await;
    let id = bench.tenant.create(Kind::User, json!({ "userName": "ada" })).await.unwrap();
    let operations = json!({ "Operations": [{ "op": "add", "path": "title", "value": "Countess" }] });
    let response = bench.send(Method::PATCH, &format!("/Users/{id}"), &operations).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert_eq!(response.headers()["etag"], "W/\"2\"");
}
