//! Rows of a list on their way out: into a file of a format, or into memory for a copy.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rollcall_sheets::{Cell, CsvSink, JsonSink, Sink, Stream, WriteError, XlsxSink};
use tokio_util::sync::CancellationToken;

use super::lists::Walked;
use super::{EventSink, lock};
use crate::api::{ExportColumn, ExportFormat, ExportProgressView, HubEvent, ListRequest};
use crate::error::{Error, FileReason};
use crate::model::AccountId;
use crate::query::lists::{ListRow, Listing, field_number};
use crate::store::StoreError;

/// The window hears of progress this often.
const TOLD_EVERY: Duration = Duration::from_millis(100);
/// Longest title and name that the page can put on the system's dialog, in letters.
const LONGEST_NAME: usize = 80;

/// The columns with the places of their fields.
pub(super) struct Columns(pub Vec<(usize, ExportColumn)>);

impl Columns {
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, column)| column.heading.as_str())
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, column)| column.id.as_str())
    }
}

pub(super) fn columns(list: &ListRequest, asked: &[ExportColumn]) -> Result<Columns, Error> {
    let placed = asked.iter().map(|column| {
        let place = field_number(list, &column.id)
            .ok_or_else(|| Error::Internal(format!("the list has no column {}", column.id)))?;
        Ok((place, column.clone()))
    });
    placed.collect::<Result<_, Error>>().map(Columns)
}

pub(super) fn sink(
    format: ExportFormat,
    columns: &Columns,
    stream: Stream,
    folder: &Path,
) -> Result<Box<dyn Sink>, WriteError> {
    Ok(match format {
        // Spreadsheets take UTF-8 for it only when it begins with its mark.
        ExportFormat::Csv => Box::new(CsvSink::new(columns.headings(), stream, true)?),
        ExportFormat::Xlsx => Box::new(XlsxSink::new(columns.headings(), stream, folder)?),
        ExportFormat::Json => Box::new(JsonSink::new(columns.ids(), stream)?),
    })
}

pub(super) const fn ending(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Xlsx => "xlsx",
        ExportFormat::Json => "json",
    }
}

/// What the page may put on the system's dialog: one short line.
pub(super) fn shown_name(text: &str) -> String {
    rollcall_sheets::one_line(text).chars().take(LONGEST_NAME).collect()
}

