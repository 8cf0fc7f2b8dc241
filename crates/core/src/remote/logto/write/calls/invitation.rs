//! Invitations as requests.

use reqwest::Method;
use serde_json::{Value, json};

use super::call::{Brings, Call};
use crate::model::{InvitationMessage, LINK_EMAIL, LINK_GROUP, LINK_INVITATION, RemoteId, Timestamp};

/// A new invitation: as long as the id of it must stand in its link, nothing is sent with it.
pub fn invite(
    group: &RemoteId,
    invitee: &str,
    roles: &[RemoteId],
    expires_at: Option<Timestamp>,
    message: Option<&InvitationMessage>,
) -> Call {
    let mut body = json!({ "organizationId": group, "invitee": invitee });
    if let Some(end) = expires_at {
        super::put(&mut body, "expiresAt", end.as_millis().into());
    }
    if !roles.is_empty() {
        super::put(&mut body, "organizationRoleIds", json!(roles));
    }
    if let Some(message) = message.filter(|message| !needs_id(message)) {
        super::put(&mut body, "messagePayload", payload(message, None, invitee, group.as_str()));
    }
    Call::post(&["organization-invitations"], "POST /organization-invitations", body).bringing(Brings::Id)
}

/// Sends the e-mail of an invitation.
pub fn send(invitation: &RemoteId, message: Option<&InvitationMessage>, invitee: &str, group: &str) -> Call {
    let body = message
        .map_or_else(|| json!({}), |message| payload(message, Some(invitation.as_str()), invitee, group));
    Call::post(
        &["organization-invitations", invitation.as_str(), "message"],
        "POST /organization-invitations/{id}/message",
        body,
    )
}

/// Takes an invitation back; one that is gone can be accepted by nobody either.
pub fn revoke(invitation: &RemoteId) -> Call {
    let call = Call::new(
        Method::PUT,
        &["organization-invitations", invitation.as_str(), "status"],
        "PUT /organization-invitations/{id}/status",
    );
    Call { body: Some(json!({ "status": "Revoked" })), gone_is_done: true, ..call }
}

/// Deletes the record.
pub fn delete(invitation: &RemoteId) -> Call {
    Call::delete(&["organization-invitations", invitation.as_str()], "DELETE /organization-invitations/{id}")
}

/// Whether the link can only be written once the invitation has an id.
pub fn needs_id(message: &InvitationMessage) -> bool {
    message.link.contains(LINK_INVITATION)
}

/// What the template of the e-mail gets.
fn payload(message: &InvitationMessage, id: Option<&str>, invitee: &str, group: &str) -> Value {
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let link = message
        .link
        .replace(LINK_INVITATION, &encoded(id.unwrap_or_default()))
        .replace(LINK_EMAIL, &encoded(invitee))
        .replace(LINK_GROUP, &encoded(group));
    json!({ "link": link })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(link: &str) -> InvitationMessage {
        InvitationMessage { link: link.to_owned() }
    }

    #[test]
    fn what_stands_in_the_link_is_written_for_addresses() {
        let group = RemoteId::new("acme");
        let own = message("https://app.example.org/join?who={email}&org={organization}");
        let call = invite(&group, "zoe+a@example.org", &[], None, Some(&own));
        let link = "https://app.example.org/join?who=zoe%2Ba%40example.org&org=acme";
        assert_eq!(call.body.unwrap()["messagePayload"], json!({ "link": link }));
        let own = message("https://app.example.org/i/{invitation}");
        let call = send(&RemoteId::new("i 1"), Some(&own), "zoe@example.org", "acme");
        assert_eq!(call.body.unwrap(), json!({ "link": "https://app.example.org/i/i+1" }));
    }

    #[test]
    fn a_link_with_the_id_of_the_invitation_waits_until_there_is_one() {
        let group = RemoteId::new("acme");
        let call = invite(&group, "zoe@example.org", &[], None, Some(&message("https://x/{invitation}")));
        assert_eq!(call.body.unwrap(), json!({ "organizationId": "acme", "invitee": "zoe@example.org" }));
    }
}
