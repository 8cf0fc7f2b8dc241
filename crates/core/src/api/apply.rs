//! Applying changes: what is asked for, and how far it is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConfirmationRequest, EditProblemsView, GuardView};
use crate::model::{AccountId, Edit};

/// Applies changes of the queue.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyChangesRequest {
    /// The account.
    pub account_id: AccountId,
    /// Which changes; `None` for all that are pending.
    #[ts(type = "number[] | null")]
    pub changes: Option<Vec<i64>>,
    /// Guards that were confirmed.
    pub confirmations: Vec<ConfirmationRequest>,
}

/// Keeps edits and applies just these, on the same path.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyNowRequest {
    /// The account.
    pub account_id: AccountId,
    /// What a person wants.
    pub edits: Vec<Edit>,
    /// Guards that were confirmed.
    pub confirmations: Vec<ConfirmationRequest>,
}

/// An apply that has begun, or why it has not.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyStartedView {
    /// The run; `None` when something must be confirmed or corrected first, or when there was nothing to do.
    #[ts(type = "number | null")]
    pub run_id: Option<i64>,
    /// The changes that it applies, in the order in which it does; `apply_now` keeps them also when it has not begun.
    #[ts(type = "number[]")]
    pub changes: Vec<i64>,
    /// Guards to confirm.
    pub unconfirmed: Vec<GuardView>,
    /// What cannot be sent as it is, by edit.
    pub problems: Vec<EditProblemsView>,
}

/// How far an apply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyProgressView {
    /// The run.
    #[ts(type = "number")]
    pub run_id: i64,
    /// Changes that are settled, one way or the other.
    pub done: u32,
    /// Changes to apply.
    pub total: u32,
    /// The one at hand.
    #[ts(type = "number | null")]
    pub change_id: Option<i64>,
}
