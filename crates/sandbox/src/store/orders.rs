//! Orders of rows as lists of `seq`, kept in memory (8 bytes a row), so that page 2,000 costs what page 1 costs:
//! an `OFFSET` would read everything before it.
//!
//! The service's own order is kept up to date with each change; sorted and filtered orders are computed when asked for
//! and kept until something changes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use rusqlite::{Connection, params_from_iter, types::Value as SqlValue};
use serde_json::{Map, Value};

use super::{Db, Kind};
use crate::ScimError;
use crate::filter::{Column, Filter, Path, SortKey};

const KEPT: usize = 8;

/// In which order rows come.
#[derive(Clone, Debug, PartialEq)]
pub enum OrderBy {
    /// By place.
    Natural,
    /// By the (random) id.
    Id,
    /// `sortBy` and whether it descends.
    Attribute(Path, bool),
}

/// Which rows of a tenant are asked for, and in which order.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// Number of the tenant.
    pub tenant: i64,
    /// One kind, or both.
    pub kind: Option<Kind>,
    /// Only rows that match.
    pub filter: Option<Filter>,
    /// The order.
    pub order: OrderBy,
}

/// Orders kept in memory.
#[derive(Default)]
pub struct Orders {
    natural: BTreeMap<(i64, Option<Kind>), Arc<Vec<i64>>>,
    derived: VecDeque<(u64, Listing, Arc<Vec<i64>>)>,
    revision: u64,
}

impl Orders {
    /// A row was added at the end.
    pub fn pushed(&mut self, tenant: i64, kind: Kind, seq: i64) {
        for key in [Some(kind), None] {
            if let Some(rows) = self.natural.get_mut(&(tenant, key)) {
                Arc::make_mut(rows).push(seq);
            }
        }
        self.changed();
    }

    /// A row is gone.
    pub fn removed(&mut self, tenant: i64, kind: Kind, seq: i64) {
        for key in [Some(kind), None] {
            if let Some(rows) = self.natural.get_mut(&(tenant, key))
                && let Ok(place) = rows.binary_search(&seq)
            {
                Arc::make_mut(rows).remove(place);
            }
        }
        self.changed();
    }

    /// The content of a row changed.
    pub const fn changed(&mut self) {
        self.revision += 1;
    }

    /// Many rows of `tenant` changed.
    pub fn forget(&mut self, tenant: i64) {
        self.natural.retain(|key, _| key.0 != tenant);
        self.changed();
    }
}

impl Listing {
    /// All rows in order.
    pub fn all(&self, db: &mut Db) -> Result<Arc<Vec<i64>>, ScimError> {
        if self.filter.is_none() && self.order == OrderBy::Natural {
            return natural(db, self.tenant, self.kind);
        }
        let revision = db.orders.revision;
        db.orders.derived.retain(|kept| kept.0 == revision);
        if let Some(kept) = db.orders.derived.iter().find(|kept| kept.1 == *self) {
            return Ok(Arc::clone(&kept.2));
        }
        let rows = Arc::new(self.compute(&db.conn)?);
        db.orders.derived.push_back((revision, self.clone(), Arc::clone(&rows)));
        if db.orders.derived.len() > KEPT {
            db.orders.derived.pop_front();
        }
        Ok(rows)
    }

    /// How many rows there are, and `count` of them from place `from` on.
    ///
    /// The first rows of an order that an index has ("the newest change") are read without computing the rest.
    pub fn window(&self, db: &mut Db, from: usize, count: usize) -> Result<(usize, Vec<i64>), ScimError> {
        if self.filter.is_none()
            && self.order != OrderBy::Natural
            && from + count <= 100
            && let Some(order) = self.sql_order()
        {
            let sql = format!("{} ORDER BY {order} LIMIT {count} OFFSET {from}", self.select("seq", &[]));
            let rows = read_seqs(&db.conn, &sql, self.arguments(&[]))?;
            return Ok((natural(db, self.tenant, self.kind)?.len(), rows));
        }
        let rows = self.all(db)?;
        Ok((rows.len(), rows.iter().skip(from).take(count).copied().collect()))
    }

