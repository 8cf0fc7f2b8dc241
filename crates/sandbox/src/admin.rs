//! The sandbox's own door, for programs in another process: quirks, faults, changes, the request log and the writes of a tenant
//! under `/_sandbox/tenants/{slug}/…`, with the admin token as bearer.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::AUTHORIZATION;
use axum::http::{Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::scim::{Call, scim_error};
use crate::state::App;
use crate::{
    FaultRule, Kind, LogtoLoad, LogtoQuirks, Mutation, Quirks, SandboxError, ScimError, Tenant, UptrendsLoad,
    UptrendsQuirks,
};

/// Answers a request below `/_sandbox/`.
pub async fn serve(app: &Arc<App>, rest: &str, call: &Call) -> Response<Body> {
    match answer(app, rest, call).await {
        Ok(body) => {
            let mut response = Response::new(Body::from(body.to_string()));
            *response.status_mut() = StatusCode::OK;
            response
                .headers_mut()
                .insert("content-type", axum::http::HeaderValue::from_static("application/json"));
            response
        }
        Err(error) => scim_error(&error),
    }
}

async fn answer(app: &Arc<App>, rest: &str, call: &Call) -> Result<Value, ScimError> {
    let token =
        call.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if !token.is_some_and(|token| app.admin_token.matches(token)) {
        return Err(ScimError::status(401, "The sandbox's admin token is required"));
    }
    let nothing = || ScimError::status(404, "There is nothing at this address");
    let below = rest.strip_prefix("tenants/").ok_or_else(nothing)?;
    let (slug, topic) = below.split_once('/').unwrap_or((below, ""));
    let state = app.tenant(slug).ok_or_else(|| ScimError::status(404, "Unknown tenant"))?;
    let tenant = Tenant::new(Arc::clone(app), state);
    match (call.method.as_str(), topic) {
        ("GET", "") => status(&tenant).await,
        ("GET", "quirks") => quirks(&tenant),
        ("PUT", "quirks") => {
            match (tenant.logto_quirks(), tenant.uptrends_quirks()) {
                (Some(_), _) => tenant.set_logto_quirks(body::<LogtoQuirks>(call)?),
                (None, Some(_)) => tenant.set_uptrends_quirks(body::<UptrendsQuirks>(call)?),
                (None, None) => tenant.set_quirks(body::<Quirks>(call)?),
            }
            Ok(json!({}))
        }
        ("GET", "faults") => Ok(serde_json::to_value(crate::state::lock(&tenant.state.faults).rules())?),
        ("POST", "faults") => {
            tenant.add_fault(body::<FaultRule>(call)?);
            Ok(json!({}))
        }
        ("DELETE", "faults") => {
            tenant.clear_faults();
            Ok(json!({}))
        }
        ("GET", "requests") => Ok(serde_json::to_value(tenant.requests())?),
        ("GET", "writes") => Ok(serde_json::to_value(tenant.write_counts())?),
        ("DELETE", "requests") => {
            tenant.clear_requests();
            Ok(json!({}))
        }
        ("POST", "mutate") => tenant.mutate(body::<Mutation>(call)?).await.map(|()| json!({})).map_err(told),
        ("POST", "generate") => generate(&tenant, call).await,
        _ => Err(nothing()),
    }
}

fn quirks(tenant: &Tenant) -> Result<Value, ScimError> {
    Ok(match (tenant.logto_quirks(), tenant.uptrends_quirks()) {
        (Some(quirks), _) => serde_json::to_value(quirks)?,
        (None, Some(quirks)) => serde_json::to_value(quirks)?,
        (None, None) => serde_json::to_value(tenant.quirks())?,
    })
}

async fn status(tenant: &Tenant) -> Result<Value, ScimError> {
    let users = tenant.count(Kind::User).await.map_err(told)?;
    let groups = tenant.count(Kind::Group).await.map_err(told)?;
    Ok(json!({ "baseUrl": tenant.base_url(), "users": users, "groups": groups }))
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Load {
    users: usize,
    #[serde(default)]
    groups: usize,
    #[serde(default)]
    seed: u64,
}

async fn generate(tenant: &Tenant, call: &Call) -> Result<Value, ScimError> {
    if tenant.logto_quirks().is_some() {
        tenant.generate_logto(body::<LogtoLoad>(call)?).await.map_err(told)?;
        return status(tenant).await;
    }
    if tenant.uptrends_quirks().is_some() {
        tenant.generate_uptrends(body::<UptrendsLoad>(call)?).await.map_err(told)?;
        return status(tenant).await;
    }
    let load = body::<Load>(call)?;
    tenant.generate(load.users, load.groups, load.seed).await.map_err(told)?;
    status(tenant).await
}

fn body<T: DeserializeOwned>(call: &Call) -> Result<T, ScimError> {
    Ok(serde_json::from_slice(&call.body)?)
}

fn told(error: SandboxError) -> ScimError {
    if let SandboxError::Refused(error) = error {
        return error;
    }
    ScimError::status(500, error.to_string())
}
