//! A record as it was: the attributes that history says were different are put back into it. Pure.
//!
//! A line of history names an attribute by its path, as `store::diff` wrote it. A list stands there as a set, so it comes
//! back in another order than the service's; everything else comes back as it was.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::collapse::Step;
use crate::model::Action;
use crate::store::path_separator;

/// The oldest value of each attribute that the lines, oldest first, are about; `None` where it was not there.
pub(super) fn oldest_values<'s>(steps: &[&'s Step]) -> BTreeMap<&'s str, Option<&'s str>> {
    let mut values = BTreeMap::new();
    for step in steps.iter().filter(|step| step.action == Action::Changed) {
        if let Some(field) = step.field.as_deref() {
            values.entry(field).or_insert(step.before.as_deref());
        }
    }
    values
}

/// Puts values of attributes back into a record.
pub(super) fn put_back(mut record: Value, values: &BTreeMap<&str, Option<&str>>) -> Value {
    let schemas = schemas(&record);
    if let Value::Object(object) = &mut record {
        // First what was not there: a path that has something in it now may be the place of what comes back.
        for (path, _) in values.iter().filter(|(_, value)| value.is_none()) {
            remove(object, path, "");
        }
        for (path, value) in values {
            let Some(value) = value.and_then(|text| serde_json::from_str(text).ok()) else { continue };
            insert(object, path, value, "", &schemas);
        }
    }
    record
}

/// Without what services change with every sign-in, and what has a history of its own. What was created stays.
pub(super) fn without_what_says_nothing(mut record: Value) -> Value {
    if let Value::Object(object) = &mut record {
        for name in ["groups", "members", "updatedAt", "lastSignInAt"] {
            object.remove(name);
        }
        if let Some(Value::Object(meta)) = object.get_mut("meta") {
            meta.remove("lastModified");
            meta.remove("version");
        }
    }
    record
}

fn schemas(record: &Value) -> Vec<String> {
    let listed = record.get("schemas").and_then(Value::as_array).into_iter().flatten();
    listed.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Removes the attribute at `path`, which begins within the object at `at`; true when it was there.
fn remove(object: &mut Map<String, Value>, path: &str, at: &str) -> bool {
    if object.get(path).is_some_and(|value| !value.is_object()) {
        object.remove(path);
        return true;
    }
    let inner = within(object, path, at);
    inner.into_iter().any(|(key, rest)| {
        let below = join(at, &key);
        let Some(Value::Object(child)) = object.get_mut(&key) else { return false };
        let removed = remove(child, rest, &below);
        if removed && child.is_empty() {
            object.remove(&key);
        }
        removed
    })
}

fn insert(object: &mut Map<String, Value>, path: &str, value: Value, at: &str, schemas: &[String]) {
    if object.get(path).is_some_and(|known| !known.is_object()) {
        object.insert(path.to_owned(), value);
        return;
    }
    if let Some((key, rest)) = within(object, path, at).into_iter().next() {
        let below = join(at, &key);
        if let Some(Value::Object(child)) = object.get_mut(&key) {
            insert(child, rest, value, &below, schemas);
        }
        return;
    }
    match split(path, at, schemas) {
        Some((key, rest)) => {
            let mut child = Map::new();
            insert(&mut child, rest, value, &join(at, key), schemas);
            object.insert(key.to_owned(), Value::Object(child));
        }
        None => {
            object.insert(path.to_owned(), value);
        }
    }
}

/// Objects in `object` within which `path` goes on, with what is left of it; the longest name first.
fn within<'p>(object: &Map<String, Value>, path: &'p str, at: &str) -> Vec<(String, &'p str)> {
    let objects = object.iter().filter(|(_, value)| value.is_object());
    let mut found: Vec<(String, &str)> = objects
        .filter_map(|(key, _)| {
            let rest = path.strip_prefix(key.as_str())?.strip_prefix(path_separator(&join(at, key)))?;
            Some((key.clone(), rest))
        })
        .collect();
    found.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    found
}

