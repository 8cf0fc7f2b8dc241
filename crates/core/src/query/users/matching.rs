//! Which rows of one account contain a word.

use memchr::memmem::Finder;

use super::bits::{BLOCK, ones};
use super::grams::Grams;
use super::row_text::{RowText, TextColumn};

/// A word ready to be looked for in one account.
pub(super) struct Needle<'a> {
    text: &'a RowText,
    grams: &'a Grams,
    word: &'a [u8],
    finder: Finder<'a>,
    /// The shared columns with a value that contains the word: value numbers of the rows, and which values do.
    shared: Vec<(&'a [u16], Vec<bool>)>,
    /// The part up to the last `@`, when letters follow it: such a word spans the two parts of an address.
    local_end: Option<Finder<'a>>,
}

/// Looking at single rows is cheaper than reading all text when fewer than one in so many is left: it takes some eighty
/// nanoseconds a row, reading all of them three.
const SPARSE: usize = 28;

impl<'a> Needle<'a> {
    pub fn new((text, grams): (&'a RowText, &'a Grams), word: &'a [u8]) -> Self {
        let finder = Finder::new(word);
        let shared = text.shared().iter();
        let shared =
            shared.filter_map(|column| Some((column.numbers(), column.containing(&finder)?))).collect();
        let spans = memchr::memrchr(b'@', word).filter(|at| *at > 0 && at + 1 < word.len());
        let local_end = spans.and_then(|at| word.get(..=at)).map(Finder::new);
        Self { text, grams, word, finder, shared, local_end }
    }

    /// Marks the rows that contain the word among `within`, or among all; `found` has a word for each block of rows.
    pub fn mark(&self, within: Option<&[u64]>, found: &mut [u64]) {
        if let Some(listed) = self.grams.rows(self.word) {
            found.copy_from_slice(listed.words());
            return keep(found, within);
        }
        let candidates = self.grams.candidates(self.word).map(|mut candidates| {
            keep(&mut candidates, within);
            candidates
        });
        match candidates.as_deref().or(within) {
            Some(few) if count(few) * SPARSE < self.text.len() => self.look_at(few, found),
            _ => {
                self.scan(found);
                keep(found, within);
            }
        }
    }

    /// Looks at single rows.
    fn look_at(&self, within: &[u64], found: &mut [u64]) {
        for (block, (found, within)) in found.iter_mut().zip(within).enumerate() {
            for bit in ones(*within) {
                *found |= u64::from(self.is_in(block * BLOCK + bit)) << bit;
            }
        }
    }

    fn is_in(&self, row: usize) -> bool {
        let is_hit = |(numbers, hits): &(&[u16], Vec<bool>)| {
            numbers.get(row).and_then(|number| hits.get(usize::from(*number))).copied().unwrap_or(false)
        };
        if self.shared.iter().any(is_hit) {
            return true;
        }
        let own = self.text.row(row);
        self.finder.find(own).is_some()
            || self.local_end.as_ref().is_some_and(|local| local.find(own).is_some() && self.spans(row))
    }

    /// Whether the word is in an address of this row when its two parts are put together.
    fn spans(&self, row: usize) -> bool {
        let mut address = Vec::new();
        [TextColumn::UserName, TextColumn::Email].into_iter().any(|column| {
            address.clear();
            self.text.read(row, column, &mut address);
            self.finder.find(&address).is_some()
        })
    }

    /// Reads all text.
    fn scan(&self, found: &mut [u64]) {
        scan_text(self.text, &self.finder, |row| set(found, row));
        for (numbers, hits) in &self.shared {
            mark_shared(numbers, hits, found);
        }
        if let Some(local) = &self.local_end {
            scan_text(self.text, local, |row| {
                if self.spans(row) {
                    set(found, row);
                }
            });
        }
    }
}

/// Takes out what is not in `within`.
pub(super) fn keep(found: &mut [u64], within: Option<&[u64]>) {
    for (found, within) in found.iter_mut().zip(within.into_iter().flatten()) {
        *found &= within;
    }
}

fn count(words: &[u64]) -> usize {
    words.iter().map(|word| word.count_ones() as usize).sum()
}

fn set(found: &mut [u64], row: usize) {
    if let Some(word) = found.get_mut(row / BLOCK) {
        *word |= 1 << (row % BLOCK);
    }
}

/// Calls `hit` for each row whose own text has the word.
fn scan_text(text: &RowText, finder: &Finder<'_>, mut hit: impl FnMut(usize)) {
    let (bytes, starts) = (text.bytes(), text.starts());
    let (mut row, mut from) = (0, 0);
    while let Some(at) = bytes.get(from..).and_then(|rest| finder.find(rest)) {
        row = row_at(starts, row, from + at);
        hit(row);
        row += 1;
        from = starts.get(row).map_or(bytes.len(), |start| *start as usize);
    }
}

/// The row that the byte `at` belongs to, from `row` on. Hits are near each other or far apart, so the step doubles.
fn row_at(starts: &[u32], row: usize, at: usize) -> usize {
    let begins_after = |row: usize| starts.get(row).is_none_or(|start| *start as usize > at);
    let (mut low, mut step) = (row, 1);
    while !begins_after(low + step) {
        low += step;
        step *= 2;
    }
    // `low` begins at or before the byte, `low + step` after it.
    let mut high = low + step;
    while high - low > 1 {
        let middle = low.midpoint(high);
        if begins_after(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    low
}

/// Marks the rows whose value number is a hit.
pub(super) fn mark_shared(numbers: &[u16], hits: &[bool], found: &mut [u64]) {
    for (found, numbers) in found.iter_mut().zip(numbers.chunks(BLOCK)) {
        let mut block = 0;
        for (bit, number) in numbers.iter().enumerate() {
            block |= u64::from(hits.get(usize::from(*number)).copied().unwrap_or(false)) << bit;
        }
        *found |= block;
    }
}
