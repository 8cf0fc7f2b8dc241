//! `/AlertDefinition` and who is alerted at each of its three levels.

use serde_json::json;

use super::reports::usable;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::quirks::AlertMembers;
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{Edge, ThingKind, edges_from, thing_by_seq, unlink};

/// `GET /AlertDefinition`.
pub fn list(ctx: &Ctx<'_>) -> Outcome {
    Ok(Answer::list(usable(ctx, ThingKind::AlertDefinition)?.into_iter().map(|own| own.json)))
}

fn level(ctx: &Ctx<'_>) -> Result<Edge, Refusal> {
    match ctx.param(1) {
        "1" => Ok(Edge::FirstLevel),
        "2" => Ok(Edge::SecondLevel),
        "3" => Ok(Edge::ThirdLevel),
        _ => Err(Refusal::missing("escalation level")),
    }
}

/// `GET /AlertDefinition/{alertDefinitionGuid}/EscalationLevel/{level}/Member`. Whoever may not see the definition may not see
/// who is alerted either, and is told that there is none.
pub fn members(ctx: &Ctx<'_>) -> Outcome {
    let refused = |status| {
        let message = "You do not have sufficient rights for this operation.".to_owned();
        Err(Refusal::Messages(status, vec![message]))
    };
    match ctx.quirks.alert_members {
        AlertMembers::Lists | AlertMembers::LoneObjects => {}
        AlertMembers::BadRequest => return refused(400),
        AlertMembers::Forbidden => return refused(403),
        AlertMembers::Missing => return Err(Refusal::Empty(404)),
    }
    let (found, level) = (ctx.thing(ThingKind::AlertDefinition, 0)?, level(ctx)?);
    if !usable(ctx, ThingKind::AlertDefinition)?.iter().any(|own| own.seq == found.seq) {
        return Err(Refusal::no_such(ThingKind::AlertDefinition));
    }
    let mut rows = Vec::new();
    for seq in edges_from(ctx.conn, level, found.seq)? {
        let Some(member) = thing_by_seq(ctx.conn, seq)? else { continue };
        let is_group = member.shown().contains_key("OperatorGroupGuid");
        let name = if is_group { "OperatorGroupGuid" } else { "OperatorGuid" };
        rows.push(json!({ name: member.id }).to_string());
    }
    Ok(match rows.as_slice() {
        [only] if ctx.quirks.alert_members == AlertMembers::LoneObjects => Answer::Json(200, only.clone()),
        _ => Answer::list(rows),
    })
}

/// `DELETE /AlertDefinition/{alertDefinitionGuid}/EscalationLevel/{level}/Member/Operator/{operatorGuid}`.
pub fn remove_operator(ctx: &Ctx<'_>) -> Outcome {
    remove(ctx, ThingKind::Operator)
}

/// `DELETE /AlertDefinition/{alertDefinitionGuid}/EscalationLevel/{level}/Member/OperatorGroup/{operatorGroupGuid}`.
pub fn remove_group(ctx: &Ctx<'_>) -> Outcome {
    remove(ctx, ThingKind::OperatorGroup)
}

fn remove(ctx: &Ctx<'_>, kind: ThingKind) -> Outcome {
    ctx.administrator()?;
    let (found, level) = (ctx.thing(ThingKind::AlertDefinition, 0)?, level(ctx)?);
    let member = ctx.thing(kind, 2)?;
    if unlink(ctx.conn, level, found.seq, member.seq)? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::missing("member"))
}
