//! Invitations through the queue: looked at before, sent once, bulk over their list, and what became of those without an
//! answer.

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, CallOutcome, ChangeState, Edit, EditKind, InvitationMessage, RemoteId, Timestamp,
};
use rollcall_sandbox::{Fault, FaultRule, LogtoQuirks, MailConnector, Moment};
use serde_json::json;

use super::Fixture;
use super::queue::organization;

/// The year 2096.
const LATER: i64 = 4_000_000_000_000;
const LINK: &str = "https://app.example.com/join?mail={email}";
const TEMPLATE: &str = "/api/organization-invitations";

fn message() -> Option<InvitationMessage> {
    Some(InvitationMessage { link: LINK.to_owned() })
}

fn invite(group: &RemoteId, invitee: &str, message: Option<InvitationMessage>) -> Edit {
    Edit::InviteUser {
        group: group.clone(),
        invitee: invitee.to_owned(),
        roles: Vec::new(),
        expires_at: Some(Timestamp::from_millis(LATER)),
        message,
    }
}

fn list() -> InvitationQueryRequest {
    InvitationQueryRequest {
        account_id: None,
        text: String::new(),
        state: None,
        sort: InvitationColumn::Invitee,
        descending: false,
        offset: 0,
        limit: 500,
    }
}

impl Fixture {
    async fn mailing() -> (Self, RemoteId) {
        let fixture = Self::new(30).await;
        let quirks = LogtoQuirks { mail: MailConnector::Works, ..LogtoQuirks::default() };
        fixture.service.tenant.set_logto_quirks(quirks);
        let group = organization(&fixture).await;
        (fixture, group)
    }

    async fn invitation(&self, invitee: &str) -> InvitationRow {
        let rows = self.test.hub.query_invitations(list()).await.unwrap().rows;
        rows.into_iter().find(|row| row.invitee == invitee).expect("the invitation")
    }

    async fn invitees(&self, group: &RemoteId, text: &str) -> InviteesView {
        let request = InviteesRequest {
            account_id: self.account,
            group_id: group.as_str().to_owned(),
            text: text.to_owned(),
            state: None,
            offset: 0,
            limit: 100,
        };
        self.test.hub.check_invitees(request).await.unwrap()
    }

    /// Somebody with an address, in the organisation or not.
    async fn addressed(&self, group: &RemoteId, is_member: bool) -> UserRow {
        let members = self.service.members().await;
        let rows = self.test.users(self.account, "", 0, 500).await.rows;
        let is_in = |row: &UserRow| {
            members.contains_key(&(group.as_str().to_owned(), row.remote_id.clone())) == is_member
        };
        rows.into_iter().find(|row| row.email.is_some() && is_in(row)).expect("somebody")
    }

