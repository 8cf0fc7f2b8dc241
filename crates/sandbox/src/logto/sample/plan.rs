//! The description of the sample account, read from `data/samples/identity-team.json`. Times in it are days before (or,
//! for ends, after) the moment the account is made.

use serde::Deserialize;

use crate::SandboxError;

const TEXT: &str = include_str!("../../../data/samples/identity-team.json");

/// A sample account of the Logto dialect.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    pub slug: String,
    pub name: String,
    pub language: String,
    pub seed: u64,
    pub resources: Vec<ResourcePlan>,
    pub roles: Vec<RolePlan>,
    /// Name and description.
    pub organization_scopes: Vec<(String, String)>,
    pub organization_roles: Vec<OrganizationRolePlan>,
    pub organizations: Vec<OrganizationPlan>,
    pub applications: Vec<ApplicationPlan>,
    pub tokens: Vec<TokenPlan>,
    pub invitations: Vec<InvitationPlan>,
}

/// An API and what it knows to allow.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourcePlan {
    pub name: String,
    pub indicator: String,
    /// Name and description.
    pub scopes: Vec<(String, String)>,
}

/// A role, what it allows, and the share of people who hold it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RolePlan {
    pub name: String,
    pub description: String,
    pub scopes: Vec<String>,
    pub share: f64,
    pub is_default: bool,
}

/// A role inside organisations.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganizationRolePlan {
    pub name: String,
    pub description: String,
    pub scopes: Vec<String>,
    pub resource_scopes: Vec<String>,
}

/// An organisation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationPlan {
    pub name: String,
    pub description: String,
    /// 1 to 3: people of this language; 0: a few of everybody; -1: nobody.
    pub people: i32,
}

/// An application; a secret is its name, its age and its end in days.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationPlan {
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub description: String,
    pub days: i64,
    /// Whether it may do everything.
    pub management: bool,
    pub secrets: Vec<(String, i64, Option<i64>)>,
}

/// A personal access token.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenPlan {
    pub name: String,
    pub created: i64,
    pub end: Option<i64>,
}

/// An invitation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationPlan {
    pub invitee: String,
    /// Place in the list of organisations.
    pub organization: usize,
    pub created: i64,
    pub end: i64,
    pub status: String,
    pub role: String,
}

/// The description.
pub fn plan() -> Result<Plan, SandboxError> {
    serde_json::from_str(TEXT)
        .map_err(|error| SandboxError::SampleData { name: "identity-team", reason: error.to_string() })
}
