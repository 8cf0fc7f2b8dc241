//! `/Register`: an API user from an operator's own login. Here `status` is written small.

use serde_json::json;

use super::api_users::add;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{Thing, ThingKind, thing_by_seq};

/// `POST /Register`; another operator than the caller's needs an administrator.
pub fn register(ctx: &Ctx<'_>) -> Outcome {
    let operator: Thing = match ctx.asked("operatorGuid") {
        Some(guid) => {
            ctx.administrator()?;
            ctx.named(ThingKind::Operator, guid)?
        }
        None => thing_by_seq(ctx.conn, ctx.caller.operator)?
            .ok_or_else(|| Refusal::no_such(ThingKind::Operator))?,
    };
    let description = ctx.asked("description").unwrap_or("API");
    let (user, password) = add(ctx.conn, ctx.tenant, operator.seq, description, ctx.now)?;
    Ok(Answer::created(json!({
        "UserName": user.name,
        "Password": password,
        "AccountId": format!("{}", 400_000 + ctx.id()),
        "OperatorName": operator.shown().get("FullName"),
        "status": "OK",
    })))
}
