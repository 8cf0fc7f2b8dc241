//! What can go wrong: to the program that starts a sandbox ([`SandboxError`]) and to a client that talks to it
//! ([`ScimError`], RFC 7644 section 3.12).

use serde_json::{Value, json};

/// A sandbox that does not start or an operation on it that fails.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The port is taken or forbidden.
    #[error(
        "the sandbox cannot listen on 127.0.0.1 port {port}: {source}; choose another port, or none for any free one"
    )]
    Listen {
        /// The port asked for; 0 is any.
        port: u16,
        /// The system's words.
        source: std::io::Error,
    },
    /// The database file cannot be used.
    #[error("the sandbox database {path} cannot be opened: {source}; delete it to begin with an empty one")]
    Open {
        /// Where it is.
        path: String,
        /// SQLite's words.
        source: rusqlite::Error,
    },
    /// The name of a tenant is not usable in an address, is taken, or is not known.
    #[error("tenant {slug:?}: {reason}")]
    Tenant {
        /// The name.
        slug: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The service itself refuses the operation, as it would over HTTP.
    #[error("the sandbox refuses: {0}")]
    Refused(#[from] ScimError),
    /// The operating system gives no random numbers, which credentials and ids need.
    #[error("the operating system gives no random numbers: {0}")]
    Random(String),
    /// A file of sample data inside the program is wrong.
    #[error("BUG: the sample data {name} is wrong: {reason}")]
    SampleData {
        /// Which file.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

/// An answer of the service that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{status} {scim_type}: {detail}")]
pub struct ScimError {
    /// HTTP status.
    pub status: u16,
    /// `scimType` of RFC 7644 table 9; empty where the table has none.
    pub scim_type: &'static str,
    /// For a person.
    pub detail: String,
}

impl ScimError {
    /// 400 with a `scimType`.
    pub fn bad(scim_type: &'static str, detail: impl Into<String>) -> Self {
        Self { status: 400, scim_type, detail: detail.into() }
    }

    /// An error without a `scimType`.
    pub fn status(status: u16, detail: impl Into<String>) -> Self {
        Self { status, scim_type: "", detail: detail.into() }
    }

    /// 404 for a record.
    pub fn not_found(id: &str) -> Self {
        Self::status(404, format!("Resource {id} not found"))
    }

    /// The body on the wire: `status` is a string.
    pub fn body(&self) -> Value {
        let mut body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
            "status": self.status.to_string(),
            "detail": self.detail,
        });
        if let (Some(map), false) = (body.as_object_mut(), self.scim_type.is_empty()) {
            map.insert("scimType".to_owned(), Value::from(self.scim_type));
        }
        body
    }
}

impl From<rusqlite::Error> for ScimError {
    fn from(error: rusqlite::Error) -> Self {
        Self::status(500, format!("The sandbox database failed: {error}"))
    }
}

impl From<serde_json::Error> for ScimError {
    fn from(error: serde_json::Error) -> Self {
        Self::bad("invalidSyntax", format!("Not valid JSON: {error}"))
    }
}
