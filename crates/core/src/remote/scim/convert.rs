//! Wire to model, total: a record with an id always becomes one of ours; what cannot be read is left out and said.
//!
//! Sentences about problems name attributes, never their values.

use serde_json::Value;
use serde_json::value::RawValue;

use super::super::canonical::{canonical, content_hash, drop_secrets};
use super::wire::{attribute, truth};
use crate::model::{Group, Record, RemoteId, Stream, SyncIssue, Timestamp, User};

mod group;
mod user;

/// What became of one record.
#[derive(Debug, Default)]
pub struct Converted {
    /// The record, unless it has no usable id.
    pub record: Option<Record>,
    /// What could not be read of it.
    pub issues: Vec<SyncIssue>,
}

/// Converts one record of a list.
pub fn convert_text(stream: Stream, raw: &RawValue) -> Converted {
    let parsed = serde_json::from_str(raw.get())
        .or_else(|_| serde_json::from_str(&super::super::repair::replace_lone_surrogates(raw.get())));
    match parsed {
        Ok(value) => convert(stream, value),
        Err(_) => without_record(stream, "a record cannot be read as JSON"),
    }
}

/// Converts one record.
pub fn convert(stream: Stream, mut value: Value) -> Converted {
    if !value.is_object() {
        return without_record(stream, "a record is not an object");
    }
    let Some(id) = read_id(&value) else {
        return without_record(stream, "a record has no id");
    };
    drop_secrets(&mut value);
    let mut reader = Reader { stream, id, issues: Vec::new() };
    let record = if stream == Stream::Groups {
        Record::Group(Box::new(group::convert(value, &mut reader)))
    } else {
        Record::User(Box::new(user::convert(&value, &mut reader)))
    };
    Converted { record: Some(record), issues: reader.issues }
}

fn without_record(stream: Stream, problem: &str) -> Converted {
    let issue = SyncIssue { stream, remote_id: None, problem: problem.to_owned() };
    Converted { record: None, issues: vec![issue] }
}

fn read_id(value: &Value) -> Option<RemoteId> {
    match attribute(value, "id")? {
        Value::String(id) if !id.trim().is_empty() => Some(RemoteId::new(id.as_str())),
        // Against the RFC, but seen.
        Value::Number(id) => Some(RemoteId::new(id.to_string())),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Reads attributes of one record and collects what is wrong with them.
struct Reader {
    stream: Stream,
    id: RemoteId,
    issues: Vec<SyncIssue>,
}

/// What users and groups have in common (RFC 7643 section 3.1).
struct Common {
    external_id: Option<String>,
    created_at: Option<Timestamp>,
    modified_at: Option<Timestamp>,
    version: Option<String>,
}

impl Reader {
    fn issue(&mut self, problem: String) {
        let (stream, remote_id) = (self.stream, Some(self.id.clone()));
        self.issues.push(SyncIssue { stream, remote_id, problem });
    }

    /// Text; numbers are taken as text, blank text as nothing.
    fn text(&mut self, object: &Value, name: &str) -> Option<String> {
        match attribute(object, name)? {
            Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
            Value::Number(number) => Some(number.to_string()),
            Value::Null => None,
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                self.issue(format!("{name} is not text"));
                None
            }
        }
    }

    fn truth(&mut self, object: &Value, name: &str) -> Option<bool> {
        let value = attribute(object, name).filter(|value| !value.is_null())?;
        let read = truth(value);
        if read.is_none() {
            self.issue(format!("{name} is neither true nor false"));
        }
        read
    }

    /// A time: RFC 3339, or seconds or milliseconds since 1970 as number or text.
    fn time(&mut self, object: &Value, name: &str) -> Option<Timestamp> {
        let value = attribute(object, name).filter(|value| !value.is_null())?;
        let read = match value {
            Value::String(text) if text.trim().is_empty() => return None,
            Value::String(text) => Timestamp::parse(text).or_else(|| epoch(text.trim().parse().ok()?)),
            Value::Number(number) => number.as_f64().and_then(epoch),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        if read.is_none() {
            self.issue(format!("meta.{name} is not a time"));
        }
        read
    }

    /// The value of the primary entry of a multi-valued attribute (RFC 7643 section 2.4), else of the first. A single
    /// value instead of a list is taken as one.
    fn primary(&mut self, object: &Value, name: &str) -> Option<String> {
        let value = attribute(object, name).filter(|value| !value.is_null())?;
        let entries = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let read = |entry: &Value| match entry {
            Value::Object(_) => attribute(entry, "value").and_then(plain_text),
            Value::String(_) | Value::Number(_) | Value::Null | Value::Bool(_) | Value::Array(_) => {
                plain_text(entry)
            }
        };
        let is_primary = |entry: &&Value| attribute(entry, "primary").and_then(truth) == Some(true);
        let chosen =
            entries.iter().filter(is_primary).find_map(read).or_else(|| entries.iter().find_map(read));
        if chosen.is_none() && !entries.is_empty() {
            self.issue(format!("{name} has no entry with a value"));
        }
        chosen
    }

    fn common(&mut self, value: &Value) -> Common {
        let external_id = self.text(value, "externalId");
        let meta = attribute(value, "meta").filter(|meta| !meta.is_null());
        if meta.is_some_and(|meta| !meta.is_object()) {
            self.issue("meta is not an object".to_owned());
        }
        let Some(meta) = meta else {
            return Common { external_id, created_at: None, modified_at: None, version: None };
        };
        Common {
            external_id,
            created_at: self.time(meta, "created"),
            modified_at: self.time(meta, "lastModified"),
            version: self.text(meta, "version"),
        }
    }
}

fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Numbers beyond this are milliseconds: as seconds it is the year 5138.
const MOST_SECONDS: f64 = 1e11;

fn epoch(number: f64) -> Option<Timestamp> {
    let millis = if number.abs() < MOST_SECONDS { number * 1000.0 } else { number };
    // The model's times end with the year 9999.
    if !millis.is_finite() || millis.abs() > 253_402_300_799_999.0 {
        return None;
    }
    format!("{millis:.0}").parse().ok().map(Timestamp::from_millis)
}

#[cfg(test)]
mod tests;
