//! Accounts of any size: operators with groups, permissions, off-duty periods and API users; monitors in groups, with grants.
//! The same load gives the same account.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::api::operator_form::with_hash;
use super::landscape::{self, Watched};
use super::monitor;
use super::refusal::Refusal;
use super::store::{Edge, New, ThingKind, add_period, give, grant_right, insert_thing, link};
use crate::generate::Names;
use crate::rng::Rng;
use crate::store::Db;

/// How much is added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct UptrendsLoad {
    /// Operators; one in twelve is not active.
    pub operators: usize,
    /// Operator groups; every twentieth is empty.
    pub groups: usize,
    /// API users, of operators in turn.
    pub api_users: usize,
    /// Off-duty periods, of operators in turn.
    pub schedules: usize,
    /// Monitors.
    pub monitors: usize,
    /// Monitor groups; every monitor is in at least one of them.
    pub monitor_groups: usize,
    /// Of each: vault sections, integrations, scheduled reports.
    pub shared: usize,
    /// Alert definitions; every tenth alerts nobody, some only a group or an operator who is not active.
    pub alerts: usize,
    /// Of everything random about it.
    pub seed: u64,
}

impl UptrendsLoad {
    /// Some of everything for so many operators and groups.
    #[must_use]
    pub fn usual(operators: usize, groups: usize, seed: u64) -> Self {
        Self {
            operators,
            groups,
            api_users: operators / 5,
            schedules: operators / 2,
            monitors: operators.saturating_mul(2).min(20_000),
            monitor_groups: groups,
            shared: 0,
            alerts: groups,
            seed,
        }
    }

    /// As large an account as there is: 2,000 operators, and 20,000 monitors that each cost a request.
    #[must_use]
    pub fn large(seed: u64) -> Self {
        Self {
            operators: 2_000,
            groups: 60,
            api_users: 300,
            schedules: 1_200,
            monitors: 20_000,
            monitor_groups: landscape::MONITOR_GROUPS,
            shared: 40,
            alerts: 40,
            seed,
        }
    }
}

/// 2024-01-01, and the end of the two years in which generated API users were made.
const EPOCH_MS: i64 = 1_704_067_200_000;
const DAY_MS: i64 = 24 * 3_600_000;
const RIGHTS: [&str; 4] =
    ["ShareDashboards", "CreateAlertDefinition", "CreateIntegration", "TechnicalContact"];

/// Adds the load in one transaction.
pub fn generate(db: &mut Db, tenant: i64, load: UptrendsLoad) -> Result<(), Refusal> {
    let tx = db.conn.transaction()?;
    let mut maker =
        Maker { conn: &tx, tenant, rng: Rng::new(load.seed), names: Names::new(), seed: load.seed };
    let groups = maker.groups(load.groups)?;
    let operators = maker.operators(load.operators, &groups)?;
    maker.api_users(load.api_users, &operators)?;
    maker.schedules(load.schedules, &operators)?;
    let monitor_groups = maker.monitor_groups(load.monitor_groups, &groups)?;
    maker.monitors(load.monitors, &monitor_groups, (&operators, &groups))?;
    maker.shared(load.shared, (&operators, &groups))?;
    maker.alerts(load.alerts, &operators, &groups)?;
    tx.commit()?;
    // Else every list would be looked up in a log as large as the load.
    db.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

struct Maker<'a> {
    conn: &'a Connection,
    tenant: i64,
    rng: Rng,
    names: Names,
    seed: u64,
}

