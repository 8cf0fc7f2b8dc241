//! The proof: is this listing complete?
//!
//! Counting rows proves nothing: a page can repeat one record and skip another. What is compared are *different ids*
//! with the service's own total, and a census (total and newest change) taken before and after, which shows whether
//! anything moved meanwhile. Where the service cannot tell, two walks in a row must bring the very same ids.

use crate::remote::Census;

/// While ids are missing, walks are repeated this often (services that answer in random order).
const MOST_WALKS: u32 = 40;
/// Where a service can be walked in parts, so many walks of its own order come first.
const MOST_WALKS_BEFORE_PARTS: u32 = 2;
/// A service that never comes to rest is read this often at most.
const MOST_RESTLESS_WALKS: u32 = 6;
/// While ids are missing, this many walks in a row without a fresh one are borne: in random order a walk misses any
/// one id with a chance of about a third.
const MOST_IDLE_WALKS: u32 = 8;

/// What is known at the end of a walk.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// Before the first walk.
    pub first: &'a Census,
    /// Before this walk.
    pub before: &'a Census,
    /// After this walk.
    pub after: &'a Census,
    /// Its number in this run, from 1.
    pub walk: u32,
    /// It began in this run: nothing of it is older.
    pub whole: bool,
    /// Different ids in it.
    pub seen: u64,
    /// Of these, those that the walk before did not have.
    pub not_in_previous: u64,
    /// Different ids of the walk before, if it came to its end.
    pub previous_seen: Option<u64>,
    /// Different ids in all walks together.
    pub in_all: u64,
    /// Walks in a row, this one included, without an id that no walk had.
    pub idle_walks: u32,
    /// Every page of it told the total that the census before it had told.
    pub steady: bool,
    /// The service can be walked in parts.
    pub can_part: bool,
    /// This walk was one in parts, each of them in one answer.
    pub in_parts: bool,
    /// Every id that came can be found by its beginning.
    pub parts_find_all: bool,
    /// Every answer of a walk is a whole list.
    pub comes_whole: bool,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The ids of this walk are the list.
    CompleteInThisWalk,
    /// The ids of all walks together are the list.
    CompleteInAllWalks,
    /// One more walk.
    WalkAgain,
    /// One more walk, in parts.
    WalkInParts,
    /// It cannot be shown; nothing may be removed because of it.
    Incomplete,
}

/// Nothing changed between `before` and `after`, as far as the service can tell; false when it cannot.
pub fn quiet(before: &Census, after: &Census) -> bool {
    before.newest_change.is_some() && before == after
}

/// The same records at both times: as many, and none added. `steady` excludes one that came and went in between and was
/// seen, because it would have been counted.
fn same_members(before: &Census, after: &Census, steady: bool) -> bool {
    steady && before.members.is_some() && before.members == after.members && before.total == after.total
}

/// The service tells that something changed between `before` and `after`.
fn moved(before: &Census, after: &Census) -> bool {
    match (&before.newest_change, &after.newest_change) {
        (Some(before), Some(after)) => before != after,
        _ => false,
    }
}

