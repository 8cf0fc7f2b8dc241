//! The users of one account, or of all, as one list that never changes: what a query works on.
//!
//! "All accounts" is no index of its own: it is the accounts' indexes side by side, their rows numbered on. What is found
//! in each is found in all, a changed account costs only its own part, and only the orders are made for the whole.

use std::sync::{Arc, Mutex, PoisonError};

use super::bits::{BLOCK, Bits};
use super::index::AccountIndex;
use super::matching::Needle;
use super::names::NameOrder;
use super::order::Order;
use super::row_text::TextColumn;
use super::words::Words;
use crate::api::{UserColumn, UserSort, UserStatusFilter};

/// Searches remembered: enough to type a word and take it back.
const REMEMBERED: usize = 12;
/// Orders remembered, eight bytes a row each.
const ORDERS: usize = 6;

/// The accounts' indexes, one after the other; each begins at a row that begins a block.
#[derive(Debug)]
pub(super) struct Segments(Vec<Segment>);

#[derive(Debug)]
struct Segment {
    index: Arc<AccountIndex>,
    /// Place of the account's name among all.
    name_rank: u32,
    first: usize,
}

/// Rows that match some words.
#[derive(Debug)]
struct Found {
    words: Words,
    rows: Bits,
    count: usize,
}

/// What a query works on.
#[derive(Debug)]
pub(in crate::query) struct Snapshot {
    segments: Segments,
    /// Newest last.
    searches: Mutex<Vec<Arc<Found>>>,
    /// Newest last, the default order first.
    orders: Mutex<Vec<(UserSort, Arc<Order>)>>,
}

const BY_NAME: UserSort = UserSort { column: UserColumn::DisplayName, descending: false };

impl Segments {
    /// Side by side, each with the place of its account's name.
    fn new(indexes: Vec<(Arc<AccountIndex>, u32)>) -> Self {
        let mut first = 0;
        let segments = indexes.into_iter().map(|(index, name_rank)| {
            let segment = Segment { first, name_rank, index };
            first += segment.index.len().next_multiple_of(BLOCK);
            segment
        });
        Self(segments.collect())
    }

    /// Row numbers are below this.
    pub fn span(&self) -> usize {
        self.0.last().map_or(0, |segment| segment.first + segment.index.len())
    }

    /// All row numbers, in order.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        let rows = self.0.iter().flat_map(|segment| segment.first..segment.first + segment.index.len());
        rows.filter_map(|row| u32::try_from(row).ok())
    }

    fn find(&self, row: u32) -> Option<(&Segment, usize)> {
        let row = row as usize;
        let at = self.0.partition_point(|segment| segment.first <= row).checked_sub(1)?;
        let segment = self.0.get(at)?;
        Some((segment, row - segment.first))
    }

    /// Number in the store.
    pub fn id(&self, row: u32) -> i64 {
        self.find(row).map_or(0, |(segment, row)| segment.index.id(row))
    }

    /// The row of the user with this number in the store.
    pub fn row_of(&self, id: i64) -> Option<u32> {
        let found = |segment: &Segment| segment.index.row_of(id).map(|row| segment.first + row);
        self.0.iter().find_map(found).and_then(|row| u32::try_from(row).ok())
    }

    /// Number in the store, and groups.
    pub fn id_and_groups(&self, row: u32) -> Option<(i64, u32)> {
        self.find(row).map(|(segment, row)| (segment.index.id(row), segment.index.groups(row)))
    }

    /// One text column in place of what `value` held.
    pub fn read(&self, row: u32, column: TextColumn, value: &mut Vec<u8>) {
        value.clear();
        if let Some((segment, row)) = self.find(row) {
            segment.index.text().read(row, column, value);
        }
    }

    /// A column that is no text; `None` where there is no value.
    pub fn number(&self, row: u32, column: UserColumn) -> Option<i64> {
        let (segment, row) = self.find(row)?;
        match column {
            UserColumn::Status => segment.index.active(row).map(|active| i64::from(!active)),
            UserColumn::Groups => Some(i64::from(segment.index.groups(row))),
            UserColumn::CreatedAt => segment.index.created_at(row),
            UserColumn::ModifiedAt => segment.index.modified_at(row),
            UserColumn::Account => Some(i64::from(segment.name_rank)),
            UserColumn::DisplayName
            | UserColumn::UserName
            | UserColumn::Email
            | UserColumn::GivenName
            | UserColumn::FamilyName
            | UserColumn::Title
            | UserColumn::Department
            | UserColumn::Organization
            | UserColumn::EmployeeNumber
            | UserColumn::UserType
            | UserColumn::Phone
            | UserColumn::Locale
            | UserColumn::ExternalId => None,
        }
    }
}

