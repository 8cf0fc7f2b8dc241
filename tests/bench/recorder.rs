//! Notes what the core asks for: a connection to it is passed on to the service, and the request lines are read on the way.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What was asked for so far.
pub struct Recorder {
    /// To be used in place of the service's.
    pub address: String,
    origin: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    /// Stands in front of the service at `address`.
    pub async fn before(address: &str) -> Self {
        let service = Url::parse(address).expect("an address");
        let target = format!("127.0.0.1:{}", service.port().expect("a port"));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let mut own = service.clone();
        own.set_port(Some(listener.local_addr().expect("its address").port())).expect("a port");
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let (noted, origin) = (Arc::clone(&seen), format!("http://{target}"));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass_on(client, target.clone(), Arc::clone(&noted)));
            }
        });
        Self { address: own.to_string(), origin, seen }
    }

    /// The addresses asked for since the last call, as the service knows them.
    pub fn take(&self) -> Vec<String> {
        let paths = std::mem::take(&mut *self.seen.lock().expect("the list"));
        paths.into_iter().map(|path| format!("{}{path}", self.origin)).collect()
    }
}

/// A request of the core fits into one read: it has no body.
async fn pass_on(client: TcpStream, target: String, seen: Arc<Mutex<Vec<String>>>) {
    let Ok(service) = TcpStream::connect(&target).await else { return };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_service, mut to_service) = service.into_split();
    let answers = tokio::spawn(async move { copy(&mut from_service, &mut to_client).await });
    let mut piece = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from_client.read(&mut piece).await {
        let request = piece.get(..length).unwrap_or_default();
        let text = String::from_utf8_lossy(request);
        let paths = text.lines().filter_map(|line| line.strip_prefix("GET ")?.strip_suffix(" HTTP/1.1"));
        seen.lock().expect("the list").extend(paths.map(str::to_owned));
        if to_service.write_all(request).await.is_err() {
            break;
        }
    }
    drop(to_service);
    let _ = answers.await;
}
