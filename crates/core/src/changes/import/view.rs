//! What a person sees of a file: its columns, its rows in numbers, and a page of them.

use rollcall_sheets::one_line;
use rollcall_sheets::read::{self, Place};

use super::row::{Drafted, RowReader};
use super::{Import, Row, Standing, There, columns, parts};
use crate::api::{ImportColumnView, ImportRowState, ImportRowView, ImportRowsView, ImportTarget, ImportView};
use crate::files::to_separator;

/// Rows of a page at most.
const PAGE: usize = 500;
/// Letters of a cell that are shown.
const SHOWN: usize = 200;

impl Import {
    /// What it would become.
    pub fn view(&self, import_id: u32) -> ImportView {
        let (encoding, account) = (self.source.encoding(), &self.ground.account);
        let (counts, changes) = self.counts(&self.there);
        let capabilities = self.capabilities();
        let columns = self.layout.headings.iter().enumerate().map(|(column, heading)| {
            let (target, note) = self.targets.get(column).cloned().unwrap_or((ImportTarget::Nothing, None));
            let samples = self.samples.get(column).cloned().unwrap_or_default();
            ImportColumnView { heading: shown(heading), target, note, samples }
        });
        ImportView {
            import_id,
            account_id: account.id,
            account_name: account.name.clone(),
            sample: account.sample,
            file_name: self.ground.file_name.clone(),
            encoding,
            separator: to_separator(self.layout.separator),
            problem: self.problem.clone(),
            columns: columns.collect(),
            targets: capabilities.map(columns::targets).unwrap_or_default(),
            password: self.choices.password,
            can_generate_password: capabilities.is_some_and(|own| own.change_password),
            counts,
            changes,
        }
    }

    /// A page of rows, in the order of the file.
    pub fn rows(&self, state: Option<ImportRowState>, offset: u32, limit: u32) -> ImportRowsView {
        let targets = self.chosen_targets();
        let reader = self.reader(&targets);
        let (mut total, mut rows) = (0_u32, Vec::new());
        for (row, number) in self.rows.iter().zip(0..) {
            if state.is_some_and(|state| self.state(number, row, &self.there) != state) {
                continue;
            }
            if total >= offset && rows.len() < PAGE.min(limit as usize) {
                rows.extend(reader.as_ref().map(|reader| self.row_view(reader, number, row)));
            }
            total += 1;
        }
        ImportRowsView { total, rows }
    }

    fn draft(&self, reader: &RowReader<'_>, row: &Row) -> Drafted {
        let place = Place { offset: row.offset as usize, line: row.line };
        reader.read(&read::row_at(self.source.text(), self.layout.separator, place))
    }

    fn row_view(&self, reader: &RowReader<'_>, number: u32, row: &Row) -> ImportRowView {
        let drafted = self.draft(reader, row);
        let first = match row.standing {
            Standing::Duplicate(first) => self.rows.get(first as usize).map(|first| first.line),
            Standing::Ready(_) | Standing::Malformed | Standing::NotPossible => None,
        };
        let there = self.there.get(&number);
        ImportRowView {
            line: row.line,
            name: parts::new_name(&drafted.edit).map(shown).unwrap_or_default(),
            cells: drafted.cells.iter().map(|cell| shown(cell)).collect(),
            state: self.state(number, row, &self.there),
            issues: drafted.issues,
            same_as_line: first,
            user: there.and_then(|there| match there {
                There::User(user) => Some(user.clone()),
                There::Waiting(_) => None,
            }),
            change_id: there.and_then(|there| match there {
                There::Waiting(change) => Some(change.0),
                There::User(_) => None,
            }),
        }
    }
}

/// As much of `text` as is shown.
pub(super) fn shown(text: &str) -> String {
    one_line(text).chars().take(SHOWN).collect()
}
