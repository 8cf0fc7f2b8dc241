//! What a client of the real service has to live with.

use reqwest::{Method, StatusCode};
use rollcall_sandbox::{Clock, LogtoQuirks, MailConnector, RateLimit};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::client::{NOW, bench, ids};

#[tokio::test]
async fn unknown_routes_are_text_and_unknown_things_are_json() {
    let bench = bench(LogtoQuirks::default()).await;
    let nobody = "/api/users/zzzzzzzzzzzz";
    for (method, path, status, code) in [
        (Method::GET, "/api/nope", 404, None),
        (Method::PUT, "/api/users", 405, None),
        (Method::GET, nobody, 404, Some("entity.not_found")),
        (Method::GET, "/api/roles/zzz", 404, Some("entity.not_exists_with_id")),
        (Method::GET, "/api/organizations/zzz", 404, Some("entity.not_exists_with_id")),
        (Method::GET, "/api/organization-invitations/zzz", 404, Some("entity.not_found")),
    ] {
        let (given, body) = bench.send(method, path, &Value::Null).await;
        assert_eq!((given, body["code"].as_str()), (status, code), "{path}");
        assert_eq!(body.is_string(), code.is_none(), "{path}: {body}");
    }
    for (path, name) in [("sessions", "sessions"), ("grants", "grants")] {
        assert_eq!(bench.read(&format!("{nobody}/{path}")).await, json!({ name: [] }));
    }
    assert_eq!(bench.read("/api/organizations/zzz/users").await, json!([]));
}

#[tokio::test]
async fn patching_a_user_replaces_and_patching_its_parts_merges() {
    let bench = bench(LogtoQuirks::default()).await;
    let body =
        json!({ "name": "Ada", "customData": { "a": 1, "b": { "c": 1 } }, "profile": { "nickname": "ada" } });
    let path = format!("/api/users/{}", bench.make("/api/users", body).await);
    let merged = bench
        .send(Method::PATCH, &format!("{path}/custom-data"), &json!({ "customData": { "b": null } }))
        .await;
    assert_eq!(merged, (200, json!({ "a": 1, "b": null })), "null is stored");
    let profile = bench
        .send(Method::PATCH, &format!("{path}/profile"), &json!({ "profile": { "locale": "nl" } }))
        .await;
    assert_eq!(profile.1, json!({ "nickname": "ada", "locale": "nl" }));
    let (_, user) = bench.send(Method::PATCH, &path, &json!({ "customData": { "z": 1 }, "name": "" })).await;
    assert_eq!((&user["customData"], &user["name"]), (&json!({ "z": 1 }), &Value::Null));
}

#[tokio::test]
async fn a_role_named_twice_in_one_request_crashes_the_service_and_changes_nothing() {
    let bench = bench(LogtoQuirks::default()).await;
    let (user, role) = (
        bench.user("ada@example.com").await,
        bench.make("/api/roles", json!({ "name": "a", "description": "A" })).await,
    );
    let path = format!("/api/users/{user}/roles");
    let (status, body) = bench.send(Method::POST, &path, &json!({ "roleIds": [role, role] })).await;
    assert_eq!((status, body), (500, json!({ "message": "Internal server error." })));
    assert_eq!(bench.read(&path).await, json!([]));
    let (_, given) = bench.send(Method::POST, &path, &json!({ "roleIds": [role] })).await;
    assert_eq!(given["addedRoleIds"], json!([role]));
    let (_, again) = bench.send(Method::POST, &path, &json!({ "roleIds": [role] })).await;
    assert_eq!(again["addedRoleIds"], json!([]));
    let (status, body) = bench.send(Method::POST, &path, &json!({ "roleIds": ["m-admin"] })).await;
    assert_eq!((status, body["code"].as_str()), (422, Some("user.invalid_role_type")));
}

