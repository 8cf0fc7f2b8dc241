//! The organisation template: `/organization-roles` and `/organization-scopes`.

use serde_json::{Value, json};

use super::roles::joined;
use super::shared::{changes, entities_named, page, page_or_all, stamped, whole};
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::store::{
    Edge, Entity, EntityKind, EntityName, delete_entity, edges_from, entities, entity_by_seq, entity_named,
    insert_entity, link, unlink, unlink_all, update_entity,
};
use crate::logto::validate;

const ROLE: EntityKind = EntityKind::OrganizationRole;
const SCOPE: EntityKind = EntityKind::OrganizationScope;

fn find(ctx: &Ctx<'_>, kind: EntityKind) -> Result<Entity, Refusal> {
    ctx.entity(kind, 0, Refusal::no_such_id)
}

fn linked(ctx: &Ctx<'_>, edge: Edge, from: i64) -> Result<Vec<Entity>, Refusal> {
    let mut found = Vec::new();
    for seq in edges_from(&ctx.db.conn, edge, from)? {
        found.extend(entity_by_seq(&ctx.db.conn, seq)?);
    }
    Ok(found)
}

/// `GET /organization-roles`: with what each allows.
pub fn roles(ctx: &mut Ctx<'_>) -> Outcome {
    let mut all = entities(&ctx.db.conn, ctx.id(), ROLE, None)?;
    if let Some(wanted) = ctx.asked("q").map(str::to_lowercase) {
        all.retain(|role| {
            [role.id.as_str(), role.text("name")].iter().any(|text| text.to_lowercase().contains(&wanted))
        });
    }
    page(ctx, all, |ctx, role| {
        let scopes: Vec<_> = linked(ctx, Edge::OrganizationRoleScope, role.seq)?
            .iter()
            .map(|scope| Value::Object(scope.only(&["id", "name"])))
            .collect();
        let mut resource_scopes = Vec::new();
        for scope in linked(ctx, Edge::OrganizationRoleResourceScope, role.seq)? {
            let resource = entity_by_seq(&ctx.db.conn, scope.parent)?.map(|own| own.only(&["id", "name"]));
            resource_scopes.push(joined(scope.only(&["id", "name"]), json!({ "resource": resource })));
        }
        Ok(joined(role.value, json!({ "scopes": scopes, "resourceScopes": resource_scopes })))
    })
}

/// `GET /organization-roles/{id}`.
pub fn role(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(find(ctx, ROLE)?.value))
}

/// `POST /organization-roles`.
pub fn create_role(ctx: &mut Ctx<'_>) -> Outcome {
    let kind = match validate::optional_text(&ctx.body, "type")?.flatten() {
        Some(kind) => kind,
        None => "User".to_owned(),
    };
    validate::one_of("type", &kind, &["User", "MachineToMachine"])?;
    let scopes = validate::texts(&ctx.body, "organizationScopeIds", 0)?;
    let resource_scopes = validate::texts(&ctx.body, "resourceScopeIds", 0)?;
    let (seq, value) = create(ctx, ROLE, Some(&kind))?;
    for scope in entities_named(ctx, SCOPE, &scopes, |_| Refusal::foreign_key(422))? {
        link(&ctx.db.conn, Edge::OrganizationRoleScope, seq, scope.seq, 0)?;
    }
    for scope in entities_named(ctx, EntityKind::Scope, &resource_scopes, |_| Refusal::foreign_key(422))? {
        link(&ctx.db.conn, Edge::OrganizationRoleResourceScope, seq, scope.seq, 0)?;
    }
    Ok(Answer::created(value))
}

fn create(ctx: &Ctx<'_>, kind: EntityKind, role_type: Option<&str>) -> Result<(i64, Value), Refusal> {
    let name = validate::sized(&ctx.body, "name", 128)?;
    let description = validate::optional_text(&ctx.body, "description")?.flatten();
    if entity_named(&ctx.db.conn, ctx.id(), kind, &name, 0)?.is_some() {
        return Err(Refusal::new(422, "entity.unique_integrity_violation"));
    }
    let id = ctx.new_id(21);
    let mut value = stamped(&id, json!({ "name": name, "description": description }));
    if let Some(role_type) = role_type {
        value.insert("type".to_owned(), Value::from(role_type));
    }
    let at = EntityName { tenant: ctx.id(), kind, id: &id, name: &name, parent: 0 };
    let seq = insert_entity(&ctx.db.conn, at, ctx.now, &value)?;
    Ok((seq, Value::Object(value)))
}

fn patch(ctx: &Ctx<'_>, kind: EntityKind) -> Outcome {
    let mut found = find(ctx, kind)?;
    let changes = changes(&ctx.body, &["name", "description"])?;
    if changes.contains_key("name") {
        let name = validate::sized(&changes, "name", 128)?;
        let holder = entity_named(&ctx.db.conn, ctx.id(), kind, &name, 0)?;
        if holder.is_some_and(|holder| holder.seq != found.seq) {
            return Err(Refusal::new(422, "entity.unique_integrity_violation"));
        }
    }
    found.value.extend(changes);
    update_entity(&ctx.db.conn, found.seq, found.text("name"), &found.value)?;
    Ok(Answer::ok(found.value))
}

