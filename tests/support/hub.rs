//! A hub of the core on a folder of its own, with the real store and real HTTP; secrets in memory, so that a test can
//! open the same folder again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use rollcall_core::Hub;
use rollcall_core::api::*;
use rollcall_core::hub::{Desktop, EventSink, HubParts, OpenFile, SampleService, SaveAs};
use rollcall_core::model::{AccountId, RunState, Secret};
use rollcall_core::remote::{ClientSettings, RetryPolicy};
use rollcall_core::secrets::{MemorySecrets, SecretStore};

/// What a test expects of the mirror: user name and name for showing by remote id.
pub type People = BTreeMap<String, (String, String)>;

/// Keeps all events.
#[derive(Default)]
pub struct Events(Mutex<Vec<HubEvent>>);

impl EventSink for Events {
    fn send(&self, event: HubEvent) {
        self.0.lock().expect("the events").push(event);
    }
}

impl Events {
    /// What was sent so far.
    pub fn all(&self) -> Vec<HubEvent> {
        self.0.lock().expect("the events").clone()
    }

    /// What was sent since it was last taken.
    pub fn take(&self) -> Vec<HubEvent> {
        std::mem::take(&mut self.0.lock().expect("the events"))
    }
}

/// A sample service that never starts.
pub struct NoSamples;

#[async_trait]
impl SampleService for NoSamples {
    async fn start(&self, _: Option<&Path>) -> Result<Vec<AccountDraft>, String> {
        Err("this test has no samples".to_owned())
    }
}

/// Somebody at the desktop who has made up their mind about the next file.
#[derive(Default)]
pub struct Person {
    /// What is chosen; nothing for a dialog that is closed.
    pub chooses: Mutex<Option<PathBuf>>,
    /// The file that is opened; nothing for a dialog that is closed.
    pub opens: Mutex<Option<PathBuf>>,
    /// What was asked so far.
    pub asked: Mutex<Vec<SaveAs>>,
    /// What was shown where it lies.
    pub shown: Mutex<Vec<PathBuf>>,
    /// Pages that were opened.
    pub pages: Mutex<Vec<String>>,
}

#[async_trait]
impl Desktop for Person {
    async fn save_as(&self, ask: SaveAs) -> Option<PathBuf> {
        self.asked.lock().unwrap().push(ask);
        self.chooses.lock().unwrap().clone()
    }

    async fn open_file(&self, _: OpenFile) -> Option<PathBuf> {
        self.opens.lock().unwrap().clone()
    }

    fn show_in_folder(&self, file: &Path) -> Result<(), String> {
        self.shown.lock().unwrap().push(file.to_path_buf());
        Ok(())
    }

    fn open_page(&self, address: &str) -> Result<(), String> {
        self.pages.lock().unwrap().push(address.to_owned());
        Ok(())
    }
}

/// A hub with what it is made of.
pub struct TestHub {
    /// The hub.
    pub hub: Hub,
    /// What it told.
    pub events: Arc<Events>,
    /// Who is asked where files go.
    pub desktop: Arc<Person>,
    /// Its keychain.
    pub secrets: Arc<MemorySecrets>,
    folder: PathBuf,
}

impl TestHub {
    /// Opens the local data in `folder`, with a client that waits little.
    pub async fn open(folder: &Path) -> Self {
        Self::open_with(folder, Arc::new(MemorySecrets::default()), impatient()).await
    }

    /// The same with a keychain that has something in it.
    pub async fn open_with(folder: &Path, secrets: Arc<MemorySecrets>, client: ClientSettings) -> Self {
        let test = Self::closed(folder, secrets, client);
        let mut state = test.hub.get_app_state(EmptyRequest {}).await.expect("a state");
        for _ in 0..200 {
            // A hub that is gone may have its last work on the file under way.
            if state.problem.as_ref().is_none_or(|problem| problem.code != ErrorCode::DatabaseBusy) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            let again = OpenStoreRequest { mode: StorageMode::Disk, begin_anew: false };
            state = test.hub.open_store(again).await.expect("a state");
        }
        assert_eq!(state.problem, None);
        test
    }

    /// A hub whose local data is still closed.
    pub fn closed(folder: &Path, secrets: Arc<MemorySecrets>, client: ClientSettings) -> Self {
        let events = Arc::new(Events::default());
        let desktop = Arc::new(Person::default());
        let hub = Hub::new(HubParts {
            data_folder: folder.to_path_buf(),
            version: "0.0.0-test".to_owned(),
            system_language: None,
            secrets: Arc::clone(&secrets) as Arc<dyn SecretStore>,
            events: Arc::clone(&events) as Arc<dyn EventSink>,
            samples: Arc::new(NoSamples),
            desktop: Arc::clone(&desktop) as Arc<dyn Desktop>,
            client,
        });
        Self { hub, events, desktop, secrets, folder: folder.to_path_buf() }
    }

    /// Ends this hub and opens the folder again, as a new start of the program would.
    pub async fn reopen(self) -> Self {
        let Self { hub, events: _, desktop: _, secrets, folder } = self;
        drop(hub);
        Self::open_with(&folder, secrets, impatient()).await
    }

