//! Second factors, sessions and grants of a user. Lists of sessions and grants do not tell an unknown user from one who
//! has none.

use serde_json::{Map, Value, json};

use crate::clock::format_ms;
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::store::{
    Detail, EntityKind, User, delete_detail, detail, details, entity, put_detail, update_user, user,
};
use crate::logto::validate;

/// `GET /users/{id}/mfa-verifications`.
pub fn factors(ctx: &mut Ctx<'_>) -> Outcome {
    let all = details(&ctx.db.conn, ctx.user(0)?.seq, Detail::Factor)?;
    Ok(Answer::ok(all.into_iter().map(Value::Object).collect::<Vec<_>>()))
}

/// `POST /users/{id}/mfa-verifications`.
pub fn add_factor(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let kind = validate::text(&ctx.body, "type")?;
    validate::one_of("type", &kind, &["Totp", "BackupCode"])?;
    let held = details(&ctx.db.conn, user.seq, Detail::Factor)?;
    let has = |kind: &str| held.iter().any(|factor| factor.get("type").and_then(Value::as_str) == Some(kind));
    let answer = if kind == "Totp" {
        if has("Totp") {
            return Err(Refusal::new(422, "user.totp_already_in_use"));
        }
        let given = validate::optional_text(&ctx.body, "secret")?.flatten();
        let secret = given.unwrap_or_else(|| ctx.new_secret(32).to_uppercase());
        json!({ "type": kind, "secret": secret, "secretQrCode": "data:image/png;base64,iVBORw0KGgo=" })
    } else {
        if has("BackupCode") {
            return Err(Refusal::new(422, "user.backup_code_already_in_use"));
        }
        if held.is_empty() {
            return Err(Refusal::new(422, "session.mfa.backup_code_can_not_be_alone"));
        }
        let codes: Vec<String> = (0..10).map(|_| ctx.new_id(10)).collect();
        json!({ "type": kind, "codes": codes })
    };
    let id = ctx.new_id(21);
    let remaining = (kind == "BackupCode").then_some(10);
    put_detail(&ctx.db.conn, user.seq, Detail::Factor, &id, &factor(&id, &kind, ctx.now, remaining))?;
    touch(ctx, user)?;
    Ok(Answer::ok(answer))
}

/// A factor on the wire; its time is text, unlike everywhere else.
pub fn factor(id: &str, kind: &str, created: i64, remaining: Option<u32>) -> Value {
    let mut value = json!({ "id": id, "createdAt": format_ms(created), "type": kind });
    if let (Some(map), Some(count)) = (value.as_object_mut(), remaining) {
        map.insert("remainCodes".to_owned(), Value::from(count));
    }
    value
}

/// Factors count as part of the user's row.
fn touch(ctx: &mut Ctx<'_>, user: User) -> Result<(), Refusal> {
    update_user(&ctx.db.conn, &User { updated: ctx.now, ..user })?;
    Ok(())
}

/// `DELETE /users/{id}/mfa-verifications/{verificationId}`.
pub fn remove_factor(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    if !delete_detail(&ctx.db.conn, user.seq, Detail::Factor, Some(ctx.param(1)))? {
        return Err(Refusal::not_found());
    }
    touch(ctx, user)?;
    Ok(Answer::Nothing)
}

fn of_user(ctx: &Ctx<'_>, kind: Detail) -> Result<Vec<Map<String, Value>>, Refusal> {
    match user(&ctx.db.conn, ctx.id(), ctx.param(0))? {
        Some(user) => Ok(details(&ctx.db.conn, user.seq, kind)?),
        None => Ok(Vec::new()),
    }
}

/// `GET /users/{id}/sessions`.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let mut sessions = of_user(ctx, Detail::Session)?;
    sessions.retain(|session| alive(session, ctx.now));
    Ok(Answer::ok(json!({ "sessions": sessions })))
}

