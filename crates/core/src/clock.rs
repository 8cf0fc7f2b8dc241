//! The one place that reads the clock; everything else is given `now`.

use crate::model::Timestamp;

/// Now, in UTC.
pub fn now() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}
