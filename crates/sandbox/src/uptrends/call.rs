//! One request on its way to its answer: what an endpoint works with.

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::auth::Caller;
use super::quirks::UptrendsQuirks;
use super::refusal::Refusal;
use super::store::{Thing, ThingKind, thing};
use crate::state::TenantState;

/// What an endpoint gives.
pub type Outcome = Result<Answer, Refusal>;

/// A successful answer.
#[derive(Debug)]
pub enum Answer {
    /// A body of JSON text.
    Json(u16, String),
    /// 201 without a body.
    Made,
    /// 204.
    Nothing,
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

    /// 200 with a list of texts that are JSON already.
    pub fn list<T: AsRef<str>>(rows: impl IntoIterator<Item = T>) -> Self {
        let mut text = String::from("[");
        for (place, row) in rows.into_iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            text.push_str(row.as_ref());
        }
        text.push(']');
        Self::Json(200, text)
    }
}

/// A request and what it may touch.
pub struct Ctx<'a> {
    /// All state; changes are undone when the endpoint refuses.
    pub conn: &'a Connection,
    /// Whose.
    pub tenant: &'a TenantState,
    /// How it behaves.
    pub quirks: UptrendsQuirks,
    /// Who asks.
    pub caller: Caller,
    /// The parts of the address that stand for `{…}` in the template.
    pub params: Vec<String>,
    /// The query, decoded, in its order.
    pub query: Vec<(String, String)>,
    /// The body; null when there is none.
    pub body: Value,
    /// Milliseconds.
    pub now: i64,
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

    /// The thing that a part of the address names.
    pub fn thing(&self, kind: ThingKind, place: usize) -> Result<Thing, Refusal> {
        self.named(kind, self.param(place))
    }

    /// The thing with this GUID.
    pub fn named(&self, kind: ThingKind, id: &str) -> Result<Thing, Refusal> {
        if !is_guid(id) {
            return Err(Refusal::bad(format!("'{id}' is not a valid GUID.")));
        }
        thing(self.conn, self.id(), kind, &id.to_lowercase())?.ok_or_else(|| Refusal::no_such(kind))
    }

    /// The body, which must be an object.
    pub fn object(&self) -> Result<&Map<String, Value>, Refusal> {
        self.body.as_object().ok_or_else(|| Refusal::bad("A JSON object is expected in the request body."))
    }

    /// Refuses everybody but administrators.
    pub fn administrator(&self) -> Result<(), Refusal> {
        if self.caller.administrator {
            return Ok(());
        }
        Err(Refusal::forbidden("You do not have sufficient rights for this operation."))
    }
}

/// A text of a body: absent and null are the same.
pub fn text<'a>(body: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, Refusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Refusal::bad(format!("The value of '{name}' is not a text."))),
    }
}

/// Whether a text has the form of a GUID.
pub fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
