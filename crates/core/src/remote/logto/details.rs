//! What must be asked for user by user: tokens, second factors, sessions, grants, enterprise identities.
//!
//! Each part may be missing on an older release, which is no reason to go without the others.

use futures::try_join;
use serde_json::{Map, Value, json};

use super::super::RemoteError;
use super::super::canonical::canonical;
use super::super::http::{Answer, Undecoded};
use super::convert;
use super::session::Session;
use super::wire::{self, WireToken};
use crate::model::{RemoteId, Token, UserDetails};

const USER: &str = "GET /users/{id}";

/// Asks for everything about `user`; `None` when there is no such user.
///
/// # Errors
/// See [`RemoteError`].
pub async fn read(session: &Session, user: &RemoteId) -> Result<Option<UserDetails>, RemoteError> {
    let id = user.as_str();
    let Some(record) = find(session, id, true).await? else { return Ok(None) };
    let (tokens, factors, sessions, grants) = try_join!(
        tokens(session, id),
        part(session, id, "mfa-verifications", "GET /users/{id}/mfa-verifications"),
        part(session, id, "sessions", "GET /users/{id}/sessions"),
        part(session, id, "grants", "GET /users/{id}/grants"),
    )?;
    let sessions = sessions.and_then(|value| list_in(&value, "sessions"));
    let grants = grants.and_then(|value| list_in(&value, "grants"));
    let factors = factors.and_then(|value| value.as_array().cloned());
    let social = record.get("identities").and_then(Value::as_object).cloned().unwrap_or_default();
    let enterprise = record.get("ssoIdentities").and_then(Value::as_array).cloned().unwrap_or_default();
    let missing: Vec<_> = [
        ("tokens", tokens.is_none()),
        ("second factors", factors.is_none()),
        ("sessions", sessions.is_none()),
        ("grants", grants.is_none()),
    ]
    .into_iter()
    .filter_map(|(name, missing)| missing.then_some(name))
    .collect();
    let count = |list: &Option<Vec<Value>>| list.as_ref().map(|list| number(list.len()));
    let problem = (!missing.is_empty())
        .then(|| format!("this release of the service does not list {}", missing.join(", ")));
    let sections = json!({
        "factors": factors.as_deref().map(|list| kept(list, &FACTOR)),
        "sessions": sessions.as_deref().map(|list| list.iter().map(session_of).collect::<Vec<_>>()),
        "grants": grants.as_deref().map(|list| list.iter().map(grant_of).collect::<Vec<_>>()),
        "identities": social,
        "enterpriseIdentities": kept(&enterprise, &ENTERPRISE),
    });
    Ok(Some(UserDetails {
        mfa_factors: count(&factors),
        sessions: count(&sessions),
        grants: count(&grants),
        identities: Some(number(social.len() + enterprise.len())),
        details: canonical(&sections),
        tokens,
        problem,
    }))
}

/// One user, cleaned.
///
/// # Errors
/// See [`RemoteError`].
pub async fn find(session: &Session, id: &str, enterprise: bool) -> Result<Option<Value>, RemoteError> {
    let query: &[(&str, &str)] = if enterprise { &[("includeSsoIdentities", "true")] } else { &[] };
    let words = &session.http.words;
    let decode = |answer: &Answer| {
        if wire::is_unknown_record(answer) {
            return Ok(None);
        }
        wire::object(answer, USER, words).map(Some)
    };
    session.get(session.url(["users", id], query), USER, decode).await
}

/// The tokens of a user, without their values; `None` where this release does not have them.
///
/// # Errors
/// See [`RemoteError`].
pub async fn tokens(session: &Session, id: &str) -> Result<Option<Vec<Token>>, RemoteError> {
    const TOKENS: &str = "GET /users/{id}/personal-access-tokens";
    let words = &session.http.words;
    let decode = |answer: &Answer| {
        if wire::is_unknown_route(answer) {
            return Ok(None);
        }
        if wire::is_unknown_record(answer) {
            return Ok(Some(Vec::new()));
        }
        wire::typed::<Vec<WireToken>>(answer, "list of tokens", TOKENS, words).map(Some)
    };
    let listed =
        session.get(session.url(["users", id, "personal-access-tokens"], &[]), TOKENS, decode).await?;
    Ok(listed.map(convert::tokens))
}

/// One part, cleaned as a whole; `None` where this release does not have it.
///
/// # Errors
/// See [`RemoteError`].
pub async fn part(
    session: &Session,
    id: &str,
    name: &str,
    template: &'static str,
) -> Result<Option<Value>, RemoteError> {
    let words = &session.http.words;
    let decode = |answer: &Answer| -> Result<Option<Value>, Undecoded> {
        if wire::is_unknown_route(answer) {
            return Ok(None);
        }
        if wire::is_unknown_record(answer) {
            return Ok(Some(Value::Array(Vec::new())));
        }
        wire::typed::<Value>(answer, "list", template, words).map(Some)
    };
    session.get(session.url(["users", id, name], &[]), template, decode).await
}

/// The list in an answer, bare or under its `name`.
pub fn list_in(value: &Value, name: &str) -> Option<Vec<Value>> {
    value.get(name).unwrap_or(value).as_array().cloned()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What is kept of a second factor: neither secrets nor codes are listed, and should they ever be, they stay out.
const FACTOR: [&str; 7] = ["id", "type", "createdAt", "lastUsedAt", "remainCodes", "agent", "name"];
/// What is kept of an enterprise identity.
const ENTERPRISE: [&str; 6] = ["id", "issuer", "identityId", "createdAt", "updatedAt", "ssoConnectorId"];

fn kept(list: &[Value], names: &[&str]) -> Vec<Value> {
    list.iter().map(|value| Value::Object(only(value, names))).collect()
}

fn only(value: &Value, names: &[&str]) -> Map<String, Value> {
    names.iter().filter_map(|name| Some(((*name).to_owned(), value.get(*name)?.clone()))).collect()
}

/// When somebody signed in, from where and with which application.
fn session_of(value: &Value) -> Value {
    let at = |pointer: &str| value.pointer(pointer).cloned().unwrap_or_default();
    json!({
        "id": at("/payload/uid"), "signedInAt": seconds(&at("/payload/loginTs")), "expiresAt": at("/expiresAt"),
        "application": at("/clientId"), "ip": at("/lastSubmission/signInContext/ip"),
        "userAgent": at("/lastSubmission/signInContext/userAgent"),
    })
}

/// Which application was let in, for what and until when.
fn grant_of(value: &Value) -> Value {
    let at = |pointer: &str| value.pointer(pointer).cloned().unwrap_or_default();
    json!({
        "id": at("/id"), "application": at("/application/id"), "applicationName": at("/application/name"),
        "scope": at("/payload/openid/scope"), "grantedAt": seconds(&at("/payload/iat")), "expiresAt": at("/expiresAt"),
    })
}

/// These payloads count in seconds, everything else in milliseconds.
fn seconds(value: &Value) -> Option<i64> {
    value.as_i64().map(|seconds| seconds.saturating_mul(1000))
}
