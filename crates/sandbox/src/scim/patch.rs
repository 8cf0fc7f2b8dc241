//! PATCH (RFC 7644 section 3.5.2): the whole request applies or nothing does. Names of operations are read in any case,
//! because Entra sends `Add` and `Replace`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::ScimError;
use crate::filter::{Filter, Path, get_ci, key_ci};
use crate::store::Kind;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Op {
    Add,
    Replace,
    Remove,
}

/// A path with, possibly, a value filter: `emails[type eq "work"].value`.
struct Target {
    path: Path,
    filter: Option<Filter>,
}

/// `record` with every operation of `body` applied.
pub fn apply(
    kind: Kind,
    mut record: Map<String, Value>,
    body: &Map<String, Value>,
) -> Result<Map<String, Value>, ScimError> {
    let operations = get_ci(body, "Operations").and_then(Value::as_array);
    let operations = operations.filter(|operations| !operations.is_empty());
    let operations = operations.ok_or_else(|| ScimError::bad("invalidSyntax", "Operations is required"))?;
    for operation in operations {
        let operation = operation.as_object();
        let operation =
            operation.ok_or_else(|| ScimError::bad("invalidSyntax", "An operation is an object"))?;
        step(kind, &mut record, operation)?;
    }
    Ok(record)
}

fn step(
    kind: Kind,
    record: &mut Map<String, Value>,
    operation: &Map<String, Value>,
) -> Result<(), ScimError> {
    let name = get_ci(operation, "op").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    let op = match name.as_str() {
        "add" => Op::Add,
        "replace" => Op::Replace,
        "remove" => Op::Remove,
        _ => return Err(ScimError::bad("invalidSyntax", "op is add, replace or remove")),
    };
    let value = get_ci(operation, "value");
    let path = get_ci(operation, "path").and_then(Value::as_str).filter(|path| !path.is_empty());
    let Some(path) = path else { return step_without_path(kind, record, op, value) };
    let target = Target::parse(path)?;
    target.writable(kind)?;
    match (op, value) {
        (Op::Remove, value) => target.remove(record, value),
        (Op::Add | Op::Replace, Some(value)) => target.set(record, op, value.clone()),
        (Op::Add | Op::Replace, None) => Err(ScimError::bad("invalidValue", "value is required")),
    }
}

fn step_without_path(
    kind: Kind,
    record: &mut Map<String, Value>,
    op: Op,
    value: Option<&Value>,
) -> Result<(), ScimError> {
    if op == Op::Remove {
        return Err(ScimError::bad("noTarget", "remove needs a path"));
    }
    let value = value.and_then(Value::as_object);
    let value =
        value.ok_or_else(|| ScimError::bad("invalidValue", "value is an object when there is no path"))?;
    for (name, value) in value {
        let target = Target::parse(name)?;
        // Clients send back what they read, read-only attributes included; those are passed over (section 3.5.2).
        if target.writable(kind).is_ok() {
            target.set(record, op, value.clone())?;
        }
    }
    Ok(())
}

impl Target {
    fn parse(text: &str) -> Result<Self, ScimError> {
        let Some((head, rest)) = text.split_once('[') else {
            return Ok(Self { path: Path::parse(text)?, filter: None });
        };
        let wrong = || ScimError::bad("invalidPath", format!("Not a path: {text}"));
        let (filter, tail) = rest.rsplit_once(']').ok_or_else(wrong)?;
        let mut path = Path::parse(head)?;
        path.sub = match tail.strip_prefix('.') {
            Some(sub) if !sub.is_empty() => Some(sub.to_owned()),
            Some(_) => return Err(wrong()),
            None if tail.is_empty() => None,
            None => return Err(wrong()),
        };
        Ok(Self { path, filter: Some(Filter::parse(filter)?) })
    }

    fn writable(&self, kind: Kind) -> Result<(), ScimError> {
        let name = self.path.attribute.as_deref().unwrap_or_default();
        let read_only = ["id", "meta"].iter().any(|own| own.eq_ignore_ascii_case(name))
            || (kind == Kind::User && name.eq_ignore_ascii_case("groups"));
        if read_only && self.path.extension.is_none() {
            return Err(ScimError::bad("mutability", format!("{name} is read-only")));
        }
        Ok(())
    }

