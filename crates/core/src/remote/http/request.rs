//! What is asked and what came back.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::RemoteError;
use crate::model::Timestamp;

/// What is asked.
#[derive(Clone)]
pub struct Request {
    /// `GET`, …
    pub method: Method,
    /// Where.
    pub url: Url,
    /// Method and path template, for errors and logs: `GET /Users/{id}`.
    pub template: &'static str,
    /// `Authorization`.
    pub authorization: Option<HeaderValue>,
    /// Fields of a form body.
    pub form: Option<Vec<(String, String)>>,
    /// Any other body.
    pub body: Option<Body>,
    /// `If-Match`: only if the record still has this version.
    pub if_match: Option<HeaderValue>,
    /// When it may be sent again.
    pub repeat: Repeat,
    /// Answers after which it is not sent again, whatever their status.
    pub is_final: Option<fn(&Answer) -> bool>,
}

/// The body of a request; wiped from memory when dropped, because it may hold a password.
#[derive(Clone)]
pub struct Body {
    /// `Content-Type`.
    pub media_type: &'static str,
    /// What is sent.
    pub text: Zeroizing<String>,
}

impl Body {
    /// JSON of the media type `media_type`.
    pub fn json(media_type: &'static str, value: &Value) -> Self {
        Self { media_type, text: Zeroizing::new(value.to_string()) }
    }
}

/// A request that changes something, still without what every request of its service has.
pub struct Write<'a> {
    /// `POST`, …
    pub method: Method,
    /// Where.
    pub url: Url,
    /// Method and path template.
    pub template: &'static str,
    /// JSON body.
    pub body: Option<&'a Value>,
    /// Only if the record still has this version.
    pub if_match: Option<&'a str>,
    /// Twice is as good as once.
    pub repeat: bool,
    /// Answers after which it is not sent again, whatever their status.
    pub is_final: Option<fn(&Answer) -> bool>,
}

impl Write<'_> {
    /// The request, with a body of this media type.
    pub fn into_request(self, media_type: &'static str, authorization: HeaderValue) -> Request {
        Request {
            method: self.method,
            body: self.body.map(|body| Body::json(media_type, body)),
            // A version that no header can hold is one that no service gave.
            if_match: self.if_match.and_then(|version| HeaderValue::from_str(version).ok()),
            repeat: if self.repeat { Repeat::Freely } else { Repeat::WhenUndone },
            is_final: self.is_final,
            ..Request::get(self.url, self.template, Some(authorization))
        }
    }
}

/// When a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Twice is as good as once: also when nobody knows what became of it.
    Freely,
    /// Once more does little harm: also when the service says that it cannot now. So are requests for a token.
    WhenPutOff,
    /// Only when the service certainly did nothing: it did not arrive, or was turned away for coming too soon.
    WhenUndone,
}

impl Request {
    /// Asks to read.
    pub fn get(url: Url, template: &'static str, authorization: Option<HeaderValue>) -> Self {
        let (method, repeat) = (Method::GET, Repeat::Freely);
        let (form, body, if_match, is_final) = (None, None, None, None);
        Self { method, url, template, authorization, form, body, if_match, repeat, is_final }
    }

    /// Asks for an access token with the fields of `form`.
    pub fn token(
        url: Url,
        template: &'static str,
        authorization: Option<HeaderValue>,
        form: Vec<(String, String)>,
    ) -> Self {
        let (method, form, repeat) = (Method::POST, Some(form), Repeat::WhenPutOff);
        let (body, if_match, is_final) = (None, None, None);
        Self { method, url, template, authorization, form, body, if_match, repeat, is_final }
    }

    /// Whether a redirect is followed: what changes something goes only where it was sent to.
    pub fn follows_redirects(&self) -> bool {
        self.method.is_safe()
    }
}

/// What may have become of a request that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It certainly did not arrive.
    NotSent,
    /// It arrived and was not carried out.
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// It may have been carried out.
    Unknown,
}

/// A request that failed.
#[derive(Debug)]
pub struct Undelivered {
    /// What happened.
    pub error: RemoteError,
    /// What may have become of it, all attempts together.
    pub fate: Fate,
}

/// What came back, whatever its status.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, lower case.
    pub content_type: String,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Date`: the service's own clock.
    pub date: Option<Timestamp>,
    /// `Retry-After`.
    pub retry_after: Option<Duration>,
    /// `Total-Number`: how many records the list has in all, on services that say it there.
    pub total: Option<u64>,
    /// `Location`.
    pub location: Option<String>,
    /// Decompressed; empty when `oversized`.
    pub body: Vec<u8>,
    /// The body is larger than the limit and was not read to its end.
    pub oversized: bool,
}

impl Answer {
    /// What a request that was answered so has done at the service, unless the body says otherwise. A refusal is one
    /// whatever its body; that a gateway gave up says nothing about the service behind it. 301, 307 and 308 say that
    /// the request belongs elsewhere; the others may be the answer to something done.
    pub const fn fate(&self) -> Fate {
        match self.status {
            301 | 307 | 308 | 400..=407 | 409..=499 | 501 | 505 => Fate::Refused { status: self.status },
            _ => Fate::Unknown,
        }
    }

    /// 2xx.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Whether the body is a page for people, whatever its content type says.
    pub fn is_web_page(&self) -> bool {
        let start = self.body.iter().copied().find(|byte| !byte.is_ascii_whitespace() && *byte < 0x80);
        start == Some(b'<')
            || (self.content_type.starts_with("text/html") && !matches!(start, Some(b'{' | b'[')))
    }

    /// The body as text: bytes that are not UTF-8 become the replacement character, so that one bad name does not
    /// cost a whole page.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body);
        String::from_utf8_lossy(body)
    }
}
