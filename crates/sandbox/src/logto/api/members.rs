//! `/organizations/{id}/users`: who is in an organisation, and as what.

use std::sync::Arc;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::organizations::{named, organization};
use super::roles::joined;
use super::shared::{entities_named, page, users_named};
use super::user_view::{More, show};
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::paging::Paging;
use crate::logto::refusal::Refusal;
use crate::logto::store::{
    Edge, Entity, EntityKind, Rows, User, edge_exists, edges_from, edges_to, entity, entity_by_seq, link,
    triples, unlink, unlink_all, user_by_seq, users_by_seq, users_listed,
};
use crate::logto::{user_search, validate};

/// `GET`: by user id, which is stable; an unknown organisation has no members.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let paging = Paging::read(&ctx.query)?;
    let found = entity(&ctx.db.conn, ctx.id(), EntityKind::Organization, ctx.param(0))?;
    let Some(organization) = found else {
        return Ok(Answer::Page { json: "[]".to_owned(), total: 0, capped: false, paging });
    };
    let role = match ctx.asked("organizationRoleId") {
        Some(id) => {
            Some(entity(&ctx.db.conn, ctx.id(), EntityKind::OrganizationRole, id)?.map_or(0, |role| role.seq))
        }
        None => None,
    };
    let wanted = ctx.asked("q").map(str::to_lowercase);
    let key = user_search::key(&format!("members {}", organization.seq), &ctx.query);
    let tenant = ctx.tenant.id;
    let rows =
        users_listed(ctx.db, tenant, &key, |conn| members(conn, organization.seq, role, wanted.as_deref()))?;
    show_members(ctx, &organization, &rows, paging)
}

fn show_members(ctx: &Ctx<'_>, organization: &Entity, rows: &Arc<Rows>, paging: Paging) -> Outcome {
    let seqs = rows.window(paging.skipped(), paging.size, None);
    let mut shown = Vec::with_capacity(seqs.len());
    for user in users_by_seq(&ctx.db.conn, &seqs)? {
        let roles = triples(&ctx.db.conn, Edge::MemberRole, organization.seq, user.seq)?;
        let more = More { organization_roles: Some(named(ctx, &roles)?), ..More::default() };
        shown.push(show(&user, more)?);
    }
    let json = format!("[{}]", shown.join(","));
    Ok(Answer::Page { json, total: rows.0.len(), capped: false, paging })
}

