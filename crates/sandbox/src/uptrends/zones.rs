//! Time zones as the service has them: minutes from UTC and a span of summer time, no IANA names. Every time of day that it
//! tells is one of the account's zone.

use jiff::civil::{Date, DateTime, Weekday, date};
use jiff::{Span, Timestamp, tz::TimeZone};
use serde_json::{Map, Value, json};

/// A time zone of the service.
pub struct Zone {
    pub id: i64,
    description: &'static str,
    /// Minutes.
    offset: i64,
    summer: Summer,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Summer {
    None,
    Europe,
    America,
    Australia,
}

const fn zone(id: i64, description: &'static str, offset: i64, summer: Summer) -> Zone {
    Zone { id, description, offset, summer }
}

/// Summer time is marked `*` in the north and `#` in the south.
pub const ZONES: [Zone; 10] = [
    zone(1, "GMT Coordinated universal time", 0, Summer::None),
    zone(26, "GMT* Dublin, Edinburgh, Lisbon, London", 0, Summer::Europe),
    zone(27, "GMT+01:00* Amsterdam, Berlin, Brussels, Paris", 60, Summer::Europe),
    zone(31, "GMT+02:00* Athens, Helsinki, Kyiv", 120, Summer::Europe),
    zone(40, "GMT+05:30 Chennai, Kolkata, Mumbai", 330, Summer::None),
    zone(45, "GMT+09:00 Osaka, Sapporo, Tokyo", 540, Summer::None),
    zone(47, "GMT+10:00# Canberra, Melbourne, Sydney", 600, Summer::Australia),
    zone(52, "GMT-05:00* Eastern time", -300, Summer::America),
    zone(56, "GMT-06:00* Central time", -360, Summer::America),
    zone(62, "GMT-08:00* Pacific time", -480, Summer::America),
];

const HOUR: i64 = 60;

impl Zone {
    /// The zone of this number.
    pub fn by_id(id: i64) -> Option<&'static Self> {
        ZONES.iter().find(|own| own.id == id)
    }

    /// As the service shows it in this year.
    pub fn shown(&self, year: i16) -> Value {
        let mut map = Map::new();
        map.insert("TimezoneId".to_owned(), json!(self.id));
        map.insert("Description".to_owned(), json!(self.description));
        map.insert("OffsetFromUtc".to_owned(), json!(self.offset));
        map.insert("HasDaylightSaving".to_owned(), json!(self.summer != Summer::None));
        if let Some((start, end)) = self.span(year) {
            map.insert("DaylightSavingOffset".to_owned(), json!(HOUR));
            map.insert("DaylightSavingStart".to_owned(), json!(written(start)));
            map.insert("DaylightSavingEnd".to_owned(), json!(written(end)));
        }
        Value::Object(map)
    }

    /// Start and end of summer time in this year, by the clock on the wall; in the south it starts after its end.
    fn span(&self, year: i16) -> Option<(DateTime, DateTime)> {
        let at = |day: Date, minutes: i64| day.at(0, 0, 0, 0).saturating_add(Span::new().minutes(minutes));
        Some(match self.summer {
            Summer::None => return None,
            Summer::Europe => (
                at(sunday(year, 3, -1), HOUR + self.offset),
                at(sunday(year, 10, -1), 2 * HOUR + self.offset),
            ),
            Summer::America => (at(sunday(year, 3, 2), 2 * HOUR), at(sunday(year, 11, 1), 2 * HOUR)),
            Summer::Australia => (at(sunday(year, 10, 1), 2 * HOUR), at(sunday(year, 4, 1), 3 * HOUR)),
        })
    }

    /// What the clock on the wall shows at `ms`.
    pub fn local(&self, ms: i64) -> DateTime {
        let standard = utc(ms + self.offset * 60_000);
        let summer = self.span(standard.year()).is_some_and(|(start, end)| {
            if start <= end {
                start <= standard && standard < end
            } else {
                standard >= start || standard < end
            }
        });
        if summer { standard.saturating_add(Span::new().minutes(HOUR)) } else { standard }
    }
}

/// The nth Sunday of a month; the last one for -1.
fn sunday(year: i16, month: i8, nth: i32) -> Date {
    let first = date(year, month, 1);
    first.nth_weekday_of_month(i8::try_from(nth).unwrap_or(1), Weekday::Sunday).unwrap_or(first)
}

/// A moment by the clock of Greenwich.
pub fn utc(ms: i64) -> DateTime {
    Timestamp::from_millisecond(ms).map_or(DateTime::MIN, |at| at.to_zoned(TimeZone::UTC).datetime())
}

/// As the service writes times: no zone, no fractions of a second.
pub fn written(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A moment as the service writes it in the zone `id`.
pub fn written_ms(id: i64, ms: i64) -> String {
    written(Zone::by_id(id).map_or_else(|| utc(ms), |zone| zone.local(ms)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(id: i64, moment: &str) -> String {
        let ms = moment.parse::<Timestamp>().unwrap().as_millisecond();
        written_ms(id, ms)
    }

    #[test]
    fn summer_time_is_that_of_the_zone_and_the_year() {
        assert_eq!(local(27, "2026-03-29T00:59:00Z"), "2026-03-29T01:59:00");
        assert_eq!(local(27, "2026-03-29T01:00:00Z"), "2026-03-29T03:00:00");
        assert_eq!(local(27, "2026-11-25T17:00:00Z"), "2026-11-25T18:00:00");
        assert_eq!(local(47, "2026-01-15T00:00:00Z"), "2026-01-15T11:00:00");
        assert_eq!(local(47, "2026-07-15T00:00:00Z"), "2026-07-15T10:00:00");
        assert_eq!(local(56, "2026-07-15T12:00:00Z"), "2026-07-15T07:00:00");
        assert_eq!(local(40, "2026-07-15T12:00:00Z"), "2026-07-15T17:30:00");
    }

    #[test]
    fn a_zone_without_summer_time_says_nothing_of_it() {
        let shown = Zone::by_id(45).unwrap().shown(2026);
        assert_eq!(shown.as_object().unwrap().len(), 4);
        let shown = Zone::by_id(56).unwrap().shown(2026);
        assert_eq!(shown["DaylightSavingStart"], "2026-03-08T02:00:00");
        assert_eq!(shown["DaylightSavingEnd"], "2026-11-01T02:00:00");
    }
}
