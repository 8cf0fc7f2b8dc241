//! Changes through the hub against the sandbox and a foreign SCIM server: the queue, applying, faults on the way, and
//! kill -9.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod apply;
mod bad_input;
mod bulk;
mod faults;
mod import;
mod invitations;
mod kill;
mod limits;
mod meanwhile;
mod queue;
mod removal;
mod roles;
mod scheduled;
mod scim;
mod secrets;
mod uptrends;
mod uptrends_alerts;
mod uptrends_duty;
mod uptrends_faults;
mod uptrends_guards;
mod uptrends_rights;

use std::sync::Arc;
use std::time::Duration;

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, Edit, FieldEdit, PasswordChoice, RemoteId};
use rollcall_core::remote::ClientSettings;
use rollcall_sandbox::{LogtoLoad, LogtoQuirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::logto::LogtoService;
use serde_json::{Value, json};

/// A synchronised account, of Logto unless said otherwise.
pub struct Fixture<S = LogtoService> {
    /// The service.
    pub service: S,
    /// The hub.
    pub test: TestHub,
    /// The account.
    pub account: AccountId,
    /// Where its data is.
    pub folder: tempfile::TempDir,
}

impl Fixture {
    /// With so many users.
    pub async fn new(users: usize) -> Self {
        let load = LogtoLoad { users, organizations: 3, roles: 4, ties: 1, seed: 7 };
        let service = LogtoService::start(load, LogtoQuirks::default()).await;
        let folder = tempfile::tempdir().unwrap();
        let test = TestHub::open(folder.path()).await;
        let account = service.connect(&test).await;
        test.sync_well(account).await;
        test.wait_for_details(account).await;
        Self { service, test, account, folder }
    }

    /// The user's value at the service.
    pub async fn at_service(&self, user: &RemoteId, name: &str) -> Value {
        self.service.ask("GET", &format!("/api/users/{user}"), Value::Null).await[name].clone()
    }

    /// How often this kind of write was carried out at the service.
    pub fn writes(&self, method: &str, template: &str) -> u64 {
        let counts = self.service.tenant.write_counts();
        counts
            .iter()
            .filter(|one| one.method == method && one.template == template)
            .map(|one| one.count)
            .sum()
    }
}

impl<S> Fixture<S> {
    /// A SCIM account at this address, where `service` answers.
    pub async fn scim(service: S, address: &str, token: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // As patient as the application: a server in another process may take its time.
        let test = TestHub::open_with(folder.path(), Arc::default(), ClientSettings::default()).await;
        let account = test.connect("Acme", address, token).await;
        test.sync_well(account).await;
        Self { service, test, account, folder }
    }

    /// Ids of users, by name.
    pub async fn users(&self) -> Vec<RemoteId> {
        let page = self.test.users(self.account, "", 0, 500).await;
        page.rows.into_iter().map(|row| RemoteId::new(row.remote_id)).collect()
    }

    /// Another name for a user.
    pub async fn rename(&self, user: &RemoteId, name: &str) -> Edit {
        let before = self.row(user).await.unwrap().display_name;
        update(user, "name", json!(before), json!(name))
    }

    /// The user's row in the mirror.
    pub async fn row(&self, user: &RemoteId) -> Option<UserRow> {
        let request = UserRequest { account_id: self.account, remote_id: user.as_str().to_owned() };
        self.test.hub.get_user(request).await.ok().map(|view| view.row)
    }

    /// Queues edits.
    pub async fn propose(&self, edits: Vec<Edit>) -> ProposedView {
        let request = EditsRequest { account_id: self.account, edits };
        self.test.hub.propose_changes(request).await.expect("proposed changes")
    }

    /// The queue.
    pub async fn queue(&self) -> QueueView {
        let request = ChangeQueryRequest { account_id: Some(self.account), remote_id: None, most: None };
        self.test.hub.query_changes(request).await.expect("the queue").queues.remove(0)
    }

    /// The lines of the queue, in the order in which they run.
    pub async fn lines(&self) -> Vec<PlanLineView> {
        let mut lines: Vec<_> =
            self.queue().await.plan.subjects.into_iter().flat_map(|subject| subject.lines).collect();
        lines.sort_by_key(|line| line.order);
        lines
    }

    /// Applies the whole queue, every guard confirmed, and waits.
    pub async fn apply(&self) -> ReceiptView {
        let request =
            |confirmations| ApplyChangesRequest { account_id: self.account, changes: None, confirmations };
        let mut started = self.test.hub.apply_changes(request(Vec::new())).await.expect("an apply");
        if started.run_id.is_none() {
            started =
                self.test.hub.apply_changes(request(confirm(&started.unconfirmed))).await.expect("an apply");
        }
        self.receipt(started.run_id.expect("a run")).await
    }

    /// Applies edits at once, every guard confirmed, and waits.
    pub async fn apply_now(&self, edits: Vec<Edit>) -> ReceiptView {
        let request =
            |edits, confirmations| ApplyNowRequest { account_id: self.account, edits, confirmations };
        let mut started =
            self.test.hub.apply_now(request(edits.clone(), Vec::new())).await.expect("an apply");
        assert_eq!(started.problems, []);
        if started.run_id.is_none() {
            let confirmed = confirm(&started.unconfirmed);
            started = self.test.hub.apply_now(request(edits, confirmed)).await.expect("an apply");
        }
        self.receipt(started.run_id.expect("a run")).await
    }

    /// Waits until nothing is being applied, and reads the receipt of `run`.
    pub async fn receipt(&self, run: i64) -> ReceiptView {
        self.wait().await;
        self.test.hub.get_receipt(ReceiptRequest { run_id: run, most: None }).await.expect("the receipt")
    }

    /// Waits until nothing is being applied.
    pub async fn wait(&self) {
        for _ in 0..3000 {
            if self.queue().await.progress.is_none() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the apply did not end");
    }
}

/// Every guard confirmed, every text typed.
pub fn confirm(guards: &[GuardView]) -> Vec<ConfirmationRequest> {
    let confirm = |guard: &GuardView| ConfirmationRequest {
        key: guard.key.clone(),
        typed: if let Guard::TypedConfirmation { text } = &guard.guard { Some(text.clone()) } else { None },
    };
    guards.iter().map(confirm).collect()
}

/// One value of a user.
pub fn update(user: &RemoteId, path: &str, before: Value, after: Value) -> Edit {
    let fields = vec![FieldEdit { path: path.to_owned(), before, after }];
    Edit::UpdateUser { user: user.clone(), fields }
}

/// A new user who signs in with this name.
pub fn create(username: &str) -> Edit {
    let field = |path: &str, after: &str| FieldEdit {
        path: path.to_owned(),
        before: Value::Null,
        after: json!(after),
    };
    let fields = vec![field("username", username), field("name", &format!("New {username}"))];
    Edit::CreateUser { fields, password: PasswordChoice::None }
}

/// In the place of the id of what the edit at `place` creates.
pub fn new(place: usize) -> RemoteId {
    RemoteId::new(format!("\u{1f}new\u{1f}{place}"))
}
