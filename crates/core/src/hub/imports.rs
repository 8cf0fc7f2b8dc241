//! Files of users: chosen by the person, looked at row by row, and kept as changes when they say so. In memory only, and
//! one at a time: it holds names and addresses.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::{Hub, OpenFile, crossing, lock};
use crate::api::{
    CommandError, HubEvent, ImportChosenView, ImportEncoding, ImportFileRequest, ImportFoundView,
    ImportProposedView, ImportRequest, ImportRowsRequest, ImportRowsView, ImportSeparator, ImportView,
    UpdateImportRequest,
};
use crate::changes::import::{Choices, Ground, Import, LARGEST, Source, of_separator};
use crate::model::{AccountId, PasswordChoice};
use crate::{Error, clock, store};

/// Endings of the files that are offered.
const ENDINGS: &[&str] = &["csv", "txt", "tsv"];
/// Longest title that the page can put on the system's dialog, in letters.
const LONGEST_TITLE: usize = 80;

/// The import that is looked at.
#[derive(Default)]
pub struct Imports {
    state: Mutex<State>,
    /// One dialog at a time.
    dialog: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    /// How many there were.
    given: u32,
    current: Option<(u32, Arc<Import>)>,
}

/// How a file that is handed over is to be read; `None` is told from the file.
#[derive(Clone, Copy, Debug)]
pub struct ImportChoices {
    /// How it writes its letters.
    pub encoding: Option<ImportEncoding>,
    /// What stands between its cells.
    pub separator: Option<ImportSeparator>,
    /// Whether new users get a password.
    pub password: PasswordChoice,
}

impl Hub {
    /// Lets the person choose a file and reads it. Nothing is kept of it before it is proposed.
    ///
    /// # Errors
    /// When there is no such account; those of the store. What is wrong with the file stands in the view.
    pub async fn import_file(&self, request: ImportFileRequest) -> Result<ImportChosenView, CommandError> {
        let ImportFileRequest { account_id, title } = request;
        let Some(path) = self.choose_import(&title).await else {
            return Ok(ImportChosenView { import: None });
        };
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let read = async {
            let source = store::blocking(move || Ok::<_, Error>(read_file(&path))).await?;
            self.begin_import(account_id, file_name, source, Choices::default()).await
        };
        let import = read.await.map_err(crossing)?;
        Ok(ImportChosenView { import: Some(import) })
    }

    /// Reads a file that was handed over.
    ///
    /// # Errors
    /// As [`Self::import_file`].
    pub async fn import_bytes(
        &self,
        account_id: AccountId,
        file_name: String,
        bytes: Vec<u8>,
        choices: ImportChoices,
    ) -> Result<ImportView, CommandError> {
        let ImportChoices { encoding, separator, password } = choices;
        let choices = Choices { separator: separator.map(of_separator), columns: None, password };
        let source = Source::read(bytes, encoding);
        self.begin_import(account_id, file_name, source, choices).await.map_err(crossing)
    }

    /// Reads the file in another way.
    ///
    /// # Errors
    /// When it is not looked at any more; those of the store.
    pub async fn update_import(&self, request: UpdateImportRequest) -> Result<ImportView, CommandError> {
        let UpdateImportRequest { import_id, encoding, separator, columns, password } = request;
        let update = async {
            let import = self.import(import_id)?;
            let mut choices = import.choices().clone();
            if encoding.is_some() || separator.is_some() {
                choices.columns = None;
            }
            choices.separator = separator.map(of_separator).or(choices.separator);
            choices.columns = columns.or(choices.columns);
            choices.password = password.unwrap_or(choices.password);
            let again = Arc::clone(&import);
            let source = store::blocking(move || {
                let other = encoding.and_then(|encoding| again.source().read_again(encoding));
                Ok::<_, Error>(other.map_or_else(|| Arc::clone(again.source()), Arc::new))
            });
            let source = source.await?;
            let ground = import.ground().clone();
            let store = self.open()?.store;
            let import = store.read(move |conn| Import::new(conn, ground, source, choices)).await?;
            Ok(self.look_at(Some(import_id), import))
        };
        update.await.map_err(crossing)
    }