/// Members by id. An order ascends and is read from its end, so the last id comes first in it.
fn members(
    conn: &Connection,
    organization: i64,
    role: Option<i64>,
    wanted: Option<&str>,
) -> Result<Rows, Refusal> {
    let mut found = Vec::new();
    for seq in edges_from(conn, Edge::Member, organization)? {
        let fits = match role {
            Some(role) => triples(conn, Edge::MemberRole, organization, seq)?.contains(&role),
            None => true,
        };
        let user = if fits { user_by_seq(conn, seq)? } else { None };
        found.extend(
            user.filter(|user| wanted.is_none_or(|wanted| mentions(user, wanted))).map(|user| (user.id, seq)),
        );
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(Rows((0..).zip(found).map(|(place, (_, seq))| (place, seq)).collect()))
}

fn mentions(user: &User, wanted: &str) -> bool {
    let texts = [
        Some(&user.id),
        user.email.as_ref(),
        user.phone.as_ref(),
        user.username.as_ref(),
        user.name.as_ref(),
    ];
    texts.into_iter().flatten().any(|text| text.to_lowercase().contains(wanted))
}

/// `POST`: those who are in already stay.
pub fn add(ctx: &mut Ctx<'_>) -> Outcome {
    let ids = validate::texts(&ctx.body, "userIds", 1)?;
    let organization = organization(ctx).map_err(|_| Refusal::foreign_key(422))?;
    for user in users_named(ctx, &ids, |_| Refusal::foreign_key(422))? {
        link(&ctx.db.conn, Edge::Member, organization.seq, user.seq, 0)?;
    }
    ctx.db.logto.changed();
    Ok(Answer::created(json!({ "userIds": ids })))
}

/// `PUT`: these and no others.
pub fn replace(ctx: &mut Ctx<'_>) -> Outcome {
    let ids = validate::texts(&ctx.body, "userIds", 0)?;
    let organization = organization(ctx).map_err(|_| Refusal::foreign_key(422))?;
    let users = users_named(ctx, &ids, |_| Refusal::foreign_key(422))?;
    for seq in edges_from(&ctx.db.conn, Edge::Member, organization.seq)? {
        if !users.iter().any(|user| user.seq == seq) {
            leave(ctx, &organization, seq)?;
        }
    }
    for user in users {
        link(&ctx.db.conn, Edge::Member, organization.seq, user.seq, 0)?;
    }
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

fn leave(ctx: &Ctx<'_>, organization: &Entity, user: i64) -> Result<bool, Refusal> {
    unlink_all(&ctx.db.conn, Edge::MemberRole, organization.seq, Some(user))?;
    Ok(unlink(&ctx.db.conn, Edge::Member, organization.seq, user, 0)?)
}

/// `DELETE /{userId}`.
pub fn remove(ctx: &mut Ctx<'_>) -> Outcome {
    let organization = organization(ctx).map_err(|_| Refusal::not_found())?;
    let user = ctx.user(1)?;
    if !leave(ctx, &organization, user.seq)? {
        return Err(Refusal::not_found());
    }
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

/// The organisation and a member of it.
fn membership(ctx: &Ctx<'_>) -> Result<(Entity, User), Refusal> {
    let refused = || Refusal::new(422, "organization.require_membership");
    let organization = organization(ctx).map_err(|_| refused())?;
    let user = ctx.user(1).map_err(|_| refused())?;
    if edge_exists(&ctx.db.conn, Edge::Member, organization.seq, user.seq)? {
        return Ok((organization, user));
    }
    Err(refused())
}

/// `GET /{userId}/roles`.
pub fn roles(ctx: &mut Ctx<'_>) -> Outcome {
    let (organization, user) = membership(ctx)?;
    let mut found = Vec::new();
    for seq in triples(&ctx.db.conn, Edge::MemberRole, organization.seq, user.seq)? {
        found.extend(entity_by_seq(&ctx.db.conn, seq)?);
    }
    page(ctx, found, super::shared::whole)
}

/// The roles a body names by id or by name.
fn asked_roles(ctx: &Ctx<'_>) -> Result<Vec<Entity>, Refusal> {
    let ids = validate::texts(&ctx.body, "organizationRoleIds", 0)?;
    let names = validate::texts(&ctx.body, "organizationRoleNames", 0)?;
    let kind = EntityKind::OrganizationRole;
    let mut roles = entities_named(ctx, kind, &ids, |_| Refusal::foreign_key(422))?;
    for name in names {
        let found = crate::logto::store::entity_named(&ctx.db.conn, ctx.id(), kind, &name, 0)?;
        roles.push(found.ok_or_else(|| Refusal::foreign_key(422))?);
    }
    if roles.iter().any(|role| role.text("type") != "User") {
        return Err(Refusal::new(422, "entity.db_constraint_violated"));
    }
    Ok(roles)
}

/// `POST /{userId}/roles`: those held already stay.
pub fn add_roles(ctx: &mut Ctx<'_>) -> Outcome {
    let (organization, user) = membership(ctx)?;
    let roles = asked_roles(ctx)?;
    for role in &roles {
        link(&ctx.db.conn, Edge::MemberRole, organization.seq, user.seq, role.seq)?;
    }
    ctx.db.logto.changed();
    let ids: Vec<&str> = roles.iter().map(|role| role.id.as_str()).collect();
    Ok(Answer::created(json!({ "organizationRoleIds": ids })))
}

/// `PUT /{userId}/roles`: these and no others.
pub fn replace_roles(ctx: &mut Ctx<'_>) -> Outcome {
    let (organization, user) = membership(ctx)?;
    let roles = asked_roles(ctx)?;
    unlink_all(&ctx.db.conn, Edge::MemberRole, organization.seq, Some(user.seq))?;
    for role in roles {
        link(&ctx.db.conn, Edge::MemberRole, organization.seq, user.seq, role.seq)?;
    }
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

/// `DELETE /{userId}/roles/{roleId}`.
pub fn remove_role(ctx: &mut Ctx<'_>) -> Outcome {
    let (organization, user) = membership(ctx)?;
    let role = ctx.entity(EntityKind::OrganizationRole, 2, |_| Refusal::not_found())?;
    if !unlink(&ctx.db.conn, Edge::MemberRole, organization.seq, user.seq, role.seq)? {
        return Err(Refusal::not_found());
    }
    ctx.db.logto.changed();
    Ok(Answer::Nothing)
}

/// `POST /organizations/{id}/users/roles`: for several members at once.
pub fn assign_roles(ctx: &mut Ctx<'_>) -> Outcome {
    let ids = validate::texts(&ctx.body, "userIds", 1)?;
    validate::texts(&ctx.body, "organizationRoleIds", 1)?;
    let organization = organization(ctx).map_err(|_| Refusal::foreign_key(422))?;
    let users = users_named(ctx, &ids, |_| Refusal::foreign_key(422))?;
    let roles = asked_roles(ctx)?;
    for user in &users {
        if !edge_exists(&ctx.db.conn, Edge::Member, organization.seq, user.seq)? {
            return Err(Refusal::foreign_key(422));
        }
        for role in &roles {
            link(&ctx.db.conn, Edge::MemberRole, organization.seq, user.seq, role.seq)?;
        }
    }
    ctx.db.logto.changed();
    Ok(Answer::Created)
}

/// `GET /{userId}/scopes`: organisation scopes of all roles held.
pub fn scopes(ctx: &mut Ctx<'_>) -> Outcome {
    let (organization, user) = membership(ctx)?;
    let mut seqs = Vec::new();
    for role in triples(&ctx.db.conn, Edge::MemberRole, organization.seq, user.seq)? {
        seqs.extend(edges_from(&ctx.db.conn, Edge::OrganizationRoleScope, role)?);
    }
    seqs.sort_unstable();
    seqs.dedup();
    let mut shown = Vec::new();
    for seq in seqs {
        shown.extend(entity_by_seq(&ctx.db.conn, seq)?.map(|scope| Value::Object(scope.value)));
    }
    Ok(Answer::ok(shown))
}

/// `GET /users/{id}/organizations`: never paged.
pub fn organizations_of(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let mut shown = Vec::new();
    for seq in edges_to(&ctx.db.conn, Edge::Member, user.seq)? {
        let Some(organization) = entity_by_seq(&ctx.db.conn, seq)? else { continue };
        let roles = named(ctx, &triples(&ctx.db.conn, Edge::MemberRole, seq, user.seq)?)?;
        shown.push(joined(organization.value, json!({ "organizationRoles": roles })));
    }
    Ok(Answer::ok(shown))
}
