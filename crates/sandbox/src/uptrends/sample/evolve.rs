//! A few plausible changes in the sample account: somebody joins, is set inactive, leaves, goes on vacation, changes team, gets
//! an API user or a monitor. They go through the endpoints, so rules and cascades are those of the service.

use axum::http::Method;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::duty::once;
use super::plan::Plan;
use crate::latin::plain;
use crate::rng::Rng;
use crate::state::TenantState;
use crate::store::Db;
use crate::uptrends::inside::request;
use crate::uptrends::refusal::Refusal;
use crate::uptrends::zones::{Zone, utc};

/// Applies the changes of round `round`, counted from 1.
pub fn evolve(db: &Db, tenant: &TenantState, plan: &Plan, round: u32) -> Result<(), Refusal> {
    let rng = Rng::for_text(plan.seed + 100 + u64::from(round), &plan.slug);
    let mut team = Team { conn: &db.conn, tenant, rng };
    // However often it is started, the account keeps about its size, and within its limit.
    if team.list("/Operator")?.len() < plan.operators.len() * 6 / 5 {
        team.join(plan)?;
    }
    team.rest(round)?;
    team.leave()?;
    team.vacation()?;
    team.move_about()?;
    team.script(round)?;
    team.grant()
}

struct Team<'a> {
    conn: &'a Connection,
    tenant: &'a TenantState,
    rng: Rng,
}

