//! Answers that are not a success, in the three forms of the real one: with a code, with a bare message, as plain text.

use serde_json::{Map, Value, json};

use super::messages;

/// An answer that is not a success.
#[derive(Debug)]
pub enum Refusal {
    /// `{"code","message","data"?,"details"?}`.
    Coded(Box<Coded>),
    /// `{"message"}`.
    Message(u16, String),
    /// `text/plain`.
    Text(u16, &'static str),
}

/// A refusal with a code; the message comes from [`messages`].
#[derive(Debug)]
pub struct Coded {
    status: u16,
    code: &'static str,
    /// What takes the place of `{{}}` in the message.
    about: String,
    more: Map<String, Value>,
}

impl Refusal {
    /// A refusal with a code.
    pub fn new(status: u16, code: &'static str) -> Self {
        Self::about(status, code, "")
    }

    /// A refusal whose message names something.
    pub fn about(status: u16, code: &'static str, about: impl Into<String>) -> Self {
        Self::Coded(Box::new(Coded { status, code, about: about.into(), more: Map::new() }))
    }

    /// With another attribute: `data`, `details`, `error`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        if let Self::Coded(coded) = &mut self {
            coded.more.insert(name.to_owned(), value.into());
        }
        self
    }

    /// 404 of most entities.
    pub fn not_found() -> Self {
        Self::new(404, "entity.not_found")
    }

    /// 404 of look-ups by id of roles, applications, organisations and log entries.
    pub fn no_such_id(id: &str) -> Self {
        Self::about(404, "entity.not_exists_with_id", id)
    }

    /// 422 of organisations, 404 of access tokens: something named in the request does not exist.
    pub fn foreign_key(status: u16) -> Self {
        Self::new(status, "entity.relation_foreign_key_not_found")
    }

    /// `request.invalid_input` with a reason.
    pub fn input(status: u16, reason: impl Into<String>) -> Self {
        Self::about(status, "request.invalid_input", reason)
    }

    /// 400 of a body whose attribute `path` is wrong, in the words of zod.
    pub fn guard(path: &str, code: &str, message: &str, more: &Value) -> Self {
        let mut issue = json!({ "code": code, "message": message, "path": [path] });
        if let (Some(issue), Some(more)) = (issue.as_object_mut(), more.as_object()) {
            issue.extend(more.clone());
        }
        Self::about(400, "guard.invalid_input", "body")
            .with("data", json!({ "issues": [issue], "name": "ZodError" }))
            .with("details", format!("Error in key path \"{path}\": ({code}) {message}"))
    }

    /// An OAuth refusal of the token endpoint.
    pub fn oidc(status: u16, code: &'static str, description: impl Into<String>) -> Self {
        let error = code.strip_prefix("oidc.").unwrap_or(code);
        Self::about(status, code, code).with("error", error).with("error_description", description.into())
    }

    /// Status, body, and whether the body is JSON.
    pub fn written(&self, french: bool) -> (u16, String, bool) {
        match self {
            Self::Coded(coded) => {
                let mut body = coded.more.clone();
                body.insert("code".to_owned(), Value::from(coded.code));
                body.insert("message".to_owned(), messages::message(coded.code, &coded.about, french).into());
                (coded.status, Value::Object(body).to_string(), true)
            }
            Self::Message(status, message) => (*status, json!({ "message": message }).to_string(), true),
            Self::Text(status, text) => (*status, (*text).to_owned(), false),
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        // The real one keeps its reason to itself too; here it goes to the log.
        tracing::error!(%error, "the sandbox database failed");
        Self::crash()
    }
}

impl Refusal {
    /// What a bug of the real one answers.
    pub fn crash() -> Self {
        Self::Message(500, "Internal server error.".to_owned())
    }
}

impl From<Refusal> for crate::ScimError {
    /// For changes from inside the process, whose errors have one form for all dialects.
    fn from(refusal: Refusal) -> Self {
        let (status, body, _) = refusal.written(false);
        Self::status(status, body)
    }
}
