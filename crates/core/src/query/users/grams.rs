//! Which rows have a frequent letter, or two or three frequent letters side by side.
//!
//! The first keystrokes are the dearest for a scan, because `e` is in nearly every row: a scan that stops a million times
//! takes ten times as long as one that stops never. So the frequent ones have their rows listed, one bit a row; the answer
//! for up to three letters is then a copy, and of a longer word few rows are left to look at. Rare ones are quick to scan
//! for.

use super::bits::{BLOCK, Bits};
use super::row_text::RowText;
use super::shared::SharedColumn;

/// Below this many rows a scan is quick enough.
const MIN_ROWS: usize = 16_384;
/// Letters and pairs that are listed at most, and threes: 24 bytes a row for either.
const MAX_LISTED: usize = 192;
/// Listed when at least every so many-th row has it.
const FREQUENT: usize = 20;
/// The same for threes: what a longer word is narrowed down by.
const FREQUENT_THREE: usize = 32;
/// Rows looked at to tell the frequent from the rare.
const SAMPLE: usize = 8_192;

const PAIRS: usize = 1 << 16;
/// One letter is a pair with this first byte, which no text has.
const SINGLE: u8 = 0;
/// Behind the pairs stand the threes of the letters that most names, addresses and numbers are made of: all threes of all
/// bytes would be a table that fits no cache.
const SYMBOLS: &[u8; 40] = b"abcdefghijklmnopqrstuvwxyz0123456789.-_@";
const PLACES: usize = PAIRS + SYMBOLS.len() * SYMBOLS.len() * SYMBOLS.len();
const UNLISTED: u16 = u16::MAX;
/// Where bytes that are listed nowhere are noted, behind all lists.
const NOWHERE: usize = 2 * MAX_LISTED;

/// For each byte its number among the symbols.
const NUMBERS: [u8; 256] = {
    let mut numbers = [u8::MAX; 256];
    let mut at = 0;
    while at < SYMBOLS.len() {
        #[expect(clippy::indexing_slicing, reason = "computed while compiling, within both")]
        {
            numbers[SYMBOLS[at] as usize] = at as u8;
        }
        at += 1;
    }
    numbers
};

/// The lists.
#[derive(Debug, Default)]
pub(super) struct Grams {
    /// Number of the list at each place.
    listed: Vec<u16>,
    lists: Vec<Bits>,
}

