//! Monitors as they are made up for loads and samples: the six attributes that everybody sees, and a definition that is large
//! and holds what nobody should copy.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::store::{New, ThingKind, insert_thing};

/// A monitor to be made.
pub struct Plan<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// As in `Https`.
    pub kind: &'a str,
    /// `Production`, `Staging` or `Development`.
    pub mode: &'a str,
    pub active: bool,
    pub alerts: bool,
    /// What it watches.
    pub host: &'a str,
}

/// Stores it and gives its number.
pub fn insert(conn: &Connection, tenant: i64, plan: &Plan<'_>) -> Result<i64, Refusal> {
    let json = json!({
        "MonitorGuid": plan.id, "Name": plan.name, "MonitorType": plan.kind, "MonitorMode": plan.mode,
        "IsActive": plan.active, "GenerateAlert": plan.alerts,
    });
    let (json, hidden) = (json.to_string(), definition(plan).to_string());
    let (id, name, kind) = (plan.id, plan.name, ThingKind::Monitor);
    Ok(insert_thing(conn, &New { tenant, kind, id, name, parent: 0, json: &json, hidden: &hidden })?)
}

fn definition(plan: &Plan<'_>) -> Value {
    let checkpoints: Vec<u16> = (1..=40).collect();
    json!({
        "CheckInterval": 5, "CheckIntervalSeconds": 300, "Notes": "", "NameForPhoneAlerts": "",
        "CreatedDate": "2024-05-06T09:30:00", "LastModifiedDate": "2026-08-27T11:02:31",
        "Url": format!("https://{}/health", plan.host), "HttpMethod": "Get", "TlsVersion": "Tls12_Tls13",
        "UserAgent": "chrome83_android", "IpVersion": "IpV4", "UsePrimaryCheckpointsOnly": true,
        "AuthenticationType": "Basic", "Username": format!("probe@{}", plan.host),
        "RequestHeaders": [
            { "Name": "Authorization", "Value": "Bearer made-up-and-not-for-copying" },
            { "Name": "X-Probe", "Value": plan.name },
        ],
        "SelectedCheckpoints": { "Checkpoints": checkpoints, "Regions": [1_004, 1_005], "ExcludeLocations": [] },
        "MatchPatterns": [{ "Pattern": "\"status\":\\s*\"ok\"", "IsPositive": true }],
        "ErrorConditions": [
            { "ErrorConditionType": "LoadTimeLimit1", "Value": "2500", "Level": "Warning", "MatchType": "LessThan" },
            { "ErrorConditionType": "LoadTimeLimit2", "Value": "5000", "Level": "Error", "MatchType": "LessThan" },
            { "ErrorConditionType": "ContentMatch", "Value": "ok", "Level": "Error", "MatchType": "Contains" },
        ],
        "CustomMetrics": [], "CustomFields": [{ "Name": "Owner", "Value": "Platform" }],
    })
}
