//! Whole lists of the window: written to a file that the person chose, copied, and who of them is selected.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rollcall_sheets::{Cell, CsvSink, JsonSink, NewFile, Sink, Stream, TabSink, WriteError, XlsxSink};
use tokio_util::sync::CancellationToken;

use super::desktop::SaveAs;
use super::{EventSink, Hub, crossing, lock};
use crate::api::{
    AccountRequest, CommandError, CopiedRowsView, CopyRowsRequest, ExportColumn, ExportFormat,
    ExportFoundView, ExportListRequest, ExportProgressView, ExportRequest, ExportedFileView, ExportedView,
    HubEvent, ListRequest, ResolveSelectionRequest, RunRequest, Selection, SelectionView,
};
use crate::changes;
use crate::clock;
use crate::error::{Error, FileReason};
use crate::model::{AccountId, RunId};
use crate::query::lists::{self, ListRow, Listing, Picked, WholeList, field_number};
use crate::query::{self, Filter};
use crate::roster;
use crate::store::{self, StoreError, runs};

/// Most rows that one copy takes.
const COPY_LIMIT: usize = 10_000;
/// The window hears of progress this often.
const TOLD_EVERY: Duration = Duration::from_millis(100);
/// Longest title and name that the page can put on the system's dialog, in letters.
const LONGEST_NAME: usize = 80;

/// The window's exports.
#[derive(Default)]
pub(super) struct Exports {
    state: Mutex<State>,
    /// One dialog at a time.
    dialog: tokio::sync::Mutex<()>,
    /// One file at a time: an export keeps one of the few readers.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    running: BTreeMap<u32, CancellationToken>,
    /// What was written since the start, for showing it where it lies.
    written: BTreeMap<u32, PathBuf>,
}

impl Hub {
    /// Lets the person choose a file and writes a list into it. The file is there whole or not at all, and one that was
    /// there before stays until the new one is complete.
    ///
    /// # Errors
    /// When the filter cannot be understood, the store cannot be read, or the file cannot be written; `Cancelled` after
    /// [`Hub::cancel_export`].
    pub async fn export_list(&self, request: ExportListRequest) -> Result<ExportedView, CommandError> {
        let whole = whole(&request.list, request.selection.clone()).map_err(|error| *error)?;
        let columns = columns(&request.list, &request.columns).map_err(crossing)?;
        let Some((path, replace)) = self.choose(&request).await else {
            return Ok(ExportedView { file: None });
        };
        let cancel = CancellationToken::new();
        let exports = &self.inner.exports;
        lock(&exports.state).running.insert(request.export, cancel.clone());
        let written = async {
            let _turn = exports.turn.lock().await;
            self.write_list(whole, columns, &request, &path, replace, &cancel).await
        };
        let written = written.await;
        lock(&exports.state).running.remove(&request.export);
        // Whatever else went wrong after that went wrong because of it.
        let rows = written
            .map_err(|error| crossing(if cancel.is_cancelled() { Error::Cancelled } else { error }))?;
        tracing::info!(rows, format = ?request.format, "exported a list");
        let shown = path.display().to_string();
        lock(&exports.state).written.insert(request.export, path);
        Ok(ExportedView { file: Some(ExportedFileView { path: shown, rows }) })
    }

    /// Stops an export: nothing of its file is left.
    ///
    /// # Errors
    /// None.
    #[expect(clippy::unused_async, reason = "every command is")]
    pub async fn cancel_export(&self, request: ExportRequest) -> Result<ExportFoundView, CommandError> {
        let running = lock(&self.inner.exports.state).running.get(&request.export).cloned();
        if let Some(cancel) = &running {
            cancel.cancel();
        }
        Ok(ExportFoundView { found: running.is_some() })
    }

    /// Shows a file that was exported since the start where it lies.
    ///
    /// # Errors
    /// When the desktop cannot.
    pub async fn show_export(&self, request: ExportRequest) -> Result<ExportFoundView, CommandError> {
        let path = lock(&self.inner.exports.state).written.get(&request.export).cloned();
        let Some(path) = path.filter(|path| path.exists()) else {
            return Ok(ExportFoundView { found: false });
        };
        let desktop = Arc::clone(&self.inner.parts.desktop);
        let shown = store::blocking(move || {
            let shown = desktop.show_in_folder(&path);
            shown.map_err(|detail| Error::File { reason: FileReason::NotShown, detail })
        });
        shown.await.map_err(crossing)?;
        Ok(ExportFoundView { found: true })
    }

