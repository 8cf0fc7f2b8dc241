//! One HTTP client an account: where it may go, how long it waits, when it asks again, what it says about failures.
//!
//! Errors and logs carry the method and the path *template*, never a query or an id.

mod connect;
mod failure;
mod origin;
mod pace;
mod request;
mod retry;
mod settings;
mod words;

use std::time::{Duration, Instant};

use reqwest::Response;
use reqwest::header::{
    AUTHORIZATION, CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderName, IF_MATCH, LOCATION, RETRY_AFTER,
};
use url::Url;

use super::RemoteError;
use connect::Clients;
pub use connect::choose_cryptography;
use failure::Failure;
use pace::Pace;
pub use request::{Answer, Fate, Request, Undelivered, Write};
use retry::{Decision, Outcome};
pub use settings::{ClientSettings, RetryPolicy};
pub use words::Words;

/// Redirects followed for one request.
const REDIRECTS: usize = 5;

/// Why an answer could not be decoded.
#[derive(Debug)]
pub enum Undecoded {
    /// It ends too early: asking again may help.
    CutOff(RemoteError),
    /// It is something else.
    Final(RemoteError),
}

/// The HTTP side of one account.
pub struct HttpClient {
    clients: Clients,
    settings: ClientSettings,
    pace: Pace,
    /// Quotes the service in errors.
    pub words: Words,
}

impl HttpClient {
    /// A client that can reach `targets`, trusting the system's authorities and those in the PEM file `authority`.
    ///
    /// # Errors
    /// [`RemoteError::Settings`].
    pub fn new(
        settings: ClientSettings,
        targets: &[Url],
        authority: Option<&str>,
    ) -> Result<Self, RemoteError> {
        let clients = Clients::new(&settings, targets, authority)?;
        let local = targets.iter().all(origin::is_loopback);
        let interval = if local { Duration::ZERO } else { settings.minimum_interval };
        let pace = Pace::new(settings.concurrency, interval, settings.burst);
        Ok(Self { clients, settings, pace, words: Words::default() })
    }

    /// Sends until there is an answer that `decode` can use, or no point in asking again. `decode` sees every final
    /// answer, refusals included. Dropping the future ends everything at once.
    ///
    /// # Errors
    /// What happened on the way, or what `decode` says.
    pub async fn send<T>(
        &self,
        request: &Request,
        decode: impl Fn(&Answer) -> Result<T, Undecoded> + Send,
    ) -> Result<T, RemoteError> {
        self.deliver(request, decode).await.map_err(|undelivered| undelivered.error)
    }

