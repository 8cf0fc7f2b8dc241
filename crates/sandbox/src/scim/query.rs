//! What a list request asks for: from the query of a GET, or the body of a POST to `.search` (RFC 7644 section 3.4.3).

use serde_json::{Map, Value};

use crate::ScimError;
use crate::filter::{Filter, Path, Projection};

/// What a list request asks for.
#[derive(Debug, Default)]
pub struct ListQuery {
    /// `startIndex` as asked for.
    pub start_index: Option<i64>,
    /// `count` as asked for.
    pub count: Option<i64>,
    /// `cursor`; empty for the first page.
    pub cursor: Option<String>,
    /// `filter`.
    pub filter: Option<Filter>,
    /// `sortBy`, and whether `sortOrder` descends.
    pub sort: Option<(Path, bool)>,
    /// `attributes`, `excludedAttributes`.
    pub projection: Option<Projection>,
}

impl ListQuery {
    /// From the query of an address.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, ScimError> {
        let find = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let list = |name| find(name).map(|text| text.split(',').collect::<Vec<_>>()).unwrap_or_default();
        Ok(Self {
            start_index: find("startIndex").map(|text| number("startIndex", text)).transpose()?,
            count: find("count").map(|text| number("count", text)).transpose()?,
            cursor: find("cursor").map(str::to_owned),
            filter: find("filter").map(Filter::parse).transpose()?,
            sort: sort(find("sortBy"), find("sortOrder"))?,
            projection: Projection::new(&list("attributes"), &list("excludedAttributes"))?,
        })
    }

    /// From a SearchRequest.
    pub fn from_body(body: &Map<String, Value>) -> Result<Self, ScimError> {
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let list = |name: &str| {
            let items = body.get(name).and_then(Value::as_array);
            items.map(|items| items.iter().filter_map(Value::as_str).collect::<Vec<_>>()).unwrap_or_default()
        };
        Ok(Self {
            start_index: body.get("startIndex").and_then(Value::as_i64),
            count: body.get("count").and_then(Value::as_i64),
            cursor: text("cursor").map(str::to_owned),
            filter: text("filter").map(Filter::parse).transpose()?,
            sort: sort(text("sortBy"), text("sortOrder"))?,
            projection: Projection::new(&list("attributes"), &list("excludedAttributes"))?,
        })
    }
}

fn number(name: &str, text: &str) -> Result<i64, ScimError> {
    let scim_type = if name == "count" { "invalidCount" } else { "invalidValue" };
    text.trim().parse().map_err(|_| ScimError::bad(scim_type, format!("{name} is not a whole number")))
}

fn sort(by: Option<&str>, order: Option<&str>) -> Result<Option<(Path, bool)>, ScimError> {
    let Some(by) = by.filter(|by| !by.is_empty()) else { return Ok(None) };
    let descending = order.is_some_and(|order| order.eq_ignore_ascii_case("descending"));
    Ok(Some((Path::parse(by)?, descending)))
}
