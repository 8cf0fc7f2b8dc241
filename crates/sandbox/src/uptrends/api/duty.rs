//! `/Operator/{g}/DutySchedule`: the off-duty periods of an operator.

use serde_json::{Map, Value, json};

use super::operators::visible;
use super::period::read;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{ThingKind, add_period, delete_period, periods, update_period};

/// `GET /Operator/{operatorGuid}/DutySchedule`.
pub fn list(ctx: &Ctx<'_>) -> Outcome {
    let found = visible(ctx, 0)?;
    let rows = periods(ctx.conn, found.seq)?.into_iter().map(|(id, mut period)| {
        if ctx.quirks.unknown_values && id % 5 == 0 {
            period.insert("ScheduleMode".to_owned(), json!("Yearly"));
        }
        numbered(id, period)
    });
    Ok(Answer::list(rows.map(|row| row.to_string())))
}

fn numbered(id: i64, mut period: Map<String, Value>) -> Value {
    period.insert("Id".to_owned(), json!(id));
    Value::Object(period)
}

/// `POST /Operator/{operatorGuid}/DutySchedule`.
pub fn add(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let found = ctx.thing(ThingKind::Operator, 0)?;
    let period = read(ctx.object()?).map_err(Refusal::invalid)?;
    let id = add_period(ctx.conn, found.seq, &period)?;
    Ok(if ctx.quirks.period_in_answer { Answer::created(numbered(id, period)) } else { Answer::Made })
}

/// `PUT /Operator/{operatorGuid}/DutySchedule/{dutyScheduleId}`.
pub fn replace(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let found = ctx.thing(ThingKind::Operator, 0)?;
    let (id, body) = (number(ctx)?, ctx.object()?);
    if body.get("Id").and_then(Value::as_i64) != Some(id) {
        return Err(Refusal::bad("Id is not the one of the address."));
    }
    let period = read(body).map_err(|wrong| Refusal::Messages(400, wrong))?;
    if update_period(ctx.conn, (found.seq, id), &period)? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::missing("duty schedule"))
}

/// `DELETE /Operator/{operatorGuid}/DutySchedule/{dutyScheduleId}`.
pub fn delete(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let found = ctx.thing(ThingKind::Operator, 0)?;
    if delete_period(ctx.conn, found.seq, number(ctx)?)? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::missing("duty schedule"))
}

fn number(ctx: &Ctx<'_>) -> Result<i64, Refusal> {
    ctx.param(1).parse().map_err(|_| Refusal::bad("The id of the duty schedule is not a number."))
}
