//! Faults on demand: which requests they hit ([`FaultRule`]) and what they do ([`Fault`]).

mod apply;

pub use apply::{after_work, instead_of_work};

use serde::{Deserialize, Serialize};

use crate::mutate::Mutation;
use crate::rng::Rng;

/// A fault and the requests it hits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FaultRule {
    /// Only this method.
    #[serde(default)]
    pub method: Option<String>,
    /// Only addresses whose template (as `/Users/{id}`, below `/scim/v2`) begins so; exactly so when it ends in `$`.
    #[serde(default)]
    pub path: Option<String>,
    /// Which of the matching requests.
    #[serde(default)]
    pub when: When,
    /// What happens.
    pub fault: Fault,
}

/// Which of the matching requests are hit; they are counted from 1 when the rule is added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum When {
    /// Every one.
    #[default]
    Always,
    /// Only this one.
    Nth(u64),
    /// This one and all later ones.
    From(u64),
    /// The first so many.
    First(u64),
    /// Every so many: `Every(3)` hits 3, 6, 9.
    Every(u64),
    /// Each with this probability (0 to 1), the same for the same seed.
    Chance {
        /// 0 to 1.
        probability: f64,
        /// Of the sequence.
        seed: u64,
    },
}

/// What happens to a request. Latency and mutation let it go on; of the others the first that matches counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fault {
    /// The answer comes later.
    Latency {
        /// How much later.
        milliseconds: u64,
    },
    /// Another status, with a SCIM error body.
    Status {
        /// The status.
        status: u16,
        /// `Retry-After`.
        #[serde(default, rename = "retryAfter")]
        retry_after: Option<RetryAfter>,
        /// The request is carried out all the same: the client cannot know.
        #[serde(default, rename = "afterWork")]
        after_work: bool,
    },
    /// A page of HTML that says it is JSON.
    Html {
        /// The status.
        status: u16,
        /// The request is carried out all the same.
        #[serde(default, rename = "afterWork")]
        after_work: bool,
    },
    /// The body ends too early.
    CutBody {
        /// How the client could notice.
        framing: Framing,
        /// How much comes, in percent.
        percent: u8,
    },
    /// JSON cut in the middle, with a length that fits: only a parser notices.
    CutJson,
    /// The connection ends.
    Drop {
        /// When.
        moment: Moment,
    },
    /// The answer begins and then nothing more comes.
    Stall,
    /// An endless-looking body.
    HugeBody {
        /// How much is sent if the client goes on reading.
        mebibytes: u64,
    },
    /// To another address.
    Redirect {
        /// 301, 302, 307 or 308.
        status: u16,
        /// The whole address.
        to: String,
    },
    /// The directory changes right after this answer: between two pages of a walk.
    Mutate(Mutation),
}

/// The form of `Retry-After`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RetryAfter {
    /// A number of seconds.
    Seconds(u64),
    /// An HTTP date this many seconds from now.
    DateIn(i64),
    /// Anything, as it is.
    Text(String),
}

/// How the end of a body is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Framing {
    /// `Content-Length` promises more than comes.
    Length,
    /// The last chunk never comes.
    Chunked,
}

/// When a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Moment {
    /// Nothing was done.
    BeforeWork,
    /// The request was carried out, no answer comes.
    BeforeHeaders,
    /// Status and headers come, no body.
    AfterHeaders,
}

impl FaultRule {
    /// Hits every request.
    pub const fn always(fault: Fault) -> Self {
        Self { method: None, path: None, when: When::Always, fault }
    }

    /// Only requests to addresses whose template begins so (exactly so when it ends in `$`).
    #[must_use]
    pub fn path(mut self, prefix: impl Into<String>) -> Self {
        self.path = Some(prefix.into());
        self
    }

    /// Only this method.
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Only these of the matching requests.
    #[must_use]
    pub const fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }

    fn matches(&self, method: &str, template: &str) -> bool {
        let method_fits = self.method.as_ref().is_none_or(|own| own.eq_ignore_ascii_case(method));
        let path_fits = self.path.as_ref().is_none_or(|own| match own.strip_suffix('$') {
            Some(exact) => exact == template,
            None => template.starts_with(own.as_str()),
        });
        method_fits && path_fits
    }
}

/// The rules of a tenant, with how often each matched.
#[derive(Default)]
pub struct Faults {
    rules: Vec<Armed>,
}

struct Armed {
    rule: FaultRule,
    matched: u64,
    rng: Rng,
}

impl Faults {
    /// Adds a rule; it counts from now.
    pub fn add(&mut self, rule: FaultRule) {
        let seed = match rule.when {
            When::Chance { seed, .. } => seed,
            When::Always | When::Nth(_) | When::From(_) | When::First(_) | When::Every(_) => 0,
        };
        self.rules.push(Armed { rule, matched: 0, rng: Rng::new(seed) });
    }

    /// Drops all rules.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules as they were added.
    pub fn rules(&self) -> Vec<FaultRule> {
        self.rules.iter().map(|armed| armed.rule.clone()).collect()
    }

    /// What hits this request, with how often its rule has matched.
    pub fn decide(&mut self, method: &str, template: &str) -> Vec<(Fault, u64)> {
        let matching = self.rules.iter_mut().filter(|armed| armed.rule.matches(method, template));
        matching
            .filter_map(|armed| {
                armed.matched += 1;
                let number = armed.matched;
                let hit = match armed.rule.when {
                    When::Always => true,
                    When::Nth(nth) => number == nth,
                    When::From(first) => number >= first,
                    When::First(count) => number <= count,
                    When::Every(every) => every > 0 && number.is_multiple_of(every),
                    When::Chance { probability, .. } => armed.rng.chance(probability),
                };
                hit.then(|| (armed.rule.fault.clone(), number))
            })
            .collect()
    }
}
