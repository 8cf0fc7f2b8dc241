//! What a service can: what it says (RFC 7643 section 5, RFC 9865 section 4), corrected by what it does.

use serde_json::Value;

use super::super::RemoteError;
use super::list;
use super::session::Session;
use super::wire::{self, attribute, count, truth};
use super::write::add_edits;
use crate::model::{Capabilities, Paging, Stream};

const CONFIG: &str = "GET /ServiceProviderConfig";
const SCHEMAS: &str = "GET /Schemas";

/// Signs in and finds out what the service can.
///
/// # Errors
/// When the address or the credential is wrong, or the service is out of reach. A missing or wrong description of
/// itself is no error.
pub async fn discover(session: &Session) -> Result<Capabilities, RemoteError> {
    session.sign_in().await?;
    let config = read_config(session).await?;
    let mut capabilities = config.as_ref().map_or_else(assumptions, from_config);
    // Whether address and credential are right shows here, not in the description, which some services give anybody.
    list::probe(session, Stream::Users).await?;
    capabilities.groups = has_groups(session).await?;
    capabilities.streams = vec![Stream::Users];
    capabilities.streams.extend(capabilities.groups.then_some(Stream::Groups));
    let schemas = read_schemas(session).await?;
    add_edits(&mut capabilities, schemas.as_deref());
    Ok(capabilities)
}

/// The service's description of itself; `None` when there is none that can be used.
async fn read_config(session: &Session) -> Result<Option<Value>, RemoteError> {
    let decode = |answer: &_| {
        wire::decode_object::<Value>(answer, "ServiceProviderConfig", CONFIG, &session.http.words)
    };
    let config = optional(session.get(session.url(["ServiceProviderConfig"]), CONFIG, decode).await)?;
    Ok(config.filter(Value::is_object).filter(describes_something))
}

/// The service's description of its records; `None` when there is none that can be used.
async fn read_schemas(session: &Session) -> Result<Option<Vec<Value>>, RemoteError> {
    let decode =
        |answer: &_| wire::decode_object::<Value>(answer, "list of schemas", SCHEMAS, &session.http.words);
    let found = optional(session.get(session.url(["Schemas"]), SCHEMAS, decode).await)?;
    // Some answer with the bare list.
    let list = found.as_ref().and_then(|found| attribute(found, "Resources").unwrap_or(found).as_array());
    Ok(list.filter(|list| list.iter().any(Value::is_object)).cloned())
}

/// What a service need not have.
fn optional<T>(asked: Result<T, RemoteError>) -> Result<Option<T>, RemoteError> {
    match asked {
        Ok(found) => Ok(Some(found)),
        Err(
            error @ (RemoteError::Unreachable { .. }
            | RemoteError::Certificate { .. }
            | RemoteError::Timeout { .. }
            | RemoteError::RateLimited { .. }
            | RemoteError::Setup { .. }
            | RemoteError::Settings { .. }),
        ) => Err(error),
        // If it was the credential, the probe says so.
        Err(
            RemoteError::Unauthorized { .. }
            | RemoteError::Forbidden { .. }
            | RemoteError::NotFound { .. }
            | RemoteError::Rejected { .. }
            | RemoteError::Refused { .. }
            | RemoteError::Unexpected { .. }
            | RemoteError::ServiceFailed { .. },
        ) => Ok(None),
    }
}

fn describes_something(config: &Value) -> bool {
    ["patch", "bulk", "filter", "sort", "etag", "changePassword", "pagination"]
        .iter()
        .any(|feature| attribute(config, feature).is_some_and(Value::is_object))
}

/// What is assumed of a service that does not describe itself: nothing that is optional.
const fn assumptions() -> Capabilities {
    Capabilities {
        described: false,
        users: true,
        groups: false,
        streams: Vec::new(),
        details: false,
        sign_ins: false,
        log: false,
        paging: Paging::Index,
        max_page_size: None,
        filter: false,
        sort: false,
        etag: false,
        patch: false,
        bulk: false,
        change_password: false,
        edits: Vec::new(),
        user_fields: Vec::new(),
        group_fields: Vec::new(),
        role_fields: Vec::new(),
        invitations: None,
        facts: None,
        documentation: None,
    }
}

/// Reads the description; features that are missing or unreadable count as not supported.
pub fn from_config(config: &Value) -> Capabilities {
    let supported = |feature: &str| {
        let stated = attribute(config, feature);
        // Some give the truth value itself instead of an object with `supported`.
        stated
            .and_then(|stated| attribute(stated, "supported").and_then(truth).or_else(|| truth(stated)))
            .unwrap_or(false)
    };
    let paging = read_paging(config);
    Capabilities {
        described: true,
        paging,
        max_page_size: read_max_page_size(config, paging),
        filter: supported("filter"),
        sort: supported("sort"),
        etag: supported("etag"),
        patch: supported("patch"),
        bulk: supported("bulk"),
        change_password: supported("changePassword"),
        edits: Vec::new(),
        user_fields: Vec::new(),
        group_fields: Vec::new(),
        role_fields: Vec::new(),
        invitations: None,
        facts: None,
        documentation: attribute(config, "documentationUri").and_then(Value::as_str).and_then(web_address),
        ..assumptions()
    }
}

