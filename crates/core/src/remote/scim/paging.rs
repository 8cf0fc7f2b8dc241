//! Where the next page begins. Pure: every hostile pager is a line in a table.
//!
//! Totals are not trusted to end a walk early: services are seen that report the size of the page as the total. They
//! are trusted to go on.

use serde::{Deserialize, Serialize};

use super::super::{PagePosition, RemoteError};
use crate::model::{Paging, Stream};

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Position {
    /// At a row, counted from 1, that exists by the service's own total.
    Index(u64),
    /// At a row that may not exist.
    Beyond {
        /// The row.
        start: u64,
        /// Id of the record with which the page before began: a page that begins with it again shows a service that
        /// ignores `startIndex`, and would do so for ever.
        after: Option<String>,
        /// The total, too, says that there is nothing more, and was not seen to lie: a refusal is the end.
        refusable: bool,
    },
    /// At row 0, which exists only at services that count from there.
    Zero,
    /// Where the service says (RFC 9865); empty at the beginning.
    Cursor(String),
}

/// What a page held, as far as the next one depends on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Records.
    pub received: u64,
    /// Id of the first record.
    pub first: Option<String>,
    /// The service's own total.
    pub total: Option<u64>,
    /// Where the service says that the next page begins.
    pub next_cursor: Option<String>,
}

impl Position {
    /// Where the service, not we, says where pages begin.
    pub const fn is_cursor(&self) -> bool {
        matches!(self, Self::Cursor(_))
    }

    /// The first page.
    pub const fn first(paging: Paging) -> Self {
        match paging {
            Paging::Index | Paging::Page => Self::Index(1),
            Paging::Cursor => Self::Cursor(String::new()),
        }
    }

    /// As kept in the store.
    pub fn encode(&self) -> PagePosition {
        PagePosition(serde_json::to_string(self).unwrap_or_default())
    }

    /// From the store.
    ///
    /// # Errors
    /// [`RemoteError::Unexpected`] for a text that is no position: the walk must begin again.
    pub fn decode(position: &PagePosition, template: &str) -> Result<Self, RemoteError> {
        serde_json::from_str(&position.0).map_err(|_| RemoteError::Unexpected {
            template: template.to_owned(),
            reason: "the place where the last walk stopped cannot be read: it must begin again".to_owned(),
        })
    }

    /// The page after this one. `None` at the end of the walk.
    pub fn next(&self, held: Held) -> Option<Self> {
        match (self, held.next_cursor) {
            (Self::Cursor(here), Some(cursor)) => (*here != cursor).then_some(Self::Cursor(cursor)),
            // A service that knows only cursors, without having said so.
            (Self::Index(_), Some(cursor)) if held.total.is_none() => Some(Self::Cursor(cursor)),
            (Self::Cursor(_) | Self::Zero, _) => None,
            (Self::Index(start), _) => next_index(*start, false, held.received, held.first, held.total),
            (Self::Beyond { start, after, .. }, _) => {
                if after.is_some() && *after == held.first {
                    return None;
                }
                next_index(*start, true, held.received, held.first, held.total)
            }
        }
    }

    /// The query that asks for this page with `size` records.
    pub fn query(&self, size: u64) -> Vec<(&'static str, String)> {
        match self {
            Self::Index(start) | Self::Beyond { start, .. } => {
                vec![("startIndex", start.to_string()), ("count", size.to_string())]
            }
            Self::Zero => vec![("startIndex", "0".to_owned()), ("count", "1".to_owned())],
            Self::Cursor(cursor) => vec![("cursor", cursor.clone()), ("count", size.to_string())],
        }
    }

    /// Whether a refusal of this page only means that there is nothing more.
    pub const fn may_be_refused(&self) -> bool {
        matches!(self, Self::Beyond { refusable: true, .. } | Self::Zero)
    }
}

/// The page after one that began at row `start`; `beyond` when that row was not to be expected.
fn next_index(
    start: u64,
    beyond: bool,
    received: u64,
    first: Option<String>,
    total: Option<u64>,
) -> Option<Position> {
    let following = start.saturating_add(received);
    let seen = following.saturating_sub(1);
    if received == 0 {
        // One row short at the very end: the service may count from 0, and row 0 was never asked for.
        return (total == Some(seen + 1)).then_some(Position::Zero);
    }
    let open = |refusable| Position::Beyond { start: following, after: first, refusable };
    match total {
        // Rows where none should be: no total of this service can be trusted, so only an empty page is the end.
        Some(_) if beyond => Some(open(false)),
        None => Some(open(false)),
        Some(total) if seen < total => Some(Position::Index(following)),
        Some(total) if seen == total && start > 1 => None,
        // On the first page a total that equals the page may be the size of the page.
        Some(_) => Some(open(true)),
    }
}

