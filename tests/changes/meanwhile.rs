//! Somebody who changes a record right before our request arrives: stands between the client and a foreign SCIM server.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use rollcall_tests::scim2::Service;
use serde_json::Value;

/// What is done once: the record, the attribute, the value.
type Deed = (String, String, Value);

struct Between {
    server: Service,
    client: reqwest::Client,
    deed: Mutex<Option<Deed>>,
}

/// The one in between; ends with the test.
pub struct Meanwhile {
    address: String,
    between: Arc<Between>,
}

impl Meanwhile {
    /// In front of the server at `server`, whose address ends in `/v2`.
    pub async fn start(server: &str) -> Self {
        let between = Arc::new(Between {
            server: Service::at(server),
            client: reqwest::Client::new(),
            deed: Mutex::new(None),
        });
        let app = Router::new().fallback(pass).with_state(Arc::clone(&between));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v2", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, between }
    }

    /// What a client takes for the service.
    pub fn address(&self) -> String {
        self.address.clone()
    }

    /// Right before the next request that writes, `name` of `resource` becomes `value`.
    pub fn once(&self, resource: &str, name: &str, value: Value) {
        *self.between.deed.lock().unwrap() = Some((resource.to_owned(), name.to_owned(), value));
    }

    /// Whether it was done.
    pub fn happened(&self) -> bool {
        self.between.deed.lock().unwrap().is_none()
    }
}

async fn pass(
    State(between): State<Arc<Between>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let deed = if method == Method::PATCH || method == Method::PUT {
        between.deed.lock().unwrap().take()
    } else {
        None
    };
    if let Some((resource, name, value)) = deed {
        between.server.set(&resource, &name, &value).await;
    }
    let server = between.server.address().trim_end_matches("/v2");
    let url = format!("{server}{}", uri.path_and_query().map_or("", |path| path.as_str()));
    let mut request = between.client.request(method, url).body(body);
    for (name, value) in headers.iter().filter(|(name, _)| *name != "host" && *name != "content-length") {
        request = request.header(name, value);
    }
    let answer = request.send().await.expect("the server answers");
    let mut response = Response::builder().status(answer.status());
    for (name, value) in
        answer.headers().iter().filter(|(name, _)| *name != "transfer-encoding" && *name != "content-length")
    {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.bytes().await.expect("a body"))).unwrap()
}
