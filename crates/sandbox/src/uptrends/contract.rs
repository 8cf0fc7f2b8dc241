//! The public contract document, in our own words: the addresses, and what a client needs in order to learn the names of the
//! attributes of an API user.

use serde_json::{Map, Value, json};

use super::api::api_users::Names;
use super::call::{Answer, Ctx, Outcome};
use super::quirks::ApiUserSupport;
use super::refusal::Refusal;

/// `GET /swagger/v1/swagger.json`.
pub fn document(ctx: &Ctx<'_>) -> Outcome {
    if ctx.quirks.no_contract {
        return Err(Refusal::Empty(404));
    }
    let mut paths = Map::new();
    for (path, schema) in [
        ("/Account", "AccountStatistics"),
        ("/Operator", "Operator"),
        ("/OperatorGroup", "OperatorGroup"),
        ("/Monitor", "Monitor"),
        ("/MonitorGroup", "MonitorGroup"),
    ] {
        paths.insert(path.to_owned(), json!({ "get": lists(schema) }));
    }
    let mut schemas = Map::new();
    // An account where it is refused has it in its contract all the same: the document is everybody's.
    if ctx.quirks.api_users != ApiUserSupport::Missing {
        paths.insert("/ApiUser".to_owned(), json!({ "get": lists("ApiUser") }));
        schemas.insert("ApiUser".to_owned(), api_user(Names::of(ctx.quirks.api_user_names)));
    }
    Ok(Answer::ok(json!({
        "openapi": "3.0.1",
        "info": { "title": "Monitoring API (sandbox)", "version": "v4" },
        "paths": paths,
        "components": { "schemas": schemas },
    })))
}

fn lists(schema: &str) -> Value {
    let items = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({
        "responses": {
            "200": {
                "description": "All of them",
                "content": { "application/json": { "schema": { "type": "array", "items": items } } },
            },
        },
    })
}

fn api_user(names: Names) -> Value {
    let mut properties = Map::new();
    for name in [names.id, "OperatorGuid", names.user_name, "Password", names.kind, "Description"] {
        properties.insert(name.to_owned(), json!({ "type": "string", "nullable": true }));
    }
    for name in [names.created, names.last_used] {
        let kind = json!({ "type": "string", "format": "date-time", "nullable": true });
        properties.insert(name.to_owned(), kind);
    }
    let number = json!({ "type": "integer", "format": "int32", "nullable": true });
    properties.insert(names.requests.to_owned(), number);
    json!({ "type": "object", "properties": properties })
}
