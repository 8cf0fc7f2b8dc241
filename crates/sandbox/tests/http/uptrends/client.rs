//! A small client of the Uptrends dialect and a sandbox to point it at.

use reqwest::Method;
use rollcall_sandbox::{
    Clock, Credential, Sandbox, SandboxOptions, Secret, Tenant, TenantOptions, UptrendsQuirks,
    uptrends_sample,
};
use serde_json::{Value, json};

pub const USER: &str = "hub0of0the0tests";
pub const PASSWORD: &str = "PasswordOfTheTestPasswordOfTheTe";
/// 2026-11-25T17:00:00Z, a Wednesday; 18:00 in the account's zone.
pub const NOW: i64 = 1_795_626_000_000;

/// A sandbox with the Uptrends tenant `acme`, and a client that signs in as its first API user.
pub struct Bench {
    pub sandbox: Sandbox,
    pub tenant: Tenant,
    pub http: reqwest::Client,
    pub user: String,
    pub password: String,
}

pub async fn bench(quirks: UptrendsQuirks) -> Bench {
    let credential = Credential::Basic { user: USER.into(), password: Secret::new(PASSWORD) };
    let acme = TenantOptions::uptrends("acme", quirks).credential(credential).clock(Clock::set_to(NOW));
    let sandbox = Sandbox::start(SandboxOptions::default().seed(1).tenant(acme)).await.unwrap();
    let tenant = sandbox.tenant("acme").unwrap();
    Bench { sandbox, tenant, http: crate::client::client(), user: USER.into(), password: PASSWORD.into() }
}

/// The sample account, and a client that signs in as its API user.
pub async fn sample() -> Bench {
    let sample = uptrends_sample().unwrap();
    let options = SandboxOptions::default().seed(1).tenant(sample.options(Secret::new("secret")));
    let sandbox = Sandbox::start(options).await.unwrap();
    sandbox.seed_samples().await.unwrap();
    let tenant = sandbox.tenant(&sample.slug).unwrap();
    let http = crate::client::client();
    Bench { sandbox, tenant, http, user: sample.user_name, password: "secret".to_owned() }
}

impl Bench {
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.tenant.base_url());
        self.http.request(method, url).basic_auth(&self.user, Some(&self.password))
    }

    /// Status and body; no body comes as null, text that is not JSON as a JSON string.
    pub async fn send(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let request = self.request(method, path);
        let request = if body.is_null() { request } else { request.json(&body) };
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        if text.is_empty() {
            return (status, Value::Null);
        }
        (status, serde_json::from_str(&text).unwrap_or_else(|_| json!(text)))
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.send(Method::GET, path, Value::Null).await
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::POST, path, body).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::PATCH, path, body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::PUT, path, body).await
    }

    pub async fn delete(&self, path: &str) -> (u16, Value) {
        self.send(Method::DELETE, path, Value::Null).await
    }

    /// The body of a GET that succeeds.
    pub async fn read(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// The rows of a list.
    pub async fn rows(&self, path: &str) -> Vec<Value> {
        self.read(path).await.as_array().unwrap().clone()
    }

    /// A new operator with this address, by invitation.
    pub async fn operator(&self, email: &str) -> String {
        let body = json!({ "FullName": email, "Email": email, "SetupMode": "Invitation", "IsOnDuty": true });
        let (status, made) = self.post("/Operator", body).await;
        assert_eq!(status, 201, "{made}");
        guid(&made, "OperatorGuid")
    }

    /// A new group of this name.
    pub async fn group(&self, name: &str) -> String {
        let (status, made) = self.post("/OperatorGroup", json!({ "Description": name })).await;
        assert_eq!(status, 201, "{made}");
        guid(&made, "OperatorGroupGuid")
    }

    /// The GUID of the group that has this flag.
    pub async fn built_in(&self, flag: &str) -> String {
        let groups = self.rows("/OperatorGroup").await;
        guid(groups.iter().find(|own| own[flag] == true).unwrap(), "OperatorGroupGuid")
    }

    /// The GUID of the account administrator.
    pub async fn owner(&self) -> String {
        let operators = self.rows("/Operator").await;
        guid(operators.iter().find(|own| own["IsAccountAdministrator"] == true).unwrap(), "OperatorGuid")
    }

    /// A client that signs in as a new API user of this operator.
    pub async fn sign_in_as(&self, operator: &str) -> Bench {
        let made =
            self.tenant.uptrends_request("POST", "/ApiUser", json!({ "OperatorGuid": operator })).await;
        let made = made.unwrap();
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        Bench {
            sandbox,
            tenant: self.tenant.clone(),
            http: self.http.clone(),
            user: guid(&made, "UserName"),
            password: guid(&made, "Password"),
        }
    }
}

/// A text of an answer.
pub fn guid(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}")).to_owned()
}

/// The messages of a refusal, in one.
pub fn told(body: &Value) -> String {
    let all = body["Messages"].as_array().unwrap_or_else(|| panic!("no messages in {body}"));
    all.iter().map(|one| one["Message"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}
