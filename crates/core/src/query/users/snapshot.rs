//! The users of one account, or of all, as one list that never changes: what a query works on.
//!
//! "All accounts" is no index of its own: it is the accounts' indexes side by side, their rows numbered on. What is found
//! in each is found in all, a changed account costs only its own part, and only the orders are made for the whole.

use std::sync::{Arc, Mutex, PoisonError};

use super::bits::Bits;
use super::evaluate::Remembered;
use super::index::AccountIndex;
use super::matching::Needle;
use super::names::NameOrder;
use super::order::Order;
use super::row_text::TextColumn;
use super::segments::{Ranked, Segments};
use super::words::Words;
use crate::api::{UserColumn, UserSort};

/// Searches remembered: enough to type a word and take it back.
const REMEMBERED: usize = 12;
/// Orders remembered, eight bytes a row each.
const ORDERS: usize = 6;

/// Rows that were asked for.
#[derive(Debug)]
pub(in crate::query) struct Found {
    /// The words that were, when nothing else was.
    words: Words,
    pub(in crate::query) rows: Bits,
    pub count: usize,
}

impl Found {
    /// Rows that more than words asked for.
    pub(super) fn new(rows: Bits) -> Self {
        Self { words: Words::default(), count: rows.count(), rows }
    }

    /// Without the `named` rows when `all`, else only those.
    pub(super) fn picked(&self, named: &Bits, all: bool) -> Self {
        let mut rows = self.rows.clone();
        if all {
            rows.remove(named)
        } else {
            rows.keep(named)
        }
        Self::new(rows)
    }
}

/// What a query works on.
#[derive(Debug)]
pub(in crate::query) struct Snapshot {
    segments: Segments,
    /// Newest last.
    searches: Mutex<Vec<Arc<Found>>>,
    conditions: Mutex<Remembered>,
    /// Every row.
    everybody: Arc<Found>,
    /// Newest last, the default order first.
    orders: Mutex<Vec<(UserSort, Arc<Order>)>>,
}

pub(super) const BY_NAME: UserSort = UserSort { column: UserColumn::DisplayName, descending: false };

impl Snapshot {
    /// Of these indexes.
    pub fn new(indexes: Vec<Ranked>) -> Self {
        let segments = Segments::new(indexes);
        let mut rows = Bits::none(segments.span());
        for segment in segments.iter() {
            let all = Bits::all(segment.index.len());
            segment.part_mut(&mut rows).copy_from_slice(all.words());
        }
        Self {
            segments,
            searches: Mutex::default(),
            conditions: Mutex::default(),
            everybody: Arc::new(Found::new(rows)),
            orders: Mutex::default(),
        }
    }

    pub(super) const fn conditions(&self) -> &Mutex<Remembered> {
        &self.conditions
    }

    pub(super) fn all_rows(&self) -> &Bits {
        &self.everybody.rows
    }

    pub(super) const fn segments(&self) -> &Segments {
        &self.segments
    }

    /// The users by display name.
    pub fn name_order(self: Arc<Self>) -> NameOrder {
        let order = self.order(BY_NAME);
        NameOrder::new(self, order)
    }

    /// The indexes.
    pub fn indexes(&self) -> impl Iterator<Item = &AccountIndex> {
        self.segments.iter().map(|segment| segment.index.as_ref())
    }

    /// The indexes, each with the place of its account's name.
    pub fn ranked_indexes(&self) -> impl Iterator<Item = (u32, &AccountIndex)> {
        self.segments.iter().map(|segment| (segment.name_rank, segment.index.as_ref()))
    }

    /// The indexes, each with the number of its first row.
    pub fn placed_indexes(&self) -> impl Iterator<Item = (usize, &AccountIndex)> {
        self.segments.iter().map(|segment| (segment.first, segment.index.as_ref()))
    }

    /// Different values of a column that many share, each with how many found users have it and one of them. Other columns
    /// have none.
    pub fn shared_values(&self, found: &Found, column: TextColumn) -> Vec<(Box<[u8]>, usize, i64)> {
        let mut values = Vec::new();
        let Some(at) = column.shared() else { return values };
        for segment in self.segments.iter() {
            let Some(shared) = segment.index.text().shared().get(at) else { continue };
            let mut counts = vec![(0_usize, 0_usize); usize::from(u16::MAX) + 1];
            for (row, number) in shared.numbers().iter().enumerate() {
                if found.rows.contains(segment.first + row)
                    && let Some(count) = counts.get_mut(usize::from(*number))
                {
                    *count = (count.0 + 1, if count.0 == 0 { row } else { count.1 });
                }
            }
            values.extend(shared.values().filter_map(|(number, value)| {
                let (count, row) = counts.get(number).copied().filter(|(count, _)| *count > 0)?;
                Some((value.into(), count, segment.index.id(row)))
            }));
        }
        values
    }

