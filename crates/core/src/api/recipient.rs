//! Who is told of what, and who would be told right now.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{NamedView, StreamStateView};
use crate::model::{AccountId, GrantHolder, LocalSeconds, RecipientKind, ResourceKind};

/// Somebody who is in a list of recipients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecipientView {
    /// What it is.
    pub kind: RecipientKind,
    /// The service's id; of an address the address.
    pub remote_id: String,
    /// Name for showing, else the id.
    pub display_name: String,
    /// False for a user or group that is not visible with this credential.
    pub known: bool,
    /// Of a user: the switch of the service; `None` where it does not say, and for others.
    pub active: Option<bool>,
    /// How many people it stands for; 1 for a user.
    pub people: u32,
    /// How many of these would be told now.
    pub people_now: u32,
}

/// Somebody who would be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToldView {
    /// The user's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// In the list themselves.
    pub direct: bool,
    /// Groups in the list that they are in, by name.
    pub groups: Vec<NamedView>,
}

/// One level of an alert definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecipientLevelView {
    /// From 1; 0 for what has no levels.
    pub level: u8,
    /// Who is in it, by name; `None` where the service does not show it with this credential.
    pub recipients: Option<Vec<RecipientView>>,
    /// Who would be told right now, by name.
    pub now: Vec<ToldView>,
    /// Somebody in it is not visible, so that more people may be told than `now` says.
    pub unsure: bool,
}

/// What would become of an alert right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AlertOutcome {
    /// At least one person would be told.
    Somebody,
    /// Nobody, because all of its recipients are off duty.
    NobodyNow,
    /// Nobody, now or later: it has no recipients, or none of them is active.
    Nobody,
    /// Nobody, because it is switched off.
    SwitchedOff,
    /// Not known: not everything is visible with this credential.
    Unknown,
}

/// Who is told of one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecipientsView {
    /// The lists that this kind of resource has, in order; none for a kind that has no recipients.
    pub levels: Vec<RecipientLevelView>,
    /// What would become of an alert right now.
    pub outcome: AlertOutcome,
    /// What the account's clock shows: who is on duty is computed for this moment.
    pub now: LocalSeconds,
    /// The name of its zone.
    pub zone: String,
    /// Age and proof of the lists; `None` before their first read.
    pub state: Option<StreamStateView>,
}

/// Asks what reaches a user or a group.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReachingRequest {
    /// The account.
    pub account_id: AccountId,
    /// Which of the two.
    pub holder_kind: GrantHolder,
    /// The service's id.
    pub remote_id: String,
}

/// One list through which something reaches somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReachingWayView {
    /// The level of an alert definition; 0 for what has no levels.
    pub level: u8,
    /// In the list themselves.
    pub direct: bool,
    /// Groups in the list that they are in, by name.
    pub groups: Vec<NamedView>,
}

/// Something that reaches a user or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReachingItemView {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// Whether it is switched on; `None` where the service does not say.
    pub active: Option<bool>,
    /// By which lists, in order.
    pub ways: Vec<ReachingWayView>,
}

/// What reaches a user or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReachingView {
    /// By name.
    pub items: Vec<ReachingItemView>,
    /// Every list of the account is visible, so that what is not here does not reach them.
    pub complete: bool,
    /// Age and proof of the lists; `None` before their first read.
    pub state: Option<StreamStateView>,
}
