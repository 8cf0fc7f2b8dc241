//! A small client of the Logto dialect and a sandbox to point it at.

use reqwest::{Method, Response, StatusCode};
use rollcall_sandbox::{
    Clock, Credential, LogtoQuirks, Sandbox, SandboxOptions, Secret, Tenant, TenantOptions,
};
use serde_json::{Value, json};

pub const APP: &str = "m2mapp000000000000000";
pub const SECRET: &str = "SecretOfTheTestSecretOfTheTest00";
pub const INDICATOR: &str = "https://default.logto.app/api";
/// When the recording was made.
pub const NOW: i64 = 1_795_191_839_000;

/// A sandbox with the Logto tenant `acme`, and a client that has an access token for it.
pub struct Bench {
    pub sandbox: Sandbox,
    pub tenant: Tenant,
    pub http: reqwest::Client,
    pub token: String,
}

pub fn credential(seconds: u64) -> Credential {
    Credential::OAuthClient { id: APP.into(), secret: Secret::new(SECRET), token_seconds: seconds }
}

pub async fn bench(quirks: LogtoQuirks) -> Bench {
    let acme = TenantOptions::logto("acme", quirks).credential(credential(3600)).clock(Clock::set_to(NOW));
    let sandbox = Sandbox::start(SandboxOptions::default().seed(1).tenant(acme)).await.unwrap();
    let tenant = sandbox.tenant("acme").unwrap();
    let mut bench = Bench { sandbox, tenant, http: crate::client::client(), token: String::new() };
    bench.sign_in().await;
    bench
}

impl Bench {
    /// Asks for a new token.
    pub async fn sign_in(&mut self) {
        let (status, given) = self.ask_token(&[("resource", INDICATOR), ("scope", "all")]).await;
        assert_eq!(status, StatusCode::OK, "{given}");
        self.token = given["access_token"].as_str().unwrap().to_owned();
    }

    /// The answer to a request for a token with this form and the right secret.
    pub async fn ask_token(&self, form: &[(&str, &str)]) -> (StatusCode, Value) {
        let mut all =
            vec![("grant_type", "client_credentials"), ("client_id", APP), ("client_secret", SECRET)];
        for field in form {
            all.retain(|own| own.0 != field.0);
            all.push(*field);
        }
        let response = self.http.post(self.sandbox.token_url("acme")).form(&all).send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.tenant.base_url());
        self.http.request(method, url).bearer_auth(&self.token)
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

    /// Status and body; text that is not JSON comes as a JSON string.
    pub async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let request = self.request(method, path);
        let request = if body.is_null() { request } else { request.json(body) };
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or_else(|_| json!(text)))
    }

    /// Creates something and gives its id.
    pub async fn make(&self, path: &str, body: Value) -> String {
        let (status, made) = self.send(Method::POST, path, &body).await;
        assert!(status < 300, "{path}: {made}");
        made["id"].as_str().unwrap().to_owned()
    }

    /// A user with this e-mail address.
    pub async fn user(&self, email: &str) -> String {
        self.make("/api/users", json!({ "primaryEmail": email, "name": email })).await
    }
}

/// The ids of a list.
pub fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// `Total-Number`.
pub fn total(response: &Response) -> usize {
    response.headers()["total-number"].to_str().unwrap().parse().unwrap()
}
