//! How many records to ask for at once: few enough that a page is small whatever a record weighs.

use std::sync::atomic::{AtomicU64, Ordering};

/// Bodies of about this size keep memory flat however many members groups have, and requests few.
const WANTED_BYTES: u64 = 1 << 19;

/// What the pages of one list taught so far.
pub struct PageLimit {
    /// More than this made a body that is too large to be read.
    ceiling: AtomicU64,
    /// By the weight of the records of the page before.
    wanted: AtomicU64,
}

impl PageLimit {
    /// For a list whose first page has at most `first` records.
    pub const fn new(first: u64) -> Self {
        Self { ceiling: AtomicU64::new(u64::MAX), wanted: AtomicU64::new(first) }
    }

    /// Records to ask for.
    pub fn get(&self) -> u64 {
        self.wanted.load(Ordering::Relaxed).min(self.ceiling.load(Ordering::Relaxed))
    }

    /// So many records made a body that is too large to be read.
    pub fn was_too_much(&self, records: u64) {
        self.ceiling.store(records.div_ceil(8), Ordering::Relaxed);
    }

    /// So many records weighed so many bytes.
    pub fn weighed(&self, records: u64, bytes: u64) {
        if records > 0 && bytes > 0 {
            self.wanted.store((WANTED_BYTES * records / bytes).max(1), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heavy_records_are_asked_for_in_smaller_pages_and_light_ones_in_larger() {
        let limit = PageLimit::new(10);
        assert_eq!(limit.get(), 10);
        limit.weighed(10, 5 << 19);
        assert_eq!(limit.get(), 2);
        limit.weighed(2, 1024);
        assert_eq!(limit.get(), 1024);
        limit.weighed(1, 50 << 20);
        assert_eq!(limit.get(), 1, "never none");
        limit.weighed(0, 100);
        assert_eq!(limit.get(), 1, "an empty page teaches nothing");
    }

    #[test]
    fn what_was_too_much_once_is_not_asked_for_again() {
        let limit = PageLimit::new(u64::MAX);
        limit.was_too_much(500);
        limit.weighed(63, 100);
        assert_eq!(limit.get(), 63);
    }
}
