//! One request that writes, and what its answer means.

use reqwest::Method;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::super::super::http::{Answer, Undecoded, Words, Write};
use super::super::super::{Refusal, RemoteError, WriteError};
use super::super::session::{Session, endpoint};
use super::super::wire::{self, attribute};
use crate::model::{EditKind, RemoteId, Stream};

/// What a request is about.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// In which list.
    pub stream: Stream,
    /// Which record.
    pub id: &'a RemoteId,
    /// `PATCH`, `PUT` or `DELETE`.
    pub method: Method,
    /// Only if it still has this version.
    pub if_match: Option<&'a str>,
    /// Why.
    pub kind: EditKind,
    /// Not finding it means that it is done.
    pub gone_is_done: bool,
}

/// An error with a reason of ours.
pub const fn refused(template: String, refusal: Refusal, detail: Option<String>) -> RemoteError {
    RemoteError::Refused { template, refusal, field: None, detail }
}

/// Changes or deletes one record.
///
/// # Errors
/// See [`WriteError`]. [`Refusal::NotSupported`] means that the service does not know this method, or cannot follow the path
/// of an operation: another form may do.
pub async fn send(session: &Session, target: Target<'_>, body: Option<&Value>) -> Result<(), WriteError> {
    let template = template(target.stream, &target.method);
    let write = Write {
        method: target.method.clone(),
        url: session.url([endpoint(target.stream), target.id.as_str()]),
        template,
        body,
        if_match: target.if_match,
        repeat: target.kind.is_idempotent(),
        is_final: None,
    };
    session.write(write, |answer| read(answer, &target, template, &session.http.words)).await
}

fn read(
    answer: &Answer,
    target: &Target<'_>,
    template: &'static str,
    words: &Words,
) -> Result<(), Undecoded> {
    if answer.is_success() {
        return whole(answer, template, words);
    }
    let said = serde_json::from_str::<Value>(&answer.text()).unwrap_or_default();
    let scim_type = attribute(&said, "scimType").and_then(Value::as_str).unwrap_or_default();
    let is = |name: &str| scim_type.eq_ignore_ascii_case(name);
    if target.gone_is_done && (matches!(answer.status, 404 | 410) && !answer.is_web_page() || is("noTarget"))
    {
        return Ok(());
    }
    let detail = || words.find(answer);
    if matches!(answer.status, 405 | 501) {
        let refusal =
            if target.method == Method::DELETE { Refusal::CannotDelete } else { Refusal::NotSupported };
        return Err(Undecoded::Final(refused(template.to_owned(), refusal, detail())));
    }
    // The path is one of RFC 7644, but not every service reads all of them.
    let unread = is("invalidPath") || is("invalidFilter") || is("noTarget");
    if target.method == Method::PATCH && answer.status == 400 && unread {
        return Err(Undecoded::Final(refused(template.to_owned(), Refusal::NotSupported, detail())));
    }
    Err(Undecoded::Final(refusal(answer, scim_type, target.stream, template, words)))
}

/// Creates a record; gives its id, which stands in the body or at the end of its address.
///
/// # Errors
/// See [`WriteError`].
pub async fn create(
    session: &Session,
    stream: Stream,
    body: &Value,
    kind: EditKind,
) -> Result<RemoteId, WriteError> {
    let template = template(stream, &Method::POST);
    let write = Write {
        method: Method::POST,
        url: session.url([endpoint(stream)]),
        template,
        body: Some(body),
        if_match: None,
        repeat: kind.is_idempotent(),
        is_final: None,
    };
    let words = &session.http.words;
    let decode = |answer: &Answer| {
        if !answer.is_success() {
            let said = serde_json::from_str::<Value>(&answer.text()).unwrap_or_default();
            let scim_type = attribute(&said, "scimType").and_then(Value::as_str).unwrap_or_default();
            return Err(Undecoded::Final(refusal(answer, scim_type, stream, template, words)));
        }
        let read = wire::decode_object::<Value>(answer, "resource", template, words);
        let id = read.as_ref().ok().and_then(|value| attribute(value, "id")).and_then(Value::as_str);
        let address = answer.location.as_deref().filter(|_| answer.status == 201);
        let last = address.and_then(|address| address.trim_end_matches('/').rsplit('/').next());
        if let Some(id) = id.or(last).filter(|id| !id.is_empty()) {
            return Ok(RemoteId::new(id));
        }
        read?;
        Err(wire::masked_refusal(answer, template, words)
            .unwrap_or_else(|| wire::unexpected(template, "the answer has no id")))
    };
    session.write(write, decode).await
}

/// Whether a success is one: what is said must have come whole, and must not be an error message.
fn whole(answer: &Answer, template: &'static str, words: &Words) -> Result<(), Undecoded> {
    if answer.status == 204 || (answer.body.is_empty() && !answer.oversized) {
        return Ok(());
    }
    wire::masked_refusal(answer, template, words).map_or(Ok(()), Err)?;
    let text = wire::json_text(answer, template, words)?;
    wire::decode::<IgnoredAny>(&text, "resource", template).map(drop)
}

fn refusal(
    answer: &Answer,
    scim_type: &str,
    stream: Stream,
    template: &'static str,
    words: &Words,
) -> RemoteError {
    let of_users = stream != Stream::Groups;
    let (refusal, field) = match (answer.status, scim_type.to_ascii_lowercase().as_str()) {
        (400 | 409, "uniqueness") | (409, _) if of_users => (Refusal::UserNameTaken, Some("userName")),
        (400 | 409, "uniqueness") | (409, _) => (Refusal::NameTaken, Some("displayName")),
        (400..=499, "mutability") => (Refusal::ReadOnly, None),
        (400, "invalidvalue") => (Refusal::InvalidValue, None),
        (404 | 410, _) if !answer.is_web_page() => (Refusal::UnknownRecord, None),
        (405 | 501, _) => (Refusal::NotSupported, None),
        _ => return words.refusal(answer, template),
    };
    let (template, field) = (template.to_owned(), field.map(str::to_owned));
    RemoteError::Refused { template, refusal, field, detail: words.find(answer) }
}

fn template(stream: Stream, method: &Method) -> &'static str {
    match (stream == Stream::Groups, method.as_str()) {
        (false, "POST") => "POST /Users",
        (false, "PATCH") => "PATCH /Users/{id}",
        (false, "PUT") => "PUT /Users/{id}",
        (false, _) => "DELETE /Users/{id}",
        (true, "POST") => "POST /Groups",
        (true, "PATCH") => "PATCH /Groups/{id}",
        (true, "PUT") => "PUT /Groups/{id}",
        (true, _) => "DELETE /Groups/{id}",
    }
}
