//! Invitations: who was asked to come, by whom, and what became of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PendingView;
use crate::model::AccountId;

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum InvitationState {
    /// Can still be accepted.
    Pending,
    /// Was not accepted in time, whether or not the service has noticed.
    Expired,
    /// Somebody came.
    Accepted,
    /// Was taken back.
    Revoked,
    /// A word of the service that is new.
    Other,
}

/// Columns by which invitations are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum InvitationColumn {
    /// The address it went to.
    Invitee,
    /// What became of it.
    State,
    /// The organisation's name.
    Organization,
    /// When it was sent.
    CreatedAt,
    /// Until when it can be accepted.
    ExpiresAt,
    /// Which account.
    Account,
}

/// A page of invitations.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InvitationQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Words that must all occur in address, organisation or inviter, any case, with or without accents.
    pub text: String,
    /// Only those of this state.
    pub state: Option<InvitationState>,
    /// Order; without a value last, ties by address.
    pub sort: InvitationColumn,
    /// Highest first.
    pub descending: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InvitationRow {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// The address it went to.
    pub invitee: String,
    /// What became of it.
    pub state: InvitationState,
    /// The service's own word.
    pub status: String,
    /// The organisation.
    pub organization_id: Option<String>,
    /// The organisation's name, else its id.
    pub organization: Option<String>,
    /// Who invited.
    pub inviter_id: Option<String>,
    /// The inviter's name, else the id.
    pub inviter: Option<String>,
    /// Who came of it, where the account has that user.
    pub accepted_user_id: Option<String>,
    /// Names of the roles that come with it.
    pub roles: Vec<String>,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub created_at: Option<i64>,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub expires_at: Option<i64>,
    /// What waits to be applied about it.
    pub pending: Option<PendingView>,
}

/// A page of invitations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InvitationPageView {
    /// All that match.
    pub total: u32,
    /// Invitations in the chosen accounts, filter aside.
    pub all: u32,
    /// The rows.
    pub rows: Vec<InvitationRow>,
}
