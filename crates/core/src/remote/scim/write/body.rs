//! An edit as operations of a PATCH (RFC 7644 section 3.5.2), or as a whole record: pure.

use serde_json::{Map, Value, json};

use super::super::wire::attribute;
use crate::model::{FieldEdit, FieldPath, RemoteId, Secret, Step};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A new user; active from the beginning where the service knows the word.
pub fn new_user(fields: &[FieldEdit], password: Option<&Secret>, can_suspend: bool) -> Value {
    let mut user = json!({ "schemas": [USER] });
    if can_suspend {
        put(&mut user, "active", Value::Bool(true));
    }
    apply(&mut user, fields);
    if let Some(password) = password {
        // Into the body of the request that creates the user.
        put(&mut user, "password", Value::from(password.expose()));
    }
    user
}

/// A new group.
pub fn new_group(fields: &[FieldEdit]) -> Value {
    let mut group = json!({ "schemas": [GROUP] });
    apply(&mut group, fields);
    group
}

/// Puts every value where it belongs; the schema of an extension that comes into use is named.
pub fn apply(record: &mut Value, fields: &[FieldEdit]) {
    for field in fields {
        let path = FieldPath::parse(&field.path);
        path.set(record, field.after.clone());
        if let (Some(Step::Name(urn)), false) = (path.steps().first(), field.after.is_null())
            && urn.starts_with("urn:")
        {
            name_schema(record, urn);
        }
    }
}

fn name_schema(record: &mut Value, urn: &str) {
    let Some(schemas) = record.get_mut("schemas").and_then(Value::as_array_mut) else { return };
    if !schemas.iter().any(|own| own.as_str().is_some_and(|own| own.eq_ignore_ascii_case(urn))) {
        schemas.push(Value::from(urn));
    }
}

/// Sets one attribute, however the record spells it.
pub fn put(record: &mut Value, name: &str, value: Value) {
    FieldPath::parse(name).set(record, value);
}

/// Takes out what only the service writes: it would be passed over, but some services refuse it.
pub fn without_read_only(record: &mut Value) {
    let Some(members) = record.as_object_mut() else { return };
    members.retain(|name, _| !["meta", "groups"].iter().any(|own| own.eq_ignore_ascii_case(name)));
}

/// Adds a member to a whole group.
pub fn add_member(group: &mut Value, member: &RemoteId) {
    let mut members = members_of(group);
    if !members.iter().any(|own| is_member(own, member)) {
        members.push(json!({ "value": member }));
    }
    put(group, "members", Value::Array(members));
}

/// Takes a member out of a whole group.
pub fn remove_member(group: &mut Value, member: &RemoteId) {
    let mut members = members_of(group);
    members.retain(|own| !is_member(own, member));
    put(group, "members", Value::Array(members));
}

fn members_of(group: &Value) -> Vec<Value> {
    attribute(group, "members").and_then(Value::as_array).cloned().unwrap_or_default()
}

fn is_member(entry: &Value, member: &RemoteId) -> bool {
    attribute(entry, "value").and_then(Value::as_str) == Some(member.as_str())
}

/// The operations that change `record`, as it is now, by `fields`.
pub fn operations(record: &Value, fields: &[FieldEdit]) -> Vec<Value> {
    fields.iter().map(|field| operation(record, field)).collect()
}

fn operation(record: &Value, field: &FieldEdit) -> Value {
    let path = FieldPath::parse(&field.path);
    if let [Step::Name(list), Step::Primary, rest @ ..] = path.steps() {
        return primary(record, list, rest, &field.after);
    }
    let missing = path.get(record).is_null();
    step(&field.path, missing, &field.after)
}

fn step(path: &str, missing: bool, after: &Value) -> Value {
    match (after.is_null(), missing) {
        (true, _) => json!({ "op": "remove", "path": path }),
        (false, true) => json!({ "op": "add", "path": path, "value": after }),
        (false, false) => json!({ "op": "replace", "path": path, "value": after }),
    }
}

