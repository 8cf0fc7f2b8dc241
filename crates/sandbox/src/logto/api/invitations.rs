//! `/organization-invitations`. That one has expired is computed when it is read; the stored row stays pending.

use serde_json::{Value, json};

use super::organizations::named;
use super::roles::joined;
use super::shared::{entities_named, stamped};
use super::user_form::is_email;
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::store::{
    Edge, Entity, EntityKind, EntityName, delete_entity, edge_exists, edges_from, entities, entity,
    insert_entity, link, update_entity, user,
};
use crate::logto::{mail, user_search, validate};

const KIND: EntityKind = EntityKind::Invitation;

fn status(invitation: &Entity, now: i64) -> &str {
    let stored = invitation.text("status");
    let end = invitation.value.get("expiresAt").and_then(Value::as_i64).unwrap_or(i64::MAX);
    if stored == "Pending" && end < now { "Expired" } else { stored }
}

fn shown(ctx: &Ctx<'_>, invitation: Entity) -> Result<Value, Refusal> {
    let roles = named(ctx, &edges_from(&ctx.db.conn, Edge::InvitationRole, invitation.seq)?)?;
    let status = status(&invitation, ctx.now).to_owned();
    Ok(joined(invitation.value, json!({ "status": status, "organizationRoles": roles })))
}

/// `GET`: everything, never paged.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let mut all = entities(&ctx.db.conn, ctx.id(), KIND, None)?;
    for name in ["organizationId", "inviterId"] {
        if let Some(wanted) = ctx.asked(name) {
            all.retain(|invitation| invitation.text(name) == wanted);
        }
    }
    if let Some(wanted) = ctx.asked("invitee") {
        all.retain(|invitation| invitation.text("invitee").eq_ignore_ascii_case(wanted));
    }
    let shown = all.into_iter().map(|own| shown(ctx, own)).collect::<Result<Vec<_>, _>>()?;
    Ok(Answer::ok(shown))
}

fn find(ctx: &Ctx<'_>) -> Result<Entity, Refusal> {
    ctx.entity(KIND, 0, |_| Refusal::not_found())
}

/// `GET /{id}`.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    let invitation = find(ctx)?;
    Ok(Answer::ok(shown(ctx, invitation)?))
}

/// `POST`: a pending one keeps others away; an expired one does not.
pub fn create(ctx: &mut Ctx<'_>) -> Outcome {
    let organization_id = validate::sized(&ctx.body, "organizationId", 21)?;
    let invitee = validate::text(&ctx.body, "invitee")?;
    if !is_email(&invitee) {
        return Err(validate::wrong_form("invitee"));
    }
    let Some(end) = validate::optional_time(&ctx.body, "expiresAt")? else {
        let more = json!({ "expected": "number", "received": "undefined" });
        return Err(Refusal::guard("expiresAt", "invalid_type", "Required", &more));
    };
    if end <= ctx.now {
        return Err(Refusal::input(400, "The value of `expiresAt` must be in the future."));
    }
    let inviter = validate::optional_text(&ctx.body, "inviterId")?.flatten();
    let roles = validate::texts(&ctx.body, "organizationRoleIds", 0)?;
    let organization = entity(&ctx.db.conn, ctx.id(), EntityKind::Organization, &organization_id)?
        .ok_or_else(|| Refusal::foreign_key(422))?;
    if let Some(inviter) = &inviter {
        user(&ctx.db.conn, ctx.id(), inviter)?.ok_or_else(|| Refusal::foreign_key(422))?;
    }
    check_invitee(ctx, &organization, &invitee)?;
    let roles = entities_named(ctx, EntityKind::OrganizationRole, &roles, |_| Refusal::foreign_key(422))?;
    if let Some(payload) = ctx.body.get("messagePayload").filter(|payload| **payload != Value::Bool(false)) {
        // An invitation whose e-mail cannot be sent is not created.
        mail::send(ctx, &invitee, payload)?;
    }
    let id = ctx.new_id(21);
    let value = stamped(
        &id,
        json!({
            "inviterId": inviter, "invitee": invitee, "acceptedUserId": null, "organizationId": organization_id,
            "status": "Pending", "createdAt": ctx.now, "updatedAt": ctx.now, "expiresAt": end,
        }),
    );
    let at = EntityName { tenant: ctx.id(), kind: KIND, id: &id, name: &invitee, parent: organization.seq };
    let seq = insert_entity(&ctx.db.conn, at, ctx.now, &value)?;
    for role in roles {
        link(&ctx.db.conn, Edge::InvitationRole, seq, role.seq, 0)?;
    }
    Ok(Answer::created(shown(ctx, Entity { seq, id, parent: organization.seq, value })?))
}

