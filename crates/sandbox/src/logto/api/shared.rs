//! What several kinds of endpoints do alike: pages of users and of entities, and look-ups of ids in bodies.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::user_view::show_all;
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::paging::Paging;
use crate::logto::quirks::TieOrder;
use crate::logto::refusal::Refusal;
use crate::logto::store::{Entity, EntityKind, Rows, User, entity, user, users_by_seq};
use crate::state::lock;

/// A page of users out of an order, newest first, with or without stable ties.
pub fn page_of(ctx: &Ctx<'_>, rows: &Arc<Rows>, paging: Paging) -> Result<Vec<User>, Refusal> {
    let shuffled = ctx.tenant.logto.as_ref().is_some_and(|logto| logto.quirks().ties == TieOrder::Shuffled);
    let seqs = if shuffled {
        rows.window(paging.skipped(), paging.size, Some(&mut lock(&ctx.tenant.rng)))
    } else {
        rows.window(paging.skipped(), paging.size, None)
    };
    Ok(users_by_seq(&ctx.db.conn, &seqs)?)
}

/// A page of users as an answer.
pub fn user_page(ctx: &Ctx<'_>, rows: &Arc<Rows>) -> Outcome {
    let paging = Paging::read(&ctx.query)?;
    let json = show_all(&page_of(ctx, rows, paging)?)?;
    Ok(Answer::Page { json, total: rows.0.len(), capped: false, paging })
}

/// A page of `all`, shown by `show`; only the page is shown, because showing may count.
pub fn page<T>(ctx: &Ctx<'_>, all: Vec<T>, show: impl Fn(&Ctx<'_>, T) -> Result<Value, Refusal>) -> Outcome {
    let paging = Paging::read(&ctx.query)?;
    let total = all.len();
    let rows = all.into_iter().skip(paging.skipped()).take(paging.size);
    let shown = rows.map(|row| show(ctx, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Answer::Page { json: Value::Array(shown).to_string(), total, capped: false, paging })
}

/// A page when the request asks for one, else everything.
pub fn page_or_all<T>(
    ctx: &Ctx<'_>,
    all: Vec<T>,
    show: impl Fn(&Ctx<'_>, T) -> Result<Value, Refusal>,
) -> Outcome {
    if Paging::read(&ctx.query)?.asked {
        return page(ctx, all, show);
    }
    let shown = all.into_iter().map(|row| show(ctx, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Answer::ok(shown))
}

/// An entity as it is.
pub fn whole(_: &Ctx<'_>, entity: Entity) -> Result<Value, Refusal> {
    Ok(Value::Object(entity.value))
}

/// The entities of these ids; `refusal` says how the absence of one is told.
pub fn entities_named(
    ctx: &Ctx<'_>,
    kind: EntityKind,
    ids: &[String],
    refusal: impl Fn(&str) -> Refusal,
) -> Result<Vec<Entity>, Refusal> {
    let find = |id: &String| entity(&ctx.db.conn, ctx.id(), kind, id)?.ok_or_else(|| refusal(id));
    ids.iter().map(find).collect()
}

/// The users of these ids; `refusal` says how the absence of one is told.
pub fn users_named(
    ctx: &Ctx<'_>,
    ids: &[String],
    refusal: impl Fn(&str) -> Refusal,
) -> Result<Vec<User>, Refusal> {
    let find = |id: &String| user(&ctx.db.conn, ctx.id(), id)?.ok_or_else(|| refusal(id));
    ids.iter().map(find).collect()
}

/// A new entity: `value` gets `tenantId` and `id`.
pub fn stamped(id: &str, value: Value) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("tenantId".to_owned(), Value::from("default"));
    map.insert("id".to_owned(), Value::from(id));
    if let Value::Object(value) = value {
        map.extend(value);
    }
    map
}

/// Those of `names` that the body has; refused when it has none.
pub fn changes(body: &Map<String, Value>, names: &[&str]) -> Result<Map<String, Value>, Refusal> {
    let pick = |name: &&str| Some(((*name).to_owned(), body.get(*name)?.clone()));
    let found: Map<String, Value> = names.iter().filter_map(pick).collect();
    if found.is_empty() {
        return Err(Refusal::new(422, "entity.invalid_input"));
    }
    Ok(found)
}
