//! Their JSON. What the service lists in clear (values of tokens and secrets, password digests, signing keys) ends here:
//! the types below have no field for it, and records that are kept whole are cleaned as they are read.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::canonical::drop_secrets;
use super::super::http::{Answer, Undecoded, Words};
use super::super::repair::replace_lone_surrogates;
use super::super::{RemoteError, SetupProblem};
use crate::model::Timestamp;

/// What went wrong, as the service says it: its own form, and OAuth's.
#[derive(Debug, Default, Deserialize)]
pub struct ErrorAnswer {
    /// Stable name; the message is translated by the service.
    #[serde(default)]
    pub code: Option<String>,
    /// OAuth.
    #[serde(default)]
    pub error: Option<String>,
    /// OAuth.
    #[serde(default)]
    pub error_description: Option<String>,
    #[serde(default)]
    data: Option<Value>,
}

impl ErrorAnswer {
    /// As far as the answer says something.
    pub fn read(answer: &Answer) -> Self {
        serde_json::from_str(&answer.text()).unwrap_or_default()
    }

    /// The attribute of the request that was found to be wrong, by a dotted path.
    pub fn issue_path(&self) -> Option<String> {
        let path = self.data.as_ref()?.pointer("/issues/0/path")?.as_array()?;
        let parts: Vec<_> = path.iter().filter_map(Value::as_str).collect();
        Some(parts.join(".")).filter(|path| !path.is_empty())
    }

    /// Why an access token was refused: `ERR_JWT_EXPIRED` and the like.
    pub fn token_problem(&self) -> Option<&str> {
        self.data.as_ref()?.get("code")?.as_str()
    }
}

/// A personal access token or an application secret. The list has its `value` too, which has no place here.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireToken {
    /// Unique for its owner.
    pub name: String,
    /// Milliseconds.
    #[serde(default)]
    pub created_at: Option<i64>,
    /// Milliseconds; `null` for one that never expires.
    #[serde(default)]
    pub expires_at: Option<i64>,
}

/// A list answer.
#[derive(Debug, Default)]
pub struct Listed {
    /// The records, cleaned; `Null` for one that is no JSON.
    pub records: Vec<Value>,
    /// `Total-Number`.
    pub total: Option<u64>,
    /// The service's clock.
    pub date: Option<Timestamp>,
    /// Size of the body.
    pub bytes: u64,
}

/// Reads a list; records still one by one, so that a broken one does not cost the page.
///
/// # Errors
/// The refusal that the status stands for; an answer that is no list.
pub fn list(answer: &Answer, template: &'static str, words: &Words) -> Result<Listed, Undecoded> {
    let text = text(answer, template, words)?;
    let raw: Vec<&RawValue> = decode(&text, "list", template)?;
    let records = raw.into_iter().map(record).collect();
    Ok(Listed { records, total: answer.total, date: answer.date, bytes: answer.body.len() as u64 })
}

fn record(raw: &RawValue) -> Value {
    let parsed = serde_json::from_str(raw.get())
        .or_else(|_| serde_json::from_str(&replace_lone_surrogates(raw.get())));
    let mut value = parsed.unwrap_or(Value::Null);
    drop_secrets(&mut value);
    value
}

/// Reads one object, cleaned.
///
/// # Errors
/// As [`list`].
pub fn object(answer: &Answer, template: &'static str, words: &Words) -> Result<Value, Undecoded> {
    let text = text(answer, template, words)?;
    let raw: &RawValue = decode(&text, "object", template)?;
    let value = record(raw);
    if !value.is_object() {
        return Err(unexpected(template, "the answer is JSON, but not an object"));
    }
    Ok(value)
}

/// Reads an answer into a type of ours.
///
/// # Errors
/// As [`list`].
pub fn typed<T: DeserializeOwned>(
    answer: &Answer,
    name: &'static str,
    template: &'static str,
    words: &Words,
) -> Result<T, Undecoded> {
    decode(&text(answer, template, words)?, name, template)
}

/// The body of a successful answer, as text that is at least meant as JSON.
fn text<'a>(
    answer: &'a Answer,
    template: &'static str,
    words: &Words,
) -> Result<std::borrow::Cow<'a, str>, Undecoded> {
    if !answer.is_success() || answer.is_web_page() {
        return Err(Undecoded::Final(refusal(answer, template, words)));
    }
    if answer.oversized {
        return Err(unexpected(template, "the answer is larger than this program reads"));
    }
    let text = answer.text();
    if text.trim().is_empty() {
        let reason = "the answer is empty".to_owned();
        return Err(Undecoded::CutOff(RemoteError::Unexpected { template: template.to_owned(), reason }));
    }
    Ok(text)
}

/// The error that a refusal stands for.
pub fn refusal(answer: &Answer, template: &'static str, words: &Words) -> RemoteError {
    let setup =
        |problem| RemoteError::Setup { template: template.to_owned(), problem, detail: words.find(answer) };
    let said = ErrorAnswer::read(answer);
    match answer.status {
        // The service answers every path outside its API with its sign-in page.
        _ if answer.is_web_page() && (answer.is_success() || answer.status == 404) => {
            setup(SetupProblem::NotCoreService)
        }
        401 => {
            let detail =
                said.token_problem().map(|problem| words.quote(problem)).or_else(|| words.find(answer));
            RemoteError::Unauthorized { template: template.to_owned(), detail }
        }
        403 if said.code.as_deref() == Some("auth.forbidden") => setup(SetupProblem::RoleMissing),
        _ => words.refusal(answer, template),
    }
}

/// Whether the service knows the route but not the record: an unknown route is answered in plain text.
pub fn is_unknown_record(answer: &Answer) -> bool {
    answer.status == 404 && ErrorAnswer::read(answer).code.is_some()
}

/// Whether the service does not know the route: an older release.
pub fn is_unknown_route(answer: &Answer) -> bool {
    answer.status == 404 && !answer.is_web_page() && ErrorAnswer::read(answer).code.is_none()
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
            format!("the answer is JSON, but not a {name}")
        } else {
            format!("the answer is not JSON ({name}, line {}, column {})", error.line(), error.column())
        };
        let unexpected = RemoteError::Unexpected { template: template.to_owned(), reason };
        if error.is_eof() { Undecoded::CutOff(unexpected) } else { Undecoded::Final(unexpected) }
    })
}

/// An answer of the wrong kind.
pub fn unexpected(template: &'static str, reason: &str) -> Undecoded {
    Undecoded::Final(RemoteError::Unexpected { template: template.to_owned(), reason: reason.to_owned() })
}