/// RFC 9865 section 4: index unless cursors are all there is, or are said to be the usual way.
fn read_paging(config: &Value) -> Paging {
    let Some(pagination) = attribute(config, "pagination") else { return Paging::Index };
    let can = |method: &str| attribute(pagination, method).and_then(truth);
    let usual = attribute(pagination, "defaultPaginationMethod").and_then(Value::as_str).unwrap_or_default();
    match (can("cursor"), can("index")) {
        (Some(true), Some(false)) => Paging::Cursor,
        (Some(true), _) if usual.eq_ignore_ascii_case("cursor") => Paging::Cursor,
        _ => Paging::Index,
    }
}

fn read_max_page_size(config: &Value, paging: Paging) -> Option<u32> {
    let read = |feature: &str, name: &str| {
        let size = attribute(attribute(config, feature)?, name).and_then(count)?;
        Some(u32::try_from(size).unwrap_or(u32::MAX)).filter(|size| *size > 0)
    };
    let (page, filter) = (read("pagination", "maxPageSize"), read("filter", "maxResults"));
    match paging {
        Paging::Cursor => page.or(filter),
        Paging::Index | Paging::Page => [page, filter].into_iter().flatten().min(),
    }
}

/// A link that may be shown to a person.
fn web_address(text: &str) -> Option<String> {
    let url = url::Url::parse(text.trim()).ok()?;
    matches!(url.scheme(), "https" | "http").then(|| url.to_string())
}

/// Groups are optional: a service that refuses the list, or answers with something else, has none for us.
async fn has_groups(session: &Session) -> Result<bool, RemoteError> {
    match list::probe(session, Stream::Groups).await {
        Ok(_) => Ok(true),
        Err(
            RemoteError::Forbidden { .. }
            | RemoteError::NotFound { .. }
            | RemoteError::Rejected { .. }
            | RemoteError::Refused { .. }
            | RemoteError::Unexpected { .. },
        ) => Ok(false),
        Err(
            error @ (RemoteError::Unreachable { .. }
            | RemoteError::Certificate { .. }
            | RemoteError::Timeout { .. }
            | RemoteError::RateLimited { .. }
            | RemoteError::Unauthorized { .. }
            | RemoteError::ServiceFailed { .. }
            | RemoteError::Setup { .. }
            | RemoteError::Settings { .. }),
        ) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_full_description_is_read() {
        let on = json!({"supported": true});
        let capabilities = from_config(&json!({
            "patch": on, "bulk": on, "sort": on, "etag": on, "changePassword": on,
            "filter": {"supported": true, "maxResults": 200}, "documentationUri": "https://id.example.com/help"
        }));
        let expected = Capabilities {
            described: true,
            users: true,
            groups: false,
            streams: Vec::new(),
            details: false,
            sign_ins: false,
            log: false,
            paging: Paging::Index,
            max_page_size: Some(200),
            filter: true,
            sort: true,
            etag: true,
            patch: true,
            bulk: true,
            change_password: true,
            edits: Vec::new(),
            user_fields: Vec::new(),
            group_fields: Vec::new(),
            role_fields: Vec::new(),
            invitations: None,
            facts: None,
            documentation: Some("https://id.example.com/help".to_owned()),
        };
        assert_eq!(capabilities, expected);
    }

    #[test]
    fn wrong_types_switch_off_what_they_describe_and_nothing_else() {
        let capabilities = from_config(&json!({
            "filter": "yes", "sort": {"supported": "true"}, "etag": true, "patch": {"supported": 1},
            "bulk": null, "documentationUri": "javascript:alert(1)", "pagination": []
        }));
        let expected = Capabilities { described: true, sort: true, etag: true, ..assumptions() };
        assert_eq!(capabilities, expected);
    }

    #[test]
    fn cursors_are_used_where_they_are_the_only_or_the_usual_way() {
        for (pagination, expected) in [
            (json!({"cursor": true, "index": true, "defaultPaginationMethod": "index"}), Paging::Index),
            (json!({"cursor": true, "index": true}), Paging::Index),
            (json!({"cursor": true, "index": true, "defaultPaginationMethod": "cursor"}), Paging::Cursor),
            (json!({"cursor": true, "index": false}), Paging::Cursor),
            (json!({"cursor": false, "index": true, "defaultPaginationMethod": "cursor"}), Paging::Index),
            (json!({}), Paging::Index),
        ] {
            assert_eq!(from_config(&json!({"pagination": pagination})).paging, expected, "{pagination}");
        }
    }

    #[test]
    fn the_smaller_limit_of_a_page_counts() {
        for (config, expected) in [
            (json!({"filter": {"maxResults": 1000}, "pagination": {"maxPageSize": 100}}), Some(100)),
            (json!({"filter": {"maxResults": "50"}}), Some(50)),
            (json!({"filter": {"maxResults": 0}}), None),
            (json!({"filter": {"maxResults": -1}}), None),
            (json!({"filter": {"maxResults": 1e12}}), Some(u32::MAX)),
            (json!({"filter": {}}), None),
        ] {
            assert_eq!(from_config(&config).max_page_size, expected, "{config}");
        }
        let cursor =
            json!({"filter": {"maxResults": 10}, "pagination": {"cursor": true, "maxPageSize": 100}});
        assert_eq!(read_max_page_size(&cursor, Paging::Cursor), Some(100));
    }
}
