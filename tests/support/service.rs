//! A SCIM service of the sandbox with one tenant, and the truth about it.

use rollcall_sandbox::{Kind, Quirks, Sandbox, SandboxOptions, Tenant, TenantOptions};

use crate::hub::People;

/// The token that the service accepts.
pub const TOKEN: &str = "a-token-of-the-tests";

/// A running service.
pub struct Service {
    /// The process-wide part.
    pub sandbox: Sandbox,
    /// Its one tenant.
    pub tenant: Tenant,
}

impl Service {
    /// Starts a service with so many people and groups.
    pub async fn start(users: usize, groups: usize, quirks: Quirks) -> Self {
        let options = TenantOptions::new("acme").bearer(TOKEN).quirks(quirks);
        let sandbox = Sandbox::start(SandboxOptions::default().tenant(options)).await.expect("a sandbox");
        let tenant = sandbox.tenant("acme").expect("the tenant");
        tenant.generate(users, groups, 7).await.expect("generated people");
        Self { sandbox, tenant }
    }

    /// What a client takes as its address.
    pub fn address(&self) -> String {
        self.sandbox.base_url("acme")
    }

    /// Everybody the service has.
    pub async fn people(&self) -> People {
        let mut people = People::new();
        for id in self.tenant.ids(Kind::User).await.expect("the ids") {
            let user = self.tenant.find(Kind::User, &id).await.expect("the service").expect("a listed user");
            let text = |name: &str| user[name].as_str().unwrap_or_default().to_owned();
            people.insert(id, (text("userName"), text("displayName")));
        }
        people
    }
}