    fn compute(&self, conn: &Connection) -> Result<Vec<i64>, ScimError> {
        let narrow = self.filter.as_ref().map(|filter| filter.narrowing(self.kind)).unwrap_or_default();
        let order = self.sql_order();
        if let (None, Some(order)) = (&self.filter, order) {
            let sql = format!("{} ORDER BY {order}", self.select("seq", &narrow));
            return read_seqs(conn, &sql, self.arguments(&narrow));
        }
        let sql = format!("{} ORDER BY {}", self.select("seq, json", &narrow), order.unwrap_or("seq"));
        let mut keyed = Vec::new();
        let mut statement = conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(self.arguments(&narrow)))?;
        while let Some(row) = rows.next()? {
            let record: Map<String, Value> =
                serde_json::from_str(row.get_ref("json")?.as_str().map_err(|error| {
                    ScimError::status(500, format!("BUG: a record is not text: {error}"))
                })?)?;
            if self.filter.as_ref().is_none_or(|filter| filter.matches(&record)) {
                keyed.push((self.sort_key(&record), row.get::<_, i64>("seq")?));
            }
        }
        if order.is_none() {
            keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
            if matches!(self.order, OrderBy::Attribute(_, true)) {
                keyed.reverse();
            }
        }
        Ok(keyed.into_iter().map(|(_, seq)| seq).collect())
    }

    fn sort_key(&self, record: &Map<String, Value>) -> SortKey {
        match &self.order {
            OrderBy::Attribute(path, _) => path.sort_key(record),
            OrderBy::Natural | OrderBy::Id => SortKey::Missing,
        }
    }

    /// The order as SQL over indexed columns, where there is one.
    fn sql_order(&self) -> Option<&'static str> {
        match &self.order {
            OrderBy::Natural => Some("seq"),
            OrderBy::Id => Some("id"),
            OrderBy::Attribute(path, descending) => match (path.column(self.kind), descending) {
                (Some(Column::Id), false) => Some("id"),
                (Some(Column::Id), true) => Some("id DESC"),
                (Some(Column::Name), false) => Some("name_key, seq"),
                (Some(Column::Name), true) => Some("name_key DESC, seq DESC"),
                (Some(Column::Modified), false) => Some("modified, seq"),
                (Some(Column::Modified), true) => Some("modified DESC, seq DESC"),
                (None, _) => None,
            },
        }
    }

    fn select(&self, columns: &str, narrow: &[(String, SqlValue)]) -> String {
        let mut sql = format!("SELECT {columns} FROM resources WHERE tenant_id = ?1 ");
        // A kind by itself uses the index; both kinds are rare and may read the table.
        sql.push_str(if self.kind.is_some() { "AND kind = ?2" } else { "AND kind <> ?2" });
        for (place, (condition, _)) in narrow.iter().enumerate() {
            sql.push_str(&format!(" AND {condition} ?{}", place + 3));
        }
        sql
    }

    fn arguments(&self, narrow: &[(String, SqlValue)]) -> Vec<SqlValue> {
        let kind = match self.kind {
            Some(Kind::User) => 1,
            Some(Kind::Group) => 2,
            None => 0,
        };
        let fixed = [SqlValue::Integer(self.tenant), SqlValue::Integer(kind)];
        fixed.into_iter().chain(narrow.iter().map(|(_, value)| value.clone())).collect()
    }
}

fn natural(db: &mut Db, tenant: i64, kind: Option<Kind>) -> Result<Arc<Vec<i64>>, ScimError> {
    if let Some(rows) = db.orders.natural.get(&(tenant, kind)) {
        return Ok(Arc::clone(rows));
    }
    let listing = Listing { tenant, kind, filter: None, order: OrderBy::Natural };
    let mut rows = read_seqs(&db.conn, &listing.select("seq", &[]), listing.arguments(&[]))?;
    rows.sort_unstable();
    let rows = Arc::new(rows);
    db.orders.natural.insert((tenant, kind), Arc::clone(&rows));
    Ok(rows)
}

fn read_seqs(conn: &Connection, sql: &str, arguments: Vec<SqlValue>) -> Result<Vec<i64>, ScimError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params_from_iter(arguments), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
