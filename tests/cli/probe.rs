//! The window's core in a process of its own: the hub on the data folder of the environment, with the keychain of the
//! session. On commands from its input, a line each: `state`, `users`, `sync`, `events`; each is answered with a line.

#![allow(clippy::print_stdout, clippy::expect_used, clippy::panic)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rollcall_core::Hub;
use rollcall_core::api::*;
use rollcall_core::hub::{EventSink, HubParts, NoDesktop};
use rollcall_core::secrets::{Keychain, SERVICE_NAME};
use rollcall_tests::hub::{NoSamples, impatient};

#[derive(Default)]
struct Changes(Mutex<u32>);

impl EventSink for Changes {
    fn send(&self, event: HubEvent) {
        if matches!(event, HubEvent::MirrorChanged { .. }) {
            *self.0.lock().expect("the count") += 1;
        }
    }
}

#[tokio::main]
async fn main() {
    let changes = Arc::new(Changes::default());
    let hub = Hub::new(HubParts {
        data_folder: rollcall_core::data_folder::overridden().expect("the data folder"),
        version: "0.0.0-test".to_owned(),
        system_language: None,
        secrets: Arc::new(Keychain::new(SERVICE_NAME)),
        events: Arc::clone(&changes) as Arc<dyn EventSink>,
        samples: Arc::new(NoSamples),
        desktop: Arc::new(NoDesktop),
        client: impatient(),
    });
    let state = hub.get_app_state(EmptyRequest {}).await.expect("a state");
    assert_eq!(state.problem, None);
    println!("open");
    for line in std::io::stdin().lines() {
        println!("{}", answer(&hub, &changes, &line.expect("a line")).await);
    }
}

async fn answer(hub: &Hub, changes: &Changes, command: &str) -> String {
    let accounts = hub.list_accounts(EmptyRequest {}).await.expect("the accounts").accounts;
    let account = accounts.first().expect("one account");
    match command {
        "state" => account.sync.state.map_or("none", |state| state.as_str()).to_owned(),
        "events" => changes.0.lock().expect("the count").to_string(),
        "users" => {
            let sort = UserSort { column: UserColumn::DisplayName, descending: false };
            let request =
                UserQueryRequest { account_id: None, text: String::new(), sort, offset: 0, limit: 1 };
            hub.query_users(request).await.expect("a page").total.to_string()
        }
        "sync" => match hub.start_sync(AccountRequest { account_id: account.id }).await {
            Err(error) => format!("{:?}", error.code),
            Ok(started) => loop {
                tokio::time::sleep(Duration::from_millis(20)).await;
                let run = hub.get_run(RunRequest { run_id: started.run_id }).await.expect("the run").run;
                if run.finished_at.is_some() {
                    break run.state.as_str().to_owned();
                }
            },
        },
        other => panic!("{other} is no command"),
    }
}
