//! `/logs`. Failed sign-ins have no user, so a filter on one hides them.

use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::paging::Paging;
use crate::logto::refusal::Refusal;
use crate::logto::store::{LogFilter, LogRow, log_by_id, logs};

/// Where a count with `enableCap` stops.
const CAP: usize = 10_001;

/// `GET /logs`.
pub fn list(ctx: &mut Ctx<'_>) -> Outcome {
    let paging = Paging::read(&ctx.query)?;
    let text = |name: &str| ctx.asked(name).map(str::to_owned);
    let filter = LogFilter {
        user_id: text("userId"),
        application_id: text("applicationId"),
        key: text("logKey"),
        start: time(ctx, "start_time")?,
        end: time(ctx, "end_time")?,
    };
    if let (Some(start), Some(end)) = (filter.start, filter.end)
        && end <= start
    {
        return Err(Refusal::new(400, "log.invalid_time_window"));
    }
    let (total, rows) = logs(&ctx.db.conn, ctx.id(), &filter, paging.skipped(), paging.size)?;
    let capped = ctx.flag("enableCap") && total >= CAP;
    let shown = rows.iter().map(shown).collect::<Result<Vec<_>, _>>()?;
    let total = if capped { CAP } else { total };
    Ok(Answer::Page { json: format!("[{}]", shown.join(",")), total, capped, paging })
}

/// Milliseconds as digits.
fn time(ctx: &Ctx<'_>, name: &str) -> Result<Option<i64>, Refusal> {
    let refused = || Refusal::about(400, "guard.invalid_input", name);
    ctx.asked(name)
        .map(|text| text.parse::<i64>().ok().filter(|time| *time >= 0).ok_or_else(refused))
        .transpose()
}

fn shown(row: &LogRow) -> Result<String, Refusal> {
    let payload = serde_json::from_str::<&RawValue>(&row.payload).map_err(|_| Refusal::crash())?;
    let key = Value::from(row.key.as_str());
    let (id, created) = (&row.id, row.created);
    Ok(format!(
        r#"{{"tenantId":"default","id":"{id}","key":{key},"payload":{payload},"createdAt":{created}}}"#
    ))
}

/// `GET /logs/{id}`.
pub fn one(ctx: &mut Ctx<'_>) -> Outcome {
    let row =
        log_by_id(&ctx.db.conn, ctx.id(), ctx.param(0))?.ok_or_else(|| Refusal::no_such_id(ctx.param(0)))?;
    Ok(Answer::Json(200, shown(&row)?))
}

/// An entry ready to be stored.
pub fn entry(id: String, key: &str, created: i64, payload: Value) -> LogRow {
    let text = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    let (user_id, application_id) = (text("userId"), text("applicationId"));
    let mut payload = payload;
    if let Some(map) = payload.as_object_mut() {
        map.entry("key").or_insert_with(|| json!(key));
    }
    LogRow { id, key: key.to_owned(), created, user_id, application_id, payload: payload.to_string() }
}
