//! `/users/{id}/roles`.

use serde_json::{Value, json};

use super::shared::{entities_named, page, whole};
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::search::{ENTITY_FIELDS, Search};
use crate::logto::store::{Edge, Entity, EntityKind, edges_to, entity_by_seq, link, unlink};
use crate::logto::validate;

/// `GET`: paged, with search.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let search = Search::read(&ctx.query, ENTITY_FIELDS)?;
    let mut roles = Vec::new();
    for seq in edges_to(&ctx.db.conn, Edge::RoleUser, user.seq)? {
        roles.extend(entity_by_seq(&ctx.db.conn, seq)?);
    }
    roles.retain(|role| search.matches(ENTITY_FIELDS, |field| role.value.get(field).and_then(Value::as_str)));
    page(ctx, roles, whole)
}

/// `POST`: roles held already are skipped; one named twice makes the real one crash.
pub fn assign(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let ids = validate::texts(&ctx.body, "roleIds", 0)?;
    let roles = user_roles(ctx, &ids)?;
    let mut added = Vec::new();
    for role in &roles {
        if roles.iter().filter(|other| other.seq == role.seq).count() > 1 {
            return Err(Refusal::crash());
        }
        if link(&ctx.db.conn, Edge::RoleUser, role.seq, user.seq, 0)? {
            added.push(role.id.clone());
        }
    }
    ctx.db.logto.changed();
    Ok(Answer::created(json!({ "roleIds": ids, "addedRoleIds": added })))
}

/// `PUT`: these and no others.
pub fn replace(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let ids = validate::texts(&ctx.body, "roleIds", 0)?;
    let roles = user_roles(ctx, &ids)?;
    for role in edges_to(&ctx.db.conn, Edge::RoleUser, user.seq)? {
        unlink(&ctx.db.conn, Edge::RoleUser, role, user.seq, 0)?;
    }
    for role in &roles {
        link(&ctx.db.conn, Edge::RoleUser, role.seq, user.seq, 0)?;
    }
    ctx.db.logto.changed();
    Ok(Answer::ok(json!({ "roleIds": ids })))
}

/// `DELETE /users/{id}/roles/{roleId}`.
pub fn remove(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let role = ctx.entity(EntityKind::Role, 1, Refusal::no_such_id)?;
    if !unlink(&ctx.db.conn, Edge::RoleUser, role.seq, user.seq, 0)? {
        return Err(Refusal::not_found());
    }
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

fn user_roles(ctx: &Ctx<'_>, ids: &[String]) -> Result<Vec<Entity>, Refusal> {
    let roles = entities_named(ctx, EntityKind::Role, ids, Refusal::no_such_id)?;
    if roles.iter().any(|role| role.text("type") != "User") {
        return Err(Refusal::new(422, "user.invalid_role_type"));
    }
    Ok(roles)
}