    /// The object that holds the attribute: the record, or an extension, made when needed.
    fn holder<'a>(
        &self,
        record: &'a mut Map<String, Value>,
    ) -> Result<&'a mut Map<String, Value>, ScimError> {
        let Some(urn) = &self.path.extension else { return Ok(record) };
        if let Some(schemas) = record.get_mut("schemas").and_then(Value::as_array_mut)
            && !schemas.iter().any(|schema| schema.as_str().is_some_and(|own| own.eq_ignore_ascii_case(urn)))
        {
            schemas.push(Value::from(urn.as_str()));
        }
        let key = key_ci(record, urn);
        let holder = record.entry(key).or_insert_with(|| Value::Object(Map::new()));
        holder.as_object_mut().ok_or_else(|| ScimError::bad("invalidPath", "The extension is not an object"))
    }

    fn set(&self, record: &mut Map<String, Value>, op: Op, value: Value) -> Result<(), ScimError> {
        let holder = self.holder(record)?;
        let Some(attribute) = &self.path.attribute else {
            let Value::Object(values) = value else {
                return Err(ScimError::bad("invalidValue", "An extension takes an object"));
            };
            holder.extend(values);
            return Ok(());
        };
        let key = key_ci(holder, attribute);
        if let Some(filter) = &self.filter {
            return set_items(holder, &key, filter, self.path.sub.as_deref(), op, &value);
        }
        if let Some(sub) = &self.path.sub {
            return set_sub(holder, &key, sub, value);
        }
        match (op, holder.get_mut(&key), value) {
            (Op::Add, Some(Value::Array(items)), value) => add_items(items, value),
            (_, Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
            (_, _, value) => {
                holder.insert(key, value);
            }
        }
        Ok(())
    }

    fn remove(&self, record: &mut Map<String, Value>, value: Option<&Value>) -> Result<(), ScimError> {
        let holder = self.holder(record)?;
        let Some(attribute) = &self.path.attribute else {
            holder.clear();
            return Ok(());
        };
        let key = key_ci(holder, attribute);
        match (&self.filter, &self.path.sub, holder.get_mut(&key)) {
            (Some(filter), None, Some(Value::Array(items))) => {
                let before = items.len();
                items.retain(|item| !filter.matches_item(item));
                if items.len() == before {
                    return Err(ScimError::bad("noTarget", "No value matches the path"));
                }
            }
            (Some(filter), Some(sub), Some(Value::Array(items))) => {
                items
                    .iter_mut()
                    .filter(|item| filter.matches_item(item))
                    .for_each(|item| remove_sub(item, sub));
            }
            (Some(_), _, _) => return Err(ScimError::bad("noTarget", "No value matches the path")),
            (None, Some(sub), Some(Value::Array(items))) => {
                items.iter_mut().for_each(|item| remove_sub(item, sub))
            }
            (None, Some(sub), Some(item)) => remove_sub(item, sub),
            // Entra names the items to remove in `value`.
            (None, None, Some(Value::Array(items))) if value.is_some_and(Value::is_array) => {
                let gone = values_of(value);
                items.retain(|item| !value_of(item).is_some_and(|own| gone.contains(own)));
            }
            (None, _, _) => {
                holder.remove(&key);
            }
        }
        Ok(())
    }
}

fn set_items(
    holder: &mut Map<String, Value>,
    key: &str,
    filter: &Filter,
    sub: Option<&str>,
    op: Op,
    value: &Value,
) -> Result<(), ScimError> {
    let no_target = || ScimError::bad("noTarget", "No value matches the path");
    let items = holder.get_mut(key).and_then(Value::as_array_mut).ok_or_else(no_target)?;
    let mut found = false;
    for item in items.iter_mut().filter(|item| filter.matches_item(item)) {
        found = true;
        match (sub, item.as_object_mut(), value) {
            (Some(sub), Some(map), value) => {
                let key = key_ci(map, sub);
                map.insert(key, value.clone());
            }
            (None, Some(map), Value::Object(new)) if op == Op::Add => map.extend(new.clone()),
            (_, _, value) => *item = value.clone(),
        }
    }
    if found { Ok(()) } else { Err(no_target()) }
}

fn set_sub(holder: &mut Map<String, Value>, key: &str, sub: &str, value: Value) -> Result<(), ScimError> {
    match holder.entry(key.to_owned()).or_insert_with(|| Value::Object(Map::new())) {
        Value::Object(map) => {
            let key = key_ci(map, sub);
            map.insert(key, value);
        }
        Value::Array(items) => {
            for map in items.iter_mut().filter_map(Value::as_object_mut) {
                let key = key_ci(map, sub);
                map.insert(key, value.clone());
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Err(ScimError::bad("invalidPath", format!("{key} has no {sub}")));
        }
    }
    Ok(())
}

fn remove_sub(item: &mut Value, sub: &str) {
    if let Some(map) = item.as_object_mut() {
        let key = key_ci(map, sub);
        map.remove(&key);
    }
}

/// Adds items that are not there yet; a new primary item ends the old one's being primary.
fn add_items(items: &mut Vec<Value>, value: Value) {
    let new = if let Value::Array(new) = value { new } else { vec![value] };
    let mut seen: BTreeSet<String> = items.iter().filter_map(value_of).map(str::to_owned).collect();
    for item in new {
        let is_new =
            value_of(&item).map_or_else(|| !items.contains(&item), |own| seen.insert(own.to_owned()));
        if !is_new {
            continue;
        }
        if item.get("primary") == Some(&Value::Bool(true)) {
            for old in items.iter_mut().filter_map(Value::as_object_mut) {
                old.entry("primary").and_modify(|primary| *primary = Value::Bool(false));
            }
        }
        items.push(item);
    }
}

fn value_of(item: &Value) -> Option<&str> {
    item.as_str().or_else(|| item.get("value").and_then(Value::as_str))
}

fn values_of(value: Option<&Value>) -> BTreeSet<&str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(value_of).collect()
}