#[tokio::test]
async fn an_invitation_expires_when_it_is_read_and_can_be_made_again() {
    let bench = bench(LogtoQuirks::default()).await;
    let organization = bench.make("/api/organizations", json!({ "name": "Carto" })).await;
    let body =
        json!({ "organizationId": organization, "invitee": "new@example.com", "expiresAt": NOW + 60_000 });
    let path =
        format!("/api/organization-invitations/{}", bench.make("/api/organization-invitations", body).await);
    let before = bench.read(&path).await;
    assert_eq!(before["status"], "Pending");
    bench.tenant.set_clock(Clock::set_to(NOW + 61_000));
    let after = bench.read(&path).await;
    assert_eq!((&after["status"], &after["updatedAt"]), (&json!("Expired"), &before["updatedAt"]));
    let (status, body) = bench.send(Method::POST, &format!("{path}/message"), &json!({})).await;
    assert_eq!(
        (status, body["code"].as_str()),
        (501, Some("connector.not_found")),
        "no e-mail connector yet"
    );
    bench.tenant.set_logto_quirks(LogtoQuirks { mail: MailConnector::Works, ..LogtoQuirks::default() });
    assert_eq!(
        bench.send(Method::POST, &format!("{path}/message"), &json!({})).await.0,
        204,
        "in any status"
    );
    let (status, body) =
        bench.send(Method::PUT, &format!("{path}/status"), &json!({ "status": "Revoked" })).await;
    assert_eq!((status, body["code"].as_str()), (422, Some("request.invalid_input")));
    let again =
        json!({ "organizationId": organization, "invitee": "new@example.com", "expiresAt": NOW + 600_000 });
    bench.make("/api/organization-invitations", again.clone()).await;
    let (status, _) = bench.send(Method::POST, "/api/organization-invitations", &again).await;
    assert_eq!(status, 422, "a pending one keeps others away");
}

#[tokio::test]
async fn an_accepted_invitation_makes_a_member_with_its_roles() {
    let bench = bench(LogtoQuirks::default()).await;
    let organization = bench.make("/api/organizations", json!({ "name": "Carto" })).await;
    let role = bench.make("/api/organization-roles", json!({ "name": "admin" })).await;
    let user = bench.user("Ada@Example.com").await;
    let body = json!({ "organizationId": organization, "invitee": "ada@example.com", "expiresAt": NOW + 60_000,
        "organizationRoleIds": [role] });
    let path = format!(
        "/api/organization-invitations/{}/status",
        bench.make("/api/organization-invitations", body).await
    );
    let (status, _) =
        bench.send(Method::PUT, &path, &json!({ "status": "Accepted", "acceptedUserId": user })).await;
    assert_eq!(status, 200);
    let members = bench.read(&format!("/api/organizations/{organization}/users")).await;
    assert_eq!(members[0]["organizationRoles"], json!([{ "id": role, "name": "admin" }]));
    assert!(members[0].get("hasPassword").is_none());
    assert_eq!(bench.read(&format!("/api/users/{user}/organizations")).await[0]["id"], organization);
}

#[tokio::test]
async fn a_deleted_user_takes_memberships_and_sent_invitations_along() {
    let bench = bench(LogtoQuirks::default()).await;
    let organization = bench.make("/api/organizations", json!({ "name": "Carto" })).await;
    let user = bench.user("ada@example.com").await;
    bench
        .send(
            Method::POST,
            &format!("/api/organizations/{organization}/users"),
            &json!({ "userIds": [user] }),
        )
        .await;
    let body = json!({ "organizationId": organization, "invitee": "b@example.com", "expiresAt": NOW + 60_000,
        "inviterId": user });
    bench.make("/api/organization-invitations", body).await;
    assert_eq!(bench.send(Method::DELETE, &format!("/api/users/{user}"), &Value::Null).await.0, 204);
    assert_eq!(bench.read("/api/organization-invitations").await, json!([]));
    assert_eq!(bench.read(&format!("/api/organizations/{organization}/users")).await, json!([]));
}

#[tokio::test]
async fn organisation_roles_need_membership() {
    let bench = bench(LogtoQuirks::default()).await;
    let organization = bench.make("/api/organizations", json!({ "name": "Carto" })).await;
    let user = bench.user("ada@example.com").await;
    let path = format!("/api/organizations/{organization}/users/{user}/roles");
    let (status, body) = bench.send(Method::GET, &path, &Value::Null).await;
    assert_eq!((status, body["code"].as_str()), (422, Some("organization.require_membership")));
    let robot =
        bench.make("/api/organization-roles", json!({ "name": "bot", "type": "MachineToMachine" })).await;
    bench
        .send(
            Method::POST,
            &format!("/api/organizations/{organization}/users"),
            &json!({ "userIds": [user] }),
        )
        .await;
    let (status, body) = bench.send(Method::POST, &path, &json!({ "organizationRoleIds": [robot] })).await;
    assert_eq!((status, body["code"].as_str()), (422, Some("entity.db_constraint_violated")));
}

