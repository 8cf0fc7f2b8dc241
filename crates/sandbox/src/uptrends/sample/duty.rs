//! The off-duty periods of the sample account. Some begin or end within hours of the moment it is made, so that who is on duty
//! changes while somebody looks.

use jiff::Span;
use jiff::civil::{DateTime, date};
use serde_json::{Map, Value, json};

use crate::uptrends::zones::written;

/// The periods of this name.
pub fn periods(name: &str, now: DateTime) -> Vec<Map<String, Value>> {
    let daily =
        |start: &str, end: &str| json!({ "ScheduleMode": "Daily", "StartTime": start, "EndTime": end });
    let weekly = |day: &str, start: &str, end: &str| json!({ "ScheduleMode": "Weekly", "WeekDay": day, "StartTime": start, "EndTime": end });
    let made = match name {
        "nights" => vec![daily("19:00", "07:00")],
        "days" => vec![daily("07:00", "19:00")],
        "friday" => vec![weekly("Friday", "18:00", "08:00")],
        "weekends" => vec![weekly("Saturday", "00:00", "23:59"), weekly("Sunday", "00:00", "23:59")],
        "monthly" => {
            vec![
                json!({ "ScheduleMode": "Monthly", "MonthDay": 1, "StartTime": "08:00", "EndTime": "12:30" }),
            ]
        }
        "holidays" => vec![holidays(now)],
        "vacation" => vec![once(now, -3 * 24, 2)],
        "ending" => vec![once(now, -10 * 24, 26)],
        "soon" => vec![once(now, 1, 9 * 24)],
        "past" => vec![once(now, -30 * 24, -16 * 24)],
        _ => Vec::new(),
    };
    made.into_iter().map(|period| period.as_object().cloned().unwrap_or_default()).collect()
}

/// From so many hours after now to so many; whole hours.
pub fn once(now: DateTime, from: i64, to: i64) -> Value {
    let hour = now.date().at(now.hour(), 0, 0, 0);
    let at = |hours: i64| written(hour.saturating_add(Span::new().hours(hours)));
    json!({ "ScheduleMode": "OneTime", "StartDateTime": at(from), "EndDateTime": at(to) })
}

/// From Christmas Eve to the second of January: those that are under way, else the next ones.
fn holidays(now: DateTime) -> Value {
    let year = if now.date() < date(now.year(), 1, 2) { now.year() - 1 } else { now.year() };
    json!({
        "ScheduleMode": "OneTime", "StartDateTime": format!("{year}-12-24T12:00:00"),
        "EndDateTime": format!("{}-01-02T08:00:00", year + 1),
    })
}
