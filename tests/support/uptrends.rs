//! An Uptrends service of the sandbox with one account, and the truth about it.

use rollcall_core::api::{AccountDraft, AuthenticationDraft, ConnectAccountRequest};
use rollcall_core::model::{AccountId, ProviderKind, Secret};
use rollcall_sandbox::{
    Credential, Sandbox, SandboxOptions, Secret as SandboxSecret, Tenant, TenantOptions, UptrendsLoad,
    UptrendsQuirks,
};
use serde_json::Value;

use crate::hub::TestHub;

/// The API user that the service knows.
pub const USER_NAME: &str = "hub";
/// Its password.
pub const PASSWORD: &str = "a-password-of-the-tests-00000001";

/// A running service.
pub struct UptrendsService {
    /// The process-wide part.
    pub sandbox: Sandbox,
    /// Its one account.
    pub tenant: Tenant,
}

impl UptrendsService {
    /// Starts a service with this load.
    pub async fn start(load: UptrendsLoad, quirks: UptrendsQuirks) -> Self {
        let password = SandboxSecret::new(PASSWORD);
        let credential = Credential::Basic { user: USER_NAME.to_owned(), password };
        let options = TenantOptions::uptrends("acme", quirks).credential(credential);
        let sandbox = Sandbox::start(SandboxOptions::default().tenant(options)).await.expect("a sandbox");
        let tenant = sandbox.tenant("acme").expect("the account");
        tenant.generate_uptrends(load).await.expect("generated operators");
        Self { sandbox, tenant }
    }

    /// Connects it to `test`.
    pub async fn connect(&self, test: &TestHub) -> AccountId {
        let draft = self.draft(USER_NAME, PASSWORD);
        test.hub.connect_account(ConnectAccountRequest { draft }).await.expect("a connected account").id
    }

    /// The account as typed, with this API user.
    pub fn draft(&self, user_name: &str, password: &str) -> AccountDraft {
        api_user("Acme", &self.sandbox.base_url("acme"), user_name, password)
    }

    /// A request from inside.
    pub async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.tenant.uptrends_request(method, path, body).await;
        answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// A list from inside.
    pub async fn list(&self, path: &str) -> Vec<Value> {
        self.ask("GET", path, Value::Null).await.as_array().expect("a list").clone()
    }
}

/// An account as typed, signed in to with this API user.
pub fn api_user(name: &str, address: &str, user_name: &str, password: &str) -> AccountDraft {
    AccountDraft {
        provider: ProviderKind::Uptrends,
        name: name.to_owned(),
        address: address.to_owned(),
        authentication: AuthenticationDraft::Basic {
            user_name: user_name.to_owned(),
            password: Secret::new(password.to_owned()),
        },
        certificate_authority: None,
    }
}
