//! OAuth 2.0 client credentials (RFC 6749 section 4.4): `/{tenant}/oauth/token`.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::auth::decode_basic;
use super::reply;
use crate::state::{TenantState, lock};
use crate::{Credential, ScimError, Secret};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Form {
    grant_type: String,
    client_id: String,
    client_secret: String,
}

/// Gives a token, or says why not in OAuth's words.
pub fn token(tenant: &TenantState, headers: &HeaderMap, body: &[u8]) -> Result<Response<Body>, ScimError> {
    let uri = axum::http::Uri::builder()
        .path_and_query(format!("/?{}", String::from_utf8_lossy(body).trim()))
        .build()
        .map_err(|_| ScimError::bad("invalidSyntax", "The form cannot be read"))?;
    let form = axum::extract::Query::<Form>::try_from_uri(&uri).map(|query| query.0).unwrap_or_default();
    if form.grant_type != "client_credentials" {
        return Ok(refusal(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    let basic = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, value)| decode_basic(value.trim()));
    let (id, secret) = basic.unwrap_or((form.client_id, form.client_secret));
    let Some(seconds) = lifetime(tenant, &id, &secret) else {
        return Ok(refusal(StatusCode::UNAUTHORIZED, "invalid_client"));
    };
    let token = Secret::random().map_err(|error| ScimError::status(500, error.to_string()))?;
    let answer = json!({ "access_token": token.expose(), "token_type": "Bearer", "expires_in": seconds });
    let now = Instant::now();
    let mut issued = lock(&tenant.issued);
    issued.retain(|(_, end)| *end > now);
    issued.push((token, now + Duration::from_secs(seconds)));
    Ok(no_store(reply::json(StatusCode::OK, answer.to_string())))
}

fn lifetime(tenant: &TenantState, given_id: &str, given_secret: &str) -> Option<u64> {
    let credentials = tenant.credentials.read().unwrap_or_else(PoisonError::into_inner);
    credentials.iter().find_map(|credential| match credential {
        Credential::OAuthClient { id, secret, token_seconds }
            if id == given_id && secret.matches(given_secret) =>
        {
            Some(*token_seconds)
        }
        Credential::OAuthClient { .. } | Credential::Bearer(_) | Credential::Basic { .. } => None,
    })
}

fn refusal(status: StatusCode, error: &str) -> Response<Body> {
    no_store(reply::json(status, json!({ "error": error }).to_string()))
}

fn no_store(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
    response
}
