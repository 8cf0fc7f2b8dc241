//! Orders of users as lists of (creation, number), kept in memory (16 bytes a user), so that page 10,000 costs what page
//! 1 costs. The order over everybody is kept up to date; those of searches, roles and organisations are kept until
//! something changes.
//!
//! Lists ascend, so that a newcomer is added at the end; pages are read from the end, newest first.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use rusqlite::Connection;

use crate::rng::Rng;
use crate::store::Db;

/// One order: creation and number, ascending.
#[derive(Clone, Debug, Default)]
pub struct Rows(pub Vec<(i64, i64)>);

/// A walk by a few connections goes over a few lists at once.
const KEPT: usize = 8;

/// Orders kept in memory.
#[derive(Default)]
pub struct Orders {
    everybody: BTreeMap<i64, Arc<Rows>>,
    derived: VecDeque<(u64, (i64, String), Arc<Rows>)>,
    revision: u64,
}

impl Orders {
    /// A user was added.
    pub fn pushed(&mut self, tenant: i64, created: i64, seq: i64) {
        if let Some(rows) = self.everybody.get_mut(&tenant) {
            let list = &mut Arc::make_mut(rows).0;
            let place = list.partition_point(|row| *row < (created, seq));
            list.insert(place, (created, seq));
        }
        self.changed();
    }

    /// A user is gone.
    pub fn removed(&mut self, tenant: i64, created: i64, seq: i64) {
        if let Some(rows) = self.everybody.get_mut(&tenant)
            && let Ok(place) = rows.0.binary_search(&(created, seq))
        {
            Arc::make_mut(rows).0.remove(place);
        }
        self.changed();
    }

    /// What a search or the holders of a role are may have changed.
    pub const fn changed(&mut self) {
        self.revision += 1;
    }

    /// Counts changes.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Many users of `tenant` changed.
    pub fn forget(&mut self, tenant: i64) {
        self.everybody.remove(&tenant);
        self.changed();
    }
}

impl Rows {
    /// The numbers of `count` rows from place `from` on, newest first. With `ties`, rows created in the same millisecond
    /// come in another order at every call, as from a database that is not told how to break ties.
    pub fn window(&self, from: usize, count: usize, mut ties: Option<&mut Rng>) -> Vec<i64> {
        let mut seqs = Vec::with_capacity(count.min(self.0.len()));
        let mut end = self.0.len().saturating_sub(from);
        let mut left = count.min(end);
        while left > 0 {
            let (group, first) = self.tie(end, ties.as_deref_mut());
            // Of this group, what comes after the rows that earlier places have taken.
            let skipped = (first + group.len()).saturating_sub(end);
            let part: Vec<i64> = group.into_iter().skip(skipped).take(left).collect();
            left -= part.len();
            end -= part.len();
            seqs.extend(part);
        }
        seqs
    }

    /// The rows that tie with the one before place `end`, in the order of this call, and where they begin.
    fn tie(&self, end: usize, ties: Option<&mut Rng>) -> (Vec<i64>, usize) {
        let created = end.checked_sub(1).and_then(|last| self.0.get(last)).map_or(0, |row| row.0);
        let first = self.0.partition_point(|row| row.0 < created);
        let after = self.0.partition_point(|row| row.0 <= created);
        let mut group: Vec<i64> =
            self.0.get(first..after).unwrap_or_default().iter().rev().map(|row| row.1).collect();
        if let (Some(rng), true) = (ties, group.len() > 1) {
            rng.shuffle(&mut group);
        }
        (group, first)
    }
}

/// Everybody.
pub fn all_users(db: &mut Db, tenant: i64) -> rusqlite::Result<Arc<Rows>> {
    if let Some(rows) = db.logto.everybody.get(&tenant) {
        return Ok(Arc::clone(rows));
    }
    let mut select = db.conn.prepare_cached("SELECT created, seq FROM logto_users WHERE tenant_id = ?1")?;
    let mut list = select
        .query_map([tenant], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(i64, i64)>, _>>()?;
    drop(select);
    list.sort_unstable();
    let rows = Arc::new(Rows(list));
    db.logto.everybody.insert(tenant, Arc::clone(&rows));
    Ok(rows)
}

/// The order named `key`, computed when it is not kept from before.
pub fn users_listed<E>(
    db: &mut Db,
    tenant: i64,
    key: &str,
    compute: impl FnOnce(&Connection) -> Result<Rows, E>,
) -> Result<Arc<Rows>, E> {
    let revision = db.logto.revision;
    db.logto.derived.retain(|kept| kept.0 == revision);
    let found = db.logto.derived.iter().find(|kept| kept.1.0 == tenant && kept.1.1 == key);
    if let Some(kept) = found {
        return Ok(Arc::clone(&kept.2));
    }
    let rows = Arc::new(compute(&db.conn)?);
    db.logto.derived.push_back((revision, (tenant, key.to_owned()), Arc::clone(&rows)));
    if db.logto.derived.len() > KEPT {
        db.logto.derived.pop_front();
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(rows: &Rows, from: usize, count: usize, ties: Option<&mut Rng>) -> Vec<i64> {
        rows.window(from, count, ties)
    }

    #[test]
    fn distinct_creations_come_newest_first_on_every_page() {
        let rows = Rows((1..=10).map(|n| (n * 100, n)).collect());
        let mut rng = Rng::new(1);
        assert_eq!(numbers(&rows, 0, 4, Some(&mut rng)), [10, 9, 8, 7]);
        assert_eq!(numbers(&rows, 8, 4, Some(&mut rng)), [2, 1]);
        assert!(numbers(&rows, 10, 4, Some(&mut rng)).is_empty());
        assert!(numbers(&rows, usize::MAX, 4, Some(&mut rng)).is_empty());
    }

    #[test]
    fn ties_are_shuffled_and_stay_in_their_place() {
        let rows = Rows((0..40).map(|n| (n / 10, n)).collect());
        let mut rng = Rng::new(2);
        let mut page = numbers(&rows, 10, 10, Some(&mut rng));
        assert_ne!(page, (20..30).rev().collect::<Vec<_>>());
        page.sort_unstable();
        assert_eq!(page, (20..30).collect::<Vec<_>>());
        assert_eq!(numbers(&rows, 5, 10, None), [34, 33, 32, 31, 30, 29, 28, 27, 26, 25]);
        assert_eq!(numbers(&rows, 5, 10, Some(&mut rng)).len(), 10);
    }

    #[test]
    fn a_walk_over_shuffled_ties_has_every_row_but_not_every_user() {
        let rows = Rows((0..1_000).map(|n| (n / 500, n)).collect());
        let mut rng = Rng::new(3);
        let walk: Vec<i64> =
            (0..10).flat_map(|page| numbers(&rows, page * 100, 100, Some(&mut rng))).collect();
        assert_eq!(walk.len(), 1_000);
        let unique: std::collections::BTreeSet<i64> = walk.into_iter().collect();
        assert!(unique.len() < 800, "{}", unique.len());
    }
}
