//! Which keys occur in the services' custom data. Everybody's records would have to be read to know all of them, so a
//! sample is looked at: few enough to be there within a frame at any size, and what it misses can be typed all the same.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, named_params};
use serde_json::{Map, Value};

use crate::store::{Context, StoreError};

/// Users looked at, spread evenly over the account.
const SAMPLE: usize = 500;
/// Keys in keys in keys.
const DEEPEST: usize = 3;
/// Different keys kept; a service that uses ids as keys has no end of them.
const MOST: usize = 200;

pub(super) const CUSTOM: &str = "SELECT json_extract(raw, '$.customData') FROM users WHERE id = :id";

/// Paths below `custom.`, each with how many of the sample have it, most frequent first.
pub(super) fn load(conn: &Connection, ids: &[i64]) -> Result<Vec<(String, u32)>, StoreError> {
    let reading = "reading custom data";
    let mut statement = conn.prepare_cached(CUSTOM).context(reading)?;
    let mut seen = BTreeMap::new();
    let step = ids.len().div_ceil(SAMPLE).max(1);
    for id in ids.iter().step_by(step) {
        let custom: Option<Option<String>> =
            statement.query_row(named_params! { ":id": id }, |row| row.get(0)).optional().context(reading)?;
        let Some(custom) = custom.flatten() else { continue };
        if let Ok(Value::Object(keys)) = serde_json::from_str(&custom) {
            note(&keys, "", DEEPEST, &mut seen);
        }
    }
    let mut keys: Vec<(String, u32)> = seen.into_iter().collect();
    keys.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(keys)
}

fn note(keys: &Map<String, Value>, above: &str, deeper: usize, seen: &mut BTreeMap<String, u32>) {
    for (key, value) in keys.iter().filter(|(key, _)| can_be_typed(key)) {
        let path = format!("{above}{key}");
        match value {
            Value::Object(inner) if deeper > 1 => note(inner, &format!("{path}."), deeper - 1, seen),
            Value::Null | Value::Object(_) => {}
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                if seen.len() < MOST || seen.contains_key(&path) {
                    *seen.entry(path).or_default() += 1;
                }
            }
        }
    }
}

/// The name of a field has no place for these.
fn can_be_typed(key: &str) -> bool {
    !key.is_empty() && !key.contains(|c: char| c.is_whitespace() || ".:\"\\()".contains(c))
}
