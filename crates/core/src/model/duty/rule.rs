//! When a user gets no alerts.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LocalSeconds;
use crate::model::{ContentHash, RemoteId};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;
/// 1970-01-01 was a Thursday; Sunday is 0.
const WEEKDAY_OF_DAY_0: i64 = 4;

/// One entry of a user's schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffDutyPeriod {
    /// Unique in the account: the user's id with the entry's.
    pub remote_id: RemoteId,
    /// Who gets no alerts then.
    pub user: RemoteId,
    /// When.
    pub rule: OffDutyRule,
    /// The record as the service sent it, canonical JSON.
    pub raw: String,
    /// Of `raw`.
    pub hash: ContentHash,
}

/// When it holds, in the account's zone. Times of a day are minutes since midnight, 0 to 1439.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "mode")]
pub enum OffDutyRule {
    /// Once.
    OneTime {
        /// From this moment.
        start: LocalSeconds,
        /// Up to this moment.
        end: LocalSeconds,
    },
    /// Every day.
    Daily {
        /// From this minute.
        start: u16,
        /// Up to this minute, of the next day where it is not after `start`.
        end: u16,
    },
    /// On one day of each week.
    Weekly {
        /// On which it begins; Sunday is 0.
        weekday: u8,
        /// From this minute.
        start: u16,
        /// Up to this minute, of the next day where it is not after `start`.
        end: u16,
    },
    /// On one day of each month; a month that lacks the day is left out.
    Monthly {
        /// On which it begins, from 1.
        day: u8,
        /// From this minute.
        start: u16,
        /// Up to this minute, of the next day where it is not after `start`.
        end: u16,
    },
    /// Something that this program does not know; it covers no time.
    Unknown {
        /// The service's own word.
        word: String,
    },
}

impl OffDutyRule {
    /// Whether it covers `now`. The end does not belong to it.
    pub fn covers(&self, now: LocalSeconds) -> bool {
        self.around(now, now.plus(1)).iter().any(|(start, end)| *start <= now && now < *end)
    }

    /// The times that it covers between `from` and `to`, in order, each cut to that stretch.
    pub fn between(&self, from: LocalSeconds, to: LocalSeconds) -> Vec<(LocalSeconds, LocalSeconds)> {
        let cut = |(start, end): (LocalSeconds, LocalSeconds)| (start.max(from), end.min(to));
        self.around(from, to).into_iter().map(cut).filter(|(start, end)| start < end).collect()
    }

    /// The whole times of it that begin on a day from the one before `from` to that of `to`.
    fn around(&self, from: LocalSeconds, to: LocalSeconds) -> Vec<(LocalSeconds, LocalSeconds)> {
        let (start, end) = match self {
            Self::OneTime { start, end } => return vec![(*start, *end)],
            Self::Unknown { .. } => return Vec::new(),
            Self::Daily { start, end }
            | Self::Weekly { start, end, .. }
            | Self::Monthly { start, end, .. } => (*start, *end),
        };
        let (first, last) = (from.0.div_euclid(DAY) - 1, to.0.div_euclid(DAY));
        let days = (first..=last).filter(|day| self.begins_on(*day));
        days.map(|day| {
            let begin = day * DAY + i64::from(start) * MINUTE;
            (LocalSeconds(begin), LocalSeconds(begin + length(start, end)))
        })
        .collect()
    }

    /// Whether it begins on the day with this number, counted from 1970-01-01.
    fn begins_on(&self, number: i64) -> bool {
        match self {
            Self::Daily { .. } => true,
            Self::Weekly { weekday, .. } => (number + WEEKDAY_OF_DAY_0).rem_euclid(7) == i64::from(*weekday),
            Self::Monthly { day, .. } => {
                date_of(number).is_some_and(|date| i64::from(date.day()) == i64::from(*day))
            }
            Self::OneTime { .. } | Self::Unknown { .. } => false,
        }
    }
}

fn date_of(number: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(number.days()).ok()
}

/// How long a period from `start` to `end` lasts, in seconds. The same minute twice is a whole day; 23:59 as an end is
/// midnight; an end that is not after the start is one of the next day. The service documents none of the three.
fn length(start: u16, end: u16) -> i64 {
    const LAST_MINUTE: u16 = 23 * 60 + 59;
    if start == end {
        return DAY;
    }
    let end = if end == LAST_MINUTE { end + 1 } else { end };
    let minutes = i64::from(end) - i64::from(start);
    minutes * MINUTE + if minutes <= 0 { DAY } else { 0 }
}

