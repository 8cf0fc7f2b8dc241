//! When and where something is read: what "today" and "30 days ago" mean.

use jiff::tz::TimeZone;

use super::Timestamp;

/// A time, and the zone in which days begin.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Now.
    pub now: Timestamp,
    /// Where days begin.
    pub zone: TimeZone,
}