    /// A page of its rows, each with what becomes of it.
    ///
    /// # Errors
    /// When it is not looked at any more.
    pub async fn query_import_rows(
        &self,
        request: ImportRowsRequest,
    ) -> Result<ImportRowsView, CommandError> {
        let ImportRowsRequest { import_id, state, offset, limit } = request;
        let import = self.import(import_id).map_err(crossing)?;
        store::blocking(move || Ok::<_, Error>(import.rows(state, offset, limit))).await.map_err(crossing)
    }

    /// Keeps the ready rows as changes, all or none, and ends the import.
    ///
    /// # Errors
    /// When it is not looked at any more; those of the store: then nothing was kept.
    pub async fn propose_import(&self, request: ImportRequest) -> Result<ImportProposedView, CommandError> {
        let ImportRequest { import_id } = request;
        let propose = async {
            // Taken, so that a second call does not propose the same once more.
            let import = self.take_import(import_id).ok_or(GONE)?;
            let account = import.ground().account.id;
            let (kept, store, now) = (Arc::clone(&import), self.open()?.store, clock::now());
            match store.write(move |tx| kept.propose(tx, now)).await {
                Ok(proposed) => {
                    self.inner.told.note(account);
                    self.send(HubEvent::ChangesChanged { account_id: account });
                    Ok(proposed)
                }
                Err(error) => {
                    // Nothing was kept: it can be tried again.
                    lock(&self.inner.imports.state).current = Some((import_id, import));
                    Err(error.into())
                }
            }
        };
        propose.await.map_err(crossing)
    }

    /// Gives the file up.
    ///
    /// # Errors
    /// None.
    #[expect(clippy::unused_async, reason = "every command is")]
    pub async fn discard_import(&self, request: ImportRequest) -> Result<ImportFoundView, CommandError> {
        Ok(ImportFoundView { found: self.take_import(request.import_id).is_some() })
    }

    pub(super) async fn choose_import(&self, title: &str) -> Option<PathBuf> {
        // A second dialog over the first one is of no use to anybody.
        let _dialog = self.inner.imports.dialog.try_lock().ok()?;
        let title = rollcall_sheets::one_line(title).chars().take(LONGEST_TITLE).collect();
        self.inner.parts.desktop.open_file(OpenFile { title, endings: ENDINGS }).await
    }

    async fn begin_import(
        &self,
        account_id: AccountId,
        file_name: String,
        source: Source,
        choices: Choices,
    ) -> Result<ImportView, Error> {
        let (account, capabilities) = self.account_with_capabilities(account_id).await?;
        let file_name = rollcall_sheets::one_line(&file_name);
        let ground = Ground { account, capabilities, file_name, now: clock::now() };
        let store = self.open()?.store;
        let import = store.read(move |conn| Import::new(conn, ground, Arc::new(source), choices)).await?;
        Ok(self.look_at(None, import))
    }

    fn look_at(&self, id: Option<u32>, import: Import) -> ImportView {
        let mut state = lock(&self.inner.imports.state);
        let id = id.unwrap_or_else(|| {
            state.given = state.given.wrapping_add(1);
            state.given
        });
        let view = import.view(id);
        state.current = Some((id, Arc::new(import)));
        view
    }

    fn import(&self, id: u32) -> Result<Arc<Import>, Error> {
        let state = lock(&self.inner.imports.state);
        let found = state.current.as_ref().filter(|(own, _)| *own == id);
        found.map(|(_, import)| Arc::clone(import)).ok_or(GONE)
    }

    fn take_import(&self, id: u32) -> Option<Arc<Import>> {
        let taken = lock(&self.inner.imports.state).current.take_if(|(own, _)| *own == id);
        taken.map(|(_, import)| import)
    }
}

const GONE: Error = Error::NotFound { what: "this import" };

pub(super) fn read_file(path: &Path) -> Source {
    let read = || {
        if std::fs::metadata(path)?.len() > LARGEST {
            return Ok(Source::TooLarge);
        }
        Ok(Source::read(std::fs::read(path)?, None))
    };
    read().unwrap_or_else(|error: std::io::Error| Source::Closed(error.to_string()))
}