    /// Rows as text for the clipboard.
    ///
    /// # Errors
    /// When the filter cannot be understood, or the store cannot be read.
    pub async fn copy_rows(&self, request: CopyRowsRequest) -> Result<CopiedRowsView, CommandError> {
        let whole = whole(&request.list, Some(request.selection)).map_err(|error| *error)?;
        let columns = columns(&request.list, &request.columns).map_err(crossing)?;
        let text = Shared::default();
        let sink = TabSink::new(columns.headings(), Box::new(text.clone()))
            .map_err(|error| not_written(&error))
            .map_err(crossing)?;
        let names = self.account_names().await.map_err(crossing)?;
        let mut rows = Rows::new(columns, names, Box::new(sink), None);
        rows.limit = COPY_LIMIT;
        let rows = self.walk_list(whole, rows).await.map_err(crossing)?;
        let (count, limited) = (rows.count, rows.limited);
        rows.finish().map_err(crossing)?;
        let text = String::from_utf8(std::mem::take(&mut *lock(&text.0)))
            .map_err(|_| crossing(Error::Internal("copied rows that are no text".to_owned())))?;
        Ok(CopiedRowsView { text, rows: u32::try_from(count).unwrap_or(u32::MAX), limited })
    }

    /// Who is selected: the rows that the list has now.
    ///
    /// # Errors
    /// When the filter cannot be understood, or the store cannot be read.
    pub async fn resolve_selection(
        &self,
        request: ResolveSelectionRequest,
    ) -> Result<SelectionView, CommandError> {
        let whole = whole(&request.list, Some(request.selection)).map_err(|error| *error)?;
        let (hub, page, now) = (self.clone(), (request.offset, request.limit), clock::moment().now);
        self.ask(move |conn| lists::resolve_selection(&hub.inner.cache, conn, &whole, page, now)).await
    }

    /// The file that the person chooses, and whether one that is there may be replaced: they were asked about the name
    /// that they saw.
    async fn choose(&self, request: &ExportListRequest) -> Option<(PathBuf, bool)> {
        // A second dialog over the first one is of no use to anybody.
        let _dialog = self.inner.exports.dialog.try_lock().ok()?;
        let ending = ending(request.format);
        let name = format!("{}.{ending}", file_name(&request.name));
        let ask = SaveAs { title: shown_name(&request.title), name, ending };
        let chosen = self.inner.parts.desktop.save_as(ask).await?;
        let has_it = chosen.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
        if has_it {
            return Some((chosen, true));
        }
        let mut completed = chosen.into_os_string();
        completed.push(".");
        completed.push(ending);
        Some((completed.into(), false))
    }

    async fn write_list(
        &self,
        whole: WholeList,
        columns: Columns,
        request: &ExportListRequest,
        path: &Path,
        replace: bool,
        cancel: &CancellationToken,
    ) -> Result<u64, Error> {
        let names = self.account_names().await?;
        let file = NewFile::begin(path, replace).map_err(|error| not_written(&error))?;
        let stream = Box::new(Stoppable {
            stream: file.stream().map_err(|error| not_written(&error))?,
            cancel: cancel.clone(),
        });
        let sink =
            sink(request.format, &columns, stream, &file.folder()).map_err(|error| not_written(&error))?;
        let teller = Teller {
            events: Arc::clone(&self.inner.parts.events),
            cancel: cancel.clone(),
            progress: ExportProgressView { export: request.export, rows: 0, total: 0, finishing: false },
            told: Instant::now(),
        };
        let mut rows = Rows::new(columns, names, sink, Some(teller));
        rows.exact = request.format == ExportFormat::Json;
        let rows = self.walk_list(whole, rows).await?;
        let count = rows.count as u64;
        let cancel = cancel.clone();
        store::blocking(move || {
            rows.finish()?;
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            file.keep().map_err(|error| not_written(&error))
        })
        .await?;
        Ok(count)
    }

    /// Hands all rows of a list over to `rows`, in one view of the data. It keeps one reader; the others are the window's.
    pub(super) async fn walk_list<W: Walked>(&self, whole: WholeList, mut rows: W) -> Result<W, Error> {
        let hub = self.clone();
        let now = clock::moment().now;
        let store = self.open()?.store;
        let walked = store.read(move |conn| {
            let walked = if let ListRequest::Receipt(RunRequest { run_id }) = &whole.list {
                walk_receipt(conn, RunId(*run_id), &mut rows)
            } else if let ListRequest::Review(AccountRequest { account_id }) = &whole.list {
                walk_review(conn, *account_id, &mut rows)
            } else {
                lists::walk(&hub.inner.cache, conn, &whole, now, &mut rows)
            };
            Ok((walked, rows))
        });
        let (walked, mut rows) = walked.await?;
        match (walked, rows.problem()) {
            (_, Some(problem)) => Err(not_written(&problem)),
            (Err(StoreError::Stopped), None) if !rows.is_full() => Err(Error::Cancelled),
            (Ok(()) | Err(StoreError::Stopped), None) => Ok(rows),
            (Err(error), None) => Err(error.into()),
        }
    }

