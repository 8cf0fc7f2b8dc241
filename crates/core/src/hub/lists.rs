//! Whole lists of the window: written to a file that the person chose, copied, and who of them is selected.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use rollcall_sheets::{NewFile, TabSink, WriteError};
use tokio_util::sync::CancellationToken;

use super::desktop::SaveAs;
use super::list_rows::{
    Columns, Rows, Shared, Stoppable, Teller, columns, ending, file_name, not_written, shown_name, sink,
};
use super::{Hub, crossing, lock};
use crate::api::{
    CommandError, CopiedRowsView, CopyRowsRequest, ExportFormat, ExportFoundView, ExportListRequest,
    ExportProgressView, ExportRequest, ExportedFileView, ExportedView, ListRequest, ResolveSelectionRequest,
    RunRequest, Selection, SelectionView,
};
use crate::changes;
use crate::clock;
use crate::error::{Error, FileReason};
use crate::model::{AccountId, RunId};
use crate::query::lists::{self, ListRow, Listing, Picked, WholeList};
use crate::query::{self, Filter};
use crate::store::{self, StoreError, runs};

/// Most rows that one copy takes.
const COPY_LIMIT: usize = 10_000;

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
        | ListRequest::Receipt(_) => "",
    };
    let filter: Filter = super::filters::read(text)?;
    Ok(WholeList { list: list.clone(), filter, picked: selection.map(Picked::new) })
}
