//! The Hub screen: numbers that open the list behind them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::RunView;
use crate::model::AccountId;

/// The cards of one account, or of all together.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HubRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
}

/// The cards.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HubView {
    /// Users.
    pub users: u32,
    /// Active users, those included whose service does not say.
    pub active: u32,
    /// Suspended users.
    pub suspended: u32,
    /// Users in no group.
    pub users_without_group: u32,
    /// Groups.
    pub groups: u32,
    /// Groups without members.
    pub empty_groups: u32,
    /// Memberships of users that are gone.
    pub dangling_memberships: u32,
    /// The newest successful run of each account.
    pub last_runs: Vec<RunView>,
    /// Oldest age of what is shown: start of the run, milliseconds UTC; `None` before the first.
    #[ts(type = "number | null")]
    pub oldest_synced_at: Option<i64>,
}
