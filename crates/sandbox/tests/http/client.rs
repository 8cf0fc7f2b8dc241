//! A small SCIM client and a sandbox to point it at.

use std::collections::BTreeSet;

use reqwest::{Method, Response, StatusCode};
use rollcall_sandbox::{Quirks, Sandbox, SandboxOptions, Tenant, TenantOptions};
use serde_json::Value;

pub const TOKEN: &str = "token-of-the-test";

/// A sandbox with the tenant `acme`, and a client signed in to it.
pub struct Bench {
    pub sandbox: Sandbox,
    pub tenant: Tenant,
    pub http: reqwest::Client,
}

pub async fn bench(quirks: Quirks) -> Bench {
    let acme = TenantOptions::new("acme").bearer(TOKEN).quirks(quirks);
    let sandbox = Sandbox::start(SandboxOptions::default().seed(1).tenant(acme)).await.unwrap();
    let tenant = sandbox.tenant("acme").unwrap();
    Bench { sandbox, tenant, http: client() }
}

/// A client that goes straight to where it is sent.
pub fn client() -> reqwest::Client {
    // Refused when another test has chosen it before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl Bench {
    /// Adds generated people.
    pub async fn with(self, users: usize, groups: usize) -> Self {
        self.tenant.generate(users, groups, 42).await.unwrap();
        self
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.tenant.base_url());
        self.http.request(method, url).bearer_auth(TOKEN)
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// The body of a request that succeeds.
    pub async fn read(&self, path: &str) -> Value {
        let response = self.get(path).await;
        let status = response.status();
        let text = response.text().await.unwrap();
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Response {
        self.request(method, path).json(body).send().await.unwrap()
    }

    /// The user names a filter or sort gives, in order.
    pub async fn names(&self, query: &[(&str, &str)]) -> Vec<String> {
        let response = self.request(Method::GET, "/Users").query(query).send().await.unwrap();
        let status = response.status();
        let body: Value = response.json().await.unwrap();
        assert_eq!(status, StatusCode::OK, "{query:?}: {body}");
        texts(&body, "userName")
    }
}

/// One attribute of every row of a list.
pub fn texts(list: &Value, name: &str) -> Vec<String> {
    let rows = list["Resources"].as_array().unwrap();
    rows.iter().map(|row| row[name].as_str().unwrap_or_default().to_owned()).collect()
}

/// The ids of a list.
pub fn ids(list: &Value) -> Vec<String> {
    texts(list, "id")
}

/// Every id of an index walk that advances by what came, and how many rows came in all.
pub async fn walk(bench: &Bench, count: usize) -> (BTreeSet<String>, usize) {
    let (mut seen, mut rows, mut start) = (BTreeSet::new(), 0, 1);
    loop {
        let page = bench.read(&format!("/Users?startIndex={start}&count={count}")).await;
        let came = ids(&page);
        if came.is_empty() {
            return (seen, rows);
        }
        rows += came.len();
        start += came.len();
        seen.extend(came);
    }
}
