//! What the sample account watches and shares: monitors and their groups, vault sections, integrations, alerts, reports.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::plan::{HolderPlan, MemberPlan, Plan, ServicePlan};
use super::team::{Site, Team};
use crate::latin::plain;
use crate::rng::Rng;
use crate::uptrends::api::seen::{GROUP_LEVELS, MONITOR_LEVELS};
use crate::uptrends::monitor;
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{Edge, ThingKind, give, link};

const PRODUCTION: &str = "Production";
const VAULT_LEVELS: [&str; 2] = ["ViewVaultSection", "ChangeVaultSection"];
const INTEGRATION_LEVELS: [&str; 2] = ["UseIntegration", "EditIntegration"];

/// Makes everything.
pub fn build(site: &Site<'_>, plan: &Plan, team: &Team, rng: &mut Rng) -> Result<(), Refusal> {
    let mut groups = BTreeMap::new();
    for own in &plan.monitor_groups {
        let about = json!({ "Description": own.name, "IsAll": false, "IsQuotaUnlimited": true });
        let seq = named(site, rng, ThingKind::MonitorGroup, &own.name, &about)?;
        hand_out(site, team, rng, seq, &GROUP_LEVELS, &own.grants)?;
        groups.insert(own.name.as_str(), seq);
    }
    monitors(site, plan, team, rng, &groups)?;
    for own in &plan.vault_sections {
        let seq = named(site, rng, ThingKind::VaultSection, &own.name, &json!({ "Name": own.name }))?;
        hand_out(site, team, rng, seq, &VAULT_LEVELS, &own.grants)?;
    }
    for own in &plan.integrations {
        let seq = named(site, rng, ThingKind::Integration, &own.name, &json!({ "Name": own.name }))?;
        hand_out(site, team, rng, seq, &INTEGRATION_LEVELS, &own.grants)?;
    }
    for own in &plan.alerts {
        let about = json!({ "AlertName": own.name, "IsActive": true });
        let seq = named(site, rng, ThingKind::AlertDefinition, &own.name, &about)?;
        hand_out(site, team, rng, seq, &["EditAlertDefinition"], &own.editors)?;
        let levels = [Edge::FirstLevel, Edge::SecondLevel, Edge::ThirdLevel];
        for (edge, members) in levels.into_iter().zip(&own.levels) {
            join(site, team, edge, seq, members)?;
        }
    }
    for own in &plan.reports {
        let about = json!({ "Description": own.name });
        let seq = named(site, rng, ThingKind::ScheduledReport, &own.name, &about)?;
        join(site, team, Edge::Recipient, seq, &own.recipients)?;
    }
    Ok(())
}

fn monitors(
    site: &Site<'_>,
    plan: &Plan,
    team: &Team,
    rng: &mut Rng,
    groups: &BTreeMap<&str, i64>,
) -> Result<(), Refusal> {
    for service in &plan.services {
        for own in watched(service) {
            let host = format!("{}.{}.{}", plain(&own.name), plain(own.mode), plan.domain);
            let made = monitor::Plan {
                id: &rng.uuid(),
                name: &own.name,
                kind: &service.kind,
                mode: own.mode,
                active: !service.paused.iter().any(|paused| paused == own.mark()),
                alerts: own.mode == PRODUCTION && !service.quiet.iter().any(|quiet| quiet == own.mark()),
                host: &host,
            };
            let seq = monitor::insert(site.conn, site.tenant, &made)?;
            let at = plan.monitor_groups.iter().filter(|group| group.places.iter().any(|at| at == own.place));
            for group in [own.mode, &service.group].into_iter().chain(at.map(|group| group.name.as_str())) {
                if let Some(group) = groups.get(group) {
                    link(site.conn, Edge::MonitorMember, *group, seq)?;
                }
            }
            let grants =
                plan.grants.iter().filter(|grant| grant.monitor == own.name && grant.mode == own.mode);
            for grant in grants {
                hand_out(site, team, rng, seq, &MONITOR_LEVELS, std::slice::from_ref(&grant.holder))?;
            }
        }
    }
    Ok(())
}

/// One monitor of a service.
struct Watched<'a> {
    name: String,
    mode: &'a str,
    /// Empty where it is watched only once.
    place: &'a str,
}

impl Watched<'_> {
    /// What tells it from the others of its service.
    fn mark(&self) -> &str {
        if self.place.is_empty() { self.mode } else { self.place }
    }
}

fn watched(service: &ServicePlan) -> Vec<Watched<'_>> {
    let name = &service.name;
    let mut made: Vec<_> = service
        .places
        .iter()
        .map(|place| Watched { name: format!("{name}, {place}"), mode: PRODUCTION, place })
        .collect();
    if made.is_empty() {
        made.push(Watched { name: name.clone(), mode: PRODUCTION, place: "" });
    }
    made.extend(service.also.iter().map(|mode| {
        let name = format!("{name} ({})", mode.to_lowercase());
        Watched { name, mode, place: "" }
    }));
    made
}

fn named(site: &Site<'_>, rng: &mut Rng, kind: ThingKind, name: &str, about: &Value) -> Result<i64, Refusal> {
    let id = rng.uuid();
    let mut map = about.as_object().cloned().unwrap_or_default();
    map.insert(kind.id_field().to_owned(), json!(id));
    site.add((kind, &id, name), 0, (&Value::Object(map), &json!({})))
}

/// Each grant brings those below it.
fn hand_out(
    site: &Site<'_>,
    team: &Team,
    rng: &mut Rng,
    thing: i64,
    levels: &[&str],
    holders: &[HolderPlan],
) -> Result<(), Refusal> {
    for (kind, name, level) in holders {
        let Some(holder) = team.number(kind, name) else { continue };
        let top = levels.iter().position(|own| own == level).unwrap_or(0);
        for level in levels.get(..=top).unwrap_or_default() {
            give(site.conn, &rng.uuid(), (thing, level, holder), false)?;
        }
    }
    Ok(())
}

fn join(site: &Site<'_>, team: &Team, edge: Edge, thing: i64, members: &[MemberPlan]) -> Result<(), Refusal> {
    for member in members.iter().filter_map(|(kind, name)| team.number(kind, name)) {
        link(site.conn, edge, thing, member)?;
    }
    Ok(())
}