/// The pair's place in the table.
fn place(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// The place of three letters, when they are symbols.
fn place_of_three(three: &[u8]) -> Option<usize> {
    let mut place = 0;
    for byte in three {
        let number = NUMBERS.get(usize::from(*byte)).copied().filter(|number| *number != u8::MAX)?;
        place = place * SYMBOLS.len() + usize::from(number);
    }
    Some(PAIRS + place)
}

fn threes(text: &[u8]) -> impl Iterator<Item = usize> {
    text.windows(3).filter_map(place_of_three)
}

/// All letters, pairs and threes of a text.
fn grams(text: &[u8]) -> impl Iterator<Item = usize> {
    let singles = text.iter().map(|byte| place(SINGLE, *byte));
    let pairs = text.windows(2).filter_map(|pair| Some(place(*pair.first()?, *pair.last()?)));
    singles.chain(pairs).chain(threes(text))
}

impl Grams {
    /// Lists what is frequent.
    pub fn build(text: &RowText) -> Self {
        if text.len() < MIN_ROWS {
            return Self::default();
        }
        let mut grams = Self { listed: frequent(text), lists: Vec::new() };
        let lists = grams.listed.iter().filter(|list| **list != UNLISTED).count();
        let shared: Vec<Vec<Vec<u16>>> =
            text.shared().iter().map(|column| grams.lists_of_values(column)).collect();
        grams.lists = vec![Bits::none(text.len()); lists];
        let mut blocks = vec![0_u64; NOWHERE + 1];
        for block in 0..text.len().div_ceil(BLOCK) {
            let first = block * BLOCK;
            for row in first..(first + BLOCK).min(text.len()) {
                grams.mark_row(text, &shared, row, &mut blocks);
            }
            for (list, seen) in grams.lists.iter_mut().zip(&blocks) {
                if let Some(word) = list.words_mut().get_mut(block) {
                    *word = *seen;
                }
            }
            blocks.fill(0);
        }
        grams
    }

    /// Rows with this word, when it is one to three bytes and its rows are listed.
    pub fn rows(&self, word: &[u8]) -> Option<&Bits> {
        let place = match word {
            [single] => place(SINGLE, *single),
            [first, second] => place(*first, *second),
            [_, _, _] => place_of_three(word)?,
            _ => return None,
        };
        self.lists.get(usize::from(*self.listed.get(place)?))
    }

    /// Rows that have everything listed of a word, where something is: all rows with the word, and some without.
    pub fn candidates(&self, word: &[u8]) -> Option<Vec<u64>> {
        let mut lists = self.lists_of(word);
        // What stands within three letters that are listed says nothing more.
        if threes(word).count() + 2 == word.len() && threes(word).all(|three| self.is_listed(three)) {
            lists = threes(word).filter_map(|three| self.listed.get(three).copied()).collect();
        }
        let mut lists = lists.into_iter().filter_map(|list| self.lists.get(usize::from(list)));
        let mut rows = lists.next()?.words().to_vec();
        for list in lists {
            rows.iter_mut().zip(list.words()).for_each(|(rows, list)| *rows &= list);
        }
        Some(rows)
    }

    fn is_listed(&self, place: usize) -> bool {
        self.listed.get(place).is_some_and(|list| *list != UNLISTED)
    }

    /// The lists that a text belongs in, each once.
    fn lists_of(&self, text: &[u8]) -> Vec<u16> {
        let mut lists: Vec<u16> = grams(text).filter_map(|gram| self.listed.get(gram).copied()).collect();
        lists.retain(|list| *list != UNLISTED);
        lists.sort_unstable();
        lists.dedup();
        lists
    }

    /// Sets the row's bit in the block of each of its lists; what is not listed has a block that nobody reads.
    fn mark_row(&self, text: &RowText, shared: &[Vec<Vec<u16>>], row: usize, blocks: &mut [u64]) {
        let bit = 1 << (row % BLOCK);
        let mut mark = |list: u16| {
            if let Some(block) = blocks.get_mut(usize::from(list).min(NOWHERE)) {
                *block |= bit;
            }
        };
        for gram in grams(text.row(row)) {
            mark(self.listed.get(gram).copied().unwrap_or(UNLISTED));
        }
        for (column, lists) in text.shared().iter().zip(shared) {
            let number = column.numbers().get(row).copied().unwrap_or_default();
            for list in lists.get(usize::from(number)).into_iter().flatten() {
                mark(*list);
            }
        }
    }

    /// For each value number the lists it belongs in.
    fn lists_of_values(&self, column: &SharedColumn) -> Vec<Vec<u16>> {
        std::iter::once(Vec::new()).chain(column.values().map(|(_, value)| self.lists_of(value))).collect()
    }
}

/// Numbers what is frequent, the most frequent first, from an even sample of the rows.
fn frequent(text: &RowText) -> Vec<u16> {
    let step = text.len().div_ceil(SAMPLE);
    let mut rows = vec![0_usize; PLACES];
    let mut last = vec![usize::MAX; PLACES];
    for row in (0..text.len()).step_by(step) {
        let values = text.shared().iter().map(|column| column.value(row).bytes());
        for gram in std::iter::once(text.row(row)).chain(values).flat_map(grams) {
            if let (Some(rows), Some(last)) = (rows.get_mut(gram), last.get_mut(gram))
                && *last != row
            {
                *rows += 1;
                *last = row;
            }
        }
    }
    let sampled = text.len().div_ceil(step);
    let typed = |gram: usize| {
        let [second, first, ..] = gram.to_le_bytes();
        second > b' ' && (first == SINGLE || first > b' ')
    };
    let (pairs, threes) = rows.split_at(PAIRS);
    let mut pairs: Vec<(usize, usize)> = pairs.iter().copied().zip(0..).collect();
    pairs.retain(|(rows, gram)| *rows * FREQUENT >= sampled && typed(*gram));
    let mut threes: Vec<(usize, usize)> = threes.iter().copied().zip(PAIRS..).collect();
    threes.retain(|(rows, _)| *rows * FREQUENT_THREE >= sampled);
    let mut listed = vec![UNLISTED; PLACES];
    let mut found = Vec::new();
    for mut some in [pairs, threes] {
        some.sort_unstable_by(|a, b| b.cmp(a));
        found.extend(some.into_iter().take(MAX_LISTED));
    }
    for (list, (_, gram)) in (0..).zip(found) {
        if let Some(slot) = listed.get_mut(gram) {
            *slot = list;
        }
    }
    listed
}

#[cfg(test)]
mod tests;