    /// The same, telling of a failure also what may have become of the request.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub async fn deliver<T>(
        &self,
        request: &Request,
        decode: impl Fn(&Answer) -> Result<T, Undecoded> + Send,
    ) -> Result<T, Undelivered> {
        let (mut attempt, mut earlier) = (0, Fate::NotSent);
        loop {
            attempt += 1;
            let mut came = self.attempt(request, attempt).await;
            let (outcome, fate) = match &came {
                Ok(answer) => (
                    Outcome::Answered { status: answer.status, retry_after: answer.retry_after },
                    answer.fate(),
                ),
                Err(Failure { outcome, arrived: true, .. }) => (*outcome, Fate::Unknown),
                Err(Failure { outcome, arrived: false, .. }) => (*outcome, Fate::NotSent),
            };
            // Whatever the last attempt met, an earlier one may have been carried out.
            let fate = if earlier == Fate::Unknown { earlier } else { fate };
            let is_final =
                request.is_final.zip(came.as_ref().ok()).is_some_and(|(is_final, answer)| is_final(answer));
            let mut decision = if is_final { Decision::Take } else { self.decide(request, attempt, outcome) };
            if let (Decision::Take, Ok(answer)) = (decision, &came) {
                match decode(answer) {
                    Ok(decoded) => return Ok(decoded),
                    Err(Undecoded::Final(error)) => return Err(Undelivered { error, fate }),
                    Err(Undecoded::CutOff(error)) => {
                        decision = self.decide(request, attempt, Outcome::Broken);
                        came = Err(Failure { outcome: Outcome::Broken, error, arrived: true });
                    }
                }
            }
            match (decision, came) {
                (Decision::Again { wait, asked }, came) => {
                    earlier = fate;
                    // A service that limits its clients counts them all together, whether or not it says how long.
                    let limited = came.is_ok_and(|answer| answer.status == 429);
                    self.wait(wait, asked || limited).await;
                }
                (Decision::Take, Err(Failure { error, .. })) => return Err(Undelivered { error, fate }),
                // Decoded above.
                (Decision::Take, Ok(answer)) => {
                    let error = self.words.refusal(&answer, request.template);
                    return Err(Undelivered { error, fate });
                }
            }
        }
    }

    fn decide(&self, request: &Request, attempt: u32, outcome: Outcome) -> Decision {
        // Where the system has no randomness all clients wait the same: slower for the service, still right.
        let random = getrandom::u32().unwrap_or_default();
        let jitter = f64::from(random) / f64::from(u32::MAX);
        self.settings.retry.decide(request.repeat, attempt, outcome, jitter)
    }

    async fn wait(&self, wait: Duration, asked: bool) {
        if asked {
            self.pace.hold(wait);
        } else {
            tokio::time::sleep(wait).await;
        }
    }

    /// One request with the redirects that it leads to.
    async fn attempt(&self, request: &Request, attempt: u32) -> Result<Answer, Failure> {
        let _turn = self.pace.turn().await;
        let started = Instant::now();
        let came = self.exchange(request).await;
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &came {
            Ok(answer) => {
                let (status, bytes) = (answer.status, answer.body.len());
                tracing::debug!(request = request.template, attempt, status, milliseconds, bytes, "answered");
            }
            Err(failure) => {
                let outcome = failure.outcome;
                tracing::debug!(request = request.template, attempt, milliseconds, ?outcome, "no answer");
            }
        }
        came
    }

    async fn exchange(&self, request: &Request) -> Result<Answer, Failure> {
        let mut url = request.url.clone();
        for _ in 0..=REDIRECTS {
            let answer = self.exchange_once(request, &url).await?;
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) || !request.follows_redirects() {
                return Ok(answer);
            }
            url = origin::follow(&url, answer.location.as_deref(), request.template).map_err(hopeless)?;
        }
        let reason = "the service sends us in circles".to_owned();
        Err(hopeless(RemoteError::Unexpected { template: request.template.to_owned(), reason }))
    }

    async fn exchange_once(&self, request: &Request, url: &Url) -> Result<Answer, Failure> {
        let Some(client) = self.clients.of(url) else {
            let reason = format!("no client was made for {}", origin::host_of(url));
            return Err(hopeless(RemoteError::Settings { reason }));
        };
        let mut builder = client.request(request.method.clone(), url.clone());
        if let Some(authorization) = &request.authorization {
            builder = builder.header(AUTHORIZATION, authorization);
        }
        if let Some(form) = &request.form {
            builder = builder.form(form);
        }
        if let Some(body) = &request.body {
            // Into the body of the request that the person asked for.
            builder = builder.header(CONTENT_TYPE, body.media_type).body(body.text.as_bytes().to_vec());
        }
        if let Some(version) = &request.if_match {
            builder = builder.header(IF_MATCH, version);
        }
        let failed = |error: reqwest::Error| failure::explain(&error, url);
        let mut response = builder.send().await.map_err(failed)?;
        let mut answer = read_head(&response);
        while let Some(piece) = response.chunk().await.map_err(failed)? {
            if answer.body.len() + piece.len() > self.settings.body_limit {
                answer.oversized = true;
                answer.body = Vec::new();
                break;
            }
            answer.body.extend_from_slice(&piece);
        }
        Ok(answer)
    }
}

fn hopeless(error: RemoteError) -> Failure {
    // Before anything is sent, or of a request that changes nothing.
    Failure { outcome: Outcome::Hopeless, error, arrived: false }
}

fn read_head(response: &Response) -> Answer {
    let headers = response.headers();
    let date = text(headers, DATE).and_then(|text| retry::parse_http_date(&text));
    let now = date.unwrap_or_else(crate::clock::now);
    Answer {
        status: response.status().as_u16(),
        content_type: text(headers, CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase(),
        etag: text(headers, ETAG),
        date,
        retry_after: text(headers, RETRY_AFTER).and_then(|text| retry::parse_retry_after(&text, now)),
        total: headers.get("total-number").and_then(|total| total.to_str().ok()?.trim().parse().ok()),
        location: text(headers, LOCATION),
        body: Vec::new(),
        oversized: false,
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
