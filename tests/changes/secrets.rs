//! Values that are shown once: to the person, and to nobody and nothing else.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rollcall_core::api::*;
use rollcall_core::model::{Edit, PasswordChoice, RemoteId, SecretState};
use rollcall_sandbox::{Fault, FaultRule};
use serde_json::Value;

use super::Fixture;

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_handed_over_once_and_stands_nowhere() {
    let fixture = Fixture::new(5).await;
    let owner = fixture.users().await[0].clone();
    let create = Edit::CreateToken { owner: owner.clone(), name: "ci".to_owned(), expires_at: None };
    let receipt = fixture.apply_now(vec![create, Edit::ResetPassword { user: owner.clone() }]).await;
    assert!(receipt.lines.iter().all(|line| line.secret == Some(SecretState::Waiting)), "{receipt:?}");
    assert_eq!(fixture.queue().await.counts.secrets_waiting, 2);
    let mut secrets = Vec::new();
    for line in &receipt.lines {
        let taken = fixture.test.hub.take_secret(ChangeRequest { change_id: line.change_id }).await.unwrap();
        assert!(!format!("{taken:?}").contains(taken.secret.secret().expose()), "masked");
        secrets.push(taken.secret.secret().expose().to_owned());
        let again = fixture.test.hub.take_secret(ChangeRequest { change_id: line.change_id }).await;
        assert_eq!(again.unwrap_err().code, ErrorCode::NotFound);
    }
    let path = format!("/api/users/{owner}/personal-access-tokens");
    let listed = fixture.service.ask("GET", &path, Value::Null).await;
    let values: Vec<_> =
        listed.as_array().unwrap().iter().filter_map(|token| token["value"].as_str()).collect();
    assert!(secrets.iter().any(|secret| values.contains(&secret.as_str())), "it is the token's own value");
    let after = fixture.receipt(receipt.run.id).await;
    assert!(after.lines.iter().all(|line| line.secret == Some(SecretState::Taken)));
    assert_nowhere(&fixture, &secrets);
}

/// Whatever way a value comes into being, and whatever becomes of it: in what the window is told, in the log, in the rows of
/// the database, and in no byte of any file of the data folder, write-ahead log and staging included.
#[tokio::test(flavor = "multi_thread")]
async fn no_value_is_on_the_disk_while_it_waits_when_it_is_taken_and_when_it_is_lost() {
    let logs = recorded_logs();
    let fixture = Fixture::new(12).await;
    let users = fixture.users().await;
    let token = |owner: &RemoteId, name: &str| Edit::CreateToken {
        owner: owner.clone(),
        name: name.to_owned(),
        expires_at: None,
    };
    let Edit::CreateUser { fields, .. } = super::create("ada") else { unreachable!() };
    let edits = vec![
        token(&users[0], "taken"),
        token(&users[1], "lost"),
        token(&users[2], "renamed"),
        Edit::ResetPassword { user: users[3].clone() },
        Edit::CreateUser { fields, password: PasswordChoice::Generated },
    ];
    let receipt = fixture.apply_now(edits).await;
    assert!(receipt.lines.iter().all(|line| line.secret == Some(SecretState::Waiting)), "{receipt:?}");
    let listed = async |user: &RemoteId| {
        let path = format!("/api/users/{user}/personal-access-tokens");
        let tokens = fixture.service.ask("GET", &path, Value::Null).await;
        let values =
            tokens.as_array().unwrap().iter().map(|token| token["value"].as_str().unwrap().to_owned());
        values.collect::<Vec<_>>()
    };
    let mut secrets = Vec::new();
    for user in &users[..3] {
        secrets.extend(listed(user).await);
    }
    assert!(secrets.len() >= 3);
    assert!(fixture.folder.path().join("rollcall.db-wal").exists(), "the write-ahead log is looked at too");
    assert_nowhere(&fixture, &secrets);
    // Taken but one, which is lost with the program; renaming answers with the value once more.
    for line in receipt.lines.iter().filter(|line| line.item.as_deref() != Some("lost")) {
        let taken = fixture.test.hub.take_secret(ChangeRequest { change_id: line.change_id }).await.unwrap();
        secrets.push(taken.secret.secret().expose().to_owned());
    }
    let rename = Edit::RenameToken {
        owner: users[2].clone(),
        name: "renamed".to_owned(),
        new_name: "again".to_owned(),
    };
    let revoke = Edit::DeleteToken { owner: users[0].clone(), name: "taken".to_owned() };
    fixture.apply_now(vec![rename, revoke]).await;
    // An answer that repeats what it was sent, and a sync, which lists all values in clear.
    let rule = FaultRule::always(Fault::Status { status: 422, retry_after: None, after_work: true });
    fixture.service.tenant.add_fault(rule.method("PATCH").path("/api/users/{userId}/password"));
    fixture.apply_now(vec![Edit::ResetPassword { user: users[4].clone() }]).await;
    fixture.service.tenant.clear_faults();
    fixture.test.sync_well(fixture.account).await;
    fixture.test.wait_for_details(fixture.account).await;
    assert_nowhere(&fixture, &secrets);
    let Fixture { service, test, account, folder } = fixture;
    let fixture = Fixture { test: test.reopen().await, service, account, folder };
    assert_nowhere(&fixture, &secrets);
    let logged = logs.text();
    assert!(logged.contains("changes applied"), "the log was on");
    for secret in &secrets {
        assert!(!logged.contains(secret.as_str()));
    }
}