    /// A connection to the database beside the hub, for what no screen shows yet.
    pub fn database(&self) -> rusqlite::Connection {
        let key = self.secrets.find(rollcall_core::store::KEY_NAME).expect("the keychain").expect("a key");
        let file = self.folder.join(rollcall_core::store::DATABASE_FILE);
        let conn = rusqlite::Connection::open(file).expect("the database");
        conn.pragma_update(None, "key", format!("x'{}'", key.expose())).expect("the key");
        conn
    }

    /// Connects an account with a bearer token.
    pub async fn connect(&self, name: &str, address: &str, token: &str) -> AccountId {
        let draft = bearer(name, address, token);
        self.hub.connect_account(ConnectAccountRequest { draft }).await.expect("a connected account").id
    }

    /// Starts a sync and waits until it has ended.
    pub async fn sync(&self, account: AccountId) -> RunView {
        let started =
            self.hub.start_sync(AccountRequest { account_id: account }).await.expect("a started sync");
        self.wait(account).await;
        self.run(started.run_id).await.run
    }

    /// Starts a sync, waits until it has ended, and insists that it went well.
    pub async fn sync_well(&self, account: AccountId) -> RunView {
        let run = self.sync(account).await;
        assert_eq!(run.state, RunState::Succeeded, "{:?} {:?}", run.error, run.proofs);
        run
    }

    /// Waits until no sync of `account` runs.
    pub async fn wait(&self, account: AccountId) {
        for _ in 0..6000 {
            let state = self.account(account).await.sync.state;
            if state != Some(RunState::Running) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the sync did not end within a minute");
    }

    /// Waits until nothing of `account` is read behind the lists any more.
    pub async fn wait_for_details(&self, account: AccountId) {
        for _ in 0..6000 {
            if self.account(account).await.details.is_none() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("reading in depth did not end within a minute");
    }

    /// The account as the window sees it.
    pub async fn account(&self, account: AccountId) -> AccountView {
        let list = self.hub.list_accounts(EmptyRequest {}).await.expect("the accounts");
        list.accounts.into_iter().find(|view| view.id == account).expect("the account")
    }

    /// One run in full.
    pub async fn run(&self, run_id: i64) -> RunDetailView {
        self.hub.get_run(RunRequest { run_id }).await.expect("the run")
    }

    /// Everybody in the mirror of `account`, read as the window reads it.
    pub async fn people(&self, account: AccountId) -> People {
        let mut people = People::new();
        let mut offset = 0;
        loop {
            let page = self.users(account, "", offset, 500).await;
            let rows = page.rows.len();
            for row in page.rows {
                people.insert(row.remote_id, (row.user_name, row.display_name));
            }
            offset += u32::try_from(rows).expect("a page");
            if rows == 0 || offset >= page.total {
                assert_eq!(people.len(), page.total as usize, "nobody is listed twice");
                return people;
            }
        }
    }

    /// A page of users by name.
    pub async fn users(&self, account: AccountId, text: &str, offset: u32, limit: u32) -> UserPageView {
        let request = UserQueryRequest {
            account_id: Some(account),
            text: text.to_owned(),
            sort: UserSort { column: UserColumn::DisplayName, descending: false },
            offset,
            limit,
        };
        self.hub.query_users(request).await.expect("a page of users")
    }

    /// The history of one run, oldest first.
    pub async fn history(&self, account: AccountId, run: i64) -> Vec<HistoryEntryView> {
        let request = HistoryQueryRequest {
            account_id: Some(account),
            run_id: Some(run),
            subject: None,
            action: None,
            text: String::new(),
            offset: 0,
            limit: 500,
        };
        let mut entries = self.hub.query_history(request).await.expect("the history").entries;
        entries.reverse();
        entries
    }
}

/// An account with a bearer token, as typed.
pub fn bearer(name: &str, address: &str, token: &str) -> AccountDraft {
    AccountDraft {
        provider: rollcall_core::model::ProviderKind::Scim,
        name: name.to_owned(),
        address: address.to_owned(),
        authentication: AuthenticationDraft::Bearer { token: Secret::new(token.to_owned()) },
        certificate_authority: None,
    }
}

/// The client of the application, but for its waits.
pub fn impatient() -> ClientSettings {
    ClientSettings {
        connect_timeout: Duration::from_secs(2),
        read_timeout: Duration::from_secs(3),
        total_timeout: Duration::from_secs(20),
        retry: RetryPolicy {
            base: Duration::from_millis(2),
            cap: Duration::from_millis(10),
            longest_asked: Duration::from_millis(50),
            ..RetryPolicy::default()
        },
        ..ClientSettings::default()
    }
}

/// Says in one line how a mirror differs from what the service has; empty when it does not.
pub fn difference(mirror: &People, truth: &People) -> String {
    let missing: Vec<_> = truth.keys().filter(|id| !mirror.contains_key(*id)).collect();
    let phantom: Vec<_> = mirror.keys().filter(|id| !truth.contains_key(*id)).collect();
    let old: Vec<_> =
        mirror.iter().filter(|(id, row)| truth.get(*id).is_some_and(|now| now != *row)).collect();
    if missing.is_empty() && phantom.is_empty() && old.is_empty() {
        return String::new();
    }
    format!(
        "{} missing, {} phantom, {} old: {missing:?} {phantom:?} {old:?}",
        missing.len(),
        phantom.len(),
        old.len()
    )
}
