//! Who is on duty: pure arithmetic on the times of an account.
//!
//! Uptrends calls it a duty schedule, but each entry is a time in which an operator gets *no* alerts, in the account's own
//! zone. Somebody is on duty who is active and has no entry that covers the time.

mod rule;
mod zone;

pub use rule::{OffDutyPeriod, OffDutyRule, union};
pub use zone::{LocalSeconds, ServiceDaylight, ServiceZone, is_time_zone, local_of_zone};
