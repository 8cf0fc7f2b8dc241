//! Points in time as a person types them: in the past a date, a time, an age, or a run; in the future a date, a time or a
//! length.

use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rollcall_core::model::Timestamp;

/// A point in the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Milliseconds UTC.
    At(i64),
    /// So many milliseconds ago.
    Ago(i64),
    /// The end of this run.
    Run(i64),
}

impl When {
    /// Milliseconds UTC; `None` for a run.
    pub const fn at(self, now: Timestamp) -> Option<i64> {
        match self {
            Self::At(at) => Some(at),
            Self::Ago(millis) => Some(now.as_millis() - millis),
            Self::Run(_) => None,
        }
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Some(run) = text.strip_prefix("run:") {
            return run.parse().map(Self::Run).map_err(|_| "a run is a number: run:12".to_owned());
        }
        if let Some(age) = age(text) {
            return Ok(Self::Ago(age));
        }
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Ok(Self::At(at.as_millisecond()));
        }
        let civil = text.parse::<DateTime>().ok().or_else(|| Some(text.parse::<Date>().ok()?.at(0, 0, 0, 0)));
        let zoned = civil.and_then(|civil| civil.to_zoned(TimeZone::system()).ok());
        zoned.map(|zoned| Self::At(zoned.timestamp().as_millisecond())).ok_or_else(|| {
            "a date (2026-11-01), a time (2026-11-01T08:00), or an age (24h, 7d, 4w)".to_owned()
        })
    }
}

/// A moment as a person reads it, on this computer's clock.
pub fn text(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.as_millis())
        .map(|at| at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// A point in the future as a person types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// For ever.
    Never,
    /// Milliseconds UTC.
    At(i64),
    /// So many milliseconds from now.
    In(i64),
}

impl Until {
    /// The moment; `None` for ever.
    pub const fn at(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::At(at) => Some(Timestamp::from_millis(at)),
            Self::In(millis) => Some(Timestamp::from_millis(now.as_millis().saturating_add(millis))),
        }
    }
}

impl FromStr for Until {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("never") {
            return Ok(Self::Never);
        }
        if let Some(age) = age(text) {
            return Ok(Self::In(age));
        }
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Ok(Self::At(at.as_millisecond()));
        }
        // The whole of a day counts.
        let day = || Some(text.parse::<Date>().ok()?.at(23, 59, 59, 0));
        let civil = if text.contains(['T', ' ']) { text.parse::<DateTime>().ok() } else { day() };
        let zoned = civil.and_then(|civil| civil.to_zoned(TimeZone::system()).ok());
        zoned.map(|zoned| Self::At(zoned.timestamp().as_millisecond())).ok_or_else(|| {
            "a date (2027-01-31), a time (2027-01-31T08:00), a length (90d, 12w), or never".to_owned()
        })
    }
}

/// "7d" in milliseconds.
fn age(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let number: i64 = text.strip_suffix(unit)?.parse().ok()?;
    let minutes = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        'w' => 7 * 24 * 60,
        _ => return None,
    };
    number.checked_mul(minutes * 60_000).filter(|age| *age >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_in_the_future_are_read_as_people_type_them() {
        assert_eq!("never".parse(), Ok(Until::Never));
        assert_eq!("90d".parse(), Ok(Until::In(90 * 86_400_000)));
        assert_eq!("2026-02-03T04:05:06Z".parse(), Ok(Until::At(1_770_091_506_000)));
        let end =
            |text: &str| text.parse::<Until>().unwrap().at(Timestamp::from_millis(0)).unwrap().as_millis();
        assert!(end("2026-02-03") > end("2026-02-03T23:00"), "the whole day counts");
        assert!("soon".parse::<Until>().is_err() && "run:3".parse::<Until>().is_err());
    }

    #[test]
    fn points_in_the_past_are_read_as_people_type_them() {
        for (text, when) in [
            ("24h", When::Ago(86_400_000)),
            ("7d", When::Ago(604_800_000)),
            ("run:12", When::Run(12)),
            ("2026-02-03T04:05:06Z", When::At(1_770_091_506_000)),
        ] {
            assert_eq!(text.parse(), Ok(when), "{text}");
        }
        assert!(matches!("2026-02-03".parse(), Ok(When::At(_))));
        for text in ["", "soon", "7y", "run:x", "-3d", "2026-13-01"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }
}