impl Snapshot {
    /// Of these indexes, each with the place of its account's name.
    pub fn new(indexes: Vec<(Arc<AccountIndex>, u32)>) -> Self {
        Self { segments: Segments::new(indexes), searches: Mutex::default(), orders: Mutex::default() }
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
        self.segments.0.iter().map(|segment| segment.index.as_ref())
    }

    /// The indexes, each with the place of its account's name.
    pub fn ranked_indexes(&self) -> impl Iterator<Item = (u32, &AccountIndex)> {
        self.segments.0.iter().map(|segment| (segment.name_rank, segment.index.as_ref()))
    }

    /// How many users.
    pub fn len(&self) -> usize {
        self.indexes().map(AccountIndex::len).sum()
    }

    /// Number in the store and number of groups of the users that match, from `offset` on, and how many match in all.
    pub fn page(
        &self,
        words: &Words,
        filter: (UserStatusFilter, bool),
        sort: UserSort,
        offset: usize,
        limit: usize,
    ) -> (usize, Vec<(i64, u32)>) {
        let found = self.search(words);
        let order = self.order(sort);
        let rows = match filter {
            (UserStatusFilter::All, false) => order.window(&found.rows, found.count, offset, limit),
            (status, without_group) => {
                let rows = self.filtered(&found.rows, status, without_group);
                let total = rows.count();
                return (total, self.identify(&order.window(&rows, total, offset, limit)));
            }
        };
        (found.count, self.identify(&rows))
    }

    fn identify(&self, rows: &[u32]) -> Vec<(i64, u32)> {
        rows.iter().filter_map(|row| self.segments.id_and_groups(*row)).collect()
    }

    /// Rows with all words. The remembered search that asked for less and found least is where this one starts.
    fn search(&self, words: &Words) -> Arc<Found> {
        let start = {
            let searches = self.searches.lock().unwrap_or_else(PoisonError::into_inner);
            let wider = searches.iter().filter(|found| words.narrow(&found.words));
            wider.min_by_key(|found| found.count).map(Arc::clone)
        };
        let start = match start {
            Some(found) if found.words == *words => return found,
            Some(found) => found,
            None => Arc::new(self.everybody()),
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

    fn everybody(&self) -> Found {
        let mut rows = Bits::none(self.segments.span());
        for segment in &self.segments.0 {
            let all = Bits::all(segment.index.len());
            segment.part_mut(&mut rows).copy_from_slice(all.words());
        }
        Found { words: Words::default(), count: rows.count(), rows }
    }

    fn rows_with(&self, word: &str, within: Option<&Bits>) -> Bits {
        let mut rows = Bits::none(self.segments.span());
        for segment in &self.segments.0 {
            let needle = Needle::new(&segment.index, word.as_bytes());
            needle.mark(within.map(|rows| segment.part(rows)), segment.part_mut(&mut rows));
        }
        rows
    }

    fn filtered(&self, found: &Bits, status: UserStatusFilter, without_group: bool) -> Bits {
        let mut rows = found.clone();
        for segment in &self.segments.0 {
            let (suspended, grouped) = (segment.index.suspended().words(), segment.index.grouped().words());
            for ((word, suspended), grouped) in
                segment.part_mut(&mut rows).iter_mut().zip(suspended).zip(grouped)
            {
                *word &= match status {
                    UserStatusFilter::All => u64::MAX,
                    UserStatusFilter::Active => !suspended,
                    UserStatusFilter::Suspended => *suspended,
                };
                if without_group {
                    *word &= !grouped;
                }
            }
        }
        rows
    }

    fn order(&self, sort: UserSort) -> Arc<Order> {
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

impl Segment {
    fn part<'a>(&self, rows: &'a Bits) -> &'a [u64] {
        let first = self.first / BLOCK;
        rows.words().get(first..first + self.index.len().div_ceil(BLOCK)).unwrap_or(&[])
    }

    fn part_mut<'a>(&self, rows: &'a mut Bits) -> &'a mut [u64] {
        let first = self.first / BLOCK;
        rows.words_mut().get_mut(first..first + self.index.len().div_ceil(BLOCK)).unwrap_or_default()
    }
}