/// `times` in order, those that touch or overlap made one.
pub fn union(mut times: Vec<(LocalSeconds, LocalSeconds)>) -> Vec<(LocalSeconds, LocalSeconds)> {
    times.sort_unstable();
    let mut merged: Vec<(LocalSeconds, LocalSeconds)> = Vec::new();
    for (start, end) in times {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> LocalSeconds {
        LocalSeconds::parse(text).unwrap()
    }

    fn minute(text: &str) -> u16 {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap()
    }

    fn daily(start: &str, end: &str) -> OffDutyRule {
        OffDutyRule::Daily { start: minute(start), end: minute(end) }
    }

    fn covered(rule: &OffDutyRule, times: &[(&str, bool)]) {
        for (time, off) in times {
            assert_eq!(rule.covers(at(time)), *off, "{rule:?} at {time}");
        }
    }

    #[test]
    fn the_end_does_not_belong_to_a_period() {
        let rule = daily("12:00", "13:00");
        covered(
            &rule,
            &[
                ("2026-11-25T11:59:59", false),
                ("2026-11-25T12:00:00", true),
                ("2026-11-25T12:59:59", true),
                ("2026-11-25T13:00:00", false),
            ],
        );
    }

    #[test]
    fn an_end_that_is_not_after_the_start_is_one_of_the_next_day() {
        // Friday 27 November 2026.
        let rule = OffDutyRule::Weekly { weekday: 5, start: minute("18:00"), end: minute("08:00") };
        covered(
            &rule,
            &[
                ("2026-11-27T07:00:00", false),
                ("2026-11-27T18:00:00", true),
                ("2026-11-28T07:59:00", true),
                ("2026-11-28T08:00:00", false),
                ("2026-11-28T18:00:00", false),
            ],
        );
    }

    #[test]
    fn a_minute_before_midnight_as_an_end_means_midnight() {
        covered(
            &daily("18:00", "23:59"),
            &[("2026-11-25T23:59:30", true), ("2026-11-26T00:00:00", false), ("2026-11-26T17:59:00", false)],
        );
    }

    #[test]
    fn the_same_start_and_end_mean_a_whole_day() {
        let rule = OffDutyRule::Weekly { weekday: 3, start: minute("09:00"), end: minute("09:00") };
        covered(
            &rule,
            &[("2026-11-25T09:00:00", true), ("2026-11-26T08:59:59", true), ("2026-11-26T09:00:00", false)],
        );
    }

    #[test]
    fn a_day_that_the_month_lacks_does_not_occur() {
        let rule = OffDutyRule::Monthly { day: 31, start: minute("00:00"), end: minute("12:00") };
        covered(
            &rule,
            &[("2026-11-30T06:00:00", false), ("2026-12-31T06:00:00", true), ("2027-03-01T06:00:00", false)],
        );
    }

    #[test]
    fn a_monthly_period_over_midnight_ends_in_the_next_month() {
        let rule = OffDutyRule::Monthly { day: 30, start: minute("22:00"), end: minute("06:00") };
        covered(
            &rule,
            &[("2026-11-30T22:00:00", true), ("2026-12-01T05:59:59", true), ("2026-12-01T06:00:00", false)],
        );
    }

    #[test]
    fn once_is_from_its_start_to_before_its_end() {
        let rule = OffDutyRule::OneTime { start: at("2026-12-24T12:00:00"), end: at("2027-01-02T08:00:00") };
        covered(
            &rule,
            &[
                ("2026-12-24T11:59:59", false),
                ("2026-12-24T12:00:00", true),
                ("2027-01-02T07:59:59", true),
                ("2027-01-02T08:00:00", false),
            ],
        );
    }

    #[test]
    fn what_is_not_known_covers_no_time() {
        let rule = OffDutyRule::Unknown { word: "Yearly".to_owned() };
        covered(&rule, &[("2026-11-25T12:00:00", false)]);
        assert_eq!(rule.between(at("2026-01-01T00:00:00"), at("2027-01-01T00:00:00")), []);
    }

    #[test]
    fn periods_are_listed_in_a_stretch_and_cut_to_it() {
        let rule = daily("18:00", "08:00");
        let listed = rule.between(at("2026-11-25T06:00:00"), at("2026-11-26T20:00:00"));
        let expected = [
            ("2026-11-25T06:00:00", "2026-11-25T08:00:00"),
            ("2026-11-25T18:00:00", "2026-11-26T08:00:00"),
            ("2026-11-26T18:00:00", "2026-11-26T20:00:00"),
        ];
        assert_eq!(listed, expected.map(|(start, end)| (at(start), at(end))));
    }

    #[test]
    fn several_entries_are_one_absence_where_they_meet() {
        let s = LocalSeconds;
        let times = vec![(s(50), s(60)), (s(0), s(10)), (s(10), s(20)), (s(5), s(7))];
        assert_eq!(union(times), [(s(0), s(20)), (s(50), s(60))]);
        assert_eq!(union(Vec::new()), []);
    }
}
