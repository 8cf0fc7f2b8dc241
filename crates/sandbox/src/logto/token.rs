//! `POST /oidc/token`: client credentials, with every refusal of the real one; and who may call the Management API.

use std::sync::PoisonError;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde_json::{Map, Value, json};

use super::call::{Answer, Ctx, Outcome};
use super::jwt;
use super::refusal::Refusal;
use super::store::{
    Detail, Edge, Entity, EntityKind, LogRow, details, edges_to, entities, entity, entity_by_seq, insert_log,
};
use crate::scim::decode_basic;
use crate::state::TenantState;
use crate::{Credential, Secret};

/// The identifier of the Management API: a constant, whatever the address of the service is.
pub const INDICATOR: &str = "https://default.logto.app/api";

/// Gives a token, and writes what happened to the log.
pub fn grant(ctx: &mut Ctx<'_>) -> Outcome {
    let mut client = None;
    let given = issue(ctx, &mut client);
    let Some((application, secret)) = client else { return given };
    let agent = ctx.headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut payload = json!({
        "key": "ExchangeTokenBy.ClientCredentials",
        "result": if given.is_ok() { "Success" } else { "Error" },
        "ip": "127.0.0.1",
        "userAgent": agent,
        "userAgentParsed": { "ua": agent, "browser": {}, "device": {}, "engine": {}, "os": {}, "cpu": {} },
        "applicationId": application.id,
        "params": masked(&ctx.body, secret.is_some()),
        "tokenTypes": if given.is_ok() { json!(["AccessToken"]) } else { json!([]) },
    });
    if let (Some(map), Some(name)) = (payload.as_object_mut(), secret) {
        map.insert("applicationSecret".to_owned(), json!({ "name": name }));
    }
    if let (Some(map), Err(refusal)) = (payload.as_object_mut(), &given) {
        map.insert("error".to_owned(), Value::from(refusal.written(false).1));
    }
    let log = LogRow {
        id: ctx.new_id(21),
        key: "ExchangeTokenBy.ClientCredentials".to_owned(),
        created: ctx.now,
        user_id: None,
        application_id: Some(application.id),
        payload: payload.to_string(),
    };
    insert_log(&ctx.db.conn, ctx.id(), &log)?;
    given
}

/// The form as the log keeps it. A client that is not let in has every secret a form can have masked, given or not; one
/// that names no resource has its scope taken away.
fn masked(form: &Map<String, Value>, let_in: bool) -> Map<String, Value> {
    let mut form = form.clone();
    form.remove("client_id");
    let usual = ["actor_token", "refresh_token", "subject_token"];
    let secrets = if let_in { &[] } else { usual.as_slice() };
    for name in secrets.iter().chain(&["client_secret"]) {
        form.insert((*name).to_owned(), Value::from("******"));
    }
    if !form.contains_key("resource") {
        form.insert("scope".to_owned(), Value::from(""));
    }
    form
}

/// The answer; `client` becomes the application (and the name of its secret) as soon as it is known.
fn issue(ctx: &Ctx<'_>, client: &mut Option<(Entity, Option<String>)>) -> Outcome {
    let basic = ctx
        .headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, value)| decode_basic(value.trim()));
    let field = |name: &str| ctx.body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (id, secret) = basic.unwrap_or_else(|| (field("client_id"), field("client_secret")));
    if id.is_empty() || secret.is_empty() {
        return Err(Refusal::oidc(
            400,
            "oidc.invalid_request",
            "no client authentication mechanism provided",
        ));
    }
    let application = entity(&ctx.db.conn, ctx.id(), EntityKind::Application, &id)?
        .ok_or_else(|| Refusal::oidc(400, "oidc.invalid_client", format!("invalid client {id}")))?;
    let machine = application.text("type") == "MachineToMachine";
    let (_, used) = client.insert((application.clone(), None));
    *used = Some(check_secret(ctx, &application, &secret)?);
    if field("grant_type") != "client_credentials" {
        return Err(Refusal::oidc(400, "oidc.unsupported_grant_type", "unsupported grant_type requested"));
    }
    if !machine {
        let reason = "requested grant type is not allowed for this client";
        return Err(Refusal::oidc(400, "oidc.unauthorized_client", reason));
    }
    let resource = resource(ctx, &field("resource"))?;
    token(ctx, &application, &resource, &field("scope"))
}

/// The name of the secret that fits.
fn check_secret(ctx: &Ctx<'_>, application: &Entity, given: &str) -> Result<String, Refusal> {
    for secret in secrets(ctx, application)? {
        let text = |name: &str| secret.get(name).and_then(Value::as_str).unwrap_or_default();
        if !Secret::new(text("value")).matches(given) {
            continue;
        }
        if secret.get("expiresAt").and_then(Value::as_i64).is_some_and(|end| end <= ctx.now) {
            return Err(Refusal::oidc(400, "oidc.invalid_request", "client secret has expired"));
        }
        return Ok(text("name").to_owned());
    }
    Err(Refusal::oidc(401, "oidc.invalid_client", "client authentication failed"))
}

