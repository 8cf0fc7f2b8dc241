//! API credentials that an account lists with ids of their own.

use serde::{Deserialize, Serialize};

use super::{ContentHash, RemoteId, Timestamp};

/// A credential of a user for programs, with what the service says of its use; its password has no place here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiUser {
    /// The service's id.
    pub remote_id: RemoteId,
    /// The user whose rights it has.
    pub owner: RemoteId,
    /// What it signs in as.
    pub user_name: String,
    /// The service's own word for what it is for (`Generic`, `MobileApp`).
    pub access_type: Option<String>,
    /// What somebody wrote about it.
    pub description: Option<String>,
    /// When the service says it was created.
    pub created_at: Option<Timestamp>,
    /// When it was last used; `None` for one that was never used, where `last_use_known`.
    pub last_used_at: Option<Timestamp>,
    /// The service says when it was last used, or that it never was.
    pub last_use_known: bool,
    /// Requests in the last 30 days; `None` where the service does not report it.
    pub requests: Option<u64>,
    /// The record as the service sent it, secrets dropped, canonical JSON.
    pub raw: String,
    /// Of `raw`.
    pub hash: ContentHash,
}
