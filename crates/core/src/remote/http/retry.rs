//! Whether and when to ask again: pure, so that every case is a line in a table.

use std::time::Duration;

use super::RetryPolicy;
use super::request::Repeat;
use crate::model::Timestamp;

/// How one attempt went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An answer came whole.
    Answered {
        /// HTTP status.
        status: u16,
        /// What `Retry-After` asks for.
        retry_after: Option<Duration>,
    },
    /// No connection, known at once: the request certainly did not arrive.
    NotSent,
    /// No connection or no answer in time; the request may have arrived.
    TimedOut,
    /// The connection broke or the body ended too early; the request has probably arrived.
    Broken,
    /// Asking again gives the same.
    Hopeless,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Take what came.
    Take,
    /// Wait, then ask again; `asked` when the service named the time, which then holds for all requests.
    Again {
        /// How long.
        wait: Duration,
        /// Whether the service named it.
        asked: bool,
    },
}

impl RetryPolicy {
    /// What to do after attempt number `attempt` (from 1). `jitter` is a random number from 0 to 1.
    pub(super) fn decide(&self, repeat: Repeat, attempt: u32, outcome: Outcome, jitter: f64) -> Decision {
        let freely = repeat == Repeat::Freely;
        let (may, most) = match outcome {
            // Nobody behind a limit has seen the request; who cannot answer now may have begun with it.
            Outcome::Answered { status: 503, .. } if repeat == Repeat::WhenUndone => (false, 0),
            Outcome::Answered { status: 429 | 503, retry_after: Some(wait) } => {
                return if attempt < self.attempts && wait <= self.longest_asked {
                    Decision::Again { wait, asked: true }
                } else {
                    Decision::Take
                };
            }
            Outcome::Answered { status: 429 | 503, retry_after: None } => (true, self.attempts),
            Outcome::Answered { status: 408 | 500 | 502 | 504, .. } | Outcome::Broken => {
                (freely, self.attempts)
            }
            Outcome::NotSent => (true, self.network_attempts),
            Outcome::TimedOut => (freely, self.timeout_attempts),
            Outcome::Answered { .. } | Outcome::Hopeless => (false, 0),
        };
        if may && attempt < most.min(self.attempts) {
            Decision::Again { wait: self.backoff(attempt, jitter), asked: false }
        } else {
            Decision::Take
        }
    }

    /// Doubles from `base` to `cap`; the jitter takes up to half of it away, so that many clients do not come back
    /// at the same moment.
    fn backoff(&self, attempt: u32, jitter: f64) -> Duration {
        let doubled = self.base.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        doubled.min(self.cap).mul_f64(1.0 - jitter.clamp(0.0, 1.0) / 2.0)
    }
}

/// Reads `Retry-After` (RFC 9110 section 10.2.3): seconds, or a date, counted from `now`. A date in the past is zero;
/// anything else is `None`.
pub fn parse_retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    if let Ok(seconds) = text.parse::<f64>() {
        // Seen from gateways that pass their own fraction on.
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let at = parse_http_date(text)?;
    let millis = at.as_millis().saturating_sub(now.as_millis());
    Some(Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
}

/// Reads an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`).
pub fn parse_http_date(text: &str) -> Option<Timestamp> {
    let zoned = jiff::fmt::rfc2822::parse(text.trim()).ok()?;
    Some(Timestamp::from_millis(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn answered(status: u16) -> Outcome {
        Outcome::Answered { status, retry_after: None }
    }

    const fn asked(status: u16, seconds: u64) -> Outcome {
        Outcome::Answered { status, retry_after: Some(Duration::from_secs(seconds)) }
    }

    #[test]
    fn each_outcome_has_its_decision() {
        use Repeat::{Freely as F, WhenPutOff as P, WhenUndone as U};
        let policy = RetryPolicy::default();
        let wait = |millis| Decision::Again { wait: Duration::from_millis(millis), asked: false };
        let told = |seconds| Decision::Again { wait: Duration::from_secs(seconds), asked: true };
        for (outcome, attempt, repeat, expected) in [
            (answered(200), 1, F, Decision::Take),
            (answered(401), 1, F, Decision::Take),
            (answered(404), 1, F, Decision::Take),
            (answered(501), 1, F, Decision::Take),
            (answered(500), 1, F, wait(500)),
            (answered(502), 2, F, wait(1000)),
            (answered(504), 3, F, wait(2000)),
            (answered(408), 4, F, wait(4000)),
            (answered(500), 5, F, Decision::Take),
            (answered(500), 1, P, Decision::Take),
            (answered(429), 1, F, wait(500)),
            (answered(429), 1, P, wait(500)),
            (answered(503), 1, P, wait(500)),
            (asked(429, 7), 1, F, told(7)),
            (asked(429, 0), 1, F, told(0)),
            (asked(503, 120), 4, P, told(120)),
            (asked(429, 121), 1, F, Decision::Take),
            (asked(429, 7), 5, F, Decision::Take),
            (asked(500, 7), 1, F, wait(500)),
            (Outcome::NotSent, 1, P, wait(500)),
            (Outcome::NotSent, 3, P, wait(2000)),
            (Outcome::NotSent, 4, F, Decision::Take),
            (Outcome::TimedOut, 1, F, wait(500)),
            (Outcome::TimedOut, 1, P, Decision::Take),
            (Outcome::TimedOut, 2, F, Decision::Take),
            (Outcome::Broken, 4, F, wait(4000)),
            (Outcome::Broken, 1, P, Decision::Take),
            (Outcome::Broken, 5, F, Decision::Take),
            (Outcome::Hopeless, 1, F, Decision::Take),
            (answered(429), 1, U, wait(500)),
            (asked(429, 7), 1, U, told(7)),
            (answered(503), 1, U, Decision::Take),
            (asked(503, 7), 1, U, Decision::Take),
            (answered(500), 1, U, Decision::Take),
            (answered(408), 1, U, Decision::Take),
            (Outcome::NotSent, 1, U, wait(500)),
            (Outcome::TimedOut, 1, U, Decision::Take),
            (Outcome::Broken, 1, U, Decision::Take),
        ] {
            let decision = policy.decide(repeat, attempt, outcome, 0.0);
            assert_eq!(decision, expected, "{outcome:?}, attempt {attempt}, {repeat:?}");
        }
    }

    #[test]
    fn waits_grow_to_the_cap_and_jitter_takes_half_at_most() {
        let policy = RetryPolicy { attempts: 100, ..RetryPolicy::default() };
        assert_eq!(policy.backoff(1, 1.0), Duration::from_millis(250));
        assert_eq!(policy.backoff(7, 0.0), Duration::from_secs(30));
        assert_eq!(policy.backoff(99, 0.5), Duration::from_millis(22_500));
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now = parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        assert_eq!(now.as_millis(), 784_111_777_000);
        for (text, expected) in [
            ("0", Some(0)),
            (" 120 ", Some(120_000)),
            ("1.5", Some(1500)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60_000)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("-5", None),
            ("soon", None),
            ("", None),
            ("NaN", None),
        ] {
            assert_eq!(parse_retry_after(text, now), expected.map(Duration::from_millis), "{text}");
        }
    }
}
