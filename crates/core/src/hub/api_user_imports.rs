//! Lists of API users that a person hands over, where the service does not list them: in memory only until they are kept, and
//! one at a time. What is kept has the date of the list, and gives way to what the service lists itself.

use std::sync::Arc;

use super::{Hub, OpenFile, crossing};
use crate::api::{
    ApiUserRowsRequest, ApiUserRowsView, ApiUsersChosenView, ApiUsersFileRequest, ApiUsersFoundView,
    ApiUsersImportRequest, ApiUsersImportView, ApiUsersTakenView, CommandError, HubEvent, ImportSeparator,
    ImportedApiUserRequest, PreviewApiUsersRequest, TakeApiUsersRequest, UpdateApiUsersRequest,
};
use crate::api_users::{self, Ground, Handed, Import};
use crate::error::InputReason;
use crate::files::{self, Source, of_separator};
use crate::model::{AccountId, Stream};
use crate::store::imported_api_users;
use crate::{Error, clock, query, store};

/// Endings of the files that are offered.
const ENDINGS: &[&str] = &["csv", "xlsx", "txt", "tsv"];
/// Longest title that the page can put on the system's dialog, in letters.
const LONGEST_TITLE: usize = 80;

const GONE: Error = Error::NotFound { what: "this list" };

impl Hub {
    /// Reads a pasted list. Nothing is kept of it before it is taken.
    ///
    /// # Errors
    /// When the service of the account lists API users itself, or there are none; those of the store. What is wrong with the
    /// text stands in the view.
    pub async fn preview_api_users(
        &self,
        request: PreviewApiUsersRequest,
    ) -> Result<ApiUsersImportView, CommandError> {
        let PreviewApiUsersRequest { account_id, text } = request;
        let handed = handed(None, (Source::read(text.into_bytes(), None), false));
        self.look_at_api_users(account_id, None, handed).await.map_err(crossing)
    }

    /// Lets the person choose a file of API users and reads it.
    ///
    /// # Errors
    /// As [`Self::preview_api_users`].
    pub async fn import_api_users_file(
        &self,
        request: ApiUsersFileRequest,
    ) -> Result<ApiUsersChosenView, CommandError> {
        let ApiUsersFileRequest { account_id, title } = request;
        let read = async {
            self.check_hides_api_users(account_id).await?;
            let title = rollcall_sheets::one_line(&title).chars().take(LONGEST_TITLE).collect();
            let chosen = self.inner.parts.desktop.open_file(OpenFile { title, endings: ENDINGS }).await;
            let Some(path) = chosen else { return Ok(None) };
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let read = store::blocking(move || Ok::<_, Error>(files::read_file(&path))).await?;
            self.look_at_api_users(account_id, None, handed(Some(&name), read)).await.map(Some)
        };
        Ok(ApiUsersChosenView { import: read.await.map_err(crossing)? })
    }

    /// Reads a file of API users that was handed over.
    ///
    /// # Errors
    /// As [`Self::preview_api_users`].
    pub async fn import_api_users_bytes(
        &self,
        account_id: AccountId,
        file_name: &str,
        bytes: Vec<u8>,
    ) -> Result<ApiUsersImportView, CommandError> {
        let read = async {
            let read = store::blocking(move || Ok::<_, Error>(files::read_bytes(bytes)));
            let handed = handed(Some(file_name), read.await?);
            self.look_at_api_users(account_id, None, handed).await
        };
        read.await.map_err(crossing)
    }

    /// Reads the list in another way.
    ///
    /// # Errors
    /// When it is not looked at any more; those of the store.
    pub async fn update_api_users_import(
        &self,
        request: UpdateApiUsersRequest,
    ) -> Result<ApiUsersImportView, CommandError> {
        let UpdateApiUsersRequest { import_id, columns, encoding, separator } = request;
        let update = async {
            let (account, import) = self.api_users_import(import_id)?;
            let mut handed = import.handed().clone();
            if let Some(other) = encoding.and_then(|encoding| handed.source.read_again(encoding)) {
                handed.source = Arc::new(other);
            }
            if encoding.is_some() || separator.is_some() {
                handed.columns = None;
            }
            handed.separator = separator.map(of_separator).or(handed.separator);
            handed.columns = columns.or(handed.columns);
            self.look_at_api_users(account, Some(import_id), handed).await
        };
        update.await.map_err(crossing)
    }

    /// A page of rows, each with what becomes of it.
    ///
    /// # Errors
    /// When it is not looked at any more.
    pub async fn query_api_user_rows(
        &self,
        request: ApiUserRowsRequest,
    ) -> Result<ApiUserRowsView, CommandError> {
        let (_, import) = self.api_users_import(request.import_id).map_err(crossing)?;
        store::blocking(move || Ok::<_, Error>(import.rows(&request))).await.map_err(crossing)
    }