/// In the entry marked primary, else in the one with the value of the first; the first of all is added.
fn primary(record: &Value, list: &str, rest: &[Step], after: &Value) -> Value {
    let entries = attribute(record, list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let marked = entries.iter().any(|entry| attribute(entry, "primary") == Some(&Value::Bool(true)));
    let first = entries.first().and_then(|entry| attribute(entry, "value"));
    let entry = match (marked, first) {
        (true, _) => format!("{list}[primary eq true]"),
        (false, Some(value)) => format!("{list}[value eq {value}]"),
        (false, None) => {
            let mut entry = Value::Object(Map::from_iter([("primary".to_owned(), Value::Bool(true))]));
            let name = rest.iter().find_map(|step| match step {
                Step::Name(name) | Step::Key(name) => Some(name.as_str()),
                Step::Primary => None,
            });
            put(&mut entry, name.unwrap_or("value"), after.clone());
            let value = if after.is_null() { Value::Null } else { json!([entry]) };
            return step(list, true, &value);
        }
    };
    if after.is_null() {
        return json!({ "op": "remove", "path": entry });
    }
    let path = rest.iter().fold(entry, |path, step| match step {
        Step::Name(name) | Step::Key(name) => format!("{path}.{name}"),
        Step::Primary => path,
    });
    json!({ "op": "replace", "path": path, "value": after })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(path: &str, after: Value) -> FieldEdit {
        FieldEdit { path: path.to_owned(), before: Value::Null, after }
    }

    #[test]
    fn each_change_of_a_value_is_one_operation() {
        let record = json!({
            "userName": "ada", "name": {"familyName": "L"}, "emails": [{"value": "a@x"}, {"value": "b@x", "primary": true}],
            "phoneNumbers": [{"value": "1 \"2\""}]
        });
        let department = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
        for (path, after, expected) in [
            ("userName", json!("bo"), json!({"op": "replace", "path": "userName", "value": "bo"})),
            ("name.familyName", json!(null), json!({"op": "remove", "path": "name.familyName"})),
            ("name.givenName", json!("Ada"), json!({"op": "add", "path": "name.givenName", "value": "Ada"})),
            (department, json!("Maps"), json!({"op": "add", "path": department, "value": "Maps"})),
            (
                "emails[primary].value",
                json!("n@x"),
                json!({"op": "replace", "path": "emails[primary eq true].value", "value": "n@x"}),
            ),
            (
                "emails[primary].value",
                json!(null),
                json!({"op": "remove", "path": "emails[primary eq true]"}),
            ),
            (
                "phoneNumbers[primary].value",
                json!("3"),
                json!({"op": "replace", "path": r#"phoneNumbers[value eq "1 \"2\""].value"#, "value": "3"}),
            ),
            (
                "photos[primary].value",
                json!("https://x/a.png"),
                json!({"op": "add", "path": "photos", "value": [{"value": "https://x/a.png", "primary": true}]}),
            ),
        ] {
            assert_eq!(operations(&record, &[field(path, after)]), [expected], "{path}");
        }
    }

    #[test]
    fn a_whole_record_names_its_extension_and_keeps_the_rest() {
        let mut record = json!({
            "schemas": [USER], "id": "1", "userName": "ada", "Meta": {"version": "1"}, "groups": [], "x": {"y": 1}
        });
        without_read_only(&mut record);
        apply(&mut record, &[field("urn:example:2.0:User:badge", json!("7")), field("x.y", json!(null))]);
        assert_eq!(
            record,
            json!({
                "schemas": [USER, "urn:example:2.0:User"], "id": "1", "userName": "ada", "x": {},
                "urn:example:2.0:User": {"badge": "7"}
            })
        );
        let mut group = json!({"Members": [{"value": "a", "$ref": "Users/a"}]});
        let id = |id: &str| RemoteId::new(id);
        add_member(&mut group, &id("b"));
        add_member(&mut group, &id("a"));
        remove_member(&mut group, &id("c"));
        assert_eq!(group, json!({"Members": [{"value": "a", "$ref": "Users/a"}, {"value": "b"}]}));
        remove_member(&mut group, &id("a"));
        assert_eq!(group, json!({"Members": [{"value": "b"}]}));
    }
}
