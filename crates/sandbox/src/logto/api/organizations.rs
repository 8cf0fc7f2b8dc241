//! `/organizations`, without their members.

use serde_json::{Map, Value, json};

use super::roles::joined;
use super::shared::{changes, entities_named, page, stamped};
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::store::{
    Edge, Entity, EntityKind, EntityName, delete_entity, edge_count, edges_from, entities, entity_by_seq,
    insert_entity, link, triples, unlink, unlink_all, update_entity, user_by_seq,
};
use crate::logto::validate;

const FIELDS: [&str; 8] =
    ["name", "description", "customData", "isMfaRequired", "color", "branding", "customCss", "createdAt"];

/// `GET /organizations`: `q` is a substring of id or name.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let mut all = entities(&ctx.db.conn, ctx.id(), EntityKind::Organization, None)?;
    if let Some(wanted) = ctx.asked("q").map(str::to_lowercase) {
        all.retain(|own| {
            [own.id.as_str(), own.text("name")].iter().any(|text| text.to_lowercase().contains(&wanted))
        });
    }
    page(ctx, all, |ctx, organization| {
        if !ctx.flag("showFeatured") {
            return Ok(Value::Object(organization.value));
        }
        let conn = &ctx.db.conn;
        let mut users = Vec::new();
        for seq in edges_from(conn, Edge::Member, organization.seq)?.into_iter().take(3) {
            let user = user_by_seq(conn, seq)?;
            users.extend(user.map(|user| json!({ "id": user.id, "avatar": user.avatar, "name": user.name })));
        }
        let count = edge_count(conn, Edge::Member, organization.seq)?;
        Ok(joined(organization.value, json!({ "usersCount": count, "featuredUsers": users })))
    })
}

/// The organisation the address names.
pub fn organization(ctx: &Ctx<'_>) -> Result<Entity, Refusal> {
    ctx.entity(EntityKind::Organization, 0, Refusal::no_such_id)
}

/// `GET /organizations/{id}`.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(organization(ctx)?.value))
}

/// `POST /organizations`: names need not be unique.
pub fn create(ctx: &mut Ctx<'_>) -> Outcome {
    let name = validate::sized(&ctx.body, "name", 128)?;
    validate::optional_text(&ctx.body, "description")?;
    let id = ctx.new_id(12);
    let value = stamped(&id, fresh(&name, ctx.now, &ctx.body));
    let at = EntityName { tenant: ctx.id(), kind: EntityKind::Organization, id: &id, name: &name, parent: 0 };
    insert_entity(&ctx.db.conn, at, ctx.now, &value)?;
    Ok(Answer::created(value))
}

/// An organisation with what `body` says and the usual rest.
pub fn fresh(name: &str, created: i64, body: &Map<String, Value>) -> Value {
    let mut value = json!({
        "name": name, "description": null, "customData": {}, "isMfaRequired": false, "color": {}, "branding": {},
        "customCss": null, "createdAt": created,
    });
    if let Some(map) = value.as_object_mut() {
        let known = body.iter().filter(|(name, _)| FIELDS.contains(&name.as_str()) && *name != "createdAt");
        map.extend(known.map(|(name, value)| (name.clone(), value.clone())));
    }
    value
}

/// `PATCH /organizations/{id}`: replaces `customData` whole, and takes even `createdAt`.
pub fn patch(ctx: &mut Ctx<'_>) -> Outcome {
    let mut organization = organization(ctx)?;
    let changes = changes(&ctx.body, &FIELDS)?;
    if changes.contains_key("name") {
        validate::sized(&changes, "name", 128)?;
    }
    validate::optional_object(&changes, "customData")?;
    organization.value.extend(changes);
    update_entity(&ctx.db.conn, organization.seq, organization.text("name"), &organization.value)?;
    Ok(Answer::ok(organization.value))
}

