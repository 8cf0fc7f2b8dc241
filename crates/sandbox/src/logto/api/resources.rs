//! `/resources` and their scopes.

use serde_json::{Value, json};

use super::roles::joined;
use super::shared::{changes, page, page_or_all, stamped, whole};
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::store::{
    Entity, EntityKind, EntityName, delete_entity, entities, entity_named, insert_entity, update_entity,
};
use crate::logto::token::INDICATOR;
use crate::logto::validate;

/// `GET /resources`: with scopes when asked for.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let all = entities(&ctx.db.conn, ctx.id(), EntityKind::Resource, None)?;
    page_or_all(ctx, all, |ctx, resource| {
        if !ctx.flag("includeScopes") {
            return whole(ctx, resource);
        }
        let scopes = entities(&ctx.db.conn, ctx.id(), EntityKind::Scope, Some(resource.seq))?;
        let scopes: Vec<Value> = scopes.into_iter().map(|scope| Value::Object(scope.value)).collect();
        Ok(joined(resource.value, json!({ "scopes": scopes })))
    })
}

fn resource(ctx: &Ctx<'_>) -> Result<Entity, Refusal> {
    ctx.entity(EntityKind::Resource, 0, Refusal::no_such_id)
}

/// `GET /resources/{id}`.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(resource(ctx)?.value))
}

/// `POST /resources`: the indicator need not be an address.
pub fn create(ctx: &mut Ctx<'_>) -> Outcome {
    let name = validate::sized(&ctx.body, "name", 128)?;
    let indicator = validate::sized(&ctx.body, "indicator", 2048)?;
    let seconds = validate::optional_time(&ctx.body, "accessTokenTtl")?.unwrap_or(3600);
    let all = entities(&ctx.db.conn, ctx.id(), EntityKind::Resource, None)?;
    if all.iter().any(|other| other.text("indicator") == indicator) {
        return Err(Refusal::about(422, "resource.resource_identifier_in_use", indicator));
    }
    let id = ctx.new_id(21);
    let value = stamped(
        &id,
        json!({ "name": name, "indicator": indicator, "isDefault": false, "accessTokenTtl": seconds }),
    );
    let at = EntityName { tenant: ctx.id(), kind: EntityKind::Resource, id: &id, name: &name, parent: 0 };
    insert_entity(&ctx.db.conn, at, ctx.now, &value)?;
    Ok(Answer::created(joined(value, json!({ "scopes": [] }))))
}

/// `PATCH /resources/{id}`.
pub fn patch(ctx: &mut Ctx<'_>) -> Outcome {
    let mut resource = resource(ctx)?;
    resource.value.extend(changes(&ctx.body, &["name", "accessTokenTtl"])?);
    update_entity(&ctx.db.conn, resource.seq, resource.text("name"), &resource.value)?;
    Ok(Answer::ok(resource.value))
}

/// `DELETE /resources/{id}`.
pub fn delete(ctx: &mut Ctx<'_>) -> Outcome {
    let resource = resource(ctx)?;
    if resource.text("indicator") == INDICATOR {
        return Err(Refusal::new(400, "resource.cannot_delete_management_api"));
    }
    delete_entity(&ctx.db.conn, resource.seq)?;
    Ok(Answer::Nothing)
}

/// `GET /resources/{id}/scopes`: always paged.
pub fn scopes(ctx: &mut Ctx<'_>) -> Outcome {
    let resource = resource(ctx)?;
    let all = entities(&ctx.db.conn, ctx.id(), EntityKind::Scope, Some(resource.seq))?;
    page(ctx, all, whole)
}

/// `POST /resources/{id}/scopes`.
pub fn create_scope(ctx: &mut Ctx<'_>) -> Outcome {
    let resource = resource(ctx)?;
    let name = validate::sized(&ctx.body, "name", 256)?;
    let description = validate::optional_text(&ctx.body, "description")?.flatten();
    scope_name(ctx, &resource, &name)?;
    let id = ctx.new_id(21);
    let value = stamped(
        &id,
        json!({ "resourceId": resource.id, "name": name, "description": description, "createdAt": ctx.now }),
    );
    let parent = resource.seq;
    let at = EntityName { tenant: ctx.id(), kind: EntityKind::Scope, id: &id, name: &name, parent };
    insert_entity(&ctx.db.conn, at, ctx.now, &value)?;
    Ok(Answer::created(value))
}

fn scope_name(ctx: &Ctx<'_>, resource: &Entity, name: &str) -> Result<(), Refusal> {
    if name.contains(char::is_whitespace) {
        return Err(Refusal::new(400, "scope.name_with_space"));
    }
    if entity_named(&ctx.db.conn, ctx.id(), EntityKind::Scope, name, resource.seq)?.is_some() {
        return Err(Refusal::about(422, "scope.name_exists", name));
    }
    Ok(())
}

fn scope(ctx: &Ctx<'_>, resource: &Entity) -> Result<Entity, Refusal> {
    let scope = ctx.entity(EntityKind::Scope, 1, Refusal::no_such_id)?;
    if scope.parent == resource.seq { Ok(scope) } else { Err(Refusal::not_found()) }
}

/// `PATCH /resources/{id}/scopes/{scopeId}`.
pub fn patch_scope(ctx: &mut Ctx<'_>) -> Outcome {
    let resource = resource(ctx)?;
    let mut scope = scope(ctx, &resource)?;
    let changes = changes(&ctx.body, &["name", "description"])?;
    if let Some(name) = changes.get("name").and_then(Value::as_str).filter(|name| *name != scope.text("name"))
    {
        scope_name(ctx, &resource, name)?;
    }
    scope.value.extend(changes);
    update_entity(&ctx.db.conn, scope.seq, scope.text("name"), &scope.value)?;
    Ok(Answer::ok(scope.value))
}

/// `DELETE /resources/{id}/scopes/{scopeId}`.
pub fn delete_scope(ctx: &mut Ctx<'_>) -> Outcome {
    let resource = resource(ctx)?;
    delete_entity(&ctx.db.conn, scope(ctx, &resource)?.seq)?;
    Ok(Answer::Nothing)
}
