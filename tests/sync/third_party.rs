//! The third-party SCIM server, which nobody here wrote: connect, sync 5,000 people, change and delete there, sync again.

use rollcall_core::api::*;
use rollcall_core::model::{Action, RunState, Subject};
use rollcall_tests::hub::TestHub;
use rollcall_tests::scim2;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_people_of_a_foreign_server_and_what_changes_there() {
    let server = scim2::start();
    let ids = server.create_users(0, 5_000).await;
    let group = server.create_group("Équipe Réseau", &ids[..3]).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open_with(folder.path(), Default::default(), Default::default()).await;
    let account = test.connect("Foreign", server.address(), scim2::TOKEN).await;
    let run = test.sync_well(account).await;
    assert!(run.proofs.iter().all(|proof| proof.complete), "{:?}", run.proofs);
    assert_eq!((run.counts.users, run.counts.groups), (5_000, 1));
    let people = test.people(account).await;
    assert_eq!(people.len(), 5_000);
    assert!(ids.iter().all(|id| people.contains_key(id)));

    server.replace(&format!("Users/{}", ids[10]), "displayName", &json!("Zoë van den Berg")).await;
    server.replace(&format!("Users/{}", ids[11]), "active", &json!(false)).await;
    server.delete(&format!("Users/{}", ids[0])).await;
    let joiner = server.create_user(&json!({"userName": "newcomer", "displayName": "New Comer"})).await;

    let run = test.sync_well(account).await;
    let counts = run.counts;
    assert_eq!((counts.users_added, counts.users_changed, counts.users_removed), (1, 2, 1));
    let history = test.history(account, run.id).await;
    let line = |action, id: &str| {
        history
            .iter()
            .find(|entry| entry.subject == Subject::User && entry.action == action && entry.remote_id == id)
            .unwrap_or_else(|| panic!("no line {action:?} {id} in {history:?}"))
    };
    assert_eq!(line(Action::Added, &joiner).name, "New Comer");
    line(Action::Removed, &ids[0]);
    let renamed = line(Action::Changed, &ids[10]);
    assert_eq!(
        (renamed.field.as_deref(), &renamed.after),
        (Some("displayName"), &Some(json!("Zoë van den Berg")))
    );
    let suspended = line(Action::Changed, &ids[11]);
    assert_eq!((suspended.field.as_deref(), &suspended.after), (Some("active"), &Some(json!(false))));
    assert_eq!(test.users(account, "zoe berg", 0, 10).await.total, 1);

    // The server keeps the edge to the deleted user: a member that the account does not have any more.
    let request = GroupRequest { account_id: account, remote_id: group, offset: 0, limit: 10 };
    let detail = test.hub.get_group(request).await.unwrap();
    assert_eq!((detail.row.members, detail.row.dangling), (3, 1));
    assert!(detail.members.iter().any(|member| member.dangling && member.remote_id == ids[0]));

    server.stop();
    let test = test.reopen().await;
    assert_eq!(test.people(account).await.len(), 5_000);
    assert_eq!(test.sync(account).await.state, RunState::Failed);
    assert_eq!(test.people(account).await.len(), 5_000);
}
