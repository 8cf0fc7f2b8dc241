//! How many users have which value of a field: what facets and completions are made of.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, named_params};

use super::filter::{Field, Filter, Relation, TextField};
use super::users::{Found, Snapshot};
use crate::store::{Context, StoreError};

/// A value and how many have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tallied {
    pub label: String,
    pub count: usize,
}

/// Values of a field among found users, those of most users first.
pub(super) fn tally(
    conn: &Connection,
    snapshot: &Snapshot,
    found: &Found,
    field: &Field,
    wanted: impl Fn(&str) -> bool,
    most: usize,
) -> Result<(Vec<Tallied>, usize), StoreError> {
    let counted = match field {
        Field::Named(relation) => named(conn, snapshot, found, *relation)?,
        Field::Organization => {
            let mut counted = named(conn, snapshot, found, Relation::Organization)?;
            if counted.is_empty() {
                counted = shared(snapshot, found, TextField::Organization);
            }
            counted
        }
        Field::Text(column) => shared(snapshot, found, *column),
        Field::Account => accounts(conn, snapshot, found)?,
        Field::Raw(path) => of_records(conn, snapshot, found, path)?,
        Field::Any
        | Field::Status
        | Field::Time(_)
        | Field::Count(_)
        | Field::Factors
        | Field::Invitation
        | Field::Id
        | Field::Has => return Ok((Vec::new(), 0)),
    };
    let mut counted: Vec<_> =
        counted.into_iter().filter(|(folded, value)| value.count > 0 && wanted(folded)).collect();
    counted.sort_by(|(a, left), (b, right)| right.count.cmp(&left.count).then_with(|| a.cmp(b)));
    let others = counted.len().saturating_sub(most);
    counted.truncate(most);
    let values = counted.into_iter().map(|(folded, value)| {
        let label = value.label.read(conn, field)?.filter(|label| !label.is_empty()).unwrap_or(folded);
        Ok(Tallied { label, count: value.count })
    });
    Ok((values.collect::<Result<_, StoreError>>()?, others))
}

/// How one user's record writes a column.
pub(super) fn label_statement(column: TextField) -> String {
    format!("SELECT {} FROM users WHERE id = :id", column.stored())
}

struct Counted {
    count: usize,
    label: Label,
}

/// How a value is written.
enum Label {
    Known(String),
    /// As this user has it.
    OfUser(i64),
}

type Counts = BTreeMap<String, Counted>;

impl Label {
    fn read(&self, conn: &Connection, field: &Field) -> Result<Option<String>, StoreError> {
        let column = if let Field::Text(column) = field { *column } else { TextField::Organization };
        match self {
            Self::Known(label) => Ok(Some(label.clone())),
            Self::OfUser(id) => {
                let sql = label_statement(column);
                let mut statement = conn.prepare_cached(&sql).context("reading a value")?;
                let value = statement.query_row(named_params! { ":id": id }, |row| row.get(0)).optional();
                Ok(value.context("reading a value")?.flatten())
            }
        }
    }
}

fn named(
    conn: &Connection,
    snapshot: &Snapshot,
    found: &Found,
    relation: Relation,
) -> Result<Counts, StoreError> {
    let mut counts = Counts::new();
    let everybody = found.count == snapshot.len();
    for (first, index) in snapshot.placed_indexes() {
        let holders = index.holders(conn, relation)?;
        for (target, rows) in holders.iter() {
            let count = if everybody {
                rows.len()
            } else {
                rows.iter().filter(|row| found.rows.contains(first + **row as usize)).count()
            };
            let label = || Counted { count: 0, label: Label::Known(target.name.to_string()) };
            counts.entry(target.folded.to_string()).or_insert_with(label).count += count;
        }
    }
    Ok(counts)
}

fn shared(snapshot: &Snapshot, found: &Found, column: TextField) -> Counts {
    let mut counts = Counts::new();
    for (value, count, example) in snapshot.shared_values(found, column) {
        let value = String::from_utf8_lossy(&value).into_owned();
        counts.entry(value).or_insert(Counted { count: 0, label: Label::OfUser(example) }).count += count;
    }
    counts
}

fn accounts(conn: &Connection, snapshot: &Snapshot, found: &Found) -> Result<Counts, StoreError> {
    let mut counts = Counts::new();
    for (first, index) in snapshot.placed_indexes() {
        let Some(account) = crate::store::accounts::find(conn, index.account)? else { continue };
        let count = (first..first + index.len()).filter(|row| found.rows.contains(*row)).count();
        let folded = crate::model::fold(&account.name);
        let label = Counted { count: 0, label: Label::Known(account.name) };
        counts.entry(folded).or_insert(label).count += count;
    }
    Ok(counts)
}

/// Values at a path of the records; nothing where nearly everybody has one of their own: those are no choice.
fn of_records(
    conn: &Connection,
    snapshot: &Snapshot,
    found: &Found,
    path: &str,
) -> Result<Counts, StoreError> {
    /// More than this is no list to choose from, and would be counted anew at every letter.
    const DIFFERENT: usize = 10_000;
    let mut counts = Counts::new();
    for (first, index) in snapshot.placed_indexes() {
        index.each_value(conn, path, DIFFERENT, |row, text, folded| {
            if found.rows.contains(first + row) {
                let label = || Counted { count: 0, label: Label::Known(text.to_owned()) };
                counts.entry(folded.to_owned()).or_insert_with(label).count += 1;
            }
        })?;
    }
    Ok(counts)
}

/// Found users that meet one more condition, given as a filter.
pub(super) fn also(
    conn: &Connection,
    snapshot: &Snapshot,
    found: &Found,
    filter: &Filter,
) -> Result<usize, StoreError> {
    let mut rows = found.rows.clone();
    rows.keep(&snapshot.find(conn, filter)?.rows);
    Ok(rows.count())
}
