//! The service's own log. Its payloads are free-form and hold authorization codes in clear, so what is kept is named one
//! by one.

use serde_json::{Map, Value, json};

use super::super::canonical::canonical;
use super::super::{LogPage, LogRange, RemoteError};
use super::convert::{text_of, time_of};
use super::session::{PAGE_SIZE, Session};
use crate::model::{LogEntry, RemoteId};

/// Longest sentence that is kept, in characters.
const LONGEST: usize = 300;

/// One page of the log.
///
/// # Errors
/// See [`RemoteError`].
pub async fn page(session: &Session, range: LogRange) -> Result<LogPage, RemoteError> {
    let (from, to) = (range.from.as_millis().to_string(), range.to.as_millis().to_string());
    let (page, size) = (range.page.to_string(), PAGE_SIZE.to_string());
    let query = [
        ("page", page.as_str()),
        ("page_size", &size),
        ("start_time", &from),
        ("end_time", &to),
        // Counting a large log takes longer than reading a page of it.
        ("enableCap", "true"),
    ];
    let listed = session.list(session.url(["logs"], &query), "GET /logs").await?;
    let more = u64::from(range.page) * PAGE_SIZE < listed.total.unwrap_or_default();
    Ok(LogPage { entries: listed.records.iter().filter_map(entry).collect(), more })
}

fn entry(value: &Value) -> Option<LogEntry> {
    let payload = value.get("payload").cloned().unwrap_or_default();
    let text = |name: &str| payload.get(name).and_then(text_of);
    let user = text("userId").map(RemoteId::new);
    let error = payload.get("error").and_then(error_of);
    let kept = json!({
        "id": value.get("id"), "key": value.get("key"), "createdAt": value.get("createdAt"),
        "result": payload.get("result"), "error": error, "ip": payload.get("ip"),
        "userAgent": payload.get("userAgent"), "userId": payload.get("userId"),
        "applicationId": payload.get("applicationId"),
        "interactionEvent": payload.pointer("/interaction/interactionEvent"),
    });
    let mut kept = kept.as_object().cloned().unwrap_or_default();
    kept.retain(|_, value| !value.is_null());
    Some(LogEntry {
        remote_id: RemoteId::new(value.get("id").and_then(text_of)?),
        at: value.get("createdAt").and_then(time_of)?,
        event: value.get("key").and_then(text_of)?,
        succeeded: match text("result").as_deref() {
            Some("Success") => Some(true),
            Some("Error") => Some(false),
            _ => None,
        },
        identifier: if user.is_none() { identifier_of(&payload) } else { None },
        user,
        application: text("applicationId").map(RemoteId::new),
        ip: text("ip"),
        agent: payload.get("userAgentParsed").and_then(agent_of),
        error,
        raw: canonical(&Value::Object(kept)),
    })
}

/// A failed password names nobody but what was typed.
fn identifier_of(payload: &Value) -> Option<String> {
    let typed = payload.pointer("/payload/identifier").or_else(|| payload.get("identifier"))?;
    typed.get("value").unwrap_or(typed).as_str().map(cut)
}

/// An object, or the same as text with the whole call stack; only its own words are kept.
fn error_of(error: &Value) -> Option<String> {
    let parsed;
    let object = if let Value::String(text) = error {
        let Ok(object) = serde_json::from_str::<Map<String, Value>>(text) else { return Some(cut(text)) };
        parsed = Value::Object(object);
        &parsed
    } else {
        error
    };
    ["error_description", "code", "message", "error"]
        .iter()
        .find_map(|name| object.get(*name).and_then(text_of))
        .map(|text| cut(&text))
}

fn agent_of(parsed: &Value) -> Option<String> {
    let text = |pointer: &str| parsed.pointer(pointer).and_then(text_of);
    let browser = text("/browser/name").map(|name| match text("/browser/version") {
        Some(version) => format!("{name} {version}"),
        None => name,
    });
    let parts: Vec<_> = browser.into_iter().chain(text("/os/name")).collect();
    (!parts.is_empty()).then(|| parts.join(", ")).or_else(|| text("/ua").map(|ua| cut(&ua)))
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_keeps_what_is_known_to_hold_no_secret() {
        let value = json!({
            "id": "l1", "key": "Interaction.SignIn.Verification.Password.Submit", "createdAt": 1_795_190_304_082_i64,
            "payload": {
                "result": "Error", "error": {"code": "session.invalid_credentials", "message": "Wrong."}, "ip": "127.0.0.1",
                "userAgentParsed": {"browser": {"name": "Chrome", "version": "130"}, "os": {"name": "Linux"}},
                "payload": {"identifier": {"type": "username", "value": "ada"}, "password": "canary"},
                "params": {"code": "canary", "code_verifier": "canary"}
            }
        });
        let entry = entry(&value).unwrap();
        assert_eq!(entry.identifier.as_deref(), Some("ada"));
        assert_eq!((entry.succeeded, entry.agent.as_deref()), (Some(false), Some("Chrome 130, Linux")));
        assert_eq!(entry.error.as_deref(), Some("session.invalid_credentials"));
        assert!(!format!("{entry:?}").contains("canary"));
        let stack = json!(
            "{\"stack\":\"at /etc/x\",\"message\":\"invalid_target\",\"error_description\":\"unknown\"}"
        );
        assert_eq!(error_of(&stack).as_deref(), Some("unknown"));
    }
}
