//! `/Operator`: list, one, create, change, delete.

use serde_json::{Map, Value, json};

use super::operator_form::{Form, with_hash};
use super::operator_rights::keeping_holders;
use super::operator_rules::check;
use super::period::is_off;
use super::seen::Seen;
use crate::uptrends::auth::digest;
use crate::uptrends::call::{Answer, Ctx, Outcome, text};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{
    Built, Edge, New, Thing, ThingKind, count_things, delete_thing, edges_to, grant_right, insert_thing,
    periods, thing_by_seq, things, update_thing,
};

/// The operator that a part of the address names, if the caller sees it.
pub fn visible(ctx: &Ctx<'_>, place: usize) -> Result<Thing, Refusal> {
    let found = ctx.thing(ThingKind::Operator, place)?;
    if Seen::by(ctx)?.has(found.seq) { Ok(found) } else { Err(Refusal::no_such(ThingKind::Operator)) }
}

/// An operator as it is answered.
fn shown(ctx: &Ctx<'_>, operator: Thing) -> Result<String, Refusal> {
    // A hundred thousand of them are not read and written again for nothing.
    if !ctx.quirks.duty_in_active && !ctx.quirks.unknown_values {
        return Ok(operator.json);
    }
    let mut map = operator.shown();
    if ctx.quirks.unknown_values && operator.seq % 3 == 0 {
        map.insert("SmsProvider".to_owned(), json!("SmsProviderAntarctica"));
    }
    if ctx.quirks.duty_in_active && is_off(ctx, &periods(ctx.conn, operator.seq)?) {
        map.insert("IsOnDuty".to_owned(), json!(false));
    }
    Ok(Value::Object(map).to_string())
}

/// `GET /Operator`.
pub fn list(ctx: &Ctx<'_>) -> Outcome {
    let seen = Seen::by(ctx)?;
    let all = things(ctx.conn, ctx.id(), ThingKind::Operator)?;
    let rows = all.into_iter().filter(|own| seen.has(own.seq)).map(|own| shown(ctx, own));
    Ok(Answer::list(rows.collect::<Result<Vec<_>, _>>()?))
}

/// `GET /Operator/{operatorGuid}`.
pub fn one(ctx: &Ctx<'_>) -> Outcome {
    Ok(Answer::Json(200, shown(ctx, visible(ctx, 0)?)?))
}

/// `POST /Operator`.
pub fn create(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let body = ctx.object()?;
    let mode = text(body, "SetupMode")?.unwrap_or("Manual");
    if !matches!(mode, "Manual" | "Invitation") {
        return Err(Refusal::bad("The value of 'SetupMode' cannot be converted."));
    }
    let mut form = Form { shown: Map::new(), kept: Map::new(), password: None };
    form.kept.insert("SetupMode".to_owned(), json!(mode));
    form.take(body, true)?;
    check(ctx, &form, None)?;
    let used = count_things(ctx.conn, ctx.id(), ThingKind::Operator)?;
    let limit =
        ctx.quirks.operator_limit.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0);
    if limit.is_some_and(|limit| used >= limit) {
        return Err(Refusal::invalid(vec!["The account has no room for another operator.".to_owned()]));
    }
    let id = ctx.tenant.new_id();
    form.shown.insert("OperatorGuid".to_owned(), json!(id));
    form.shown.insert("IsAccountAdministrator".to_owned(), json!(false));
    if let Some(password) = &form.password {
        form.kept.insert("digest".to_owned(), json!(digest(password)));
    }
    let name = form.shown_text("Email").to_lowercase();
    let json = Value::Object(with_hash(form.shown)).to_string();
    let hidden = Value::Object(form.kept).to_string();
    let (tenant, kind) = (ctx.id(), ThingKind::Operator);
    let new = New { tenant, kind, id: &id, name: &name, parent: 0, json: &json, hidden: &hidden };
    let seq = insert_thing(ctx.conn, &new)?;
    grant_right(ctx.conn, seq, "AccountAccess")?;
    Ok(Answer::Json(201, json))
}

/// `PUT /Operator/{operatorGuid}`: what it leaves out is reset.
pub fn replace(ctx: &Ctx<'_>) -> Outcome {
    change(ctx, true)
}

/// `PATCH /Operator/{operatorGuid}`.
pub fn patch(ctx: &Ctx<'_>) -> Outcome {
    change(ctx, false)
}

fn change(ctx: &Ctx<'_>, whole: bool) -> Outcome {
    ctx.administrator()?;
    let mut found = ctx.thing(ThingKind::Operator, 0)?;
    let body = ctx.object()?;
    if text(body, "OperatorGuid")?.is_some_and(|id| !id.eq_ignore_ascii_case(&found.id)) {
        return Err(Refusal::bad("OperatorGuid is not the one of the address."));
    }
    let mut form = Form { shown: found.shown(), kept: found.kept(), password: None };
    form.take(body, whole)?;
    if ctx.quirks.patch_empties {
        for name in ["MobilePhone", "BackupEmail"] {
            if !body.contains_key(name) {
                form.shown.insert(name.to_owned(), json!(""));
            }
        }
    }
    check(ctx, &form, Some(found.seq))?;
    if let Some(password) = &form.password {
        form.kept.insert("digest".to_owned(), json!(digest(password)));
    }
    found.name = form.shown_text("Email").to_lowercase();
    found.json = Value::Object(with_hash(form.shown)).to_string();
    found.hidden = Value::Object(form.kept).to_string();
    update_thing(ctx.conn, &found)?;
    Ok(Answer::Nothing)
}

/// `DELETE /Operator/{operatorGuid}`: what belongs to it goes too.
pub fn delete(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let found = ctx.thing(ThingKind::Operator, 0)?;
    if found.seq == ctx.caller.operator {
        return Err(Refusal::forbidden("You cannot delete your own operator."));
    }
    if found.is(Built::Owner) {
        return Err(Refusal::bad("The account administrator cannot be deleted."));
    }
    if let Some(owned) = found.kept().get("owns").and_then(Value::as_str) {
        let message =
            format!("The operator cannot be deleted because it owns {owned}. Transfer or delete them first.");
        return Err(Refusal::Messages(ctx.quirks.owner_status, vec![message]));
    }
    for group in edges_to(ctx.conn, Edge::Member, found.seq)? {
        let sub = thing_by_seq(ctx.conn, group)?
            .is_some_and(|own| own.kept().get("subAccount") == Some(&json!(true)));
        if sub {
            return Err(Refusal::bad(
                "The operator is a member of a sub account. Remove it from there first.",
            ));
        }
    }
    keeping_holders(ctx, || Ok(delete_thing(ctx.conn, found.seq)?))?;
    Ok(Answer::Nothing)
}

/// `GET /Operator/{operatorGuid}/OperatorGroup`.
pub fn groups(ctx: &Ctx<'_>) -> Outcome {
    let found = visible(ctx, 0)?;
    let mut groups = vec![ctx.caller.everyone];
    groups.extend(edges_to(ctx.conn, Edge::Member, found.seq)?);
    let mut rows = Vec::new();
    for group in groups {
        if let Some(group) = thing_by_seq(ctx.conn, group)? {
            rows.push(json!({ "OperatorGroupGuid": group.id }).to_string());
        }
    }
    Ok(Answer::list(rows))
}
