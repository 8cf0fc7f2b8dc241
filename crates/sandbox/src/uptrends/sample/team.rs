//! The operators, groups and API users of the sample account.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::duty::periods;
use super::plan::{OperatorPlan, Plan};
use crate::rng::Rng;
use crate::uptrends::api::operator_form::with_hash;
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{
    Built, Edge, New, ThingKind, add_period, built, grant_right, insert_thing, link, thing_by_seq,
    update_thing,
};
use crate::uptrends::zones::{Zone, utc};

const DAY_MS: f64 = 86_400_000.0;

/// Where the sample is made.
pub struct Site<'a> {
    pub conn: &'a Connection,
    pub tenant: i64,
    pub now: i64,
    /// Of the account.
    pub timezone_id: i64,
}

impl Site<'_> {
    /// Stores something with a GUID and gives its number.
    pub fn add(
        &self,
        (kind, id, name): (ThingKind, &str, &str),
        parent: i64,
        (json, hidden): (&Value, &Value),
    ) -> Result<i64, Refusal> {
        let (json, hidden) = (json.to_string(), hidden.to_string());
        let new = New { tenant: self.tenant, kind, id, name, parent, json: &json, hidden: &hidden };
        Ok(insert_thing(self.conn, &new)?)
    }
}

/// Numbers of operators by the address before the `@`, and of groups by name.
#[derive(Default)]
pub struct Team {
    pub operators: BTreeMap<String, i64>,
    pub groups: BTreeMap<String, i64>,
}

impl Team {
    /// The number of an `operator` or a `group`.
    pub fn number(&self, kind: &str, name: &str) -> Option<i64> {
        if kind == "operator" { self.operators.get(name) } else { self.groups.get(name) }.copied()
    }
}

/// Makes everybody.
pub fn build(site: &Site<'_>, plan: &Plan, rng: &mut Rng) -> Result<Team, Refusal> {
    let mut team = Team::default();
    for (name, mark) in [("Everyone", Built::Everyone), ("Administrators", Built::Administrators)] {
        team.groups.insert(name.to_owned(), built(site.conn, site.tenant, mark)?);
    }
    for group in &plan.groups {
        let id = rng.uuid();
        let json = json!({
            "OperatorGroupGuid": id, "Description": group.name, "IsEveryone": false, "IsAdministratorsGroup": false,
        });
        let seq = site.add((ThingKind::OperatorGroup, &id, &group.name), 0, (&json, &json!({})))?;
        for right in &group.rights {
            grant_right(site.conn, seq, right)?;
        }
        team.groups.insert(group.name.clone(), seq);
    }
    for (place, own) in plan.operators.iter().enumerate() {
        let seq = operator(site, plan, own, place == 0, rng)?;
        for right in own.rights.iter().map(String::as_str).chain(["AccountAccess"]) {
            grant_right(site.conn, seq, right)?;
        }
        for group in own.groups.iter().filter_map(|name| team.groups.get(name)) {
            link(site.conn, Edge::Member, *group, seq)?;
        }
        let zone = Zone::by_id(site.timezone_id);
        let now = zone.map_or_else(|| utc(site.now), |zone| zone.local(site.now));
        for period in own.duty.iter().flat_map(|name| periods(name, now)) {
            add_period(site.conn, seq, &period)?;
        }
        team.operators.insert(own.mail.clone(), seq);
    }
    api_users(site, plan, &team, rng)?;
    Ok(team)
}

/// Stores somebody; the first is the account administrator, who is there already.
fn operator(
    site: &Site<'_>,
    plan: &Plan,
    own: &OperatorPlan,
    first: bool,
    rng: &mut Rng,
) -> Result<i64, Refusal> {
    let email = format!("{}@{}", own.mail, plan.domain);
    let mut shown = json!({
        "FullName": own.name, "Email": email, "MobilePhone": own.phone, "BackupEmail": "",
        "OutgoingPhoneNumberId": 1, "IsAccountAdministrator": first, "IsOnDuty": own.active,
        "SmsProvider": "UseAccountSetting", "DefaultDashboard": "UseAccountSpecifiedDashboard",
        "OperatorRole": own.role.as_deref().unwrap_or("Unspecified"),
    })
    .as_object()
    .cloned()
    .unwrap_or_default();
    if let Some(zone) = own.zone {
        shown.insert("TimeZoneId".to_owned(), json!(zone));
    }
    let (native, single) = match own.signon.as_deref() {
        Some("password") => (true, false),
        Some("single") => (false, true),
        _ => (true, true),
    };
    let hidden = json!({
        "SetupMode": "Manual", "owns": own.owns, "AllowNativeLogin": native, "AllowSingleSignon": single,
    });
    if first {
        let seq = built(site.conn, site.tenant, Built::Owner)?;
        let owner = thing_by_seq(site.conn, seq)?.ok_or_else(|| Refusal::no_such(ThingKind::Operator))?;
        shown.insert("OperatorGuid".to_owned(), json!(owner.id));
        let json = Value::Object(with_hash(shown)).to_string();
        let owner = crate::uptrends::store::Thing { name: email, json, hidden: hidden.to_string(), ..owner };
        update_thing(site.conn, &owner)?;
        return Ok(seq);
    }
    let id = rng.uuid();
    shown.insert("OperatorGuid".to_owned(), json!(id));
    site.add((ThingKind::Operator, &id, &email), 0, (&Value::Object(with_hash(shown)), &hidden))
}

fn api_users(site: &Site<'_>, plan: &Plan, team: &Team, rng: &mut Rng) -> Result<(), Refusal> {
    for own in &plan.api_users {
        let Some(operator) = team.operators.get(&own.operator) else { continue };
        let mut value =
            json!({ "description": own.description, "type": own.kind, "created": ago(site, own.created) });
        if let Some(map) = value.as_object_mut() {
            if let Some(days) = own.last_used {
                map.insert("lastUsed".to_owned(), json!(ago(site, days)));
            }
            if let Some(requests) = own.requests {
                map.insert("requests".to_owned(), json!(requests));
            }
        }
        site.add((ThingKind::ApiUser, &rng.uuid(), &own.name), *operator, (&value, &json!({})))?;
    }
    Ok(())
}

/// The moment so many days before now.
fn ago(site: &Site<'_>, days: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "some years in milliseconds")]
    let ms = (days * DAY_MS) as i64;
    site.now - ms
}
