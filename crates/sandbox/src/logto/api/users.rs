//! `/users`: lists, one, and what belongs to the row of a user.

use serde_json::{Map, Value, json};

use super::shared::user_page;
use super::user_form::{check_identifiers, read_form};
use super::user_view::{More, show};
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::search::{Search, USER_FIELDS};
use crate::logto::store::{
    Detail, Edge, EntityKind, User, all_users, delete_detail, delete_entity, delete_user, details, entities,
    entity, insert_user, link, update_user, users_listed,
};
use crate::logto::{user_search, validate};

/// `GET /users`.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let search = Search::read(&ctx.query, USER_FIELDS)?;
    let (role, organization) = (ctx.asked("excludeRoleId"), ctx.asked("excludeOrganizationId"));
    if role.is_some() && organization.is_some() {
        let reason = "Parameter `excludeRoleId` and `excludeOrganizationId` cannot be used at the same time.";
        return Err(Refusal::input(400, reason));
    }
    let excluded = |kind, id: Option<&str>| match id {
        Some(id) => Ok::<_, Refusal>(entity(&ctx.db.conn, ctx.tenant.id, kind, id)?.map(|found| found.seq)),
        None => Ok(None),
    };
    let role = excluded(EntityKind::Role, role)?.map(|seq| (Edge::RoleUser, seq));
    let without = match role {
        Some(role) => Some(role),
        None => excluded(EntityKind::Organization, organization)?.map(|seq| (Edge::Member, seq)),
    };
    let tenant = ctx.tenant.id;
    let rows = if search.is_empty() && without.is_none() {
        all_users(ctx.db, tenant)?
    } else {
        let key = user_search::key("users", &ctx.query);
        users_listed(ctx.db, tenant, &key, |conn| user_search::find(conn, tenant, &search, without))?
    };
    user_page(ctx, &rows)
}

/// `POST /users`.
pub fn create(ctx: &mut Ctx<'_>) -> Outcome {
    let now = distinct_now(ctx)?;
    let mut user = User::new(ctx.new_id(12), now);
    read_form(&ctx.body, &mut user)?;
    check_identifiers(ctx, &user)?;
    user.seq = insert_user(&ctx.db.conn, ctx.id(), &user)?;
    ctx.db.logto.pushed(ctx.tenant.id, user.created, user.seq);
    for role in entities(&ctx.db.conn, ctx.id(), EntityKind::Role, None)? {
        let usual = role.value.get("isDefault") == Some(&Value::Bool(true)) && role.text("type") == "User";
        if usual {
            link(&ctx.db.conn, Edge::RoleUser, role.seq, user.seq, 0)?;
        }
    }
    shown(&user)
}

/// The time, a little later when somebody was created in this very millisecond. The real one orders by microseconds, so
/// that only users of a bulk import tie.
fn distinct_now(ctx: &mut Ctx<'_>) -> Result<i64, Refusal> {
    let newest = all_users(ctx.db, ctx.tenant.id)?.0.last().map_or(0, |row| row.0);
    let just_now = (ctx.now..ctx.now + 1_000).contains(&newest);
    Ok(if just_now { newest + 1 } else { ctx.now })
}

/// `GET /users/{id}`.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let asked = ctx.flag("includeSsoIdentities");
    let sso_identities = asked.then(|| details(&ctx.db.conn, user.seq, Detail::SsoIdentity)).transpose()?;
    Ok(Answer::Json(200, show(&user, More { sso_identities, ..More::default() })?))
}

/// `PATCH /users/{id}`: replaces `customData` and `profile` whole.
pub fn patch(ctx: &mut Ctx<'_>) -> Outcome {
    let mut user = ctx.user(0)?;
    let known = ["username", "primaryEmail", "primaryPhone", "name", "avatar", "customData", "profile"];
    super::shared::changes(&ctx.body, &known)?;
    let form: Map<String, Value> = ctx
        .body
        .iter()
        .filter(|(name, _)| known.contains(&name.as_str()))
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    read_form(&form, &mut user)?;
    check_identifiers(ctx, &user)?;
    store(ctx, user)
}

/// `DELETE /users/{id}`: takes the invitations that the user sent or accepted along.
pub fn delete(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    remove(ctx, &user)?;
    Ok(Answer::Nothing)
}

