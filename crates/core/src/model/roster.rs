//! What a person says about a service without an API, whose members are kept by hand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AccountId, RemoteId};

/// The rules that an organisation kept by hand follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RosterPreset {
    /// Isocarto: owner, administrator and member; an invitation is good for 7 days; a price for each member.
    Isocarto,
    /// Its own roles and rights.
    Empty,
}

impl RosterPreset {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Isocarto => "isocarto",
            Self::Empty => "empty",
        }
    }

    /// The preset stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Isocarto, Self::Empty].into_iter().find(|preset| preset.as_str() == name)
    }
}

/// How often the plan is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BillingPeriod {
    /// Once a month.
    #[default]
    Month,
    /// Once a year.
    Year,
}

/// What the service asks and allows, as far as a person knows it. Prices are whole cents, without VAT.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RosterTerms {
    /// The page of the service where members are kept: `https://…`.
    pub page: Option<String>,
    /// Name of the plan.
    pub plan: Option<String>,
    /// Price of the plan, one member in it, for each billing period.
    #[ts(type = "number | null")]
    pub plan_price: Option<i64>,
    /// How often the plan is paid.
    pub billing_period: BillingPeriod,
    /// Price of each further active member, a month.
    #[ts(type = "number | null")]
    pub member_price: Option<i64>,
    /// The day on which the prices were right: `2025-12-01`.
    pub price_as_of: Option<String>,
    /// Currency of the prices, as ISO 4217 writes it: `EUR`.
    pub currency: String,
    /// Most members that the plan allows.
    pub member_limit: Option<u32>,
}

/// An organisation kept by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// The account.
    pub account: AccountId,
    /// Whose rules it follows.
    pub preset: RosterPreset,
    /// What the service asks and allows.
    pub terms: RosterTerms,
    /// The member that the person at this computer is; `None` where they did not say.
    pub me: Option<RemoteId>,
}
