//! Where a run stands, kept in the staging database with the pages it belongs to.

use serde::{Deserialize, Serialize};

use crate::model::{Proof, Stream, Timestamp};
use crate::remote::{Census, PagePosition, Walk};

/// A staged walk older than this is begun anew: most of it would have to be read again anyway.
const USABLE_FOR_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Where a service cannot tell what has changed, an interrupted run is gone on from only this soon after its last page: a list
/// shows the age of the oldest of it, but nobody would look for the change of yesterday in it. Counted from the first page, a
/// list that takes longer than this would never be gone on with.
const FRESH_FOR_MILLIS: i64 = 15 * 60 * 1000;

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Start of the run that staged the first page.
    pub started_at: Timestamp,
    /// Start of the run that reads now.
    pub run_at: Timestamp,
    /// What each stream has got to, in the order of the run.
    pub streams: Vec<StreamCheckpoint>,
}

/// Where the reading of one stream stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamCheckpoint {
    /// The stream.
    pub stream: Stream,
    /// Before the first walk.
    pub first_census: Census,
    /// The walk at hand, from 1.
    pub walk: u32,
    /// How it walks.
    pub mode: Walk,
    /// Before the walk at hand.
    pub walk_census: Census,
    /// Where its next page begins.
    pub position: Option<PagePosition>,
    /// Pages of the walk at hand have landed.
    pub begun: bool,
    /// Different ids in the walk at hand.
    pub seen: u64,
    /// Records that came again in the walk at hand.
    pub repeated: u64,
    /// Ids of the walk at hand that the walk before it did not have.
    pub not_in_previous: u64,
    /// Ids of the walk at hand that no walk had.
    pub fresh: u64,
    /// Different ids of the walk before.
    pub previous_seen: Option<u64>,
    /// Walks in a row without a fresh id.
    pub idle_walks: u32,
    /// Records that came again, all walks together.
    pub repeated_in_all: u64,
    /// Every page of the walk at hand told the total of the census before it.
    #[serde(default = "yes")]
    pub steady: bool,
    /// Something of the walk at hand was not shown. Whoever goes on with it after a kill would not know.
    #[serde(default)]
    pub hidden: bool,
    /// Start of the run that read the first page of the walk at hand.
    #[serde(default)]
    pub read_since: Option<Timestamp>,
    /// When the last page of the walk at hand landed.
    #[serde(default)]
    pub read_until: Option<Timestamp>,
    /// Set when the stream is read.
    pub proof: Option<Proof>,
    /// After the last walk.
    pub last_census: Option<Census>,
}

const fn yes() -> bool {
    true
}

impl Checkpoint {
    /// Of a run that begins.
    pub const fn new(started_at: Timestamp) -> Self {
        Self { started_at, run_at: started_at, streams: Vec::new() }
    }

    /// The checkpoint in `text`, unless it is unreadable or too old.
    pub fn usable(text: Option<&str>, now: Timestamp) -> Option<Self> {
        let checkpoint: Self = serde_json::from_str(text?).ok()?;
        let age = now.as_millis() - checkpoint.started_at.as_millis();
        (0..USABLE_FOR_MILLIS).contains(&age).then_some(Self { run_at: now, ..checkpoint })
    }

    /// The stream's own part.
    pub fn find(&self, stream: Stream) -> Option<&StreamCheckpoint> {
        self.streams.iter().find(|part| part.stream == stream)
    }

    /// Replaces the stream's own part.
    pub fn put(&mut self, part: StreamCheckpoint) {
        self.streams.retain(|other| other.stream != part.stream);
        self.streams.push(part);
    }
}

impl StreamCheckpoint {
    /// Whether what was read of it is young enough for a run that begins at `now`, whatever the service can tell.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        let last = self.read_until.or(self.read_since);
        let age = last.map_or(0, |last| now.as_millis() - last.as_millis());
        (0..FRESH_FOR_MILLIS).contains(&age)
    }

    /// Before the first page of the first walk.
    pub fn new(stream: Stream, census: Census) -> Self {
        Self {
            stream,
            first_census: census.clone(),
            walk: 1,
            mode: Walk::Natural,
            walk_census: census,
            position: None,
            begun: false,
            seen: 0,
            repeated: 0,
            not_in_previous: 0,
            fresh: 0,
            previous_seen: None,
            idle_walks: 0,
            repeated_in_all: 0,
            steady: true,
            hidden: false,
            read_since: None,
            read_until: None,
            proof: None,
            last_census: None,
        }
    }

    /// Begins the next walk. `finished` is false when the walk at hand could not be walked to its end.
    pub fn walk_again(&mut self, mode: Walk, census: Census, finished: bool) {
        self.idle_walks = if self.fresh == 0 { self.idle_walks + 1 } else { 0 };
        self.previous_seen = finished.then_some(self.seen);
        self.repeated_in_all += self.repeated;
        self.walk += 1;
        self.mode = mode;
        self.walk_census = census;
        self.position = None;
        self.begun = false;
        (self.steady, self.hidden, self.read_since, self.read_until) = (true, false, None, None);
        (self.seen, self.repeated, self.not_in_previous, self.fresh) = (0, 0, 0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_was_read_for_long_is_gone_on_with_soon_after_its_last_page() {
        let census = Census { total: None, newest_change: None, members: None, hidden: false };
        let minute = |number: i64| Timestamp::from_millis(number * 60_000);
        let mut part = StreamCheckpoint::new(Stream::ResourceGrants, census.clone());
        part.read_since = Some(minute(0));
        assert!(part.is_fresh(minute(14)) && !part.is_fresh(minute(15)));
        part.read_until = Some(minute(20));
        assert!(part.is_fresh(minute(34)) && !part.is_fresh(minute(35)));
        assert!(!part.is_fresh(minute(19)), "the clock was set back");
        part.walk_again(Walk::Natural, census, true);
        assert_eq!(part.read_until, None);
    }

    #[test]
    fn an_old_or_unreadable_checkpoint_is_not_gone_on_from() {
        let start = Timestamp::from_millis(1_000_000);
        let text = serde_json::to_string(&Checkpoint::new(start)).unwrap();
        let later = |millis| start.plus_millis(millis);
        assert!(Checkpoint::usable(Some(&text), later(60_000)).is_some());
        assert!(Checkpoint::usable(Some(&text), later(USABLE_FOR_MILLIS)).is_none());
        assert!(Checkpoint::usable(Some(&text), later(-1)).is_none(), "the clock was set back");
        assert!(Checkpoint::usable(Some("{"), start).is_none());
        assert!(Checkpoint::usable(None, start).is_none());
    }
}
