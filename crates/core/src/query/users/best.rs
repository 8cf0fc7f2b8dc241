//! The few people that best fit a few letters.

use super::row_text::TextColumn;
use super::snapshot::{BY_NAME, Snapshot};
use super::words::Words;
use crate::query::palette::Fit;

impl Snapshot {
    /// Number in the store and number of groups of those who fit best; `looked_at` found people are looked at, in the order
    /// of names, besides those whose name begins with what was typed.
    pub(in crate::query) fn best(
        &self,
        words: &Words,
        typed: &str,
        fit: &Fit<'_>,
        limit: usize,
        looked_at: usize,
    ) -> Vec<(i64, u32)> {
        let found = self.search(words);
        let order = self.order(BY_NAME);
        let mut name = Vec::new();
        let mut rank_of = |row: u32| {
            let mut best = 3;
            for column in [TextColumn::DisplayName, TextColumn::Email, TextColumn::UserName] {
                self.segments().read(row, column, &mut name);
                best = best.min(fit.rank(&name));
            }
            best
        };
        let begins = order.rows().partition_point(|row| {
            let mut own = Vec::new();
            self.segments().read(*row, TextColumn::DisplayName, &mut own);
            own.as_slice() < typed.as_bytes()
        });
        let beginning = order.rows().iter().skip(begins).take(limit);
        let matching = order.rows().iter().filter(|row| found.rows.contains(**row as usize));
        let mut ranked: Vec<(u8, u32, u32)> = Vec::new();
        for row in beginning.filter(|row| found.rows.contains(**row as usize)).chain(matching.take(looked_at))
        {
            ranked.push((rank_of(*row), order.rank(*row), *row));
        }
        ranked.sort_unstable();
        ranked.dedup();
        ranked.truncate(limit);
        ranked.into_iter().filter_map(|(_, _, row)| self.segments().id_and_groups(row)).collect()
    }
}
