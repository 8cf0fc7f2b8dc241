//! Where a value stands in a record as the service sends it. One text, understood alike by forms, by the comparison with
//! what a person saw, and by the requests:
//!
//! - `name.familyName`: names with dots between them;
//! - `customData.any.key`: everything after the first dot is one key, because people choose these keys;
//! - `urn:…:2.0:User:department`: the attribute of an extension, as RFC 7644 section 3.10 writes it;
//! - `emails[primary].value`: of a list of objects the one marked primary, else the first.

use serde_json::{Map, Value};

/// The object whose keys people choose.
const FREE: &str = "customData";

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The attribute of this name. SCIM's names are alike in any case.
    Name(String),
    /// The key that is spelled exactly so.
    Key(String),
    /// The entry marked primary, else the first.
    Primary,
}

/// The way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPath(Vec<Step>);

impl FieldPath {
    /// Reads it. There is no wrong path: what names nothing leads to nothing.
    pub fn parse(text: &str) -> Self {
        if let Some(key) = text.strip_prefix(FREE).and_then(|rest| rest.strip_prefix('.')) {
            return Self(vec![Step::Name(FREE.to_owned()), Step::Key(key.to_owned())]);
        }
        let mut steps = Vec::new();
        let mut rest = text;
        if text.starts_with("urn:")
            && let Some((urn, attribute)) = text.rsplit_once(':')
        {
            steps.push(Step::Name(urn.to_owned()));
            rest = attribute;
        }
        for name in rest.split('.') {
            match name.strip_suffix("[primary]") {
                Some(list) => steps.extend([Step::Name(list.to_owned()), Step::Primary]),
                None => steps.push(Step::Name(name.to_owned())),
            }
        }
        Self(steps)
    }

    /// The steps, one after the other.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// What stands there in `record`; `null` for nothing.
    pub fn get<'v>(&self, record: &'v Value) -> &'v Value {
        self.0.iter().try_fold(record, step_into).unwrap_or(&Value::Null)
    }

    /// Puts `value` there, making what is missing on the way; `null` takes away what is there.
    pub fn set(&self, record: &mut Value, value: Value) {
        set(record, &self.0, value);
    }
}

fn step_into<'v>(value: &'v Value, step: &Step) -> Option<&'v Value> {
    match step {
        Step::Name(name) => {
            let members = value.as_object()?;
            members.get(name).or_else(|| members.get(&spelled(members, name)?))
        }
        Step::Key(key) => value.get(key),
        Step::Primary => {
            let entries = value.as_array()?;
            entries.get(primary(entries)?)
        }
    }
}

/// How an object spells the attribute `name`.
fn spelled(members: &Map<String, Value>, name: &str) -> Option<String> {
    members.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned()
}

/// The place of the entry marked primary, else of the first.
fn primary(entries: &[Value]) -> Option<usize> {
    let marked = entries.iter().position(|entry| entry.get("primary") == Some(&Value::Bool(true)));
    marked.or_else(|| (!entries.is_empty()).then_some(0))
}

fn set(holder: &mut Value, steps: &[Step], value: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *holder = value;
        return;
    };
    match step {
        Step::Name(name) | Step::Key(name) => {
            if !holder.is_object() {
                if value.is_null() {
                    return;
                }
                *holder = Value::Object(Map::new());
            }
            let Some(members) = holder.as_object_mut() else { return };
            let exact = matches!(step, Step::Key(_)) || members.contains_key(name);
            let name =
                if exact { name.clone() } else { spelled(members, name).unwrap_or_else(|| name.clone()) };
            if rest.is_empty() && value.is_null() {
                members.remove(&name);
            } else if !value.is_null() || members.contains_key(&name) {
                set(members.entry(name).or_insert(Value::Null), rest, value);
            }
        }
        Step::Primary => set_primary(holder, rest, value),
    }
}

/// Nothing in the primary entry means that there is no such entry.
fn set_primary(list: &mut Value, rest: &[Step], value: Value) {
    if !list.is_array() {
        if value.is_null() {
            return;
        }
        *list = Value::Array(Vec::new());
    }
    let Some(entries) = list.as_array_mut() else { return };
    match (primary(entries), value.is_null()) {
        (Some(place), true) => {
            entries.remove(place);
        }
        (Some(place), false) => {
            if let Some(entry) = entries.get_mut(place) {
                set(entry, rest, value);
            }
        }
        (None, true) => {}
        (None, false) => {
            let mut entry = Value::Object(Map::from_iter([("primary".to_owned(), Value::Bool(true))]));
            set(&mut entry, rest, value);
            entries.push(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const DEPARTMENT: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";

    fn record() -> Value {
        json!({
            "userName": "ada", "name": {"familyName": "L"}, "customData": {"a.b": 1, "team": "x"},
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"Department": "Maps"},
            "emails": [{"value": "home@x", "type": "home"}, {"value": "work@x", "primary": true}],
            "phoneNumbers": [{"value": "1"}]
        })
    }

    #[test]
    fn every_kind_of_path_leads_to_its_value() {
        for (path, expected) in [
            ("name.familyName", json!("L")),
            ("NAME.familyname", json!("L")),
            ("name.givenName", Value::Null),
            ("customData.a.b", json!(1)),
            ("customData.TEAM", Value::Null),
            ("customData", json!({"a.b": 1, "team": "x"})),
            (DEPARTMENT, json!("Maps")),
            ("emails[primary].value", json!("work@x")),
            ("phoneNumbers[primary].value", json!("1")),
            ("photos[primary].value", Value::Null),
            ("userName.nothing", Value::Null),
        ] {
            assert_eq!(*FieldPath::parse(path).get(&record()), expected, "{path}");
        }
    }

    #[test]
    fn what_is_put_somewhere_is_found_there_and_nothing_else_moves() {
        for (path, value) in [
            ("name.givenName", json!("Ada")),
            ("NAME.familyname", json!("Byron")),
            ("customData.c.d", json!({"x": 1})),
            (DEPARTMENT, json!("Tours")),
            ("emails[primary].value", json!("new@x")),
            ("photos[primary].value", json!("https://x/y.png")),
            ("profile.address.locality", json!("Ghent")),
        ] {
            let (mut changed, path) = (record(), FieldPath::parse(path));
            path.set(&mut changed, value.clone());
            assert_eq!(*path.get(&changed), value);
            path.set(&mut changed, path.get(&record()).clone());
            assert_eq!(changed["emails"], record()["emails"]);
            assert_eq!(changed["customData"], record()["customData"]);
        }
        let mut changed = record();
        FieldPath::parse("emails[primary].value").set(&mut changed, Value::Null);
        assert_eq!(changed["emails"], json!([{"value": "home@x", "type": "home"}]));
        let before = changed.clone();
        for nothing in ["nothing.at.all", "photos[primary].value", "customData.gone"] {
            FieldPath::parse(nothing).set(&mut changed, Value::Null);
        }
        assert_eq!(changed, before);
    }
}
