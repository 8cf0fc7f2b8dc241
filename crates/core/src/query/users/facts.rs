//! What only some filters ask for, of one account: read or made when first asked for, kept until the mirror changes. What
//! could grow without end (columns, paths) is kept in small numbers, the longest unused leaves first.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::column::ColumnText;
use super::custom_keys;
use super::details::Details;
use super::index::AccountIndex;
use super::relation::Holders;
use super::row_text::TextColumn;
use super::values::Values;
use crate::query::filter::Relation;
use crate::store::StoreError;

/// Columns kept as texts of their own: some forty bytes a row each.
const COLUMNS: usize = 4;
/// Paths kept: four bytes a row each, and the different values.
const PATHS: usize = 6;

/// Paths of custom data, and in how many of the looked-at users each occurs.
type CustomKeys = Vec<(String, u32)>;

/// The facts of one account.
#[derive(Debug, Default)]
pub(in crate::query) struct Facts {
    relations: Mutex<Vec<(Relation, Arc<Holders>)>>,
    details: Mutex<Vec<((), Arc<Details>)>>,
    columns: Mutex<Vec<(TextColumn, Arc<ColumnText>)>>,
    paths: Mutex<Vec<(String, Arc<Values>)>>,
    custom_keys: Mutex<Vec<((), Arc<CustomKeys>)>>,
}

/// The fact of this key, made when it is not there. The lock is held meanwhile, so that it is made once.
fn kept<K: PartialEq, T>(
    facts: &Mutex<Vec<(K, Arc<T>)>>,
    most: usize,
    key: K,
    make: impl FnOnce(&K) -> Result<T, StoreError>,
) -> Result<Arc<T>, StoreError> {
    let mut facts = facts.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(at) = facts.iter().position(|(known, _)| *known == key) {
        let fact = facts.remove(at);
        let found = Arc::clone(&fact.1);
        facts.push(fact);
        return Ok(found);
    }
    if facts.len() >= most {
        facts.remove(0);
    }
    let made = Arc::new(make(&key)?);
    facts.push((key, Arc::clone(&made)));
    Ok(made)
}

impl AccountIndex {
    /// Who has which of these.
    pub fn holders(&self, conn: &Connection, relation: Relation) -> Result<Arc<Holders>, StoreError> {
        kept(&self.facts.relations, usize::MAX, relation, |relation| {
            Holders::load(conn, self.account, self.ids(), *relation)
        })
    }

    /// Numbers known in depth.
    pub fn details(&self, conn: &Connection) -> Result<Arc<Details>, StoreError> {
        kept(&self.facts.details, 1, (), |()| Details::load(conn, self.account, self.ids()))
    }

    /// Paths that occur below `custom.` in a sample of the users, most frequent first.
    pub fn custom_keys(&self, conn: &Connection) -> Result<Arc<Vec<(String, u32)>>, StoreError> {
        kept(&self.facts.custom_keys, 1, (), |()| custom_keys::load(conn, self.ids()))
    }

    /// One column as a text of its own.
    pub(super) fn column(&self, column: TextColumn) -> Result<Arc<ColumnText>, StoreError> {
        kept(&self.facts.columns, COLUMNS, column, |column| Ok(ColumnText::build(self, *column)))
    }

    /// The values under a path, or the ids where it is empty.
    pub(super) fn values(&self, conn: &Connection, path: &str) -> Result<Arc<Values>, StoreError> {
        kept(&self.facts.paths, PATHS, path.to_owned(), |path| {
            Values::load(conn, self.account, self.ids(), path)
        })
    }

    /// Calls `take` for each row that has a value at `path`: see [`Values::each`]. Not at all where there are more than `most`
    /// different ones.
    pub fn each_value(
        &self,
        conn: &Connection,
        path: &str,
        most: usize,
        take: impl FnMut(usize, &str, &str),
    ) -> Result<(), StoreError> {
        let values = self.values(conn, path)?;
        if values.different() <= most {
            values.each(take);
        }
        Ok(())
    }
}
