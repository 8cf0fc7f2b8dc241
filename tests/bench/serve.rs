//! The service that everything is downloaded from: the sandbox with generated people.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rollcall_sandbox::{Fault, FaultRule, Sandbox, SandboxOptions, TenantOptions, When};

use crate::child::{Role, say_and_wait};

/// What it accepts.
pub const TOKEN: &str = "a-token-of-the-bench";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    users: usize,
    database: PathBuf,
    /// Milliseconds that each page takes
    pause: u64,
}

/// In the role: serves until its input ends.
pub async fn run(arguments: &Arguments) {
    let tenant = TenantOptions::new("bench").bearer(TOKEN);
    let options = SandboxOptions::default().seed(7).database(&arguments.database).tenant(tenant);
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
pub fn start(folder: &Path, users: usize) -> Service {
    start_pausing(folder, users, Duration::ZERO)
}

/// Starts it; each page takes so long, as if the service had work with it.
pub fn start_pausing(folder: &Path, users: usize, pause: Duration) -> Service {
    eprintln!("generating {users} users");
    let database = folder.join(format!("service-{users}.db"));
    let pause = pause.as_millis().to_string();
    let mut role = Role::start(&["serve", &users.to_string(), &database.display().to_string(), &pause]);
    let address = role.line();
    Service { _role: role, address }
}
