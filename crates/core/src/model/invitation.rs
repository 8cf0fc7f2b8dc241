//! Who was asked to come.

use serde::{Deserialize, Serialize};

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
