//! `/roles`: global roles, who holds them, what they allow.

use serde_json::{Map, Value, json};

use super::shared::{changes, entities_named, page, page_or_all, stamped, user_page, users_named, whole};
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::search::{ENTITY_FIELDS, Search, USER_FIELDS};
use crate::logto::store::{
    Edge, Entity, EntityKind, EntityName, Rows, User, delete_entity, edge_count, edge_exists, edges_from,
    entities, entity, entity_by_seq, entity_named, insert_entity, link, unlink, update_entity, user,
    user_by_seq, users_listed,
};
use crate::logto::{user_search, validate};

/// How many holders a list of roles shows.
const FEATURED: usize = 3;

/// `GET /roles`: with counts; internal roles are hidden.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let search = Search::read(&ctx.query, ENTITY_FIELDS)?;
    let mut roles = entities(&ctx.db.conn, ctx.id(), EntityKind::Role, None)?;
    roles.retain(|role| {
        let kind = ctx.asked("type").is_none_or(|kind| kind == role.text("type"));
        let found = search.matches(ENTITY_FIELDS, |field| role.value.get(field).and_then(Value::as_str));
        kind && found && !role.text("name").starts_with("#internal:")
    });
    if let Some(id) = ctx.asked("excludeUserId")
        && let Some(user) = user(&ctx.db.conn, ctx.id(), id)?
    {
        exclude(ctx, &mut roles, Edge::RoleUser, user.seq)?;
    }
    if let Some(id) = ctx.asked("excludeApplicationId")
        && let Some(found) = entity(&ctx.db.conn, ctx.id(), EntityKind::Application, id)?
    {
        exclude(ctx, &mut roles, Edge::RoleApplication, found.seq)?;
    }
    page(ctx, roles, with_counts)
}

fn exclude(ctx: &Ctx<'_>, roles: &mut Vec<Entity>, edge: Edge, holder: i64) -> Result<(), Refusal> {
    let mut kept = Vec::with_capacity(roles.len());
    for role in std::mem::take(roles) {
        if !edge_exists(&ctx.db.conn, edge, role.seq, holder)? {
            kept.push(role);
        }
    }
    *roles = kept;
    Ok(())
}

fn with_counts(ctx: &Ctx<'_>, role: Entity) -> Result<Value, Refusal> {
    let conn = &ctx.db.conn;
    let mut users = Vec::new();
    for seq in edges_from(conn, Edge::RoleUser, role.seq)?.into_iter().take(FEATURED) {
        let shown = |user: User| json!({ "id": user.id, "avatar": user.avatar, "name": user.name });
        users.extend(user_by_seq(conn, seq)?.map(shown));
    }
    let mut applications = Vec::new();
    for seq in edges_from(conn, Edge::RoleApplication, role.seq)?.into_iter().take(FEATURED) {
        applications.extend(
            entity_by_seq(conn, seq)?.map(|found| Value::Object(found.only(&["id", "name", "type"]))),
        );
    }
    let more = json!({
        "usersCount": edge_count(conn, Edge::RoleUser, role.seq)?, "featuredUsers": users,
        "applicationsCount": edge_count(conn, Edge::RoleApplication, role.seq)?,
        "featuredApplications": applications,
    });
    Ok(joined(role.value, more))
}

/// `map` with the attributes of `more`.
pub fn joined(mut map: Map<String, Value>, more: Value) -> Value {
    if let Value::Object(more) = more {
        map.extend(more);
    }
    Value::Object(map)
}

fn role(ctx: &Ctx<'_>) -> Result<Entity, Refusal> {
    ctx.entity(EntityKind::Role, 0, Refusal::no_such_id)
}

/// `GET /roles/{id}`: without counts.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(role(ctx)?.value))
}

