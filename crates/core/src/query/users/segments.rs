//! The accounts' indexes side by side, their rows numbered on: "all accounts" is no index of its own.

use std::sync::Arc;

use super::bits::{BLOCK, Bits};
use super::index::AccountIndex;
use super::row_text::TextColumn;
use crate::api::UserColumn;

/// An account's index, its folded name, and the place of that name.
pub(super) type Ranked = (Arc<AccountIndex>, String, u32);

/// The accounts' indexes, one after the other; each begins at a row that begins a block.
#[derive(Debug)]
pub(super) struct Segments(Vec<Segment>);

/// One account's part of the rows.
#[derive(Debug)]
pub(super) struct Segment {
    pub index: Arc<AccountIndex>,
    /// The account's folded name.
    pub name: String,
    /// Place of the account's name among all.
    pub name_rank: u32,
    /// The number of its first row; it begins a block.
    pub first: usize,
}

impl Segments {
    /// Side by side, each with the place of its account's name.
    pub fn new(indexes: Vec<Ranked>) -> Self {
        let mut first = 0;
        let segments = indexes.into_iter().map(|(index, name, name_rank)| {
            let segment = Segment { first, name, name_rank, index };
            first += segment.index.len().next_multiple_of(BLOCK);
            segment
        });
        Self(segments.collect())
    }

    /// The accounts' parts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Segment> {
        self.0.iter()
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
            UserColumn::LastSignInAt => segment.index.last_sign_in_at(row),
            UserColumn::InvitedUntil => segment.index.invited_until(row),
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

impl Segment {
    pub fn part<'a>(&self, rows: &'a Bits) -> &'a [u64] {
        let first = self.first / BLOCK;
        rows.words().get(first..first + self.index.len().div_ceil(BLOCK)).unwrap_or(&[])
    }

    pub fn part_mut<'a>(&self, rows: &'a mut Bits) -> &'a mut [u64] {
        let first = self.first / BLOCK;
        rows.words_mut().get_mut(first..first + self.index.len().div_ceil(BLOCK)).unwrap_or_default()
    }
}
