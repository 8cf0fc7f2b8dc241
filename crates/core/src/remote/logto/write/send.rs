//! One request that writes, and what its answer means.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::super::super::http::{Answer, Undecoded, Write};
use super::super::super::{CarriedOut, Refusal, RemoteError, WriteError};
use super::super::session::Session;
use super::super::wire::{self, ErrorAnswer};
use super::calls::{Brings, Call};
use crate::model::{EditKind, RemoteId, Secret};

/// What the service says when somebody was sent too many e-mails.
const TOO_MANY_MAILS: &str = "request.message_rate_limited";

/// The one answer whose value is kept: that to the creation of a token.
#[derive(Deserialize)]
struct NewToken {
    value: Secret,
}

/// Sends `call`, again after an unknown outcome only where the edit allows. Where this release does not know the path, and
/// that is the answer to the only request there was, the form of older releases is sent.
///
/// # Errors
/// See [`WriteError`].
pub async fn send(session: &Session, call: &Call, kind: EditKind) -> Result<CarriedOut, WriteError> {
    match (send_once(session, call, kind).await, call.older.as_deref()) {
        (
            Err(WriteError::Refused(RemoteError::Refused { refusal: Refusal::NotSupported, .. })),
            Some(older),
        ) => send_once(session, older, kind).await,
        (sent, _) => sent,
    }
}

async fn send_once(session: &Session, call: &Call, kind: EditKind) -> Result<CarriedOut, WriteError> {
    let write = Write {
        method: call.method.clone(),
        url: session.url(call.path.iter().map(String::as_str), &[]),
        template: call.template,
        body: call.body.as_ref(),
        if_match: None,
        repeat: kind.is_idempotent(),
        is_final: Some(is_of_mails),
    };
    session.write(write, |answer| read(session, call, kind, answer)).await
}

fn read(session: &Session, call: &Call, kind: EditKind, answer: &Answer) -> Result<CarriedOut, Undecoded> {
    if answer.is_success() && !answer.is_web_page() {
        return done(session, call, answer);
    }
    let code = ErrorAnswer::read(answer).code;
    if call.gone_is_done
        && (wire::is_unknown_record(answer) || code.as_deref() == Some("organization.require_membership"))
    {
        return Ok(CarriedOut::default());
    }
    Err(Undecoded::Final(refusal(answer, call.template, kind, session)))
}

fn done(session: &Session, call: &Call, answer: &Answer) -> Result<CarriedOut, Undecoded> {
    let words = &session.http.words;
    let mut done = CarriedOut::default();
    match call.brings {
        Brings::Id => {
            let created = wire::object(answer, call.template, words)?;
            let id = created.get("id").and_then(super::super::convert::text_of);
            let id = id.ok_or_else(|| wire::unexpected(call.template, "the answer has no id"))?;
            done.created = Some(RemoteId::new(id));
        }
        Brings::Token => {
            let token: NewToken = wire::typed(answer, "token", call.template, words)?;
            // Into the list of what is taken out of quotations.
            words.add_passing(token.value.expose());
            done.secret = Some(token.value);
        }
        // Some answers are the word `Created`. What is JSON must have come whole: renaming a token answers with its
        // value, which ends here.
        Brings::Nothing if answer.status != 204 && answer.content_type.contains("json") => {
            wire::typed::<IgnoredAny>(answer, "object", call.template, words)?;
        }
        Brings::Nothing => {}
    }
    Ok(done)
}

/// What a refusal means.
fn refusal(answer: &Answer, template: &'static str, kind: EditKind, session: &Session) -> RemoteError {
    let words = &session.http.words;
    let said = ErrorAnswer::read(answer);
    let path = said.issue_path();
    let token_name = if kind == EditKind::RenameToken { "newName" } else { "name" };
    let (refusal, field) = match said.code.as_deref() {
        Some("user.username_already_in_use") => (Refusal::UserNameTaken, Some("username")),
        Some("user.email_already_in_use") => (Refusal::EmailTaken, Some("primaryEmail")),
        Some("user.phone_already_in_use") => (Refusal::PhoneTaken, Some("primaryPhone")),
        Some("user.invalid_phone") => (Refusal::InvalidPhone, Some("primaryPhone")),
        Some("user.personal_access_token_name_exists") => (Refusal::NameTaken, Some(token_name)),
        Some("role.name_in_use") => (Refusal::NameTaken, Some("name")),
        Some("entity.unique_integrity_violation") if is_of_role(kind) => (Refusal::NameTaken, Some("name")),
        Some("entity.unique_integrity_violation") if kind == EditKind::InviteUser => {
            (Refusal::InvitedAlready, None)
        }
        // The code of both: an end that is past, and an address that belongs to a member.
        Some("request.invalid_input") if kind == EditKind::InviteUser => match answer.status {
            422 => (Refusal::MemberAlready, None),
            _ => (Refusal::InThePast, Some("expiresAt")),
        },
        Some("request.invalid_input") if kind == EditKind::RevokeInvitation => {
            (Refusal::InvitationOver, None)
        }
        Some("connector.not_found") => (Refusal::NoMailConnector, None),
        Some("connector.general") => (Refusal::MailFailed, None),
        Some(TOO_MANY_MAILS) => (Refusal::TooManyMails, None),
        Some("request.invalid_input") if kind == EditKind::CreateToken => {
            (Refusal::InThePast, Some("expiresAt"))
        }
        Some("guard.invalid_input") => match path.as_deref() {
            Some("primaryEmail" | "invitee") => (Refusal::InvalidEmail, path.as_deref()),
            Some("primaryPhone") => (Refusal::InvalidPhone, path.as_deref()),
            Some("username") => (Refusal::InvalidUserName, path.as_deref()),
            path => (Refusal::InvalidValue, path),
        },
        Some("entity.value_too_long") => (Refusal::TooLong, None),
        Some("entity.invalid_input") => (Refusal::NothingToChange, None),
        Some(
            "user.invalid_role_type" | "application.invalid_role_type" | "entity.db_constraint_violated",
        ) => (Refusal::WrongRoleKind, None),
        Some("organization.require_membership") => (Refusal::NotAMember, None),
        Some("sign_in_experiences.password_expiration_not_enabled") => (Refusal::PasswordExpirationOff, None),
        Some(
            "entity.not_found"
            | "entity.not_exists"
            | "entity.not_exists_with_id"
            | "entity.relation_foreign_key_not_found",
        ) => (Refusal::UnknownRecord, None),
        None if wire::is_unknown_route(answer) || (answer.status == 405 && !answer.is_web_page()) => {
            (Refusal::NotSupported, None)
        }
        _ => return wire::refusal(answer, template, words),
    };
    RemoteError::Refused {
        template: template.to_owned(),
        refusal,
        field: field.map(str::to_owned),
        detail: words.find(answer),
    }
}

/// The limit on e-mails to one person lasts minutes: to ask again only wears everybody's patience out.
fn is_of_mails(answer: &Answer) -> bool {
    answer.status == 429 && ErrorAnswer::read(answer).code.as_deref() == Some(TOO_MANY_MAILS)
}

const fn is_of_role(kind: EditKind) -> bool {
    matches!(kind, EditKind::CreateRole | EditKind::UpdateRole)
}