/// A name of a file that every system takes, and that is no path.
pub(super) fn file_name(text: &str) -> String {
    let letters = shown_name(text);
    let safe: String = letters.chars().map(|c| if r#"/\:*?"<>|"#.contains(c) { '-' } else { c }).collect();
    let safe = safe.trim().trim_matches('.').trim();
    if safe.is_empty() { "Rollcall".to_owned() } else { safe.to_owned() }
}

pub(super) fn not_written(error: &WriteError) -> Error {
    use std::io::ErrorKind;
    let reason = match error {
        WriteError::Exists => FileReason::Exists,
        WriteError::Format(_) => FileReason::NotWritten,
        WriteError::Io(error) => {
            let is = |kinds: &[ErrorKind]| kinds.contains(&error.kind());
            if is(&[ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge]) {
                FileReason::NoRoom
            } else if is(&[ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem]) {
                FileReason::Forbidden
            } else if is(&[ErrorKind::NotFound, ErrorKind::NotADirectory]) {
                FileReason::NoFolder
            } else {
                FileReason::NotWritten
            }
        }
    };
    Error::File { reason, detail: error.to_string() }
}

/// Rows on their way into a file.
pub(super) struct Rows {
    pub columns: Columns,
    pub names: BTreeMap<AccountId, String>,
    pub sink: Box<dyn Sink>,
    pub teller: Option<Teller>,
    /// Values as they are, without the words of the person's language.
    pub exact: bool,
    pub limit: usize,
    pub count: usize,
    /// There are more than `limit`.
    pub limited: bool,
    pub problem: Option<WriteError>,
}

impl Rows {
    pub fn new(
        columns: Columns,
        names: BTreeMap<AccountId, String>,
        sink: Box<dyn Sink>,
        teller: Option<Teller>,
    ) -> Self {
        Self {
            columns,
            names,
            sink,
            teller,
            exact: false,
            limit: usize::MAX,
            count: 0,
            limited: false,
            problem: None,
        }
    }

    fn cells(&self, row: &ListRow) -> Vec<Cell> {
        let account = self.names.get(&row.account()).map_or("", String::as_str);
        let cells = self.columns.0.iter().map(|(place, column)| {
            let cell = row.cell(*place, account);
            if self.exact || column.words.is_empty() {
                return cell;
            }
            match column.words.get(&cell.machine()) {
                Some(word) => word.as_str().into(),
                None => cell,
            }
        });
        cells.collect()
    }

    pub fn finish(self) -> Result<(), Error> {
        if let Some(mut teller) = self.teller {
            teller.progress.rows = self.count as u64;
            teller.progress.finishing = true;
            teller.tell();
        }
        self.sink.finish().map_err(|error| not_written(&error))
    }
}

impl Walked for Rows {
    fn problem(&mut self) -> Option<WriteError> {
        self.problem.take()
    }

    fn is_full(&self) -> bool {
        self.limited
    }
}

impl Listing<ListRow> for Rows {
    fn begin(&mut self, total: usize) {
        if let Some(teller) = &mut self.teller {
            teller.progress.total = total as u64;
            teller.tell();
        }
    }

    fn row(&mut self, row: ListRow) -> Result<(), StoreError> {
        if self.count == self.limit {
            self.limited = true;
            return Err(StoreError::Stopped);
        }
        let cells = self.cells(&row);
        if let Err(problem) = self.sink.row(cells) {
            self.problem = Some(problem);
            return Err(StoreError::Stopped);
        }
        self.count += 1;
        match &mut self.teller {
            Some(teller) => teller.wrote(self.count),
            None => Ok(()),
        }
    }
}

/// Tells the window how far it is, and hears when it shall stop.
pub(super) struct Teller {
    pub events: Arc<dyn EventSink>,
    pub cancel: CancellationToken,
    pub progress: ExportProgressView,
    pub told: Instant,
}

impl Teller {
    fn wrote(&mut self, rows: usize) -> Result<(), StoreError> {
        if self.cancel.is_cancelled() {
            return Err(StoreError::Stopped);
        }
        if self.told.elapsed() >= TOLD_EVERY {
            self.progress.rows = rows as u64;
            self.tell();
        }
        Ok(())
    }

    fn tell(&mut self) {
        self.told = Instant::now();
        self.events.send(HubEvent::ExportProgress { progress: self.progress.clone() });
    }
}

/// Bytes that no longer flow once they are not wanted: putting a large spreadsheet together takes a while.
pub(super) struct Stoppable {
    pub stream: Stream,
    pub cancel: CancellationToken,
}

impl std::io::Write for Stoppable {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(std::io::Error::other("stopped on request"));
        }
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.stream.flush()
    }
}

/// Bytes in memory that can be read again.
#[derive(Clone, Default)]
pub(super) struct Shared(pub Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        lock(&self.0).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offered_name_is_never_a_path() {
        assert_eq!(file_name("Users 2026-11-25"), "Users 2026-11-25");
        assert_eq!(file_name("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(file_name("C:\\boot\n.ini"), "C--boot .ini");
        assert_eq!(file_name(" .. "), "Rollcall");
        assert_eq!(file_name(&"é".repeat(500)).chars().count(), LONGEST_NAME);
    }

    #[test]
    fn a_full_disk_and_a_forbidden_folder_are_told_apart() {
        let reason = |kind: std::io::ErrorKind| {
            let error = not_written(&std::io::Error::from(kind).into());
            let Error::File { reason, .. } = error else { panic!("{error}") };
            reason
        };
        assert_eq!(reason(std::io::ErrorKind::StorageFull), FileReason::NoRoom);
        assert_eq!(reason(std::io::ErrorKind::PermissionDenied), FileReason::Forbidden);
        assert_eq!(reason(std::io::ErrorKind::NotFound), FileReason::NoFolder);
        assert_eq!(reason(std::io::ErrorKind::BrokenPipe), FileReason::NotWritten);
    }
}
