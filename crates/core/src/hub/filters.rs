//! Filters: checked, completed, counted and kept; and the palette, which looks for anything by a few letters.

use super::{Hub, crossing};
use crate::api::{
    CheckFilterRequest, CommandError, CompleteFilterRequest, CompletionsView, EmptyRequest, ErrorCode,
    FacetsRequest, FacetsView, FilterCheckView, FilterProblemView, PaletteRequest, PaletteView,
    ReorderSavedFiltersRequest, SaveFilterRequest, SavedFilterListView, SavedFilterRequest,
    UpdateSavedFilterRequest,
};
use crate::error::{Error, InputReason};
use crate::query::{self, Filter, FilterError};
use crate::store::saved_filters::{self, SavedFilter};
use crate::store::{Context, StoreError};
use crate::{clock, model::AccountId};

impl Hub {
    /// Whether a filter can be understood.
    ///
    /// # Errors
    /// None; a filter that cannot be understood is an answer.
    #[expect(clippy::unused_async, reason = "every command is")]
    pub async fn check_filter(&self, request: CheckFilterRequest) -> Result<FilterCheckView, CommandError> {
        let problem = Filter::parse(&request.text, &clock::moment()).err();
        Ok(FilterCheckView { problem: problem.map(|problem| problem_view(&problem, &request.text)) })
    }

    /// What could be typed next.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn complete_filter(
        &self,
        request: CompleteFilterRequest,
    ) -> Result<CompletionsView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| query::complete_filter(&hub.inner.cache, conn, &request, &clock::moment())).await
    }

    /// What a result is made of.
    ///
    /// # Errors
    /// When the filter cannot be understood, or the store cannot be read.
    pub async fn get_facets(&self, request: FacetsRequest) -> Result<FacetsView, CommandError> {
        let hub = self.clone();
        let (filter, moment) = (read(&request.text).map_err(|error| *error)?, clock::moment());
        self.ask(move |conn| query::get_facets(&hub.inner.cache, conn, &request, &filter, &moment)).await
    }

    /// The kept filters with their counts.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_saved_filters(
        &self,
        _request: EmptyRequest,
    ) -> Result<SavedFilterListView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| query::list_saved_filters(&hub.inner.cache, conn, &clock::moment())).await
    }

    /// Keeps a filter; whoever it finds now is not new.
    ///
    /// # Errors
    /// When it has no name or cannot be understood, or the store fails.
    pub async fn save_filter(&self, request: SaveFilterRequest) -> Result<SavedFilterListView, CommandError> {
        read(&request.text).map_err(|error| *error)?;
        let mut filter = SavedFilter {
            id: 0,
            account_id: request.account_id,
            name: named(&request.name).map_err(crossing)?,
            text: request.text,
            opened_at: clock::now().as_millis(),
            seen: Vec::new(),
        };
        filter.seen = self.seen(filter.account_id, filter.text.clone()).await?;
        self.keep(move |tx| saved_filters::insert(tx, &filter).map(|_| true)).await
    }

    /// Gives a kept filter another name or text.
    ///
    /// # Errors
    /// When it is not there, has no name or cannot be understood, or the store fails.
    pub async fn update_saved_filter(
        &self,
        request: UpdateSavedFilterRequest,
    ) -> Result<SavedFilterListView, CommandError> {
        read(&request.text).map_err(|error| *error)?;
        let name = named(&request.name).map_err(crossing)?;
        self.keep(move |tx| saved_filters::update(tx, request.id, &name, &request.text)).await
    }

    /// Notes that a kept filter was opened: whoever it finds now is no longer new.
    ///
    /// # Errors
    /// When it is not there, or the store fails.
    pub async fn open_saved_filter(
        &self,
        request: SavedFilterRequest,
    ) -> Result<SavedFilterListView, CommandError> {
        let all = self.ask(saved_filters::list).await?;
        let found = all.into_iter().find(|filter| filter.id == request.id);
        let filter = found.ok_or_else(|| crossing(Error::NotFound { what: "this filter" }))?;
        let seen = self.seen(filter.account_id, filter.text).await?;
        self.keep(move |tx| saved_filters::mark_opened(tx, request.id, clock::now(), &seen)).await
    }

    /// Puts the kept filters into another order.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn reorder_saved_filters(
        &self,
        request: ReorderSavedFiltersRequest,
    ) -> Result<SavedFilterListView, CommandError> {
        self.keep(move |tx| saved_filters::reorder(tx, &request.ids).map(|()| true)).await
    }

    /// Removes a kept filter.
    ///
    /// # Errors
    /// When it is not there, or the store fails.
    pub async fn delete_saved_filter(
        &self,
        request: SavedFilterRequest,
    ) -> Result<SavedFilterListView, CommandError> {
        self.keep(move |tx| saved_filters::delete(tx, request.id)).await
    }

    /// People, groups and roles of all accounts by a few letters.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn search_palette(&self, request: PaletteRequest) -> Result<PaletteView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| {
            // One transaction: taking and giving back the lock of the file for each row costs as much as reading it.
            let conn = conn.unchecked_transaction().context("searching")?;
            let view = query::search_palette(&hub.inner.cache, &conn, &request)?;
            conn.commit().context("searching")?;
            Ok(view)
        })
        .await
    }

    async fn seen(&self, account: Option<AccountId>, text: String) -> Result<Vec<u8>, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| query::seen_now(&hub.inner.cache, conn, account, &text, &clock::moment())).await
    }

    /// Changes the kept filters and lists them. `work` answers false for one that is not there.
    async fn keep(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<bool, StoreError> + Send + 'static,
    ) -> Result<SavedFilterListView, CommandError> {
        let store = self.open().map_err(crossing)?.store;
        let done = store.write(work).await.map_err(|error| crossing(error.into()))?;
        if !done {
            return Err(crossing(Error::NotFound { what: "this filter" }));
        }
        self.list_saved_filters(EmptyRequest {}).await
    }
}

/// Reads a filter. The error names the place and what was typed; it is the person's own mistake and goes to no log.
pub(super) fn read(text: &str) -> Result<Filter, Box<CommandError>> {
    Filter::parse(text, &clock::moment()).map_err(|problem| Box::new(command_error(&problem, text)))
}

fn command_error(problem: &FilterError, text: &str) -> CommandError {
    let mut error = CommandError::new(ErrorCode::InvalidInput, problem.message.clone());
    let (start, end) = problem.span.utf16(text);
    error.field = Some("text".to_owned());
    error.reason = Some("filter".to_owned());
    let code = serde_json::to_value(problem.code).ok();
    let code = code.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let values = [
        ("filterCode", code),
        ("start", start.to_string()),
        ("end", end.to_string()),
        ("typed", problem.typed.clone()),
    ];
    error.values.extend(values.map(|(name, value)| (name.to_owned(), value)));
    error.values.extend(problem.hint.clone().map(|hint| ("hint".to_owned(), hint)));
    error
}

fn problem_view(problem: &FilterError, text: &str) -> FilterProblemView {
    let (start, end) = problem.span.utf16(text);
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    FilterProblemView {
        code: problem.code,
        start,
        end,
        start_byte: byte(problem.span.start),
        end_byte: byte(problem.span.end),
        message: problem.message.clone(),
        typed: problem.typed.clone(),
        hint: problem.hint.clone(),
    }
}

fn named(name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() {
        let problem = "A filter needs a name.".to_owned();
        return Err(Error::InvalidInput { field: "name", reason: InputReason::Required, problem });
    }
    Ok(name.to_owned())
}
