//! Who may ask: bearer tokens, basic credentials, and tokens given out by OAuth.

use std::sync::PoisonError;
use std::time::Instant;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use crate::state::{TenantState, lock};
use crate::{Credential, ScimError};

/// Refuses a request without an accepted credential.
pub fn check(tenant: &TenantState, headers: &HeaderMap) -> Result<(), ScimError> {
    let refused = |detail: &str| ScimError::status(401, detail);
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(header) = header else { return Err(refused("Authentication is required")) };
    let (scheme, value) = header.split_once(' ').unwrap_or((header, ""));
    let value = value.trim();
    let accepted = if scheme.eq_ignore_ascii_case("bearer") {
        bearer(tenant, value)
    } else if scheme.eq_ignore_ascii_case("basic") {
        decode_basic(value).is_some_and(|(user, password)| basic(tenant, &user, &password))
    } else {
        false
    };
    if accepted { Ok(()) } else { Err(refused("The credential is not valid or has expired")) }
}

fn bearer(tenant: &TenantState, token: &str) -> bool {
    let fixed = tenant
        .credentials
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .any(|credential| matches!(credential, Credential::Bearer(secret) if secret.matches(token)));
    let now = Instant::now();
    fixed || lock(&tenant.issued).iter().any(|(secret, end)| *end > now && secret.matches(token))
}

fn basic(tenant: &TenantState, given_user: &str, given_password: &str) -> bool {
    tenant.credentials.read().unwrap_or_else(PoisonError::into_inner).iter().any(|credential| {
        matches!(credential, Credential::Basic { user, password }
            if user == given_user && password.matches(given_password))
    })
}

/// User and password of `Authorization: Basic`.
pub fn decode_basic(value: &str) -> Option<(String, String)> {
    let text = String::from_utf8(decode_base64(value)?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).ok()?);
        }
    }
    Some(bytes)
}