fn delete(ctx: &mut Ctx<'_>, kind: EntityKind) -> Outcome {
    let found = ctx.entity(kind, 0, |_| Refusal::not_found())?;
    delete_entity(&ctx.db.conn, found.seq)?;
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

/// `PATCH /organization-roles/{id}`.
pub fn patch_role(ctx: &mut Ctx<'_>) -> Outcome {
    patch(ctx, ROLE)
}

/// `DELETE /organization-roles/{id}`.
pub fn delete_role(ctx: &mut Ctx<'_>) -> Outcome {
    delete(ctx, ROLE)
}

fn show_linked(ctx: &Ctx<'_>, edge: Edge) -> Outcome {
    let found = linked(ctx, edge, find(ctx, ROLE)?.seq)?;
    page_or_all(ctx, found, whole)
}

fn link_all(ctx: &Ctx<'_>, edge: Edge, kind: EntityKind, field: &str, replace: bool) -> Result<(), Refusal> {
    let role = find(ctx, ROLE)?;
    let ids = validate::texts(&ctx.body, field, usize::from(!replace))?;
    if replace {
        unlink_all(&ctx.db.conn, edge, role.seq, None)?;
    }
    for scope in entities_named(ctx, kind, &ids, |_| Refusal::foreign_key(422))? {
        link(&ctx.db.conn, edge, role.seq, scope.seq, 0)?;
    }
    Ok(())
}

fn unlink_one(ctx: &Ctx<'_>, edge: Edge, kind: EntityKind) -> Outcome {
    let role = find(ctx, ROLE)?;
    let scope = ctx.entity(kind, 1, |_| Refusal::not_found())?;
    if unlink(&ctx.db.conn, edge, role.seq, scope.seq, 0)? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::not_found())
}

/// `GET /organization-roles/{id}/scopes`.
pub fn role_scopes(ctx: &mut Ctx<'_>) -> Outcome {
    show_linked(ctx, Edge::OrganizationRoleScope)
}

/// `POST /organization-roles/{id}/scopes`.
pub fn add_role_scopes(ctx: &mut Ctx<'_>) -> Outcome {
    link_all(ctx, Edge::OrganizationRoleScope, SCOPE, "organizationScopeIds", false)?;
    Ok(Answer::Created)
}

/// `PUT /organization-roles/{id}/scopes`.
pub fn replace_role_scopes(ctx: &mut Ctx<'_>) -> Outcome {
    link_all(ctx, Edge::OrganizationRoleScope, SCOPE, "organizationScopeIds", true)?;
    Ok(Answer::Nothing)
}

/// `DELETE /organization-roles/{id}/scopes/{scopeId}`.
pub fn remove_role_scope(ctx: &mut Ctx<'_>) -> Outcome {
    unlink_one(ctx, Edge::OrganizationRoleScope, SCOPE)
}

/// `GET /organization-roles/{id}/resource-scopes`.
pub fn role_resource_scopes(ctx: &mut Ctx<'_>) -> Outcome {
    show_linked(ctx, Edge::OrganizationRoleResourceScope)
}

/// `POST /organization-roles/{id}/resource-scopes`.
pub fn add_role_resource_scopes(ctx: &mut Ctx<'_>) -> Outcome {
    link_all(ctx, Edge::OrganizationRoleResourceScope, EntityKind::Scope, "scopeIds", false)?;
    Ok(Answer::Created)
}

/// `PUT /organization-roles/{id}/resource-scopes`.
pub fn replace_role_resource_scopes(ctx: &mut Ctx<'_>) -> Outcome {
    link_all(ctx, Edge::OrganizationRoleResourceScope, EntityKind::Scope, "scopeIds", true)?;
    Ok(Answer::Nothing)
}

/// `DELETE /organization-roles/{id}/resource-scopes/{scopeId}`.
pub fn remove_role_resource_scope(ctx: &mut Ctx<'_>) -> Outcome {
    unlink_one(ctx, Edge::OrganizationRoleResourceScope, EntityKind::Scope)
}

/// `GET /organization-scopes`.
pub fn scopes(ctx: &mut Ctx<'_>) -> Outcome {
    let all = entities(&ctx.db.conn, ctx.id(), SCOPE, None)?;
    page_or_all(ctx, all, whole)
}

/// `GET /organization-scopes/{id}`.
pub fn scope(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(find(ctx, SCOPE)?.value))
}

/// `POST /organization-scopes`.
pub fn create_scope(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::created(create(ctx, SCOPE, None)?.1))
}

/// `PATCH /organization-scopes/{id}`.
pub fn patch_scope(ctx: &mut Ctx<'_>) -> Outcome {
    patch(ctx, SCOPE)
}

/// `DELETE /organization-scopes/{id}`.
pub fn delete_scope(ctx: &mut Ctx<'_>) -> Outcome {
    delete(ctx, SCOPE)
}
