//! List requests: asked in one place, read in one place.

use serde_json::value::RawValue;
use url::Url;

use super::super::RemoteError;
use super::super::http::{Answer, Undecoded, Words};
use super::convert::{Converted, convert_text};
use super::session::{Session, endpoint};
use super::wire::{self, ListAnswer};
use crate::model::{Stream, Timestamp};

/// Method and path template of the list of users.
pub const LIST_USERS: &str = "GET /Users";
/// Method and path template of the list of groups.
pub const LIST_GROUPS: &str = "GET /Groups";

/// Method and path template of a list.
pub const fn template(stream: Stream) -> &'static str {
    if matches!(stream, Stream::Groups) { LIST_GROUPS } else { LIST_USERS }
}

/// A record that came, still as text: converting it can wait.
#[derive(Debug)]
pub struct Raw {
    stream: Stream,
    text: Box<RawValue>,
}

impl Raw {
    /// As if it had come.
    #[cfg(test)]
    pub fn new(stream: Stream, record: &serde_json::Value) -> Self {
        let text = RawValue::from_string(record.to_string()).unwrap();
        Self { stream, text }
    }

    /// Converts it.
    pub fn convert(&self) -> Converted {
        convert_text(self.stream, &self.text)
    }
}

/// What a list request brought.
#[derive(Debug, Default)]
pub struct Listed {
    /// One for each record that came, in its order.
    pub records: Vec<Raw>,
    /// The service's own total.
    pub total: Option<u64>,
    /// Where the next page begins, in cursor paging.
    pub next_cursor: Option<String>,
    /// The service's clock.
    pub date: Option<Timestamp>,
    /// Size of the body.
    pub bytes: u64,
    /// True when the body was too large to be read: ask for fewer records.
    pub oversized: bool,
}

/// Asks for a list with `query`, whose names and values are escaped here.
///
/// # Errors
/// See [`RemoteError`].
pub async fn list(
    session: &Session,
    stream: Stream,
    query: &[(&str, String)],
) -> Result<Listed, RemoteError> {
    let mut url: Url = session.url([endpoint(stream)]);
    url.query_pairs_mut().extend_pairs(query);
    let template = template(stream);
    session.get(url, template, |answer| read(answer, stream, template, &session.http.words)).await
}

/// Asks for one record to see whether there is a list at all.
///
/// # Errors
/// See [`RemoteError`].
pub async fn probe(session: &Session, stream: Stream) -> Result<Listed, RemoteError> {
    let mut query = vec![("count", "1".to_owned())];
    if stream == Stream::Groups {
        // One group can have very many members.
        query.push(("excludedAttributes", "members".to_owned()));
    }
    list(session, stream, &query).await
}

fn read(answer: &Answer, stream: Stream, template: &'static str, words: &Words) -> Result<Listed, Undecoded> {
    if answer.oversized && answer.is_success() {
        return Ok(Listed { oversized: true, ..Listed::default() });
    }
    let text = wire::json_text(answer, template, words)?;
    let decoded: Result<ListAnswer<'_>, _> = wire::decode(&text, "ListResponse", template);
    let list =
        decoded.map_err(|undecoded| wire::masked_refusal(answer, template, words).unwrap_or(undecoded))?;
    // A list of values would pass for an object with its members in order.
    let is_object = text.trim_start().starts_with('{');
    let records = list.records().filter(|_| is_object).ok_or_else(|| {
        wire::masked_refusal(answer, template, words)
            .unwrap_or_else(|| wire::unexpected(template, "the answer is JSON, but not a SCIM list"))
    })?;
    Ok(Listed {
        records: records.into_iter().map(|text| Raw { stream, text: text.to_owned() }).collect(),
        total: list.total(),
        next_cursor: list.next_cursor(),
        date: answer.date,
        bytes: answer.body.len() as u64,
        oversized: false,
    })
}
