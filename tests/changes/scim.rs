//! SCIM accounts through the hub: at a server that nobody here wrote, which changes records in part or only whole, and at
//! one that does not delete.

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, CallOutcome, ChangeState, Edit, FieldEdit, GroupKind, PasswordChoice, RemoteId, RunState,
    SecretState,
};
use rollcall_sandbox::{Kind, Quirks, Support};
use rollcall_tests::scim2::{self, Scim2};
use rollcall_tests::service::{Service, TOKEN};
use serde_json::{Value, json};

use super::meanwhile::Meanwhile;
use super::{Fixture, new, update};

const GROUP: GroupKind = GroupKind::Group;

/// Three users and a group with the first of them.
struct People {
    users: Vec<RemoteId>,
    group: RemoteId,
}

async fn people(server: &Scim2) -> People {
    let users = server.create_users(1, 3).await;
    let group = server.create_group("Maps", &users[..1]).await;
    People { users: users.into_iter().map(RemoteId::new).collect(), group: RemoteId::new(group) }
}

fn set(path: &str, before: Value, after: Value) -> FieldEdit {
    FieldEdit { path: path.to_owned(), before, after }
}

fn join(group: &RemoteId, member: &RemoteId) -> Edit {
    Edit::AddMember { group: group.clone(), group_kind: GROUP, member: member.clone() }
}

fn leave(group: &RemoteId, member: &RemoteId) -> Edit {
    Edit::RemoveMember { group: group.clone(), group_kind: GROUP, member: member.clone() }
}

async fn user(server: &Scim2, id: &RemoteId) -> Value {
    server.find(&format!("Users/{id}")).await.expect("a user")
}