fn assert_nowhere(fixture: &Fixture, secrets: &[String]) {
    let events = format!("{:?}", fixture.test.events.all());
    let database = rows(&fixture.test.database());
    let files = files_under(fixture.folder.path());
    assert!(files.iter().any(|(path, _)| path.ends_with("rollcall.db")), "the database is there");
    for secret in secrets {
        assert!(!events.contains(secret));
        for (table, text) in &database {
            assert!(!text.contains(secret.as_str()), "in {table}");
        }
        for (path, content) in &files {
            let found = memchr::memmem::find(content, secret.as_bytes());
            assert_eq!(found, None, "in {}", path.display());
        }
    }
}

fn files_under(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(files_under(&entry.path()));
        } else if let Ok(content) = std::fs::read(entry.path()) {
            // One that goes meanwhile is none.
            found.push((entry.path(), content));
        }
    }
    found
}

/// Everything that is logged from here on, by all tests of this program.
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl Logs {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn recorded_logs() -> Logs {
    let logs = Logs::default();
    let writer = logs.clone();
    // Everything of the core, and what its client says of requests.
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new("warn,rollcall_core=trace,reqwest=trace"))
        .with_ansi(false)
        .with_writer(move || writer.clone());
    tracing::subscriber::set_global_default(subscriber.finish()).expect("the only one of this program");
    logs
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_nobody_took_is_lost_with_the_program() {
    let fixture = Fixture::new(5).await;
    let owner = fixture.users().await[0].clone();
    let create = Edit::CreateToken { owner, name: "ci".to_owned(), expires_at: None };
    let receipt = fixture.apply_now(vec![create]).await;
    let Fixture { service, test, account, folder } = fixture;
    let fixture = Fixture { test: test.reopen().await, service, account, folder };
    let line = &fixture.receipt(receipt.run.id).await.lines[0];
    assert_eq!(line.secret, Some(SecretState::Lost));
    let taken = fixture.test.hub.take_secret(ChangeRequest { change_id: line.change_id }).await;
    assert_eq!(taken.unwrap_err().code, ErrorCode::NotFound);
}

/// Every row of every table, as text.
fn rows(database: &rusqlite::Connection) -> Vec<(String, String)> {
    let mut tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut found = Vec::new();
    for table in tables {
        let mut statement = database.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let text: Vec<String> =
                (0..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap())).collect();
            let plain: Vec<String> = (0..columns)
                .filter_map(|column| row.get_ref(column).unwrap().as_str().ok().map(str::to_owned))
                .collect();
            found.push((table.clone(), format!("{} {}", text.join(" "), plain.join(" "))));
        }
    }
    found
}
