//! What a service says of the account as a whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{FieldOption, ServiceZone};

/// What a service says of the account as a whole; all of it as of the last sync.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AccountFacts {
    /// What the service calls the account.
    pub number: Option<String>,
    /// Until when it is paid for, as the service writes it.
    pub expires_on: Option<String>,
    /// Users that the service counts.
    pub users_in_use: Option<u32>,
    /// Users that the account may have; `None` where no limit is known.
    pub users_limit: Option<u32>,
    /// The zone in which the account's times are meant.
    pub time_zone: Option<ServiceZone>,
    /// The user whose rights our credential has.
    pub own_user: Option<String>,
    /// Our own credential among those listed.
    pub own_token: Option<String>,
    /// Rights on single resources are not shown to this credential, or not part of the plan.
    pub resource_grants_hidden: bool,
    /// API users are not shown to this credential, or not known to the service.
    pub api_users_hidden: bool,
    /// What can be chosen for a value of a user, by its path.
    pub choices: BTreeMap<String, Vec<FieldOption>>,
    /// Fields of API users that were not recognised in the service's own contract.
    pub unrecognised_fields: Vec<String>,
}