/// Signs a user in, as no administrator can: gives the ids of a session and of what it lets an application do.
pub fn sign_in(ctx: &mut Ctx<'_>) -> Result<(String, String), Refusal> {
    const APPLICATION: &str = "portal";
    let user = ctx.user(0)?;
    let (uid, grant, end) = (ctx.new_secret(21), ctx.new_secret(21), ctx.now + 14 * 24 * 3_600_000);
    let (seen, until) = (ctx.now / 1000, end / 1000);
    let session = json!({
        "payload": {
            "exp": until, "iat": seen, "jti": ctx.new_secret(21), "uid": uid, "kind": "Session", "loginTs": seen,
            "accountId": user.id, "authorizations": { APPLICATION: { "sid": ctx.new_secret(21), "grantId": grant } },
        },
        "clientId": APPLICATION, "accountId": user.id, "expiresAt": end,
    });
    put_detail(&ctx.db.conn, user.seq, Detail::Session, &uid, &session)?;
    let value = json!({
        "id": grant, "expiresAt": end, "application": { "id": APPLICATION, "name": "Portal" },
        "payload": { "exp": until, "iat": seen, "jti": grant, "kind": "Grant", "clientId": APPLICATION,
            "accountId": user.id, "openid": { "scope": "openid profile" } },
    });
    put_detail(&ctx.db.conn, user.seq, Detail::Grant, &grant, &value)?;
    Ok((uid, grant))
}

fn alive(session: &Map<String, Value>, now: i64) -> bool {
    session.get("expiresAt").and_then(Value::as_i64).is_none_or(|end| end > now)
}

fn no_session() -> Refusal {
    Refusal::new(404, "oidc.session_not_found")
}

/// `GET /users/{id}/sessions/{sessionId}`: by `payload.uid`.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0).map_err(|_| no_session())?;
    let found = detail(&ctx.db.conn, user.seq, Detail::Session, ctx.param(1))?.ok_or_else(no_session)?;
    Ok(Answer::ok(found))
}

/// `DELETE /users/{id}/sessions/{sessionId}`, with its grants when asked.
pub fn revoke(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0).map_err(|_| no_session())?;
    let session = detail(&ctx.db.conn, user.seq, Detail::Session, ctx.param(1))?.ok_or_else(no_session)?;
    delete_detail(&ctx.db.conn, user.seq, Detail::Session, Some(ctx.param(1)))?;
    let authorizations = session.get("payload").and_then(|payload| payload.get("authorizations"));
    if let (Some(target), Some(Value::Object(all))) = (ctx.asked("revokeGrantsTarget"), authorizations) {
        for (application, own) in all {
            let grant = own.get("grantId").and_then(Value::as_str).unwrap_or_default();
            if target == "all" || !third_party(ctx, application)? {
                delete_detail(&ctx.db.conn, user.seq, Detail::Grant, Some(grant))?;
            }
        }
    }
    Ok(Answer::Nothing)
}

fn third_party(ctx: &Ctx<'_>, application: &str) -> Result<bool, Refusal> {
    let found = entity(&ctx.db.conn, ctx.id(), EntityKind::Application, application)?;
    Ok(found.is_some_and(|found| found.value.get("isThirdParty") == Some(&Value::Bool(true))))
}

/// `GET /users/{id}/grants`: several for one application are normal.
pub fn grants(ctx: &mut Ctx<'_>) -> Outcome {
    let mut kept = Vec::new();
    for grant in of_user(ctx, Detail::Grant)? {
        let client = grant.get("payload").and_then(|payload| payload.get("clientId")).and_then(Value::as_str);
        let third = third_party(ctx, client.unwrap_or_default())?;
        let wanted = match ctx.asked("appType") {
            Some("firstParty") => !third,
            Some("thirdParty") => third,
            _ => true,
        };
        if wanted && alive(&grant, ctx.now) {
            kept.push(Value::Object(grant));
        }
    }
    Ok(Answer::ok(json!({ "grants": kept })))
}

/// `DELETE /users/{id}/grants/{grantId}`.
pub fn revoke_grant(ctx: &mut Ctx<'_>) -> Outcome {
    let missing = || Refusal::new(404, "oidc.invalid_grant");
    let user = ctx.user(0).map_err(|_| missing())?;
    if delete_detail(&ctx.db.conn, user.seq, Detail::Grant, Some(ctx.param(1)))? {
        return Ok(Answer::Nothing);
    }
    Err(missing())
}
