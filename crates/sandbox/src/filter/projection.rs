//! `attributes` and `excludedAttributes` (RFC 7644 section 3.9). `id` and `schemas` are always there.

use serde_json::{Map, Value};

use super::path::{Path, get_ci, key_ci};
use crate::ScimError;

/// Which attributes an answer holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Projection {
    /// Only these.
    Only(Vec<Path>),
    /// All but these.
    Without(Vec<Path>),
}

impl Projection {
    /// From the two lists of a request; `attributes` wins when both are there.
    pub fn new(only: &[&str], without: &[&str]) -> Result<Option<Self>, ScimError> {
        let read = |names: &[&str]| {
            names
                .iter()
                .filter(|name| !name.trim().is_empty())
                .map(|name| Path::parse(name))
                .collect::<Result<Vec<_>, _>>()
        };
        let (only, without) = (read(only)?, read(without)?);
        Ok(match (only.is_empty(), without.is_empty()) {
            (false, _) => Some(Self::Only(only)),
            (true, false) => Some(Self::Without(without)),
            (true, true) => None,
        })
    }

    /// `record` with what is asked for.
    pub fn apply(&self, mut record: Map<String, Value>) -> Map<String, Value> {
        match self {
            Self::Without(paths) => {
                for path in paths {
                    remove(&mut record, path);
                }
                record
            }
            Self::Only(paths) => {
                let mut kept = Map::new();
                for name in ["id", "schemas"] {
                    if let Some(value) = record.get(name) {
                        kept.insert(name.to_owned(), value.clone());
                    }
                }
                for path in paths {
                    keep(&mut kept, &record, path);
                }
                kept
            }
        }
    }
}

fn remove(record: &mut Map<String, Value>, path: &Path) {
    let top = match &path.extension {
        Some(urn) => {
            let key = key_ci(record, urn);
            if path.attribute.is_none() {
                record.remove(&key);
                return;
            }
            record.get_mut(&key).and_then(Value::as_object_mut)
        }
        None => Some(record),
    };
    let (Some(top), Some(attribute)) = (top, &path.attribute) else { return };
    if path.extension.is_none()
        && ["id", "schemas"].iter().any(|always| always.eq_ignore_ascii_case(attribute))
    {
        return;
    }
    let key = key_ci(top, attribute);
    let Some(sub) = &path.sub else {
        top.remove(&key);
        return;
    };
    let strip = |value: &mut Value| {
        if let Some(map) = value.as_object_mut() {
            let key = key_ci(map, sub);
            map.remove(&key);
        }
    };
    match top.get_mut(&key) {
        Some(Value::Array(items)) => items.iter_mut().for_each(strip),
        Some(value) => strip(value),
        None => {}
    }
}

fn keep(kept: &mut Map<String, Value>, record: &Map<String, Value>, path: &Path) {
    let (target, source) = match &path.extension {
        Some(urn) => {
            let key = key_ci(record, urn);
            let Some(source) = record.get(&key).and_then(Value::as_object) else { return };
            if path.attribute.is_none() {
                kept.insert(key, Value::Object(source.clone()));
                return;
            }
            let target = kept.entry(key).or_insert_with(|| Value::Object(Map::new()));
            let Some(target) = target.as_object_mut() else { return };
            (target, source)
        }
        None => (kept, record),
    };
    let Some(attribute) = &path.attribute else { return };
    let key = key_ci(source, attribute);
    let Some(value) = source.get(&key) else { return };
    let Some(sub) = &path.sub else {
        target.insert(key, value.clone());
        return;
    };
    let pick = |value: &Value| {
        let map = value.as_object()?;
        let found = get_ci(map, sub)?.clone();
        Some((key_ci(map, sub), found))
    };
    if let Some(items) = value.as_array() {
        let picked: Vec<_> = items.iter().map(|item| pick(item).into_iter().collect::<Map<_, _>>()).collect();
        merge_items(target, key, picked);
    } else if let (Some((name, found)), Some(map)) =
        (pick(value), target.entry(key).or_insert_with(|| Value::Object(Map::new())).as_object_mut())
    {
        map.insert(name, found);
    }
}

/// Puts picked parts of items beside those picked before (`attributes=emails.value,emails.type`).
fn merge_items(target: &mut Map<String, Value>, key: String, picked: Vec<Map<String, Value>>) {
    let before = target.entry(key).or_insert_with(|| Value::Array(Vec::new()));
    let Some(before) = before.as_array_mut() else { return };
    for (place, part) in picked.into_iter().enumerate() {
        match before.get_mut(place).and_then(Value::as_object_mut) {
            Some(map) => map.extend(part),
            None => before.push(Value::Object(part)),
        }
    }
}
