//! Limits that are times. A date means its whole day in the zone of the computer; an age counts back from now, and a
//! comparison compares the age: `>90d` is longer ago than 90 days.

use jiff::civil::Date;

use super::error::{FilterError, FilterErrorCode, Span};
use super::lexer::Compare;
use super::tree::TimeRange;
use crate::model::Moment;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// One end as typed.
enum Limit {
    /// A day, a month or a year.
    Span(TimeRange),
    /// So long ago.
    Age(i64),
    /// So long from now.
    Ahead(i64),
}

/// What a time, a comparison or a range of times asks for.
pub fn range(
    compare: Compare,
    typed: &str,
    moment: &Moment,
    text: &str,
    span: Span,
) -> Result<TimeRange, FilterError> {
    let bad = || FilterError::new(FilterErrorCode::BadTime, text, span);
    let all = TimeRange { from: i64::MIN, to: i64::MAX };
    if let Some((from, to)) = typed.split_once("..").filter(|_| matches!(compare, Compare::Plain)) {
        if from.is_empty() && to.is_empty() {
            return Err(bad());
        }
        let from = if from.is_empty() { all } else { limit(from, moment).ok_or_else(bad)?.range(moment) };
        let to = if to.is_empty() { all } else { limit(to, moment).ok_or_else(bad)?.range(moment) };
        if from.from > to.to {
            return Err(FilterError::new(FilterErrorCode::BackwardRange, text, span));
        }
        return Ok(TimeRange { from: from.from, to: to.to });
    }
    let limit = limit(typed, moment).ok_or_else(bad)?;
    let at = limit.range(moment);
    Ok(match (limit, compare) {
        // At most so old.
        (Limit::Age(_), Compare::Plain | Compare::Whole | Compare::Less | Compare::LessOrEqual) => {
            TimeRange { from: at.from, to: i64::MAX }
        }
        (Limit::Age(_), Compare::Greater | Compare::GreaterOrEqual) => TimeRange { to: at.from, ..all },
        // Between now and then.
        (Limit::Ahead(_), Compare::Plain | Compare::Whole) => TimeRange { from: now(moment), to: at.to },
        (Limit::Span(_), Compare::Plain | Compare::Whole) => at,
        (Limit::Span(_) | Limit::Ahead(_), Compare::Less) => TimeRange { to: at.from, ..all },
        (Limit::Span(_) | Limit::Ahead(_), Compare::LessOrEqual) => TimeRange { to: at.to, ..all },
        (Limit::Span(_) | Limit::Ahead(_), Compare::Greater) => TimeRange { from: at.to, ..all },
        (Limit::Span(_) | Limit::Ahead(_), Compare::GreaterOrEqual) => TimeRange { from: at.from, ..all },
    })
}

/// The beginning of the minute: what was found once serves for the rest of it.
const fn now(moment: &Moment) -> i64 {
    let now = moment.now.as_millis();
    now - now.rem_euclid(MINUTE)
}

impl Limit {
    const fn range(&self, moment: &Moment) -> TimeRange {
        match self {
            Self::Span(range) => *range,
            Self::Age(age) => {
                let at = now(moment).saturating_sub(*age);
                TimeRange { from: at, to: at }
            }
            Self::Ahead(ahead) => {
                let at = now(moment).saturating_add(*ahead);
                TimeRange { from: at, to: at }
            }
        }
    }
}

fn limit(typed: &str, moment: &Moment) -> Option<Limit> {
    if let Some(ahead) = typed.strip_prefix('+') {
        return age(ahead).map(Limit::Ahead);
    }
    if let Some(age) = age(typed) {
        return Some(Limit::Age(age));
    }
    days(typed, moment).map(Limit::Span)
}

/// `30d`: hours, days, weeks, months of 30 days, years of 365.
fn age(typed: &str) -> Option<i64> {
    let unit = typed.chars().next_back()?;
    let number: i64 =
        typed.get(..typed.len() - unit.len_utf8())?.parse().ok().filter(|number| *number >= 0)?;
    let length = match unit.to_ascii_lowercase() {
        'h' => DAY / 24,
        'd' => DAY,
        'w' => 7 * DAY,
        'm' => 30 * DAY,
        'y' => 365 * DAY,
        _ => return None,
    };
    number.checked_mul(length)
}

fn days(typed: &str, moment: &Moment) -> Option<TimeRange> {
    let zone = &moment.zone;
    let today = || {
        Some(jiff::Timestamp::from_millisecond(moment.now.as_millis()).ok()?.to_zoned(zone.clone()).date())
    };
    let (first, after) = match typed.to_ascii_lowercase().as_str() {
        "today" => (today()?, today()?.tomorrow().ok()?),
        "yesterday" => (today()?.yesterday().ok()?, today()?),
        "tomorrow" => (today()?.tomorrow().ok()?, today()?.tomorrow().ok()?.tomorrow().ok()?),
        typed => calendar(typed)?,
    };
    let start = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
    Some(TimeRange { from: start(first)?, to: start(after)? })
}

/// `2026`, `2026-01` or `2026-01-31`: its first day, and the first day after it.
fn calendar(typed: &str) -> Option<(Date, Date)> {
    let mut parts = typed.split('-');
    let mut part = |digits: usize| -> Option<Option<i16>> {
        let Some(part) = parts.next() else { return Some(None) };
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok())
    };
    let (year, month, day) = (part(4)??, part(2)?, part(2)?);
    if parts.next().is_some() {
        return None;
    }
    let first =
        Date::new(year, i8::try_from(month.unwrap_or(1)).ok()?, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
    let after = match (month, day) {
        (_, Some(_)) => first.tomorrow().ok()?,
        (Some(_), None) => first.last_of_month().tomorrow().ok()?,
        (None, None) => first.last_of_year().tomorrow().ok()?,
    };
    Some((first, after))
}
