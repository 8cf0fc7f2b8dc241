//! A text into its tables. Pure.

use jiff::tz::TimeZone;
use rollcall_sheets::StringRecord;
use rollcall_sheets::read::{self as sheet, Layout, Place, Separator};

use super::labels::{self, Stated, plain};
use super::{OpenQuote, Row, Table, address_in, dates, lines};
use crate::api::{RosterColumn, RosterList};

/// Rows that are looked at to tell what a column without a heading is.
const LOOKED_AT: usize = 20;

/// The tables of `text`. `separator`: where the person said it; `role_names`: what the organisation calls its roles, as
/// [`plain`] has them.
///
/// # Errors
/// A quotation mark that is never closed.
pub fn read(
    text: &str,
    separator: Option<Separator>,
    role_names: &[String],
) -> Result<Vec<Table>, OpenQuote> {
    let Some(separator) = separator.or_else(|| told(text)) else {
        return Ok(vec![lines::read(text, role_names)]);
    };
    let mut tables: Vec<Table> = Vec::new();
    let mut record = StringRecord::new();
    let layout = Layout::of(text, Some(separator));
    // The first row is no heading unless its words are.
    let first = Row { line: 1 + skipped(text), cells: layout.headings.clone() };
    let mut pending = Some(first).filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    let mut rows = layout.rows(text);
    let mut last: Option<Place> = None;
    let mut above = None;
    loop {
        let row = match pending.take() {
            Some(row) => row,
            None => match rows.next_into(&mut record) {
                Some(place) => {
                    last = Some(place);
                    Row {
                        line: place.line,
                        cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
                    }
                }
                None => break,
            },
        };
        take(row, separator, &mut tables, &mut above);
    }
    if let Some(place) = last
        && sheet::is_open(text, place)
    {
        return Err(OpenQuote(place.line));
    }
    for table in &mut tables {
        complete(table, role_names);
    }
    tables.retain(|table| !table.rows.is_empty());
    Ok(tables)
}

/// Lines before the first row.
fn skipped(text: &str) -> u32 {
    let breaks = text.lines().take_while(|line| line.trim().is_empty() || line.starts_with("sep=")).count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}

/// What stands between cells: in most of the lines that have an address, as often as anywhere; nothing where each cell stands
/// on a line of its own.
fn told(text: &str) -> Option<Separator> {
    if let Some(said) = text.trim_start_matches('\u{feff}').strip_prefix("sep=") {
        return Separator::ALL.into_iter().find(|one| said.as_bytes().first() == Some(&one.byte()));
    }
    let with_address = || text.lines().filter(|line| address_in(line).is_some()).take(LOOKED_AT);
    let count = with_address().count();
    let has = |separator: &Separator| {
        let byte = separator.byte();
        with_address().filter(|line| line.bytes().any(|own| own == byte)).count()
    };
    // A date has a comma in it: tabs and semicolons say more.
    let by_lines =
        [Separator::Tab, Separator::Semicolon, Separator::Comma].into_iter().find(|one| has(one) * 2 > count);
    if by_lines.is_some() || count == 0 {
        return by_lines.or_else(|| heading(text));
    }
    // One column of addresses alone has nothing between its cells.
    let is_list = text.lines().filter(|line| !line.trim().is_empty()).all(|line| {
        address_in(line).is_some_and(|address| address == line.trim()) || labels::column(line).is_some()
    });
    is_list.then_some(Separator::Comma)
}

/// Of a text without any address, the separator of a line of headings.
fn heading(text: &str) -> Option<Separator> {
    let known = |line: &str, separator: &Separator| {
        line.split(char::from(separator.byte()))
            .filter(|cell| labels::column(cell.trim_matches('"')).is_some())
            .count()
    };
    text.lines().take(LOOKED_AT).find_map(|line| Separator::ALL.into_iter().find(|one| known(line, one) >= 2))
}

/// Puts a row into its table; headings begin another one, unless they are those of the one at hand.
/// `above`: what a title said, for the table below it.
fn take(row: Row, separator: Separator, tables: &mut Vec<Table>, above: &mut Option<u32>) {
    let known = |cells: &[String]| cells.iter().filter(|cell| labels::column(cell).is_some()).count();
    let has_address = row.cells.iter().any(|cell| address_in(cell).is_some());
    let is_heading = !has_address
        && (known(&row.cells) >= 2
            || (row.cells.len() == 1 && known(&row.cells) == 1)
            || (tables.is_empty() && only_words(&row.cells)));
    if is_heading {
        let same = tables.last().is_some_and(|table| plain_all(&table.headings) == plain_all(&row.cells));
        if !same {
            tables.push(Table { stated: above.take(), ..table(separator, row.cells) });
        }
        return;
    }
    if let Some(total) =
        row.cells.iter().filter(|cell| !cell.is_empty()).find_map(|cell| labels::stated(cell))
        && !has_address
    {
        match (total, tables.last_mut()) {
            (Stated::Below(total), Some(table)) => table.stated = Some(total),
            (Stated::Above(total) | Stated::Below(total), _) => *above = Some(total),
        }
        return;
    }
    let filling =
        row.cells.iter().all(|cell| cell.is_empty() || labels::is_filling(cell) || labels::is_actions(cell));
    if !has_address && (filling || row.cells.iter().filter(|cell| !cell.is_empty()).count() <= 1) {
        // Titles, buttons and the like; a row without its address still has other values.
        return;
    }
    match tables.last_mut() {
        Some(last) => last.rows.push(row),
        None => {
            tables.push(Table { rows: vec![row], stated: above.take(), ..table(separator, Vec::new()) });
        }
    }
}

