//! What the dates of a token mean at a given time. What a service does not report is never taken for "never".

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A token whose end is this near, in milliseconds, expires soon: 14 days, the last millisecond included.
pub const SOON: i64 = 14 * DAY;

/// Days ahead of the end at which it is told, the nearest first.
pub const THRESHOLDS: [u32; 3] = [1, 7, 14];

/// Where a token stands between its making and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TokenState {
    /// Its end is over.
    Expired,
    /// Expires within 14 days.
    Expiring,
    /// Expires later.
    Valid,
    /// Has no end.
    NeverExpires,
    /// The service does not say until when it is good.
    NotReported,
}

impl TokenState {
    /// The state at `now` of a token that is good until `expires_at`; without an end it never expires where the service
    /// says so (`known`).
    pub fn at(expires_at: Option<Timestamp>, known: bool, now: Timestamp) -> Self {
        match expires_at.map(|end| end.as_millis().saturating_sub(now.as_millis())) {
            Some(left) if left <= 0 => Self::Expired,
            Some(left) if left <= SOON => Self::Expiring,
            Some(_) => Self::Valid,
            None if known => Self::NeverExpires,
            None => Self::NotReported,
        }
    }
}

/// When a token was last used, as far as anybody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastUse {
    /// Milliseconds UTC are in here; `None` for one that was never used, where `known`.
    pub at: Option<Timestamp>,
    /// The service says when it was last used.
    pub known: bool,
    /// Since when it exists: its making, or the first time that it was seen here.
    pub since: Timestamp,
    /// Requests in the last 30 days; `None` where the service does not count them.
    pub requests: Option<i64>,
}

/// Days over which services count requests.
pub const COUNTED_DAYS: i64 = 30;

impl LastUse {
    /// Whether it has not been used for more than `days` days. One that was never used counts from its making; one whose
    /// use is not reported is not called idle. Where requests are counted they decide as far as they reach.
    pub fn is_idle(self, days: i64, now: Timestamp) -> bool {
        let passed =
            |from: Timestamp| now.as_millis().saturating_sub(from.as_millis()) > days.saturating_mul(DAY);
        match self.requests {
            Some(1..) if days >= COUNTED_DAYS => return false,
            Some(0) if days <= COUNTED_DAYS => return passed(self.since),
            Some(_) | None => {}
        }
        if self.at.is_none() && !self.known {
            return false;
        }
        passed(self.at.unwrap_or(self.since))
    }
}

/// The threshold in days that is to be told now of a token that ends at `expires_at`; `told` is the nearest that was told of
/// this end. A token that is seen late is told of once, at the nearest threshold that it has reached.
pub fn due_notice(expires_at: Timestamp, told: Option<u32>, now: Timestamp) -> Option<u32> {
    let left = expires_at.as_millis().saturating_sub(now.as_millis());
    if left <= 0 {
        return None;
    }
    let reached = THRESHOLDS.into_iter().find(|days| left <= i64::from(*days) * DAY)?;
    told.is_none_or(|told| reached < told).then_some(reached)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_770_000_000_000);

    fn after(millis: i64) -> Timestamp {
        NOW.plus_millis(millis)
    }

    #[test]
    fn a_token_stands_where_its_end_and_what_is_known_of_it_say() {
        for (expires, known, state) in [
            (Some(-1), true, TokenState::Expired),
            (Some(0), true, TokenState::Expired),
            (Some(1), true, TokenState::Expiring),
            (Some(14 * DAY), true, TokenState::Expiring),
            (Some(14 * DAY + 1), true, TokenState::Valid),
            (Some(-1), false, TokenState::Expired),
            (None, true, TokenState::NeverExpires),
            (None, false, TokenState::NotReported),
        ] {
            assert_eq!(TokenState::at(expires.map(after), known, NOW), state, "{expires:?} {known}");
        }
        assert_eq!(
            TokenState::at(Some(Timestamp::from_millis(i64::MIN)), true, NOW),
            TokenState::Expired,
            "a time out of all reason is no overflow"
        );
    }

    #[test]
    fn a_token_is_idle_by_what_is_reported_alone() {
        let idle = |at: Option<i64>, known: bool, since: i64| {
            let last = LastUse { at: at.map(after), known, since: after(since), requests: None };
            (last.is_idle(30, NOW), last.is_idle(90, NOW))
        };
        assert_eq!(idle(Some(-30 * DAY), true, -400 * DAY), (false, false), "exactly 30 days");
        assert_eq!(idle(Some(-30 * DAY - 1), true, -400 * DAY), (true, false));
        assert_eq!(idle(Some(-90 * DAY), true, -400 * DAY), (true, false), "exactly 90 days");
        assert_eq!(idle(Some(-90 * DAY - 1), true, -400 * DAY), (true, true));
        assert_eq!(idle(None, true, -400 * DAY), (true, true), "never used");
        assert_eq!(idle(None, true, -2 * DAY), (false, false), "never used, but new");
        assert_eq!(idle(None, false, -400 * DAY), (false, false), "not reported is not idle");
        assert_eq!(idle(Some(DAY), true, -400 * DAY), (false, false), "a service whose clock is ahead");
    }

    #[test]
    fn counted_requests_decide_as_far_as_they_reach() {
        let idle = |at: Option<i64>, requests: i64, since: i64| {
            let (at, since, requests) = (at.map(after), after(since), Some(requests));
            let last = LastUse { at, known: at.is_some(), since, requests };
            (last.is_idle(30, NOW), last.is_idle(90, NOW))
        };
        assert_eq!(idle(None, 0, -400 * DAY), (true, false), "for longer nobody can say");
        assert_eq!(idle(None, 0, -2 * DAY), (false, false), "new");
        assert_eq!(idle(Some(-200 * DAY), 0, -400 * DAY), (true, true));
        assert_eq!(idle(Some(-200 * DAY), 3, -400 * DAY), (false, false), "used, whatever the date says");
    }

    #[test]
    fn each_threshold_is_told_once_and_never_backwards() {
        let due = |left: i64, told: Option<u32>| due_notice(after(left), told, NOW);
        for (left, told, expected) in [
            (14 * DAY + 1, None, None),
            (14 * DAY, None, Some(14)),
            (14 * DAY, Some(14), None),
            (7 * DAY + 1, Some(14), None),
            (7 * DAY, Some(14), Some(7)),
            (7 * DAY, None, Some(7)),
            (7 * DAY, Some(7), None),
            (DAY + 1, Some(7), None),
            (DAY, Some(7), Some(1)),
            (DAY, None, Some(1)),
            (1, Some(1), None),
            (1, Some(7), Some(1)),
            (0, None, None),
            (-1, Some(7), None),
        ] {
            assert_eq!(due(left, told), expected, "{left} ms left, told {told:?}");
        }
    }
}
