//! Who is on duty, now and in the next days.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::StreamStateView;
use crate::model::{AccountId, LocalSeconds, OffDutyRule};

/// Who is on duty in one account.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DutyRequest {
    /// The account.
    pub account_id: AccountId,
    /// Only members of this group.
    pub group_id: Option<String>,
    /// Only this user.
    pub user_id: Option<String>,
    /// Days ahead, at most 62.
    pub days: u32,
}

/// Chooses the zone in which the times of an account are meant.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimeZoneRequest {
    /// The account.
    pub account_id: AccountId,
    /// Its name in the time zone database (`Europe/Brussels`); `None` for what the service says.
    pub time_zone: Option<String>,
}

/// Whose clock is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ZoneSource {
    /// The account's, as the service describes it.
    Service,
    /// The one that a person chose for this account.
    Chosen,
    /// This computer's, because the service does not show the account's.
    Computer,
}

/// Who is on duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DutyView {
    /// What the account's clock shows: seconds since 1970-01-01T00:00:00 there, as all times here.
    pub now: LocalSeconds,
    /// The name of the zone.
    pub zone: String,
    /// Whose zone it is.
    pub zone_source: ZoneSource,
    /// How many are on duty now.
    pub on_duty: u32,
    /// Everybody asked about, by name.
    pub people: Vec<DutyPersonView>,
    /// Age and proof of what it is computed from; `None` before the first complete read.
    pub state: Option<StreamStateView>,
}

/// Whether somebody is on duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DutyPersonView {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// The switch of the service; `None` where it does not say.
    pub active: Option<bool>,
    /// Active, and no off-duty period covers now.
    pub on_duty: bool,
    /// Whether some alert definition reaches them; `None` where recipients are not all visible.
    pub alerted: Option<bool>,
    /// Off-duty periods from now on, those that meet made one; the first has begun where its start is not after now.
    pub periods: Vec<DutyPeriodView>,
    /// Entries of the schedule.
    pub rules: Vec<DutyRuleView>,
}

/// An entry of a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DutyRuleView {
    /// Unique in the account.
    pub remote_id: String,
    /// When.
    pub rule: OffDutyRule,
}

/// A stretch without alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DutyPeriodView {
    /// From then.
    pub start: LocalSeconds,
    /// Up to then.
    pub end: LocalSeconds,
}
