//! Who is on duty: computed from stored schedules, so that it is right at any minute without a network.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, named_params};

use super::accounts::{capabilities_of, stream_state};
use super::page::count32;
use super::recipients;
use crate::api::{DutyPeriodView, DutyPersonView, DutyRequest, DutyRuleView, DutyView, ZoneSource};
use crate::model::{AccountId, LocalSeconds, Moment, OffDutyPeriod, Stream, fold, local_of_zone, union};
use crate::store::{Context, StoreError, off_duty};

const READING: &str = "reading who is on duty";
const USERS: &str = "SELECT remote_id, display_name, active FROM users WHERE account_id = :account_id";
const MEMBERS: &str =
    "SELECT member_id FROM memberships WHERE account_id = :account_id AND group_id = :group_id";
const ZONE: &str = "SELECT time_zone FROM accounts WHERE id = :account_id";

/// Days ahead that are told at most.
const MOST_DAYS: u32 = 62;
const DAY: i64 = 24 * 60 * 60;

/// Who is on duty in one account as of `moment`, and when nobody will be.
///
/// # Errors
/// When the store cannot be read.
pub fn get_duty(conn: &Connection, request: &DutyRequest, moment: &Moment) -> Result<DutyView, StoreError> {
    let account = request.account_id;
    let clock = clock_of(conn, account, moment)?;
    let now = clock.now;
    let until = now.plus(i64::from(request.days.min(MOST_DAYS)) * DAY);
    let group = request.group_id.as_deref().map(|group| members_of(conn, account, group)).transpose()?;
    let mut periods = BTreeMap::<String, Vec<OffDutyPeriod>>::new();
    for period in off_duty::list_all(conn, account)? {
        periods.entry(period.user.as_str().to_owned()).or_default().push(period);
    }
    let alerted = recipients::alerted_users(conn, account)?;
    let mut people: Vec<DutyPersonView> = users_of(conn, account)?
        .into_iter()
        .filter(|(id, _, _)| request.user_id.as_ref().is_none_or(|user| user == id))
        .filter(|(id, _, _)| group.as_ref().is_none_or(|members| members.contains(id)))
        .map(|(id, name, active)| {
            let own = periods.remove(&id).unwrap_or_default();
            let reached = alerted.as_ref().map(|alerted| alerted.contains(&id));
            DutyPersonView { alerted: reached, ..person((id, name, active), own, now, until) }
        })
        .collect();
    people.sort_by_cached_key(|person| (fold(&person.display_name), person.remote_id.clone()));
    Ok(DutyView {
        now,
        zone: clock.zone,
        zone_source: clock.source,
        on_duty: count32(people.iter().filter(|person| person.on_duty).count()),
        people,
        state: stream_state(conn, account, Stream::OffDutyPeriods)?,
    })
}

/// How many are on duty at `moment`; `None` for an account without schedules.
pub(super) fn count_on_duty(
    conn: &Connection,
    account: AccountId,
    moment: &Moment,
) -> Result<Option<u32>, StoreError> {
    if stream_state(conn, account, Stream::OffDutyPeriods)?.is_none() {
        return Ok(None);
    }
    let now = clock_of(conn, account, moment)?.now;
    let off: BTreeSet<String> = off_duty::list_all(conn, account)?
        .into_iter()
        .filter(|period| period.rule.covers(now))
        .map(|period| period.user.as_str().to_owned())
        .collect();
    let users = users_of(conn, account)?;
    let on_duty = users.iter().filter(|(id, _, active)| *active == Some(true) && !off.contains(id)).count();
    Ok(Some(count32(on_duty)))
}

fn person(
    (remote_id, display_name, active): (String, String, Option<bool>),
    own: Vec<OffDutyPeriod>,
    now: LocalSeconds,
    until: LocalSeconds,
) -> DutyPersonView {
    let off = own.iter().any(|period| period.rule.covers(now));
    // Begun a day earlier, so that a period that holds now is shown from its start; what is over by now is left out.
    let times = own.iter().flat_map(|period| period.rule.between(now.plus(-DAY), until)).collect();
    let periods = union(times).into_iter().filter(|(_, end)| *end > now);
    DutyPersonView {
        on_duty: active == Some(true) && !off,
        alerted: None,
        periods: periods.map(|(start, end)| DutyPeriodView { start, end }).collect(),
        rules: own
            .into_iter()
            .map(|period| DutyRuleView { remote_id: period.remote_id.as_str().to_owned(), rule: period.rule })
            .collect(),
        remote_id,
        display_name,
        active,
    }
}

/// An account's clock.
pub(super) struct Clock {
    pub now: LocalSeconds,
    pub zone: String,
    source: ZoneSource,
}

/// The zone that a person chose, else the account's, else this computer's.
pub(super) fn clock_of(conn: &Connection, account: AccountId, moment: &Moment) -> Result<Clock, StoreError> {
    let chosen: Option<Option<String>> = conn
        .prepare_cached(ZONE)
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":account_id": account.0 }, |row| row.get(0)).optional()
        })
        .context(READING)?;
    let chosen = chosen.flatten().and_then(|name| Some((jiff::tz::TimeZone::get(&name).ok()?, name)));
    if let Some((zone, name)) = chosen {
        return Ok(Clock { now: local_of_zone(&zone, moment.now), zone: name, source: ZoneSource::Chosen });
    }
    let facts = capabilities_of(conn, account)?.and_then(|capabilities| capabilities.facts);
    if let Some(zone) = facts.and_then(|facts| facts.time_zone) {
        let now = zone.local(moment.now);
        return Ok(Clock { now, zone: zone.description, source: ZoneSource::Service });
    }
    let name = moment.zone.iana_name().unwrap_or("UTC").to_owned();
    Ok(Clock { now: local_of_zone(&moment.zone, moment.now), zone: name, source: ZoneSource::Computer })
}

type Person = (String, String, Option<bool>);

fn users_of(conn: &Connection, account: AccountId) -> Result<Vec<Person>, StoreError> {
    let mut statement = conn.prepare_cached(USERS).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0 }, |row| {
            Ok((row.get("remote_id")?, row.get("display_name")?, row.get("active")?))
        })
        .context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

fn members_of(conn: &Connection, account: AccountId, group: &str) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = conn.prepare_cached(MEMBERS).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0, ":group_id": group }, |row| row.get("member_id"))
        .context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[USERS, MEMBERS, ZONE];
