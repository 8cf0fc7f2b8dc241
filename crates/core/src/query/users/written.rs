//! Values as written, for tests in which case and accents count. The index keeps only folded text, so the few rows that
//! can pass are read from the store.

use rusqlite::{CachedStatement, Connection, named_params};

use super::bits::{BLOCK, ones};
use super::index::AccountIndex;
use super::row_text::TextColumn;
use super::rows::ROW;
use crate::query::filter::{Match, Matcher};
use crate::store::{Context, StoreError};

const READING: &str = "reading users as written";

/// Reads columns of single users.
pub(super) struct Written<'conn> {
    statement: CachedStatement<'conn>,
    columns: Vec<usize>,
}

impl<'conn> Written<'conn> {
    pub fn new(conn: &'conn Connection, columns: &[TextColumn]) -> Result<Self, StoreError> {
        let statement = conn.prepare_cached(ROW).context(READING)?;
        let columns = columns.iter().map(|column| statement.column_index(column.stored()));
        let columns = columns.collect::<Result<_, _>>().context(READING)?;
        Ok(Self { statement, columns })
    }

    /// Marks the candidates with a value that passes.
    pub fn mark(
        mut self,
        index: &AccountIndex,
        asked: &Match,
        candidates: &[u64],
        found: &mut [u64],
    ) -> Result<(), StoreError> {
        let matcher = Matcher::new(asked);
        for (block, (found, candidates)) in found.iter_mut().zip(candidates).enumerate() {
            for bit in ones(*candidates) {
                let passes = self.passes(index.id(block * BLOCK + bit), &matcher)?;
                *found |= u64::from(passes) << bit;
            }
        }
        Ok(())
    }

    fn passes(&mut self, id: i64, matcher: &Matcher) -> Result<bool, StoreError> {
        let mut rows = self.statement.query(named_params! { ":id": id }).context(READING)?;
        let Some(row) = rows.next().context(READING)? else { return Ok(false) };
        for column in &self.columns {
            let value = row.get_ref(*column).context(READING)?.as_bytes_or_null().unwrap_or_default();
            if value.is_some_and(|value| !value.is_empty() && matcher.matches(value)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
