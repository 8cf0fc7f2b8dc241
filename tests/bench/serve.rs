//! The services that everything is downloaded from: the sandbox with generated people, in each dialect.

use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::RequestBuilder;
use rollcall_core::api::AccountDraft;
use rollcall_sandbox::{
    Credential, Fault, FaultRule, LogtoQuirks, Sandbox, SandboxOptions, Secret, Tenant, TenantOptions,
    UptrendsLoad, UptrendsQuirks, When,
};
use rollcall_tests::hub::bearer;
use rollcall_tests::logto::{APPLICATION, SECRET, application};
use rollcall_tests::uptrends::{PASSWORD, USER_NAME, api_user};

use crate::child::{Role, say_and_wait};

/// What it accepts.
pub const TOKEN: &str = "a-token-of-the-bench";

/// What a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Dialect {
    Scim,
    Logto,
    Uptrends,
}

impl Dialect {
    /// As an argument of a role.
    pub const fn argument(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::Logto => "logto",
            Self::Uptrends => "uptrends",
        }
    }

    /// The account, as typed.
    pub fn draft(self, address: &str) -> AccountDraft {
        match self {
            Self::Scim => bearer("Bench", address, TOKEN),
            Self::Logto => application("Bench", address, APPLICATION, SECRET),
            Self::Uptrends => api_user("Bench", address, USER_NAME, PASSWORD),
        }
    }

    /// A request of the bare client with the headers of ours.
    pub fn sign_in(self, request: RequestBuilder) -> RequestBuilder {
        match self {
            Self::Scim => request.bearer_auth(TOKEN).header("Accept", "application/scim+json"),
            // Nothing is compared with a bare client of this one, which would need a token of its own first.
            Self::Logto => request,
            Self::Uptrends => {
                request.basic_auth(USER_NAME, Some(PASSWORD)).header("Accept", "application/json")
            }
        }
    }

    fn tenant(self) -> TenantOptions {
        match self {
            Self::Scim => TenantOptions::new("bench").bearer(TOKEN),
            Self::Logto => {
                TenantOptions::logto("bench", LogtoQuirks::default()).credential(Credential::OAuthClient {
                    id: APPLICATION.to_owned(),
                    secret: Secret::new(SECRET),
                    token_seconds: 3600,
                })
            }
            Self::Uptrends => {
                TenantOptions::uptrends("bench", UptrendsQuirks::default()).credential(Credential::Basic {
                    user: USER_NAME.to_owned(),
                    password: Secret::new(PASSWORD),
                })
            }
        }
    }

    async fn fill(self, tenant: &Tenant, users: usize) {
        let filled = if self == Self::Uptrends {
            tenant.generate_uptrends(UptrendsLoad { operators: users, ..UptrendsLoad::large(7) }).await
        } else {
            tenant.generate(users, users / 500, 7).await
        };
        filled.expect("generated people");
    }

    /// What takes its time: begin of the address, which requests of these, and milliseconds as a multiple of the pause.
    const fn slow(self) -> &'static [(&'static str, When, u64)] {
        match self {
            Self::Scim | Self::Logto => &[("/Users", When::Always, 1), ("/Groups", When::Always, 1)],
            // Every tenth takes five times as long: answers of a service do not come in step.
            Self::Uptrends => &[("/", When::Always, 1), ("/", When::Every(10), 4)],
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Arguments {
    dialect: Dialect,
    users: usize,
    database: PathBuf,
    /// Milliseconds that each answer takes
    pause: u64,
}

/// In the role: serves until its input ends.
pub async fn run(arguments: &Arguments) {
    let options =
        SandboxOptions::default().seed(7).database(&arguments.database).tenant(arguments.dialect.tenant());
    let sandbox = Sandbox::start(options).await.expect("the sandbox");
    let tenant = sandbox.tenant("bench").expect("the tenant");
    // An account of Uptrends has its administrator from the first day.
    if tenant.count(rollcall_sandbox::Kind::User).await.expect("its people") <= 1 {
        arguments.dialect.fill(&tenant, arguments.users).await;
    }
    if arguments.pause > 0 {
        for (list, when, times) in arguments.dialect.slow() {
            let fault = Fault::Latency { milliseconds: arguments.pause * times };
            tenant.add_fault(FaultRule { method: None, path: Some((*list).to_owned()), when: *when, fault });
        }
    }
    let address = sandbox.base_url("bench");
    tokio::task::spawn_blocking(move || say_and_wait(&address)).await.expect("the end of the input");
}

/// A running service and its address.
pub struct Service {
    _role: Role,
    pub address: String,
}

/// Starts it; it answers as fast as it can.
pub fn start(folder: &Path, dialect: Dialect, users: usize) -> Service {
    start_pausing(folder, dialect, users, Duration::ZERO)
}

/// Starts it; each answer takes so long, as if the service had work with it.
pub fn start_pausing(folder: &Path, dialect: Dialect, users: usize, pause: Duration) -> Service {
    eprintln!("generating {users} users");
    let database = folder.join(format!("service-{}-{users}.db", dialect.argument()));
    let (users, pause) = (users.to_string(), pause.as_millis().to_string());
    let mut role =
        Role::start(&["serve", dialect.argument(), &users, &database.display().to_string(), &pause]);
    let address = role.line();
    Service { _role: role, address }
}