/// The first name of a path of which nothing is in the record. An extension is known by the record's own list, else by
/// how such names end.
fn split<'p>(path: &'p str, at: &str, schemas: &[String]) -> Option<(&'p str, &'p str)> {
    if path_separator(path) != ':' || !at.is_empty() {
        return path.split_once(path_separator(if at.is_empty() { path } else { at }));
    }
    let listed = schemas.iter().find_map(|urn| {
        let rest = path.strip_prefix(urn.as_str())?.strip_prefix(':')?;
        Some((path.get(..urn.len())?, rest))
    });
    let ending = || {
        let end = path.find(":User:").map(|found| found + ":User".len())?;
        Some((path.get(..end)?, path.get(end + 1..)?))
    };
    listed.or_else(ending).or_else(|| path.rsplit_once(':'))
}

fn join(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_owned() } else { format!("{at}{}{key}", path_separator(at)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::changed_fields;

    /// Back from `after` to `before` by the lines that a sync would have written.
    fn goes_back(before: &str, after: &str) {
        let steps: Vec<Step> = changed_fields(before, after)
            .into_iter()
            .map(|change| Step {
                id: 1,
                action: Action::Changed,
                field: Some(change.field),
                before: change.before,
                after: change.after,
            })
            .collect();
        let steps: Vec<&Step> = steps.iter().collect();
        let back = put_back(serde_json::from_str(after).unwrap(), &oldest_values(&steps));
        assert_eq!(changed_fields(&back.to_string(), before), [], "{before} from {after}: {back}");
    }

    #[test]
    fn any_change_can_be_taken_back() {
        const URN: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        let own = "urn:acme:thing:1.0:Extra";
        let extended = format!(r#"{{"id":"1","{URN}":{{"department":"D","manager":{{"value":"m"}}}}}}"#);
        let listed = format!(r#"{{"schemas":["{own}"],"{own}":{{"a":{{"b":1}}}}}}"#);
        for (one, other) in [
            (r#"{"title":"A"}"#, r#"{"title":"B"}"#),
            (r#"{"title":"A"}"#, r"{}"),
            (r#"{"name":{"familyName":"A","givenName":"B"}}"#, r#"{"name":{"givenName":"C"}}"#),
            (r#"{"name":{"familyName":"A"}}"#, r#"{"name":"A"}"#),
            (r#"{"a":{"b":{"c":1,"d":2}}}"#, r#"{"a":{"b":3}}"#),
            (r#"{"customData":{"a.b":1,"a":{"c":2}}}"#, r#"{"customData":{"a":{"c":3}}}"#),
            (r#"{"emails":[{"value":"a"},{"value":"b"}]}"#, r#"{"emails":[{"value":"c"}]}"#),
            (r#"{"emails":[{"value":"a"}]}"#, r#"{"emails":[]}"#),
            (&extended, r#"{"id":"1"}"#),
            (&listed, &format!(r#"{{"schemas":["{own}"]}}"#)),
            (r#"{"active":true,"x":null}"#, r#"{"active":false,"x":{"y":[1]}}"#),
        ] {
            goes_back(one, other);
            goes_back(other, one);
        }
    }

    #[test]
    fn an_extension_comes_back_under_its_own_name() {
        let urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        let path = format!("{urn}:department");
        let back = put_back(serde_json::json!({}), &BTreeMap::from([(path.as_str(), Some("\"D\""))]));
        assert_eq!(back, serde_json::json!({ urn: { "department": "D" } }));
    }

    #[test]
    fn the_oldest_value_wins() {
        let step = |before: &str| Step {
            id: 1,
            action: Action::Changed,
            field: Some("title".to_owned()),
            before: Some(before.to_owned()),
            after: None,
        };
        let steps = [step("\"old\""), step("\"new\"")];
        let back = put_back(serde_json::json!({ "title": 1 }), &oldest_values(&steps.each_ref()));
        assert_eq!(back, serde_json::json!({ "title": "old" }));
    }
}
