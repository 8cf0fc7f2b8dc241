//! Creating, reading, replacing, changing and deleting.

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Kind, Quirks};
use serde_json::{Value, json};

use crate::client::{Bench, TOKEN, bench};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

async fn patched(bench: &Bench, path: &str, operations: Value) -> Value {
    let response = bench.send(Method::PATCH, path, &json!({ "Operations": operations })).await;
    let status = response.status();
    let body: Value = response.json().await.unwrap();
    assert_eq!(status, StatusCode::OK, "{operations}: {body}");
    body
}

async fn refused(bench: &Bench, path: &str, operations: Value) -> (u16, String) {
    let response = bench.send(Method::PATCH, path, &json!({ "Operations": operations })).await;
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    (status, body["scimType"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_created_user_comes_back_with_everything_but_the_password() {
    let bench = bench(Quirks::default()).await;
    let sent = json!({ "schemas": [USER], "userName": "ada", "password": "never shown", "id": "mine", "groups": ["x"],
        "favouriteColour": "grey", "urn:acme:1.0:User": { "desk": 7 } });
    let response = bench.send(Method::POST, "/Users", &sent).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(response.headers()["etag"], "W/\"1\"");
    let created: Value = response.json().await.unwrap();
    let read: Value = bench.http.get(location).bearer_auth(TOKEN).send().await.unwrap().json().await.unwrap();
    assert_eq!(created, read);
    assert_ne!(read["id"], "mine");
    assert_eq!(read["favouriteColour"], "grey");
    assert_eq!(read["urn:acme:1.0:User"]["desk"], 7);
    assert!(read.get("password").is_none() && read.get("groups").is_none());
    assert_eq!(read["meta"]["version"], "W/\"1\"");
}

#[tokio::test]
async fn wrong_records_are_refused_in_the_words_of_the_standard() {
    let bench = bench(Quirks::default()).await;
    bench.tenant.create(Kind::User, json!({ "userName": "ada" })).await.unwrap();
    let cases = [
        (json!({ "schemas": [USER], "userName": "ADA" }), 409, "uniqueness"),
        (json!({ "schemas": [USER] }), 400, "invalidValue"),
        (json!({ "userName": "x" }), 400, "invalidValue"),
        (json!({ "schemas": [USER], "userName": "x", "active": "maybe" }), 400, "invalidValue"),
        (json!({ "schemas": [USER], "userName": "x", "emails": "x@y.example" }), 400, "invalidValue"),
        (json!([1]), 400, "invalidSyntax"),
    ];
    for (sent, status, scim_type) in cases {
        let response = bench.send(Method::POST, "/Users", &sent).await;
        let answered = response.status().as_u16();
        let body: Value = response.json().await.unwrap();
        assert_eq!((answered, body["scimType"].as_str()), (status, Some(scim_type)), "{sent}");
        assert_eq!(body["status"], status.to_string());
    }
    assert_eq!(bench.tenant.count(Kind::User).await.unwrap(), 1);
}

#[tokio::test]
async fn versions_guard_reading_and_writing() {
    let bench = bench(Quirks::default()).await;
    let id = bench.tenant.create(Kind::User, json!({ "userName": "ada" })).await.unwrap();
    let path = format!("/Users/{id}");
    let unchanged =
        bench.request(Method::GET, &path).header("If-None-Match", "W/\"1\"").send().await.unwrap();
    assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
    let operations = json!({ "Operations": [{ "op": "add", "path": "title", "value": "Countess" }] });
    let write = |version: &'static str| {
        bench.request(Method::PATCH, &path).header("If-Match", version).json(&operations).send()
    };
    assert_eq!(write("W/\"1\"").await.unwrap().headers()["etag"], "W/\"2\"");
    assert_eq!(write("W/\"1\"").await.unwrap().status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(
        write("*").await.unwrap().headers()["etag"],
        "W/\"2\"",
        "a change of nothing keeps the version"
    );
    let delete = bench.request(Method::DELETE, &path).header("If-Match", "W/\"1\"").send().await.unwrap();
    assert_eq!(delete.status(), StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn put_replaces_and_delete_removes() {
    let bench = bench(Quirks::default()).await;
    let id =
        bench.tenant.create(Kind::User, json!({ "userName": "ada", "title": "Countess" })).await.unwrap();
    let path = format!("/Users/{id}");
    let put = bench
        .send(Method::PUT, &path, &json!({ "schemas": [USER], "userName": "ada.b", "active": "False" }))
        .await;
    let body: Value = put.json().await.unwrap();
    assert_eq!((body["userName"].as_str(), body["active"].as_bool()), (Some("ada.b"), Some(false)));
    assert!(body.get("title").is_none(), "what a PUT leaves out is gone");
    assert_eq!(bench.request(Method::DELETE, &path).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(bench.get(&path).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(bench.request(Method::DELETE, &path).send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn patches_reach_every_kind_of_path() {
    let bench = bench(Quirks::default()).await;
    let emails = json!([{ "value": "a@work.example", "type": "work", "primary": true }]);
    let id = bench.tenant.create(Kind::User, json!({ "userName": "ada", "emails": emails })).await.unwrap();
    let path = format!("/Users/{id}");
    let home = json!({ "value": "a@home.example", "type": "home", "primary": true });
    let body = patched(
        &bench,
        &path,
        json!([
            { "op": "Replace", "path": "name.familyName", "value": "Byron" },
            { "op": "add", "path": "emails", "value": [home] },
            { "op": "replace", "path": "emails[type eq \"work\"].value", "value": "ada@work.example" },
            { "op": "Add", "value": { "title": "Countess", "id": "ignored" } },
            { "op": "add", "path": format!("{ENTERPRISE}:department"), "value": "Research" },
        ]),
    )
    .await;
    assert_eq!(body["name"]["familyName"], "Byron");
    assert_eq!(body["emails"][0], json!({ "value": "ada@work.example", "type": "work", "primary": false }));
    assert_eq!(body["emails"][1], home, "a new primary address ends the old one's being primary");
    assert_eq!((body["title"].as_str(), body["id"].as_str()), (Some("Countess"), Some(id.as_str())));
    assert_eq!(body[ENTERPRISE]["department"], "Research");
    assert!(body["schemas"].as_array().unwrap().contains(&json!(ENTERPRISE)));
    let body = patched(
        &bench,
        &path,
        json!([
            { "op": "remove", "path": "emails[type eq \"work\"]" }, { "op": "remove", "path": "title" },
        ]),
    )
    .await;
    assert_eq!(body["emails"], json!([home]));
    assert!(body.get("title").is_none());
}

#[tokio::test]
async fn a_wrong_patch_changes_nothing() {
    let bench = bench(Quirks::default()).await;
    let id = bench.tenant.create(Kind::User, json!({ "userName": "ada" })).await.unwrap();
    let path = format!("/Users/{id}");
    let good = json!({ "op": "replace", "path": "title", "value": "Countess" });
    let cases = [
        (json!({ "op": "remove" }), "noTarget"),
        (json!({ "op": "move", "path": "title" }), "invalidSyntax"),
        (json!({ "op": "replace", "path": "emails[", "value": 1 }), "invalidPath"),
        (json!({ "op": "replace", "path": "emails[type eq \"x\"].value", "value": "y" }), "noTarget"),
        (json!({ "op": "replace", "path": "id", "value": "y" }), "mutability"),
        (json!({ "op": "replace", "path": "userName", "value": "" }), "invalidValue"),
    ];
    for (wrong, scim_type) in cases {
        assert_eq!(
            refused(&bench, &path, json!([good, wrong])).await,
            (400, scim_type.to_owned()),
            "{wrong}"
        );
    }
    let user = bench.read(&path).await;
    assert!(user.get("title").is_none(), "the good half of a refused patch did not apply");
    assert_eq!(user["meta"]["version"], "W/\"1\"");
}

#[tokio::test]
async fn members_join_and_leave_groups() {
    let bench = bench(Quirks { user_groups: true, ..Quirks::default() }).await;
    let ada = bench.tenant.create(Kind::User, json!({ "userName": "ada" })).await.unwrap();
    let group =
        bench.send(Method::POST, "/Groups", &json!({ "schemas": [GROUP], "displayName": "Press" })).await;
    let group: Value = group.json().await.unwrap();
    let path = format!("/Groups/{}", group["id"].as_str().unwrap());
    let add = json!([{ "op": "add", "path": "members", "value": [{ "value": ada, "type": "User" }] }]);
    patched(&bench, &path, add.clone()).await;
    let body = patched(&bench, &path, add).await;
    assert_eq!(body["members"].as_array().unwrap().len(), 1, "joining twice is joining once");
    let user = bench.read(&format!("/Users/{ada}")).await;
    assert_eq!(user["groups"][0]["display"], "Press");
    assert_eq!(bench.read("/Users").await["Resources"][0]["groups"], user["groups"]);
    patched(&bench, &path, json!([{ "op": "remove", "path": format!("members[value eq \"{ada}\"]") }])).await;
    assert!(bench.read(&format!("/Users/{ada}")).await.get("groups").is_none());
}
