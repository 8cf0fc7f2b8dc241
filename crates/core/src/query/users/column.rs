//! One column of text as a text of its own, so that `email:a` is found as quickly as `a`: the same cells, lists of frequent
//! letters and shared domains, for one column instead of thirteen. Made when first asked for.

use super::grams::Grams;
use super::index::AccountIndex;
use super::row_build::RowTextBuilder;
use super::row_text::{END, RowText, TextColumn};

/// One column of one account.
#[derive(Debug)]
pub(super) struct ColumnText {
    text: RowText,
    grams: Grams,
}

impl ColumnText {
    /// Copies the column out of the index.
    pub fn build(index: &AccountIndex, column: TextColumn) -> Self {
        let before = TextColumn::ALL.iter().take_while(|other| **other != column).count();
        let mut builder = RowTextBuilder::default();
        let mut stored = Vec::new();
        for row in 0..index.len() {
            stored.clear();
            stored.resize(before, END);
            index.text().read(row, column, &mut stored);
            // It is a part of what fitted before.
            let _fits = builder.push(&stored);
        }
        let text = builder.build();
        Self { grams: Grams::build(&text), text }
    }

    /// The text with its lists, for looking for words.
    pub const fn searched(&self) -> (&RowText, &Grams) {
        (&self.text, &self.grams)
    }
}
