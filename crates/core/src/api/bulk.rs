//! One edit for each of many selected rows: what it would do, account by account, and keeping it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ListRequest, PlanView, Selection};
use crate::model::{AccountId, InvitationMessage, OffDutyRule, RemoteId, Timestamp};

/// What is done to everybody who is selected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum BulkAction {
    /// Users are suspended, or let in again.
    SetActive {
        /// Let in.
        active: bool,
    },
    /// Users are deleted.
    Delete,
    /// Users get roles everywhere in their account.
    AssignRoles {
        /// The roles, of one account.
        roles: Vec<RemoteId>,
    },
    /// Roles are taken from users everywhere in their account; from lines of a role's list, where these say.
    UnassignRoles {
        /// The roles, of one account.
        roles: Vec<RemoteId>,
    },
    /// Users become members.
    AddToGroups {
        /// Groups or organisations, of one account.
        groups: Vec<RemoteId>,
    },
    /// Users are members no more.
    RemoveFromGroups {
        /// Groups or organisations, of one account.
        groups: Vec<RemoteId>,
    },
    /// Tokens are revoked.
    RevokeTokens,
    /// Users get no alerts for a time, on the clock of their account.
    AddOffDuty {
        /// When.
        rule: OffDutyRule,
    },
    /// Invitations are sent once more.
    ResendInvitations {
        /// Until when they can be accepted from then on; `None` where sending again does not move that.
        expires_at: Option<Timestamp>,
        /// What the service sends.
        message: Option<InvitationMessage>,
    },
    /// Whoever was invited is invited anew; what can still be accepted is taken back first.
    InviteAgain {
        /// Until when it can be accepted; `None` where the service decides.
        expires_at: Option<Timestamp>,
        /// What the service sends; `None` for nothing.
        message: Option<InvitationMessage>,
    },
    /// Invitations are taken back.
    RevokeInvitations,
    /// Records of invitations are deleted.
    DeleteInvitations,
}

/// Asks what an edit of everybody who is selected would do.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewBulkRequest {
    /// The list.
    pub list: ListRequest,
    /// Which of its rows.
    pub selection: Selection,
    /// Only those of this account; roles and groups belong to one.
    pub account_id: Option<AccountId>,
    /// What.
    pub action: BulkAction,
    /// Lines of each plan to pass over. From 0 on, guards are those of the whole plan; else those of the lines.
    pub offset: u32,
    /// Lines of each plan to give at the most.
    pub most: u32,
}

/// Keeps an edit of everybody who is selected.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProposeBulkRequest {
    /// The list.
    pub list: ListRequest,
    /// Which of its rows.
    pub selection: Selection,
    /// Only those of this account.
    pub account_id: Option<AccountId>,
    /// What.
    pub action: BulkAction,
    /// The plan that the person saw: nothing is kept when it is another one by now.
    pub seen: String,
}

/// Why a selected row is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LeftOut {
    /// The account does not take this edit, with its credential.
    NotSupported,
    /// It is so already.
    AlreadySo,
    /// It is no user, or one that is not in the account any more.
    NoUser,
    /// It is no personal access token: only those can be revoked here.
    OtherToken,
    /// The invitation was accepted, revoked or has expired.
    InvitationOver,
    /// The address belongs to a member, or has another invitation that can be accepted.
    InvitedAlready,
}

/// Selected rows that are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LeftOutView {
    /// Why.
    pub reason: LeftOut,
    /// How many.
    pub count: u32,
    /// The first 5 of them by name.
    pub names: Vec<String>,
}

/// What it would do in one account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkAccountView {
    /// Selected rows of this account.
    pub selected: u32,
    /// Those without an edit, by reason.
    pub left_out: Vec<LeftOutView>,
    /// What would happen: the resolved list, never only its description.
    pub plan: PlanView,
    /// Names this very plan of this account.
    pub seen: String,
}

/// What it would do.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkPlanView {
    /// Account by account, in the order of the list.
    pub accounts: Vec<BulkAccountView>,
    /// Named rows that the list does not have any more.
    pub gone: u32,
    /// Selected rows of other accounts than the asked one.
    pub elsewhere: u32,
    /// Names all of it.
    pub seen: String,
}

/// What was kept in one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkKeptView {
    /// The account.
    pub account_id: AccountId,
    /// The changes that now stand for the edits.
    #[ts(type = "number[]")]
    pub changes: Vec<i64>,
    /// Changes that were taken back: the edit was their opposite.
    pub taken_back: u32,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkProposedView {
    /// Account by account; `None` when the plan is another one by now, or holds what cannot be sent: nothing was kept.
    pub kept: Option<Vec<BulkKeptView>>,
}
