//! `/OperatorGroup`: list, one, create, rename, delete.

use serde_json::{Value, json};

use super::operator_rights::keeping_holders;
use super::seen::Seen;
use crate::uptrends::call::{Answer, Ctx, Outcome, text};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{
    Built, New, Thing, ThingKind, delete_thing, insert_thing, things, update_thing,
};

/// The group that a part of the address names, if the caller sees it.
pub fn visible(ctx: &Ctx<'_>, place: usize) -> Result<Thing, Refusal> {
    let found = ctx.thing(ThingKind::OperatorGroup, place)?;
    if Seen::by(ctx)?.has(found.seq) { Ok(found) } else { Err(Refusal::no_such(ThingKind::OperatorGroup)) }
}

/// `GET /OperatorGroup`.
pub fn list(ctx: &Ctx<'_>) -> Outcome {
    let seen = Seen::by(ctx)?;
    let all = things(ctx.conn, ctx.id(), ThingKind::OperatorGroup)?;
    Ok(Answer::list(all.into_iter().filter(|own| seen.has(own.seq)).map(|own| own.json)))
}

/// `GET /OperatorGroup/{operatorGroupGuid}`.
pub fn one(ctx: &Ctx<'_>) -> Outcome {
    Ok(Answer::Json(200, visible(ctx, 0)?.json))
}

fn description<'a>(ctx: &'a Ctx<'_>) -> Result<&'a str, Refusal> {
    let given = text(ctx.object()?, "Description")?.map(str::trim).filter(|text| !text.is_empty());
    given.ok_or_else(|| Refusal::bad("Description is required."))
}

/// `POST /OperatorGroup`.
pub fn create(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let name = description(ctx)?;
    let id = ctx.tenant.new_id();
    let json = json!({
        "OperatorGroupGuid": id, "Description": name, "IsEveryone": false, "IsAdministratorsGroup": false,
    })
    .to_string();
    let (tenant, kind) = (ctx.id(), ThingKind::OperatorGroup);
    insert_thing(ctx.conn, &New { tenant, kind, id: &id, name, parent: 0, json: &json, hidden: "{}" })?;
    Ok(Answer::Json(201, json))
}

/// `PUT /OperatorGroup/{operatorGroupGuid}`: only the name can change.
pub fn rename(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let mut found = ctx.thing(ThingKind::OperatorGroup, 0)?;
    not_everyone(&found)?;
    let body = ctx.object()?;
    if text(body, "OperatorGroupGuid")?.is_some_and(|id| !id.eq_ignore_ascii_case(&found.id)) {
        return Err(Refusal::bad("OperatorGroupGuid is not the one of the address."));
    }
    let mut shown = found.shown();
    let name = description(ctx)?.to_owned();
    shown.insert("Description".to_owned(), json!(name));
    found.name = name;
    found.json = Value::Object(shown).to_string();
    update_thing(ctx.conn, &found)?;
    Ok(Answer::Nothing)
}

/// `DELETE /OperatorGroup/{operatorGroupGuid}`.
pub fn delete(ctx: &Ctx<'_>) -> Outcome {
    ctx.administrator()?;
    let found = ctx.thing(ThingKind::OperatorGroup, 0)?;
    not_everyone(&found)?;
    if found.is(Built::Administrators) {
        return Err(Refusal::bad("The Administrators group cannot be deleted."));
    }
    keeping_holders(ctx, || Ok(delete_thing(ctx.conn, found.seq)?))?;
    Ok(Answer::Nothing)
}

/// Refuses what cannot be done with the group of all operators.
pub fn not_everyone(group: &Thing) -> Result<(), Refusal> {
    if group.is(Built::Everyone) {
        return Err(Refusal::bad("The group of all operators cannot be changed."));
    }
    Ok(())
}
