//! The ends of the tokens in a month of this computer's calendar.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::coverage::coverage;
use super::list::Asked;
use super::page::RowReader;
use crate::api::{TokenCalendarRequest, TokenCalendarView, TokenDayView, TokenFilter};
use crate::model::Moment;
use crate::query::page::damaged;
use crate::query::users::UserIndexCache;
use crate::store::StoreError;

/// Names that a day shows.
const NAMES: usize = 3;

/// The ends in one month as of `moment`; `None` for a month that no calendar has.
///
/// # Errors
/// When the store cannot be read.
pub fn get_token_calendar(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &TokenCalendarRequest,
    moment: &Moment,
) -> Result<Option<TokenCalendarView>, StoreError> {
    let Some(mut days) = days(request.year, request.month, &moment.zone) else { return Ok(None) };
    let asked = Asked::open(cache, conn, request.filter.account_id)?;
    let filter = TokenFilter { expires_from: None, expires_to: None, ..request.filter.clone() };
    let listed = asked.listed(cache, &filter, None, moment.now, false);
    let (begin, end) = match (days.first(), days.last()) {
        (Some(first), Some(last)) => (first.from, last.to),
        _ => return Err(damaged("a month")),
    };
    let mut view = TokenCalendarView {
        days: Vec::new(),
        before: 0,
        after: 0,
        previous_at: None,
        next_at: None,
        counts: listed.counts,
        coverage: coverage(conn, &asked.accounts())?,
    };
    let reader = RowReader::new(conn, moment.now);
    for at in &listed.tokens {
        let Some((_, token)) = asked.find(*at) else { continue };
        let Some(expires) = token.expires() else { continue };
        if expires < begin {
            view.before += 1;
            view.previous_at = view.previous_at.max(Some(expires));
        } else if expires >= end {
            view.after += 1;
            view.next_at = [view.next_at, Some(expires)].into_iter().flatten().min();
        } else {
            let place = days.partition_point(|day| day.to <= expires);
            let Some(day) = days.get_mut(place) else { continue };
            day.tokens += 1;
            if day.names.len() < NAMES
                && let Some(account) = asked.account(*at)
            {
                day.names.extend(reader.read(account, token.id)?.map(|row| row.name));
            }
        }
    }
    view.days = days;
    Ok(Some(view))
}

/// The days of a month, each from its first to the next one's first instant: where clocks change, a day is no 24 hours.
fn days(year: i16, month: i8, zone: &TimeZone) -> Option<Vec<TokenDayView>> {
    let first = Date::new(year, month, 1).ok()?;
    let start = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
    (0..first.days_in_month())
        .map(|passed| {
            let date = first.checked_add(i64::from(passed).days()).ok()?;
            Some(TokenDayView {
                day: date.day(),
                from: start(date)?,
                to: start(date.tomorrow().ok()?)?,
                tokens: 0,
                names: Vec::new(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::days;
    use jiff::tz::TimeZone;

    #[test]
    fn days_follow_one_another_also_where_clocks_change() {
        let brussels = TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC);
        let march = days(2026, 3, &brussels).unwrap();
        assert_eq!(march.len(), 31);
        assert!(std::iter::zip(&march, march.iter().skip(1)).all(|(day, next)| day.to == next.from));
        assert!(days(2028, 2, &TimeZone::UTC).is_some_and(|days| days.len() == 29));
    }

    #[test]
    fn a_month_that_no_calendar_has_is_none() {
        for (year, month) in [(2026, 0), (2026, 13), (2026, -1), (i16::MAX, 1), (9999, 12)] {
            assert_eq!(days(year, month, &TimeZone::UTC), None, "{year} {month}");
        }
    }
}