/// `POST /roles`.
pub fn create(ctx: &mut Ctx<'_>) -> Outcome {
    let name = validate::sized(&ctx.body, "name", 128)?;
    let description = validate::sized(&ctx.body, "description", 128)?;
    let kind = match validate::optional_text(&ctx.body, "type")?.flatten() {
        Some(kind) => kind,
        None => "User".to_owned(),
    };
    validate::one_of("type", &kind, &["User", "MachineToMachine"])?;
    let usual = validate::optional_truth(&ctx.body, "isDefault")?.unwrap_or(false);
    let scopes = validate::texts(&ctx.body, "scopeIds", 0)?;
    name_free(ctx, &name, None)?;
    let id = ctx.new_id(21);
    let value = json!({ "name": name, "description": description, "type": kind, "isDefault": usual });
    let value = stamped(&id, value);
    let at = EntityName { tenant: ctx.id(), kind: EntityKind::Role, id: &id, name: &name, parent: 0 };
    let seq = insert_entity(&ctx.db.conn, at, ctx.now, &value)?;
    for scope in entities_named(ctx, EntityKind::Scope, &scopes, Refusal::no_such_id)? {
        link(&ctx.db.conn, Edge::RoleScope, seq, scope.seq, 0)?;
    }
    Ok(Answer::ok(value))
}

fn name_free(ctx: &Ctx<'_>, name: &str, own: Option<i64>) -> Result<(), Refusal> {
    let holder = entity_named(&ctx.db.conn, ctx.id(), EntityKind::Role, name, 0)?;
    if holder.is_some_and(|holder| Some(holder.seq) != own) {
        return Err(Refusal::about(422, "role.name_in_use", name));
    }
    Ok(())
}

/// `PATCH /roles/{id}`: the type is fixed.
pub fn patch(ctx: &mut Ctx<'_>) -> Outcome {
    let mut role = role(ctx)?;
    let changes = changes(&ctx.body, &["name", "description", "isDefault"])?;
    if changes.contains_key("name") {
        name_free(ctx, &validate::sized(&changes, "name", 128)?, Some(role.seq))?;
    }
    role.value.extend(changes);
    update_entity(&ctx.db.conn, role.seq, role.text("name"), &role.value)?;
    Ok(Answer::ok(role.value))
}

