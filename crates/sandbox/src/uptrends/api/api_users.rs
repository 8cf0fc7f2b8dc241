//! `/ApiUser`. Which names its attributes have no public text says; see [`ApiUserNames`].

use rusqlite::Connection;
use serde_json::{Map, Value, json};

use crate::state::{TenantState, lock};
use crate::uptrends::auth::digest;
use crate::uptrends::call::{Answer, Ctx, Outcome, text};
use crate::uptrends::quirks::{ApiUserNames, ApiUserSupport};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{
    New, Thing, ThingKind, delete_thing, insert_thing, thing_by_seq, things, things_below, update_thing,
};
use crate::uptrends::zones::written_ms;

const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// What the attributes are called.
#[derive(Clone, Copy)]
pub struct Names {
    pub id: &'static str,
    pub user_name: &'static str,
    pub kind: &'static str,
    pub created: &'static str,
    pub last_used: &'static str,
    pub requests: &'static str,
}

impl Names {
    /// By this choice.
    pub const fn of(names: ApiUserNames) -> Self {
        let usual = Self {
            id: "ApiUserGuid",
            user_name: "UserName",
            kind: "ApiAccessType",
            created: "CreatedDate",
            last_used: "LastUsedDate",
            requests: "RequestsLast30Days",
        };
        let third = Self {
            id: "Id",
            user_name: "UserName",
            kind: "ApiUserType",
            created: "Created",
            last_used: "LastUsedDateTime",
            requests: "RequestCountLast30Days",
        };
        match names {
            ApiUserNames::Usual => usual,
            ApiUserNames::Second => Self {
                id: "Guid",
                user_name: "Username",
                kind: "AccessType",
                created: "CreationDate",
                last_used: "LastUsed",
                requests: "NumberOfRequestsLast30Days",
            },
            ApiUserNames::Third => third,
            ApiUserNames::Fourth => Self { kind: "Type", requests: "RequestCount", ..third },
            ApiUserNames::Unrecognised => Self { last_used: "LatestCall", ..usual },
        }
    }
}

/// Refuses where there is no such call; gives whether the caller sees those of other operators.
fn open(ctx: &Ctx<'_>) -> Result<bool, Refusal> {
    match ctx.quirks.api_users {
        ApiUserSupport::Yes => Ok(ctx.caller.administrator),
        ApiUserSupport::Missing => Err(Refusal::Empty(404)),
        ApiUserSupport::Forbidden => {
            Err(Refusal::forbidden("You do not have sufficient rights for this operation."))
        }
    }
}

fn found(ctx: &Ctx<'_>) -> Result<Thing, Refusal> {
    let all = open(ctx)?;
    let found = ctx.thing(ThingKind::ApiUser, 0)?;
    if all || found.parent == ctx.caller.operator {
        Ok(found)
    } else {
        Err(Refusal::no_such(ThingKind::ApiUser))
    }
}

/// `GET /ApiUser`.
pub fn list(ctx: &Ctx<'_>) -> Outcome {
    let users = if open(ctx)? {
        things(ctx.conn, ctx.id(), ThingKind::ApiUser)?
    } else {
        things_below(ctx.conn, ctx.caller.operator)?
    };
    shown_all(ctx, &users)
}

/// `GET /ApiUser/Operator/{operatorGuid}`.
pub fn of_operator(ctx: &Ctx<'_>) -> Outcome {
    let all = open(ctx)?;
    let operator = ctx.thing(ThingKind::Operator, 0)?;
    if !all && operator.seq != ctx.caller.operator {
        return Err(Refusal::no_such(ThingKind::Operator));
    }
    shown_all(ctx, &things_below(ctx.conn, operator.seq)?)
}

/// `GET /ApiUser/{apiUserGuid}`.
pub fn one(ctx: &Ctx<'_>) -> Outcome {
    Ok(Answer::ok(shown(ctx, &found(ctx)?)?))
}

fn shown_all(ctx: &Ctx<'_>, users: &[Thing]) -> Outcome {
    let mut rows = Vec::with_capacity(users.len());
    for (place, user) in users.iter().enumerate() {
        let mut row = shown(ctx, user)?;
        if ctx.quirks.unknown_access_type && place == 0 {
            row.insert(Names::of(ctx.quirks.api_user_names).kind.to_owned(), json!("Satellite"));
        }
        rows.push(Value::Object(row).to_string());
    }
    Ok(Answer::list(rows))
}

