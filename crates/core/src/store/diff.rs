//! Field by field: what is different between two versions of a record.

use std::collections::BTreeMap;

use serde_json::Value;

/// One attribute that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its path, `name.familyName`.
    pub field: String,
    /// JSON of the old value; `None` when it was not there.
    pub before: Option<String>,
    /// JSON of the new value; `None` when it is gone.
    pub after: Option<String>,
}

/// Attributes that differ between the JSON objects `before` and `after`, by path.
///
/// Left out, because they say nothing about the person: `meta` and `updatedAt` (they change with everything else),
/// `lastSignInAt`, `schemas`, and `groups` (the service's read-only copy of memberships, which have a history of their
/// own). Lists are compared as
/// sets and shown whole: SCIM's multi-valued attributes have no order.
pub fn changed_fields(before: &str, after: &str) -> Vec<FieldChange> {
    let (before, after) = (flatten(before), flatten(after));
    let mut changes = Vec::new();
    for (field, old) in &before {
        let new = after.get(field);
        if new != Some(old) {
            changes.push(FieldChange {
                field: field.clone(),
                before: Some(old.clone()),
                after: new.cloned(),
            });
        }
    }
    for (field, new) in &after {
        if !before.contains_key(field) {
            changes.push(FieldChange { field: field.clone(), before: None, after: Some(new.clone()) });
        }
    }
    changes.sort_by(|a, b| a.field.cmp(&b.field));
    changes
}

/// Top-level attributes that change with everything else, or with every sign-in, or have a history of their own.
pub const SAYS_NOTHING: [&str; 6] = ["meta", "schemas", "groups", "members", "updatedAt", "lastSignInAt"];

fn flatten(raw: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    if let Ok(Value::Object(object)) = serde_json::from_str(raw) {
        for (name, value) in object {
            if !SAYS_NOTHING.contains(&name.as_str()) {
                collect(name, value, &mut fields);
            }
        }
    }
    fields
}

/// What stands between an attribute's `path` and those within it. An extension's URN contains dots; a colon separates it
/// from its attributes (RFC 7644 section 3.10).
pub fn path_separator(path: &str) -> char {
    if path.starts_with("urn:") { ':' } else { '.' }
}

fn collect(path: String, value: Value, fields: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(object) => {
            let separator = path_separator(&path);
            for (name, value) in object {
                collect(format!("{path}{separator}{name}"), value, fields);
            }
        }
        // Absent, null and empty list are the same (RFC 7643 section 2.5).
        Value::Null => {}
        Value::Array(items) if items.is_empty() => {}
        Value::Array(items) => {
            let mut texts: Vec<_> = items.iter().map(Value::to_string).collect();
            texts.sort();
            fields.insert(path, format!("[{}]", texts.join(",")));
        }
        value @ (Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            fields.insert(path, value.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(before: &str, after: &str) -> Vec<(String, Option<String>, Option<String>)> {
        changed_fields(before, after).into_iter().map(|c| (c.field, c.before, c.after)).collect()
    }

    #[test]
    fn nested_attributes_are_named_by_their_path() {
        assert_eq!(
            fields(
                r#"{"name":{"familyName":"A","givenName":"B"},"urn:x:2.0:User":{"department":"D"}}"#,
                r#"{"name":{"familyName":"C","givenName":"B"},"urn:x:2.0:User":{"department":"E"},"title":"T"}"#,
            ),
            [
                ("name.familyName".to_owned(), Some("\"A\"".to_owned()), Some("\"C\"".to_owned())),
                ("title".to_owned(), None, Some("\"T\"".to_owned())),
                ("urn:x:2.0:User:department".to_owned(), Some("\"D\"".to_owned()), Some("\"E\"".to_owned())),
            ]
        );
    }

    #[test]
    fn what_says_nothing_about_the_person_is_no_change() {
        for (before, after) in [
            (r#"{"meta":{"version":"1"}}"#, r#"{"meta":{"version":"2"}}"#),
            (r#"{"a":null,"b":[]}"#, r"{}"),
            (r#"{"e":[{"v":1},{"v":2}]}"#, r#"{"e":[{"v":2},{"v":1}]}"#),
            (r#"{"groups":[]}"#, r#"{"groups":[{"value":"g"}]}"#),
        ] {
            assert_eq!(fields(before, after), [], "{before} → {after}");
        }
    }
}
