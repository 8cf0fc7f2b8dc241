//! The services that everything is downloaded from: the sandbox with generated people, in either dialect.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rollcall_core::api::AccountDraft;
use rollcall_sandbox::{
    Credential, Fault, FaultRule, LogtoQuirks, Sandbox, SandboxOptions, Secret, TenantOptions, When,
};
use rollcall_tests::hub::bearer;
use rollcall_tests::logto::{APPLICATION, SECRET, application};

use crate::child::{Role, say_and_wait};

/// What it accepts.
pub const TOKEN: &str = "a-token-of-the-bench";

/// What a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Dialect {
    Scim,
    Logto,
}

impl Dialect {
    /// As an argument of a role.
    pub const fn argument(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::Logto => "logto",
        }
    }

    /// The account, as typed.
    pub fn draft(self, address: &str) -> AccountDraft {
        match self {
            Self::Scim => bearer("Bench", address, TOKEN),
            Self::Logto => application("Bench", address, APPLICATION, SECRET),
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
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Arguments {
    dialect: Dialect,
    users: usize,
    database: PathBuf,
    /// Milliseconds that each page takes
    pause: u64,
}

/// In the role: serves until its input ends.
pub async fn run(arguments: &Arguments) {
    let options =
        SandboxOptions::default().seed(7).database(&arguments.database).tenant(arguments.dialect.tenant());
    let sandbox = Sandbox::start(options).await.expect("the sandbox");
    let tenant = sandbox.tenant("bench").expect("the tenant");
    if tenant.count(rollcall_sandbox::Kind::User).await.expect("its people") == 0 {
        tenant.generate(arguments.users, arguments.users / 500, 7).await.expect("generated people");
    }
    if arguments.pause > 0 {
        for list in ["/Users", "/Groups"] {
            let fault = Fault::Latency { milliseconds: arguments.pause };
            tenant.add_fault(FaultRule {
                method: None,
                path: Some(list.to_owned()),
                when: When::Always,
                fault,
            });
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

/// Starts it; each page takes so long, as if the service had work with it.
pub fn start_pausing(folder: &Path, dialect: Dialect, users: usize, pause: Duration) -> Service {
    eprintln!("generating {users} users");
    let database = folder.join(format!("service-{}-{users}.db", dialect.argument()));
    let (users, pause) = (users.to_string(), pause.as_millis().to_string());
    let mut role =
        Role::start(&["serve", dialect.argument(), &users, &database.display().to_string(), &pause]);
    let address = role.line();
    Service { _role: role, address }
}