    /// Numbers in the store of found users, in no order.
    pub fn ids(&self, found: &Found) -> impl Iterator<Item = i64> {
        found.rows.iter().filter_map(|row| u32::try_from(row).ok()).map(|row| self.segments.id(row))
    }

    /// How many users.
    pub fn len(&self) -> usize {
        self.indexes().map(AccountIndex::len).sum()
    }

    /// Number in the store and number of groups of found users, from `offset` on.
    pub fn page(&self, found: &Found, sort: UserSort, offset: usize, limit: usize) -> Vec<(i64, u32)> {
        self.identify(&self.order(sort).window(&found.rows, found.count, offset, limit))
    }

    /// Rows that were found, first to last: four bytes each.
    pub(super) fn all_in_order(&self, found: &Found, sort: UserSort) -> Vec<u32> {
        self.order(sort).window(&found.rows, found.count, 0, usize::MAX)
    }

    /// Number in the store and number of groups of a row.
    pub(super) fn id_and_groups(&self, row: u32) -> Option<(i64, u32)> {
        self.segments.id_and_groups(row)
    }

    /// The rows of users with these numbers in the store.
    pub(super) fn rows_of_ids(&self, ids: &[i64]) -> Bits {
        let mut rows = Bits::none(self.segments.span());
        ids.iter().filter_map(|id| self.segments.row_of(*id)).for_each(|row| rows.insert(row as usize));
        rows
    }

    fn identify(&self, rows: &[u32]) -> Vec<(i64, u32)> {
        rows.iter().filter_map(|row| self.segments.id_and_groups(*row)).collect()
    }

    /// Rows with all words. The remembered search that asked for less and found least is where this one starts.
    pub(in crate::query) fn search(&self, words: &Words) -> Arc<Found> {
        let start = {
            let searches = self.searches.lock().unwrap_or_else(PoisonError::into_inner);
            let wider = searches.iter().filter(|found| words.narrow(&found.words));
            wider.min_by_key(|found| found.count).map(Arc::clone)
        };
        let start = match start {
            Some(found) if found.words == *words => return found,
            Some(found) => found,
            None => Arc::clone(&self.everybody),
        };
        let mut rows = None;
        for word in words.iter().filter(|word| !start.words.iter().any(|known| known == *word)) {
            let within = rows.as_ref().or((!start.words.is_empty()).then_some(&start.rows));
            let with_word = self.rows_with(word, within);
            rows = Some(with_word);
        }
        let rows = rows.unwrap_or_else(|| start.rows.clone());
        let found = Arc::new(Found { count: rows.count(), words: words.clone(), rows });
        let mut searches = self.searches.lock().unwrap_or_else(PoisonError::into_inner);
        if searches.len() >= REMEMBERED {
            searches.remove(0);
        }
        searches.push(Arc::clone(&found));
        found
    }

    fn rows_with(&self, word: &str, within: Option<&Bits>) -> Bits {
        let mut rows = Bits::none(self.segments.span());
        for segment in self.segments.iter() {
            let needle = Needle::new(segment.index.searched(), word.as_bytes());
            needle.mark(within.map(|rows| segment.part(rows)), segment.part_mut(&mut rows));
        }
        rows
    }

    pub(super) fn order(&self, sort: UserSort) -> Arc<Order> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if orders.is_empty() {
            orders.push((BY_NAME, Arc::new(Order::build(&self.segments, BY_NAME, None))));
        }
        if let Some((_, order)) = orders.iter().find(|(made, _)| *made == sort) {
            return Arc::clone(order);
        }
        let by_name = orders.first().map(|(_, order)| order.as_ref());
        let order = Arc::new(Order::build(&self.segments, sort, by_name));
        if orders.len() >= ORDERS {
            orders.remove(1);
        }
        orders.push((sort, Arc::clone(&order)));
        order
    }
}