/// An API user as it is answered; what is not known is left out.
fn shown(ctx: &Ctx<'_>, user: &Thing) -> Result<Map<String, Value>, Refusal> {
    let names = Names::of(ctx.quirks.api_user_names);
    let own = user.shown();
    let uses = ctx.tenant.uptrends.as_ref().map(|own| own.uses(user.seq)).unwrap_or_default();
    let number = |name: &str| own.get(name).and_then(Value::as_i64);
    let at = |ms: i64| json!(written_ms(ctx.quirks.timezone_id, ms));
    let mut row = Map::new();
    row.insert(names.id.to_owned(), json!(user.id));
    if let Some(operator) = thing_by_seq(ctx.conn, user.parent)? {
        row.insert("OperatorGuid".to_owned(), json!(operator.id));
    }
    row.insert(names.user_name.to_owned(), json!(user.name));
    row.insert(names.kind.to_owned(), own.get("type").cloned().unwrap_or_else(|| json!("Generic")));
    row.insert("Description".to_owned(), own.get("description").cloned().unwrap_or_else(|| json!("")));
    if let Some(created) = number("created") {
        row.insert(names.created.to_owned(), at(created));
    }
    let last = number("lastUsed").into_iter().chain((uses.calls > 0).then_some(uses.last)).max();
    if let Some(last) = last {
        row.insert(names.last_used.to_owned(), at(last));
    }
    let calls = i64::try_from(uses.calls).unwrap_or(i64::MAX);
    if let Some(requests) = number("requests").or_else(|| (calls > 0).then_some(0)) {
        row.insert(names.requests.to_owned(), json!(requests + calls));
    }
    Ok(row)
}

/// The one attribute of the body that is not the operator. Everything else is assigned by the service.
fn only_description<'a>(ctx: &'a Ctx<'_>) -> Result<Option<&'a str>, Refusal> {
    let body = ctx.object()?;
    if let Some(name) = body.keys().find(|name| !matches!(name.as_str(), "OperatorGuid" | "Description")) {
        return Err(Refusal::bad(format!("'{name}' cannot be set: only OperatorGuid and Description can.")));
    }
    text(body, "Description")
}

/// `POST /ApiUser`: its answer is the only one that has the password.
pub fn create(ctx: &Ctx<'_>) -> Outcome {
    open(ctx)?;
    ctx.administrator()?;
    let description = only_description(ctx)?.unwrap_or_default();
    let guid =
        text(ctx.object()?, "OperatorGuid")?.ok_or_else(|| Refusal::bad("OperatorGuid is required."))?;
    let operator = ctx.named(ThingKind::Operator, guid)?;
    let (user, password) = add(ctx.conn, ctx.tenant, operator.seq, description, ctx.now)?;
    let mut row = shown(ctx, &user)?;
    row.insert("Password".to_owned(), json!(password));
    Ok(Answer::created(row))
}

/// Makes an API user of an operator; gives it and its password.
pub fn add(
    conn: &Connection,
    tenant: &TenantState,
    operator: i64,
    description: &str,
    now: i64,
) -> Result<(Thing, String), Refusal> {
    let id = tenant.new_id();
    let (name, password) = {
        let mut rng = lock(&tenant.rng);
        (rng.text(32, LETTERS), rng.text(32, LETTERS))
    };
    let json =
        json!({ "description": description, "type": "Generic", "created": now, "requests": 0 }).to_string();
    let hidden = json!({ "digest": digest(&password) }).to_string();
    let kind = ThingKind::ApiUser;
    let new =
        New { tenant: tenant.id, kind, id: &id, name: &name, parent: operator, json: &json, hidden: &hidden };
    let seq = insert_thing(conn, &new)?;
    let made = thing_by_seq(conn, seq)?.ok_or_else(|| Refusal::no_such(kind))?;
    Ok((made, password))
}

/// `PUT /ApiUser/{apiUserGuid}`: only the description changes.
pub fn describe(ctx: &Ctx<'_>) -> Outcome {
    let mut found = found(ctx)?;
    ctx.administrator()?;
    let description = only_description(ctx)?.ok_or_else(|| Refusal::bad("Description is required."))?;
    let operator = thing_by_seq(ctx.conn, found.parent)?.map(|own| own.id).unwrap_or_default();
    if !text(ctx.object()?, "OperatorGuid")?.is_some_and(|guid| guid.eq_ignore_ascii_case(&operator)) {
        return Err(Refusal::bad("OperatorGuid must stay the same."));
    }
    let mut own = found.shown();
    own.insert("description".to_owned(), json!(description));
    found.json = Value::Object(own).to_string();
    update_thing(ctx.conn, &found)?;
    Ok(Answer::Nothing)
}

/// `DELETE /ApiUser/{apiUserGuid}`.
pub fn delete(ctx: &Ctx<'_>) -> Outcome {
    let found = found(ctx)?;
    ctx.administrator()?;
    delete_thing(ctx.conn, found.seq)?;
    Ok(Answer::Nothing)
}