/// Deletes a user with everything of its own.
pub fn remove(ctx: &mut Ctx<'_>, user: &User) -> Result<(), Refusal> {
    for invitation in entities(&ctx.db.conn, ctx.id(), EntityKind::Invitation, None)? {
        if [invitation.text("inviterId"), invitation.text("acceptedUserId")].contains(&user.id.as_str()) {
            delete_entity(&ctx.db.conn, invitation.seq)?;
        }
    }
    delete_user(&ctx.db.conn, user)?;
    ctx.db.logto.removed(ctx.tenant.id, user.created, user.seq);
    Ok(())
}

/// `PATCH /users/{id}/is-suspended`: suspending ends all sessions.
pub fn suspend(ctx: &mut Ctx<'_>) -> Outcome {
    let mut user = ctx.user(0)?;
    user.suspended = validate::truth(&ctx.body, "isSuspended")?;
    if user.suspended {
        delete_detail(&ctx.db.conn, user.seq, Detail::Session, None)?;
    }
    store(ctx, user)
}

/// `PATCH /users/{id}/password`.
pub fn set_password(ctx: &mut Ctx<'_>) -> Outcome {
    let mut user = ctx.user(0)?;
    let password = validate::sized(&ctx.body, "password", 256)?;
    user.password = Some(super::user_form::digest(&password));
    store(ctx, user)
}

/// `POST /users/{id}/password/verify`.
pub fn verify_password(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let password = validate::sized(&ctx.body, "password", 256)?;
    if user.password == Some(super::user_form::digest(&password)) {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::new(422, "session.invalid_credentials"))
}

/// `PATCH /users/{id}/password/expiration`: refused while the policy is off.
pub fn expire_password(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let policy = ctx.tenant.logto.as_ref().is_some_and(|logto| logto.quirks().password_expiration);
    if validate::truth(&ctx.body, "isExpired")? && !policy {
        return Err(Refusal::new(400, "sign_in_experiences.password_expiration_not_enabled"));
    }
    store(ctx, user)
}

/// `GET /users/{id}/has-password`.
pub fn has_password(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(json!({ "hasPassword": ctx.user(0)?.password.is_some() })))
}

/// `GET /users/{id}/custom-data`: the bare object.
pub fn custom_data(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::Json(200, ctx.user(0)?.custom_data))
}

/// `PATCH /users/{id}/custom-data`: merges at the top level.
pub fn merge_custom_data(ctx: &mut Ctx<'_>) -> Outcome {
    let mut user = ctx.user(0)?;
    user.custom_data = merged(&user.custom_data, validate::object(&ctx.body, "customData")?)?;
    let json = user.custom_data.clone();
    store(ctx, user)?;
    Ok(Answer::Json(200, json))
}

/// `PATCH /users/{id}/profile`: merges at the top level, so `address` is replaced whole.
pub fn merge_profile(ctx: &mut Ctx<'_>) -> Outcome {
    let mut user = ctx.user(0)?;
    user.profile = merged(&user.profile, validate::object(&ctx.body, "profile")?)?;
    let json = user.profile.clone();
    store(ctx, user)?;
    Ok(Answer::Json(200, json))
}

/// `GET /users/{id}/logto-configs`.
pub fn configs(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::Json(200, configs_of(&ctx.user(0)?)?))
}

/// `PATCH /users/{id}/logto-configs`.
pub fn merge_configs(ctx: &mut Ctx<'_>) -> Outcome {
    let mut user = ctx.user(0)?;
    let known = super::shared::changes(&ctx.body, &["mfa", "passkeySignIn"])?;
    user.configs = merged(&user.configs, known)?;
    let json = configs_of(&user)?;
    store(ctx, user)?;
    Ok(Answer::Json(200, json))
}

fn configs_of(user: &User) -> Result<String, Refusal> {
    let usual = json!({
        "mfa": { "skipped": false, "skipMfaOnSignIn": false }, "passkeySignIn": { "skipped": false },
    });
    let own: Map<String, Value> = serde_json::from_str(&user.configs).map_err(|_| Refusal::crash())?;
    merged(&usual.to_string(), own)
}

fn merged(json: &str, changes: Map<String, Value>) -> Result<String, Refusal> {
    let mut map: Map<String, Value> = serde_json::from_str(json).map_err(|_| Refusal::crash())?;
    map.extend(changes);
    Ok(Value::Object(map).to_string())
}

/// Stores a changed user, which moves `updatedAt`, and shows it.
pub fn store(ctx: &mut Ctx<'_>, user: User) -> Outcome {
    let user = User { updated: ctx.now.max(user.updated), ..user };
    update_user(&ctx.db.conn, &user)?;
    ctx.db.logto.changed();
    shown(&user)
}

fn shown(user: &User) -> Outcome {
    Ok(Answer::Json(200, show(user, More::default())?))
}
