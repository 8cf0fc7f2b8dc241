//! `/Account`, `/Timezone`, `/OutgoingPhoneNumber`.

use serde_json::{Map, Value, json};

use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{ThingKind, count_things, things};
use crate::uptrends::zones::{ZONES, Zone, utc, written_ms};

const YEAR_MS: i64 = 365 * 24 * 3_600_000;

/// The numbers that text messages can come from.
pub const PHONE_NUMBERS: [(i64, &str, &str); 3] = [
    (1, "+31100550110", "Europe"),
    (2, "+12025550143", "United States"),
    (3, "+61255501234", "Australia and Asia"),
];

/// `GET /Account`.
pub fn statistics(ctx: &Ctx<'_>) -> Outcome {
    let mut quota = Map::new();
    if let Some(limit) = ctx.quirks.operator_limit {
        quota.insert("Operators".to_owned(), json!(limit));
    }
    quota.insert("OperatorsInUse".to_owned(), json!(count_things(ctx.conn, ctx.id(), ThingKind::Operator)?));
    Ok(Answer::ok(json!({
        "AccountId": format!("{}", 400_000 + ctx.id()),
        "ExpirationDate": written_ms(ctx.quirks.timezone_id, ctx.now + YEAR_MS - ctx.now % YEAR_MS),
        "MonitorQuota": monitor_quota(ctx)?,
        "OperatorQuota": quota,
        "RemainingMessageCredits": 120,
    })))
}

fn monitor_quota(ctx: &Ctx<'_>) -> Result<Value, Refusal> {
    let (mut basic, mut browser, mut credits, mut transactions) = (0, 0, 0, 0);
    for monitor in things(ctx.conn, ctx.id(), ThingKind::Monitor)? {
        match monitor.shown().get("MonitorType").and_then(Value::as_str) {
            Some("RealBrowserCheck" | "FullPageCheck") => browser += 1,
            Some("Transaction") => transactions += 12,
            Some("MultiStepApi" | "Postman") => credits += 4,
            _ => basic += 1,
        }
    }
    let room = |used: u32| used.div_ceil(50).max(1) * 50;
    Ok(json!({
        "BasicMonitors": room(basic), "BasicMonitorsInUse": basic,
        "BrowserMonitors": room(browser), "BrowserMonitorsInUse": browser,
        "ApiMonitoringCredits": room(credits), "ApiMonitoringCreditsInUse": credits,
        "TransactionCredits": room(transactions), "TransactionCreditsInUse": transactions,
    }))
}

/// `GET /Account/Settings`.
pub fn settings(ctx: &Ctx<'_>) -> Outcome {
    Ok(Answer::ok(json!({ "TimezoneId": ctx.quirks.timezone_id })))
}

/// `GET /Timezone`.
pub fn timezones(ctx: &Ctx<'_>) -> Outcome {
    let year = utc(ctx.now).year();
    Ok(Answer::ok(ZONES.iter().map(|zone| zone.shown(year)).collect::<Vec<_>>()))
}

/// `GET /Timezone/{timezoneId}`.
pub fn timezone(ctx: &Ctx<'_>) -> Outcome {
    let id = ctx.param(0).parse().map_err(|_| Refusal::bad("The time zone id is not a number."))?;
    let zone = Zone::by_id(id).ok_or_else(|| Refusal::missing("time zone"))?;
    Ok(Answer::ok(zone.shown(utc(ctx.now).year())))
}

/// `GET /OutgoingPhoneNumber`.
pub fn phone_numbers(_: &Ctx<'_>) -> Outcome {
    let one = |(id, number, description): &(i64, &str, &str)| json!({ "Id": id, "PhoneNumber": number, "Description": description });
    Ok(Answer::ok(PHONE_NUMBERS.iter().map(one).collect::<Vec<_>>()))
}
