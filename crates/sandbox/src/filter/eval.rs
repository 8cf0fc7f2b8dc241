//! Whether a record matches a filter.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::parser::{Comparison, Filter, Operator};
use super::path::{Path, get_ci};
use crate::clock::parse_ms;

impl Filter {
    /// Whether `record` (or one item of a list) matches.
    pub fn matches(&self, record: &Map<String, Value>) -> bool {
        match self {
            Self::And(left, right) => left.matches(record) && right.matches(record),
            Self::Or(left, right) => left.matches(record) || right.matches(record),
            Self::Not(inner) => !inner.matches(record),
            Self::Item(path, inner) => items(path, record).into_iter().any(|item| inner.matches_item(item)),
            Self::Present(path) => path.values(record).into_iter().any(present),
            Self::Compare(comparison) => comparison.matches(record),
        }
    }

    /// Whether one item of a multi-valued attribute matches; a plain item stands as its own `value`.
    pub fn matches_item(&self, item: &Value) -> bool {
        item.as_object().map_or_else(
            || self.matches(&Map::from_iter([("value".to_owned(), item.clone())])),
            |map| self.matches(map),
        )
    }
}

/// The items of a multi-valued attribute, or the one value of a single one.
fn items<'a>(path: &Path, record: &'a Map<String, Value>) -> Vec<&'a Value> {
    let top = match &path.extension {
        Some(urn) => get_ci(record, urn).and_then(Value::as_object),
        None => Some(record),
    };
    let value = path.attribute.as_ref().and_then(|name| get_ci(top?, name));
    value.map_or_else(Vec::new, |value| {
        value.as_array().map_or_else(|| vec![value], |all| all.iter().collect())
    })
}

fn present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

impl Comparison {
    fn matches(&self, record: &Map<String, Value>) -> bool {
        let values = self.path.values(record);
        if self.value.is_null() {
            let absent = !values.iter().any(|value| present(value));
            return if self.operator == Operator::Ne { !absent } else { absent };
        }
        if self.operator == Operator::Ne {
            return !values.iter().any(|value| self.holds(value, Operator::Eq));
        }
        values.iter().any(|value| self.holds(value, self.operator))
    }

    fn holds(&self, value: &Value, operator: Operator) -> bool {
        if let (Some(left), Some(right)) = (value.as_str(), self.value.as_str()) {
            return self.text_holds(left, right, operator);
        }
        let order = match (value, &self.value) {
            (Value::Number(left), Value::Number(right)) => {
                left.as_f64().and_then(|left| left.partial_cmp(&right.as_f64()?))
            }
            (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
            // Entra sends booleans as text.
            (Value::Bool(left), Value::String(right)) => {
                right.to_ascii_lowercase().parse().ok().map(|b| left.cmp(&b))
            }
            (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _)
            | (Value::Array(_) | Value::Object(_), _) => None,
        };
        order.is_some_and(|order| order_holds(order, operator))
    }

    fn text_holds(&self, left: &str, right: &str, operator: Operator) -> bool {
        if let (Some(left), Some(right)) = (parse_ms(left), parse_ms(right)) {
            return order_holds(left.cmp(&right), operator);
        }
        let fold = |text: &str| if self.path.case_exact() { text.to_owned() } else { text.to_lowercase() };
        let (left, right) = (fold(left), fold(right));
        match operator {
            Operator::Co => left.contains(&right),
            Operator::Sw => left.starts_with(&right),
            Operator::Ew => left.ends_with(&right),
            Operator::Eq | Operator::Ne | Operator::Gt | Operator::Ge | Operator::Lt | Operator::Le => {
                order_holds(left.cmp(&right), operator)
            }
        }
    }
}

const fn order_holds(order: Ordering, operator: Operator) -> bool {
    match operator {
        Operator::Eq => order.is_eq(),
        Operator::Ne => order.is_ne(),
        Operator::Gt => order.is_gt(),
        Operator::Ge => order.is_ge(),
        Operator::Lt => order.is_lt(),
        Operator::Le => order.is_le(),
        Operator::Co | Operator::Sw | Operator::Ew => false,
    }
}