async fn members(server: &Scim2, group: &RemoteId) -> Vec<String> {
    let group = server.find(&format!("Groups/{group}")).await.expect("a group");
    let members = group["members"].as_array().cloned().unwrap_or_default();
    let mut ids: Vec<String> =
        members.iter().map(|member| member["value"].as_str().expect("an id").to_owned()).collect();
    ids.sort();
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_applied_read_back_told_on_a_receipt_and_undone_in_part_and_whole() {
    for patch in [true, false] {
        let server = scim2::start_with(&json!({"patch": {"supported": patch}}), &[]);
        let People { users, group } = people(&server).await;
        let address = server.address().to_owned();
        let fixture = Fixture::scim(server, &address, scim2::TOKEN).await;
        let server = &fixture.service;
        let edits = vec![
            Edit::CreateUser {
                fields: vec![
                    set("userName", Value::Null, json!("ada")),
                    set("emails[primary].value", Value::Null, json!("ada@example.com")),
                ],
                password: PasswordChoice::Generated,
            },
            join(&group, &new(0)),
            update(&users[0], "title", Value::Null, json!("Guide")),
            Edit::SetUserActive { user: users[1].clone(), active: false },
            leave(&group, &users[0]),
            Edit::UpdateGroup {
                group: group.clone(),
                group_kind: GROUP,
                fields: vec![set("displayName", json!("Maps"), json!("Charts"))],
            },
        ];
        let proposed = fixture.propose(edits).await;
        assert!(proposed.changes.iter().all(Option::is_some), "{proposed:?}");
        let lines = fixture.lines().await;
        assert_eq!(lines.len(), 6);
        let joins = lines.iter().find(|line| line.edit.kind() == rollcall_core::model::EditKind::AddMember);
        assert_eq!(joins.unwrap().after[0].reason, OrderReason::NeedsCreated);

        let receipt = fixture.apply().await;
        assert_eq!(receipt.run.state, RunState::Succeeded, "PATCH {patch}: {receipt:?}");
        let well = |line: &ReceiptLineView| {
            line.state == ChangeState::Applied && line.calls.last().unwrap().outcome == CallOutcome::Done
        };
        assert!(receipt.lines.iter().all(well), "PATCH {patch}: {receipt:?}");
        let ada = receipt.lines.iter().find(|line| line.secret.is_some()).expect("a password");
        assert_eq!(ada.secret, Some(SecretState::Waiting));
        let id = RemoteId::new(ada.subject.remote_id.clone().unwrap());
        assert_eq!(user(server, &id).await["emails"][0]["value"], "ada@example.com");
        assert_eq!(members(server, &group).await, [id.as_str()]);
        assert_eq!(user(server, &users[0]).await["title"], "Guide");
        assert_eq!(user(server, &users[1]).await["active"], false);
        let named = server.find(&format!("Groups/{group}")).await.unwrap();
        assert_eq!(named["displayName"], "Charts");
        // The mirror has it without a sync, and a sync finds nothing to do.
        assert_eq!(fixture.row(&users[1]).await.unwrap().active, Some(false));
        assert_eq!(fixture.row(&id).await.unwrap().email.as_deref(), Some("ada@example.com"));
        let synced = fixture.test.sync_well(fixture.account).await;
        let counts = synced.counts;
        assert_eq!((counts.users_added, counts.users_changed, counts.users_removed), (0, 0, 0));

        let undo = fixture.test.hub.undo_run(RunRequest { run_id: receipt.run.id }).await.unwrap();
        assert_eq!((undo.edits.len(), undo.remains.len()), (6, 0), "{undo:?}");
        let undone = fixture.apply_now(undo.edits).await;
        assert!(
            undone.lines.iter().all(|line| line.state == ChangeState::Applied),
            "PATCH {patch}: {undone:?}"
        );
        assert_eq!(server.find(&format!("Users/{id}")).await, None);
        assert_eq!(members(server, &group).await, [users[0].as_str()]);
        assert!(user(server, &users[0]).await["title"].is_null());
        assert_eq!(user(server, &users[1]).await["active"], true);
        assert_eq!(fixture.row(&users[1]).await.unwrap().active, Some(true));
        assert!(fixture.row(&id).await.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_value_is_a_conflict_and_their_other_values_stay() {
    for patch in [true, false] {
        let server = scim2::start_with(&json!({"patch": {"supported": patch}}), &[]);
        let People { users, .. } = people(&server).await;
        let address = server.address().to_owned();
        let fixture = Fixture::scim(server, &address, scim2::TOKEN).await;
        let server = &fixture.service;
        let titles = |user: &RemoteId| update(user, "title", Value::Null, json!("Guide"));
        fixture.propose(vec![titles(&users[0]), titles(&users[1])]).await;
        server.set(&format!("Users/{}", users[0]), "title", &json!("Theirs")).await;
        server.set(&format!("Users/{}", users[1]), "nickName", &json!("Theirs")).await;
        let receipt = fixture.apply().await;
        let of = |user: &RemoteId| {
            let is_own = |line: &&ReceiptLineView| line.subject.remote_id.as_deref() == Some(user.as_str());
            receipt.lines.iter().find(is_own).unwrap()
        };
        let Some(BlockReason::Conflict { fields }) = &of(&users[0]).blocked else { panic!("{receipt:?}") };
        assert_eq!((&fields[0].mine, &fields[0].theirs), (&json!("Guide"), &json!("Theirs")));
        assert_eq!(of(&users[1]).state, ChangeState::Applied);
        let other = user(server, &users[1]).await;
        assert_eq!((&other["title"], &other["nickName"]), (&json!("Guide"), &json!("Theirs")));
        let choice =
            ResolveChangeRequest { change_id: of(&users[0]).change_id, choice: ChangeChoice::KeepMine };
        fixture.test.hub.resolve_change(choice).await.unwrap();
        fixture.apply().await;
        assert_eq!(user(server, &users[0]).await["title"], "Guide");
    }
}

/// Between our look and our request, at a server that answers 412 by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_changes_in_between_is_looked_at_again_and_nothing_of_it_is_lost() {
    for (patch, theirs, is_conflict) in
        [(true, "nickName", false), (false, "nickName", false), (true, "title", true), (false, "title", true)]
    {
        let server = scim2::start_with(&json!({"patch": {"supported": patch}}), &[]);
        let People { users, .. } = people(&server).await;
        let between = Meanwhile::start(server.address()).await;
        let fixture = Fixture::scim(server, &between.address(), scim2::TOKEN).await;
        fixture.propose(vec![update(&users[0], "title", Value::Null, json!("Guide"))]).await;
        between.once(&format!("Users/{}", users[0]), theirs, json!("Theirs"));
        let receipt = fixture.apply().await;
        assert!(between.happened(), "somebody else was quicker");
        let line = &receipt.lines[0];
        let outcomes: Vec<CallOutcome> = line.calls.iter().map(|call| call.outcome).collect();
        let found = user(&fixture.service, &users[0]).await;
        if is_conflict {
            assert_eq!(outcomes, [CallOutcome::Refused], "PATCH {patch}: {line:?}");
            assert!(matches!(&line.blocked, Some(BlockReason::Conflict { .. })), "{line:?}");
            assert_eq!(found["title"], "Theirs");
        } else {
            assert_eq!(outcomes, [CallOutcome::Refused, CallOutcome::Done], "PATCH {patch}: {line:?}");
            assert_eq!((&found["title"], &found["nickName"]), (&json!("Guide"), &json!("Theirs")));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_service_does_not_delete_is_suspended_instead_when_a_person_says_so() {
    let service = Service::start(5, 1, Quirks { delete: Support::Refused, ..Quirks::default() }).await;
    let address = service.address();
    let fixture = Fixture::scim(service, &address, TOKEN).await;
    let user = fixture.users().await[0].clone();
    let receipt = fixture.apply_now(vec![Edit::DeleteUser { user: user.clone() }]).await;
    let line = &receipt.lines[0];
    let Some(BlockReason::Refused { reason, .. }) = &line.blocked else { panic!("{line:?}") };
    assert_eq!(reason.as_deref(), Some("cannotDelete"));
    let choose = |choice| ResolveChangeRequest { change_id: line.change_id, choice };
    fixture.test.hub.resolve_change(choose(ChangeChoice::Suspend)).await.unwrap();
    let waiting = fixture.lines().await;
    assert_eq!(waiting[0].edit, Edit::SetUserActive { user: user.clone(), active: false });
    // Only a deletion that was refused.
    let again = fixture.test.hub.resolve_change(choose(ChangeChoice::Suspend)).await;
    assert_eq!(again.unwrap_err().code, ErrorCode::NotFound);
    fixture.apply().await;
    let record = fixture.service.tenant.find(Kind::User, user.as_str()).await.unwrap().unwrap();
    assert_eq!(record["active"], false);
    assert_eq!(fixture.row(&user).await.unwrap().active, Some(false));
    assert_eq!(fixture.queue().await.plan.lines, 0);
}
