//! Canonical JSON, so that the same record always has the same bytes, and the taking out of secrets.
//!
//! Object keys are sorted. For the hash, lists of objects are sorted as well: services hand out `emails` or `roles` in
//! whatever order their database returns them, and that is no change of the record.

use serde_json::Value;

use crate::model::ContentHash;

/// `value` with sorted keys; lists keep their order.
pub fn canonical(value: &Value) -> String {
    let mut bytes = Vec::with_capacity(512);
    write(value, false, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The hash of `value`, whose canonical form is `canonical`, insensitive to the order of lists of objects.
pub fn content_hash(value: &Value, canonical: &str) -> ContentHash {
    if has_list_of_objects(value) {
        let mut bytes = Vec::with_capacity(canonical.len());
        write(value, true, &mut bytes);
        ContentHash::of(&bytes)
    } else {
        ContentHash::of(canonical.as_bytes())
    }
}

fn has_list_of_objects(value: &Value) -> bool {
    match value {
        Value::Array(items) => is_list_of_objects(items) || items.iter().any(has_list_of_objects),
        Value::Object(members) => members.values().any(has_list_of_objects),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn is_list_of_objects(items: &[Value]) -> bool {
    items.len() > 1 && items.iter().all(Value::is_object)
}

fn write(value: &Value, sort_lists: bool, out: &mut Vec<u8>) {
    match value {
        Value::Object(members) => {
            // Sorted here, because the map's own order depends on a feature that any crate may switch on.
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by(|a, b| a.0.cmp(b.0));
            write_list(b'{', b'}', members, out, |(key, value), out| {
                write_leaf(key, out);
                out.push(b':');
                write(value, sort_lists, out);
            });
        }
        Value::Array(items) if sort_lists && is_list_of_objects(items) => {
            let mut written: Vec<Vec<u8>> = items
                .iter()
                .map(|item| {
                    let mut bytes = Vec::new();
                    write(item, true, &mut bytes);
                    bytes
                })
                .collect();
            written.sort_unstable();
            write_list(b'[', b']', written, out, |item, out| out.extend_from_slice(&item));
        }
        Value::Array(items) => {
            write_list(b'[', b']', items, out, |item, out| write(item, sort_lists, out));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => write_leaf(value, out),
    }
}

fn write_list<T>(
    open: u8,
    close: u8,
    items: impl IntoIterator<Item = T>,
    out: &mut Vec<u8>,
    mut write_item: impl FnMut(T, &mut Vec<u8>),
) {
    out.push(open);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_item(item, out);
    }
    out.push(close);
}

fn write_leaf<T: serde::Serialize + ?Sized>(leaf: &T, out: &mut Vec<u8>) {
    // Writing text, numbers and truth values into memory cannot fail.
    let _ = serde_json::to_writer(out, leaf);
}

/// Takes out every attribute that is named like a secret, at any depth. Truth values and `null` stay: they say
/// whether there is one, not what it is.
pub fn drop_secrets(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, value| matches!(value, Value::Bool(_) | Value::Null) || !is_secret(name));
            members.values_mut().for_each(drop_secrets);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_secrets),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Puts back into `edited` what [`drop_secrets`] took out of `original` before a person saw it: an object that is sent whole
/// must not lose what was not shown. What the person typed stays.
pub fn keep_hidden(original: &Value, edited: &mut Value) {
    let (Value::Object(original), Value::Object(edited)) = (original, edited) else { return };
    for (name, value) in original {
        match edited.get_mut(name) {
            Some(own) => keep_hidden(value, own),
            None if is_secret(name) && !matches!(value, Value::Bool(_) | Value::Null) => {
                edited.insert(name.clone(), value.clone());
            }
            None => {}
        }
    }
}

/// Endings of attribute names that hold secrets, in lower case without separators.
const SECRET_ENDINGS: [&str; 22] = [
    "password",
    "passwords",
    "passwd",
    "pwd",
    "passwordhash",
    "passwordsalt",
    "passphrase",
    "passcode",
    "secret",
    "secrets",
    "token",
    "tokens",
    "apikey",
    "apikeys",
    "privatekey",
    "recoverycodes",
    "totpseed",
    "credentials",
    "passworddigest",
    "passwordencrypted",
    "signingkey",
    "codeverifier",
];

fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | '.' | ' '))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    SECRET_ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hash(value: &Value) -> ContentHash {
        content_hash(value, &canonical(value))
    }

    #[test]
    fn keys_are_sorted_at_every_depth_and_lists_keep_their_order() {
        let value = json!({"b": [{"z": 1, "a": "é\n\u{1f}"}, 2], "a": null, "C": 1.5});
        assert_eq!(canonical(&value), r#"{"C":1.5,"a":null,"b":[{"a":"é\n\u001f","z":1},2]}"#);
    }

    #[test]
    fn the_hash_ignores_the_order_of_lists_of_objects_only() {
        let record = json!({"emails": [{"value": "a"}, {"value": "b"}], "schemas": ["x", "y"]});
        let turned = json!({"emails": [{"value": "b"}, {"value": "a"}], "schemas": ["x", "y"]});
        let schemas = json!({"emails": [{"value": "a"}, {"value": "b"}], "schemas": ["y", "x"]});
        let fewer = json!({"emails": [{"value": "a"}], "schemas": ["x", "y"]});
        assert_eq!(hash(&record), hash(&turned));
        assert_ne!(hash(&record), hash(&schemas));
        assert_ne!(hash(&record), hash(&fewer));
        let nested = |first: u8, second: u8| json!({"x": {"list": [{"n": first}, {"n": second}]}});
        assert_eq!(hash(&nested(1, 2)), hash(&nested(2, 1)));
    }

    #[test]
    fn what_was_not_shown_survives_an_object_that_is_sent_whole() {
        let original =
            json!({"plan": "pro", "apiKey": "x", "hasPassword": true, "shop": {"secret": "y", "id": 1}});
        let mut edited = json!({"plan": "free", "shop": {"id": 2}, "new": {}});
        keep_hidden(&original, &mut edited);
        assert_eq!(
            edited,
            json!({"plan": "free", "shop": {"id": 2, "secret": "y"}, "new": {}, "apiKey": "x"})
        );
    }

    #[test]
    fn attributes_named_like_secrets_are_taken_out() {
        let mut value = json!({
            "userName": "ann", "password": "x", "Client_Secret": "x", "accessToken": "x", "apiKey": 7,
            "nested": {"refresh-token": "x", "tokens": [{"value": "x"}], "kept": 1},
            "list": [{"pwd": "x", "value": "kept"}],
            "hasPassword": true, "passwordLastChanged": "2026-01-01", "password2": null, "tokenCount": 3
        });
        drop_secrets(&mut value);
        assert_eq!(
            value,
            json!({
                "userName": "ann", "nested": {"kept": 1}, "list": [{"value": "kept"}],
                "hasPassword": true, "passwordLastChanged": "2026-01-01", "password2": null, "tokenCount": 3
            })
        );
    }
}
