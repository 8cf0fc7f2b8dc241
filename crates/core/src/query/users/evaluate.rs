//! A filter on a snapshot: words by the remembered searches, everything else by sets of rows, one a condition, remembered
//! too. Typing one more letter costs one more condition, begun from the rows of the shorter one.

use std::sync::{Arc, PoisonError};

use rusqlite::Connection;

use super::bits::Bits;
use super::condition::Account;
use super::snapshot::{Found, Snapshot};
use super::words::Words;
use crate::query::filter::{Condition, Filter, Match, Node, Test};
use crate::store::StoreError;

/// Sets remembered: one bit a row each.
const REMEMBERED: usize = 48;

/// The sets of rows of single conditions, newest last.
pub(super) type Remembered = Vec<(Condition, Arc<Bits>)>;

impl Snapshot {
    /// The rows that a filter asks for.
    pub(in crate::query) fn find(
        &self,
        conn: &Connection,
        filter: &Filter,
    ) -> Result<Arc<Found>, StoreError> {
        self.find_parts(conn, filter.parts.iter().map(|part| &part.node))
    }

    /// The rows that all of these ask for.
    pub(in crate::query) fn find_parts<'f>(
        &self,
        conn: &Connection,
        parts: impl Iterator<Item = &'f Node>,
    ) -> Result<Arc<Found>, StoreError> {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        parts.for_each(|part| split(part, &mut words, &mut others));
        let found = self.search(&Words::of(words));
        if others.is_empty() {
            return Ok(found);
        }
        let mut rows = found.rows.clone();
        for part in others {
            rows.keep(&*self.rows_of(conn, part)?);
        }
        Ok(Arc::new(Found::new(rows)))
    }

    fn rows_of(&self, conn: &Connection, node: &Node) -> Result<Arc<Bits>, StoreError> {
        let mut rows;
        match node {
            Node::Is(condition) => return self.meeting(conn, condition),
            Node::Not(inner) => {
                rows = self.all_rows().clone();
                rows.remove(&*self.rows_of(conn, inner)?);
            }
            Node::And(parts) => {
                rows = self.all_rows().clone();
                for part in parts {
                    rows.keep(&*self.rows_of(conn, part)?);
                }
            }
            Node::Or(parts) => {
                rows = Bits::none(self.segments().span());
                for part in parts {
                    rows.add(&*self.rows_of(conn, part)?);
                }
            }
        }
        Ok(Arc::new(rows))
    }

    /// The rows that meet a condition.
    fn meeting(&self, conn: &Connection, condition: &Condition) -> Result<Arc<Bits>, StoreError> {
        let wider = {
            let mut known = self.conditions().lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = known.iter().position(|(known, _)| known == condition) {
                let entry = known.remove(at);
                let rows = Arc::clone(&entry.1);
                known.push(entry);
                return Ok(rows);
            }
            let wider = known.iter().filter(|(known, _)| narrows(condition, known));
            wider.max_by_key(|(known, _)| letters(known)).map(|(_, rows)| Arc::clone(rows))
        };
        let mut rows = Bits::none(self.segments().span());
        for segment in self.segments().iter() {
            let account = Account { index: &segment.index, conn, name: &segment.name };
            let within = wider.as_deref().map(|rows| segment.part(rows));
            account.mark(condition, within, segment.part_mut(&mut rows))?;
        }
        let rows = Arc::new(rows);
        let mut known = self.conditions().lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.remove(0);
        }
        known.push((condition.clone(), Arc::clone(&rows)));
        Ok(rows)
    }
}

/// Free words that must all occur, and everything else.
fn split<'f>(node: &'f Node, words: &mut Vec<String>, others: &mut Vec<&'f Node>) {
    match node {
        Node::And(parts) => parts.iter().for_each(|part| split(part, words, others)),
        Node::Is(Condition::Anywhere(Match { test: Test::Contains(word), written: false })) => {
            words.push(word.clone());
        }
        Node::Is(_) | Node::Or(_) | Node::Not(_) => others.push(node),
    }
}

/// Whether whatever meets `condition` meets `wider` too: the same column, with fewer letters.
fn narrows(condition: &Condition, wider: &Condition) -> bool {
    let within = |new: &Match, old: &Match| match (&new.test, &old.test) {
        (Test::Contains(new_word) | Test::Exact(new_word), Test::Contains(old_word)) => {
            new.written == old.written && new_word.contains(old_word.as_str())
        }
        _ => false,
    };
    match (condition, wider) {
        (Condition::Text(column, new), Condition::Text(other, old)) => column == other && within(new, old),
        (Condition::Anywhere(new), Condition::Anywhere(old)) => within(new, old),
        _ => false,
    }
}

fn letters(condition: &Condition) -> usize {
    if let Condition::Text(_, asked) | Condition::Anywhere(asked) = condition
        && let Test::Contains(word) = &asked.test
    {
        return word.len();
    }
    0
}
