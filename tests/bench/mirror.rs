//! The core in a process of its own: opens a data folder, connects the service, syncs, and tells how it went.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rollcall_core::Hub;
use rollcall_core::api::{AccountRequest, ConnectAccountRequest, EmptyRequest, HubEvent};
use rollcall_core::hub::{EventSink, HubParts, NoDesktop};
use rollcall_core::model::{AccountId, Phase, RunState, Secret};
use rollcall_core::remote::ClientSettings;
use rollcall_core::secrets::{MemorySecrets, SecretStore};
use rollcall_core::store::KEY_NAME;
use rollcall_tests::hub::NoSamples;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::child::{Role, say_and_wait};
use crate::serve::{self, Dialect};

/// The mirrors hold generated people: their key is no secret.
pub const KEY: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    dialect: Dialect,
    folder: PathBuf,
    address: String,
    syncs: usize,
}

/// One sync.
#[derive(Debug, Serialize, Deserialize)]
pub struct Outcome {
    pub users: u64,
    /// From the call to the end.
    pub wall: Duration,
    /// From the first sign of applying to the end.
    pub applying: Duration,
    /// Resident memory before, bytes; 0 where the system does not tell.
    pub idle: u64,
    /// Most resident memory so far, bytes.
    pub peak: u64,
}

/// Notes when phases begin.
#[derive(Default)]
struct Clock {
    applying: Mutex<Option<Instant>>,
    ended: Notify,
}

impl EventSink for Clock {
    fn send(&self, event: HubEvent) {
        let HubEvent::SyncState { sync, .. } = event else { return };
        if sync.progress.as_ref().is_some_and(|progress| progress.phase == Phase::Applying) {
            self.applying.lock().expect("the clock").get_or_insert_with(Instant::now);
        }
        if sync.state.is_some_and(|state| state != RunState::Running) {
            self.ended.notify_one();
        }
    }
}

/// Opens a data folder of the bench.
async fn open(folder: &Path, events: Arc<dyn EventSink>) -> Hub {
    let secrets = MemorySecrets::default();
    secrets.set(KEY_NAME, &Secret::new(KEY.to_owned())).expect("memory keeps it");
    let hub = Hub::new(HubParts {
        data_folder: folder.to_path_buf(),
        version: "0.0.0-bench".to_owned(),
        system_language: None,
        secrets: Arc::new(secrets),
        events,
        samples: Arc::new(NoSamples),
        desktop: Arc::new(NoDesktop),
        client: ClientSettings::default(),
    });
    let state = hub.get_app_state(EmptyRequest {}).await.expect("a state");
    assert!(state.problem.is_none(), "{:?}", state.problem);
    hub
}

/// Opens a data folder of the bench and gives its one account.
pub async fn hub(folder: &Path) -> (Hub, AccountId) {
    let hub = open(folder, Arc::new(Clock::default())).await;
    let accounts = hub.list_accounts(EmptyRequest {}).await.expect("the accounts").accounts;
    (hub, accounts.first().expect("one account").id)
}

/// A connection to a data folder past the core, as the core's own are set up.
pub fn connection(folder: &Path) -> rusqlite::Connection {
    let conn =
        rusqlite::Connection::open(folder.join(rollcall_core::store::DATABASE_FILE)).expect("the file");
    conn.pragma_update(None, "key", format!("x'{KEY}'")).expect("the key");
    conn
}

/// In the role: syncs as often as asked, a line of JSON each.
pub async fn run(arguments: &Arguments) {
    let clock = Arc::new(Clock::default());
    let hub = open(&arguments.folder, Arc::clone(&clock) as Arc<dyn EventSink>).await;
    let draft = arguments.dialect.draft(&arguments.address);
    let account = hub.connect_account(ConnectAccountRequest { draft }).await.expect("a connected account").id;
    say_and_wait("connected");
    for _ in 0..arguments.syncs {
        let outcome = sync(&hub, account, &clock).await;
        say_and_wait(&serde_json::to_string(&outcome).expect("JSON"));
    }
}

async fn sync(hub: &Hub, account: AccountId, clock: &Clock) -> Outcome {
    let idle = resident("VmRSS");
    *clock.applying.lock().expect("the clock") = None;
    let start = Instant::now();
    hub.start_sync(AccountRequest { account_id: account }).await.expect("a started sync");
    clock.ended.notified().await;
    let end = Instant::now();
    let accounts = hub.list_accounts(EmptyRequest {}).await.expect("the accounts").accounts;
    let view = accounts.first().expect("one account");
    assert_eq!(view.sync.state, Some(RunState::Succeeded), "{:?}", view.sync.error);
    let applying = *clock.applying.lock().expect("the clock");
    Outcome {
        users: view.users,
        wall: end - start,
        applying: applying.map_or(Duration::ZERO, |began| end - began),
        idle,
        peak: resident("VmHWM"),
    }
}

/// A line of the process's status, in bytes; 0 where there is none.
fn resident(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() * 1024
}

/// Syncs a folder from a service, in a process of its own.
pub fn sync_folder(folder: &Path, dialect: Dialect, address: &str, syncs: usize) -> Vec<Outcome> {
    let (folder, syncs_text) = (folder.display().to_string(), syncs.to_string());
    let mut role = Role::start(&["mirror", dialect.argument(), &folder, address, &syncs_text]);
    role.line();
    role.go_on();
    let outcomes = (0..syncs).map(|_| {
        let outcome = role.result();
        role.go_on();
        outcome
    });
    outcomes.collect()
}

/// Where the mirror of so many users is.
pub fn folder_of(folder: &Path, users: usize) -> PathBuf {
    folder.join(format!("mirror-{users}"))
}

/// The data folder with a mirror of so many users, made when it is not there.
pub fn ready(folder: &Path, users: usize) -> PathBuf {
    let mirror = folder_of(folder, users);
    if !mirror.join(rollcall_core::store::DATABASE_FILE).exists() {
        let service = serve::start(folder, Dialect::Scim, users);
        eprintln!("syncing {users} users");
        sync_folder(&mirror, Dialect::Scim, &service.address, 1);
    }
    // The core does it behind a sync; here its process may have ended before.
    connection(&mirror)
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("the log is taken over into the file");
    mirror
}
