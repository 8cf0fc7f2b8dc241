//! What was asked and how it was answered, for tests to look at. Addresses are templates: no ids, no queries.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestRecord {
    /// Counted from 1 for each tenant.
    pub number: u64,
    /// `GET`, …
    pub method: String,
    /// Below `/scim/v2`, as in `/Users/{id}`.
    pub template: &'static str,
    /// Status of the answer; absent while it is worked on, and for good when the client left or the connection was
    /// dropped by a fault.
    pub status: Option<u16>,
    /// Whether a fault changed the answer.
    pub faulty: bool,
}

/// The last requests and counts of all.
#[derive(Default)]
pub struct RequestLog {
    begun: u64,
    recent: VecDeque<RequestRecord>,
    counts: BTreeMap<(String, &'static str, u16), u64>,
    done: BTreeMap<(String, &'static str), u64>,
}

/// How often a write was carried out, whatever its client was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WriteCount {
    /// `POST`, …
    pub method: String,
    /// As in a [`RequestRecord`].
    pub template: &'static str,
    /// How often.
    pub count: u64,
}

/// A load of a million users must not fill the memory with its log.
const KEPT: usize = 20_000;

impl RequestLog {
    /// A request arrived; gives its number.
    pub fn begin(&mut self, method: &str, template: &'static str) -> u64 {
        self.begun += 1;
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        let method = method.to_owned();
        self.recent.push_back(RequestRecord {
            number: self.begun,
            method,
            template,
            status: None,
            faulty: false,
        });
        self.begun
    }

    /// Its answer begins.
    pub fn end(&mut self, number: u64, status: Option<u16>, faulty: bool) {
        let first = self.recent.front().map_or(number, |record| record.number);
        let place = usize::try_from(number.saturating_sub(first)).unwrap_or(usize::MAX);
        let Some(record) = self.recent.get_mut(place) else { return };
        record.status = status;
        record.faulty = faulty;
        if let Some(status) = status {
            *self.counts.entry((record.method.clone(), record.template, status)).or_default() += 1;
        }
    }

    /// A request was carried out; those that only read are not counted.
    pub fn done(&mut self, method: &str, template: &'static str) {
        let reads = matches!(method, "GET" | "HEAD") || template.ends_with(".search");
        if !reads && !matches!(template, "/oidc/token" | "/oauth/token") {
            *self.done.entry((method.to_owned(), template)).or_default() += 1;
        }
    }

    /// How often each write was carried out.
    pub fn writes(&self) -> Vec<WriteCount> {
        let one = |((method, template), count): (&(String, &'static str), &u64)| WriteCount {
            method: method.clone(),
            template,
            count: *count,
        };
        self.done.iter().map(one).collect()
    }

    /// The last 20,000 requests, oldest first.
    pub fn recent(&self) -> Vec<RequestRecord> {
        self.recent.iter().cloned().collect()
    }

    /// How often each method, template and status occurred.
    pub fn counts(&self) -> BTreeMap<(String, &'static str, u16), u64> {
        self.counts.clone()
    }

    /// Begins anew.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
