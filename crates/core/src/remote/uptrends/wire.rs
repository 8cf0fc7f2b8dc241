//! Their JSON: plain lists and objects in PascalCase; what is empty is left out; some lists are declared as one object.

use serde_json::Value;

use super::super::RemoteError;
use super::super::canonical::drop_secrets;
use super::super::http::{Answer, Undecoded, Words};
use super::super::repair::replace_lone_surrogates;

/// A list as it came.
#[derive(Debug, Default)]
pub struct Listed {
    /// Its records, secrets dropped.
    pub records: Vec<Value>,
    /// Bytes of the body.
    pub bytes: u64,
}

/// Reads a list. One object stands for a list of one: the service's own description says so of some.
///
/// # Errors
/// The refusal, or what is wrong with the answer.
pub fn list(answer: &Answer, template: &'static str, words: &Words) -> Result<Listed, Undecoded> {
    if answer.status == 204 {
        return Ok(Listed::default());
    }
    let bytes = answer.body.len() as u64;
    let mut value = json(answer, template, words)?;
    drop_secrets(&mut value);
    let records = match value {
        Value::Array(records) => records,
        Value::Null => Vec::new(),
        Value::Object(_) => vec![value],
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Err(unexpected(template, "the answer is JSON, but not a list"));
        }
    };
    Ok(Listed { records, bytes })
}

/// Reads one record.
///
/// # Errors
/// As [`list`].
pub fn object(answer: &Answer, template: &'static str, words: &Words) -> Result<Value, Undecoded> {
    let mut value = json(answer, template, words)?;
    if !value.is_object() {
        return Err(unexpected(template, "the answer is JSON, but not an object"));
    }
    drop_secrets(&mut value);
    Ok(value)
}

/// Reads what was created, with the password that only this answer has.
///
/// # Errors
/// As [`list`].
pub fn with_secrets(answer: &Answer, template: &'static str, words: &Words) -> Result<Value, Undecoded> {
    json(answer, template, words)
}

fn json(answer: &Answer, template: &'static str, words: &Words) -> Result<Value, Undecoded> {
    if !answer.is_success() {
        return Err(Undecoded::Final(words.refusal(answer, template)));
    }
    if answer.is_web_page() {
        return Err(unexpected(template, "the answer is a web page: is this the address of the API?"));
    }
    if answer.oversized {
        return Err(unexpected(template, "the answer is larger than this program reads"));
    }
    let text = answer.text();
    let text = replace_lone_surrogates(&text);
    serde_json::from_str(&text).map_err(|error| {
        if error.is_eof() {
            let reason = format!("the answer is cut off (after {} bytes)", text.len());
            return Undecoded::CutOff(RemoteError::Unexpected { template: template.to_owned(), reason });
        }
        let at = format!("the answer is not JSON (line {}, column {})", error.line(), error.column());
        unexpected(template, &at)
    })
}

fn unexpected(template: &'static str, reason: &str) -> Undecoded {
    Undecoded::Final(RemoteError::Unexpected { template: template.to_owned(), reason: reason.to_owned() })
}

/// Text that is not blank.
pub fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// An id. Ids are written in capitals here and small there.
pub fn guid(value: &Value, name: &str) -> Option<String> {
    text(value, name).map(|guid| guid.to_ascii_lowercase())
}

/// A whole number, also one written as text.
pub fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            content_type: "application/json".to_owned(),
            etag: None,
            date: None,
            retry_after: None,
            total: None,
            location: None,
            body: body.as_bytes().to_vec(),
            oversized: false,
        }
    }

    fn read(status: u16, body: &str) -> Result<Vec<Value>, Undecoded> {
        list(&answer(status, body), "GET /Operator", &Words::default()).map(|listed| listed.records)
    }

    #[test]
    fn a_list_may_come_as_one_object_or_as_nothing() {
        assert_eq!(read(200, r#"[{"A":1},{"A":2}]"#).unwrap().len(), 2);
        assert_eq!(read(200, r#"{"A":1}"#).unwrap().len(), 1);
        assert!(read(200, "null").unwrap().is_empty());
        assert!(read(204, "").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_list_is_said_and_a_cut_off_one_may_be_asked_for_again() {
        assert!(matches!(read(200, "7"), Err(Undecoded::Final(RemoteError::Unexpected { .. }))));
        assert!(matches!(read(200, "<html>"), Err(Undecoded::Final(RemoteError::Unexpected { .. }))));
        assert!(matches!(read(200, r#"[{"A":"#), Err(Undecoded::CutOff(_))));
    }

    #[test]
    fn a_refusal_quotes_the_services_messages_in_either_form() {
        for body in [r#"{"Messages":[{"Message":"not yours"}]}"#, r#"{"Message":"not yours"}"#] {
            let Err(Undecoded::Final(RemoteError::Forbidden { detail, .. })) = read(403, body) else {
                panic!("a refusal")
            };
            assert_eq!(detail.as_deref(), Some("not yours"));
        }
    }

    #[test]
    fn passwords_end_here() {
        let records = read(200, r#"[{"UserName":"a","Password":"s3cret"}]"#).unwrap();
        assert!(!format!("{records:?}").contains("s3cret"));
    }
}
