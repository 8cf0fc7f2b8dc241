//! A Logto service of the sandbox with one tenant, and the truth about it.

use std::collections::{BTreeMap, BTreeSet};

use rollcall_core::api::{AccountDraft, AuthenticationDraft, ConnectAccountRequest};
use rollcall_core::model::{AccountId, ProviderKind, Secret};
use rollcall_sandbox::{
    Credential, Kind, LogtoLoad, LogtoQuirks, Sandbox, SandboxOptions, Secret as SandboxSecret, Tenant,
    TenantOptions, TieOrder,
};
use serde_json::Value;

use crate::hub::{People, TestHub};

/// Id of the application that the service knows.
pub const APPLICATION: &str = "m2mapp0000000000000001";
/// Its secret.
pub const SECRET: &str = "a-secret-of-the-tests-0000000001";

/// A running service.
pub struct LogtoService {
    /// The process-wide part.
    pub sandbox: Sandbox,
    /// Its one tenant.
    pub tenant: Tenant,
}

impl LogtoService {
    /// Starts a service with this load.
    pub async fn start(load: LogtoLoad, quirks: LogtoQuirks) -> Self {
        let credential = Credential::OAuthClient {
            id: APPLICATION.to_owned(),
            secret: SandboxSecret::new(SECRET),
            token_seconds: 3600,
        };
        let options = TenantOptions::logto("acme", quirks).credential(credential);
        let sandbox = Sandbox::start(SandboxOptions::default().tenant(options)).await.expect("a sandbox");
        let tenant = sandbox.tenant("acme").expect("the tenant");
        tenant.generate_logto(load).await.expect("generated people");
        Self { sandbox, tenant }
    }

    /// What a client takes as its address.
    pub fn address(&self) -> String {
        self.sandbox.base_url("acme")
    }

    /// Connects it to `test`.
    pub async fn connect(&self, test: &TestHub) -> AccountId {
        self.connect_as(test, "Acme").await
    }

    /// The same under another name.
    pub async fn connect_as(&self, test: &TestHub, name: &str) -> AccountId {
        let draft = application(name, &self.address(), APPLICATION, SECRET);
        test.hub.connect_account(ConnectAccountRequest { draft }).await.expect("a connected account").id
    }

    /// Everybody the service has.
    pub async fn people(&self) -> People {
        let mut people = People::new();
        for id in self.tenant.ids(Kind::User).await.expect("the ids") {
            let user = self.tenant.find(Kind::User, &id).await.expect("the service").expect("a listed user");
            people.insert(id.clone(), names(&user, &id));
        }
        people
    }

    /// A request from inside.
    pub async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        self.tenant
            .logto_request(method, path, body)
            .await
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// A whole list, page after page, by id; ties stand still meanwhile, else the truth would miss somebody too.
    pub async fn all(&self, path: &str) -> BTreeMap<String, Value> {
        let quirks = self.tenant.logto_quirks().expect("a Logto tenant");
        self.tenant.set_logto_quirks(LogtoQuirks { ties: TieOrder::Stable, ..quirks.clone() });
        let found = self.pages(path).await;
        self.tenant.set_logto_quirks(quirks);
        found
    }

    async fn pages(&self, path: &str) -> BTreeMap<String, Value> {
        let mut found = BTreeMap::new();
        for round in 1..=200 {
            let page = self.ask("GET", &format!("{path}?page={round}&page_size=100"), Value::Null).await;
            let page = page.as_array().expect("a list").clone();
            let received = page.len();
            found.extend(
                page.into_iter().map(|record| (record["id"].as_str().expect("an id").to_owned(), record)),
            );
            if received < 100 {
                return found;
            }
        }
        panic!("{path} is longer than expected")
    }

    /// Role and holder, for every role.
    pub async fn assignments(&self) -> BTreeSet<(String, String)> {
        let mut edges = BTreeSet::new();
        for (role, record) in self.all("/api/roles").await {
            let what = if record["type"] == "MachineToMachine" { "applications" } else { "users" };
            for (holder, _) in self.all(&format!("/api/roles/{role}/{what}")).await {
                edges.insert((role.clone(), holder));
            }
        }
        edges
    }

    /// Organisation, member and the member's roles there.
    pub async fn members(&self) -> BTreeMap<(String, String), BTreeSet<String>> {
        let mut members = BTreeMap::new();
        for (organization, _) in self.all("/api/organizations").await {
            for (member, record) in self.all(&format!("/api/organizations/{organization}/users")).await {
                let roles = record["organizationRoles"].as_array().expect("roles").iter();
                let roles = roles.map(|role| role["id"].as_str().expect("an id").to_owned()).collect();
                members.insert((organization.clone(), member), roles);
            }
        }
        members
    }
}

fn names(user: &Value, id: &str) -> (String, String) {
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let user_name = ["username", "primaryEmail", "primaryPhone"]
        .iter()
        .find_map(|name| text(&user[*name]))
        .unwrap_or_else(|| id.to_owned());
    let name = text(&user["name"]).unwrap_or_else(|| user_name.clone());
    (user_name, name)
}

/// An account with an application, as typed.
pub fn application(name: &str, address: &str, id: &str, secret: &str) -> AccountDraft {
    AccountDraft {
        provider: ProviderKind::Logto,
        name: name.to_owned(),
        address: address.to_owned(),
        authentication: AuthenticationDraft::Application {
            application_id: id.to_owned(),
            application_secret: Secret::new(secret.to_owned()),
            resource: None,
        },
        certificate_authority: None,
    }
}
