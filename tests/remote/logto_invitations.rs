//! Invitations at Logto: their whole life, every refusal in words of ours, and no e-mail that nobody asked for.

use rollcall_core::model::{Edit, InvitationMessage, Record, RemoteId, Timestamp};
use rollcall_core::remote::{CarriedOut, Current, Refusal, RemoteError, WriteError};
use rollcall_sandbox::{Fault, FaultRule, LogtoQuirks, MailConnector, Moment};
use serde_json::{Value, json};

use super::logto_world::{LATER, Stage, World, invite};

const LINK: &str = "https://app.example.com/join?mail={email}&org={organization}";
const LINK_WITH_ID: &str = "https://app.example.com/join/{invitation}";

async fn world(mail: MailConnector) -> (World, Stage) {
    let world = World::start_with(LogtoQuirks { mail, ..LogtoQuirks::default() }).await;
    let stage = world.stage("1").await;
    (world, stage)
}

async fn carried_out(world: &World, edit: &Edit) -> Result<CarriedOut, WriteError> {
    let current = world.writer.current(edit).await.expect("a look");
    world.writer.carry_out(edit, &current).await
}

fn refusal(outcome: Result<CarriedOut, WriteError>) -> (Refusal, Option<String>) {
    match outcome {
        Err(WriteError::Refused(RemoteError::Refused { refusal, field, .. })) => (refusal, field),
        other => panic!("{other:?}"),
    }
}

async fn invitations(world: &World, stage: &Stage) -> Vec<Value> {
    let path = format!("/api/organization-invitations?organizationId={}", stage.organization);
    world.service.ask("GET", &path, Value::Null).await.as_array().expect("a list").clone()
}

fn mails(world: &World) -> Vec<(String, Value)> {
    world.service.tenant.logto_mails().into_iter().map(|mail| (mail.to, mail.payload)).collect()
}

fn resend(invitation: &RemoteId, link: &str) -> Edit {
    let message = Some(InvitationMessage { link: link.to_owned() });
    Edit::ResendInvitation { invitation: invitation.clone(), expires_at: None, message }
}

#[tokio::test]
async fn one_is_made_with_its_roles_and_end_and_what_it_became_is_read_back() {
    let (world, stage) = world(MailConnector::Works).await;
    let edit = invite(&stage, Some(LINK));
    assert_eq!(world.writer.current(&edit).await.unwrap(), Current::Absent);
    let done = carried_out(&world, &edit).await.unwrap();
    let back = world.writer.read_back(&edit, &done).await.unwrap();
    let [Record::Invitation(made)] = back.records.as_slice() else { panic!("{back:?}") };
    assert_eq!(Some(&made.remote_id), done.created.as_ref());
    assert_eq!((made.invitee.as_str(), made.status.as_str()), ("new1@example.com", "Pending"));
    assert_eq!(
        (made.group.as_ref(), made.roles.as_slice()),
        (Some(&stage.organization), &["own1".to_owned()][..])
    );
    assert_eq!(made.expires_at, Some(Timestamp::from_millis(LATER)));
    let link = format!("https://app.example.com/join?mail=new1%40example.com&org={}", stage.organization);
    assert_eq!(mails(&world), [("new1@example.com".to_owned(), json!({ "link": link }))]);
    // It is in the way of another one, in any case of its letters.
    let Edit::InviteUser { group, roles, expires_at, message, .. } = edit else { panic!() };
    let again =
        Edit::InviteUser { group, invitee: "new1@example.com".to_owned(), roles, expires_at, message };
    assert!(matches!(world.writer.current(&again).await.unwrap(), Current::Record { .. }));
    let twice = world.writer.carry_out(&again, &Current::Absent).await;
    assert_eq!(refusal(twice), (Refusal::InvitedAlready, None));
}

#[tokio::test]
async fn without_a_message_nobody_gets_an_e_mail() {
    let (world, stage) = world(MailConnector::Missing).await;
    carried_out(&world, &invite(&stage, None)).await.unwrap();
    assert_eq!((invitations(&world, &stage).await.len(), mails(&world).len()), (2, 0));
}

#[tokio::test]
async fn a_link_with_the_id_is_sent_once_the_invitation_has_one() {
    let (world, stage) = world(MailConnector::Works).await;
    let done = carried_out(&world, &invite(&stage, Some(LINK_WITH_ID))).await.unwrap();
    let link = format!("https://app.example.com/join/{}", done.created.unwrap());
    assert_eq!(mails(&world), [("new1@example.com".to_owned(), json!({ "link": link }))]);
    carried_out(&world, &resend(&stage.invitation, LINK_WITH_ID)).await.unwrap();
    let link = format!("https://app.example.com/join/{}", stage.invitation);
    assert_eq!(mails(&world).pop(), Some(("guest1@example.com".to_owned(), json!({ "link": link }))));
}

#[tokio::test]
async fn when_the_e_mail_cannot_go_out_nobody_was_invited() {
    for (mail, expected) in
        [(MailConnector::Missing, Refusal::NoMailConnector), (MailConnector::Fails, Refusal::MailFailed)]
    {
        for link in [LINK, LINK_WITH_ID] {
            let (world, stage) = world(mail).await;
            let outcome = carried_out(&world, &invite(&stage, Some(link))).await;
            assert_eq!(refusal(outcome), (expected, None), "{mail:?} {link}");
            assert_eq!(invitations(&world, &stage).await.len(), 1, "{mail:?} {link}");
            let outcome = carried_out(&world, &resend(&stage.invitation, link)).await;
            assert_eq!(refusal(outcome), (expected, None), "{mail:?} {link}");
        }
    }
}

