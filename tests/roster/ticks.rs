//! Ticks: nothing happens before one, and what happens then has the date that the person says.

use rollcall_core::api::*;
use rollcall_core::model::{Edit, EditKind, RemoteId, Timestamp};
use serde_json::json;

use crate::{Fixture, accept, at, field, give, invite, remove};

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_waits_until_it_is_ticked_and_expires_a_week_after_the_day_that_was_said() {
    let fixture = Fixture::new().await;
    let change = fixture.wait_for(invite("zoe@atelier.fr")).await;
    assert_eq!(fixture.invitations().await, []);
    let view = fixture.view().await;
    assert_eq!((view.waiting, view.checklist.len()), (1, 1));
    assert_eq!((view.checklist[0].kind, view.checklist[0].ours), (EditKind::InviteUser, false));
    let cost = view.cost.unwrap();
    assert_eq!((cost.after.per_month, cost.with_invited.per_month), (Some(36_000), Some(41_000)));
    let sent = at("2025-12-02T15:11:00+01:00");
    let run = fixture.tick(vec![change], sent).await;
    let [invitation] = fixture.invitations().await.try_into().unwrap();
    assert_eq!(
        (invitation.created_at, invitation.expires_at),
        (Some(sent), Some(at("2025-12-09T15:11:00+01:00")))
    );
    // That was long ago.
    assert_eq!(invitation.state, InvitationState::Expired);
    assert_eq!(invitation.inviter.as_deref(), Some(crate::OWNER));
    assert_eq!(invitation.roles, ["Member"]);
    let history = fixture.test.history(fixture.account, run).await;
    assert_eq!((history.len(), history[0].at), (1, sent));
    let receipt = fixture.receipt(run).await;
    assert_eq!((receipt.applied, receipt.blocked, receipt.can_undo), (1, 0, true));
    assert_eq!(fixture.view().await.waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_does_not_lie_in_the_future() {
    let fixture = Fixture::new().await;
    let change = fixture.wait_for(invite("zoe@atelier.fr")).await;
    let tomorrow = rollcall_core::clock::now().as_millis() + 24 * 60 * 60 * 1000;
    let request = TickChangesRequest {
        account_id: fixture.account,
        changes: Some(vec![change]),
        done_on: tomorrow,
        former_owner_role: None,
        confirmations: Vec::new(),
    };
    let error = fixture.test.hub.tick_changes(request).await.unwrap_err();
    assert_eq!((error.field.as_deref(), error.reason.as_deref()), (Some("doneOn"), Some("inTheFuture")));
    assert_eq!(fixture.view().await.waiting, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_life_from_invited_to_removed() {
    let fixture = Fixture::new().await;
    fixture.tick_now(invite("zoe@atelier.fr"), at("2025-12-02T14:11:00Z")).await;
    let invitation = fixture.invitations().await[0].remote_id.clone();
    // It expired, and is sent again.
    let resent = at("2026-01-05T09:00:00Z");
    let resend = Edit::ResendInvitation {
        invitation: RemoteId::new(invitation.clone()),
        expires_at: None,
        message: None,
    };
    fixture.tick_now(resend, resent).await;
    let [row] = fixture.invitations().await.try_into().unwrap();
    assert_eq!((row.created_at, row.expires_at), (Some(resent), Some(at("2026-01-12T09:00:00Z"))));
    let joined = at("2026-01-06T10:00:00Z");
    fixture.tick_now(accept(&invitation, "Zoé Blanc"), joined).await;
    let zoe = fixture.member("zoe@atelier.fr").await;
    let [row] = fixture.invitations().await.try_into().unwrap();
    assert_eq!((row.state, row.accepted_user_id.as_deref()), (InvitationState::Accepted, Some(zoe.as_str())));
    assert_eq!(fixture.roles(&zoe).await, ["Member"]);
    let user = fixture
        .test
        .hub
        .get_user(UserRequest { account_id: fixture.account, remote_id: zoe.as_str().to_owned() });
    let user = user.await.unwrap();
    assert_eq!((user.row.created_at, user.row.display_name.as_str()), (Some(joined), "Zoé Blanc"));
    let view = fixture.view().await;
    assert_eq!((view.counts.members, view.cost.unwrap().now.per_month), (2, Some(41_000)));
    // A role takes the place of the one before.
    fixture.tick_now(give("administrator", &zoe), at("2026-02-01T10:00:00Z")).await;
    assert_eq!(fixture.roles(&zoe).await, ["Administrator"]);
    assert_eq!(fixture.view().await.counts.administrators, 2);
    fixture.tick_now(remove(&zoe), at("2026-03-01T10:00:00Z")).await;
    let view = fixture.view().await;
    assert_eq!((view.counts.members, view.cost.unwrap().now.per_month), (1, Some(36_000)));
    assert_eq!(fixture.test.users(fixture.account, "", 0, 10).await.total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_undone_is_ticked_as_well() {
    let fixture = Fixture::new().await;
    let zoe = fixture.joined("Zoé Blanc", "zoe@atelier.fr").await;
    let run = fixture.tick_now(give("administrator", &zoe), fixture.some_time()).await;
    let undo = fixture.test.hub.undo_run(RunRequest { run_id: run }).await.unwrap();
    assert_eq!(undo.edits, [give("member", &zoe)]);
    fixture.tick_now(undo.edits[0].clone(), fixture.some_time()).await;
    assert_eq!(fixture.roles(&zoe).await, ["Member"]);
    let run = fixture.tick_now(invite("bob@atelier.fr"), fixture.some_time()).await;
    let undo = fixture.test.hub.undo_run(RunRequest { run_id: run }).await.unwrap();
    assert!(matches!(&undo.edits[..], [Edit::RevokeInvitation { .. }]));
    fixture.tick_now(undo.edits[0].clone(), fixture.some_time()).await;
    assert_eq!(fixture.invitations().await[0].state, InvitationState::Revoked);
    let run = fixture.tick_now(remove(&zoe), fixture.some_time()).await;
    let undo = fixture.test.hub.undo_run(RunRequest { run_id: run }).await.unwrap();
    assert_eq!((undo.edits.len(), undo.remains[0].reason), (0, Remains::Deleted));
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_one_owner_after_a_transfer() {
    let fixture = Fixture::new().await;
    let owner = fixture.member("olivia@atelier.fr").await;
    let zoe = fixture.joined("Zoé Blanc", "zoe@atelier.fr").await;
    let change = fixture.wait_for(give("owner", &zoe)).await;
    let mut request = TickChangesRequest {
        account_id: fixture.account,
        changes: Some(vec![change]),
        done_on: fixture.some_time(),
        former_owner_role: Some("member".to_owned()),
        confirmations: Vec::new(),
    };
    let asked = fixture.test.hub.tick_changes(request.clone()).await.unwrap();
    let typed =
        |guard: &GuardView| matches!(&guard.guard, Guard::TypedConfirmation { text } if text == "Zoé Blanc");
    assert!(asked.unconfirmed.iter().any(typed), "{:?}", asked.unconfirmed);
    request.confirmations = crate::agreed(&asked.unconfirmed);
    let started = fixture.test.hub.tick_changes(request).await.unwrap();
    fixture.settled(started.run_id.unwrap()).await;
    assert_eq!(
        (fixture.roles(&zoe).await, fixture.roles(&owner).await),
        (vec!["Owner".into()], vec!["Member".into()])
    );
    let view = fixture.view().await;
    assert_eq!(view.roles[0].members, 1);
    // The person at this computer is a member now, and may do nothing.
    assert_eq!(view.my_role.unwrap().remote_id, "member");
    assert!(view.actions.iter().all(|action| action.refused.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_kept_by_hand_with_where_they_are_used() {
    let fixture = Fixture::new().await;
    let owner = fixture.member("olivia@atelier.fr").await;
    let end = Timestamp::from_millis(at("2030-01-01T00:00:00Z"));
    let keep = Edit::KeepToken {
        owner: owner.clone(),
        name: "nightly".to_owned(),
        expires_at: Some(end),
        used_where: Some("the export server".to_owned()),
    };
    let now = |edits| ApplyNowRequest { account_id: fixture.account, edits, confirmations: Vec::new() };
    let started = fixture.test.hub.apply_now(now(vec![keep.clone()])).await.unwrap();
    let run = fixture.settled(started.run_id.unwrap()).await;
    let request = TokenQueryRequest {
        filter: TokenFilter { account_id: Some(fixture.account), ..TokenFilter::default() },
        sort: TokenColumn::Name,
        descending: false,
        offset: 0,
        limit: 10,
    };
    let tokens = fixture.test.hub.query_tokens(request.clone()).await.unwrap();
    assert_eq!(tokens.rows.len(), 1);
    let row = &tokens.rows[0];
    assert_eq!((row.name.as_str(), row.description.as_deref()), ("nightly", Some("the export server")));
    assert_eq!(row.expires_at, Some(end.as_millis()));
    assert_eq!(fixture.test.history(fixture.account, run).await.len(), 1, "it is news");
    assert_eq!(fixture.view().await.counts.tokens, 1);
    // The same once more is in the way; revoking happens at the service, so it is ticked.
    let again = fixture.test.hub.apply_now(now(vec![keep])).await.unwrap();
    let receipt = fixture.receipt(fixture.settled(again.run_id.unwrap()).await).await;
    assert_eq!((receipt.applied, receipt.blocked), (0, 1));
    let revoke = Edit::DeleteToken { owner, name: "nightly".to_owned() };
    let refused = fixture.test.hub.apply_now(now(vec![revoke.clone()])).await.unwrap_err();
    assert_eq!(refused.reason.as_deref(), Some("byHand"));
    fixture.tick_now(revoke, fixture.some_time()).await;
    assert_eq!(fixture.test.hub.query_tokens(request).await.unwrap().rows, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_and_address_are_only_kept_here() {
    let fixture = Fixture::new().await;
    let owner = fixture.member("olivia@atelier.fr").await;
    let fields = vec![
        rollcall_core::model::FieldEdit {
            before: json!(crate::OWNER),
            ..field("name", json!("Olivia Petit"))
        },
        field("note", json!("on leave")),
    ];
    let edits = vec![Edit::UpdateUser { user: owner.clone(), fields }];
    let request = ApplyNowRequest { account_id: fixture.account, edits, confirmations: Vec::new() };
    let started = fixture.test.hub.apply_now(request).await.unwrap();
    fixture.settled(started.run_id.unwrap()).await;
    let request = UserRequest { account_id: fixture.account, remote_id: owner.as_str().to_owned() };
    let user = fixture.test.hub.get_user(request).await.unwrap();
    assert_eq!((user.row.display_name.as_str(), &user.raw["note"]), ("Olivia Petit", &json!("on leave")));
    assert_eq!(fixture.roles(&owner).await, ["Owner"], "the role stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tick_of_all_covers_everything_that_waits_and_not_what_is_shown() {
    let fixture = Fixture::new().await;
    let edits = (0..230).map(|at| invite(&format!("person{at}@atelier.fr"))).collect();
    let request = EditsRequest { account_id: fixture.account, edits };
    assert_eq!(fixture.test.hub.propose_changes(request).await.unwrap().problems, []);
    let shown = ChangeQueryRequest { account_id: Some(fixture.account), remote_id: None, most: Some(200) };
    let queue = fixture.test.hub.query_changes(shown).await.unwrap().queues.remove(0);
    assert_eq!((queue.plan.lines, queue.plan.beyond, queue.counts.pending), (230, 30, 230));
    let mut request = TickChangesRequest {
        account_id: fixture.account,
        changes: None,
        done_on: fixture.some_time(),
        former_owner_role: None,
        confirmations: Vec::new(),
    };
    let asked = fixture.test.hub.tick_changes(request.clone()).await.unwrap();
    request.confirmations = crate::agreed(&asked.unconfirmed);
    let started = fixture.test.hub.tick_changes(request).await.unwrap();
    let run = fixture.settled(started.run_id.expect("a run")).await;
    assert_eq!(fixture.receipt(run).await.applied, 230);
    assert_eq!((fixture.view().await.waiting, fixture.invitations().await.len()), (0, 230));
}