    /// Keeps the list in the place of the one that is here, and ends the import.
    ///
    /// # Errors
    /// When it is not looked at any more, has nothing to keep, or the service lists API users itself by now; those of the
    /// store. Nothing is kept then.
    pub async fn take_api_users(
        &self,
        request: TakeApiUsersRequest,
    ) -> Result<ApiUsersTakenView, CommandError> {
        let TakeApiUsersRequest { import_id, keep_others } = request;
        let take = async {
            let (account, import) = self.api_users_import(import_id)?;
            self.check_hides_api_users(account).await?;
            if !import.has_any() {
                return Err(wrong("no row of this list can be kept"));
            }
            let open = self.open()?.store;
            // As it is now: a sync may have been there since.
            let (handed, moment) = (import.handed().clone(), clock::moment());
            let taken = open
                .write(move |tx| {
                    let ground = Ground::load(tx, account)?;
                    let import = Import::new(handed, ground, &moment.zone, moment.now);
                    api_users::take(tx, account, &import, keep_others)
                })
                .await?;
            self.end_api_users_import(import_id);
            Ok(taken)
        };
        let taken = take.await.map_err(crossing)?;
        self.send(HubEvent::AccountsChanged);
        Ok(taken)
    }

    /// Gives the list up.
    ///
    /// # Errors
    /// None.
    #[expect(clippy::unused_async, reason = "every command is")]
    pub async fn discard_api_users(
        &self,
        request: ApiUsersImportRequest,
    ) -> Result<ApiUsersFoundView, CommandError> {
        Ok(ApiUsersFoundView { found: self.end_api_users_import(request.import_id) })
    }

    /// Takes one API user off the list here. At the service nothing becomes of it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn remove_imported_api_user(
        &self,
        request: ImportedApiUserRequest,
    ) -> Result<ApiUsersFoundView, CommandError> {
        let ImportedApiUserRequest { account_id, user_name } = request;
        let remove = async {
            let account = self.account(account_id).await?.id;
            let store = self.open()?.store;
            Ok(store.write(move |tx| imported_api_users::remove(tx, account, &user_name)).await?)
        };
        let found = remove.await.map_err(crossing)?;
        self.send(HubEvent::AccountsChanged);
        Ok(ApiUsersFoundView { found })
    }

    async fn look_at_api_users(
        &self,
        account: AccountId,
        id: Option<u32>,
        handed: Handed,
    ) -> Result<ApiUsersImportView, Error> {
        let name = self.check_hides_api_users(account).await?;
        let ground = self.open()?.store.read(move |conn| Ground::load(conn, account)).await?;
        let moment = clock::moment();
        let read = move || Ok::<_, Error>(Import::new(handed, ground, &moment.zone, moment.now));
        let import = store::blocking(read).await?;
        let import = Arc::new(import);
        let id = self.inner.api_user_imports.put(id, account, Arc::clone(&import));
        Ok(import.view(id, account, &name))
    }

    /// The account's name. A list of a person's never stands in the way of the service's own.
    async fn check_hides_api_users(&self, account: AccountId) -> Result<String, Error> {
        let account = self.account(account).await?;
        let id = account.id;
        let capabilities = self.open()?.store.read(move |conn| query::capabilities_of(conn, id)).await?;
        let Some(capabilities) = capabilities else {
            return Err(wrong(
                "synchronise this account first: only then it is known whose API users these are",
            ));
        };
        if capabilities.streams.contains(&Stream::ApiUsers) {
            return Err(wrong("the service lists the API users of this account itself"));
        }
        if capabilities.facts.is_none_or(|facts| !facts.api_users_hidden) {
            return Err(wrong("the service of this account has no API users"));
        }
        Ok(account.name)
    }

    fn api_users_import(&self, id: u32) -> Result<(AccountId, Arc<Import>), Error> {
        self.inner.api_user_imports.find(id).ok_or(GONE)
    }

    fn end_api_users_import(&self, id: u32) -> bool {
        self.inner.api_user_imports.end(id)
    }
}

fn wrong(problem: &str) -> Error {
    Error::InvalidInput { field: "accountId", reason: InputReason::Other, problem: problem.to_owned() }
}

fn handed(file_name: Option<&str>, (source, is_book): (Source, bool)) -> Handed {
    Handed {
        file_name: file_name.map(rollcall_sheets::one_line),
        source: Arc::new(source),
        separator: is_book.then(|| of_separator(ImportSeparator::Tab)),
        is_book,
        columns: None,
    }
}
