//! The one place that reads the clock; everything else is given `now`.

use crate::model::{Moment, Timestamp};

/// Now, in UTC.
pub fn now() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}

/// Now, in the zone of this computer: when and where a filter is read.
pub fn moment() -> Moment {
    Moment { now: now(), zone: jiff::tz::TimeZone::system() }
}
