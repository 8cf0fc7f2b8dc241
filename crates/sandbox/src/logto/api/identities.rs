//! Social and enterprise identities of a user.

use serde_json::{Map, Value, json};

use super::user_view::{More, show};
use super::users::store;
use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::store::{Detail, User, detail, details};
use crate::logto::{user_search, validate};

fn identities(user: &User) -> Result<Map<String, Value>, Refusal> {
    serde_json::from_str(&user.identities).map_err(|_| Refusal::crash())
}

fn missing() -> Refusal {
    Refusal::new(404, "user.identity_not_exist")
}

/// `GET /users/{id}/identities/{target}`.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let mut all = identities(&user)?;
    let identity = all.remove(ctx.param(1)).ok_or_else(missing)?;
    Ok(Answer::ok(json!({ "identity": identity })))
}

/// `PUT /users/{id}/identities/{target}`: 201 when new, 200 when replaced; gives all of them.
pub fn put(ctx: &mut Ctx<'_>) -> Outcome {
    let mut user = ctx.user(0)?;
    let target = ctx.param(1).to_owned();
    let mut identity = json!({ "userId": validate::sized(&ctx.body, "userId", 128)? });
    if let (Some(map), Some(details)) =
        (identity.as_object_mut(), validate::optional_object(&ctx.body, "details")?)
    {
        map.insert("details".to_owned(), Value::Object(details));
    }
    let own = identity.get("userId").and_then(Value::as_str).unwrap_or_default();
    let holder = user_search::by_identity(&ctx.db.conn, ctx.id(), &target, own)?;
    if holder.is_some_and(|holder| holder != user.seq) {
        return Err(Refusal::new(422, "user.identity_already_in_use"));
    }
    let mut all = identities(&user)?;
    let replaced = all.insert(target, identity).is_some();
    let json = Value::Object(all).to_string();
    user.identities.clone_from(&json);
    store(ctx, user)?;
    Ok(Answer::Json(if replaced { 200 } else { 201 }, json))
}

/// `DELETE /users/{id}/identities/{target}`: gives the user; nothing protects the last way to sign in.
pub fn delete(ctx: &mut Ctx<'_>) -> Outcome {
    let mut user = ctx.user(0)?;
    let mut all = identities(&user)?;
    all.remove(ctx.param(1)).ok_or_else(missing)?;
    user.identities = Value::Object(all).to_string();
    store(ctx, user)?;
    Ok(Answer::Json(200, show(&ctx.user(0)?, More::default())?))
}

/// `GET /users/{id}/all-identities`.
pub fn all(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let social: Vec<Value> = identities(&user)?
        .into_iter()
        .map(|(target, identity)| json!({ "target": target, "identity": identity }))
        .collect();
    let mut enterprise = Vec::new();
    for identity in details(&ctx.db.conn, user.seq, Detail::SsoIdentity)? {
        let connector = identity.get("ssoConnectorId").cloned();
        enterprise.push(json!({ "ssoConnectorId": connector, "ssoIdentity": identity }));
    }
    Ok(Answer::ok(json!({ "socialIdentities": social, "ssoIdentities": enterprise })))
}

/// `GET /users/{id}/sso-identities/{ssoConnectorId}`.
pub fn sso(ctx: &mut Ctx<'_>) -> Outcome {
    let user = ctx.user(0)?;
    let identity = detail(&ctx.db.conn, user.seq, Detail::SsoIdentity, ctx.param(1))?
        .ok_or_else(|| Refusal::new(404, "user.enterprise_sso_identity_not_exists"))?;
    Ok(Answer::ok(json!({ "ssoIdentity": identity })))
}
