//! The built-in sample service: the sandbox on loopback, in this process, with a token that nobody else knows and that
//! ends with the program.

use std::path::Path;

use async_trait::async_trait;
use rollcall_core::api::{AccountDraft, AuthenticationDraft};
use rollcall_core::hub::{SampleRoster, SampleService};
use rollcall_core::model::{ProviderKind, Secret};
use rollcall_sandbox::{
    Sandbox, SandboxError, SandboxOptions, logto_sample, sample_tenants, uptrends_sample,
};
use tokio::sync::OnceCell;

use crate::sample_roster;

/// Where the made-up people are kept; plain, because nobody of them exists.
const DATABASE: &str = "samples.db";

/// Starts at the first call and runs until the program ends.
#[derive(Default)]
pub struct BuiltIn {
    running: OnceCell<Running>,
}

struct Running {
    sandbox: Sandbox,
    token: Secret,
}

#[async_trait]
impl SampleService for BuiltIn {
    async fn start(&self, folder: Option<&Path>) -> Result<Vec<AccountDraft>, String> {
        let running =
            self.running.get_or_try_init(|| start(folder)).await.map_err(|error| error.to_string())?;
        let tenants = sample_tenants().map_err(|error| error.to_string())?;
        let mut drafts: Vec<_> = tenants
            .into_iter()
            .map(|tenant| AccountDraft {
                provider: ProviderKind::Scim,
                address: running.sandbox.base_url(&tenant.slug),
                name: tenant.name,
                authentication: AuthenticationDraft::Bearer { token: running.token.duplicate() },
                certificate_authority: None,
            })
            .collect();
        let identity = logto_sample().map_err(|error| error.to_string())?;
        drafts.push(AccountDraft {
            provider: ProviderKind::Logto,
            address: running.sandbox.base_url(&identity.slug),
            name: identity.name,
            authentication: AuthenticationDraft::Application {
                application_id: identity.application,
                application_secret: running.token.duplicate(),
                resource: None,
            },
            certificate_authority: None,
        });
        let monitoring = uptrends_sample().map_err(|error| error.to_string())?;
        drafts.push(AccountDraft {
            provider: ProviderKind::Uptrends,
            address: running.sandbox.base_url(&monitoring.slug),
            name: monitoring.name,
            authentication: AuthenticationDraft::Basic {
                user_name: monitoring.user_name,
                password: running.token.duplicate(),
            },
            certificate_authority: None,
        });
        Ok(drafts)
    }

    fn rosters(&self) -> Vec<SampleRoster> {
        vec![sample_roster::sample()]
    }
}

async fn start(folder: Option<&Path>) -> Result<Running, SandboxError> {
    // Goes to the sandbox of this process and to the hub.
    let token = Secret::new(rollcall_sandbox::Secret::random()?.expose().to_owned());
    let mut options = SandboxOptions::default();
    if let Some(folder) = folder {
        options = options.database(folder.join(DATABASE));
    }
    for tenant in sample_tenants()? {
        options = options.tenant(tenant.options().bearer(token.expose()));
    }
    options = options.tenant(logto_sample()?.options(rollcall_sandbox::Secret::new(token.expose())));
    options = options.tenant(uptrends_sample()?.options(rollcall_sandbox::Secret::new(token.expose())));
    let sandbox = Sandbox::start(options).await?;
    sandbox.seed_samples().await?;
    sandbox.evolve_samples().await?;
    Ok(Running { sandbox, token })
}
