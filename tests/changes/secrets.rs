//! Values that are shown once: to the person, and to nobody and nothing else.

use rollcall_core::api::*;
use rollcall_core::model::{Edit, SecretState};
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
    // Nowhere: not in what the window is told, not in the rows of the database.
    let events = format!("{:?}", fixture.test.events.all());
    let database = fixture.test.database();
    for secret in &secrets {
        assert!(!events.contains(secret));
        for (table, text) in rows(&database) {
            assert!(!text.contains(secret.as_str()), "in {table}");
        }
    }
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