#[tokio::test]
async fn refusals_speak_the_language_of_the_client_and_keep_their_code() {
    let bench = bench(LogtoQuirks::default()).await;
    let mut said = Vec::new();
    for language in ["en-US", "fr-CA, en;q=0.5", "pl, fr"] {
        let request = bench.request(Method::GET, "/api/users/zzz").header("Accept-Language", language);
        let body: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(body["code"], "entity.not_found");
        said.push(body["message"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        said,
        ["The resource does not exist.", "La ressource n'existe pas.", "La ressource n'existe pas."]
    );
}

#[tokio::test]
async fn an_unchanged_answer_is_not_sent_again() {
    let bench = bench(LogtoQuirks::default()).await;
    let user = bench.user("ada@example.com").await;
    let path = format!("/api/users/{user}");
    let tag = bench.get(&path).await.headers()["etag"].clone();
    let again = bench.request(Method::GET, &path).header("If-None-Match", tag.clone()).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert!(again.headers().contains_key("logto-core-request-id"));
    bench.send(Method::PATCH, &path, &json!({ "name": "Ada L" })).await;
    let changed = bench.request(Method::GET, &path).header("If-None-Match", tag).send().await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_body_without_its_type_or_without_sense_is_refused_in_its_own_way() {
    let bench = bench(LogtoQuirks::default()).await;
    let path = format!("/api/users/{}", bench.user("ada@example.com").await);
    let untyped = bench.request(Method::PATCH, &path).body(r#"{"name":"x"}"#).send().await.unwrap();
    assert_eq!(untyped.json::<Value>().await.unwrap()["code"], "entity.invalid_input");
    let broken = bench
        .request(Method::PATCH, &path)
        .header("Content-Type", "application/json")
        .body("{")
        .send()
        .await
        .unwrap();
    assert_eq!(broken.status(), StatusCode::BAD_REQUEST);
    let broken: Value = broken.json().await.unwrap();
    assert!(broken["message"].is_string() && broken.get("code").is_none());
}

#[tokio::test]
async fn the_cloud_refuses_after_its_burst_without_saying_until_when() {
    assert_eq!(LogtoQuirks::cloud().rate_limit, Some(RateLimit { burst: 200, per_second: 20 }));
    let limit = Some(RateLimit { burst: 6, per_second: 0 });
    let bench = bench(LogtoQuirks { rate_limit: limit, ..LogtoQuirks::default() }).await;
    let mut answers = Vec::new();
    for _ in 0..8 {
        answers.push(bench.get("/api/users").await);
    }
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status().as_u16()).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429, 429, 429], "one went to the token");
    assert!(answers[7].headers().get("retry-after").is_none());
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let bench = bench(LogtoQuirks { keep_alive_ms: 40, ..LogtoQuirks::default() }).await;
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", bench.sandbox.port())).await.unwrap();
    stream.write_all(b"GET /acme/api/status HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut text = String::new();
    // Ends only because the service closes the connection.
    stream.read_to_string(&mut text).await.unwrap();
    assert!(text.starts_with("HTTP/1.1 204"), "{text}");
    assert!(!text.to_lowercase().contains("connection: close"));
}

#[tokio::test]
async fn logs_are_filtered_by_time_and_know_no_user_of_a_failed_sign_in() {
    let bench = bench(LogtoQuirks::default()).await;
    assert_eq!(bench.get("/api/logs?start_time=2&end_time=2").await.status(), StatusCode::BAD_REQUEST);
    let all = bench.read(&format!("/api/logs?start_time={NOW}&enableCap=true")).await;
    assert_eq!(ids(&all).len(), 1, "the request for a token");
    assert_eq!(bench.read(&format!("/api/logs?end_time={}", NOW - 1)).await, json!([]));
    let one = bench.read(&format!("/api/logs/{}", ids(&all)[0])).await;
    assert_eq!(one, all[0]);
}

#[tokio::test]
async fn access_tokens_are_listed_with_their_values() {
    let bench = bench(LogtoQuirks::default()).await;
    let path = format!("/api/users/{}/personal-access-tokens", bench.user("ada@example.com").await);
    let (_, made) =
        bench.send(Method::POST, &path, &json!({ "name": "ci/cd", "expiresAt": NOW + 60_000 })).await;
    bench.tenant.set_clock(Clock::set_to(NOW + 61_000));
    assert_eq!(bench.read(&path).await, json!([made]), "expired ones too");
    let (status, renamed) = bench
        .send(Method::PATCH, &path, &json!({ "currentName": "ci/cd", "name": "ci", "expiresAt": 1 }))
        .await;
    assert_eq!((status, &renamed["value"], &renamed["expiresAt"]), (200, &made["value"], &made["expiresAt"]));
    assert_eq!(bench.send(Method::DELETE, &format!("{path}/ci"), &Value::Null).await.0, 204);
    assert_eq!(bench.read(&path).await, json!([]));
}
