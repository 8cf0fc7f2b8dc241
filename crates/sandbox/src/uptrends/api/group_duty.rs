//! The calls that change the duty of every member of a group. A group has no duty of its own.

use serde_json::{Value, json};

use super::members::members_of;
use super::operator_form::with_hash;
use super::period::read;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{ThingKind, add_period, update_thing};

/// `POST /OperatorGroup/{operatorGroupGuid}/DutySchedule/AddDutyScheduleForAllMembers`.
pub fn add_for_all(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let group = ctx.thing(ThingKind::OperatorGroup, 0)?;
    let period = read(ctx.object()?).map_err(|wrong| Refusal::Messages(400, wrong))?;
    for member in members_of(ctx, &group)? {
        add_period(ctx.conn, member.seq, &period)?;
    }
    Ok(Answer::Nothing)
}

/// `POST /OperatorGroup/{operatorGroupGuid}/AllOperatorsOnDuty`.
pub fn all_on(ctx: &Ctx<'_>) -> Outcome {
    set_all(ctx, true).map_err(Refusal::bare)
}

/// `POST /OperatorGroup/{operatorGroupGuid}/AllOperatorsOffDuty`.
pub fn all_off(ctx: &Ctx<'_>) -> Outcome {
    set_all(ctx, false).map_err(Refusal::bare)
}

fn set_all(ctx: &Ctx<'_>, active: bool) -> Outcome {
    ctx.administrator()?;
    let group = ctx.thing(ThingKind::OperatorGroup, 0)?;
    for mut member in members_of(ctx, &group)? {
        let mut shown = member.shown();
        shown.insert("IsOnDuty".to_owned(), json!(active));
        member.json = Value::Object(with_hash(shown)).to_string();
        update_thing(ctx.conn, &member)?;
    }
    Ok(Answer::Nothing)
}