impl Maker<'_> {
    fn add(&self, (kind, id, name): (ThingKind, &str, &str), json: &str) -> Result<i64, Refusal> {
        let new = New { tenant: self.tenant, kind, id, name, parent: 0, json, hidden: "{}" };
        Ok(insert_thing(self.conn, &new)?)
    }

    /// The groups that have members.
    fn groups(&mut self, count: usize) -> Result<Vec<i64>, Refusal> {
        let mut filled = Vec::new();
        for number in 0..count {
            let (id, name) = (self.rng.uuid(), landscape::team(self.seed, number));
            let json = json!({
                "OperatorGroupGuid": id, "Description": name, "IsEveryone": false, "IsAdministratorsGroup": false,
            });
            let seq = self.add((ThingKind::OperatorGroup, &id, &name), &json.to_string())?;
            if let Some(right) = self.rng.pick(&RIGHTS).copied().filter(|_| number % 2 == 0) {
                grant_right(self.conn, seq, right)?;
            }
            if number % 20 != 19 {
                filled.push(seq);
            }
        }
        Ok(filled)
    }

    fn operators(&mut self, count: usize, groups: &[i64]) -> Result<Vec<i64>, Refusal> {
        let mut made = Vec::with_capacity(count);
        for number in 0..count {
            let person = self.names.person(&mut self.rng);
            let id = self.rng.uuid();
            let address = format!("{}.{}-{number}@load.example", person.plain, self.seed);
            let mobile =
                if self.rng.chance(0.5) { format!("+447700900{:03}", number % 1_000) } else { String::new() };
            let shown = json!({
                "OperatorGuid": id, "FullName": person.display, "Email": address, "MobilePhone": mobile,
                "OutgoingPhoneNumberId": 1, "IsAccountAdministrator": false, "BackupEmail": "",
                "IsOnDuty": number % 12 != 11, "SmsProvider": "UseAccountSetting",
                "DefaultDashboard": "UseAccountSpecifiedDashboard", "OperatorRole": "Unspecified",
            });
            let shown = with_hash(shown.as_object().cloned().unwrap_or_default());
            let json = Value::Object(shown).to_string();
            let seq = self.add((ThingKind::Operator, &id, &address), &json)?;
            grant_right(self.conn, seq, "AccountAccess")?;
            if let Some(right) = self.rng.pick(&RIGHTS).copied().filter(|_| number % 9 == 8) {
                grant_right(self.conn, seq, right)?;
            }
            for chance in [0.9, 0.3] {
                if let Some(group) = self.rng.pick(groups).copied()
                    && self.rng.chance(chance)
                {
                    link(self.conn, Edge::Member, group, seq)?;
                }
            }
            made.push(seq);
        }
        Ok(made)
    }

    fn api_users(&mut self, count: usize, operators: &[i64]) -> Result<(), Refusal> {
        let spread = operators.len().div_ceil(count.max(1)).max(1);
        for (number, operator) in operators.iter().step_by(spread).cycle().take(count).enumerate() {
            let (id, days) = (self.rng.uuid(), i64::try_from(self.rng.below(730)).unwrap_or(0));
            let kind = self.rng.pick(&["Generic", "Generic", "MobileApp", "TransactionRecorder", "Grafana"]);
            let mut own = json!({
                "description": landscape::script(number), "type": kind, "created": EPOCH_MS + days * DAY_MS,
                "requests": if number % 3 == 0 { 0 } else { self.rng.below(5_000) },
            });
            if number % 4 != 0
                && let Some(own) = own.as_object_mut()
            {
                own.insert("lastUsed".to_owned(), json!(EPOCH_MS + (days + 200) * DAY_MS));
            }
            let (json, name) = (own.to_string(), format!("load{}x{number:06}", self.seed));
            let (tenant, kind, parent) = (self.tenant, ThingKind::ApiUser, *operator);
            insert_thing(
                self.conn,
                &New { tenant, kind, id: &id, name: &name, parent, json: &json, hidden: "{}" },
            )?;
        }
        Ok(())
    }

    fn schedules(&mut self, count: usize, operators: &[i64]) -> Result<(), Refusal> {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        for operator in operators.iter().cycle().take(if operators.is_empty() { 0 } else { count }) {
            let period = match self.rng.below(4) {
                0 => json!({ "ScheduleMode": "Daily", "StartTime": "20:00", "EndTime": "08:00" }),
                1 => json!({
                    "ScheduleMode": "Weekly", "WeekDay": self.rng.pick(&days), "StartTime": "00:00", "EndTime": "23:59",
                }),
                2 => json!({
                    "ScheduleMode": "Monthly", "MonthDay": 1 + self.rng.below(31), "StartTime": "06:00", "EndTime": "12:00",
                }),
                _ => json!({
                    "ScheduleMode": "OneTime", "StartDateTime": "2026-12-24T12:00:00", "EndDateTime": "2027-01-04T08:00:00",
                }),
            };
            add_period(self.conn, *operator, &object(period))?;
        }
        Ok(())
    }

    fn monitor_groups(&mut self, count: usize, groups: &[i64]) -> Result<Vec<i64>, Refusal> {
        let mut made = Vec::with_capacity(count);
        for number in 0..count {
            let (id, name) = (self.rng.uuid(), landscape::monitor_group(number));
            let json = json!({
                "MonitorGroupGuid": id, "Description": name, "IsAll": false, "IsQuotaUnlimited": true,
            });
            let seq = self.add((ThingKind::MonitorGroup, &id, &name), &json.to_string())?;
            if let Some(group) = self.rng.pick(groups).copied() {
                for kind in ["ViewMonitorDataInGroup", "ViewMonitorsInGroup"] {
                    give(self.conn, &self.rng.uuid(), (seq, kind, group), false)?;
                }
            }
            made.push(seq);
        }
        Ok(made)
    }

    fn monitors(
        &mut self,
        count: usize,
        sites: &[i64],
        (operators, groups): (&[i64], &[i64]),
    ) -> Result<(), Refusal> {
        for number in 0..count {
            let (id, own) = (self.rng.uuid(), Watched::new(number));
            let production = own.mode == "Production";
            let host = format!("check{number}.load.example");
            let plan = monitor::Plan {
                id: &id,
                name: &own.name,
                kind: own.kind,
                mode: own.mode,
                active: number % if production { 25 } else { 4 } != 3,
                alerts: production && number % 7 != 6,
                host: &host,
            };
            let seq = monitor::insert(self.conn, self.tenant, &plan)?;
            for site in own.groups(sites.len()).filter_map(|group| sites.get(group)) {
                link(self.conn, Edge::MonitorMember, *site, seq)?;
            }
            for holders in [groups, operators] {
                let Some(holder) = self.rng.pick(holders).copied().filter(|_| number % 3 == 0) else {
                    continue;
                };
                for kind in ["ViewMonitorData", "ViewMonitor", "EditMonitor"] {
                    give(self.conn, &self.rng.uuid(), (seq, kind, holder), false)?;
                }
            }
        }
        Ok(())
    }

    fn shared(&mut self, count: usize, (operators, groups): (&[i64], &[i64])) -> Result<(), Refusal> {
        for number in 0..count {
            let name = landscape::subject(number);
            for (kind, field, level) in [
                (ThingKind::VaultSection, "Name", Some("ViewVaultSection")),
                (ThingKind::Integration, "Name", Some("UseIntegration")),
                (ThingKind::ScheduledReport, "Description", None),
            ] {
                let id = self.rng.uuid();
                let about = object(json!({ field: name, kind.id_field(): id }));
                let seq = self.add((kind, &id, &name), &Value::Object(about).to_string())?;
                let holders = [self.rng.pick(groups).copied(), self.rng.pick(operators).copied()];
                for holder in holders.into_iter().flatten() {
                    match level {
                        Some(level) => give(self.conn, &self.rng.uuid(), (seq, level, holder), false)?,
                        None => link(self.conn, Edge::Recipient, seq, holder)?,
                    };
                }
            }
        }
        Ok(())
    }

    fn alerts(&mut self, count: usize, operators: &[i64], groups: &[i64]) -> Result<(), Refusal> {
        for number in 0..count {
            let (id, name) = (self.rng.uuid(), format!("Alert {}-{number}", self.seed));
            let json = json!({ "AlertDefinitionGuid": id, "AlertName": name, "IsActive": number % 8 != 7 });
            let seq = self.add((ThingKind::AlertDefinition, &id, &name), &json.to_string())?;
            let levels = [Edge::FirstLevel, Edge::SecondLevel, Edge::ThirdLevel];
            for (place, edge) in levels.into_iter().enumerate().filter(|_| number % 10 != 9) {
                for member in [operators, groups] {
                    if let Some(member) = self.rng.pick(member).copied()
                        && self.rng.chance(if place == 0 { 0.9 } else { 0.4 })
                    {
                        link(self.conn, edge, seq, member)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}
