//! Which rows have a frequent letter or pair of letters.
//!
//! The first keystrokes are the dearest for a scan, because `e` is in nearly every row: a scan that stops a million times
//! takes ten times as long as one that stops never. So the frequent letters and pairs have their rows listed, one
//! bit a row; the answer for one or two letters is then a copy. Rare ones are quick to scan for.

use super::bits::{BLOCK, Bits};
use super::row_text::RowText;
use super::shared::SharedColumn;

/// Below this many rows a scan is quick enough.
const MIN_ROWS: usize = 16_384;
/// Letters and pairs that are listed at most: 24 bytes a row.
const MAX_LISTED: usize = 192;
/// Listed when at least every so many-th row has it.
const FREQUENT: usize = 20;
/// Rows looked at to tell the frequent from the rare.
const SAMPLE: usize = 8_192;

const PAIRS: usize = 1 << 16;
/// One letter is a pair with this first byte, which no text has.
const SINGLE: u8 = 0;
const UNLISTED: u8 = u8::MAX;

/// The lists.
#[derive(Debug, Default)]
pub(super) struct Grams {
    /// Number of the list of each pair.
    listed: Vec<u8>,
    lists: Vec<Bits>,
}

/// The pair's place in the table.
fn place(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// All letters and pairs of a text.
fn grams(text: &[u8]) -> impl Iterator<Item = usize> {
    let singles = text.iter().map(|byte| place(SINGLE, *byte));
    singles.chain(text.windows(2).filter_map(|pair| Some(place(*pair.first()?, *pair.last()?))))
}

impl Grams {
    /// Lists the frequent letters and pairs.
    pub fn build(text: &RowText) -> Self {
        if text.len() < MIN_ROWS {
            return Self::default();
        }
        let mut grams = Self { listed: frequent(text), lists: Vec::new() };
        let lists = grams.listed.iter().filter(|list| **list != UNLISTED).count();
        let shared: Vec<Vec<Vec<u8>>> =
            text.shared().iter().map(|column| grams.lists_of_values(column)).collect();
        grams.lists = vec![Bits::none(text.len()); lists];
        let mut blocks = vec![0_u64; usize::from(UNLISTED) + 1];
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

    /// Rows with this word, when it is one or two bytes and its rows are listed.
    pub fn rows(&self, word: &[u8]) -> Option<&Bits> {
        let place = match word {
            [single] => place(SINGLE, *single),
            [first, second] => place(*first, *second),
            _ => return None,
        };
        self.lists.get(usize::from(*self.listed.get(place)?))
    }

    /// Rows that have every listed letter and pair of a word, where at least one is listed: all rows with the word, and
    /// some without.
    pub fn candidates(&self, word: &[u8]) -> Option<Vec<u64>> {
        let mut lists: Vec<u8> = grams(word).filter_map(|gram| self.listed.get(gram).copied()).collect();
        lists.retain(|list| *list != UNLISTED);
        lists.sort_unstable();
        lists.dedup();
        let mut lists = lists.into_iter().filter_map(|list| self.lists.get(usize::from(list)));
        let mut rows = lists.next()?.words().to_vec();
        for list in lists {
            rows.iter_mut().zip(list.words()).for_each(|(rows, list)| *rows &= list);
        }
        Some(rows)
    }

    /// Sets the row's bit in the block of each of its lists; unlisted pairs have a block that nobody reads.
    fn mark_row(&self, text: &RowText, shared: &[Vec<Vec<u8>>], row: usize, blocks: &mut [u64]) {
        let bit = 1 << (row % BLOCK);
        let mut mark = |list: u8| {
            if let Some(block) = blocks.get_mut(usize::from(list)) {
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
    fn lists_of_values(&self, column: &SharedColumn) -> Vec<Vec<u8>> {
        let of_value = |value| {
            let mut lists: Vec<u8> = grams(value).filter_map(|gram| self.listed.get(gram).copied()).collect();
            lists.retain(|list| *list != UNLISTED);
            lists.sort_unstable();
            lists.dedup();
            lists
        };
        std::iter::once(Vec::new()).chain(column.values().map(|(_, value)| of_value(value))).collect()
    }
}

/// Numbers the frequent pairs, the most frequent first, from an even sample of the rows.
fn frequent(text: &RowText) -> Vec<u8> {
    let step = text.len().div_ceil(SAMPLE);
    let mut rows = vec![0_usize; PAIRS];
    let mut last = vec![usize::MAX; PAIRS];
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
    let mut found: Vec<(usize, usize)> =
        rows.into_iter().enumerate().map(|(gram, rows)| (rows, gram)).collect();
    found.retain(|(rows, gram)| *rows * FREQUENT >= sampled && typed(*gram));
    found.sort_unstable_by(|a, b| b.cmp(a));
    let mut listed = vec![UNLISTED; PAIRS];
    for (list, (_, gram)) in found.into_iter().take(MAX_LISTED).enumerate() {
        if let (Some(slot), Ok(list)) = (listed.get_mut(gram), u8::try_from(list)) {
            *slot = list;
        }
    }
    listed
}