    async fn account_names(&self) -> Result<BTreeMap<AccountId, String>, Error> {
        let hub = self.clone();
        let accounts =
            self.open()?.store.read(move |conn| query::stored_accounts(&hub.inner.cache, conn)).await?;
        Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
    }
}

/// Takes the rows of a walk, on another thread.
pub(super) trait Walked: Listing<ListRow> + Send + 'static {
    /// Why it could not take one.
    fn problem(&mut self) -> Option<WriteError> {
        None
    }

    /// It wanted no more rows, which is as good as an end.
    fn is_full(&self) -> bool {
        false
    }
}

/// Hands over what an apply did, change by change.
fn walk_receipt(
    conn: &rusqlite::Connection,
    run: RunId,
    out: &mut dyn Listing<ListRow>,
) -> Result<(), StoreError> {
    let Some((account, ..)) = runs::find(conn, run)? else { return Ok(()) };
    let mut begun = false;
    changes::each_line(conn, run, &mut |total, line| {
        if !begun {
            out.begin(total);
            begun = true;
        }
        out.row(ListRow::Receipt(account, Box::new(line)))
    })
}

/// Hands over the review sheet of an organisation kept by hand, all of it.
fn walk_review(
    conn: &rusqlite::Connection,
    account: AccountId,
    out: &mut dyn Listing<ListRow>,
) -> Result<(), StoreError> {
    let lines = roster::view::review_lines(conn, account)?.unwrap_or_default();
    out.begin(lines.len());
    lines.into_iter().try_for_each(|line| out.row(ListRow::Review(account, Box::new(line))))
}

/// The list with its filter understood.
pub(super) fn whole(
    list: &ListRequest,
    selection: Option<Selection>,
) -> Result<WholeList, Box<CommandError>> {
    let text = match list {
        ListRequest::Users(query) => query.text.as_str(),
        ListRequest::Groups(_)
        | ListRequest::Members(_)
        | ListRequest::Roles(_)
        | ListRequest::Holders(_)
        | ListRequest::Matrix(_)
        | ListRequest::Tokens(_)
        | ListRequest::Invitations(_)
        | ListRequest::Log(_)
        | ListRequest::History(_)
        | ListRequest::Runs(_)
        | ListRequest::Resources(_)
        | ListRequest::Access(_)
        | ListRequest::Receipt(_)
        | ListRequest::Review(_) => "",
    };
    let filter: Filter = super::filters::read(text)?;
    Ok(WholeList { list: list.clone(), filter, picked: selection.map(Picked::new) })
}

/// The columns with the places of their fields.
struct Columns(Vec<(usize, ExportColumn)>);

impl Columns {
    fn headings(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, column)| column.heading.as_str())
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, column)| column.id.as_str())
    }
}

fn columns(list: &ListRequest, asked: &[ExportColumn]) -> Result<Columns, Error> {
    let placed = asked.iter().map(|column| {
        let place = field_number(list, &column.id)
            .ok_or_else(|| Error::Internal(format!("the list has no column {}", column.id)))?;
        Ok((place, column.clone()))
    });
    placed.collect::<Result<_, Error>>().map(Columns)
}

fn sink(
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

const fn ending(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Xlsx => "xlsx",
        ExportFormat::Json => "json",
    }
}

/// What the page may put on the system's dialog: one short line.
fn shown_name(text: &str) -> String {
    rollcall_sheets::one_line(text).chars().take(LONGEST_NAME).collect()
}

/// A name of a file that every system takes, and that is no path.
fn file_name(text: &str) -> String {
    let letters = shown_name(text);
    let safe: String = letters.chars().map(|c| if r#"/\:*?"<>|"#.contains(c) { '-' } else { c }).collect();
    let safe = safe.trim().trim_matches('.').trim();
    if safe.is_empty() { "Rollcall".to_owned() } else { safe.to_owned() }
}

fn not_written(error: &WriteError) -> Error {
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
struct Rows {
    columns: Columns,
    names: BTreeMap<AccountId, String>,
    sink: Box<dyn Sink>,
    teller: Option<Teller>,
    /// Values as they are, without the words of the person's language.
    exact: bool,
    limit: usize,
    count: usize,
    /// There are more than `limit`.
    limited: bool,
    problem: Option<WriteError>,
}

impl Rows {
    fn new(
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

    fn finish(self) -> Result<(), Error> {
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
struct Teller {
    events: Arc<dyn EventSink>,
    cancel: CancellationToken,
    progress: ExportProgressView,
    told: Instant,
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
struct Stoppable {
    stream: Stream,
    cancel: CancellationToken,
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
struct Shared(Arc<Mutex<Vec<u8>>>);

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
