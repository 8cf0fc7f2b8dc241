//! The traffic of a real server (release 1.42), asked again here: same status, same headers, same shape, same code and
//! words of refusals. Values that a server makes up (ids, times, secrets) are compared by type only.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::{Method, Response};
use rollcall_sandbox::LogtoQuirks;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::client::{APP, Bench, SECRET, bench};

#[derive(Deserialize)]
struct Exchange {
    note: String,
    method: String,
    path: String,
    request_headers: BTreeMap<String, String>,
    request: Value,
    status: u16,
    headers: Vec<(String, String)>,
    body: Value,
}

/// Headers that were recorded.
const RECORDED: [&str; 5] = ["cache-control", "content-type", "total-number", "link", "etag"];

fn recording() -> Vec<Exchange> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/logto/exchanges.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What was on the recorded server before.
async fn furnish(bench: &Bench) {
    let resource = bench
        .make("/api/resources", json!({ "name": "Shop API", "indicator": "https://shop.example" }))
        .await;
    let path = format!("/api/resources/{resource}/scopes");
    let orders = bench.make(&path, json!({ "name": "read:orders" })).await;
    let docs = bench.make("/api/organization-scopes", json!({ "name": "read:docs" })).await;
    let owner = json!({ "name": "owner", "description": "The owner", "organizationScopeIds": [docs],
        "resourceScopeIds": [orders] });
    bench.make("/api/organization-roles", owner).await;
    bench.make("/api/organization-roles", json!({ "name": "viewer" })).await;
}

#[tokio::test]
async fn every_recorded_exchange_is_answered_as_by_the_real_server() {
    let bench = bench(LogtoQuirks::default()).await;
    furnish(&bench).await;
    let mut ids = BTreeMap::from([("m2mapp0000000000000000".to_owned(), APP.to_owned())]);
    let mut differences = Vec::new();
    for (number, exchange) in recording().iter().enumerate() {
        let response = ask(&bench, exchange, &ids).await;
        let mut told = |what: String| differences.push(format!("{number} {}: {what}", exchange.note));
        if response.status().as_u16() != exchange.status {
            told(format!("status {}, recorded {}", response.status(), exchange.status));
        }
        compare_headers(exchange, &response, &bench, &mut told);
        let text = response.text().await.unwrap();
        let body = match &exchange.body {
            Value::Null => json!(text),
            Value::String(_) => json!(text),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                serde_json::from_str(&text).unwrap_or_else(|_| json!(text))
            }
        };
        learn(&exchange.body, &body, &mut ids);
        let mut recorded = if exchange.body.is_null() { json!("") } else { renamed(&exchange.body, &ids) };
        if let ("organisation members", Some(rows)) = (exchange.note.as_str(), recorded.as_array_mut()) {
            // By id, and the ids are others here.
            rows.sort_by_key(|row| row["id"].as_str().unwrap().to_owned());
        }
        compare(&recorded, &body, "", &mut told);
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn the_recording_is_whole() {
    let all = recording();
    assert_eq!(all.len(), 86);
    let methods: BTreeSet<&str> = all.iter().map(|exchange| exchange.method.as_str()).collect();
    assert_eq!(methods, BTreeSet::from(["DELETE", "GET", "PATCH", "POST", "PUT"]));
}

async fn ask(bench: &Bench, exchange: &Exchange, ids: &BTreeMap<String, String>) -> Response {
    let method = Method::from_bytes(exchange.method.as_bytes()).unwrap();
    let url = format!("{}{}", bench.tenant.base_url(), replaced(&exchange.path, ids));
    let mut request = bench.http.request(method, url);
    // The recording leaves the credential out; these two say that there was none, or none that is one.
    request = match exchange.note.as_str() {
        "no authorization" => request,
        "malformed token" => request.bearer_auth("not.a.token"),
        _ => request.bearer_auth(&bench.token),
    };
    let body = renamed(&exchange.request, ids);
    if exchange.path == "/oidc/token" {
        let secret = if exchange.note == "wrong secret" { "guess" } else { SECRET };
        let mut form: BTreeMap<&str, &str> = body
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
            .collect();
        form.extend([("client_id", APP), ("client_secret", secret)]);
        return request.form(&form).send().await.unwrap();
    }
    if !body.is_null() {
        assert_eq!(exchange.request_headers["content-type"], "application/json");
        request = request.json(&body);
    }
    request.send().await.unwrap()
}

fn compare_headers(exchange: &Exchange, response: &Response, bench: &Bench, told: &mut impl FnMut(String)) {
    for name in RECORDED {
        let recorded: Vec<&str> =
            exchange.headers.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect();
        let given: Vec<&str> =
            response.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        let same = match name {
            "link" => recorded.iter().map(|link| relation(link)).eq(given.iter().map(|link| relation(link))),
            "total-number" | "etag" => recorded.len() == given.len(),
            _ => recorded == given,
        };
        if !same {
            told(format!("{name} {given:?}, recorded {recorded:?}"));
        }
        if name == "link" {
            let base = format!("<{}/", bench.tenant.base_url());
            let wrong = |link: &&&str| !link.starts_with(&base) || link.contains("/api/");
            given.iter().filter(wrong).for_each(|link| told(format!("{link} has /api or another host")));
        }
        if let ("etag", Some(tag)) = (name, given.first()) {
            // Length in hexadecimal and 27 characters of a digest, as recorded.
            let (length, digest) = tag.trim_matches('"').split_once('-').unwrap();
            assert!(u64::from_str_radix(length, 16).is_ok() && digest.len() == 27, "{tag}");
        }
    }
}

/// The name of the list, of the parameters and of the relation.
fn relation(link: &str) -> (String, String) {
    let (address, relation) = link.split_once(">; ").unwrap();
    let query = address.split_once('?').unwrap().1;
    let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap()).collect();
    (names.join("&"), relation.to_owned())
}