#[tokio::test]
async fn an_invitation_that_cannot_be_taken_back_after_its_e_mail_failed_is_of_unknown_outcome() {
    let (world, stage) = world(MailConnector::Missing).await;
    let gone = Fault::Drop { moment: Moment::BeforeWork };
    world.service.tenant.add_fault(FaultRule::always(gone).method("DELETE"));
    let outcome = carried_out(&world, &invite(&stage, Some(LINK_WITH_ID))).await;
    assert!(matches!(outcome, Err(WriteError::OutcomeUnknown(_))), "{outcome:?}");
    // A look finds it.
    let found = world.writer.current(&invite(&stage, Some(LINK_WITH_ID))).await.unwrap();
    assert!(matches!(found, Current::Record { .. }), "{found:?}");
}

#[tokio::test]
async fn ten_e_mails_in_ten_minutes_are_enough_and_the_next_is_not_tried_again() {
    let (world, stage) = world(MailConnector::Works).await;
    for _ in 0..10 {
        carried_out(&world, &resend(&stage.invitation, LINK)).await.unwrap();
    }
    world.service.tenant.clear_requests();
    let outcome = carried_out(&world, &resend(&stage.invitation, LINK)).await;
    assert_eq!(refusal(outcome), (Refusal::TooManyMails, None));
    let requests = world.service.tenant.requests();
    let sent = requests.iter().filter(|request| request.template.ends_with("/message")).count();
    assert_eq!((sent, mails(&world).len()), (1, 10));
}

#[tokio::test]
async fn a_message_without_an_answer_is_not_sent_twice() {
    let (world, stage) = world(MailConnector::Works).await;
    let silent = Fault::Drop { moment: Moment::BeforeHeaders };
    world.service.tenant.add_fault(
        FaultRule::always(silent).method("POST").path("/api/organization-invitations/{id}/message$"),
    );
    let outcome = carried_out(&world, &resend(&stage.invitation, LINK)).await;
    assert!(matches!(outcome, Err(WriteError::OutcomeUnknown(_))), "{outcome:?}");
    assert_eq!(mails(&world).len(), 1);
    // The same where it is the second half of an invitation.
    let outcome = carried_out(&world, &invite(&stage, Some(LINK_WITH_ID))).await;
    assert!(matches!(outcome, Err(WriteError::OutcomeUnknown(_))), "{outcome:?}");
    assert_eq!((mails(&world).len(), invitations(&world, &stage).await.len()), (2, 2));
}

#[tokio::test]
async fn what_the_service_has_against_an_invitation_is_said_in_our_words() {
    let (world, stage) = world(MailConnector::Works).await;
    let with = |invitee: &str, end: i64| Edit::InviteUser {
        group: stage.organization.clone(),
        invitee: invitee.to_owned(),
        roles: Vec::new(),
        expires_at: Some(Timestamp::from_millis(end)),
        message: None,
    };
    let nowhere = |mut edit: Edit| {
        if let Edit::InviteUser { group, .. } = &mut edit {
            *group = RemoteId::new("nowhere");
        }
        edit
    };
    for (edit, expected) in [
        (with("u1@example.com", LATER), (Refusal::MemberAlready, None)),
        (with("guest1@example.com", LATER), (Refusal::InvitedAlready, None)),
        (with("nobody", LATER), (Refusal::InvalidEmail, Some("invitee"))),
        (with("new@example.com", 1), (Refusal::InThePast, Some("expiresAt"))),
        (nowhere(with("new@example.com", LATER)), (Refusal::UnknownRecord, None)),
    ] {
        let outcome = world.writer.carry_out(&edit, &Current::Absent).await;
        let (refusal, field) = refusal(outcome);
        assert_eq!((refusal, field.as_deref()), expected, "{edit:?}");
    }
    assert_eq!(world.writer.current(&with("U1@EXAMPLE.COM", LATER)).await.unwrap(), Current::Present);
}

#[tokio::test]
async fn revoked_it_can_be_accepted_by_nobody_and_made_anew() {
    let (world, stage) = world(MailConnector::Works).await;
    let revoke = Edit::RevokeInvitation { invitation: stage.invitation.clone() };
    let done = carried_out(&world, &revoke).await.unwrap();
    let back = world.writer.read_back(&revoke, &done).await.unwrap();
    assert!(matches!(&back.records[..], [Record::Invitation(own)] if own.status == "Revoked"), "{back:?}");
    let again = world.writer.carry_out(&revoke, &Current::Absent).await;
    assert_eq!(refusal(again), (Refusal::InvitationOver, None));
    let anew = Edit::InviteUser {
        group: stage.organization.clone(),
        invitee: "guest1@example.com".to_owned(),
        roles: Vec::new(),
        expires_at: Some(Timestamp::from_millis(LATER)),
        message: None,
    };
    assert_eq!(world.writer.current(&anew).await.unwrap(), Current::Absent);
    carried_out(&world, &anew).await.unwrap();
    let delete = Edit::DeleteInvitation { invitation: stage.invitation.clone() };
    carried_out(&world, &delete).await.unwrap();
    let back = world.writer.read_back(&delete, &CarriedOut::default()).await.unwrap();
    assert_eq!(back.gone.len(), 1);
    assert_eq!(world.writer.current(&delete).await.unwrap(), Current::Absent);
    // What is gone is done, also for whoever wanted it revoked.
    world.writer.carry_out(&delete, &Current::Absent).await.unwrap();
    world.writer.carry_out(&revoke, &Current::Absent).await.unwrap();
    assert_eq!(invitations(&world, &stage).await.len(), 1);
}
