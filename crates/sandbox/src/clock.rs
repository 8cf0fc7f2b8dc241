//! The one place that reads the clock, and the one way times are written on the wire.

use jiff::Timestamp;

/// Where a tenant takes its time from: the system's, or one that was set to some moment when it was made and goes on
/// from there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    ahead_ms: i64,
}

impl Clock {
    /// The system's clock.
    pub const fn system() -> Self {
        Self { ahead_ms: 0 }
    }

    /// A clock that shows `ms` (milliseconds since 1970, UTC) now.
    pub fn set_to(ms: i64) -> Self {
        Self { ahead_ms: ms - now_ms() }
    }

    /// Milliseconds since 1970, UTC.
    pub fn now_ms(self) -> i64 {
        now_ms() + self.ahead_ms
    }
}

/// Milliseconds since 1970, UTC.
pub fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// `ms` as RFC 3339 with milliseconds and `Z`, as in `2026-03-01T08:15:30.250Z`.
pub fn format_ms(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(|_| String::new(), |time| format!("{time:.3}"))
}

/// The moment `text` names, if it is RFC 3339.
pub fn parse_ms(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// `ms` as an HTTP date (RFC 9110 section 5.6.7), for `Retry-After`.
pub fn http_date(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .map_or_else(|_| String::new(), |time| time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
}
