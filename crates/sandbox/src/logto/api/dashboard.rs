//! `/dashboard/users/*`. The real one keeps a table of who was active on which day; here the last sign-in of each user
//! stands for it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rusqlite::params;
use serde_json::{Value, json};

use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::refusal::Refusal;
use crate::logto::store::user_count;

/// `GET /dashboard/users/total`.
pub fn total(ctx: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(json!({ "totalUserCount": user_count(&ctx.db.conn, ctx.id())? })))
}

fn today(ctx: &Ctx<'_>) -> Result<Date, Refusal> {
    let now = Timestamp::from_millisecond(ctx.now).map_err(|_| Refusal::crash())?;
    Ok(now.to_zoned(TimeZone::UTC).date())
}

fn start_of(day: Date) -> Result<i64, Refusal> {
    let zoned = day.to_zoned(TimeZone::UTC).map_err(|_| Refusal::crash())?;
    Ok(zoned.timestamp().as_millisecond())
}

/// How many users have `column` in the `days` days that end with `last`.
fn count(ctx: &Ctx<'_>, column: &str, last: Date, days: i32) -> Result<i64, Refusal> {
    let from = start_of(last.saturating_sub((days - 1).days()))?;
    let to = start_of(last.saturating_add(1.days()))?;
    let sql =
        format!("SELECT count(*) FROM logto_users WHERE tenant_id = ?1 AND {column} >= ?2 AND {column} < ?3");
    Ok(ctx.db.conn.prepare_cached(&sql)?.query_row(params![ctx.id(), from, to], |row| row.get(0))?)
}

/// The count of a period, and how it differs from the one before.
fn period(ctx: &Ctx<'_>, column: &str, last: Date, days: i32) -> Result<Value, Refusal> {
    let now = count(ctx, column, last, days)?;
    let before = count(ctx, column, last.saturating_sub(days.days()), days)?;
    Ok(json!({ "count": now, "delta": now - before }))
}

/// `GET /dashboard/users/new`.
pub fn new(ctx: &mut Ctx<'_>) -> Outcome {
    let today = today(ctx)?;
    Ok(Answer::ok(json!({
        "today": period(ctx, "created", today, 1)?, "last7Days": period(ctx, "created", today, 7)?,
    })))
}

/// `GET /dashboard/users/active?date=`.
pub fn active(ctx: &mut Ctx<'_>) -> Outcome {
    let last = match ctx.asked("date") {
        Some(text) => {
            text.parse::<Date>().map_err(|_| Refusal::about(400, "guard.invalid_input", "query"))?
        }
        None => today(ctx)?,
    };
    let mut curve = Vec::with_capacity(30);
    for back in (0..30).rev() {
        let day = last.saturating_sub(back.days());
        curve.push(json!({ "date": day.to_string(), "count": count(ctx, "last_sign_in", day, 1)? }));
    }
    Ok(Answer::ok(json!({
        "dauCurve": curve,
        "dau": period(ctx, "last_sign_in", last, 1)?,
        "wau": period(ctx, "last_sign_in", last, 7)?,
        "mau": period(ctx, "last_sign_in", last, 30)?,
    })))
}