/// `DELETE /roles/{id}`: even when somebody holds it.
pub fn delete(ctx: &mut Ctx<'_>) -> Outcome {
    let role = role(ctx)?;
    delete_entity(&ctx.db.conn, role.seq)?;
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

/// `GET /roles/{id}/users`: paged, with search, in the order of `/users`.
pub fn users(ctx: &mut Ctx<'_>) -> Outcome {
    let role = role(ctx)?;
    let search = Search::read(&ctx.query, USER_FIELDS)?;
    let key = user_search::key(&format!("role {}", role.seq), &ctx.query);
    let tenant = ctx.tenant.id;
    let rows = users_listed(ctx.db, tenant, &key, |conn| {
        if !search.is_empty() {
            let mut rows = user_search::find(conn, tenant, &search, None)?;
            let mut kept = Vec::new();
            for row in rows.0 {
                if edge_exists(conn, Edge::RoleUser, role.seq, row.1)? {
                    kept.push(row);
                }
            }
            rows = Rows(kept);
            return Ok::<_, Refusal>(rows);
        }
        user_search::holders(conn, Edge::RoleUser, role.seq).map_err(Refusal::from)
    })?;
    user_page(ctx, &rows)
}

/// `POST /roles/{id}/users`: refused when any of them holds it already, unlike the same from the user's side.
pub fn add_users(ctx: &mut Ctx<'_>) -> Outcome {
    let role = role(ctx)?;
    let ids = validate::texts(&ctx.body, "userIds", 1)?;
    for user in users_named(ctx, &ids, Refusal::no_such_id)? {
        if !link(&ctx.db.conn, Edge::RoleUser, role.seq, user.seq, 0)? {
            return Err(Refusal::about(422, "role.user_exists", user.id));
        }
    }
    ctx.db.logto.changed();
    Ok(Answer::Created)
}

/// `DELETE /roles/{id}/users/{userId}`.
pub fn remove_user(ctx: &mut Ctx<'_>) -> Outcome {
    let (role, user) = (role(ctx)?, ctx.user(1)?);
    if !unlink(&ctx.db.conn, Edge::RoleUser, role.seq, user.seq, 0)? {
        return Err(Refusal::not_found());
    }
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

/// `GET /roles/{id}/scopes`: each with its resource.
pub fn scopes(ctx: &mut Ctx<'_>) -> Outcome {
    let role = role(ctx)?;
    let search = Search::read(&ctx.query, ENTITY_FIELDS)?;
    let mut scopes = linked(ctx, Edge::RoleScope, role.seq)?;
    scopes.retain(|own| search.matches(ENTITY_FIELDS, |field| own.value.get(field).and_then(Value::as_str)));
    page_or_all(ctx, scopes, with_resource)
}

fn with_resource(ctx: &Ctx<'_>, scope: Entity) -> Result<Value, Refusal> {
    let resource = entity_by_seq(&ctx.db.conn, scope.parent)?.map(|resource| resource.value);
    Ok(joined(scope.value, json!({ "resource": resource })))
}

fn linked(ctx: &Ctx<'_>, edge: Edge, from: i64) -> Result<Vec<Entity>, Refusal> {
    let mut found = Vec::new();
    for seq in edges_from(&ctx.db.conn, edge, from)? {
        found.extend(entity_by_seq(&ctx.db.conn, seq)?);
    }
    Ok(found)
}

/// `POST /roles/{id}/scopes`.
pub fn add_scopes(ctx: &mut Ctx<'_>) -> Outcome {
    let role = role(ctx)?;
    let ids = validate::texts(&ctx.body, "scopeIds", 1)?;
    let scopes = entities_named(ctx, EntityKind::Scope, &ids, Refusal::no_such_id)?;
    for scope in &scopes {
        if !link(&ctx.db.conn, Edge::RoleScope, role.seq, scope.seq, 0)? {
            return Err(Refusal::about(422, "role.scope_exists", scope.id.as_str()));
        }
    }
    Ok(Answer::created(scopes.into_iter().map(|scope| Value::Object(scope.value)).collect::<Vec<_>>()))
}

/// `DELETE /roles/{id}/scopes/{scopeId}`: lets an owner lock the whole account out, as the real one does.
pub fn remove_scope(ctx: &mut Ctx<'_>) -> Outcome {
    let (role, scope) = (role(ctx)?, ctx.entity(EntityKind::Scope, 1, Refusal::no_such_id)?);
    if unlink(&ctx.db.conn, Edge::RoleScope, role.seq, scope.seq, 0)? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::not_found())
}

/// `GET /roles/{id}/applications`: paged.
pub fn applications(ctx: &mut Ctx<'_>) -> Outcome {
    let role = role(ctx)?;
    let search = Search::read(&ctx.query, ENTITY_FIELDS)?;
    let mut found = linked(ctx, Edge::RoleApplication, role.seq)?;
    found.retain(|own| search.matches(ENTITY_FIELDS, |field| own.value.get(field).and_then(Value::as_str)));
    page(ctx, found, whole)
}

/// `POST /roles/{id}/applications`.
pub fn add_applications(ctx: &mut Ctx<'_>) -> Outcome {
    let role = role(ctx)?;
    let ids = validate::texts(&ctx.body, "applicationIds", 1)?;
    for application in entities_named(ctx, EntityKind::Application, &ids, Refusal::no_such_id)? {
        if !link(&ctx.db.conn, Edge::RoleApplication, role.seq, application.seq, 0)? {
            return Err(Refusal::about(422, "role.application_exists", application.id));
        }
    }
    Ok(Answer::Created)
}

/// `DELETE /roles/{id}/applications/{applicationId}`.
pub fn remove_application(ctx: &mut Ctx<'_>) -> Outcome {
    let role = role(ctx)?;
    let application = ctx.entity(EntityKind::Application, 1, Refusal::no_such_id)?;
    if unlink(&ctx.db.conn, Edge::RoleApplication, role.seq, application.seq, 0)? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::not_found())
}
