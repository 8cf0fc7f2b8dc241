//! Open cursors (RFC 9865). A cursor holds the order of rows as it was on the first page, so rows neither repeat nor
//! move; rows deleted meanwhile are left out. They live in memory: after a restart every cursor has expired.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::ScimError;
use crate::rng::Rng;
use crate::store::Listing;

/// Where a walk goes on.
#[derive(Clone)]
pub struct Position {
    /// What is walked; another filter or sort with the same cursor is refused.
    pub listing: Listing,
    /// The order as it was.
    pub rows: Arc<Vec<i64>>,
    /// The next row.
    pub from: usize,
    /// When it was made.
    pub made: Instant,
}

/// Open cursors of a tenant.
#[derive(Default)]
pub struct Cursors {
    open: BTreeMap<String, Position>,
    oldest: std::collections::VecDeque<String>,
}

const KEPT: usize = 10_000;

impl Cursors {
    /// Keeps `position` and gives its name.
    pub fn open(&mut self, rng: &mut Rng, position: Position) -> String {
        let name = format!("{:016x}{:016x}", rng.next_u64(), rng.next_u64());
        self.open.insert(name.clone(), position);
        self.oldest.push_back(name.clone());
        if self.oldest.len() > KEPT
            && let Some(oldest) = self.oldest.pop_front()
        {
            self.open.remove(&oldest);
        }
        name
    }

    /// The position `name` stands for.
    pub fn find(&self, name: &str, listing: &Listing, lifetime: Duration) -> Result<Position, ScimError> {
        let invalid =
            || ScimError::bad("invalidCursor", "The cursor is not one this service gave for this request");
        let position = self.open.get(name).ok_or_else(invalid)?;
        if position.listing != *listing {
            return Err(invalid());
        }
        if position.made.elapsed() >= lifetime {
            return Err(ScimError::bad("expiredCursor", "The cursor has expired; begin again"));
        }
        Ok(position.clone())
    }
}
