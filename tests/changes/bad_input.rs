//! What cannot be sent as it is: said at its place, nothing of it is kept, and nothing is sent. What only the service can
//! tell is said at its place too, and the rest is done.

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, ChangeState, Edit, FieldEdit, FieldReason, GroupKind, HolderKind, PERMISSIONS,
    PasswordChoice, RemoteId, RoleScope, Timestamp,
};
use serde_json::{Value, json};

use super::{Fixture, create, new, update};

fn value(path: &str, after: Value) -> FieldEdit {
    FieldEdit { path: path.to_owned(), before: Value::Null, after }
}

fn user(fields: Vec<FieldEdit>) -> Edit {
    Edit::CreateUser { fields, password: PasswordChoice::None }
}

fn role(fields: Vec<FieldEdit>, permissions: &[&str]) -> Edit {
    let permissions = permissions.iter().map(|id| RemoteId::new(*id)).collect();
    Edit::CreateRole { scope: RoleScope::Account, holder_kind: HolderKind::User, fields, permissions }
}

fn named(name: &str) -> Vec<FieldEdit> {
    vec![value("name", json!(name)), value("description", json!("d"))]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_value_that_cannot_be_is_said_at_its_place_and_nothing_is_kept_or_sent() {
    let fixture = Fixture::new(5).await;
    let owner = fixture.users().await[0].clone();
    let some = |path: &str, after: Value| update(&owner, path, Value::Null, after);
    let token = |name: &str, end: Option<i64>| Edit::CreateToken {
        owner: owner.clone(),
        name: name.to_owned(),
        expires_at: end.map(Timestamp::from_millis),
    };
    let organization = |fields| Edit::CreateGroup { group_kind: GroupKind::Organization, fields };
    let data = json!({"a": "=1+1"});
    for (edit, path, reason) in [
        (user(vec![value("primaryEmail", json!("ada@example"))]), "primaryEmail", FieldReason::InvalidEmail),
        (some("primaryEmail", json!("ada example.com")), "primaryEmail", FieldReason::InvalidEmail),
        (user(vec![value("primaryPhone", json!("+32 2 555"))]), "primaryPhone", FieldReason::InvalidPhone),
        (some("primaryPhone", json!("call me")), "primaryPhone", FieldReason::InvalidPhone),
        (user(vec![value("username", json!("1ada"))]), "username", FieldReason::InvalidUserName),
        (some("username", json!("ada lovelace")), "username", FieldReason::InvalidUserName),
        (some("avatar", json!("not an address")), "avatar", FieldReason::InvalidUrl),
        (some("name", json!("é".repeat(129))), "name", FieldReason::TooLong),
        (some("customData", json!("{\"a\": 1}")), "customData", FieldReason::NotAnObject),
        (some("customData", json!([data])), "customData", FieldReason::NotAnObject),
        (some("isSuspended", json!(true)), "isSuspended", FieldReason::NotEditable),
        (token("ci", Some(1_000)), "expiresAt", FieldReason::InThePast),
        (token("  ", None), "name", FieldReason::Required),
        (organization(vec![]), "name", FieldReason::Required),
        (
            organization(vec![value("name", json!("x")), value("isMfaRequired", json!("yes"))]),
            "isMfaRequired",
            FieldReason::NotYesOrNo,
        ),
        (role(vec![value("name", json!("x"))], &[]), "description", FieldReason::Required),
        (role(named("x"), &["nobody-knows", "nobody-knows"]), PERMISSIONS, FieldReason::Repeated),
        (role(named("x"), &["nobody-knows"]), PERMISSIONS, FieldReason::Unknown),
    ] {
        // Beside one that is right: all are kept or none.
        let proposed = fixture.propose(vec![create("right"), edit.clone()]).await;
        assert_eq!((proposed.changes.len(), proposed.problems.len()), (0, 1), "{edit:?}: {proposed:?}");
        let found = &proposed.problems[0];
        let at = found.problems.iter().find(|problem| problem.path == path && problem.reason == reason);
        assert!(found.index == 1 && at.is_some(), "{edit:?}: {found:?}");
        let request = ApplyNowRequest {
            account_id: fixture.account,
            edits: vec![edit.clone()],
            confirmations: Vec::new(),
        };
        let started = fixture.test.hub.apply_now(request).await.unwrap();
        assert_eq!((started.run_id, started.problems.len()), (None, 1), "{edit:?}: {started:?}");
    }
    assert_eq!(fixture.queue().await.plan.lines, 0);
    assert_eq!(fixture.service.tenant.write_counts(), [], "nothing was sent");
}

/// Text that a spreadsheet would run is text here.
#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_a_formula_is_kept_as_it_was_typed() {
    let fixture = Fixture::new(5).await;
    let owner = fixture.users().await[0].clone();
    let formula = "=HYPERLINK(\"https://x.example\")";
    let receipt = fixture.apply_now(vec![fixture.rename(&owner, formula).await]).await;
    assert_eq!(receipt.lines[0].state, ChangeState::Applied);
    assert_eq!(fixture.at_service(&owner, "name").await, json!(formula));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_taken_are_said_at_their_place_and_the_others_go_on() {
    let fixture = Fixture::new(10).await;
    let users = fixture.users().await;
    let theirs =
        json!({"username": "taken", "primaryEmail": "taken@example.com", "primaryPhone": "33612341839"});
    fixture.service.ask("PATCH", &format!("/api/users/{}", users[0]), theirs).await;
    let before = fixture.at_service(&users[1], "username").await;
    let receipt = fixture
        .apply_now(vec![
            create("taken"),
            user(vec![value("primaryEmail", json!("TAKEN@example.com"))]),
            update(&users[1], "username", before, json!("taken")),
            Edit::CreateToken { owner: users[2].clone(), name: "ci".to_owned(), expires_at: None },
            create("free"),
        ])
        .await;
    let mut lines = receipt.lines.clone();
    lines.sort_by_key(|line| line.change_id);
    let ended: Vec<_> = lines.iter().map(|line| (line.state, line.blocked.clone())).collect();
    let blocked = |reason| (ChangeState::Blocked, Some(reason));
    assert_eq!(ended[..2], [blocked(BlockReason::NameTaken), blocked(BlockReason::NameTaken)], "{receipt:?}");
    let Some(BlockReason::Refused { reason, field, .. }) = &ended[2].1 else { panic!("{receipt:?}") };
    assert_eq!((reason.as_deref(), field.as_deref()), (Some("userNameTaken"), Some("username")));
    assert_eq!(ended[3..], [(ChangeState::Applied, None), (ChangeState::Applied, None)], "{receipt:?}");
    // The same token once more: its name is taken at the service by now.
    let again = Edit::CreateToken { owner: users[2].clone(), name: "ci".to_owned(), expires_at: None };
    let receipt = fixture.apply_now(vec![again]).await;
    assert_eq!(receipt.lines[0].blocked, Some(BlockReason::NameTaken));
    assert_eq!(fixture.writes("POST", "/api/users/{userId}/personal-access-tokens"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_role_given_twice_is_one_change_that_needs_a_person() {
    let fixture = Fixture::new(5).await;
    let users = fixture.users().await;
    let give = || Edit::AssignRole {
        role: RemoteId::new("nobodyknowsthisrole00"),
        holder: users[0].clone(),
        holder_kind: HolderKind::User,
        group: None,
    };
    let proposed = fixture.propose(vec![give(), give(), fixture.rename(&users[1], "Ada").await]).await;
    assert_eq!(proposed.changes[0], proposed.changes[1]);
    assert_eq!(fixture.queue().await.plan.lines, 2);
    let receipt = fixture.apply().await;
    assert_eq!(receipt.lines[0].blocked, Some(BlockReason::Gone), "{receipt:?}");
    assert_eq!(receipt.lines[1].state, ChangeState::Applied);
    assert_eq!(fixture.writes("POST", "/api/users/{userId}/roles"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_names_what_no_earlier_one_creates_is_not_kept() {
    let fixture = Fixture::new(5).await;
    let token = |owner| Edit::CreateToken { owner, name: "ci".to_owned(), expires_at: None };
    for (place, edits) in [(0, vec![token(new(0))]), (0, vec![token(new(1)), create("ada")])] {
        let proposed = fixture.propose(edits).await;
        assert_eq!((proposed.changes.len(), proposed.problems[0].index), (0, place), "{proposed:?}");
    }
    assert_eq!(fixture.queue().await.plan.lines, 0);
}