/// Judges the listing at the end of a walk.
pub fn judge(facts: &Facts<'_>) -> Verdict {
    let total = facts.after.total;
    if facts.comes_whole {
        // Nothing can slip between two answers; but some are shown less than there is.
        let shown = !facts.after.hidden && total.is_none_or(|total| facts.seen >= total);
        return if shown { Verdict::CompleteInThisWalk } else { Verdict::Incomplete };
    }
    let still = same_members(facts.before, facts.after, facts.steady);
    if total == Some(facts.seen) && (still || quiet(facts.before, facts.after)) {
        return Verdict::CompleteInThisWalk;
    }
    let all_still = same_members(facts.first, facts.after, facts.steady);
    if total == Some(facts.in_all) && (all_still || quiet(facts.first, facts.after)) {
        return Verdict::CompleteInAllWalks;
    }
    if facts.in_parts {
        // Each part came whole: whoever was there all the time is in. Only if nothing moved must the number agree.
        let whole = facts.parts_find_all && !still;
        return if whole { Verdict::CompleteInThisWalk } else { Verdict::Incomplete };
    }
    if facts.can_part && (still || facts.walk >= MOST_WALKS_BEFORE_PARTS) {
        return Verdict::WalkInParts;
    }
    // Some services give no total, or one cut to the size of a page; fewer ids than the total always means a gap.
    let no_gap = total.is_none_or(|total| facts.seen >= total);
    let same_as_before = facts.previous_seen == Some(facts.seen) && facts.not_in_previous == 0;
    let unmoved = facts.before.total == total && !moved(facts.before, facts.after);
    if no_gap && same_as_before && facts.whole && unmoved {
        return Verdict::CompleteInThisWalk;
    }
    let most = if no_gap { MOST_RESTLESS_WALKS } else { MOST_WALKS };
    if facts.walk >= most || facts.idle_walks > MOST_IDLE_WALKS || (same_as_before && !no_gap) {
        return Verdict::Incomplete;
    }
    Verdict::WalkAgain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn census(total: u64, newest: Option<&str>) -> Census {
        Census { total: Some(total), newest_change: newest.map(str::to_owned), members: None, hidden: false }
    }

    #[test]
    fn a_quiet_walk_with_as_many_ids_as_the_total_is_complete() {
        let calm = census(100, Some("t1"));
        let facts = Facts {
            first: &calm,
            before: &calm,
            after: &calm,
            walk: 1,
            whole: true,
            seen: 100,
            not_in_previous: 100,
            previous_seen: None,
            in_all: 100,
            idle_walks: 0,
            steady: true,
            can_part: false,
            in_parts: false,
            parts_find_all: true,
            comes_whole: false,
        };
        assert_eq!(judge(&facts), Verdict::CompleteInThisWalk);
        assert_eq!(
            judge(&Facts { seen: 99, in_all: 99, ..facts.clone() }),
            Verdict::WalkAgain,
            "one is missing"
        );
        let changed = census(100, Some("t2"));
        assert_eq!(
            judge(&Facts { after: &changed, ..facts.clone() }),
            Verdict::WalkAgain,
            "one came and one went: the count alone would not show it"
        );
    }

    #[test]
    fn whole_answers_are_complete_in_one_walk_unless_the_service_has_more_or_hides_some() {
        let told = |total: Option<u64>, hidden| Census { total, newest_change: None, members: None, hidden };
        for (total, hidden, verdict) in [
            (None, false, Verdict::CompleteInThisWalk),
            (Some(7), false, Verdict::CompleteInThisWalk),
            (Some(6), false, Verdict::CompleteInThisWalk),
            (Some(8), false, Verdict::Incomplete),
            (None, true, Verdict::Incomplete),
        ] {
            let after = told(total, hidden);
            let facts = Facts {
                first: &after,
                before: &after,
                after: &after,
                walk: 1,
                whole: true,
                seen: 7,
                not_in_previous: 7,
                previous_seen: None,
                in_all: 7,
                idle_walks: 0,
                steady: true,
                can_part: false,
                in_parts: false,
                parts_find_all: true,
                comes_whole: true,
            };
            assert_eq!(judge(&facts), verdict, "{total:?} {hidden}");
        }
    }

    #[test]
    fn walks_in_random_order_add_up_while_nothing_changes() {
        let calm = census(100, Some("t1"));
        let facts = Facts {
            first: &calm,
            before: &calm,
            after: &calm,
            walk: 5,
            whole: true,
            seen: 63,
            not_in_previous: 40,
            previous_seen: Some(61),
            in_all: 99,
            idle_walks: 0,
            steady: true,
            can_part: false,
            in_parts: false,
            parts_find_all: true,
            comes_whole: false,
        };
        assert_eq!(judge(&facts), Verdict::WalkAgain);
        assert_eq!(judge(&Facts { in_all: 100, ..facts.clone() }), Verdict::CompleteInAllWalks);
        assert_eq!(judge(&Facts { idle_walks: 9, ..facts.clone() }), Verdict::Incomplete);
        let earlier = census(100, Some("t0"));
        assert_eq!(
            judge(&Facts { in_all: 100, first: &earlier, ..facts }),
            Verdict::WalkAgain,
            "an id of the first walk may be gone"
        );
    }

    #[test]
    fn without_a_sign_of_rest_two_equal_walks_are_needed() {
        let mute = census(100, None);
        let first = Facts {
            first: &mute,
            before: &mute,
            after: &mute,
            walk: 1,
            whole: true,
            seen: 100,
            not_in_previous: 100,
            previous_seen: None,
            in_all: 100,
            idle_walks: 0,
            steady: true,
            can_part: false,
            in_parts: false,
            parts_find_all: true,
            comes_whole: false,
        };
        assert_eq!(judge(&first), Verdict::WalkAgain);
        let second =
            Facts { walk: 2, not_in_previous: 0, previous_seen: Some(100), idle_walks: 1, ..first.clone() };
        assert_eq!(judge(&second), Verdict::CompleteInThisWalk);
        assert_eq!(
            judge(&Facts { not_in_previous: 1, ..second.clone() }),
            Verdict::WalkAgain,
            "as many, but not the same"
        );
        assert_eq!(
            judge(&Facts { whole: false, ..second.clone() }),
            Verdict::WalkAgain,
            "an interrupted run had read a part of it, who knows when"
        );
        let (earlier, later) = (census(100, Some("t1")), census(100, Some("t2")));
        assert_eq!(
            judge(&Facts { before: &earlier, after: &later, ..second.clone() }),
            Verdict::WalkAgain,
            "the same people, but somebody is not as before"
        );
        let untold = Census { total: None, newest_change: None, members: None, hidden: false };
        assert_eq!(
            judge(&Facts { first: &untold, before: &untold, after: &untold, ..second }),
            Verdict::CompleteInThisWalk
        );
    }

    #[test]
    fn as_many_as_the_total_is_complete_when_nobody_came() {
        let told = |total, newest: &str| Census {
            total: Some(total),
            newest_change: None,
            members: Some(newest.to_owned()),
            hidden: false,
        };
        let calm = told(100, "t1");
        let facts = Facts {
            first: &calm,
            before: &calm,
            after: &calm,
            walk: 1,
            whole: true,
            seen: 100,
            not_in_previous: 100,
            previous_seen: None,
            in_all: 100,
            idle_walks: 0,
            steady: true,
            can_part: true,
            in_parts: false,
            parts_find_all: true,
            comes_whole: false,
        };
        assert_eq!(judge(&facts), Verdict::CompleteInThisWalk);
        let tied = Facts { seen: 98, in_all: 98, ..facts.clone() };
        assert_eq!(judge(&tied), Verdict::WalkInParts, "ties hide somebody, however often it is walked");
        let (joined, left) = (told(101, "t2"), told(99, "t1"));
        for (after, seen) in [(&joined, 100), (&left, 99), (&left, 100)] {
            let moved = Facts { after, seen, in_all: seen, ..facts.clone() };
            assert_eq!(judge(&moved), Verdict::WalkAgain, "{after:?} {seen}");
        }
        let swapped = told(100, "t2");
        assert_eq!(
            judge(&Facts { after: &swapped, ..facts.clone() }),
            Verdict::WalkAgain,
            "one came and one went: the count alone would not show it"
        );
        assert_eq!(
            judge(&Facts { steady: false, ..facts.clone() }),
            Verdict::WalkAgain,
            "one came, was seen, and went again"
        );
        assert_eq!(judge(&Facts { after: &swapped, walk: 2, ..facts.clone() }), Verdict::WalkInParts);
        let in_parts = Facts { in_parts: true, walk: 3, ..facts };
        assert_eq!(
            judge(&Facts { after: &swapped, seen: 99, ..in_parts.clone() }),
            Verdict::CompleteInThisWalk
        );
        assert_eq!(judge(&Facts { seen: 99, in_all: 99, ..in_parts.clone() }), Verdict::Incomplete);
        let odd = Facts { after: &swapped, seen: 99, parts_find_all: false, ..in_parts };
        assert_eq!(judge(&odd), Verdict::Incomplete);
    }

    #[test]
    fn a_gap_that_stays_is_never_called_complete() {
        let mute = census(100, None);
        let facts = Facts {
            first: &mute,
            before: &mute,
            after: &mute,
            walk: 2,
            whole: true,
            seen: 90,
            not_in_previous: 0,
            previous_seen: Some(90),
            in_all: 90,
            idle_walks: 1,
            steady: true,
            can_part: false,
            in_parts: false,
            parts_find_all: true,
            comes_whole: false,
        };
        assert_eq!(judge(&facts), Verdict::Incomplete);
    }
}
