//! A column whose values many rows share: departments, job titles, domains of addresses.
//!
//! Such a value is kept once, and a search looks at it once, however many rows have it: the domain of an address would
//! otherwise be found a million times. A value beyond the 65,534th stays in the row's own text.

#[expect(
    clippy::disallowed_types,
    reason = "looked up, never walked: a tree costs seven comparisons a value"
)]
use std::collections::HashMap;

use memchr::memmem::Finder;

/// No value.
const EMPTY: u16 = 0;
/// The value stands in the row's own text.
const SPILLED: u16 = u16::MAX;

/// Where the value of a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept<'a> {
    /// Here.
    Shared(&'a [u8]),
    /// In the row's own text.
    InRow,
}

impl<'a> Kept<'a> {
    /// The value, nothing when it is in the row.
    pub const fn bytes(self) -> &'a [u8] {
        match self {
            Self::Shared(value) => value,
            Self::InRow => &[],
        }
    }
}

/// One column.
#[derive(Debug, Default)]
pub(super) struct SharedColumn {
    /// Value number of each row; empty where no row has a value.
    numbers: Vec<u16>,
    /// Values from number 1 on.
    values: Vec<Box<[u8]>>,
}

/// Fills a column.
#[derive(Debug, Default)]
#[expect(clippy::disallowed_types, reason = "see above")]
pub(super) struct SharedColumnBuilder {
    column: SharedColumn,
    /// Rows so far. Their numbers are kept from the first value on: many accounts have no departments at all.
    rows: usize,
    known: HashMap<Box<[u8]>, u16>,
}

impl SharedColumnBuilder {
    /// Adds the value of the next row; false when the row itself must keep it.
    pub fn push(&mut self, value: &[u8]) -> bool {
        let number = self.number(value);
        if number != EMPTY || !self.column.numbers.is_empty() {
            self.column.numbers.resize(self.rows, EMPTY);
            self.column.numbers.push(number);
        }
        self.rows += 1;
        number != SPILLED
    }

    fn number(&mut self, value: &[u8]) -> u16 {
        if value.is_empty() {
            return EMPTY;
        }
        if let Some(number) = self.known.get(value) {
            return *number;
        }
        let Some(number) = u16::try_from(self.column.values.len() + 1).ok().filter(|n| *n != SPILLED) else {
            return SPILLED;
        };
        self.column.values.push(value.into());
        self.known.insert(value.into(), number);
        number
    }

    pub fn build(mut self) -> SharedColumn {
        self.column.numbers.shrink_to_fit();
        self.column
    }
}

impl SharedColumn {
    /// The value of a row.
    pub fn value(&self, row: usize) -> Kept<'_> {
        match self.numbers.get(row) {
            Some(&SPILLED) => Kept::InRow,
            Some(&number) => Kept::Shared(self.value_of(number)),
            None => Kept::Shared(&[]),
        }
    }

    /// Rows whose value stands in the row's own text.
    pub fn spilled(&self) -> impl Iterator<Item = usize> {
        let filled = self.values.len() + 1 == usize::from(SPILLED);
        let numbers = if filled { self.numbers.as_slice() } else { &[] };
        numbers.iter().enumerate().filter(|(_, number)| **number == SPILLED).map(|(row, _)| row)
    }

    pub fn value_of(&self, number: u16) -> &[u8] {
        usize::from(number).checked_sub(1).and_then(|at| self.values.get(at)).map_or(&[], |value| value)
    }

    /// Value numbers of the rows, for walking along.
    pub fn numbers(&self) -> &[u16] {
        &self.numbers
    }

    /// Each number with its value.
    pub fn values(&self) -> impl Iterator<Item = (usize, &[u8])> {
        self.values.iter().enumerate().map(|(at, value)| (at + 1, value.as_ref()))
    }

    /// Which values contain a word, by number; `None` when none does.
    pub fn containing(&self, finder: &Finder<'_>) -> Option<Vec<bool>> {
        let mut hits = None;
        for (number, value) in self.values() {
            if finder.find(value).is_some() {
                let hits = hits.get_or_insert_with(|| vec![false; self.values.len() + 1]);
                if let Some(hit) = hits.get_mut(number) {
                    *hit = true;
                }
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_once_until_there_are_too_many() {
        let mut builder = SharedColumnBuilder::default();
        for row in 0..70_000 {
            assert_eq!(builder.push(format!("v{row}").as_bytes()), row < 65_534, "{row}");
        }
        assert!(builder.push(b"v7"));
        assert!(builder.push(b""));
        let column = builder.build();
        assert_eq!(column.value(7), Kept::Shared(b"v7"));
        assert_eq!(column.value(65_533), Kept::Shared(b"v65533"));
        assert_eq!(column.value(65_534), Kept::InRow);
        assert_eq!(column.value(70_000), Kept::Shared(b"v7"));
        assert_eq!(column.value(70_001), Kept::Shared(b""));
        let hits = column.containing(&Finder::new("v6553")).unwrap();
        assert_eq!(hits.iter().filter(|hit| **hit).count(), 5);
        assert!(column.containing(&Finder::new("w")).is_none());
    }
}
