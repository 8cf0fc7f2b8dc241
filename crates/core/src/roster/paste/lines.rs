//! A page that puts each cell on a line of its own: an address makes a row, with the name before it and role, state and date
//! behind it. Pure.

use jiff::tz::TimeZone;

use super::super::rules;
use super::labels::{self, plain};
use super::{Row, Table, address_in, dates};
use crate::api::{RosterColumn, RosterList};

/// The columns of such a table.
pub const COLUMNS: [RosterColumn; 5] =
    [RosterColumn::Name, RosterColumn::Email, RosterColumn::Role, RosterColumn::Status, RosterColumn::Date];

/// What one line is.
#[derive(Clone, Copy)]
enum Line<'t> {
    Address { before: &'t str, address: &'t str, after: &'t str },
    Role(&'t str),
    Status(&'t str),
    Date(&'t str),
    Filling,
    Words(&'t str),
}

/// Reads `text`; `role_names`: what the organisation calls its roles, as [`plain`] has them.
pub fn read(text: &str, role_names: &[String]) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    let (mut stated, mut invitations) = (None, 0_usize);
    // Words since the last row: the newest of them is the next one's name.
    let mut words: Option<&str> = None;
    for (line, number) in text.lines().zip(1_u32..) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let Some(total) = labels::stated(line) {
            stated = Some(total.number());
            words = None;
            continue;
        }
        let last = rows.last_mut();
        match what(line, role_names) {
            Line::Address { before, address, after } => {
                let name = if before.is_empty() { words.take().unwrap_or_default() } else { before };
                let mut row = Row { line: number, cells: vec![String::new(); COLUMNS.len()] };
                put(&mut row, 0, name);
                put(&mut row, 1, address);
                // What stands behind it on the same line is read as lines of their own would be.
                for part in after.split(['\t', '|', '·', ';']).map(str::trim).filter(|part| !part.is_empty())
                {
                    keep(&mut row, what(part, role_names));
                }
                rows.push(row);
                words = None;
            }
            Line::Words(text) => words = Some(text),
            Line::Filling => {}
            found @ (Line::Role(_) | Line::Status(_) | Line::Date(_)) => {
                if let Some(row) = last {
                    keep(row, found);
                }
                words = None;
            }
        }
    }
    for row in &rows {
        invitations += usize::from(row.cells.get(3).is_some_and(|status| !status.is_empty()));
    }
    let list = if invitations * 2 > rows.len() { RosterList::Invitations } else { RosterList::Members };
    Table {
        list,
        separator: None,
        headings: vec![String::new(); COLUMNS.len()],
        columns: COLUMNS.to_vec(),
        rows,
        stated,
    }
}

fn keep(row: &mut Row, found: Line<'_>) {
    match found {
        Line::Role(text) => put(row, 2, text),
        Line::Status(text) => put(row, 3, text),
        Line::Date(text) => put(row, 4, text),
        Line::Address { .. } | Line::Filling | Line::Words(_) => {}
    }
}

/// The first of several says it.
fn put(row: &mut Row, column: usize, text: &str) {
    if let Some(cell) = row.cells.get_mut(column).filter(|cell| cell.is_empty()) {
        text.clone_into(cell);
    }
}

fn what<'t>(line: &'t str, role_names: &[String]) -> Line<'t> {
    if let Some(address) = address_in(line)
        && let Some((before, after)) = line.split_once(address)
    {
        let before = before.trim().trim_end_matches(['<', '(', '"']).trim_end_matches("mailto:").trim();
        let after = after.trim_start_matches(['>', ')', '"']).trim();
        return Line::Address { before, address, after };
    }
    if is_role(line, role_names) {
        return Line::Role(line);
    }
    if labels::status(line).is_some() {
        return Line::Status(line);
    }
    if dates::parse(line, &TimeZone::UTC).is_some() {
        return Line::Date(line);
    }
    if labels::is_filling(line) || labels::column(line).is_some() || labels::is_actions(line) {
        return Line::Filling;
    }
    Line::Words(line)
}

/// Whether `text` names a role, in any language or as the organisation calls it.
pub fn is_role(text: &str, role_names: &[String]) -> bool {
    let plain = plain(text);
    role_names.contains(&plain)
        || rules::known_roles().any(|(id, name)| labels::plain(name) == plain || id == plain)
}
