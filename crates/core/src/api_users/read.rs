//! A pasted text or a file as a table: where its headings are, what stands between its cells, what its columns are. Pure.

use jiff::tz::TimeZone;
use rollcall_sheets::StringRecord;
use rollcall_sheets::read::{Layout, Place, Separator, is_open};

use super::labels;
use crate::api::{ApiUserColumn, ImportProblem};
use crate::model::{OwnerFound, Owners};
use crate::roster::{Row, parse_date};

/// Lines among which the headings are looked for: a copied page begins with titles.
const TITLES: usize = 20;
/// Rows that are looked at to tell what a column without a heading is.
const LOOKED_AT: usize = 20;

/// The table of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What stands between its cells.
    pub separator: Separator,
    /// Its headings, as many as it has columns; empty texts where there are none.
    pub headings: Vec<String>,
    /// What each column is.
    pub columns: Vec<ApiUserColumn>,
    /// The rows below the headings.
    pub rows: Vec<Row>,
}

impl Table {
    /// The table of `text`. `separator`: where the person said it.
    ///
    /// # Errors
    /// A quotation mark that is never closed.
    pub fn read(text: &str, separator: Option<Separator>, owners: &Owners) -> Result<Self, ImportProblem> {
        let (begin, lines) = begin(text, separator);
        let rest = text.get(begin..).unwrap_or_default();
        let layout = Layout::of(rest, separator.or_else(|| frequent(rest)));
        let mut table = Self {
            separator: layout.separator,
            headings: layout.headings.clone(),
            columns: Vec::new(),
            rows: Vec::new(),
        };
        let known = known(&layout.headings);
        if known == 0 {
            // No headings: the first line is a row like the others.
            let line = 1 + lines + u32::from(rest.starts_with("sep="));
            table.rows.push(Row { line, cells: std::mem::take(&mut table.headings) });
        }
        let (mut rows, mut record) = (layout.rows(rest), StringRecord::new());
        let mut last: Option<Place> = None;
        while let Some(place) = rows.next_into(&mut record) {
            last = Some(place);
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            // Pages that are pasted one after the other bring their headings along.
            if known == 0 || cells != table.headings {
                table.rows.push(Row { line: place.line.saturating_add(lines), cells });
            }
        }
        if let Some(place) = last.filter(|place| is_open(rest, *place)) {
            return Err(ImportProblem::OpenQuote { line: place.line.saturating_add(lines) });
        }
        table.rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        table.complete(owners);
        Ok(table)
    }

    /// Whether a column says what API users sign in as.
    pub fn has_names(&self) -> bool {
        self.columns.contains(&ApiUserColumn::UserName)
    }

    fn complete(&mut self, owners: &Owners) {
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(self.headings.len());
        self.headings.resize(width, String::new());
        let has_headings = self.headings.iter().any(|heading| !heading.is_empty());
        for place in 0..width {
            let by_heading = self.headings.get(place).and_then(|heading| labels::column(heading));
            let found = if has_headings { by_heading } else { self.by_content(place, owners) };
            let found = found.filter(|column| !self.columns.contains(column));
            self.columns.push(found.unwrap_or(ApiUserColumn::Nothing));
        }
        // A text that names no operator is no list.
        if !has_headings && self.columns.contains(&ApiUserColumn::Operator) {
            // What is left and has no blanks in it is what they sign in as; what is left behind it says what they are for.
            let is_left = |column: &ApiUserColumn| *column == ApiUserColumn::Nothing;
            let name = self
                .columns
                .iter()
                .zip(0..)
                .position(|(column, place)| is_left(column) && self.is_names(place));
            if let Some(slot) = name.and_then(|place| self.columns.get_mut(place)) {
                *slot = ApiUserColumn::UserName;
            }
            if let (Some(_), Some(slot)) = (name, self.columns.iter_mut().rfind(|column| is_left(column))) {
                *slot = ApiUserColumn::Description;
            }
        }
    }

    fn values(&self, place: usize) -> impl Iterator<Item = &String> {
        let cells = self.rows.iter().take(LOOKED_AT).filter_map(move |row| row.cells.get(place));
        cells.filter(|cell| !matches!(cell.as_str(), "" | "-" | "–" | "—"))
    }

    fn is_names(&self, place: usize) -> bool {
        let mut values: Vec<&String> = self.values(place).collect();
        let count = values.len();
        values.sort_unstable();
        values.dedup();
        count > 0 && values.len() == count && values.iter().all(|value| !value.contains(char::is_whitespace))
    }

    fn by_content(&self, place: usize, owners: &Owners) -> Option<ApiUserColumn> {
        let most = |is: &dyn Fn(&str) -> bool| {
            let count = self.values(place).count();
            count > 0 && self.values(place).filter(|value| is(value)).count() * 2 > count
        };
        let is_date = |text: &str| parse_date(text, &TimeZone::UTC).is_some();
        if most(&|text| owners.find(Some(text), None) != OwnerFound::Nobody || text.contains('@')) {
            return Some(ApiUserColumn::Operator);
        }
        if most(&labels::is_type) {
            return Some(ApiUserColumn::Type);
        }
        if most(&|text| text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 12) {
            return Some(ApiUserColumn::Requests);
        }
        if most(&|text| is_date(text) || labels::use_in_words(text).is_some()) {
            // The page of the service has them in this order.
            let made = self.columns.contains(&ApiUserColumn::Created);
            let in_words = self.values(place).any(|text| labels::use_in_words(text).is_some());
            return Some(if made || in_words { ApiUserColumn::LastUsed } else { ApiUserColumn::Created });
        }
        None
    }
}

fn known(cells: &[String]) -> usize {
    cells.iter().filter(|cell| labels::column(cell).is_some()).count()
}

/// Where the headings begin, and lines before them; the beginning where there are none.
fn begin(text: &str, separator: Option<Separator>) -> (usize, u32) {
    let mut offset = 0;
    for (line, before) in text.split_inclusive('\n').zip(0_u32..).take(TITLES) {
        let separators = separator.map_or(Separator::ALL.to_vec(), |one| vec![one]);
        let is_heading = separators.into_iter().any(|one| known(&Layout::of(line, Some(one)).headings) >= 2);
        if is_heading {
            return (offset, before);
        }
        offset += line.len();
    }
    (0, 0)
}

/// Of a text without headings, what stands in most of its lines.
fn frequent(text: &str) -> Option<Separator> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
    if text.starts_with("sep=") || lines.first().is_some_and(|line| known_in_any(line)) {
        return None;
    }
    // A date has a comma in it: tabs and semicolons say more.
    [Separator::Tab, Separator::Semicolon, Separator::Comma].into_iter().find(|one| {
        lines.iter().filter(|line| line.as_bytes().contains(&one.byte())).count() * 2 > lines.len()
    })
}

fn known_in_any(line: &str) -> bool {
    Separator::ALL.into_iter().any(|one| known(&Layout::of(line, Some(one)).headings) >= 2)
}