fn check_invitee(ctx: &Ctx<'_>, organization: &Entity, invitee: &str) -> Result<(), Refusal> {
    for other in entities(&ctx.db.conn, ctx.id(), KIND, Some(organization.seq))? {
        if other.text("invitee").eq_ignore_ascii_case(invitee) && status(&other, ctx.now) == "Pending" {
            return Err(Refusal::new(422, "entity.unique_integrity_violation"));
        }
    }
    let known = user_search::by_email(&ctx.db.conn, ctx.id(), invitee)?;
    let member = match known {
        Some(seq) => edge_exists(&ctx.db.conn, Edge::Member, organization.seq, seq)?,
        None => false,
    };
    if member {
        return Err(Refusal::input(422, "The invitee is already a member of the organization."));
    }
    Ok(())
}

/// `PUT /{id}/status`: revoke, or accept for a user.
pub fn set_status(ctx: &mut Ctx<'_>) -> Outcome {
    let mut invitation = find(ctx)?;
    let wanted = validate::text(&ctx.body, "status")?;
    validate::one_of("status", &wanted, &["Accepted", "Revoked"])?;
    if status(&invitation, ctx.now) != "Pending" {
        return Err(Refusal::input(422, "The status of the invitation cannot be changed anymore."));
    }
    if wanted == "Accepted" {
        accept(ctx, &mut invitation)?;
    }
    invitation.value.insert("status".to_owned(), Value::from(wanted));
    invitation.value.insert("updatedAt".to_owned(), Value::from(ctx.now));
    update_entity(&ctx.db.conn, invitation.seq, invitation.text("invitee"), &invitation.value)?;
    ctx.db.logto.changed();
    Ok(Answer::ok(shown(ctx, invitation)?))
}

fn accept(ctx: &Ctx<'_>, invitation: &mut Entity) -> Result<(), Refusal> {
    let id = validate::text(&ctx.body, "acceptedUserId")?;
    let user = user(&ctx.db.conn, ctx.id(), &id)?.ok_or_else(Refusal::not_found)?;
    let email = user.email.unwrap_or_default();
    if !email.eq_ignore_ascii_case(invitation.text("invitee")) {
        return Err(Refusal::input(422, "The accepted user must have the same email as the invitee."));
    }
    link(&ctx.db.conn, Edge::Member, invitation.parent, user.seq, 0)?;
    for role in edges_from(&ctx.db.conn, Edge::InvitationRole, invitation.seq)? {
        link(&ctx.db.conn, Edge::MemberRole, invitation.parent, user.seq, role)?;
    }
    invitation.value.insert("acceptedUserId".to_owned(), Value::from(id));
    Ok(())
}

/// `POST /{id}/message`: allowed in any status.
pub fn resend(ctx: &mut Ctx<'_>) -> Outcome {
    let invitation = find(ctx)?;
    mail::send(ctx, invitation.text("invitee"), &Value::Object(ctx.body.clone()))?;
    Ok(Answer::Nothing)
}

/// `DELETE /{id}`: in any status.
pub fn delete(ctx: &mut Ctx<'_>) -> Outcome {
    delete_entity(&ctx.db.conn, find(ctx)?.seq)?;
    Ok(Answer::Nothing)
}
