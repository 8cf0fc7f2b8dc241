//! One request, and what of its answer is kept.

use reqwest::Method;
use serde_json::Value;

/// One request.
#[derive(Clone, Debug)]
pub struct Call {
    /// `POST`, …
    pub method: Method,
    /// Below `/api`.
    pub path: Vec<String>,
    /// Method and path template, for errors and logs.
    pub template: &'static str,
    /// JSON body.
    pub body: Option<Value>,
    /// What the answer brings.
    pub brings: Brings,
    /// Not finding it means that it is done.
    pub gone_is_done: bool,
    /// The same at older releases, which do not know the path.
    pub older: Option<Box<Call>>,
}

/// What of an answer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brings {
    /// Nothing: whatever else stands there ends in the client.
    Nothing,
    /// The id of what was created.
    Id,
    /// The value of a token.
    Token,
}

impl Call {
    pub(super) fn new(method: Method, path: &[&str], template: &'static str) -> Self {
        let path = path.iter().map(|part| (*part).to_owned()).collect();
        Self { method, path, template, body: None, brings: Brings::Nothing, gone_is_done: false, older: None }
    }

    pub(super) fn post(path: &[&str], template: &'static str, body: Value) -> Self {
        Self { body: Some(body), ..Self::new(Method::POST, path, template) }
    }

    pub(super) fn patch(path: &[&str], template: &'static str, body: Value) -> Self {
        Self { body: Some(body), ..Self::new(Method::PATCH, path, template) }
    }

    pub(super) fn put(path: &[&str], template: &'static str, body: Value) -> Self {
        Self { body: Some(body), ..Self::new(Method::PUT, path, template) }
    }

    pub(super) fn delete(path: &[&str], template: &'static str) -> Self {
        Self { gone_is_done: true, ..Self::new(Method::DELETE, path, template) }
    }

    pub(super) fn bringing(self, brings: Brings) -> Self {
        Self { brings, ..self }
    }

    pub(super) fn or_older(self, older: Self) -> Self {
        Self { older: Some(Box::new(older)), ..self }
    }
}
