//! Opens a data folder and applies the queue of its one account: a process of its own, so that a test can kill it. The
//! keychain's content comes through the input, a line each: name, space, secret.

#![allow(clippy::expect_used)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rollcall_core::api::{ApplyChangesRequest, ChangeQueryRequest, EmptyRequest};
use rollcall_core::model::Secret;
use rollcall_core::secrets::{MemorySecrets, SecretStore};
use rollcall_tests::hub::{TestHub, impatient};

#[tokio::main]
async fn main() {
    let folder = std::env::args_os().nth(1).expect("the data folder");
    let secrets = MemorySecrets::default();
    for line in std::io::stdin().lines() {
        let line = line.expect("a line");
        let (name, secret) = line.split_once(' ').expect("a name and a secret");
        secrets.set(name, &Secret::new(secret.to_owned())).expect("memory keeps it");
    }
    let test = TestHub::open_with(Path::new(&folder), Arc::new(secrets), impatient()).await;
    let accounts = test.hub.list_accounts(EmptyRequest {}).await.expect("the accounts").accounts;
    let account_id = accounts.first().expect("one account").id;
    let request = ApplyChangesRequest { account_id, changes: None, confirmations: Vec::new() };
    test.hub.apply_changes(request).await.expect("an apply").run_id.expect("a run");
    let queue = || ChangeQueryRequest { account_id: Some(account_id), remote_id: None, most: None };
    while test
        .hub
        .query_changes(queue())
        .await
        .expect("the queue")
        .queues
        .iter()
        .any(|q| q.progress.is_some())
    {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
