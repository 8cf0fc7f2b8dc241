//! Which tokens a filter finds, and what each chip would: one pass over the tokens.

use std::sync::Arc;

use super::index::{Token, TokenIndex, bit};
use crate::api::{TokenChip, TokenCountsView, TokenFilter};
use crate::model::{AccountId, Timestamp};
use crate::query::users::Words;

/// Chips of one kind widen one another.
const GROUPS: [&[TokenChip]; 3] = [
    &[TokenChip::Expired, TokenChip::Expiring, TokenChip::NeverExpires],
    &[TokenChip::Idle30, TokenChip::Idle90],
    &[TokenChip::Orphaned],
];

/// What a filter finds.
pub struct Matched {
    /// Place of the account, and place of the token in it, in that order.
    pub tokens: Vec<(u16, u32)>,
    pub counts: TokenCountsView,
}

/// Looks at every token of `indexes` at `now`.
pub fn matched(indexes: &[(AccountId, Arc<TokenIndex>)], filter: &TokenFilter, now: Timestamp) -> Matched {
    let words = Words::parse(&filter.text);
    let chosen: [u8; 3] = GROUPS.map(|group| bits(group, &filter.chips));
    let mut found = Matched { tokens: Vec::new(), counts: TokenCountsView::default() };
    for (account, (_, index)) in std::iter::zip(0_u16.., indexes) {
        let owners: Vec<OwnerMatch> = index
            .owners()
            .iter()
            .map(|owner| OwnerMatch {
                wanted: filter.owner.as_ref().is_none_or(|wanted| *wanted == owner.remote_id),
                missing: missing(&words, owner.text.as_bytes(), u64::MAX),
            })
            .collect();
        for (place, token) in std::iter::zip(0_u32.., index.tokens()) {
            let Some(owner) = owners.get(token.owner as usize).filter(|owner| owner.wanted) else { continue };
            if !is_wanted(token, filter) || missing(&words, index.text(token).as_bytes(), owner.missing) != 0
            {
                continue;
            }
            let state = index.owners().get(token.owner as usize).map(|owner| owner.state);
            let Some(chips) = state.map(|state| token.chips(state, now)) else { continue };
            let passes = chosen.map(|chosen| chosen == 0 || chips & chosen != 0);
            count(&mut found.counts, token, chips, passes);
            if passes == [true; 3] {
                found.tokens.push((account, place));
            }
        }
    }
    found
}

struct OwnerMatch {
    wanted: bool,
    /// The words that the owner does not have, one bit each.
    missing: u64,
}

fn bits(group: &[TokenChip], chips: &[TokenChip]) -> u8 {
    group.iter().filter(|chip| chips.contains(chip)).fold(0, |bits, chip| bits | bit(*chip))
}

/// Those of the words in `of` that do not occur in `text`, one bit each. Words that have no bit are not asked for.
fn missing(words: &Words, text: &[u8], of: u64) -> u64 {
    if words.is_empty() {
        return 0;
    }
    let mut bits = 0;
    for (place, word) in words.iter().take(64).enumerate() {
        let bit = 1_u64 << place;
        if of & bit != 0 && memchr::memmem::find(text, word.as_bytes()).is_none() {
            bits |= bit;
        }
    }
    bits
}

fn is_wanted(token: &Token, filter: &TokenFilter) -> bool {
    let ends = |from: i64, to: i64| token.expires().is_some_and(|at| at >= from && at < to);
    filter.kind.is_none_or(|kind| kind == token.kind)
        && match (filter.expires_from, filter.expires_to) {
            (None, None) => true,
            (from, to) => ends(from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX)),
        }
}

/// A chip counts what the chips of the other kinds let through, so that a second one of its kind can be chosen.
fn count(counts: &mut TokenCountsView, token: &Token, chips: u8, passes: [bool; 3]) {
    counts.all += 1;
    counts.use_not_reported += u32::from(token.use_not_reported());
    for (group, own) in GROUPS.iter().enumerate() {
        let others = passes.iter().enumerate().all(|(at, passes)| at == group || *passes);
        for chip in own.iter().filter(|chip| others && chips & bit(**chip) != 0) {
            *counted(counts, *chip) += 1;
        }
    }
}

const fn counted(counts: &mut TokenCountsView, chip: TokenChip) -> &mut u32 {
    match chip {
        TokenChip::Expired => &mut counts.expired,
        TokenChip::Expiring => &mut counts.expiring,
        TokenChip::NeverExpires => &mut counts.never_expires,
        TokenChip::Idle30 => &mut counts.idle30,
        TokenChip::Idle90 => &mut counts.idle90,
        TokenChip::Orphaned => &mut counts.orphaned,
    }
}
