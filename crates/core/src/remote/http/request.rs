//! What is asked and what came back.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderValue;
use url::Url;

use crate::model::Timestamp;

/// What is asked.
#[derive(Clone)]
pub struct Request {
    /// `GET`, or `POST` with a form.
    pub method: Method,
    /// Where.
    pub url: Url,
    /// Method and path template, for errors and logs: `GET /Users/{id}`.
    pub template: &'static str,
    /// `Authorization`.
    pub authorization: Option<HeaderValue>,
    /// Fields of a form body.
    pub form: Option<Vec<(String, String)>>,
}

impl Request {
    /// Asks to read.
    pub fn get(url: Url, template: &'static str, authorization: Option<HeaderValue>) -> Self {
        Self { method: Method::GET, url, template, authorization, form: None }
    }

    /// Whether sending it twice is the same as sending it once.
    pub fn is_repeatable(&self) -> bool {
        self.method.is_safe()
    }
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
