//! The Hub screen: numbers that open the list behind them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{RunView, TokenCountsView};
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
    /// Groups, organisations aside.
    pub groups: u32,
    /// Groups without members.
    pub empty_groups: u32,
    /// Organisations.
    pub organizations: u32,
    /// Organisations without members.
    pub empty_organizations: u32,
    /// Invitations that can still be accepted.
    pub pending_invitations: u32,
    /// Invitations that were not accepted in time.
    pub expired_invitations: u32,
    /// Users whom Rollcall invited; `None` where it invited nobody who is still here.
    pub invited: Option<InvitedCountsView>,
    /// Programs that hold the right to manage the whole account.
    pub managing_applications: u32,
    /// Users counted by a filter, those that the shown accounts can tell, in the order of the screen.
    pub figures: Vec<HubFigureView>,
    /// Tokens, as their list counts them; `None` where no shown account lists any.
    pub tokens: Option<TokenCountsView>,
    /// Users against the number that the service counts and that the account may have, of each account that says so.
    pub quotas: Vec<QuotaView>,
    /// Users on duty now; `None` where no shown account has schedules.
    pub on_duty: Option<u32>,
    /// Credentials for programs that are listed with their use; `None` where no shown account lists any.
    pub api_users: Option<ApiUserCountsView>,
    /// Monitors; `None` where no shown account has any.
    pub monitors: Option<MonitorCountsView>,
    /// Memberships in groups of users that are gone.
    pub dangling_memberships: u32,
    /// Memberships in organisations of users that are gone.
    pub dangling_organization_memberships: u32,
    /// The newest successful run of each account.
    pub last_runs: Vec<RunView>,
    /// Oldest age of what is shown: start of the run, milliseconds UTC; `None` before the first.
    #[ts(type = "number | null")]
    pub oldest_synced_at: Option<i64>,
}

/// Users of an account against its plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuotaView {
    /// The account.
    pub account_id: AccountId,
    /// Users that are listed to this credential.
    pub listed: u32,
    /// Users that the service counts; `None` where it does not say.
    pub in_use: Option<u32>,
    /// Users that the account may have; `None` where no limit is known.
    pub limit: Option<u32>,
}

/// Users whom Rollcall invited, at services that tell nothing of invitations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InvitedCountsView {
    /// Whose invitation can still be accepted.
    pub waiting: u32,
    /// Whose invitation cannot be accepted any more; whether it was, nobody can tell.
    pub expired: u32,
}

/// Credentials for programs, by their use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiUserCountsView {
    /// All of them.
    pub total: u32,
    /// Without a request in the last 30 days; those made in this time that were never used aside.
    pub inactive: u32,
    /// Made in the last 30 days and not used yet.
    pub fresh: u32,
    /// Of those counted so many were imported from a list of a person's: their use counts as of its date.
    pub imported: u32,
    /// Of those counted so many were made by Rollcall and are not listed by the service.
    pub made_here: u32,
    /// As of when the oldest of the imported ones are, milliseconds UTC.
    #[ts(type = "number | null")]
    pub imported_at: Option<i64>,
}

/// Monitors, by what they are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MonitorCountsView {
    /// All of them.
    pub total: u32,
    /// In mode `Production`.
    pub production: u32,
    /// Of these, those that are switched off.
    pub production_inactive: u32,
}

/// What is counted by a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum HubFigure {
    /// Created in the last 7 days.
    New7,
    /// Created in the last 30 days.
    New30,
    /// Signed in during the last 30 days.
    Active30,
    /// Never signed in.
    NeverSignedIn,
    /// Without a second factor.
    WithoutFactor,
}

/// Users counted by a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HubFigureView {
    /// What is counted.
    pub figure: HubFigure,
    /// How many.
    pub users: u32,
    /// Of how many it is known; `None` where it is known of all.
    pub of: Option<u32>,
    /// The filter that lists them.
    pub filter: String,
}
