//! The third-party SCIM server `scim2-server` (PyPI), which nobody here wrote, as a process of its own.

use std::net::{TcpListener, TcpStream};
use std::ops::Deref;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The bearer token that the server accepts.
pub const TOKEN: &str = "scim2-test-token";

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A running server; ended when dropped. Without tenants, it is itself a [`Service`].
pub struct Scim2 {
    process: Process,
    base: String,
    root: Service,
    // The server reads its configuration from here at the start; kept until the end for whoever looks into a failure.
    _folder: TempDir,
}

/// A server with its usual configuration: index paging, at most 1000 records a page.
pub fn start() -> Scim2 {
    start_with(&json!({}), &[])
}

/// A server whose ServiceProviderConfig is the usual one with `changes`, and which serves `tenants`, each with its own
/// users; with tenants, there is nothing at the root.
///
/// # Panics
/// When the server is not installed, with a sentence that says how to install it, or does not start.
pub fn start_with(changes: &Value, tenants: &[&str]) -> Scim2 {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = folder.path().join("config.json");
    std::fs::write(&config, configuration(changes).to_string()).expect("the configuration can be written");
    // Another process may take the port in between: then the server ends at once, and the next port is tried.
    for _ in 0..5 {
        let port = free_port();
        let mut command = Command::new(executable());
        command.args(["--bearer-token", TOKEN, "--hostname", "127.0.0.1", "--port", &port.to_string()]);
        command.arg("--service-provider-config").arg(&config);
        command.args(tenants.iter().flat_map(|tenant| ["--tenant", tenant]));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("scim2-server starts");
        let process = Process(child);
        if let Some(process) = process.once_it_answers(port) {
            let base = format!("http://127.0.0.1:{port}");
            return Scim2 { process, root: Service::new(&base), base, _folder: folder };
        }
    }
    panic!("scim2-server does not answer");
}

/// Ended when dropped, also when a test fails.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    fn once_it_answers(mut self, port: u16) -> Option<Self> {
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until && matches!(self.0.try_wait(), Ok(None)) {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(self);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Scim2 {
    /// One tenant's service.
    pub fn tenant(&self, tenant: &str) -> Service {
        Service::new(&format!("{}/{tenant}", self.base))
    }

    /// Stops the server: from now on nothing answers at its address.
    pub fn stop(self) {
        drop(self.process);
    }
}

impl Deref for Scim2 {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.root
    }
}

/// One directory of the server, written to by another client than ours.
pub struct Service {
    address: String,
    client: Client,
}

impl Service {
    fn new(base: &str) -> Self {
        Self::at(&format!("{base}/v2"))
    }

    /// The directory that answers at `address`.
    pub fn at(address: &str) -> Self {
        rollcall_core::remote::choose_cryptography();
        Self { address: address.to_owned(), client: Client::new() }
    }

    /// Where it answers.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Creates `count` users in bulk, named `user000000`... beginning with number `first`; returns their ids in order.
    pub async fn create_users(&self, first: usize, count: usize) -> Vec<String> {
        let mut ids = Vec::with_capacity(count);
        let numbers: Vec<usize> = (first..first + count).collect();
        for numbers in numbers.chunks(500) {
            let operations: Vec<Value> = numbers.iter().map(|number| create_operation(*number)).collect();
            let answer = self
                .send(
                    Method::POST,
                    "Bulk",
                    &json!({
                        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": operations
                    }),
                )
                .await;
            for operation in answer["Operations"].as_array().expect("operations") {
                let location = operation["location"].as_str().expect("a location");
                ids.push(location.rsplit('/').next().expect("an id").to_owned());
            }
        }
        ids
    }

    /// Creates a user with `attributes` beside the schema; returns its id.
    pub async fn create_user(&self, attributes: &Value) -> String {
        self.create("Users", USER, attributes).await
    }

    /// Creates a group with `members`; returns its id.
    pub async fn create_group(&self, name: &str, members: &[String]) -> String {
        let members: Vec<Value> = members.iter().map(|id| json!({"value": id, "type": "User"})).collect();
        self.create("Groups", GROUP, &json!({"displayName": name, "members": members})).await
    }

    async fn create(&self, endpoint: &str, schema: &str, attributes: &Value) -> String {
        let mut resource = attributes.clone();
        resource["schemas"] = json!([schema]);
        let created = self.send(Method::POST, endpoint, &resource).await;
        created["id"].as_str().expect("an id").to_owned()
    }

    /// Replaces the attribute at `path` of `Users/{id}` or `Groups/{id}`.
    pub async fn replace(&self, resource: &str, path: &str, value: &Value) {
        let patch = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [{"op": "replace", "path": path, "value": value}]
        });
        self.send(Method::PATCH, resource, &patch).await;
    }

    /// Gives the attribute `name` of `Users/{id}` or `Groups/{id}` another value by replacing the whole, which every server can.
    pub async fn set(&self, resource: &str, name: &str, value: &Value) {
        let mut record = self.find(resource).await.expect("a record");
        record[name] = value.clone();
        record.as_object_mut().expect("a record").remove("meta");
        self.send(Method::PUT, resource, &record).await;
    }

    /// Deletes `Users/{id}` or `Groups/{id}`.
    pub async fn delete(&self, resource: &str) {
        self.send(Method::DELETE, resource, &Value::Null).await;
    }

    /// `Users/{id}` or `Groups/{id}` as it is there; `None` when it is not.
    pub async fn find(&self, resource: &str) -> Option<Value> {
        let url = format!("{}/{resource}", self.address);
        let answer = self.client.get(url).bearer_auth(TOKEN).send().await.expect("scim2-server answers");
        if answer.status() == StatusCode::NOT_FOUND {
            return None;
        }
        let text = answer.text().await.expect("a body");
        Some(serde_json::from_str(&text).expect("JSON"))
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> Value {
        let url = format!("{}/{path}", self.address);
        let mut request = self.client.request(method, url).bearer_auth(TOKEN);
        if !body.is_null() {
            request = request.header("Content-Type", "application/scim+json").body(body.to_string());
        }
        let answer = request.send().await.expect("scim2-server answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert!(status.is_success(), "{path}: {status} {text}");
        if status == StatusCode::NO_CONTENT {
            Value::Null
        } else {
            serde_json::from_str(&text).expect("JSON")
        }
    }
}

fn create_operation(number: usize) -> Value {
    json!({
        "method": "POST", "path": "/Users", "bulkId": format!("user{number:06}"),
        "data": {
            "schemas": [USER], "userName": format!("user{number:06}"), "displayName": format!("User {number}"),
            "active": !number.is_multiple_of(10), "emails": [{"value": format!("user{number:06}@example.com"), "primary": true}]
        }
    })
}

fn executable() -> PathBuf {
    let path = std::env::var_os("ROLLCALL_SCIM2_SERVER").map(PathBuf::from).filter(|path| path.is_file());
    path.expect(
        "ROLLCALL_SCIM2_SERVER must be the path of the scim2-server executable: run `cargo xtask test`, which \
         installs it, or `pip install 'scim2-server[cursor]==0.8.3'` into a virtual environment of your own",
    )
}

fn configuration(changes: &Value) -> Value {
    let on = json!({"supported": true});
    let mut config = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": on, "changePassword": on, "sort": on, "etag": on,
        "bulk": {"supported": true, "maxOperations": 1000, "maxPayloadSize": 1_048_576},
        "filter": {"supported": true, "maxResults": 1000},
        "authenticationSchemes": []
    });
    for (feature, change) in changes.as_object().into_iter().flatten() {
        config[feature] = change.clone();
    }
    config
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}
