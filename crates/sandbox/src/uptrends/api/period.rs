//! An off-duty period: how it is written, and whether it covers a moment. Its times are of the account's time zone.

use jiff::Span;
use jiff::civil::{DateTime, Time, Weekday};
use serde_json::{Map, Value};

use crate::uptrends::call::Ctx;
use crate::uptrends::zones::{Zone, utc, written};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Sunday", Weekday::Sunday),
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
];
const MODES: [(&str, &[&str]); 4] = [
    ("OneTime", &["StartDateTime", "EndDateTime"]),
    ("Daily", &["StartTime", "EndTime"]),
    ("Weekly", &["WeekDay", "StartTime", "EndTime"]),
    ("Monthly", &["MonthDay", "StartTime", "EndTime"]),
];
const FIELDS: [&str; 6] = ["StartDateTime", "EndDateTime", "WeekDay", "MonthDay", "StartTime", "EndTime"];

/// A period as stored, or everything that is wrong with it. Attributes of another mode are wrong too.
pub fn read(body: &Map<String, Value>) -> Result<Map<String, Value>, Vec<String>> {
    let mode = body.get("ScheduleMode").and_then(Value::as_str).unwrap_or_default();
    let Some((mode, wanted)) = MODES.iter().find(|own| own.0 == mode) else {
        return Err(vec!["ScheduleMode must be OneTime, Daily, Weekly or Monthly.".to_owned()]);
    };
    let mut period = Map::new();
    period.insert("ScheduleMode".to_owned(), Value::from(*mode));
    let mut wrong = Vec::new();
    for name in FIELDS {
        let given = body.get(name).filter(|value| !value.is_null());
        match (given, wanted.contains(&name)) {
            (Some(value), true) => match normal(name, value) {
                Some(value) => drop(period.insert(name.to_owned(), value)),
                None => wrong.push(format!("{name} is not valid.")),
            },
            (Some(_), false) => wrong.push(format!("{name} does not belong to ScheduleMode {mode}.")),
            (None, true) => wrong.push(format!("{name} is required for ScheduleMode {mode}.")),
            (None, false) => {}
        }
    }
    if let (Some(start), Some(end)) = (moment(&period, "StartDateTime"), moment(&period, "EndDateTime"))
        && end <= start
    {
        wrong.push("EndDateTime must be later than StartDateTime.".to_owned());
    }
    if wrong.is_empty() { Ok(period) } else { Err(wrong) }
}

fn normal(name: &str, value: &Value) -> Option<Value> {
    match name {
        "StartDateTime" | "EndDateTime" => {
            let text = value.as_str().filter(|text| !text.ends_with('Z') && !text.contains('+'))?;
            text.parse::<DateTime>().ok().map(|at| Value::from(written(at)))
        }
        "WeekDay" => value.as_str().filter(|text| WEEKDAYS.iter().any(|own| own.0 == *text)).map(Value::from),
        "MonthDay" => value.as_i64().filter(|day| (1..=31).contains(day)).map(Value::from),
        _ => time(value.as_str()?).map(|at| Value::from(at.strftime("%H:%M").to_string())),
    }
}

/// `HH:mm`.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5)?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn moment(period: &Map<String, Value>, name: &str) -> Option<DateTime> {
    period.get(name)?.as_str()?.parse().ok()
}

/// Whether any of these periods covers now.
pub fn is_off(ctx: &Ctx<'_>, periods: &[(i64, Map<String, Value>)]) -> bool {
    let now = Zone::by_id(ctx.quirks.timezone_id).map_or_else(|| utc(ctx.now), |zone| zone.local(ctx.now));
    periods.iter().any(|(_, period)| covers(period, now))
}

/// Whether a period covers a moment; its end does not belong to it.
pub fn covers(period: &Map<String, Value>, now: DateTime) -> bool {
    let text = |name: &str| period.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("ScheduleMode") == "OneTime" {
        return moment(period, "StartDateTime").is_some_and(|start| start <= now)
            && moment(period, "EndDateTime").is_some_and(|end| now < end);
    }
    let (Some(start), Some(end)) = (time(text("StartTime")), time(text("EndTime"))) else { return false };
    let minutes = |at: Time| i64::from(at.hour()) * 60 + i64::from(at.minute());
    // The last minute of a day stands for its end.
    let last = if minutes(end) == 24 * 60 - 1 { 24 * 60 } else { minutes(end) };
    let length = if last > minutes(start) { last - minutes(start) } else { last - minutes(start) + 24 * 60 };
    [0, 1].into_iter().any(|ago| {
        let day = now.date().saturating_sub(Span::new().days(ago));
        let weekday = WEEKDAYS.iter().find(|own| own.0 == text("WeekDay"));
        let month_day = period.get("MonthDay").and_then(Value::as_i64);
        let begins = weekday.is_none_or(|own| own.1 == day.weekday())
            && month_day.is_none_or(|own| own == i64::from(day.day()));
        let from = day.to_datetime(start);
        begins && from <= now && now < from.saturating_add(Span::new().minutes(length))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn off(period: &Value, at: &str) -> bool {
        covers(&read(period.as_object().unwrap()).unwrap(), at.parse().unwrap())
    }

    #[test]
    fn a_period_covers_its_start_and_not_its_end_also_past_midnight() {
        let night = || json!({ "ScheduleMode": "Daily", "StartTime": "22:00", "EndTime": "06:00" });
        assert!(off(&night(), "2026-11-25T22:00:00") && off(&night(), "2026-11-25T05:59:59"));
        assert!(!off(&night(), "2026-11-25T06:00:00") && !off(&night(), "2026-11-25T21:59:59"));
        let friday = || json!({ "ScheduleMode": "Weekly", "WeekDay": "Friday", "StartTime": "18:00", "EndTime": "08:00" });
        assert!(off(&friday(), "2026-11-28T07:00:00"), "Saturday morning");
        assert!(!off(&friday(), "2026-11-27T07:00:00"), "Friday morning");
        let last =
            json!({ "ScheduleMode": "Monthly", "MonthDay": 31, "StartTime": "00:00", "EndTime": "23:59" });
        assert!(off(&last, "2026-10-31T23:59:30"));
        let same = json!({ "ScheduleMode": "Daily", "StartTime": "09:00", "EndTime": "09:00" });
        assert!(off(&same, "2026-10-31T08:00:00"));
    }

    #[test]
    fn attributes_of_another_mode_are_told_with_everything_else_that_is_wrong() {
        let mixed =
            json!({ "ScheduleMode": "OneTime", "WeekDay": "Monday", "StartDateTime": "2026-01-02T00:00:00" });
        assert_eq!(read(mixed.as_object().unwrap()).unwrap_err().len(), 2);
        let zoned = json!({ "ScheduleMode": "OneTime", "StartDateTime": "2026-01-02T00:00:00Z", "EndDateTime": "2026-01-03T00:00:00" });
        assert_eq!(read(zoned.as_object().unwrap()).unwrap_err(), ["StartDateTime is not valid."]);
    }
}
