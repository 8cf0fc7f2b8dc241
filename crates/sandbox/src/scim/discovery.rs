//! What the service says about itself (RFC 7644 section 4), true or not.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::reply;
use crate::quirks::{ConfigQuirk, CursorMode, Support};
use crate::{Quirks, ScimError};

/// `/ServiceProviderConfig`.
pub fn config(quirks: &Quirks) -> Result<Response<Body>, ScimError> {
    let body = match quirks.service_provider_config {
        ConfigQuirk::Missing => return Err(ScimError::status(404, "There is nothing at this address")),
        ConfigQuirk::Forbidden => return Err(ScimError::status(403, "This credential may not read this")),
        ConfigQuirk::Html => return Ok(reply::html(StatusCode::OK)),
        ConfigQuirk::WrongTypes => json!({
            "schemas": "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
            "patch": "yes", "bulk": [], "filter": { "supported": "true", "maxResults": "many" },
            "sort": 1, "etag": null, "pagination": "cursor", "authenticationSchemes": {},
        }),
        ConfigQuirk::Right => describe(
            quirks,
            &Announced {
                sort: quirks.sort == Support::Yes,
                filter: quirks.filter == Support::Yes,
                etag: !quirks.no_etag,
                cursor: quirks.cursor != CursorMode::Off,
            },
        ),
        ConfigQuirk::Boasting => {
            describe(quirks, &Announced { sort: true, filter: true, etag: true, cursor: true })
        }
    };
    Ok(reply::json(StatusCode::OK, body.to_string()))
}

struct Announced {
    sort: bool,
    filter: bool,
    etag: bool,
    cursor: bool,
}

fn describe(quirks: &Quirks, announced: &Announced) -> Value {
    let mut body = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "documentationUri": "https://www.rfc-editor.org/rfc/rfc7644",
        "patch": { "supported": quirks.patch == Support::Yes },
        "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
        "filter": { "supported": announced.filter, "maxResults": quirks.max_results },
        "changePassword": { "supported": quirks.change_password },
        "sort": { "supported": announced.sort },
        "etag": { "supported": announced.etag },
        "authenticationSchemes": [
            scheme("oauthbearertoken", "OAuth Bearer Token", "https://www.rfc-editor.org/rfc/rfc6750"),
            scheme("httpbasic", "HTTP Basic", "https://www.rfc-editor.org/rfc/rfc7617"),
        ],
        "meta": { "resourceType": "ServiceProviderConfig", "location": "ServiceProviderConfig" },
    });
    if let (true, Some(map)) = (announced.cursor, body.as_object_mut()) {
        let only = quirks.cursor == CursorMode::Only;
        let pagination = json!({
            "cursor": true,
            "index": !only,
            "defaultPaginationMethod": if only { "cursor" } else { "index" },
            "defaultPageSize": quirks.default_count,
            "maxPageSize": quirks.max_results,
            "cursorTimeout": quirks.cursor_timeout_seconds,
        });
        map.insert("pagination".to_owned(), pagination);
    }
    body
}

fn scheme(kind: &str, name: &str, specification: &str) -> Value {
    json!({ "type": kind, "name": name, "description": name, "specUri": specification, "primary": kind == "oauthbearertoken" })
}

/// `/ResourceTypes`, or one of them.
pub fn resource_types(name: Option<&str>, filtered: bool) -> Result<Response<Body>, ScimError> {
    discover(include_str!("../../data/resource_types.json"), name, filtered)
}

/// `/Schemas`, or one of them.
pub fn schemas(urn: Option<&str>, filtered: bool) -> Result<Response<Body>, ScimError> {
    discover(include_str!("../../data/schemas.json"), urn, filtered)
}

fn discover(text: &str, id: Option<&str>, filtered: bool) -> Result<Response<Body>, ScimError> {
    if filtered {
        return Err(ScimError::status(403, "Filters are not allowed here"));
    }
    let all: Vec<Value> = serde_json::from_str(text)?;
    let body = match id {
        Some(id) => all
            .into_iter()
            .find(|one| one.get("id").and_then(Value::as_str).is_some_and(|own| own.eq_ignore_ascii_case(id)))
            .ok_or_else(|| ScimError::not_found(id))?,
        None => json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": all.len(), "startIndex": 1, "itemsPerPage": all.len(), "Resources": all,
        }),
    };
    Ok(reply::json(StatusCode::OK, body.to_string()))
}
