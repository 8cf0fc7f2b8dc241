//! Their JSON: read without trust in types or spelling, because services differ from the RFC in both.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::RemoteError;
use super::super::http::{Answer, Undecoded, Words};

/// `urn:ietf:params:scim:api:messages:2.0:Error`.
const ERROR_SCHEMA: &str = "urn:ietf:params:scim:api:messages:2.0:error";

/// `urn:ietf:params:scim:api:messages:2.0:ListResponse`, undecoded records included.
#[derive(Debug, Deserialize)]
pub struct ListAnswer<'a> {
    /// RFC 7644 section 3.4.2: the number of results, required; in practice absent, text or a lie.
    #[serde(rename = "totalResults", alias = "totalresults", default)]
    total: Option<Value>,
    #[serde(rename = "Resources", alias = "resources", borrow, default)]
    resources: Option<&'a RawValue>,
    /// RFC 9865 section 2.
    #[serde(rename = "nextCursor", alias = "nextcursor", default)]
    next_cursor: Option<Value>,
}

impl<'a> ListAnswer<'a> {
    /// How many there are, as the service says.
    pub fn total(&self) -> Option<u64> {
        self.total.as_ref().and_then(count)
    }

    /// Where the next page begins, in cursor paging.
    pub fn next_cursor(&self) -> Option<String> {
        match self.next_cursor.as_ref()? {
            Value::String(cursor) if !cursor.is_empty() => Some(cursor.clone()),
            Value::Number(cursor) => Some(cursor.to_string()),
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The records, each still as text, so that one that is broken does not cost the page. `None` when this is no
    /// list answer at all.
    pub fn records(&self) -> Option<Vec<&'a RawValue>> {
        match self.resources.map(RawValue::get) {
            None | Some("null") => self.total.is_some().then(Vec::new),
            Some(text) => serde_json::from_str(text).ok(),
        }
    }
}

/// A whole number, however it is spelled.
pub fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64().filter(|float| *float >= 0.0 && float.fract() == 0.0)?;
            format!("{float:.0}").parse().ok()
        }),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A truth value, however it is spelled.
pub fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::String(_) | Value::Number(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An attribute; names are case-insensitive (RFC 7643 section 2.1).
pub fn attribute<'v>(object: &'v Value, name: &str) -> Option<&'v Value> {
    let members = object.as_object()?;
    members
        .get(name)
        .or_else(|| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// The body of a successful answer, as text that is at least meant as JSON.
///
/// # Errors
/// The refusal that the status, or an error message sent with a status of success, stands for; a web page.
pub fn json_text<'a>(
    answer: &'a Answer,
    template: &'static str,
    words: &Words,
) -> Result<std::borrow::Cow<'a, str>, Undecoded> {
    if !answer.is_success() {
        return Err(Undecoded::Final(words.refusal(answer, template)));
    }
    if answer.oversized {
        return Err(unexpected(template, "the answer is larger than this program reads"));
    }
    if answer.is_web_page() {
        return Err(unexpected(
            template,
            "the answer is a web page, not SCIM: the address is probably that of the website",
        ));
    }
    let text = answer.text();
    if text.trim().is_empty() {
        let reason = "the answer is empty".to_owned();
        return Err(Undecoded::CutOff(RemoteError::Unexpected { template: template.to_owned(), reason }));
    }
    Ok(text)
}

/// Decodes `text` as a `T`, called `name` in errors.
///
/// # Errors
/// [`Undecoded::CutOff`] when it ends too early.
pub fn decode<'a, T: Deserialize<'a>>(
    text: &'a str,
    name: &'static str,
    template: &'static str,
) -> Result<T, Undecoded> {
    serde_json::from_str(text).map_err(|error| {
        let reason = if error.is_eof() {
            format!("the answer is cut off ({name}, after {} bytes)", text.len())
        } else if error.is_data() {
            format!("the answer is JSON, but not a SCIM {name}")
        } else {
            format!("the answer is not JSON ({name}, line {}, column {})", error.line(), error.column())
        };
        let unexpected = RemoteError::Unexpected { template: template.to_owned(), reason };
        if error.is_eof() { Undecoded::CutOff(unexpected) } else { Undecoded::Final(unexpected) }
    })
}

/// Decodes an answer that holds one object.
///
/// # Errors
/// As [`json_text`] and [`decode`].
pub fn decode_object<T: DeserializeOwned>(
    answer: &Answer,
    name: &'static str,
    template: &'static str,
    words: &Words,
) -> Result<T, Undecoded> {
    let text = json_text(answer, template, words)?;
    decode(&text, name, template)
        .map_err(|undecoded| masked_refusal(answer, template, words).unwrap_or(undecoded))
}

/// The error message that came with a status of success, if `answer` is one.
pub fn masked_refusal(answer: &Answer, template: &'static str, words: &Words) -> Option<Undecoded> {
    let text = answer.text();
    let json: Value = serde_json::from_str(&text).ok()?;
    let is_error = attribute(&json, "schemas").and_then(Value::as_array).is_some_and(|schemas| {
        schemas.iter().filter_map(Value::as_str).any(|schema| schema.eq_ignore_ascii_case(ERROR_SCHEMA))
    });
    if !is_error {
        return None;
    }
    let stated = attribute(&json, "status").and_then(count).and_then(|status| u16::try_from(status).ok());
    let (template, detail) = (template.to_owned(), words.find(answer));
    Some(Undecoded::Final(match stated {
        Some(401) => RemoteError::Unauthorized { template, detail },
        Some(403) => RemoteError::Forbidden { template, detail },
        stated => RemoteError::Rejected { template, status: stated.unwrap_or(answer.status), detail },
    }))
}

/// An answer of the wrong kind.
pub fn unexpected(template: &'static str, reason: &str) -> Undecoded {
    Undecoded::Final(RemoteError::Unexpected { template: template.to_owned(), reason: reason.to_owned() })
}
