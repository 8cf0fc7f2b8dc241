//! What is said and asked beforehand, and what the roles of the organisation forbid.

use rollcall_core::api::*;
use rollcall_core::model::{Edit, FieldReason, RemoteId};

use crate::{Fixture, accept, give, invite, remove};

impl Fixture {
    /// The plan of some edits.
    async fn plan(&self, edits: Vec<Edit>) -> PlanView {
        let request = PreviewEditsRequest { account_id: self.account, edits, most: None };
        self.test.hub.preview_edits(request).await.unwrap()
    }

    /// Has the person at this computer be this member.
    async fn be(&self, member: &RemoteId) {
        let me = Some(member.as_str().to_owned());
        let request = UpdateRosterRequest { account_id: self.account, terms: None, me, rights: None };
        self.test.hub.update_roster(request).await.unwrap();
    }

    async fn refused(&self, edit: Edit) -> Option<FieldReason> {
        self.propose(edit).await.problems.first().map(|of_edit| of_edit.problems[0].reason)
    }
}

fn guards(plan: &PlanView) -> Vec<Guard> {
    let lines = plan.subjects.iter().flat_map(|subject| &subject.lines).flat_map(|line| &line.guards);
    plan.guards.iter().chain(lines).map(|guard| guard.guard.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_the_only_member_says_what_is_lost_and_that_it_saves_50_euros_a_month() {
    let fixture = Fixture::new().await;
    let zoe = fixture.joined("Zoé Blanc", "zoe@atelier.fr").await;
    let keep =
        Edit::KeepToken { owner: zoe.clone(), name: "maps".to_owned(), expires_at: None, used_where: None };
    fixture.tick_now(keep, fixture.some_time()).await;
    let plan = fixture.plan(vec![remove(&zoe)]).await;
    let found = guards(&plan);
    let saving = Guard::CostChange { before: 41_000, after: 36_000, currency: "EUR".to_owned() };
    assert!(found.contains(&saving), "{found:?}");
    assert!(found.contains(&Guard::DataLost { name: "Zoé Blanc".to_owned() }));
    assert!(found.contains(&Guard::TypedConfirmation { text: "Zoé Blanc".to_owned() }));
    assert!(found.contains(&Guard::Irreversible));
    let losses: Vec<_> = plan.subjects[0].lines[0].losses.iter().map(|loss| loss.kind).collect();
    assert!(losses.contains(&LossKind::Record) && losses.contains(&LossKind::Tokens), "{losses:?}");
    let request = RosterMemberRequest { account_id: fixture.account, remote_id: zoe.as_str().to_owned() };
    let member = fixture.test.hub.get_roster_member(request).await.unwrap();
    assert_eq!((member.cost_without.unwrap().per_month, member.data_lost), (Some(36_000), true));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_may_invite_revoke_and_remove_and_sees_no_change_of_roles() {
    let fixture = Fixture::new().await;
    let zoe = fixture.joined("Zoé Blanc", "zoe@atelier.fr").await;
    let bob = fixture.joined("Bob Noir", "bob@atelier.fr").await;
    fixture.tick_now(give("administrator", &zoe), fixture.some_time()).await;
    fixture.be(&zoe).await;
    let view = fixture.view().await;
    let may: Vec<_> = view.actions.iter().filter(|it| it.refused.is_none()).map(|it| it.action).collect();
    use RosterAction::{Accept, Invite, Remove, Resend, Revoke, SeeMembers};
    assert_eq!(may, [SeeMembers, Invite, Resend, Revoke, Accept, Remove]);
    let request = RosterMemberRequest { account_id: fixture.account, remote_id: bob.as_str().to_owned() };
    let member = fixture.test.hub.get_roster_member(request).await.unwrap();
    assert_eq!(member.assignable, [], "no role is offered");
    let own = RosterRefusal::OwnRole { role: "Administrator".to_owned() };
    let of = |action| member.actions.iter().find(|view| view.action == action).unwrap().refused.clone();
    assert_eq!((of(RosterAction::ChangeRole), of(RosterAction::Remove)), (Some(own), None));
    assert_eq!(fixture.refused(give("administrator", &bob)).await, Some(FieldReason::NotAllowed));
    fixture.wait_for(invite("new@atelier.fr")).await;
    fixture.wait_for(remove(&bob)).await;
    // A member may nothing of it.
    fixture.be(&bob).await;
    assert_eq!(fixture.refused(invite("other@atelier.fr")).await, Some(FieldReason::NotAllowed));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owners_row_has_no_actions() {
    let fixture = Fixture::new().await;
    let owner = fixture.member("olivia@atelier.fr").await;
    let request = RosterMemberRequest { account_id: fixture.account, remote_id: owner.as_str().to_owned() };
    let member = fixture.test.hub.get_roster_member(request).await.unwrap();
    assert!(member.actions.iter().all(|view| view.refused == Some(RosterRefusal::Owner)));
    assert_eq!(member.assignable, []);
    assert_eq!(fixture.refused(remove(&owner)).await, Some(FieldReason::NotAllowed));
    assert_eq!(fixture.refused(give("member", &owner)).await, Some(FieldReason::NotAllowed));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_and_a_new_owner_are_said_before() {
    let fixture = Fixture::new().await;
    let zoe = fixture.joined("Zoé Blanc", "zoe@atelier.fr").await;
    fixture.tick_now(give("administrator", &zoe), fixture.some_time()).await;
    let last = Guard::LastHolder { role: "Administrator".to_owned(), group: Some("Atelier Nord".to_owned()) };
    for edit in [remove(&zoe), give("member", &zoe)] {
        let found = guards(&fixture.plan(vec![edit]).await);
        assert!(found.contains(&last), "{found:?}");
    }
    let found = guards(&fixture.plan(vec![give("owner", &zoe)]).await);
    assert!(found.contains(&Guard::OwnershipTransfer { from: Some(crate::OWNER.to_owned()) }), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_has_expired_is_said_and_can_still_be_noted_as_accepted() {
    let fixture = Fixture::new().await;
    fixture.tick_now(invite("zoe@atelier.fr"), fixture.some_time()).await;
    let invitation = fixture.invitations().await[0].clone();
    let found = guards(&fixture.plan(vec![accept(&invitation.remote_id, "Zoé")]).await);
    let expired = Guard::InvitationExpired { since: invitation.expires_at.unwrap() };
    assert!(found.contains(&expired), "{found:?}");
    // An address whose invitation is over can be invited anew; the old one stays visible.
    fixture.tick_now(invite("ZOE@atelier.fr"), rollcall_core::clock::now().as_millis()).await;
    let states: Vec<_> = fixture.invitations().await.into_iter().map(|row| row.state).collect();
    assert_eq!(states.len(), 2);
    assert!(states.contains(&InvitationState::Expired) && states.contains(&InvitationState::Pending));
    // And not once more, in any case of its letters.
    let change = fixture.wait_for(invite("Zoe@Atelier.fr")).await;
    let run = fixture.tick(vec![change], rollcall_core::clock::now().as_millis()).await;
    assert_eq!(fixture.receipt(run).await.blocked, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_there_and_who_is_too_many_is_said_when_inviting() {
    let fixture = Fixture::new().await;
    let terms = rollcall_core::model::RosterTerms { member_limit: Some(2), ..crate::enterprise() };
    let request =
        UpdateRosterRequest { account_id: fixture.account, terms: Some(terms), me: None, rights: None };
    fixture.test.hub.update_roster(request).await.unwrap();
    let now = rollcall_core::clock::now().as_millis();
    let limit = Guard::MembersLimit { limit: 2 };
    assert!(!guards(&fixture.plan(vec![invite("zoe@atelier.fr")]).await).contains(&limit));
    fixture.tick_now(invite("zoe@atelier.fr"), now).await;
    let found = guards(&fixture.plan(vec![invite("bob@atelier.fr")]).await);
    assert!(found.contains(&limit), "{found:?}");
    let found = guards(&fixture.plan(vec![invite("Zoe@atelier.fr")]).await);
    assert!(found.contains(&Guard::InvitedAlready), "{found:?}");
    let found = guards(&fixture.plan(vec![invite("OLIVIA@atelier.fr")]).await);
    assert!(found.contains(&Guard::MemberAlready { name: crate::OWNER.to_owned() }), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_names_another_organisation_or_role_is_refused() {
    let fixture = Fixture::new().await;
    let zoe = fixture.joined("Zoé Blanc", "zoe@atelier.fr").await;
    assert_eq!(fixture.refused(give("king", &zoe)).await, Some(FieldReason::Unknown));
    let elsewhere = Edit::InviteUser {
        group: RemoteId::new("other"),
        invitee: "x@y.fr".to_owned(),
        roles: Vec::new(),
        expires_at: None,
        message: None,
    };
    assert_eq!(fixture.refused(elsewhere).await, Some(FieldReason::Unknown));
    assert_eq!(fixture.refused(invite("nobody")).await, Some(FieldReason::InvalidEmail));
    let suspend = Edit::SetUserActive { user: zoe, active: false };
    assert_eq!(fixture.refused(suspend).await, Some(FieldReason::NotSupported));
}
