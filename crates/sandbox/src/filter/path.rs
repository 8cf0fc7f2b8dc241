//! An attribute path: optional schema URN, attribute, optional sub-attribute. Names are case-insensitive.

use serde_json::{Map, Value};

use crate::ScimError;
use crate::store::Kind;

/// `urn:…:User:name.familyName`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// An extension whose attributes live under its URN; core URNs are dropped.
    pub extension: Option<String>,
    /// First name; absent for an extension as a whole.
    pub attribute: Option<String>,
    /// Name below it.
    pub sub: Option<String>,
}

/// A column of the store that holds what a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// `id`.
    Id,
    /// `userName` of users, `displayName` of groups, in lower case.
    Name,
    /// `meta.lastModified`.
    Modified,
}

/// What a record is sorted by; missing values come last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// False before true.
    Bool(bool),
    /// Bits of a number, in its order.
    Number(i64),
    /// Text in lower case.
    Text(String),
    /// No value.
    Missing,
}

const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:";

impl Path {
    /// Reads `text`.
    pub fn parse(text: &str) -> Result<Self, ScimError> {
        let wrong = || ScimError::bad("invalidPath", format!("Not an attribute path: {text}"));
        let text = text.trim();
        if !text.to_ascii_lowercase().starts_with("urn:") {
            return Self::parse_names(None, text).ok_or_else(wrong);
        }
        // The last colon ends the URN; a version such as `2.0` before it holds a dot, so dots cannot tell.
        let (urn, rest) = text.rsplit_once(':').ok_or_else(wrong)?;
        let core = |urn: &str| urn.to_ascii_lowercase().starts_with(&CORE.to_ascii_lowercase());
        if core(urn) {
            return Self::parse_names(None, rest).ok_or_else(wrong);
        }
        // `…:2.0:User` is the extension itself, `…:2.0:User:department` an attribute of it.
        if rest == "User" || rest == "Group" || rest.chars().next().is_some_and(char::is_uppercase) {
            return Ok(Self { extension: Some(text.to_owned()), attribute: None, sub: None });
        }
        Self::parse_names(Some(urn.to_owned()), rest).ok_or_else(wrong)
    }

    fn parse_names(extension: Option<String>, text: &str) -> Option<Self> {
        let valid = |name: &str| {
            let mut chars = name.chars();
            chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '$')
                && chars.all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        let (attribute, sub) =
            text.split_once('.').map_or((text, None), |(attribute, sub)| (attribute, Some(sub)));
        (valid(attribute) && sub.is_none_or(valid)).then(|| Self {
            extension,
            attribute: Some(attribute.to_owned()),
            sub: sub.map(str::to_owned),
        })
    }

    /// The values this path names in `record`; each item of a multi-valued attribute is one.
    pub fn values<'a>(&self, record: &'a Map<String, Value>) -> Vec<&'a Value> {
        let top = match &self.extension {
            Some(urn) => get_ci(record, urn).and_then(Value::as_object),
            None => Some(record),
        };
        let Some(attribute) = &self.attribute else { return Vec::new() };
        let Some(value) = top.and_then(|map| get_ci(map, attribute)) else { return Vec::new() };
        let items = value.as_array().map_or_else(|| vec![value], |items| items.iter().collect());
        match &self.sub {
            Some(sub) => items
                .into_iter()
                .filter_map(|item| item.as_object().and_then(|map| get_ci(map, sub)))
                .collect(),
            // A complex item without a named sub-attribute stands for its `value` (RFC 7643 section 2.4).
            None => items
                .into_iter()
                .map(|item| item.as_object().and_then(|map| get_ci(map, "value")).unwrap_or(item))
                .collect(),
        }
    }

    /// What `record` is sorted by: the primary or first value.
    pub fn sort_key(&self, record: &Map<String, Value>) -> SortKey {
        let primary =
            self.attribute.as_ref().and_then(|name| get_ci(record, name)?.as_array()).and_then(|items| {
                let primary = items.iter().find(|item| item.get("primary") == Some(&Value::Bool(true)))?;
                get_ci(primary.as_object()?, self.sub.as_deref().unwrap_or("value"))
            });
        match primary.or_else(|| self.values(record).first().copied()) {
            Some(Value::Bool(value)) => SortKey::Bool(*value),
            Some(Value::Number(number)) => SortKey::Number(ordered_bits(number.as_f64().unwrap_or_default())),
            Some(Value::String(text)) => SortKey::Text(text.to_lowercase()),
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => SortKey::Missing,
        }
    }

    /// The indexed column that holds this path, if any.
    pub fn column(&self, kind: Option<Kind>) -> Option<Column> {
        if self.extension.is_some() {
            return None;
        }
        let is = |attribute: &str, sub: Option<&str>| {
            self.attribute.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(attribute))
                && match (&self.sub, sub) {
                    (None, None) => true,
                    (Some(own), Some(sub)) => own.eq_ignore_ascii_case(sub),
                    (Some(_), None) | (None, Some(_)) => false,
                }
        };
        if is("id", None) {
            Some(Column::Id)
        } else if is("meta", Some("lastModified")) {
            Some(Column::Modified)
        } else if kind.is_some_and(|kind| is(kind.name_attribute(), None)) {
            Some(Column::Name)
        } else {
            None
        }
    }

    /// Whether text under this path compares with its case (RFC 7643: ids, versions, references).
    pub fn case_exact(&self) -> bool {
        let last = self.sub.as_ref().or(self.attribute.as_ref()).map(|name| name.to_ascii_lowercase());
        matches!(last.as_deref(), Some("id" | "externalid" | "$ref" | "version" | "location"))
    }
}

/// The value under `name`, whatever its case.
pub fn get_ci<'a>(map: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    map.get(name)
        .or_else(|| map.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// The key of `map` that is `name` in another case, else `name` itself.
pub fn key_ci(map: &Map<String, Value>, name: &str) -> String {
    map.keys().find(|key| key.eq_ignore_ascii_case(name)).map_or_else(|| name.to_owned(), Clone::clone)
}

/// Bits that order as the number does.
const fn ordered_bits(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    bits ^ (((bits >> 63).cast_unsigned()) >> 1).cast_signed()
}