/// The secrets of an application with their values. Those that the sandbox was started with live in memory only.
pub fn secrets(ctx: &Ctx<'_>, application: &Entity) -> rusqlite::Result<Vec<Map<String, Value>>> {
    let mut all = details(&ctx.db.conn, application.seq, Detail::Secret)?;
    let credentials = ctx.tenant.credentials.read().unwrap_or_else(PoisonError::into_inner);
    let own = credentials.iter().find_map(|credential| match credential {
        Credential::OAuthClient { id, secret, .. } if *id == application.id => Some(secret),
        Credential::OAuthClient { .. } | Credential::Bearer(_) | Credential::Basic { .. } => None,
    });
    if let Some(own) = own {
        let unset = |secret: &&mut Map<String, Value>| secret.get("value") == Some(&Value::Null);
        for secret in all.iter_mut().filter(unset) {
            secret.insert("value".to_owned(), Value::from(own.expose()));
        }
    }
    Ok(all)
}

fn resource(ctx: &Ctx<'_>, indicator: &str) -> Result<Entity, Refusal> {
    let refused = |reason: &str| Refusal::oidc(400, "oidc.invalid_target", reason);
    if indicator.is_empty() {
        return Err(refused("both `resource` and `organization_id` are not provided"));
    }
    if url::Url::parse(indicator).is_err() {
        return Err(refused("resource indicator must be an absolute URI"));
    }
    let all = entities(&ctx.db.conn, ctx.id(), EntityKind::Resource, None)?;
    all.into_iter()
        .find(|resource| resource.text("indicator") == indicator)
        .ok_or_else(|| refused("resource indicator is missing, or unknown"))
}

fn token(ctx: &Ctx<'_>, application: &Entity, resource: &Entity, asked: &str) -> Outcome {
    let allowed = scopes_of(ctx, application, resource)?;
    let scope: Vec<&str> =
        asked.split_whitespace().filter(|name| allowed.iter().any(|own| own == name)).collect();
    let Some(logto) = &ctx.tenant.logto else { return Err(Refusal::crash()) };
    let usual = resource.value.get("accessTokenTtl").and_then(Value::as_u64).unwrap_or(3600);
    let seconds = logto.quirks().token_seconds.unwrap_or(usual);
    let issued = ctx.now / 1000;
    let mut claims = json!({
        "jti": ctx.new_secret(21), "sub": application.id, "client_id": application.id, "iat": issued,
        "exp": issued.saturating_add_unsigned(seconds), "iss": format!("{}/oidc", ctx.endpoint),
        "aud": resource.text("indicator"),
    });
    let mut answer = json!({ "expires_in": seconds, "token_type": "Bearer" });
    if !scope.is_empty() {
        for value in [&mut claims, &mut answer] {
            if let Some(map) = value.as_object_mut() {
                map.insert("scope".to_owned(), Value::from(scope.join(" ")));
            }
        }
    }
    if let Some(map) = answer.as_object_mut() {
        map.insert("access_token".to_owned(), Value::from(jwt::sign(&logto.key, &claims)));
    }
    Ok(Answer::ok(answer))
}

/// What the roles of an application allow at a resource.
fn scopes_of(ctx: &Ctx<'_>, application: &Entity, resource: &Entity) -> rusqlite::Result<Vec<String>> {
    let conn = &ctx.db.conn;
    let mut names = Vec::new();
    for role in edges_to(conn, Edge::RoleApplication, application.seq)? {
        for scope in super::store::edges_from(conn, Edge::RoleScope, role)? {
            let scope = entity_by_seq(conn, scope)?.filter(|scope| scope.parent == resource.seq);
            names.extend(scope.map(|scope| scope.text("name").to_owned()));
        }
    }
    Ok(names)
}

/// Refuses who may not call the Management API.
pub fn check(tenant: &TenantState, headers: &HeaderMap, now: i64) -> Result<(), Refusal> {
    let Some(logto) = &tenant.logto else { return Err(Refusal::crash()) };
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if header.is_empty() {
        return Err(Refusal::new(401, "auth.authorization_header_missing"));
    }
    let Some(token) = header.strip_prefix("Bearer ") else {
        return Err(Refusal::new(401, "auth.authorization_token_type_not_supported")
            .with("data", json!({ "supportedTypes": ["Bearer"] })));
    };
    let claims = jwt::verify(&logto.key, token.trim()).map_err(jwt::refusal)?;
    let ended = claims.get("exp").and_then(Value::as_i64).is_none_or(|end| end <= now / 1000);
    let jti = claims.get("jti").and_then(Value::as_str).unwrap_or_default();
    let worn = logto.quirks().token_requests.is_some_and(|most| logto.used(jti) >= most);
    if ended || worn {
        return Err(jwt::expired(&claims));
    }
    if claims.get("aud").and_then(Value::as_str) != Some(INDICATOR) {
        return Err(jwt::refusal(jwt::Fault::Audience));
    }
    let scope = claims.get("scope").and_then(Value::as_str).unwrap_or_default();
    if scope.split(' ').any(|name| name == "all") { Ok(()) } else { Err(Refusal::new(403, "auth.forbidden")) }
}
