//! Personal access tokens, which every list shows with their values.

use serde_json::{Map, Value, json};

use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::store::{Detail, delete_detail, detail, details, put_detail};
use crate::logto::validate;

const KIND: Detail = Detail::AccessToken;

/// `GET`: expired ones too.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let all = details(&ctx.db.conn, ctx.user(0)?.seq, KIND)?;
    Ok(Answer::ok(all.into_iter().map(Value::Object).collect::<Vec<_>>()))
}

/// `POST`.
pub fn create(ctx: &mut Ctx<'_>) -> Outcome {
    let name = validate::sized(&ctx.body, "name", 256)?;
    let end = validate::optional_time(&ctx.body, "expiresAt")?;
    if end.is_some_and(|end| end <= ctx.now) {
        return Err(Refusal::input(400, "The value of `expiresAt` must be in the future."));
    }
    let user = ctx.user(0).map_err(|_| Refusal::foreign_key(404))?;
    free(ctx, user.seq, &name)?;
    let value = token(&user.id, &name, &ctx.new_secret(32), ctx.now, end);
    put_detail(&ctx.db.conn, user.seq, KIND, &name, &value)?;
    Ok(Answer::created(value))
}

/// A token on the wire.
pub fn token(user: &str, name: &str, secret: &str, created: i64, end: Option<i64>) -> Value {
    json!({
        "tenantId": "default", "userId": user, "name": name, "value": format!("pat_{secret}"),
        "createdAt": created, "expiresAt": end,
    })
}

fn free(ctx: &Ctx<'_>, user: i64, name: &str) -> Result<(), Refusal> {
    if detail(&ctx.db.conn, user, KIND, name)?.is_some() {
        return Err(Refusal::new(422, "user.personal_access_token_name_exists"));
    }
    Ok(())
}

fn renamed(ctx: &Ctx<'_>, current: &str) -> Outcome {
    let name = validate::sized(&ctx.body, "name", 256)?;
    let missing = || Refusal::about(404, "entity.not_exists", "personal_access_tokens");
    let user = ctx.user(0).map_err(|_| missing())?;
    let mut token: Map<String, Value> = detail(&ctx.db.conn, user.seq, KIND, current)?.ok_or_else(missing)?;
    if name != current {
        free(ctx, user.seq, &name)?;
    }
    delete_detail(&ctx.db.conn, user.seq, KIND, Some(current))?;
    token.insert("name".to_owned(), Value::from(name.as_str()));
    let token = Value::Object(token);
    put_detail(&ctx.db.conn, user.seq, KIND, &name, &token)?;
    Ok(Answer::ok(token))
}

fn deleted(ctx: &Ctx<'_>, name: &str) -> Outcome {
    if delete_detail(&ctx.db.conn, ctx.user(0)?.seq, KIND, Some(name))? {
        return Ok(Answer::Nothing);
    }
    Err(Refusal::not_found())
}

/// Before release 1.33 there is nothing at the paths without a name.
fn by_body(ctx: &Ctx<'_>, refusal: Refusal) -> Result<(), Refusal> {
    let older = ctx.tenant.logto.as_ref().is_some_and(|logto| logto.quirks().tokens_by_path);
    if older { Err(refusal) } else { Ok(()) }
}

/// `PATCH`: only the name can change.
pub fn rename(ctx: &mut Ctx<'_>) -> Outcome {
    by_body(ctx, Refusal::Text(405, "Method Not Allowed"))?;
    let current = validate::sized(&ctx.body, "currentName", 256)?;
    renamed(ctx, &current)
}

/// `PATCH …/{name}`, the older form.
pub fn rename_by_path(ctx: &mut Ctx<'_>) -> Outcome {
    renamed(ctx, ctx.param(1))
}

/// `POST …/delete`.
pub fn delete(ctx: &mut Ctx<'_>) -> Outcome {
    by_body(ctx, Refusal::Text(405, "Method Not Allowed"))?;
    let name = validate::sized(&ctx.body, "name", 256)?;
    deleted(ctx, &name)
}

/// `DELETE …/{name}`, the older form, which no name with a slash fits.
pub fn delete_by_path(ctx: &mut Ctx<'_>) -> Outcome {
    deleted(ctx, ctx.param(1))
}
