//! Answers that are not a success, in the forms of the real one: a list of messages, a bare message, nothing at all.

use serde_json::json;

use super::store::ThingKind;

/// An answer that is not a success.
#[derive(Debug)]
pub enum Refusal {
    /// `{"Messages":[{"Message":…}]}`.
    Messages(u16, Vec<String>),
    /// `{"Message":…}`.
    Bare(u16, String),
    /// No body.
    Empty(u16),
}

impl Refusal {
    /// 400 with one message.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::Messages(400, vec![message.into()])
    }

    /// 403: validation, as often as not.
    pub fn invalid(messages: Vec<String>) -> Self {
        Self::Messages(403, messages)
    }

    /// 403: the caller has too few rights.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::Messages(403, vec![message.into()])
    }

    /// 404 of a thing.
    pub fn no_such(kind: ThingKind) -> Self {
        Self::missing(kind.noun())
    }

    /// 404 of anything.
    pub fn missing(what: &str) -> Self {
        Self::Messages(404, vec![format!("The requested {what} was not found.")])
    }

    /// The same with a bare message, as the calls that change a whole group's duty tell it.
    #[must_use]
    pub fn bare(self) -> Self {
        match self {
            Self::Messages(status, messages) => Self::Bare(status, messages.join(" ")),
            other @ (Self::Bare(..) | Self::Empty(_)) => other,
        }
    }

    /// Status and body.
    pub fn written(&self) -> (u16, String) {
        match self {
            Self::Messages(status, messages) => {
                let messages: Vec<_> = messages.iter().map(|text| json!({ "Message": text })).collect();
                (*status, json!({ "Messages": messages }).to_string())
            }
            Self::Bare(status, message) => (*status, json!({ "Message": message }).to_string()),
            Self::Empty(status) => (*status, String::new()),
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "the sandbox database failed");
        Self::Messages(500, vec!["An unexpected error occurred.".to_owned()])
    }
}

impl From<Refusal> for crate::ScimError {
    /// For changes from inside the process, whose errors have one form for all dialects.
    fn from(refusal: Refusal) -> Self {
        let (status, body) = refusal.written();
        Self::status(status, body)
    }
}
