//! Pasted members and invitations: in memory only, and one import at a time, because it holds names and addresses. Taking
//! one is an ordinary sync of what was read: staging, proof, guard, history.

use std::sync::Arc;

use super::{Hub, OpenFile, crossing};
use crate::api::{
    CommandError, ImportSeparator, PreviewRosterImportRequest, RosterColumn, RosterImportChosenView,
    RosterImportFileRequest, RosterImportFoundView, RosterImportRequest, RosterImportRowsRequest,
    RosterImportRowsView, RosterImportView, SyncStartedView, TakeRosterImportRequest,
    UpdateRosterImportRequest,
};
use crate::files::{self, Source};
use crate::model::AccountId;
use crate::roster::import::{self, Import, Text, Whole};
use crate::roster::{self, Book};
use crate::store::rosters::{self, KnownColumns};
use crate::{Error, clock, store};

/// Endings of the files that are offered.
const ENDINGS: &[&str] = &["csv", "xlsx", "txt", "tsv"];
/// Longest title that the page can put on the system's dialog, in letters.
const LONGEST_TITLE: usize = 80;

const GONE: Error = Error::NotFound { what: "this import" };
const NOT_BY_HAND: Error = Error::NotFound { what: "this organisation kept by hand" };

impl Hub {
    /// Reads pasted members or invitations, beside what was pasted before. Nothing is kept of them before they are taken.
    ///
    /// # Errors
    /// When there is no such organisation or import; those of the store. What is wrong with the text stands in the view.
    pub async fn preview_roster_import(
        &self,
        request: PreviewRosterImportRequest,
    ) -> Result<RosterImportView, CommandError> {
        let PreviewRosterImportRequest { account_id, import_id, text } = request;
        let read = async {
            let source = Source::read(text.into_bytes(), None);
            self.add_source(account_id, import_id, None, (source, false)).await
        };
        read.await.map_err(crossing)
    }

    /// Lets the person choose a file of members or invitations and reads it, beside what was read before.
    ///
    /// # Errors
    /// As [`Self::preview_roster_import`].
    pub async fn import_roster_file(
        &self,
        request: RosterImportFileRequest,
    ) -> Result<RosterImportChosenView, CommandError> {
        let RosterImportFileRequest { account_id, import_id, title } = request;
        let read = async {
            self.roster(account_id).await?;
            let title = rollcall_sheets::one_line(&title).chars().take(LONGEST_TITLE).collect();
            let chosen = self.inner.parts.desktop.open_file(OpenFile { title, endings: ENDINGS }).await;
            let Some(path) = chosen else { return Ok(None) };
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let read = store::blocking(move || Ok::<_, Error>(files::read_file(&path))).await?;
            self.add_source(account_id, import_id, Some(name), read).await.map(Some)
        };
        Ok(RosterImportChosenView { import: read.await.map_err(crossing)? })
    }

    /// Reads a file of members or invitations that was handed over.
    ///
    /// # Errors
    /// As [`Self::preview_roster_import`].
    pub async fn import_roster_bytes(
        &self,
        account_id: AccountId,
        import_id: Option<u32>,
        file_name: String,
        bytes: Vec<u8>,
    ) -> Result<RosterImportView, CommandError> {
        let read = async {
            let read = store::blocking(move || Ok::<_, Error>(files::read_bytes(bytes))).await?;
            self.add_source(account_id, import_id, Some(file_name), read).await
        };
        read.await.map_err(crossing)
    }

    async fn add_source(
        &self,
        account: AccountId,
        id: Option<u32>,
        file_name: Option<String>,
        (source, is_book): (Source, bool),
    ) -> Result<RosterImportView, Error> {
        self.roster(account).await?;
        let mut texts = match id {
            Some(id) => self.roster_import(id)?.1.texts().to_vec(),
            None => Vec::new(),
        };
        let file_name = file_name.map(|name| rollcall_sheets::one_line(&name));
        let (book, known) = self.roster_ground(account).await?;
        let separator = is_book.then_some(ImportSeparator::Tab);
        let read = store::blocking(move || {
            let names = role_names(&book);
            texts.push(Text::read((file_name, Arc::new(source)), is_book, separator, &names, &known));
            Ok::<_, Error>((texts, book))
        });
        let (texts, book) = read.await?;
        self.look_at_roster_import(account, id, texts, book).await
    }

    /// Takes a text into the mirror as it is.
    pub(super) async fn take_text(&self, account: AccountId, text: String) -> Result<(), Error> {
        let source = Source::read(text.into_bytes(), None);
        let view = self.add_source(account, None, None, (source, false)).await?;
        let (_, import) = self.roster_import(view.import_id)?;
        self.end_roster_import(view.import_id);
        let (book, _) = self.roster_ground(account).await?;
        self.take_over(account, import.taken(book, Whole::default(), None)).await?;
        Ok(())
    }

    /// Reads one of the texts in another way.
    ///
    /// # Errors
    /// When it is not looked at any more; those of the store.
    pub async fn update_roster_import(
        &self,
        request: UpdateRosterImportRequest,
    ) -> Result<RosterImportView, CommandError> {
        let update = async {
            let id = request.import_id;
            let (account, import) = self.roster_import(id)?;
            let (book, mut known) = self.roster_ground(account).await?;
            let mut texts = import.texts().to_vec();
            let learned = change_texts(&mut texts, request, &role_names(&book), &mut known);
            if learned {
                let store = self.open()?.store;
                store.write(move |tx| rosters::set_columns(tx, account, &known)).await?;
            }
            self.look_at_roster_import(account, Some(id), texts, book).await
        };
        update.await.map_err(crossing)
    }

