//! A tiny HTTP server that answers exactly what a test tells it to, misbehaviour included, and remembers what it was
//! asked. One connection a request.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rollcall_core::remote::{ClientSettings, DirectoryRead, RetryPolicy, open};
use rollcall_tests::accounts::{bearer, credential};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// What a client signs in with at these servers.
pub const SECRET: &str = "s3cret-credential";

/// What the server was asked.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub head: String,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// The number under `name` in the query.
    pub fn number(&self, name: &str) -> Option<usize> {
        let query = self.target.split_once('?')?.1;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(&format!("{name}=")))
            .map(|text| text.parse().unwrap())
    }
}

/// What the server does.
#[derive(Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Bytes that are promised but never sent.
    missing: usize,
    delay: Duration,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Whole,
    Dropped,
    Silent,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let (headers, missing, delay) = (Vec::new(), 0, Duration::ZERO);
        Self { status, headers, body: body.into(), missing, delay, kind: Kind::Whole }
            .header("Content-Type", "application/scim+json")
    }

    pub fn json(body: &Value) -> Self {
        Self::new(200, body.to_string())
    }

    /// A SCIM error message.
    pub fn refusal(status: u16, detail: &str) -> Self {
        let schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
        Self::new(
            status,
            json!({"schemas": schemas, "status": status.to_string(), "detail": detail}).to_string(),
        )
    }

    /// A list with these records.
    pub fn list(total: usize, records: &[Value]) -> Self {
        Self::json(&json!({"totalResults": total, "Resources": records}))
    }

    /// The connection is closed without an answer.
    pub fn dropped() -> Self {
        Self { kind: Kind::Dropped, ..Self::new(200, "") }
    }

    /// Nothing comes, and the connection stays open until the other side closes it.
    pub fn silent() -> Self {
        Self { kind: Kind::Silent, ..Self::new(200, "") }
    }

    /// The connection is closed before the end of the body.
    pub fn cut_off(body: &str) -> Self {
        Self { missing: 100, ..Self::new(200, body) }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

type Answer = dyn Fn(&Seen, usize) -> Reply + Send + Sync;

/// A running server; ends with the test's runtime.
#[derive(Clone)]
pub struct Fake {
    pub address: String,
    state: Arc<State>,
}

struct State {
    answer: Box<Answer>,
    seen: Mutex<Vec<Seen>>,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
    /// Connections that the other side closed while it waited.
    abandoned: AtomicUsize,
}

impl Fake {
    /// Starts a server; `answer` is given each request and how many came before it.
    pub async fn start(answer: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_with(None, answer).await
    }

    /// The same behind TLS, where `tls` is given.
    pub async fn start_with(
        tls: Option<TlsAcceptor>,
        answer: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let address = format!("{scheme}://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let state = Arc::new(State {
            answer: Box::new(answer),
            seen: Mutex::default(),
            under_way: AtomicUsize::new(0),
            most_under_way: AtomicUsize::new(0),
            abandoned: AtomicUsize::new(0),
        });
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (state, tls) = (shared.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => state.serve(stream).await,
                        Some(tls) => {
                            // A client that does not trust us ends the handshake.
                            if let Ok(stream) = tls.accept(stream).await {
                                state.serve(stream).await;
                            }
                        }
                    }
                });
            }
        });
        Self { address, state }
    }

    /// A service that passes for SCIM without description and groups; `answer` decides about everything but the probe
    /// and is told how many requests it has had before.
    pub async fn users(answer: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let own = AtomicUsize::new(0);
        Self::start(move |seen, _| match seen.target.as_str() {
            "/ServiceProviderConfig" => Reply::refusal(404, "none"),
            "/Schemas" => Reply::refusal(404, "none"),
            "/Users?count=1" => Reply::list(1, &[user("probe")]),
            target if target.starts_with("/Groups?count=1&") => Reply::refusal(404, "none"),
            _ => answer(seen, own.fetch_add(1, Ordering::SeqCst)),
        })
        .await
    }

    /// Everything it was asked.
    pub fn seen(&self) -> Vec<Seen> {
        self.state.seen.lock().unwrap().clone()
    }

    /// What it was asked beside discovery.
    pub fn seen_after_discovery(&self) -> Vec<Seen> {
        let discovery = [
            "/ServiceProviderConfig",
            "/Schemas",
            "/Users?count=1",
            "/Groups?count=1&excludedAttributes=members",
        ];
        self.seen().into_iter().filter(|seen| !discovery.contains(&seen.target.as_str())).collect()
    }

    pub fn most_under_way(&self) -> usize {
        self.state.most_under_way.load(Ordering::SeqCst)
    }

    pub fn abandoned(&self) -> usize {
        self.state.abandoned.load(Ordering::SeqCst)
    }

    /// A client of this server that does not wait long.
    pub fn directory(&self) -> Arc<dyn DirectoryRead> {
        open(&bearer(&self.address), &credential(SECRET), quick()).unwrap()
    }
}

/// The program's settings with short waits.
pub fn quick() -> ClientSettings {
    let (base, cap) = (Duration::from_millis(1), Duration::from_millis(4));
    ClientSettings { retry: RetryPolicy { base, cap, ..RetryPolicy::default() }, ..ClientSettings::default() }
}

/// A small user.
pub fn user(id: &str) -> Value {
    json!({"id": id, "userName": id})
}

impl State {
    async fn serve(&self, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
        let Some(seen) = read_request(&mut stream).await else { return };
        let before = {
            let mut all = self.seen.lock().unwrap();
            all.push(seen.clone());
            all.len() - 1
        };
        let under_way = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_under_way.fetch_max(under_way, Ordering::SeqCst);
        let reply = (self.answer)(&seen, before);
        tokio::time::sleep(reply.delay).await;
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        match reply.kind {
            Kind::Dropped => {}
            Kind::Silent => {
                let _ = stream.read(&mut [0]).await;
                self.abandoned.fetch_add(1, Ordering::SeqCst);
            }
            Kind::Whole => write_reply(&mut stream, &reply).await,
        }
    }
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Seen> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut first = head.lines().next()?.split(' ');
            let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
            let seen = Seen { method, target, head: head.to_owned(), body: body.to_owned() };
            let length = seen.header("Content-Length").map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return Some(seen);
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&buffer[..read]),
        }
    }
}

async fn write_reply(stream: &mut (impl AsyncWrite + Unpin), reply: &Reply) {
    let mut head = format!("HTTP/1.1 {} Reason\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", reply.body.len() + reply.missing));
    // The client may have gone: that is what some tests are about.
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(&reply.body).await;
    let _ = stream.shutdown().await;
}
