//! The order of all rows by one column, made when first asked for.
//!
//! A page is then a walk along the order (many rows match) or a sort by rank (few match): neither reads a text.

use std::cmp::Ordering;

use super::bits::Bits;
use super::row_text::TextColumn;
use super::segments::Segments;
use crate::api::{UserColumn, UserSort};

/// All rows by one column; rows without a value last in both directions, ties by display name, then id.
#[derive(Debug)]
pub(super) struct Order {
    /// Rows, first to last.
    rows: Vec<u32>,
    /// Place of each row.
    ranks: Vec<u32>,
}

/// One row to be sorted: the first 16 bytes of the text, or the number.
struct Keyed {
    key: u128,
    row: u32,
}

/// Steps along the order that cost as much as looking up the place of one match.
const STEPS_A_MATCH: usize = 4;

/// Sorts after everything, whatever the direction.
const LAST: u128 = u128::MAX;

impl Order {
    /// Sorts. `by_name` is the order by display name, which decides ties; `None` makes that one.
    pub fn build(segments: &Segments, sort: UserSort, by_name: Option<&Self>) -> Self {
        let column = text_column(sort.column);
        let mut scratch = Vec::new();
        let mut keyed: Vec<Keyed> =
            segments.rows().map(|row| Keyed { key: key(segments, sort, row, &mut scratch), row }).collect();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        keyed.sort_unstable_by(|a, b| {
            let by_key = a.key.cmp(&b.key);
            // Only texts that fill the key can differ behind it.
            let by_text = || match column {
                Some(column) if a.key != LAST && fills_key(a.key, sort.descending) => {
                    segments.read(a.row, column, &mut left);
                    segments.read(b.row, column, &mut right);
                    directed(left.cmp(&right), sort.descending)
                }
                _ => Ordering::Equal,
            };
            let by_tie = || match by_name {
                Some(order) => order.rank(a.row).cmp(&order.rank(b.row)),
                None => segments.id(a.row).cmp(&segments.id(b.row)),
            };
            by_key.then_with(by_text).then_with(by_tie)
        });
        let mut order =
            Self { rows: Vec::with_capacity(keyed.len()), ranks: vec![u32::MAX; segments.span()] };
        for (rank, Keyed { row, .. }) in (0..).zip(keyed) {
            order.rows.push(row);
            if let Some(slot) = order.ranks.get_mut(row as usize) {
                *slot = rank;
            }
        }
        order
    }

    /// Rows, first to last.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Place of a row.
    pub fn rank(&self, row: u32) -> u32 {
        self.ranks.get(row as usize).copied().unwrap_or(u32::MAX)
    }

    /// The rows of `matches`, of which there are `total`, from `offset` on.
    pub fn window(&self, matches: &Bits, total: usize, offset: usize, limit: usize) -> Vec<u32> {
        let end = offset.saturating_add(limit).min(total);
        let wanted = end.saturating_sub(offset);
        if wanted == 0 {
            return Vec::new();
        }
        // Where matches are many and spread they come soon. Where they are few, or stand together far behind, the walk is
        // given up before it has cost as much as looking at each.
        let steps = self.rows.len().min(total.saturating_mul(STEPS_A_MATCH));
        let walk = self.rows.get(..steps).unwrap_or(&self.rows);
        if end.saturating_mul(self.rows.len()) <= total.saturating_mul(steps) || steps == self.rows.len() {
            let matching = walk.iter().copied().filter(|row| matches.contains(*row as usize));
            let window: Vec<u32> = matching.skip(offset).take(wanted).collect();
            if window.len() == wanted {
                return window;
            }
        }
        let mut ranks: Vec<u32> = Vec::with_capacity(total);
        ranks.extend(matches.iter().filter_map(|row| self.ranks.get(row).copied()));
        // Only what is shown is sorted.
        if end < ranks.len() {
            ranks.select_nth_unstable(end);
            ranks.truncate(end);
        }
        if offset > 0 && offset < ranks.len() {
            ranks.select_nth_unstable(offset);
        }
        let mut ranks = ranks.split_off(offset.min(ranks.len()));
        ranks.sort_unstable();
        ranks.into_iter().filter_map(|rank| self.rows.get(rank as usize).copied()).collect()
    }
}

fn directed(ordering: Ordering, descending: bool) -> Ordering {
    if descending { ordering.reverse() } else { ordering }
}

/// Whether the text behind a key may go on: no byte of a text is zero.
const fn fills_key(key: u128, descending: bool) -> bool {
    let key = if descending { !key } else { key };
    key & 0xff != 0
}

fn key(segments: &Segments, sort: UserSort, row: u32, scratch: &mut Vec<u8>) -> u128 {
    let key = match text_column(sort.column) {
        Some(column) => {
            segments.read(row, column, scratch);
            (!scratch.is_empty()).then(|| prefix(scratch))
        }
        None => segments
            .number(row, sort.column)
            .map(|number| (i128::from(number) - i128::from(i64::MIN)).unsigned_abs()),
    };
    match key {
        None => LAST,
        Some(key) if sort.descending => !key,
        Some(key) => key,
    }
}

fn prefix(text: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(text) {
        *to = *from;
    }
    u128::from_be_bytes(bytes)
}

const fn text_column(column: UserColumn) -> Option<TextColumn> {
    Some(match column {
        UserColumn::DisplayName => TextColumn::DisplayName,
        UserColumn::UserName => TextColumn::UserName,
        UserColumn::Email => TextColumn::Email,
        UserColumn::GivenName => TextColumn::GivenName,
        UserColumn::FamilyName => TextColumn::FamilyName,
        UserColumn::Title => TextColumn::Title,
        UserColumn::Department => TextColumn::Department,
        UserColumn::Organization => TextColumn::Organization,
        UserColumn::EmployeeNumber => TextColumn::EmployeeNumber,
        UserColumn::UserType => TextColumn::UserType,
        UserColumn::Phone => TextColumn::Phone,
        UserColumn::Locale => TextColumn::Locale,
        UserColumn::ExternalId => TextColumn::ExternalId,
        UserColumn::Status
        | UserColumn::Groups
        | UserColumn::CreatedAt
        | UserColumn::ModifiedAt
        | UserColumn::LastSignInAt
        | UserColumn::InvitedUntil
        | UserColumn::Account => return None,
    })
}

#[cfg(test)]
mod tests;
