//! Faults on the way: what stops, what waits, what needs a person, and what is never sent twice.

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, CallOutcome, ChangeState, Edit, FieldEdit, GroupKind, RunState, SecretState,
};
use rollcall_sandbox::{Fault, FaultRule, Moment, When};
use serde_json::{Value, json};

use super::{Fixture, create};

fn dropped(method: &str, path: &str, moment: Moment) -> FaultRule {
    FaultRule::always(Fault::Drop { moment }).method(method).path(path)
}

fn status(status: u16) -> Fault {
    Fault::Status { status, retry_after: None, after_work: false }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_without_an_answer_is_not_sent_again_and_the_next_sync_finds_it() {
    let fixture = Fixture::new(10).await;
    fixture.service.tenant.add_fault(dropped("POST", "/api/users$", Moment::BeforeHeaders));
    fixture.propose(vec![create("ada"), create("bob")]).await;
    let receipt = fixture.apply().await;
    assert_eq!(receipt.run.state, RunState::Failed);
    let unknown = receipt.lines.iter().find(|line| line.blocked.is_some()).unwrap();
    assert_eq!(unknown.blocked, Some(BlockReason::OutcomeUnknown { denied: false }));
    assert_eq!(unknown.calls[0].outcome, CallOutcome::Unknown);
    assert_eq!(fixture.writes("POST", "/api/users"), 1, "sent once, and the other one waits");
    let again = ResolveChangeRequest { change_id: unknown.change_id, choice: ChangeChoice::TryAgain };
    assert_eq!(fixture.test.hub.resolve_change(again).await.unwrap_err().code, ErrorCode::InvalidInput);
    fixture.service.tenant.clear_faults();
    fixture.test.sync_well(fixture.account).await;
    let receipt = fixture.receipt(receipt.run.id).await;
    let found = receipt.lines.iter().find(|line| line.change_id == unknown.change_id).unwrap();
    assert_eq!((found.state, found.calls[0].outcome), (ChangeState::Applied, CallOutcome::Found));
    assert!(found.subject.remote_id.is_some());
    fixture.apply().await;
    assert_eq!(fixture.writes("POST", "/api/users"), 2);
    assert_eq!(fixture.service.people().await.len(), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_that_never_arrived_may_be_tried_again_when_a_read_has_told() {
    let fixture = Fixture::new(10).await;
    fixture.service.tenant.add_fault(dropped("POST", "/api/users$", Moment::BeforeWork));
    fixture.propose(vec![create("ada")]).await;
    let receipt = fixture.apply().await;
    let change_id = receipt.lines[0].change_id;
    assert_eq!(receipt.lines[0].blocked, Some(BlockReason::OutcomeUnknown { denied: false }));
    fixture.service.tenant.clear_faults();
    fixture.test.sync_well(fixture.account).await;
    let lines = fixture.lines().await;
    assert_eq!(lines[0].blocked, Some(BlockReason::OutcomeUnknown { denied: true }));
    let again = ResolveChangeRequest { change_id, choice: ChangeChoice::TryAgain };
    fixture.test.hub.resolve_change(again).await.unwrap();
    fixture.apply().await;
    assert_eq!(fixture.service.people().await.len(), 11);
    assert_eq!(fixture.writes("POST", "/api/users"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_whose_answer_was_lost_exists_and_its_value_is_lost() {
    let fixture = Fixture::new(5).await;
    let owner = fixture.users().await[0].clone();
    fixture.service.tenant.add_fault(
        dropped("POST", "/api/users/{userId}/personal-access-tokens", Moment::BeforeHeaders)
            .when(When::Nth(1)),
    );
    let edit = Edit::CreateToken { owner, name: "ci".to_owned(), expires_at: None };
    let receipt = fixture.apply_now(vec![edit]).await;
    assert_eq!(receipt.lines[0].blocked, Some(BlockReason::OutcomeUnknown { denied: false }), "{receipt:?}");
    fixture.service.tenant.clear_faults();
    fixture.test.sync_well(fixture.account).await;
    let line = &fixture.receipt(receipt.run.id).await.lines[0];
    assert_eq!((line.state, line.secret), (ChangeState::Applied, Some(SecretState::Lost)));
}

/// Organisations may share a name, so that only a list that is read anew can tell.
#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_whose_answer_was_lost_is_found_by_the_next_sync() {
    let fixture = Fixture::new(5).await;
    fixture.service.tenant.add_fault(dropped("POST", "/api/organizations$", Moment::BeforeHeaders));
    let fields = vec![FieldEdit { path: "name".to_owned(), before: Value::Null, after: json!("Initech") }];
    let create = Edit::CreateGroup { group_kind: GroupKind::Organization, fields };
    let join = Edit::AddMember {
        group: super::new(0),
        group_kind: GroupKind::Organization,
        member: fixture.users().await[0].clone(),
    };
    fixture.propose(vec![create, join]).await;
    let receipt = fixture.apply().await;
    assert_eq!(receipt.lines[0].blocked, Some(BlockReason::OutcomeUnknown { denied: false }), "{receipt:?}");
    fixture.service.tenant.clear_faults();
    fixture.test.sync_well(fixture.account).await;
    let line = fixture.receipt(receipt.run.id).await.lines[0].clone();
    assert_eq!((line.state, line.calls[0].outcome), (ChangeState::Applied, CallOutcome::Found));
    // Who was to join it joins it.
    fixture.apply().await;
    let id = line.subject.remote_id.unwrap();
    assert!(fixture.service.members().await.keys().any(|(group, _)| *group == id));
    assert_eq!(fixture.writes("POST", "/api/organizations"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_changes_wait() {
    let fixture = Fixture::new(10).await;
    let user = fixture.users().await[0].clone();
    fixture.service.tenant.add_fault(FaultRule::always(Fault::Drop { moment: Moment::BeforeWork }));
    fixture.propose(vec![fixture.rename(&user, "Ada").await, create("ada")]).await;
    let receipt = fixture.apply().await;
    assert_eq!(receipt.run.state, RunState::Failed);
    assert_eq!(fixture.queue().await.counts, ChangeCounts { pending: 2, ..ChangeCounts::default() });
    fixture.service.tenant.clear_faults();
    fixture.apply().await;
    assert_eq!(fixture.at_service(&user, "name").await, json!("Ada"));
    assert_eq!(fixture.writes("POST", "/api/users"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_said_in_the_services_words_and_the_others_go_on() {
    let fixture = Fixture::new(10).await;
    let users = fixture.users().await;
    let rule = FaultRule::always(status(422)).method("PATCH").path("/api/users/{userId}$").when(When::Nth(1));
    fixture.service.tenant.add_fault(rule);
    fixture
        .propose(vec![fixture.rename(&users[0], "Ada").await, fixture.rename(&users[1], "Bob").await])
        .await;
    let receipt = fixture.apply().await;
    assert!(matches!(receipt.lines[0].blocked, Some(BlockReason::Refused { .. })), "{receipt:?}");
    assert_eq!(receipt.lines[0].calls[0].outcome, CallOutcome::Refused);
    assert_eq!(receipt.lines[1].state, ChangeState::Applied);
    assert_eq!(receipt.run.state, RunState::Succeeded);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_missing_stops_everything() {
    let fixture = Fixture::new(10).await;
    let users = fixture.users().await;
    fixture.service.tenant.add_fault(FaultRule::always(status(403)).method("PATCH"));
    fixture
        .propose(vec![fixture.rename(&users[0], "Ada").await, fixture.rename(&users[1], "Bob").await])
        .await;
    let receipt = fixture.apply().await;
    assert_eq!(receipt.run.state, RunState::Failed);
    assert!(matches!(receipt.lines[0].blocked, Some(BlockReason::Forbidden { .. })), "{receipt:?}");
    assert_eq!((receipt.lines[1].state, receipt.lines[1].calls.len()), (ChangeState::Pending, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_that_is_refused_stops_everything() {
    let fixture = Fixture::new(10).await;
    let users = fixture.users().await;
    fixture
        .propose(vec![fixture.rename(&users[0], "Ada").await, fixture.rename(&users[1], "Bob").await])
        .await;
    fixture.service.tenant.add_fault(FaultRule::always(status(401)).path("/oidc/token"));
    let receipt = fixture.apply().await;
    assert_eq!(receipt.run.state, RunState::Failed);
    let lines = fixture.lines().await;
    let states: Vec<_> = lines.iter().map(|line| (line.state, line.blocked.clone())).collect();
    let expected = [(ChangeState::Blocked, Some(BlockReason::SignedOut)), (ChangeState::Pending, None)];
    assert_eq!(states, expected);
    assert_eq!(fixture.service.tenant.write_counts(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_without_an_answer_is_looked_at_and_not_done_twice() {
    let fixture = Fixture::new(10).await;
    let user = fixture.users().await[0].clone();
    // Answers of updates are lost, also those of every repetition.
    fixture.service.tenant.add_fault(dropped("PATCH", "/api/users/{userId}$", Moment::BeforeHeaders));
    fixture.propose(vec![fixture.rename(&user, "Ada").await]).await;
    let receipt = fixture.apply().await;
    assert_eq!(receipt.run.state, RunState::Failed);
    assert_eq!(fixture.queue().await.counts.pending, 1);
    fixture.service.tenant.clear_faults();
    let writes = fixture.service.tenant.write_counts();
    let receipt = fixture.apply().await;
    assert_eq!(receipt.lines[0].calls.last().unwrap().outcome, CallOutcome::AlreadyDone);
    assert_eq!(fixture.service.tenant.write_counts(), writes);
    assert_eq!(fixture.row(&user).await.unwrap().display_name, "Ada");
}