    /// A page of rows, each with what becomes of it.
    ///
    /// # Errors
    /// When it is not looked at any more.
    pub async fn query_roster_rows(
        &self,
        request: RosterImportRowsRequest,
    ) -> Result<RosterImportRowsView, CommandError> {
        let (_, import) = self.roster_import(request.import_id).map_err(crossing)?;
        store::blocking(move || Ok::<_, Error>(import.rows(&request))).await.map_err(crossing)
    }

    /// Takes what was read into the mirror, as a sync would, and ends the import.
    ///
    /// # Errors
    /// [`Error::SyncBusy`]; when it is not looked at any more; those of the store: then nothing was taken.
    pub async fn take_roster_import(
        &self,
        request: TakeRosterImportRequest,
    ) -> Result<SyncStartedView, CommandError> {
        let TakeRosterImportRequest { import_id, all_members, all_invitations, former_owner_role } = request;
        let take = async {
            let (account, import) = self.roster_import(import_id)?;
            // As it is now: something may have been ticked since.
            let (book, _) = self.roster_ground(account).await?;
            let whole = Whole { members: all_members, invitations: all_invitations };
            let former = self.former_owner_role(account, former_owner_role).await?;
            let taken = move || Ok::<_, Error>(import.taken(book, whole, former.as_ref()));
            let book = store::blocking(taken).await?;
            let run = self.take_over(account, book).await?;
            self.end_roster_import(import_id);
            Ok(SyncStartedView { run_id: run.0 })
        };
        take.await.map_err(crossing)
    }

    /// Gives the texts up.
    ///
    /// # Errors
    /// None.
    #[expect(clippy::unused_async, reason = "every command is")]
    pub async fn discard_roster_import(
        &self,
        request: RosterImportRequest,
    ) -> Result<RosterImportFoundView, CommandError> {
        Ok(RosterImportFoundView { found: self.end_roster_import(request.import_id) })
    }

    /// The organisation as it is, and what columns were said to be.
    async fn roster_ground(&self, account: AccountId) -> Result<(Book, KnownColumns), Error> {
        let read = move |conn: &rusqlite::Connection| {
            Ok((Book::load(conn, account)?, rosters::list_columns(conn, account)?))
        };
        let (book, known) = self.open()?.store.read(read).await?;
        Ok((book.ok_or(NOT_BY_HAND)?, known))
    }

    async fn look_at_roster_import(
        &self,
        account: AccountId,
        id: Option<u32>,
        texts: Vec<Text>,
        book: Book,
    ) -> Result<RosterImportView, Error> {
        let name = self.account(account).await?.name;
        let zone = clock::moment().zone;
        let import = store::blocking(move || Ok::<_, Error>(Import::new(texts, book, &zone))).await?;
        let import = Arc::new(import);
        let id = self.inner.roster_imports.put(id, account, Arc::clone(&import));
        Ok(import.view(id, account, &name))
    }

    fn roster_import(&self, id: u32) -> Result<(AccountId, Arc<Import>), Error> {
        self.inner.roster_imports.find(id).ok_or(GONE)
    }

    fn end_roster_import(&self, id: u32) -> bool {
        self.inner.roster_imports.end(id)
    }
}

/// Says what the person said about one of the texts; whether what a column is was learned.
fn change_texts(
    texts: &mut Vec<Text>,
    request: UpdateRosterImportRequest,
    role_names: &[String],
    known: &mut KnownColumns,
) -> bool {
    let UpdateRosterImportRequest { import_id: _, source, columns, list, encoding, separator, removed } =
        request;
    // Sources are numbered table by table; a text without any counts for itself.
    let mut before = 0;
    let found = texts.iter().enumerate().find_map(|(place, text)| {
        let size = text.tables.len().max(1);
        let within = (source as usize).checked_sub(before).filter(|within| *within < size);
        before += size;
        within.map(|within| (place, within))
    });
    let Some((place, within)) = found else { return false };
    if removed {
        let one = texts.get(place).is_none_or(|text| text.tables.len() <= 1);
        if one {
            texts.remove(place);
        } else if let Some(text) = texts.get_mut(place) {
            text.tables.remove(within);
        }
        return false;
    }
    let Some(text) = texts.get_mut(place) else { return false };
    if encoding.is_some() || separator.is_some() {
        *text = text.read_again(encoding, separator, role_names, known);
    }
    let Some(choice) = text.tables.get_mut(within) else { return false };
    choice.list = list.or(choice.list);
    let Some(mut columns) = columns else { return false };
    columns.resize(choice.columns.len(), RosterColumn::Nothing);
    choice.columns = columns;
    let has_email = choice.columns.contains(&RosterColumn::Email);
    let key = import::key(&choice.table.headings);
    if !key.is_empty() {
        known.insert(key.clone(), choice.columns.iter().map(|column| import::name_of(*column)).collect());
    }
    text.see_columns(has_email);
    !key.is_empty()
}

fn role_names(book: &Book) -> Vec<String> {
    book.roles.keys().map(|id| roster::plain(&book.role_name(id))).collect()
}
