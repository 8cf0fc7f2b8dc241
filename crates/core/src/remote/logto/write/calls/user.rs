//! A user: created with what is something, changed with the least that loses nothing.

use serde_json::{Map, Value, json};

use super::{Brings, Call, Known, created, object_with_hidden, top};
use crate::model::{FieldEdit, FieldPath};

pub(super) fn create_user(fields: &[FieldEdit], known: &Known) -> Call {
    let mut body = created(fields);
    if let Some(password) = &known.password {
        // Into the body of the request that creates the user.
        body.insert("password".to_owned(), Value::from(password.expose()));
    }
    Call::post(&["users"], "POST /users", Value::Object(body)).bringing(Brings::Id)
}

/// Whether the service can only be given the object around the value whole: it replaces addresses, and takes no key away
/// when it merges.
pub(super) fn needs_whole(field: &FieldEdit) -> bool {
    let path = field.path.as_str();
    let in_object = matches!(top(path), "profile" | "customData");
    in_object && (field.after.is_null() || path == top(path) || path.starts_with("profile.address."))
}

pub(super) fn update_user(user: &str, fields: &[FieldEdit], whole: &Value) -> Vec<Call> {
    let mut changed = whole.clone();
    for field in fields {
        FieldPath::parse(&field.path).set(&mut changed, field.after.clone());
    }
    let mut row = Map::new();
    for field in fields.iter().filter(|field| !matches!(top(&field.path), "profile" | "customData")) {
        row.insert(field.path.clone(), field.after.clone());
    }
    let mut calls = Vec::new();
    let profile = merged("profile", fields, whole, &changed, &mut row);
    let custom_data = merged("customData", fields, whole, &changed, &mut row);
    if !row.is_empty() {
        calls.push(Call::patch(&["users", user], "PATCH /users/{id}", Value::Object(row)));
    }
    calls.extend(profile.map(|profile| {
        let body = json!({ "profile": profile });
        Call::patch(&["users", user, "profile"], "PATCH /users/{id}/profile", body)
    }));
    calls.extend(custom_data.map(|data| {
        let body = json!({ "customData": data });
        Call::patch(&["users", user, "custom-data"], "PATCH /users/{id}/custom-data", body)
    }));
    calls
}

/// What to merge into the object `name`; where a key must go or the object is replaced, it goes into `row` whole instead.
fn merged(
    name: &str,
    fields: &[FieldEdit],
    whole: &Value,
    changed: &Value,
    row: &mut Map<String, Value>,
) -> Option<Map<String, Value>> {
    let own: Vec<_> = fields.iter().filter(|field| top(&field.path) == name).collect();
    if own.is_empty() {
        return None;
    }
    // An address is sent whole, which the merge does too.
    let goes = |field: &&FieldEdit| {
        field.path == name || (field.after.is_null() && !field.path.starts_with("profile.address."))
    };
    if own.iter().any(goes) {
        row.insert(name.to_owned(), object_with_hidden(changed.get(name), whole.get(name)));
        return None;
    }
    let keys = own.iter().filter_map(|field| match FieldPath::parse(&field.path).steps() {
        [_, crate::model::Step::Name(key) | crate::model::Step::Key(key), ..] => Some(key.clone()),
        _ => None,
    });
    let changed = changed.get(name);
    Some(keys.filter_map(|key| Some((key.clone(), changed?.get(&key)?.clone()))).collect())
}
