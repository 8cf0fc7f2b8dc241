//! A rotated token: its successor now, the old one revoked by itself after a date.

use std::time::Duration;

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, ChangeState, Edit, RemoteId};
use serde_json::Value;

use super::{Fixture, confirm};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How far away the date of these tests is.
const SOON: i64 = 1_500;

fn now() -> i64 {
    i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap()
}

fn create(owner: &RemoteId, name: &str) -> Edit {
    Edit::CreateToken { owner: owner.clone(), name: name.to_owned(), expires_at: None }
}

fn revoke(owner: &RemoteId) -> Edit {
    Edit::DeleteToken { owner: owner.clone(), name: "ci".to_owned() }
}

async fn tokens(fixture: &Fixture, owner: &RemoteId) -> Vec<String> {
    let path = format!("/api/users/{owner}/personal-access-tokens");
    let all = fixture.service.ask("GET", &path, Value::Null).await;
    let mut names: Vec<String> =
        all.as_array().unwrap().iter().map(|token| token["name"].as_str().unwrap().to_owned()).collect();
    names.retain(|name| name.starts_with("ci"));
    names.sort();
    names
}

async fn schedule(
    hub: &rollcall_core::hub::Hub,
    account_id: AccountId,
    change_id: i64,
    due_at: Option<i64>,
    needs: Option<i64>,
) -> Result<ChangesView, CommandError> {
    hub.schedule_change(ScheduleChangeRequest { account_id, change_id, due_at, needs }).await
}

/// A user with a token, its successor queued, and its revocation queued for `due_at`: both changes.
async fn rotation(fixture: &Fixture, successor: &str, due_at: i64) -> (RemoteId, i64, i64) {
    let owner = fixture.users().await[0].clone();
    fixture.apply_now(vec![create(&owner, "ci")]).await;
    let kept = fixture.propose(vec![create(&owner, successor), revoke(&owner)]).await.changes;
    let (made, revoked) = (kept[0].unwrap(), kept[1].unwrap());
    schedule(&fixture.test.hub, fixture.account, revoked, Some(due_at), Some(made)).await.unwrap();
    (owner, made, revoked)
}

async fn apply_only(fixture: &Fixture, change: i64) -> ReceiptView {
    let request = |confirmations| ApplyChangesRequest {
        account_id: fixture.account,
        changes: Some(vec![change]),
        confirmations,
    };
    let mut started = fixture.test.hub.apply_changes(request(Vec::new())).await.unwrap();
    if started.run_id.is_none() {
        started = fixture.test.hub.apply_changes(request(confirm(&started.unconfirmed))).await.unwrap();
    }
    fixture.receipt(started.run_id.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_token_is_revoked_by_itself_after_the_date_and_not_before() {
    let fixture = Fixture::new(3).await;
    let (owner, ..) = rotation(&fixture, "ci 2", now() + SOON).await;
    let counts = fixture.queue().await.counts;
    assert_eq!((counts.pending, counts.scheduled), (1, 1));
    // Everything that is ready is sent: what has a date is not.
    fixture.apply().await;
    fixture.test.hub.apply_due().await.unwrap();
    fixture.wait().await;
    assert_eq!(tokens(&fixture, &owner).await, ["ci", "ci 2"]);
    tokio::time::sleep(Duration::from_millis(SOON.unsigned_abs())).await;
    fixture.test.hub.apply_due().await.unwrap();
    fixture.wait().await;
    assert_eq!(tokens(&fixture, &owner).await, ["ci 2"]);
    assert!(fixture.lines().await.is_empty());
    // Once, whoever looks how often.
    fixture.test.hub.apply_due().await.unwrap();
    fixture.wait().await;
    assert_eq!(fixture.writes("POST", "/api/users/{userId}/personal-access-tokens/delete"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_successor_the_old_token_stays() {
    let fixture = Fixture::new(3).await;
    // The name is taken: the successor cannot be made.
    let (owner, made, revoked) = rotation(&fixture, "ci", now() + SOON).await;
    assert_eq!(apply_only(&fixture, made).await.blocked, 1);
    tokio::time::sleep(Duration::from_millis(SOON.unsigned_abs())).await;
    fixture.test.hub.apply_due().await.unwrap();
    fixture.wait().await;
    assert_eq!(tokens(&fixture, &owner).await, ["ci"]);
    // Nor when everything that is ready is sent, although its date has come.
    let request =
        ApplyChangesRequest { account_id: fixture.account, changes: None, confirmations: Vec::new() };
    assert_eq!(fixture.test.hub.apply_changes(request).await.unwrap().run_id, None);
    let line = fixture.lines().await.into_iter().find(|line| line.change_id == Some(revoked)).unwrap();
    assert_eq!((line.state, line.needs), (ChangeState::Pending, Some(made)));
    // Whoever gives the successor up gives the revocation up with it.
    let request = ChangeIdsRequest { account_id: fixture.account, changes: Some(vec![made]) };
    fixture.test.hub.withdraw_changes(request).await.unwrap();
    assert!(fixture.lines().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_is_moved_taken_away_and_survives_a_restart() {
    let fixture = Fixture::new(3).await;
    let (owner, made, revoked) = rotation(&fixture, "ci 2", now() + DAY).await;
    apply_only(&fixture, made).await;
    let Fixture { service, test, account, folder } = fixture;
    let fixture = Fixture { service, test: test.reopen().await, account, folder };
    let line = fixture.lines().await.remove(0);
    assert_eq!((line.change_id, line.needs), (Some(revoked), Some(made)));
    assert!(line.due_at.unwrap() > now());
    for (change, due_at, code) in [
        (revoked, now() - 1, ErrorCode::InvalidInput),
        (made, now() + DAY, ErrorCode::NotFound),
        (revoked + 100, now() + DAY, ErrorCode::NotFound),
    ] {
        let refused = schedule(&fixture.test.hub, fixture.account, change, Some(due_at), None).await;
        assert_eq!(refused.unwrap_err().code, code, "{change}");
    }
    schedule(&fixture.test.hub, fixture.account, revoked, None, None).await.unwrap();
    fixture.test.hub.apply_due().await.unwrap();
    fixture.wait().await;
    assert_eq!(tokens(&fixture, &owner).await, ["ci", "ci 2"]);
    let counts = fixture.queue().await.counts;
    assert_eq!((counts.pending, counts.scheduled), (1, 0));
    fixture.apply().await;
    assert_eq!(tokens(&fixture, &owner).await, ["ci 2"]);
}
