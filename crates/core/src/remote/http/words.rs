//! The service's own words in our errors: found, cut to a limit, and cleaned of anything that is our credential.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use zeroize::Zeroizing;

use super::{Answer, RemoteError};

/// Longest quotation, in characters.
const LIMIT: usize = 300;

/// Quotes a service without quoting our secrets.
#[derive(Default)]
pub struct Words {
    secrets: Mutex<Vec<Zeroizing<String>>>,
    /// Of edits: a password that was sent, a token that was made. Many may come in a row, and none may push ours out.
    passing: Mutex<Vec<Zeroizing<String>>>,
}

/// Secrets of either kind that are remembered.
const REMEMBERED: usize = 16;

impl Words {
    /// From now on `secret` is never quoted. The newest 16 are kept: access tokens come and go.
    pub fn add_secret(&self, secret: &str) {
        if secret.is_empty() {
            return;
        }
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        if secrets.len() >= REMEMBERED {
            // The first is the credential itself; the oldest access token goes.
            secrets.remove(1);
        }
        secrets.push(Zeroizing::new(secret.to_owned()));
    }

    /// The same for a secret of an edit, which no request after the next ones can bring back.
    pub fn add_passing(&self, secret: &str) {
        let mut passing = self.passing.lock().unwrap_or_else(PoisonError::into_inner);
        if passing.len() >= REMEMBERED {
            passing.remove(0);
        }
        passing.push(Zeroizing::new(secret.to_owned()));
    }

    /// `text` on one line, without our secrets, cut.
    pub fn quote(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secrets in [&self.secrets, &self.passing] {
            for secret in secrets.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                // Goes nowhere: it is looked for in order to be taken out.
                text = text.replace(secret.as_str(), "***");
            }
        }
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let line = line.trim();
        let mut cut: String = line.chars().take(LIMIT).collect();
        if cut.len() < line.len() {
            cut.push('…');
        }
        cut
    }

    /// What the service says about its refusal, if it says something.
    pub fn find(&self, answer: &Answer) -> Option<String> {
        let text = answer.text();
        let said = match serde_json::from_str::<Value>(&text) {
            Ok(json) => said_in(&json)?,
            Err(_) if answer.is_web_page() => return None,
            Err(_) => text.into_owned(),
        };
        Some(self.quote(&said)).filter(|said| !said.is_empty())
    }

    /// The error that a status stands for.
    pub fn refusal(&self, answer: &Answer, template: &str) -> RemoteError {
        let (template, status) = (template.to_owned(), answer.status);
        let detail = self.find(answer);
        match status {
            401 => RemoteError::Unauthorized { template, detail },
            403 => RemoteError::Forbidden { template, detail },
            404 | 410 => RemoteError::NotFound { template, detail },
            429 => RemoteError::RateLimited { template, retry_after: answer.retry_after },
            503 if answer.retry_after.is_some() => {
                RemoteError::RateLimited { template, retry_after: answer.retry_after }
            }
            501 | 505 => RemoteError::Rejected { template, status, detail },
            408 | 500..=599 => RemoteError::ServiceFailed { template, status, detail },
            _ => RemoteError::Rejected { template, status, detail },
        }
    }
}

/// SCIM `detail`, OAuth `error_description`, Uptrends' `Messages`, and what else services use.
fn said_in(json: &Value) -> Option<String> {
    let list = ["Errors", "Messages"].iter().find_map(|name| json.get(*name)?.get(0));
    let inner = list.or_else(|| json.get("error"));
    [Some(json), inner].into_iter().flatten().find_map(|object| {
        ["detail", "error_description", "description", "message", "Message", "title", "error", "scimType"]
            .iter()
            .find_map(|key| object.get(key).and_then(Value::as_str))
            .map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, content_type: &str, body: &str) -> Answer {
        Answer {
            status,
            content_type: content_type.to_owned(),
            etag: None,
            date: None,
            retry_after: None,
            total: None,
            location: None,
            body: body.as_bytes().to_vec(),
            oversized: false,
        }
    }

    #[test]
    fn the_services_own_words_are_found_wherever_they_stand() {
        for (body, said) in [
            (r#"{"status":"400","detail":"No such attribute"}"#, Some("No such attribute")),
            (r#"{"error":"invalid_client","error_description":"Who are you?"}"#, Some("Who are you?")),
            (r#"{"error":"invalid_client"}"#, Some("invalid_client")),
            (r#"{"error":{"message":"Slow down"}}"#, Some("Slow down")),
            (r#"{"Errors":[{"description":"invalid_auth","code":401}]}"#, Some("invalid_auth")),
            ("Bad\nGateway", Some("Bad Gateway")),
            ("<html><body>Bad</body></html>", None),
            ("{}", None),
            ("", None),
        ] {
            let found = Words::default().find(&answer(400, "application/json", body));
            assert_eq!(found.as_deref(), said, "{body}");
        }
    }

    #[test]
    fn a_quotation_is_cut_and_holds_no_secret() {
        let words = Words::default();
        words.add_secret("s3cret");
        words.add_secret("");
        assert_eq!(words.quote("bad token s3cret, s3cret"), "bad token ***, ***");
        for number in 0..100 {
            words.add_passing(&format!("passw0rd-{number}"));
        }
        assert_eq!(words.quote("s3cret passw0rd-99"), "*** ***");
        assert_eq!(words.quote(&"é".repeat(1000)).chars().count(), LIMIT + 1);
    }

    #[test]
    fn a_statuss_meaning_reaches_the_person() {
        use crate::api::ErrorCode as Code;
        for (status, code) in [
            (400, Code::RemoteRejected),
            (401, Code::Unauthorized),
            (403, Code::Forbidden),
            (404, Code::AddressNotFound),
            (409, Code::RemoteRejected),
            (429, Code::RateLimited),
            (500, Code::RemoteFailed),
            (501, Code::RemoteRejected),
            (503, Code::RemoteFailed),
        ] {
            let error = Words::default().refusal(&answer(status, "", ""), "GET /Users");
            assert_eq!(error.code(), code, "{status}");
        }
    }
}
