//! The description of the sample account, read from `data/samples/monitoring-team.json`. Times in it are days before the moment
//! the account is made.

use serde::Deserialize;

use crate::SandboxError;

const TEXT: &str = include_str!("../../../data/samples/monitoring-team.json");

/// `operator` or `group`, its address or name, and what it is granted.
pub type HolderPlan = (String, String, String);
/// `operator` or `group`, and its address or name.
pub type MemberPlan = (String, String);

/// A sample account of the Uptrends dialect.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    pub slug: String,
    pub name: String,
    pub language: String,
    pub seed: u64,
    pub domain: String,
    /// Of the API user that a client signs in with.
    pub user_name: String,
    pub groups: Vec<GroupPlan>,
    /// The first is the account administrator.
    pub operators: Vec<OperatorPlan>,
    pub api_users: Vec<ApiUserPlan>,
    pub services: Vec<ServicePlan>,
    pub monitor_groups: Vec<MonitorGroupPlan>,
    pub grants: Vec<GrantPlan>,
    pub vault_sections: Vec<SharedPlan>,
    pub integrations: Vec<SharedPlan>,
    pub alerts: Vec<AlertPlan>,
    pub reports: Vec<ReportPlan>,
}

/// An operator group.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupPlan {
    pub name: String,
    pub rights: Vec<String>,
}

/// Somebody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorPlan {
    pub name: String,
    /// The address before the `@`.
    pub mail: String,
    pub groups: Vec<String>,
    #[serde(default = "yes")]
    pub active: bool,
    pub phone: String,
    #[serde(default)]
    pub rights: Vec<String>,
    /// Names of off-duty periods; see `duty`.
    #[serde(default)]
    pub duty: Vec<String>,
    /// Another time zone to show.
    #[serde(default)]
    pub zone: Option<i64>,
    #[serde(default)]
    pub role: Option<String>,
    /// What keeps this one from being deleted.
    #[serde(default)]
    pub owns: Option<String>,
    /// `password` or `single` when only one way of signing in is open.
    #[serde(default)]
    pub signon: Option<String>,
}

const fn yes() -> bool {
    true
}

/// An API user.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiUserPlan {
    pub operator: String,
    pub name: String,
    pub description: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub created: f64,
    pub last_used: Option<f64>,
    pub requests: Option<u32>,
}

/// Something that is watched: in production at each of its places, or once where it has none; elsewhere once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServicePlan {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub group: String,
    #[serde(default)]
    pub places: Vec<String>,
    /// Modes besides production.
    #[serde(default)]
    pub also: Vec<String>,
    /// Places and modes where nothing is measured at present.
    #[serde(default)]
    pub paused: Vec<String>,
    /// Places where nobody is alerted.
    #[serde(default)]
    pub quiet: Vec<String>,
}

/// A monitor group. It has the monitors of a mode or of services that name it, else those at its places.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitorGroupPlan {
    pub name: String,
    #[serde(default)]
    pub places: Vec<String>,
    pub grants: Vec<HolderPlan>,
}

/// A vault section, an integration.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedPlan {
    pub name: String,
    pub grants: Vec<HolderPlan>,
}

/// A grant on one monitor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantPlan {
    /// Its name with the place or the mode.
    pub monitor: String,
    pub mode: String,
    pub holder: HolderPlan,
}

/// An alert definition, who may edit it, and who is alerted at each of its levels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertPlan {
    pub name: String,
    pub editors: Vec<HolderPlan>,
    pub levels: [Vec<MemberPlan>; 3],
}

/// A scheduled report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportPlan {
    pub name: String,
    pub recipients: Vec<MemberPlan>,
}

/// The description.
pub fn plan() -> Result<Plan, SandboxError> {
    serde_json::from_str(TEXT)
        .map_err(|error| SandboxError::SampleData { name: "monitoring-team", reason: error.to_string() })
}
