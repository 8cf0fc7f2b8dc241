//! Times as the store keeps them: whole milliseconds, UTC.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This time moved by `millis`, which may be negative.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Reads an RFC 3339 date-time (SCIM's `dateTime`, RFC 7643 section 2.3.5). A time without a zone is taken as
    /// UTC, because services are seen to leave it out; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let with_zone = text.parse::<jiff::Timestamp>().ok();
        let instant = with_zone.or_else(|| {
            let civil = text.parse::<jiff::civil::DateTime>().ok()?;
            Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
        })?;
        Some(Self(instant.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_and_the_unusual_spellings_of_one_instant_agree() {
        for text in [
            "2026-02-03T04:05:06Z",
            "2026-02-03T04:05:06.000Z",
            "2026-02-03T05:05:06+01:00",
            "2026-02-03T04:05:06",
            " 2026-02-03T04:05:06.000000+00:00 ",
        ] {
            assert_eq!(Timestamp::parse(text), Some(Timestamp(1_770_091_506_000)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_time_is_none() {
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "1770091506"] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
