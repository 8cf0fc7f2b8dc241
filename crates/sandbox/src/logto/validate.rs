//! Checks of bodies, refused in the words of the real one's validation.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;

/// A text that may be missing (`None`) or null (`Some(None)`).
pub fn optional_text(body: &Map<String, Value>, name: &str) -> Result<Option<Option<String>>, Refusal> {
    match body.get(name) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(Value::String(text)) => Ok(Some(Some(text.clone()))),
        Some(other) => Err(wrong_type(name, "string", other)),
    }
}

/// A text that must be there.
pub fn text(body: &Map<String, Value>, name: &str) -> Result<String, Refusal> {
    match body.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(other) => Err(wrong_type(name, "string", other)),
        None => Err(required(name, "string")),
    }
}

/// A text of a length in bounds that must be there.
pub fn sized(body: &Map<String, Value>, name: &str, most: usize) -> Result<String, Refusal> {
    let text = text(body, name)?;
    let count = text.chars().count();
    if count == 0 {
        let more = json!({ "minimum": 1, "type": "string", "inclusive": true, "exact": false });
        return Err(Refusal::guard(name, "too_small", "String must contain at least 1 character(s)", &more));
    }
    if count > most {
        let more = json!({ "maximum": most, "type": "string", "inclusive": true, "exact": false });
        let message = format!("String must contain at most {most} character(s)");
        return Err(Refusal::guard(name, "too_big", &message, &more));
    }
    Ok(text)
}

/// A truth value that must be there.
pub fn truth(body: &Map<String, Value>, name: &str) -> Result<bool, Refusal> {
    match body.get(name) {
        Some(Value::Bool(value)) => Ok(*value),
        Some(other) => Err(wrong_type(name, "boolean", other)),
        None => Err(required(name, "boolean")),
    }
}

/// A truth value that may be missing.
pub fn optional_truth(body: &Map<String, Value>, name: &str) -> Result<Option<bool>, Refusal> {
    body.contains_key(name).then(|| truth(body, name)).transpose()
}

/// An object that may be missing.
pub fn optional_object(body: &Map<String, Value>, name: &str) -> Result<Option<Map<String, Value>>, Refusal> {
    match body.get(name) {
        None => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map.clone())),
        Some(other) => Err(wrong_type(name, "object", other)),
    }
}

/// An object that must be there.
pub fn object(body: &Map<String, Value>, name: &str) -> Result<Map<String, Value>, Refusal> {
    optional_object(body, name)?.ok_or_else(|| required(name, "object"))
}

/// A time in milliseconds that may be missing or null.
pub fn optional_time(body: &Map<String, Value>, name: &str) -> Result<Option<i64>, Refusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => number.as_i64().map_or_else(
            || Err(wrong_type(name, "integer", &Value::Number(number.clone()))),
            |time| Ok(Some(time)),
        ),
        Some(other) => Err(wrong_type(name, "number", other)),
    }
}

/// A list of texts; missing counts as empty when `least` is 0.
pub fn texts(body: &Map<String, Value>, name: &str, least: usize) -> Result<Vec<String>, Refusal> {
    let list = match body.get(name) {
        Some(Value::Array(list)) => list,
        Some(other) => return Err(wrong_type(name, "array", other)),
        None if least == 0 => return Ok(Vec::new()),
        None => return Err(required(name, "array")),
    };
    if list.len() < least {
        let more = json!({ "minimum": least, "type": "array", "inclusive": true, "exact": false });
        let message = format!("Array must contain at least {least} element(s)");
        return Err(Refusal::guard(name, "too_small", &message, &more));
    }
    let text = |value: &Value| match value.as_str() {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(wrong_type(name, "string", value)),
    };
    list.iter().map(text).collect()
}

/// A text that does not have the form it must have.
pub fn wrong_form(name: &str) -> Refusal {
    Refusal::guard(name, "invalid_string", "Invalid", &json!({ "validation": "regex" }))
}

/// A text that is none of those allowed.
pub fn one_of(name: &str, text: &str, allowed: &[&str]) -> Result<(), Refusal> {
    if allowed.contains(&text) {
        return Ok(());
    }
    let quoted: Vec<String> = allowed.iter().map(|value| format!("'{value}'")).collect();
    let message = format!("Invalid enum value. Expected {}, received '{text}'", quoted.join(" | "));
    Err(Refusal::guard(
        name,
        "invalid_enum_value",
        &message,
        &json!({ "received": text, "options": allowed }),
    ))
}

fn required(name: &str, expected: &str) -> Refusal {
    Refusal::guard(
        name,
        "invalid_type",
        "Required",
        &json!({ "expected": expected, "received": "undefined" }),
    )
}

fn wrong_type(name: &str, expected: &str, value: &Value) -> Refusal {
    let received = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let message = format!("Expected {expected}, received {received}");
    Refusal::guard(name, "invalid_type", &message, &json!({ "expected": expected, "received": received }))
}