/// `DELETE /organizations/{id}`.
pub fn delete(ctx: &mut Ctx<'_>) -> Outcome {
    let organization = organization(ctx).map_err(|_| Refusal::not_found())?;
    delete_entity(&ctx.db.conn, organization.seq)?;
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

/// `GET /organizations/{id}/applications`: with their roles in it.
pub fn applications(ctx: &mut Ctx<'_>) -> Outcome {
    let organization = organization(ctx)?;
    let mut found = Vec::new();
    for seq in edges_from(&ctx.db.conn, Edge::MemberApplication, organization.seq)? {
        found.extend(entity_by_seq(&ctx.db.conn, seq)?);
    }
    page(ctx, found, |ctx, application| {
        let seqs = triples(&ctx.db.conn, Edge::MemberApplicationRole, organization.seq, application.seq)?;
        let roles = named(ctx, &seqs)?;
        Ok(joined(application.value, json!({ "organizationRoles": roles })))
    })
}

/// Organisation roles as members and invitations show them.
pub fn named(ctx: &Ctx<'_>, seqs: &[i64]) -> Result<Vec<Map<String, Value>>, Refusal> {
    let mut found = Vec::with_capacity(seqs.len());
    for seq in seqs {
        found.extend(entity_by_seq(&ctx.db.conn, *seq)?.map(|role| role.only(&["id", "name"])));
    }
    Ok(found)
}

/// `POST /organizations/{id}/applications`.
pub fn add_applications(ctx: &mut Ctx<'_>) -> Outcome {
    let ids = validate::texts(&ctx.body, "applicationIds", 1)?;
    let organization = organization(ctx).map_err(|_| Refusal::foreign_key(422))?;
    for application in entities_named(ctx, EntityKind::Application, &ids, |_| Refusal::foreign_key(422))? {
        link(&ctx.db.conn, Edge::MemberApplication, organization.seq, application.seq, 0)?;
    }
    Ok(Answer::Created)
}

/// The organisation and an application in it.
fn application_in(ctx: &Ctx<'_>) -> Result<(Entity, Entity), Refusal> {
    let refused = || Refusal::new(422, "organization.require_membership");
    let organization = organization(ctx).map_err(|_| refused())?;
    let application = ctx.entity(EntityKind::Application, 1, |_| refused())?;
    if edges_from(&ctx.db.conn, Edge::MemberApplication, organization.seq)?.contains(&application.seq) {
        return Ok((organization, application));
    }
    Err(refused())
}

/// `GET /organizations/{id}/applications/{applicationId}/roles`.
pub fn application_roles(ctx: &mut Ctx<'_>) -> Outcome {
    let (organization, application) = application_in(ctx)?;
    let mut found = Vec::new();
    for seq in triples(&ctx.db.conn, Edge::MemberApplicationRole, organization.seq, application.seq)? {
        found.extend(entity_by_seq(&ctx.db.conn, seq)?);
    }
    page(ctx, found, super::shared::whole)
}

/// `POST /organizations/{id}/applications/{applicationId}/roles`: those held already stay.
pub fn add_application_roles(ctx: &mut Ctx<'_>) -> Outcome {
    let (organization, application) = application_in(ctx)?;
    let ids = validate::texts(&ctx.body, "organizationRoleIds", 1)?;
    let roles = entities_named(ctx, EntityKind::OrganizationRole, &ids, |_| Refusal::foreign_key(422))?;
    if roles.iter().any(|role| role.text("type") != "MachineToMachine") {
        return Err(Refusal::new(422, "entity.db_constraint_violated"));
    }
    for role in roles {
        link(&ctx.db.conn, Edge::MemberApplicationRole, organization.seq, application.seq, role.seq)?;
    }
    Ok(Answer::Created)
}

/// `DELETE /organizations/{id}/applications/{applicationId}/roles/{roleId}`.
pub fn remove_application_role(ctx: &mut Ctx<'_>) -> Outcome {
    let (organization, application) = application_in(ctx)?;
    let role = ctx.entity(EntityKind::OrganizationRole, 2, |_| Refusal::not_found())?;
    if unlink(&ctx.db.conn, Edge::MemberApplicationRole, organization.seq, application.seq, role.seq)? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::not_found())
}

/// `DELETE /organizations/{id}/applications/{applicationId}`.
pub fn remove_application(ctx: &mut Ctx<'_>) -> Outcome {
    let organization = organization(ctx).map_err(|_| Refusal::not_found())?;
    let application = ctx.entity(EntityKind::Application, 1, |_| Refusal::not_found())?;
    if !unlink(&ctx.db.conn, Edge::MemberApplication, organization.seq, application.seq, 0)? {
        return Err(Refusal::not_found());
    }
    unlink_all(&ctx.db.conn, Edge::MemberApplicationRole, organization.seq, Some(application.seq))?;
    Ok(Answer::Nothing)
}
