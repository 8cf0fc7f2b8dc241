//! The description of a made-up organisation, read from `data/samples/*.json`. Telephone numbers come from ranges that
//! the numbering plans leave to fiction or leave unused; domains end in `.example`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::{Quirks, SandboxError};

const FILES: [(&str, &str); 3] = [
    ("moissons-du-layon", include_str!("../../data/samples/moissons-du-layon.json")),
    ("havenkade-logistiek", include_str!("../../data/samples/havenkade-logistiek.json")),
    ("fennel-and-quay", include_str!("../../data/samples/fennel-and-quay.json")),
];

/// A made-up organisation. `#` in a pattern stands for a digit; `a|b` for the masculine and feminine form of a word.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Organisation {
    /// Name of the tenant.
    pub slug: String,
    /// For a person.
    pub name: String,
    /// Of the e-mail addresses.
    pub domain: String,
    /// Of everything random about it.
    pub seed: u64,
    /// Employees, long names included; contractors and robots come on top.
    pub people: usize,
    pub locale: String,
    pub timezone: String,
    pub country: String,
    pub phone: String,
    pub mobile: String,
    pub employee_number: String,
    /// Share of employees who sign in with their number and have no e-mail address.
    pub without_email: f64,
    /// Share of suspended employees.
    pub suspended: f64,
    /// Share of employees in no group at all.
    pub alone: f64,
    /// Year of the oldest record.
    pub since: i16,
    pub words: Words,
    pub offices: Vec<Office>,
    pub feminine: Vec<String>,
    pub masculine: Vec<String>,
    pub family: Vec<String>,
    pub departments: Vec<Department>,
    pub groups: Vec<GroupPlan>,
    /// User name and display name.
    pub robots: Vec<(String, String)>,
    /// Given and family names that are long together.
    pub long_names: Vec<(String, String)>,
    pub extension: Extension,
    pub contractors: usize,
    pub contractor_firms: Vec<String>,
    /// How its service behaves.
    pub quirks: Quirks,
}

/// The organisation's words for kinds of users.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Words {
    pub employee: String,
    pub contractor: String,
    pub former_contractor: String,
    pub robot: String,
}

/// Where people work.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Office {
    pub street: String,
    pub postal_code: String,
    pub locality: String,
}

/// A department, the title of its head and of the others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    pub name: String,
    /// Weight when people are dealt out.
    pub share: usize,
    pub lead: String,
    pub titles: Vec<String>,
}

/// A group and who is in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupPlan {
    pub name: String,
    pub members: Members,
    /// Name of a member who was deleted long ago.
    #[serde(default)]
    pub dangling: Option<String>,
}

/// Who is in a group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Members {
    /// Every active employee.
    Employees,
    /// Heads of departments.
    Leads,
    /// Active contractors.
    Contractors,
    /// Nobody.
    Nobody,
    /// Everybody in this department.
    Department(String),
    /// So many employees.
    Count(usize),
}

/// Custom attributes of people, under a URN of the organisation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    pub urn: String,
    pub attributes: BTreeMap<String, Value>,
}

/// All made-up organisations.
pub fn organisations() -> Result<Vec<Organisation>, SandboxError> {
    let read = |(name, text): &(&'static str, &str)| {
        serde_json::from_str(text)
            .map_err(|error| SandboxError::SampleData { name, reason: error.to_string() })
    };
    FILES.iter().map(read).collect()
}
