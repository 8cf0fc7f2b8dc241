//! The account's own clock.

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::Timestamp;

/// A time on the account's clock: seconds since 1970-01-01T00:00:00 there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct LocalSeconds(pub i64);

impl LocalSeconds {
    /// Reads `2026-12-24T12:00:00`; a zone, which the service does not write, would be wrong here.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse::<DateTime>().ok().map(Self::of)
    }

    /// This time moved by `seconds`.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    fn of(time: DateTime) -> Self {
        let instant = TimeZone::UTC.to_ambiguous_zoned(time).compatible();
        Self(instant.map(|zoned| zoned.timestamp().as_second()).unwrap_or_default())
    }

    fn to_civil(self) -> Option<DateTime> {
        let instant = jiff::Timestamp::from_second(self.0).ok()?;
        Some(TimeZone::UTC.to_datetime(instant))
    }
}

/// `2026-12-24T12:00:00`.
impl fmt::Display for LocalSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_civil() {
            Some(civil) => civil.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

/// A zone as the service describes it, without a name that others know. Shape of Uptrends API v4, `Timezone`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceZone {
    /// The service's words for it.
    pub description: String,
    /// Ahead of UTC, in minutes, daylight saving aside.
    pub offset_minutes: i32,
    /// Its daylight saving, if it has any.
    pub daylight: Option<ServiceDaylight>,
}

/// When the clock goes ahead; the year does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDaylight {
    /// Ahead of the rest of the year, in minutes.
    pub offset_minutes: i32,
    /// From then.
    pub start: LocalSeconds,
    /// Up to then; before `start` in the year where summer is in January.
    pub end: LocalSeconds,
}

impl ServiceZone {
    /// What this zone's clock shows at `now`. Whether start and end of daylight saving are meant in local time is not
    /// documented: they are compared with the clock without it, which is at worst an hour or two wrong, twice a year.
    pub fn local(&self, now: Timestamp) -> LocalSeconds {
        let standard = LocalSeconds(now.as_millis().div_euclid(1000) + i64::from(self.offset_minutes) * 60);
        match &self.daylight {
            Some(daylight) if daylight.holds(standard) => {
                standard.plus(i64::from(daylight.offset_minutes) * 60)
            }
            _ => standard,
        }
    }
}

impl ServiceZone {
    /// The moment at which this zone's clock shows `local`. Of the hour that a clock shows twice the later one is meant, of
    /// the hour that it leaves out one that comes after.
    pub fn instant(&self, local: LocalSeconds) -> Timestamp {
        let offset = i64::from(self.offset_minutes) * 60;
        let summer = self.daylight.as_ref().map(|daylight| i64::from(daylight.offset_minutes) * 60);
        let millis =
            |seconds: i64| Timestamp::from_millis(local.0.saturating_sub(seconds).saturating_mul(1000));
        let without = millis(offset);
        match summer.map(|summer| millis(offset + summer)) {
            Some(with) if self.local(without) != local && self.local(with) == local => with,
            _ => without,
        }
    }
}

impl ServiceDaylight {
    fn holds(&self, standard: LocalSeconds) -> bool {
        let (Some(now), Some(start), Some(end)) = (in_year(standard), in_year(self.start), in_year(self.end))
        else {
            return false;
        };
        if start <= end { start <= now && now < end } else { now >= start || now < end }
    }
}

/// Month, day and seconds of the day.
fn in_year(time: LocalSeconds) -> Option<(i8, i8, i64)> {
    let civil = time.to_civil()?;
    Some((civil.month(), civil.day(), time.0.rem_euclid(24 * 60 * 60)))
}

/// Whether the time zone database knows a zone of this name.
pub fn is_time_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// What the clock of `zone` shows at `now`.
pub fn local_of_zone(zone: &TimeZone, now: Timestamp) -> LocalSeconds {
    let instant = jiff::Timestamp::from_millisecond(now.as_millis()).unwrap_or_default();
    LocalSeconds::of(zone.to_datetime(instant))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> LocalSeconds {
        LocalSeconds::parse(text).unwrap()
    }

    fn zone(offset_minutes: i32, daylight: Option<(&str, &str)>) -> ServiceZone {
        ServiceZone {
            description: "Somewhere".to_owned(),
            offset_minutes,
            daylight: daylight.map(|(start, end)| ServiceDaylight {
                offset_minutes: 60,
                start: at(start),
                end: at(end),
            }),
        }
    }

    fn shows(zone: &ServiceZone, utc: &str, local: &str) {
        let now = Timestamp::parse(utc).unwrap();
        assert_eq!(zone.local(now), at(local), "{utc}");
    }

    #[test]
    fn a_zone_without_daylight_saving_is_its_offset() {
        shows(&zone(-330, None), "2026-11-25T12:00:00Z", "2026-11-25T06:30:00");
    }

    #[test]
    fn northern_summer_lies_between_start_and_end_of_any_year() {
        let zone = zone(60, Some(("2022-03-27T02:00:00", "2022-10-30T02:00:00")));
        shows(&zone, "2026-07-01T12:00:00Z", "2026-07-01T14:00:00");
        shows(&zone, "2026-11-25T12:00:00Z", "2026-11-25T13:00:00");
        shows(&zone, "2027-03-27T00:59:59Z", "2027-03-27T01:59:59");
        shows(&zone, "2027-03-27T01:00:00Z", "2027-03-27T03:00:00");
    }

    #[test]
    fn southern_summer_lies_around_the_turn_of_the_year() {
        let zone = zone(600, Some(("2022-10-02T02:00:00", "2022-04-03T02:00:00")));
        shows(&zone, "2026-12-31T12:00:00Z", "2026-12-31T23:00:00");
        shows(&zone, "2026-01-01T12:00:00Z", "2026-01-01T23:00:00");
        shows(&zone, "2026-07-01T12:00:00Z", "2026-07-01T22:00:00");
    }

    #[test]
    fn a_moment_is_found_again_by_what_the_clock_shows() {
        let zone = zone(60, Some(("2022-03-27T02:00:00", "2022-10-30T02:00:00")));
        for utc in ["2026-07-01T12:00:00Z", "2026-11-25T12:00:00Z", "2026-03-27T05:00:00Z"] {
            let now = Timestamp::parse(utc).unwrap();
            assert_eq!(zone.instant(zone.local(now)), now, "{utc}");
        }
    }

    #[test]
    fn a_named_zone_knows_its_own_rules() {
        let zone = TimeZone::get("Europe/Brussels").unwrap();
        let now = Timestamp::parse("2026-07-01T12:00:00Z").unwrap();
        assert_eq!(local_of_zone(&zone, now), at("2026-07-01T14:00:00"));
    }
}
