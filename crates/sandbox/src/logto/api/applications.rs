//! `/applications`, their secrets and roles.

use serde_json::{Value, json};

use super::shared::{entities_named, page, page_or_all, stamped, whole};
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::search::{ENTITY_FIELDS, Search};
use crate::logto::store::{
    Detail, Edge, Entity, EntityKind, EntityName, delete_detail, delete_entity, detail, edge_exists,
    edges_to, entities, entity, entity_by_seq, insert_entity, link, put_detail, unlink,
};
use crate::logto::{token, validate};

const KIND: EntityKind = EntityKind::Application;
const TYPES: [&str; 6] = ["Native", "SPA", "Traditional", "MachineToMachine", "Protected", "SAML"];

/// `GET /applications`.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let search = Search::read(&ctx.query, ENTITY_FIELDS)?;
    let types: Vec<&str> =
        ctx.query.iter().filter(|(name, _)| name == "types").map(|(_, value)| value.as_str()).collect();
    let third = ctx.asked("isThirdParty").map(|value| value == "true");
    let mut all = entities(&ctx.db.conn, ctx.id(), KIND, None)?;
    all.retain(|own| {
        let is_third = own.value.get("isThirdParty") == Some(&Value::Bool(true));
        (types.is_empty() || types.contains(&own.text("type")))
            && third.is_none_or(|wanted| wanted == is_third)
            && search.matches(ENTITY_FIELDS, |field| own.value.get(field).and_then(Value::as_str))
    });
    if let Some(id) = ctx.asked("excludeRoleId")
        && let Some(role) = entity(&ctx.db.conn, ctx.id(), EntityKind::Role, id)?
    {
        let mut kept = Vec::new();
        for own in all {
            if !edge_exists(&ctx.db.conn, Edge::RoleApplication, role.seq, own.seq)? {
                kept.push(own);
            }
        }
        all = kept;
    }
    page_or_all(ctx, all, whole)
}

fn application(ctx: &Ctx<'_>) -> Result<Entity, Refusal> {
    ctx.entity(KIND, 0, Refusal::no_such_id)
}

/// `GET /applications/{id}`.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(application(ctx)?.value))
}

/// `POST /applications`.
pub fn create(ctx: &mut Ctx<'_>) -> Outcome {
    let name = validate::sized(&ctx.body, "name", 256)?;
    let kind = validate::text(&ctx.body, "type")?;
    validate::one_of("type", &kind, &TYPES)?;
    let description = validate::optional_text(&ctx.body, "description")?.flatten();
    let id = ctx.new_id(21);
    let value = fresh(&id, &name, &kind, description.as_deref(), ctx.now);
    let at = EntityName { tenant: ctx.id(), kind: KIND, id: &id, name: &name, parent: 0 };
    let seq = insert_entity(&ctx.db.conn, at, ctx.now, &value)?;
    let secret = ctx.new_secret(32);
    put_detail(
        &ctx.db.conn,
        seq,
        Detail::Secret,
        "Default secret",
        &secret_value(&id, "Default secret", Some(&secret), ctx.now, None),
    )?;
    Ok(Answer::ok(value))
}

/// A new application.
pub fn fresh(
    id: &str,
    name: &str,
    kind: &str,
    description: Option<&str>,
    created: i64,
) -> serde_json::Map<String, Value> {
    stamped(
        id,
        json!({
            "name": name, "description": description, "type": kind,
            "oidcClientMetadata": { "redirectUris": [], "postLogoutRedirectUris": [] }, "customClientMetadata": {},
            "protectedAppMetadata": null, "customData": {}, "isThirdParty": false,
            "appLevelAccessControlEnabled": false, "createdAt": created,
        }),
    )
}

/// A secret; one without a value is that of the credential the sandbox was started with.
pub fn secret_value(id: &str, name: &str, value: Option<&str>, created: i64, end: Option<i64>) -> Value {
    json!({
        "tenantId": "default", "applicationId": id, "name": name, "value": value, "createdAt": created,
        "expiresAt": end,
    })
}

/// `DELETE /applications/{id}`.
pub fn delete(ctx: &mut Ctx<'_>) -> Outcome {
    delete_entity(&ctx.db.conn, application(ctx)?.seq)?;
    Ok(Answer::Nothing)
}

/// `GET /applications/{id}/secrets`: with their values.
pub fn secrets(ctx: &mut Ctx<'_>) -> Outcome {
    let application = application(ctx)?;
    let all: Vec<Value> = token::secrets(ctx, &application)?.into_iter().map(Value::Object).collect();
    Ok(Answer::ok(all))
}