impl Team<'_> {
    fn ask(&self, method: &Method, path: &str, body: Value) -> Result<Value, Refusal> {
        request(self.conn, self.tenant, method, path, body)
    }

    fn list(&self, path: &str) -> Result<Vec<Value>, Refusal> {
        let found = self.ask(&Method::GET, path, Value::Null)?;
        Ok(if let Value::Array(rows) = found { rows } else { Vec::new() })
    }

    /// The GUID of one of a list, if any fits.
    fn one(
        &mut self,
        path: &str,
        name: &str,
        fits: impl Fn(&Value) -> bool,
    ) -> Result<Option<String>, Refusal> {
        let mut rows = self.list(path)?;
        rows.retain(|row| fits(row));
        let picked = self.rng.pick(&rows).and_then(|row| row.get(name)?.as_str());
        Ok(picked.map(str::to_owned))
    }

    fn operator(&mut self, active: bool) -> Result<Option<String>, Refusal> {
        let active = json!(active);
        self.one("/Operator", "OperatorGuid", |own| {
            own.get("IsOnDuty") == Some(&active) && own.get("IsAccountAdministrator") == Some(&json!(false))
        })
    }

    fn team(&mut self) -> Result<Option<String>, Refusal> {
        self.one("/OperatorGroup", "OperatorGroupGuid", |own| {
            ["IsEveryone", "IsAdministratorsGroup"].iter().all(|name| own.get(*name) == Some(&json!(false)))
        })
    }

    fn join(&mut self, plan: &Plan) -> Result<(), Refusal> {
        let names =
            crate::samples::names().map_err(|error| Refusal::Messages(500, vec![error.to_string()]))?;
        let Some(own) = self.rng.pick(&names) else { return Ok(()) };
        let given = self.rng.pick(&own.feminine).map_or("", String::as_str);
        let family = self.rng.pick(&own.family).map_or("", String::as_str);
        // A number keeps the address free of clashes with somebody who is there already.
        let number = 10 + self.rng.below(90);
        let email = format!("{}.{}{number}@{}", plain(given), plain(family), plan.domain);
        let body = json!({
            "FullName": format!("{given} {family}"), "Email": email, "IsOnDuty": true, "SetupMode": "Invitation",
        });
        let made = match self.ask(&Method::POST, "/Operator", body) {
            Err(Refusal::Messages(403, _)) => return Ok(()),
            made => made?,
        };
        if let (Some(group), Some(id)) = (self.team()?, made.get("OperatorGuid").and_then(Value::as_str)) {
            self.ask(&Method::POST, &format!("/OperatorGroup/{group}/Member/{id}"), Value::Null)?;
        }
        Ok(())
    }

    /// One is no longer active, or is again.
    fn rest(&mut self, round: u32) -> Result<(), Refusal> {
        let back = round.is_multiple_of(2);
        if let Some(id) = self.operator(!back)? {
            self.ask(&Method::PATCH, &format!("/Operator/{id}"), json!({ "IsOnDuty": back }))?;
        }
        Ok(())
    }

    fn leave(&mut self) -> Result<(), Refusal> {
        if !self.rng.chance(0.5) {
            return Ok(());
        }
        let Some(id) = self.operator(false)? else { return Ok(()) };
        match self.ask(&Method::DELETE, &format!("/Operator/{id}"), Value::Null) {
            // Whoever owns something stays.
            Err(Refusal::Messages(400 | 403, _)) => Ok(()),
            done => done.map(drop),
        }
    }

    /// One goes on vacation in some hours, and one is away since this morning.
    fn vacation(&mut self) -> Result<(), Refusal> {
        let Some(own) = &self.tenant.uptrends else { return Ok(()) };
        let zone = Zone::by_id(own.quirks().timezone_id);
        let now = zone.map_or_else(|| utc(own.now_ms()), |zone| zone.local(own.now_ms()));
        for (from, to) in [(3, 12 * 24), (-8, 16)] {
            if let Some(id) = self.operator(true)? {
                self.ask(&Method::POST, &format!("/Operator/{id}/DutySchedule"), once(now, from, to))?;
            }
        }
        Ok(())
    }

    fn move_about(&mut self) -> Result<(), Refusal> {
        let (Some(id), Some(group)) = (self.operator(true)?, self.team()?) else { return Ok(()) };
        self.ask(&Method::POST, &format!("/OperatorGroup/{group}/Member/{id}"), Value::Null)?;
        let Some(group) = self.team()? else { return Ok(()) };
        let path = format!("/OperatorGroup/{group}/Member");
        let members = self.list(&path)?;
        // The last one of a group stays.
        if members.len() > 1
            && let Some(id) = self.rng.pick(&members).and_then(|own| own.get("OperatorGuid")?.as_str())
        {
            match self.ask(&Method::DELETE, &format!("{path}/{id}"), Value::Null) {
                Err(Refusal::Messages(400, _)) => {}
                done => drop(done?),
            }
        }
        Ok(())
    }

    /// Somebody gets an API user, and one that nobody uses is described anew or goes.
    fn script(&mut self, round: u32) -> Result<(), Refusal> {
        if let Some(id) = self.operator(true)? {
            let body = json!({ "OperatorGuid": id, "Description": format!("Script {round}") });
            self.ask(&Method::POST, "/ApiUser", body)?;
        }
        let idle = |own: &Value| {
            own.get("LastUsedDate").is_none()
                && own
                    .get("Description")
                    .and_then(Value::as_str)
                    .is_some_and(|text| text.starts_with("Script "))
        };
        if round.is_multiple_of(2)
            && let Some(id) = self.one("/ApiUser", "ApiUserGuid", idle)?
        {
            self.ask(&Method::DELETE, &format!("/ApiUser/{id}"), Value::Null)?;
        }
        Ok(())
    }

    /// Somebody may edit one monitor more.
    fn grant(&mut self) -> Result<(), Refusal> {
        let monitor = self.one("/Monitor?filter=MonitorGuid", "MonitorGuid", |_| true)?;
        let (Some(monitor), Some(id)) = (monitor, self.operator(true)?) else { return Ok(()) };
        let body = json!({ "AuthorizationType": "EditMonitor", "OperatorGuid": id });
        self.ask(&Method::POST, &format!("/Monitor/{monitor}/Authorizations"), body).map(drop)
    }
}
