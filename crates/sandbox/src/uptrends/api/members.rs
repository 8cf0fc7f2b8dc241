//! `/OperatorGroup/{g}/Member`.

use serde_json::json;

use super::groups::{not_everyone, visible};
use super::operator_rights::keeping_holders;
use super::seen::Seen;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{Built, Edge, Thing, ThingKind, edges_from, link, thing_by_seq, things, unlink};

/// The members of a group; everybody for the group of all operators.
pub fn members_of(ctx: &Ctx<'_>, group: &Thing) -> Result<Vec<Thing>, Refusal> {
    if group.is(Built::Everyone) {
        return Ok(things(ctx.conn, ctx.id(), ThingKind::Operator)?);
    }
    let mut members = Vec::new();
    for seq in edges_from(ctx.conn, Edge::Member, group.seq)? {
        members.extend(thing_by_seq(ctx.conn, seq)?);
    }
    Ok(members)
}

/// `GET /OperatorGroup/{operatorGroupGuid}/Member`: an array, whatever the service's own document says.
pub fn list(ctx: &Ctx<'_>) -> Outcome {
    let group = visible(ctx, 0)?;
    let seen = Seen::by(ctx)?;
    let members = members_of(ctx, &group)?.into_iter().filter(|own| seen.has(own.seq));
    Ok(Answer::list(members.map(|own| json!({ "OperatorGuid": own.id }).to_string())))
}

fn both(ctx: &Ctx<'_>) -> Result<(Thing, Thing), Refusal> {
    ctx.administrator()?;
    let group = ctx.thing(ThingKind::OperatorGroup, 0)?;
    let operator = ctx.thing(ThingKind::Operator, 1)?;
    not_everyone(&group)?;
    Ok((group, operator))
}

/// `POST /OperatorGroup/{operatorGroupGuid}/Member/{operatorGuid}`.
pub fn add(ctx: &Ctx<'_>) -> Outcome {
    let (group, operator) = both(ctx)?;
    link(ctx.conn, Edge::Member, group.seq, operator.seq)?;
    Ok(Answer::Made)
}

/// `DELETE /OperatorGroup/{operatorGroupGuid}/Member/{operatorGuid}`.
pub fn remove(ctx: &Ctx<'_>) -> Outcome {
    let (group, operator) = both(ctx)?;
    keeping_holders(ctx, || {
        if unlink(ctx.conn, Edge::Member, group.seq, operator.seq)? {
            Ok(())
        } else {
            Err(Refusal::missing("member"))
        }
    })?;
    if group.is(Built::Administrators) && edges_from(ctx.conn, Edge::Member, group.seq)?.is_empty() {
        return Err(Refusal::bad("The last administrator cannot be removed."));
    }
    Ok(Answer::Nothing)
}
