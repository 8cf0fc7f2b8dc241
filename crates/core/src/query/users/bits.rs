//! A set of rows, one bit a row.

/// Rows in one machine word.
pub(super) const BLOCK: usize = 64;

/// A set of rows below a fixed number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::query) struct Bits(Vec<u64>);

impl Bits {
    /// None of `rows` rows.
    pub fn none(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(BLOCK)])
    }

    /// All of `rows` rows.
    pub fn all(rows: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; rows.div_ceil(BLOCK)]);
        if let Some(last) = bits.0.last_mut()
            && !rows.is_multiple_of(BLOCK)
        {
            *last = (1 << (rows % BLOCK)) - 1;
        }
        bits
    }

    /// Adds a row at the end, where rows are numbered as they come.
    pub fn push(&mut self, row: usize, member: bool) {
        if row.is_multiple_of(BLOCK) {
            self.0.push(0);
        }
        if member {
            self.insert(row);
        }
    }

    pub fn insert(&mut self, row: usize) {
        if let Some(word) = self.0.get_mut(row / BLOCK) {
            *word |= 1 << (row % BLOCK);
        }
    }

    pub fn contains(&self, row: usize) -> bool {
        self.0.get(row / BLOCK).is_some_and(|word| word >> (row % BLOCK) & 1 == 1)
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Leaves only what is in `other` too.
    pub fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    /// Takes out what is in `other`.
    pub fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }

    /// Adds what is in `other`.
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    pub fn words(&self) -> &[u64] {
        &self.0
    }

    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.0
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(block, word)| ones(*word).map(move |bit| block * BLOCK + bit))
    }
}

/// Positions of the ones in a word.
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if word == 0 {
            return None;
        }
        let bit = word.trailing_zeros() as usize;
        word &= word - 1;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn a_set_has_the_rows_put_into_it_and_no_others() {
        let mut bits = Bits::none(130);
        for row in [0, 63, 64, 129] {
            bits.insert(row);
        }
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(bits.count(), 4);
        assert!(bits.contains(64) && !bits.contains(65) && !bits.contains(5000));
        let mut pushed = Bits::default();
        (0..130).for_each(|row| pushed.push(row, bits.contains(row)));
        assert_eq!(pushed, bits);
    }

    #[test]
    fn all_rows_are_exactly_the_rows() {
        for rows in [0, 1, 63, 64, 65, 128] {
            assert_eq!(Bits::all(rows).count(), rows);
        }
    }
}