/// Records asked for in one page: large enough that the way there and back does not count, small enough that progress
/// shows and a page stays far below the limit of a body. Groups carry their members, so fewer of them.
pub fn page_size(stream: Stream, max: Option<u32>) -> u64 {
    let wanted = if stream == Stream::Groups { 100 } else { 500 };
    u64::from(max.unwrap_or(wanted).clamp(1, wanted))
}

#[cfg(test)]
mod tests {
    use super::Position::{Beyond, Cursor, Index, Zero};
    use super::*;

    fn held(received: u64, total: Option<u64>) -> Held {
        Held { received, total, first: Some("a".to_owned()), next_cursor: None }
    }

    /// After a page that began with `a`.
    fn sure(start: u64) -> Position {
        Beyond { start, after: Some("a".to_owned()), refusable: true }
    }

    fn unsure(start: u64) -> Position {
        Beyond { start, after: Some("a".to_owned()), refusable: false }
    }

    /// After a page that began with `b`.
    fn open(start: u64) -> Position {
        Beyond { start, after: Some("b".to_owned()), refusable: true }
    }

    #[test]
    fn an_index_walk_ends_only_when_nothing_can_be_left() {
        for (why, at, received, total, next) in [
            ("more to come", Index(1), 500, Some(1200), Some(Index(501))),
            ("less came than was asked", Index(501), 50, Some(1200), Some(Index(551))),
            ("the last page", Index(1001), 200, Some(1200), None),
            (
                "the first page is everything, or its total is its size",
                Index(1),
                500,
                Some(500),
                Some(sure(501)),
            ),
            ("the same with few", Index(1), 3, Some(3), Some(sure(4))),
            ("nothing beyond: it was everything", open(4), 0, Some(3), None),
            ("rows beyond: the total lies", open(501), 500, Some(500), Some(unsure(1001))),
            ("the total grows with the pages", open(501), 500, Some(1000), Some(unsure(1001))),
            ("the end of a lie", open(1001), 0, Some(0), None),
            ("rows were deleted during the walk", Index(501), 500, Some(990), Some(sure(1001))),
            ("no total: on until a page is empty", Index(1), 500, None, Some(unsure(501))),
            ("no total: the end", open(501), 0, None, None),
            ("an empty list", Index(1), 0, Some(0), None),
            ("an empty page too early", Index(501), 0, Some(1200), None),
            ("one row short: counted from 0", Index(1200), 0, Some(1200), Some(Zero)),
            ("the only row is row 0", Index(1), 0, Some(1), Some(Zero)),
            ("after row 0", Zero, 1, Some(1200), None),
            ("the same page again: startIndex is ignored", sure(501), 500, Some(500), None),
            ("the same page again, no total", unsure(501), 500, None, None),
            (
                "the same page again is no end while rows are missing",
                Index(501),
                500,
                Some(1200),
                Some(Index(1001)),
            ),
        ] {
            assert_eq!(at.next(held(received, total)), next, "{why}");
        }
    }

    #[test]
    fn a_cursor_walk_follows_the_cursor_and_stops_when_it_stands_still() {
        let cursor = |text: &str| Some(text.to_owned());
        for (at, total, next_cursor, next) in [
            (Cursor(String::new()), None, cursor("a"), Some(Cursor("a".to_owned()))),
            (Cursor("a".to_owned()), Some(9), cursor("b"), Some(Cursor("b".to_owned()))),
            (Cursor("b".to_owned()), Some(9), None, None),
            (Cursor("b".to_owned()), None, cursor("b"), None),
            (Index(1), None, cursor("a"), Some(Cursor("a".to_owned()))),
            (Index(1), Some(9), cursor("a"), Some(Index(6))),
        ] {
            assert_eq!(at.next(Held { next_cursor, ..held(5, total) }), next, "{at:?}");
        }
    }

    #[test]
    fn only_a_refusal_that_agrees_with_the_total_is_an_end() {
        for (position, end) in [
            (sure(501), true),
            (Zero, true),
            (unsure(501), false),
            (Index(501), false),
            (Cursor("a".to_owned()), false),
        ] {
            assert_eq!(position.may_be_refused(), end, "{position:?}");
        }
    }

    #[test]
    fn a_position_survives_the_store_and_a_strange_one_is_refused() {
        for position in [Index(501), sure(7), Zero, Cursor("ä\"&=".to_owned())] {
            assert_eq!(Position::decode(&position.encode(), "GET /Users").unwrap(), position);
        }
        assert!(Position::decode(&PagePosition("page 3".to_owned()), "GET /Users").is_err());
    }

    #[test]
    fn page_sizes_respect_the_service_and_our_own_limit() {
        for (stream, max, expected) in [
            (Stream::Users, None, 500),
            (Stream::Users, Some(1000), 500),
            (Stream::Users, Some(50), 50),
            (Stream::Users, Some(0), 1),
            (Stream::Groups, Some(1000), 100),
        ] {
            assert_eq!(page_size(stream, max), expected, "{stream:?} {max:?}");
        }
    }
}