/// Which id here stands for which recorded one.
fn learn(recorded: &Value, given: &Value, ids: &mut BTreeMap<String, String>) {
    if let (Some(old), Some(new)) = (recorded["id"].as_str(), given["id"].as_str()) {
        ids.insert(old.to_owned(), new.to_owned());
    }
}

fn replaced(text: &str, ids: &BTreeMap<String, String>) -> String {
    // The one id of which only the beginning is asked for.
    let prefix = ids.get("oz2fwap5e7qv").map_or("oz2", |id| &id[..3]);
    let text = text.replace("search.id=oz2%", &format!("search.id={prefix}%"));
    ids.iter().fold(text, |text, (old, new)| text.replace(old, new))
}

fn renamed(value: &Value, ids: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(text) => json!(replaced(text, ids)),
        Value::Array(list) => list.iter().map(|value| renamed(value, ids)).collect(),
        Value::Object(map) => Value::Object(
            map.iter().map(|(name, value)| (name.clone(), renamed(value, ids))).collect::<Map<_, _>>(),
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// Attributes whose values must be the same too: what was sent, and what a refusal says.
const SAME: [&str; 24] = [
    "code",
    "message",
    "details",
    "error_description",
    "username",
    "primaryEmail",
    "primaryPhone",
    "name",
    "customData",
    "profile",
    "identities",
    "isSuspended",
    "hasPassword",
    "expiresAt",
    "type",
    "description",
    "status",
    "invitee",
    "roleIds",
    "addedRoleIds",
    "userIds",
    "organizationRoles",
    "isDefault",
    "token_type",
];

fn compare(recorded: &Value, given: &Value, at: &str, told: &mut impl FnMut(String)) {
    match (recorded, given) {
        (Value::Object(recorded), Value::Object(given)) => {
            let (names, own): (BTreeSet<_>, BTreeSet<_>) =
                (recorded.keys().collect(), given.keys().collect());
            if names != own {
                told(format!("{at} has {own:?}, recorded {names:?}"));
            }
            for (name, value) in recorded {
                let Some(own) = given.get(name) else { continue };
                if SAME.contains(&name.as_str()) && value != own && !at.contains("payload") {
                    told(format!("{at}/{name} is {own}, recorded {value}"));
                }
                compare(value, own, &format!("{at}/{name}"), told);
            }
        }
        (Value::Array(recorded), Value::Array(given)) => {
            if recorded.len() != given.len() {
                told(format!("{at} has {} rows, recorded {}", given.len(), recorded.len()));
            }
            for (place, (recorded, given)) in recorded.iter().zip(given).enumerate() {
                compare(recorded, given, &format!("{at}/{place}"), told);
            }
        }
        (Value::String(recorded), Value::String(given)) => {
            if at.is_empty() && recorded != given {
                told(format!("text {given:?}, recorded {recorded:?}"));
            }
        }
        (recorded, given) => {
            if std::mem::discriminant(recorded) != std::mem::discriminant(given) {
                told(format!("{at} is {given}, recorded {recorded}"));
            }
        }
    }
}
