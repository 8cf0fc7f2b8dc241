//! One value a user that is in no column of the index: its id, or a path of the record as the service sent it. Read once;
//! equal values are kept once, so that a test looks at each once.

#[expect(clippy::disallowed_types, reason = "looked up once a user, never walked")]
use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, named_params};

use crate::model::{AccountId, COLUMN_END};
use crate::query::filter::folded;
use crate::store::{Context, StoreError};

const READING: &str = "reading records";

pub(super) const IDS: &str = "SELECT id, remote_id AS value, 'text' AS kind FROM users
     WHERE account_id = :account_id AND :path = '' ORDER BY remote_id";
pub(super) const PATH: &str =
    "SELECT id, json_extract(raw, :path) AS value, json_type(raw, :path) AS kind FROM users
     WHERE account_id = :account_id ORDER BY remote_id";

/// No value.
const NONE: u32 = 0;

/// The values of one path.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Value number of each row.
    numbers: Vec<u32>,
    /// From number 1 on: as written, and folded where that differs.
    values: Vec<(Box<str>, Option<Box<str>>)>,
}

impl Values {
    /// Reads the values under `path`, or the ids where it is empty.
    #[expect(clippy::disallowed_types, reason = "see above")]
    pub fn load(conn: &Connection, account: AccountId, ids: &[i64], path: &str) -> Result<Self, StoreError> {
        let mut values = Self { numbers: vec![NONE; ids.len()], values: Vec::new() };
        let mut known: HashMap<String, u32> = HashMap::new();
        let sql = if path.is_empty() { IDS } else { PATH };
        let mut statement = conn.prepare_cached(sql).context(READING)?;
        let parameters = named_params! { ":account_id": account.0, ":path": path };
        let mut rows = statement.query(parameters).context(READING)?;
        while let Some(row) = rows.next().context(READING)? {
            let kind: Option<String> = row.get("kind").context(READING)?;
            let Some(text) = text(row.get_ref("value").context(READING)?, kind.as_deref()) else { continue };
            let Ok(at) = ids.binary_search(&row.get("id").context(READING)?) else { continue };
            let number = match known.get(&text) {
                Some(number) => *number,
                None => values.add(&text, &mut known),
            };
            if let Some(slot) = values.numbers.get_mut(at) {
                *slot = number;
            }
        }
        Ok(values)
    }

    #[expect(clippy::disallowed_types, reason = "see above")]
    fn add(&mut self, text: &str, known: &mut HashMap<String, u32>) -> u32 {
        let parts: Vec<String> = text.split(COLUMN_END).map(folded).collect();
        let folded = parts.join("\u{1f}");
        let folded = (folded != text).then(|| folded.into());
        self.values.push((text.into(), folded));
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        known.insert(text.to_owned(), number);
        number
    }

    /// How many different ones there are, a list being one.
    pub const fn different(&self) -> usize {
        self.values.len()
    }

    /// Calls `take` with each row that has a value, and with that value; of a list once for each of it: as written, and folded.
    pub fn each(&self, mut take: impl FnMut(usize, &str, &str)) {
        for (row, number) in self.numbers.iter().enumerate() {
            let value = (*number as usize).checked_sub(1).and_then(|at| self.values.get(at));
            let Some((text, folded)) = value else { continue };
            let folded = folded.as_ref().unwrap_or(text);
            for (text, folded) in text.split(COLUMN_END).zip(folded.split(COLUMN_END)) {
                take(row, text, folded);
            }
        }
    }

    /// Calls `hit` with each row whose value, or one value of whose list, passes.
    pub fn matching(&self, written: bool, test: impl Fn(&str) -> bool, mut hit: impl FnMut(usize)) {
        let passes = self.values.iter().map(|(text, folded)| {
            let value = if written { text } else { folded.as_ref().unwrap_or(text) };
            value.split(COLUMN_END).any(&test)
        });
        let passes: Vec<bool> = std::iter::once(false).chain(passes).collect();
        for (row, number) in self.numbers.iter().enumerate() {
            if passes.get(*number as usize).copied().unwrap_or(false) {
                hit(row);
            }
        }
    }
}

/// A value as text; a list becomes its values, separated.
fn text(value: ValueRef<'_>, kind: Option<&str>) -> Option<String> {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Integer(number) => Some(match kind {
            Some("true") => "true".to_owned(),
            Some("false") => "false".to_owned(),
            _ => number.to_string(),
        }),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text);
            if kind == Some("array")
                && let Ok(list) = serde_json::from_str::<Vec<serde_json::Value>>(&text)
            {
                let list: Vec<String> = list.iter().map(element).collect();
                return Some(list.join("\u{1f}")).filter(|text| !text.is_empty());
            }
            Some(text.replace(COLUMN_END, " ")).filter(|text| !text.is_empty())
        }
    }
}

fn element(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.replace(COLUMN_END, " "),
        other @ (serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_)) => other.to_string(),
    }
}