    async fn bulk(&self, action: BulkAction, rows: &[&InvitationRow]) -> BulkPlanView {
        let keys = rows
            .iter()
            .map(|row| RowKey { account_id: row.account_id, remote_id: row.remote_id.clone() })
            .collect();
        let request = PreviewBulkRequest {
            list: ListRequest::Invitations(list()),
            selection: Selection { all: false, rows: keys },
            account_id: None,
            action,
            offset: 0,
            most: 100,
        };
        self.test.hub.preview_bulk(request).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invited_people_are_in_the_list_at_once_and_undo_takes_their_invitations_back() {
    let (fixture, group) = Fixture::mailing().await;
    let edits = vec![invite(&group, "ada@new.example", message()), invite(&group, "bo@new.example", None)];
    let receipt = fixture.apply_now(edits).await;
    assert!(receipt.lines.iter().all(|line| line.state == ChangeState::Applied), "{receipt:?}");
    assert_eq!(receipt.lines[0].subject.name, "ada@new.example");
    let row = fixture.invitation("ada@new.example").await;
    assert_eq!((row.state, row.expires_at), (InvitationState::Pending, Some(LATER)));
    let mails = fixture.service.tenant.logto_mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].payload, json!({ "link": "https://app.example.com/join?mail=ada%40new.example" }));
    let undo = fixture.test.hub.undo_run(RunRequest { run_id: receipt.run.id }).await.unwrap();
    assert_eq!(undo.edits.len(), 2);
    fixture.apply_now(undo.edits).await;
    assert_eq!(fixture.invitation("ada@new.example").await.state, InvitationState::Revoked);
    let synced = fixture.test.sync_well(fixture.account).await;
    assert_eq!((synced.counts.invitations.added, synced.counts.invitations.changed), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_of_an_address_is_said_before_anything_is_sent() {
    let (fixture, group) = Fixture::mailing().await;
    let (member, other) = (fixture.addressed(&group, true).await, fixture.addressed(&group, false).await);
    fixture.apply_now(vec![invite(&group, "ada@new.example", None)]).await;
    let (member_mail, other_mail) = (member.email.clone().unwrap(), other.email.clone().unwrap());
    let edits = vec![
        invite(&group, &member_mail.to_uppercase(), None),
        invite(&group, "ada@new.example", None),
        invite(&group, &other_mail, None),
        invite(&group, "bo@new.example", None),
    ];
    let request = PreviewEditsRequest { account_id: fixture.account, edits, most: None };
    let plan = fixture.test.hub.preview_edits(request).await.unwrap();
    let said: Vec<Vec<Guard>> = plan
        .subjects
        .iter()
        .flat_map(|subject| &subject.lines)
        .map(|line| line.guards.iter().map(|guard| guard.guard.clone()).collect())
        .collect();
    let expected = [
        vec![Guard::MemberAlready { name: member.display_name }],
        vec![Guard::InvitedAlready],
        vec![Guard::UserAlready { name: other.display_name }],
        vec![],
    ];
    assert_eq!(said, expected);
    // A plan that takes the first one back says nothing of it.
    let invitation = RemoteId::new(fixture.invitation("ada@new.example").await.remote_id);
    let edits = vec![Edit::RevokeInvitation { invitation }, invite(&group, "ada@new.example", None)];
    let request = PreviewEditsRequest { account_id: fixture.account, edits, most: None };
    let plan = fixture.test.hub.preview_edits(request).await.unwrap();
    let guards = plan.subjects.iter().flat_map(|subject| &subject.lines).flat_map(|line| &line.guards);
    assert!(guards.into_iter().all(|guard| guard.guard != Guard::InvitedAlready), "{plan:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pasted_addresses_are_told_apart_and_the_same_account_elsewhere_is_named() {
    let (fixture, group) = Fixture::mailing().await;
    let (member, other) = (fixture.addressed(&group, true).await, fixture.addressed(&group, false).await);
    fixture.apply_now(vec![invite(&group, "ada@new.example", None)]).await;
    fixture.propose(vec![invite(&group, "cy@new.example", None)]).await;
    // The same service once more, as another account.
    let second = fixture.service.connect_as(&fixture.test, "Acme once more").await;
    fixture.test.sync_well(second).await;
    let text = format!(
        "\"Lovelace, Ada\" <ada@new.example>; bo@new.example, Bo@New.example {} {}\nnobody cy@new.example dee@nowhere",
        member.email.clone().unwrap(),
        other.email.clone().unwrap(),
    );
    let view = fixture.invitees(&group, &text).await;
    use InviteeState::*;
    let states: Vec<_> = view.rows.iter().map(|row| row.state).collect();
    // "nobody" stands before an address: it is taken for a name.
    assert_eq!(states, [Invited, Ready, Duplicate, Member, Ready, Waiting, Malformed], "{view:?}");
    assert_eq!(view.ready, ["bo@new.example".to_owned(), other.email.unwrap()]);
    assert_eq!((view.counts.all, view.counts.ready, view.counts.malformed), (7, 2, 1));
    assert_eq!(view.rows[3].user.as_ref().map(|user| user.name.as_str()), Some(member.display_name.as_str()));
    assert!(view.rows[4].user.is_some() && view.rows[4].elsewhere.is_some(), "{:?}", view.rows[4]);
    assert_eq!((view.rows[1].user.as_ref(), view.rows[1].elsewhere.as_ref()), (None, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_said_before() {
    let (fixture, group) = Fixture::mailing().await;
    let with = |change: fn(&mut Edit)| {
        let mut edit = invite(&group, "ada@new.example", None);
        change(&mut edit);
        edit
    };
    for (edit, path) in [
        (invite(&group, "nobody", None), "invitee"),
        (invite(&group, " ", None), "invitee"),
        (with(|edit| set_end(edit, Some(1))), "expiresAt"),
        (with(|edit| set_end(edit, None)), "expiresAt"),
        (invite(&group, "a@b.example", Some(InvitationMessage { link: "nowhere".to_owned() })), "link"),
        (invite(&group, "a@b.example", Some(InvitationMessage { link: "javascript:x".to_owned() })), "link"),
    ] {
        let proposed = fixture.propose_with_problems(edit.clone()).await;
        assert_eq!(proposed, [path], "{edit:?}");
    }
    let mut settings = SettingsView::default();
    settings.invitation_links.insert(fixture.account, "not a link".to_owned());
    assert!(fixture.test.hub.update_settings(UpdateSettingsRequest { settings }).await.is_err());
    let mut settings = SettingsView::default();
    settings.invitation_links.insert(fixture.account, "https://a.example/{invitation}?m={email}".to_owned());
    fixture.test.hub.update_settings(UpdateSettingsRequest { settings }).await.unwrap();
}

fn set_end(edit: &mut Edit, end: Option<i64>) {
    if let Edit::InviteUser { expires_at, .. } = edit {
        *expires_at = end.map(Timestamp::from_millis);
    }
}

impl Fixture {
    async fn propose_with_problems(&self, edit: Edit) -> Vec<String> {
        let request = EditsRequest { account_id: self.account, edits: vec![edit] };
        let problems = self.test.hub.propose_changes(request).await.unwrap().problems;
        problems.into_iter().flat_map(|edit| edit.problems).map(|problem| problem.path).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_whose_answer_was_lost_is_found_and_never_made_twice() {
    let (fixture, group) = Fixture::mailing().await;
    let lost = Fault::Drop { moment: Moment::BeforeHeaders };
    fixture.service.tenant.add_fault(FaultRule::always(lost).method("POST").path(TEMPLATE));
    let receipt = fixture.apply_now(vec![invite(&group, "ada@new.example", message())]).await;
    assert_eq!(receipt.lines[0].blocked, Some(BlockReason::OutcomeUnknown { denied: false }), "{receipt:?}");
    fixture.service.tenant.clear_faults();
    fixture.test.sync_well(fixture.account).await;
    let line = fixture.receipt(receipt.run.id).await.lines[0].clone();
    assert_eq!((line.state, line.calls[0].outcome), (ChangeState::Applied, CallOutcome::Found));
    assert_eq!(fixture.writes("POST", TEMPLATE), 1);
    assert_eq!(fixture.service.tenant.logto_mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_answer_was_lost_is_sent_again_only_when_a_person_says_so() {
    let (fixture, group) = Fixture::mailing().await;
    fixture.apply_now(vec![invite(&group, "ada@new.example", None)]).await;
    let invitation = RemoteId::new(fixture.invitation("ada@new.example").await.remote_id);
    let lost = Fault::Drop { moment: Moment::BeforeHeaders };
    let path = format!("{TEMPLATE}/{{id}}/message");
    fixture.service.tenant.add_fault(FaultRule::always(lost).method("POST").path(path));
    let resend = Edit::ResendInvitation { invitation, expires_at: None, message: message() };
    let receipt = fixture.apply_now(vec![resend]).await;
    let unknown = Some(BlockReason::OutcomeUnknown { denied: false });
    assert_eq!(receipt.lines[0].blocked, unknown, "{receipt:?}");
    fixture.service.tenant.clear_faults();
    fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.service.tenant.logto_mails().len(), 1, "nothing is sent by itself");
    assert_eq!(fixture.lines().await[0].blocked, unknown);
    let change_id = fixture.lines().await[0].change_id.unwrap();
    let again = ResolveChangeRequest { change_id, choice: ChangeChoice::TryAgain };
    fixture.test.hub.resolve_change(again).await.unwrap();
    fixture.apply().await;
    assert_eq!(fixture.service.tenant.logto_mails().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_meanwhile_is_neither_sent_again_nor_revoked() {
    let (fixture, group) = Fixture::mailing().await;
    let user = fixture.addressed(&group, false).await;
    let mail = user.email.clone().unwrap();
    fixture.apply_now(vec![invite(&group, &mail, None)]).await;
    let row = fixture.invitation(&mail).await;
    let accepted = json!({ "status": "Accepted", "acceptedUserId": user.remote_id });
    fixture.service.ask("PUT", &format!("{TEMPLATE}/{}/status", row.remote_id), accepted).await;
    let invitation = RemoteId::new(row.remote_id);
    for edit in [
        Edit::ResendInvitation { invitation: invitation.clone(), expires_at: None, message: message() },
        Edit::RevokeInvitation { invitation },
    ] {
        let receipt = fixture.apply_now(vec![edit]).await;
        let Some(BlockReason::Refused { reason, words, .. }) = &receipt.lines[0].blocked else {
            panic!("{receipt:?}")
        };
        assert_eq!((reason.as_deref(), words.as_str()), (Some("invitationOver"), "Accepted"));
    }
    assert_eq!(fixture.service.tenant.logto_mails().len(), 0);
    // The member that it became.
    fixture.test.sync_well(fixture.account).await;
    let row = fixture.invitation(&mail).await;
    assert_eq!((row.state, row.accepted_user_id), (InvitationState::Accepted, Some(user.remote_id)));
}

#[tokio::test(flavor = "multi_thread")]
async fn selected_invitations_are_sent_again_revoked_or_made_anew_as_one_plan() {
    let (fixture, group) = Fixture::mailing().await;
    let soon = Timestamp::from_millis(rollcall_core::clock::now().as_millis() + 1_500);
    let mut expiring = invite(&group, "bo@new.example", None);
    if let Edit::InviteUser { expires_at, roles, .. } = &mut expiring {
        *expires_at = Some(soon);
        let known = fixture.service.all("/api/organization-roles").await;
        *roles = known.keys().take(1).map(RemoteId::new).collect();
    }
    let edits =
        vec![invite(&group, "ada@new.example", None), expiring, invite(&group, "cy@new.example", None)];
    fixture.apply_now(edits).await;
    let invitation = RemoteId::new(fixture.invitation("cy@new.example").await.remote_id);
    fixture.apply_now(vec![Edit::RevokeInvitation { invitation }]).await;
    while rollcall_core::clock::now() <= soon {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let [ada, bo, cy] = ["ada@new.example", "bo@new.example", "cy@new.example"];
    let (ada, bo, cy) =
        (fixture.invitation(ada).await, fixture.invitation(bo).await, fixture.invitation(cy).await);
    assert_eq!((bo.state, cy.state), (InvitationState::Expired, InvitationState::Revoked));
    let kinds = |plan: &BulkPlanView| {
        let lines = plan.accounts.iter().flat_map(|of| &of.plan.subjects).flat_map(|it| &it.lines);
        lines.map(|line| line.kind).collect::<Vec<_>>()
    };
    let all = [&ada, &bo, &cy];
    let resend = BulkAction::ResendInvitations { expires_at: None, message: message() };
    let plan = fixture.bulk(resend, &all).await;
    assert_eq!(kinds(&plan), [EditKind::ResendInvitation]);
    assert_eq!(
        (plan.accounts[0].left_out[0].reason, plan.accounts[0].left_out[0].count),
        (LeftOut::InvitationOver, 2)
    );
    let again = BulkAction::InviteAgain { expires_at: Some(Timestamp::from_millis(LATER)), message: None };
    let plan = fixture.bulk(again.clone(), &all).await;
    let expected =
        [EditKind::RevokeInvitation, EditKind::InviteUser, EditKind::InviteUser, EditKind::InviteUser];
    assert_eq!(kinds(&plan), expected);
    let request = ProposeBulkRequest {
        list: ListRequest::Invitations(list()),
        selection: Selection {
            all: false,
            rows: all
                .iter()
                .map(|row| RowKey { account_id: row.account_id, remote_id: row.remote_id.clone() })
                .collect(),
        },
        account_id: None,
        action: again.clone(),
        seen: plan.seen,
    };
    fixture.test.hub.propose_bulk(request).await.unwrap().kept.expect("kept");
    let marked = fixture.invitation("ada@new.example").await.pending.expect("a mark");
    assert_eq!(marked.kinds, [EditKind::RevokeInvitation]);
    let receipt = fixture.apply().await;
    assert!(receipt.lines.iter().all(|line| line.state == ChangeState::Applied), "{receipt:?}");
    let rows = fixture.test.hub.query_invitations(list()).await.unwrap().rows;
    let pending: Vec<_> = rows.iter().filter(|row| row.state == InvitationState::Pending).collect();
    let new: Vec<_> = pending.iter().filter(|row| row.invitee.ends_with("@new.example")).collect();
    assert_eq!(new.len(), 3, "{rows:?}");
    let of_bo = new.iter().find(|row| row.invitee == bo.invitee).unwrap();
    assert_eq!((&of_bo.roles, of_bo.expires_at), (&bo.roles, Some(LATER)), "its roles come along");
    // Whoever has one that can be accepted is not invited once more.
    let plan = fixture.bulk(again, &[&bo]).await;
    assert_eq!(plan.accounts[0].left_out[0].reason, LeftOut::InvitedAlready);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_other_lists_are_no_invitations() {
    let (fixture, group) = Fixture::mailing().await;
    let users = ListRequest::Members(GroupRequest {
        account_id: fixture.account,
        remote_id: group.as_str().to_owned(),
        offset: 0,
        limit: 0,
    });
    let request = PreviewBulkRequest {
        list: users,
        selection: Selection { all: true, rows: Vec::new() },
        account_id: None,
        action: BulkAction::RevokeInvitations,
        offset: 0,
        most: 10,
    };
    assert!(fixture.test.hub.preview_bulk(request).await.is_err());
}
