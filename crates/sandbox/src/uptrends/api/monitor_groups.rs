//! `/MonitorGroup`.

use serde_json::json;

use super::monitors::members_of;
use super::seen::MonitorLevels;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{Thing, ThingKind, things};

/// `GET /MonitorGroup`.
pub fn list(ctx: &Ctx<'_>) -> Outcome {
    let levels = MonitorLevels::of(ctx)?;
    let all = things(ctx.conn, ctx.id(), ThingKind::MonitorGroup)?;
    Ok(Answer::list(all.into_iter().filter(|own| levels.group(own.seq) > 0).map(|own| own.json)))
}

fn visible(ctx: &Ctx<'_>) -> Result<(Thing, MonitorLevels), Refusal> {
    let found = ctx.thing(ThingKind::MonitorGroup, 0)?;
    let levels = MonitorLevels::of(ctx)?;
    if levels.group(found.seq) > 0 {
        Ok((found, levels))
    } else {
        Err(Refusal::no_such(ThingKind::MonitorGroup))
    }
}

/// `GET /MonitorGroup/{monitorGroupGuid}`.
pub fn one(ctx: &Ctx<'_>) -> Outcome {
    Ok(Answer::Json(200, visible(ctx)?.0.json))
}

/// `GET /MonitorGroup/{monitorGroupGuid}/Member`: an array, whatever the service's own document says.
pub fn members(ctx: &Ctx<'_>) -> Outcome {
    let (group, levels) = visible(ctx)?;
    let members = members_of(ctx, &group)?.into_iter().filter(|own| levels.monitor(own.seq) > 0);
    Ok(Answer::list(members.map(|own| json!({ "MonitorGuid": own.id }).to_string())))
}
