//! Who was asked to come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ContentHash, RemoteId, Timestamp};

/// One invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The service's id.
    pub remote_id: RemoteId,
    /// The e-mail address it went to.
    pub invitee: String,
    /// The service's own word: `Pending`, `Accepted`, `Expired`, `Revoked`, or one that is new.
    pub status: String,
    /// The organisation.
    pub group: Option<RemoteId>,
    /// Who invited.
    pub inviter: Option<RemoteId>,
    /// Who came of it.
    pub accepted_user: Option<RemoteId>,
    /// Names of the roles that come with it.
    pub roles: Vec<String>,
    /// When the service says it was created.
    pub created_at: Option<Timestamp>,
    /// When the service says it last changed; an invitation that expires does not move it.
    pub modified_at: Option<Timestamp>,
    /// Until when it can be accepted.
    pub expires_at: Option<Timestamp>,
    /// The whole record as the service sent it, canonical JSON.
    pub raw: String,
    /// Of `raw`.
    pub hash: ContentHash,
}

/// What an account can do with invitations, beside the edits that it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InvitationRules {
    /// The service sends an e-mail when it is asked to.
    pub message: bool,
    /// Roles can be given with an invitation.
    pub roles: bool,
    /// The person chooses until when it can be accepted; else it is always [`Self::days`].
    pub chooses_expiry: bool,
    /// How long it can be accepted, unless another time is chosen.
    pub days: u32,
    /// Sending it again starts that time anew.
    pub resend_renews: bool,
}

/// The e-mail that a service is asked to send with an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InvitationMessage {
    /// The link in it, with [`LINK_INVITATION`], [`LINK_EMAIL`] and [`LINK_GROUP`] where the id of the invitation, the
    /// address and the id of the group are to stand.
    pub link: String,
}

/// Stands for the id of the invitation.
pub const LINK_INVITATION: &str = "{invitation}";
/// Stands for the address that is invited.
pub const LINK_EMAIL: &str = "{email}";
/// Stands for the id of the group or organisation.
pub const LINK_GROUP: &str = "{organization}";
