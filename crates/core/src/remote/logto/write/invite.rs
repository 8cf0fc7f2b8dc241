//! An invitation whose link has its id: made first, then sent. When the message certainly did not go out, the invitation is
//! taken back, so that a refusal leaves nothing behind, as where both are one request.

use super::super::super::{CarriedOut, RemoteError, WriteError};
use super::super::session::Session;
use super::calls::invitation;
use super::send::send;
use crate::model::{Edit, EditKind, InvitationMessage, RemoteId};

/// The message that is to follow `edit`, once that has been carried out.
pub fn message_after(edit: &Edit) -> Option<&InvitationMessage> {
    let Edit::InviteUser { message: Some(message), .. } = edit else { return None };
    Some(message).filter(|message| invitation::needs_id(message))
}

/// Sends the message of the invitation that was just made for `edit`.
///
/// # Errors
/// That of the message, where nothing was sent and nothing is left of the invitation; else that the outcome is unknown.
pub async fn send_message(
    session: &Session,
    edit: &Edit,
    message: &InvitationMessage,
    done: &CarriedOut,
) -> Result<(), WriteError> {
    let Edit::InviteUser { group, invitee, .. } = edit else { return Ok(()) };
    let Some(id) = &done.created else { return Ok(()) };
    let call = invitation::send(id, Some(message), invitee, group.as_str());
    match send(session, &call, edit.kind()).await {
        Ok(_) => Ok(()),
        Err(WriteError::Refused(error)) => taken_back(session, id, error, WriteError::Refused).await,
        Err(WriteError::NotSent(error)) => taken_back(session, id, error, WriteError::NotSent).await,
        Err(error) => Err(error.after_part_was_done(call.template)),
    }
}

async fn taken_back(
    session: &Session,
    id: &RemoteId,
    error: RemoteError,
    otherwise: fn(RemoteError) -> WriteError,
) -> Result<(), WriteError> {
    match send(session, &invitation::delete(id), EditKind::DeleteInvitation).await {
        Ok(_) => Err(otherwise(error)),
        Err(_) => Err(WriteError::OutcomeUnknown(error)),
    }
}