/// Whether the first row can be one of headings that say nothing to us.
fn only_words(cells: &[String]) -> bool {
    let words: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let is_value = |cell: &String| {
        labels::column(cell).is_none()
            && (lines::is_role(cell, &[])
                || labels::status(cell).is_some()
                || labels::stated(cell).is_some()
                || dates::parse(cell, &TimeZone::UTC).is_some())
    };
    words.len() >= 2 && !words.into_iter().any(is_value)
}

fn plain_all(cells: &[String]) -> Vec<String> {
    cells.iter().map(|cell| plain(cell)).collect()
}

const fn table(separator: Separator, headings: Vec<String>) -> Table {
    Table {
        list: RosterList::Members,
        separator: Some(separator),
        headings,
        columns: Vec::new(),
        rows: Vec::new(),
        stated: None,
    }
}

/// Tells what the columns are, by headings and by what stands in them, and what the rows are.
fn complete(table: &mut Table, role_names: &[String]) {
    if table.separator == Some(Separator::Comma) {
        table.rows.iter_mut().for_each(join_dates);
    }
    let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(table.headings.len());
    table.headings.resize(width, String::new());
    for row in &mut table.rows {
        row.cells.resize(width, String::new());
    }
    let by_heading: Vec<Option<RosterColumn>> = table.headings.iter().map(|it| labels::column(it)).collect();
    let mut columns = Vec::with_capacity(width);
    for (place, known) in by_heading.iter().enumerate() {
        let cells = table.rows.iter().take(LOOKED_AT).filter_map(|row| row.cells.get(place));
        let cells: Vec<&String> = cells.filter(|cell| !cell.is_empty()).collect();
        let taken = |column: &RosterColumn| columns.contains(column) || by_heading.contains(&Some(*column));
        let column = match known {
            Some(known) if !columns.contains(known) => *known,
            _ => by_content(&cells, role_names)
                .filter(|column| !taken(column))
                .unwrap_or(RosterColumn::Nothing),
        };
        columns.push(column);
    }
    // Names stand before addresses where nothing says otherwise.
    let named = [RosterColumn::Name, RosterColumn::GivenName, RosterColumn::FamilyName];
    if !columns.iter().any(|column| named.contains(column))
        && let Some(email) = columns.iter().position(|column| *column == RosterColumn::Email)
        && let Some(before) = email.checked_sub(1)
        && let Some(column) = columns.get_mut(before).filter(|column| **column == RosterColumn::Nothing)
    {
        *column = RosterColumn::Name;
    }
    table.columns = columns;
    let has = |column: RosterColumn| table.columns.contains(&column);
    if has(RosterColumn::Status) && !has(RosterColumn::Role) {
        table.list = RosterList::Invitations;
    }
}

fn by_content(cells: &[&String], role_names: &[String]) -> Option<RosterColumn> {
    let most = |is: &dyn Fn(&str) -> bool| {
        !cells.is_empty() && cells.iter().filter(|cell| is(cell)).count() * 2 > cells.len()
    };
    if most(&|cell| address_in(cell).is_some()) {
        return Some(RosterColumn::Email);
    }
    if most(&|cell| lines::is_role(cell, role_names)) {
        return Some(RosterColumn::Role);
    }
    if most(&|cell| labels::status(cell).is_some()) {
        return Some(RosterColumn::Status);
    }
    most(&|cell| dates::parse(cell, &TimeZone::UTC).is_some()).then_some(RosterColumn::Date)
}

/// A date has a comma before its time, which files with commas often leave without marks around it.
fn join_dates(row: &mut Row) {
    let is_time = |text: &str| {
        text.len() <= 8
            && text.contains(':')
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
    };
    let date = |text: &str| dates::parse(text, &TimeZone::UTC).is_some();
    let place = row.cells.windows(2).position(|pair| match pair {
        [day, time] => is_time(time.trim()) && date(day),
        _ => false,
    });
    if let Some(place) = place {
        let time = row.cells.remove(place + 1);
        if let Some(day) = row.cells.get_mut(place) {
            day.push_str(", ");
            day.push_str(time.trim());
        }
    }
}