/// `POST /applications/{id}/secrets`.
pub fn create_secret(ctx: &mut Ctx<'_>) -> Outcome {
    let application = application(ctx)?;
    let name = validate::sized(&ctx.body, "name", 256)?;
    let end = validate::optional_time(&ctx.body, "expiresAt")?;
    if end.is_some_and(|end| end <= ctx.now) {
        return Err(Refusal::input(400, "The value of `expiresAt` must be in the future."));
    }
    if detail(&ctx.db.conn, application.seq, Detail::Secret, &name)?.is_some() {
        return Err(Refusal::new(422, "application.secret_name_exists"));
    }
    let value = secret_value(&application.id, &name, Some(&ctx.new_secret(32)), ctx.now, end);
    put_detail(&ctx.db.conn, application.seq, Detail::Secret, &name, &value)?;
    Ok(Answer::created(value))
}

/// `DELETE /applications/{id}/secrets/{name}`.
pub fn delete_secret(ctx: &mut Ctx<'_>) -> Outcome {
    let application = application(ctx)?;
    if delete_detail(&ctx.db.conn, application.seq, Detail::Secret, Some(ctx.param(1)))? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::not_found())
}

fn machine(ctx: &Ctx<'_>) -> Result<Entity, Refusal> {
    let application = application(ctx)?;
    if application.text("type") == "MachineToMachine" {
        return Ok(application);
    }
    Err(Refusal::new(422, "application.invalid_type"))
}

/// `GET /applications/{id}/roles`.
pub fn roles(ctx: &mut Ctx<'_>) -> Outcome {
    let application = machine(ctx)?;
    let search = Search::read(&ctx.query, ENTITY_FIELDS)?;
    let mut roles = Vec::new();
    for seq in edges_to(&ctx.db.conn, Edge::RoleApplication, application.seq)? {
        roles.extend(entity_by_seq(&ctx.db.conn, seq)?);
    }
    roles.retain(|role| search.matches(ENTITY_FIELDS, |field| role.value.get(field).and_then(Value::as_str)));
    page(ctx, roles, whole)
}

fn machine_roles(ctx: &Ctx<'_>, ids: &[String]) -> Result<Vec<Entity>, Refusal> {
    let roles = entities_named(ctx, EntityKind::Role, ids, Refusal::no_such_id)?;
    if roles.iter().any(|role| role.text("type") != "MachineToMachine") {
        return Err(Refusal::new(422, "application.invalid_role_type"));
    }
    Ok(roles)
}

/// `POST /applications/{id}/roles`.
pub fn assign_roles(ctx: &mut Ctx<'_>) -> Outcome {
    let application = machine(ctx)?;
    let ids = validate::texts(&ctx.body, "roleIds", 1)?;
    let mut added = Vec::new();
    for role in machine_roles(ctx, &ids)? {
        if link(&ctx.db.conn, Edge::RoleApplication, role.seq, application.seq, 0)? {
            added.push(role.id);
        }
    }
    Ok(Answer::created(json!({ "roleIds": ids, "addedRoleIds": added })))
}

/// `PUT /applications/{id}/roles`: refused when it changes nothing.
pub fn replace_roles(ctx: &mut Ctx<'_>) -> Outcome {
    let application = machine(ctx)?;
    let ids = validate::texts(&ctx.body, "roleIds", 0)?;
    let roles = machine_roles(ctx, &ids)?;
    let held = edges_to(&ctx.db.conn, Edge::RoleApplication, application.seq)?;
    let gone: Vec<i64> =
        held.iter().copied().filter(|seq| !roles.iter().any(|role| role.seq == *seq)).collect();
    let come: Vec<i64> = roles.iter().map(|role| role.seq).filter(|seq| !held.contains(seq)).collect();
    if gone.is_empty() && come.is_empty() {
        return Err(Refusal::new(422, "entity.invalid_input"));
    }
    for role in gone {
        unlink(&ctx.db.conn, Edge::RoleApplication, role, application.seq, 0)?;
    }
    for role in come {
        link(&ctx.db.conn, Edge::RoleApplication, role, application.seq, 0)?;
    }
    Ok(Answer::ok(json!({ "roleIds": ids })))
}

/// `DELETE /applications/{id}/roles/{roleId}`.
pub fn remove_role(ctx: &mut Ctx<'_>) -> Outcome {
    let application = machine(ctx)?;
    let role = ctx.entity(EntityKind::Role, 1, Refusal::no_such_id)?;
    if unlink(&ctx.db.conn, Edge::RoleApplication, role.seq, application.seq, 0)? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::not_found())
}
