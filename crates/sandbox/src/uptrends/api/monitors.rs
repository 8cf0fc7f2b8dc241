//! `/Monitor`. Without `filter` every definition comes whole: large, and with what its requests send.

use serde_json::{Map, Value, json};

use super::seen::MonitorLevels;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{
    Built, Edge, Thing, ThingKind, built, edges_from, edges_to, thing_by_seq, things,
};

/// The attributes that come back, in the words of `filter`; all of them without it.
fn filter(ctx: &Ctx<'_>) -> Option<Vec<String>> {
    let asked = ctx.asked("filter").filter(|text| !text.is_empty())?;
    Some(asked.split(',').map(|name| name.trim().to_owned()).collect())
}

/// A monitor as it is answered. Who may see its data only gets what is stored as shown, and nothing of its definition.
fn shown(ctx: &Ctx<'_>, monitor: &Thing, level: usize, wanted: Option<&[String]>) -> String {
    if wanted.is_none() && level < 2 && !ctx.quirks.unknown_values {
        return monitor.json.clone();
    }
    let mut map = monitor.shown();
    if level >= 2 && wanted.is_none_or(|names| names.iter().any(|name| !map.contains_key(name))) {
        map.extend(monitor.kept());
    }
    if ctx.quirks.unknown_values {
        unknown(&mut map, monitor.seq);
    }
    if let Some(names) = wanted {
        map.retain(|name, _| names.contains(name));
    }
    Value::Object(map).to_string()
}

fn unknown(map: &mut Map<String, Value>, seq: i64) {
    if seq % 3 == 0 {
        map.insert("MonitorType".to_owned(), json!("SatelliteLink"));
    }
    if seq % 7 == 0 {
        map.insert("MonitorMode".to_owned(), json!("Rehearsal"));
    }
}

fn listed(ctx: &Ctx<'_>, monitors: &[Thing]) -> Outcome {
    let (levels, wanted) = (MonitorLevels::of(ctx)?, filter(ctx));
    let seen = monitors.iter().filter_map(|own| {
        let level = levels.monitor(own.seq);
        (level > 0).then(|| shown(ctx, own, level, wanted.as_deref()))
    });
    Ok(Answer::list(seen))
}

/// `GET /Monitor`.
pub fn list(ctx: &Ctx<'_>) -> Outcome {
    listed(ctx, &things(ctx.conn, ctx.id(), ThingKind::Monitor)?)
}

/// `GET /Monitor/MonitorGroup/{monitorGroupGuid}`.
pub fn of_group(ctx: &Ctx<'_>) -> Outcome {
    let group = ctx.thing(ThingKind::MonitorGroup, 0)?;
    listed(ctx, &members_of(ctx, &group)?)
}

/// The monitors of a group; all for the group of all monitors.
pub fn members_of(ctx: &Ctx<'_>, group: &Thing) -> Result<Vec<Thing>, Refusal> {
    if group.is(Built::AllMonitors) {
        return Ok(things(ctx.conn, ctx.id(), ThingKind::Monitor)?);
    }
    let mut members = Vec::new();
    for seq in edges_from(ctx.conn, Edge::MonitorMember, group.seq)? {
        members.extend(thing_by_seq(ctx.conn, seq)?);
    }
    Ok(members)
}

/// The monitor that the address names, if the caller sees it, and what it may do with it.
fn visible(ctx: &Ctx<'_>) -> Result<(Thing, usize), Refusal> {
    let found = ctx.thing(ThingKind::Monitor, 0)?;
    let level = MonitorLevels::of(ctx)?.monitor(found.seq);
    if level > 0 { Ok((found, level)) } else { Err(Refusal::no_such(ThingKind::Monitor)) }
}

/// `GET /Monitor/{monitorGuid}`.
pub fn one(ctx: &Ctx<'_>) -> Outcome {
    let (found, level) = visible(ctx)?;
    Ok(Answer::Json(200, shown(ctx, &found, level, filter(ctx).as_deref())))
}

/// `GET /Monitor/{monitorGuid}/MonitorGroup`: GUIDs as bare texts.
pub fn groups(ctx: &Ctx<'_>) -> Outcome {
    let (found, _) = visible(ctx)?;
    let mut groups = vec![built(ctx.conn, ctx.id(), Built::AllMonitors)?];
    groups.extend(edges_to(ctx.conn, Edge::MonitorMember, found.seq)?);
    let mut rows = Vec::new();
    for group in groups {
        rows.extend(thing_by_seq(ctx.conn, group)?.map(|own| own.id));
    }
    Ok(Answer::ok(rows))
}
