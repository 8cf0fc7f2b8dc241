//! Filters, sorting, projections, search by POST.

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Kind, Quirks};
use serde_json::{Value, json};

use crate::client::{Bench, bench, ids, texts};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

async fn three_people() -> Bench {
    let bench = bench(Quirks::default()).await;
    let people = [
        json!({ "userName": "ada@acme.example", "name": { "familyName": "Byron", "givenName": "Ada" }, "active": true,
            "emails": [{ "value": "ada@acme.example", "type": "work" }, { "value": "ada@home.example", "type": "home" }],
            ENTERPRISE: { "department": "Research", "employeeNumber": "7" }, "age": 36 }),
        json!({ "userName": "Émile@acme.example", "name": { "familyName": "Zola" }, "active": false, "title": "Writer",
            "emails": [{ "value": "emile@work.example", "type": "work" }], ENTERPRISE: { "department": "Press" }, "age": 62 }),
        json!({ "userName": "robot", "active": true, "urn:acme:custom:1.0:User": { "colour": "grey" }, "age": 3 }),
    ];
    for person in people {
        bench.tenant.create(Kind::User, person).await.unwrap();
    }
    bench
}

#[tokio::test]
async fn filters_give_what_the_standard_says() {
    let bench = three_people().await;
    let (ada, emile, robot) = ("ada@acme.example", "Émile@acme.example", "robot");
    let cases: &[(&str, &[&str])] = &[
        (r#"userName eq "ADA@acme.example""#, &[ada]),
        (r#"USERNAME sw "ad" and active EQ true"#, &[ada]),
        (r#"userName ne "robot""#, &[ada, emile]),
        (r#"name.familyName co "YRO""#, &[ada]),
        (r#"userName ew "acme.example""#, &[ada, emile]),
        ("title pr", &[emile]),
        ("not (title pr)", &[ada, robot]),
        (r#"title pr or userName eq "robot""#, &[emile, robot]),
        (r#"userName eq "robot" or active eq false and title pr"#, &[emile, robot]),
        (r#"(userName eq "robot" or active eq false) and title pr"#, &[emile]),
        (r#"emails[type eq "work" and value ew "acme.example"]"#, &[ada]),
        (r#"emails[type eq "home" and value ew "acme.example"]"#, &[]),
        (r#"emails.type eq "home""#, &[ada]),
        (r#"emails co "work.example""#, &[emile]),
        (r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "press""#, &[emile]),
        (r#"urn:ietf:params:scim:schemas:core:2.0:User:userName eq "robot""#, &[robot]),
        (r#"urn:acme:custom:1.0:User:colour eq "grey""#, &[robot]),
        ("age gt 36", &[emile]),
        ("age ge 36 and age le 62", &[ada, emile]),
        ("age lt 36.5", &[ada, robot]),
        ("title eq null", &[ada, robot]),
        (r#"meta.lastModified gt "2020-01-01T00:00:00Z""#, &[ada, emile, robot]),
        (r#"meta.lastModified lt "2020-01-01T02:00:00+02:00""#, &[]),
        (r#"nosuch eq "x""#, &[]),
        (r#"userName eq "quote \" and ) bracket""#, &[]),
    ];
    for (filter, expected) in cases {
        assert_eq!(bench.names(&[("filter", *filter)]).await, *expected, "{filter}");
    }
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_is_refused() {
    let bench = three_people().await;
    let wrong = [
        "userName",
        "userName xx \"a\"",
        "userName eq",
        "userName eq \"a",
        "(userName pr",
        "userName pr)",
        "and",
        "",
        "emails[type eq \"work\"",
        "active gt true",
        "age co 3",
        "userName eq bare",
        "1 eq 1",
        &format!("{}userName pr{}", "(".repeat(200), ")".repeat(200)),
    ];
    for filter in wrong {
        let response =
            bench.request(Method::GET, "/Users").query(&[("filter", filter)]).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{filter}");
        assert_eq!(response.json::<Value>().await.unwrap()["scimType"], "invalidFilter", "{filter}");
    }
}

#[tokio::test]
async fn lists_sort_by_any_simple_path() {
    let bench = three_people().await;
    let (ada, emile, robot) = ("ada@acme.example", "Émile@acme.example", "robot");
    let cases: &[(&str, &str, [&str; 3])] = &[
        ("userName", "ascending", [ada, robot, emile]),
        ("userName", "descending", [emile, robot, ada]),
        ("name.familyName", "ascending", [ada, emile, robot]),
        ("name.familyName", "descending", [robot, emile, ada]),
        ("age", "ascending", [robot, ada, emile]),
        ("meta.lastModified", "descending", [robot, emile, ada]),
        ("emails.value", "ascending", [ada, emile, robot]),
    ];
    for (by, order, expected) in cases {
        assert_eq!(bench.names(&[("sortBy", *by), ("sortOrder", *order)]).await, expected, "{by} {order}");
    }
    let list = bench.read("/Users?sortBy=id").await;
    let mut sorted = ids(&list);
    sorted.sort();
    assert_eq!(ids(&list), sorted);
}

#[tokio::test]
async fn a_sorted_and_filtered_list_pages_like_any_other() {
    let bench = bench(Quirks::default()).await.with(700, 0).await;
    let mut seen = Vec::new();
    for start in [1, 301, 601] {
        let query =
            format!("/Users?filter=active%20eq%20true&sortBy=name.familyName&startIndex={start}&count=300");
        seen.extend(ids(&bench.read(&query).await));
    }
    let total =
        bench.read("/Users?filter=active%20eq%20true&count=0").await["totalResults"].as_u64().unwrap();
    assert!(total < 700, "some generated people are suspended");
    assert_eq!(seen.len() as u64, total);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len() as u64, total, "no row came twice");
}

#[tokio::test]
async fn answers_hold_the_attributes_asked_for() {
    let bench = three_people().await;
    let row = |list: Value| list["Resources"][0].clone();
    let only =
        row(bench.read(&format!("/Users?attributes=userName,emails.value,{ENTERPRISE}:department")).await);
    let mut keys: Vec<_> = only.as_object().unwrap().keys().cloned().collect();
    keys.sort();
    assert_eq!(keys, ["emails", "id", "schemas", ENTERPRISE, "userName"]);
    assert_eq!(only["emails"], json!([{ "value": "ada@acme.example" }, { "value": "ada@home.example" }]));
    assert_eq!(only[ENTERPRISE], json!({ "department": "Research" }));
    let without = row(bench.read("/Users?excludedAttributes=emails,id,name.givenName").await);
    assert!(without.get("emails").is_none());
    assert!(without["id"].is_string(), "id is always returned");
    assert_eq!(without["name"], json!({ "familyName": "Byron" }));
}

#[tokio::test]
async fn a_search_by_post_is_the_same_list() {
    let bench = three_people().await;
    let search = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        "filter": "active eq true", "sortBy": "userName", "sortOrder": "descending", "attributes": ["userName"], "count": 1 });
    let found: Value = bench.send(Method::POST, "/Users/.search", &search).await.json().await.unwrap();
    assert_eq!(found["totalResults"], 2);
    assert_eq!(texts(&found, "userName"), ["robot"]);
    bench.tenant.create(Kind::Group, json!({ "displayName": "Everybody" })).await.unwrap();
    let everything: Value = bench.send(Method::POST, "/.search", &json!({})).await.json().await.unwrap();
    assert_eq!(everything["totalResults"], 4, "the root search covers users and groups");
}

#[tokio::test]
async fn the_service_describes_itself() {
    let bench = bench(Quirks::default()).await;
    let config = bench.read("/ServiceProviderConfig").await;
    assert_eq!(config["filter"], json!({ "supported": true, "maxResults": 1000 }));
    assert!(config.get("pagination").is_none());
    assert_eq!(bench.read("/ResourceTypes").await["totalResults"], 2);
    assert_eq!(bench.read("/ResourceTypes/Group").await["endpoint"], "/Groups");
    assert_eq!(bench.read("/Schemas").await["totalResults"], 3);
    assert_eq!(bench.read(&format!("/Schemas/{ENTERPRISE}")).await["name"], "EnterpriseUser");
    assert_eq!(bench.get("/Schemas?filter=id%20pr").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(bench.get("/Me").await.status(), StatusCode::NOT_IMPLEMENTED);
    assert_eq!(bench.get("/Nothing").await.status(), StatusCode::NOT_FOUND);
}
