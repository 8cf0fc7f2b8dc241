//! One request on its way to its answer: what an endpoint works with.

use axum::http::HeaderMap;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::paging::Paging;
use super::refusal::Refusal;
use super::store::{Entity, EntityKind, User, entity, user};
use crate::state::{TenantState, lock};
use crate::store::Db;

/// What an endpoint gives.
pub type Outcome = Result<Answer, Refusal>;

/// A successful answer.
#[derive(Debug)]
pub enum Answer {
    /// A body of JSON text.
    Json(u16, String),
    /// `Created`.
    Created,
    /// 204.
    Nothing,
    /// A page of a list as JSON text, with how many rows there are, and whether the count stopped early.
    Page { json: String, total: usize, capped: bool, paging: Paging },
}

impl Answer {
    /// 200 with a body.
    pub fn ok(value: impl Into<Value>) -> Self {
        Self::Json(200, value.into().to_string())
    }

    /// 201 with a body.
    pub fn created(value: impl Into<Value>) -> Self {
        Self::Json(201, value.into().to_string())
    }
}

/// A request and what it may touch.
pub struct Ctx<'a> {
    /// All state; changes are undone when the endpoint refuses.
    pub db: &'a mut Db,
    /// Whose.
    pub tenant: &'a TenantState,
    /// The parts of the address that stand for `{…}` in the template.
    pub params: Vec<String>,
    /// The query, decoded, in its order.
    pub query: Vec<(String, String)>,
    /// Of the request.
    pub headers: &'a HeaderMap,
    /// The body; empty when there is none, or none that is JSON or a form.
    pub body: Map<String, Value>,
    /// Milliseconds.
    pub now: i64,
    /// `http://127.0.0.1:port/slug`.
    pub endpoint: String,
}

impl Ctx<'_> {
    /// Number of the tenant.
    pub const fn id(&self) -> i64 {
        self.tenant.id
    }

    /// A part of the address.
    pub fn param(&self, place: usize) -> &str {
        self.params.get(place).map_or("", String::as_str)
    }

    /// The first value of `name` in the query.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether `name=true` is in the query.
    pub fn flag(&self, name: &str) -> bool {
        self.asked(name) == Some("true")
    }

    /// The user the address names.
    pub fn user(&self, place: usize) -> Result<User, Refusal> {
        user(&self.db.conn, self.id(), self.param(place))?.ok_or_else(Refusal::not_found)
    }

    /// The entity the address names; `refusal` says how its absence is told.
    pub fn entity(
        &self,
        kind: EntityKind,
        place: usize,
        refusal: impl FnOnce(&str) -> Refusal,
    ) -> Result<Entity, Refusal> {
        let id = self.param(place);
        entity(&self.db.conn, self.id(), kind, id)?.ok_or_else(|| refusal(id))
    }

    /// A new id of `length` characters in `[0-9a-z]`.
    pub fn new_id(&self, length: usize) -> String {
        lock(&self.tenant.rng).text(length, b"0123456789abcdefghijklmnopqrstuvwxyz")
    }

    /// A new value of `length` characters in `[0-9A-Za-z]`.
    pub fn new_secret(&self, length: usize) -> String {
        let letters = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        lock(&self.tenant.rng).text(length, letters)
    }
}

/// The pairs of a query or form.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// The body of a request: JSON or a form by its `Content-Type`; without one it counts as empty.
pub fn read_body(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let content_type =
        headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default().to_lowercase();
    if body.is_empty() || content_type.is_empty() {
        return Ok(Map::new());
    }
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let text = String::from_utf8_lossy(body);
        return Ok(pairs(&text).into_iter().map(|(name, value)| (name, Value::from(value))).collect());
    }
    if !content_type.starts_with("application/json") {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Refusal::Message(400, "invalid JSON, only supports object and array".to_owned())),
        Err(error) => Err(Refusal::Message(400, format!("Unexpected token in JSON: {error}"))),
    }
}
