//! What a person sees of a list that was handed over.

use std::collections::BTreeMap;

use super::row::Entry;
use super::{Import, ImportedApiUser, differences, labels};
use crate::api::{
    ApiUserColumnView, ApiUserOwnerState, ApiUserRowState, ApiUserRowView, ApiUserRowsRequest,
    ApiUserRowsView, ApiUsersCounts, ApiUsersImportView, ImportSeparator,
};
use crate::files::to_separator;
use crate::model::{AccountId, Timestamp};

/// First values of a column that are shown.
const SAMPLES: usize = 3;
/// Characters of a value that are shown.
const SHOWN: usize = 200;
/// Rows of a page at most.
const PAGE: u32 = 500;

impl Import {
    /// It as a whole.
    pub fn view(&self, import_id: u32, account_id: AccountId, account_name: &str) -> ApiUsersImportView {
        let separator = self.table.as_ref().map(|table| to_separator(table.separator));
        let newest = self.ground.known.iter().map(|one| one.imported_at).max();
        ApiUsersImportView {
            import_id,
            account_id,
            account_name: account_name.to_owned(),
            file_name: self.handed.file_name.clone(),
            encoding: self.handed.source.encoding().filter(|_| !self.handed.is_book),
            separator: separator.unwrap_or(ImportSeparator::Comma),
            problem: self.problem.clone(),
            columns: self.columns(),
            counts: self.counts(),
            known_at: newest.map(Timestamp::as_millis),
        }
    }

    fn columns(&self) -> Vec<ApiUserColumnView> {
        let Some(table) = &self.table else { return Vec::new() };
        let columns = table.headings.iter().zip(&table.columns).enumerate();
        let view = |(place, (heading, column)): (usize, (&String, &_))| {
            let values = table.rows.iter().filter_map(|row| row.cells.get(place));
            let values = values.filter(|cell| !cell.is_empty() && !labels::is_secret(heading));
            ApiUserColumnView {
                heading: shown(heading),
                column: *column,
                samples: values.take(SAMPLES).map(|cell| shown(cell)).collect(),
            }
        };
        columns.map(view).collect()
    }

    /// Its rows in numbers.
    pub fn counts(&self) -> ApiUsersCounts {
        let mut counts = ApiUsersCounts::default();
        for entry in &self.entries {
            counts.rows += 1;
            counts.without_owner += u32::from(is_without_owner(entry));
            match entry.state {
                ApiUserRowState::New => counts.new += 1,
                ApiUserRowState::Changed => counts.changed += 1,
                ApiUserRowState::Same => counts.same += 1,
                ApiUserRowState::Duplicate => counts.duplicate += 1,
                ApiUserRowState::Listed => counts.listed += 1,
                ApiUserRowState::Malformed => counts.malformed += 1,
                ApiUserRowState::Gone => {}
            }
        }
        counts.gone = u32::try_from(self.gone.len()).unwrap_or(u32::MAX);
        counts
    }

    /// A page of rows.
    pub fn rows(&self, request: &ApiUserRowsRequest) -> ApiUserRowsView {
        let ApiUserRowsRequest { import_id: _, state, without_owner, offset, limit } = *request;
        let wanted = |own: ApiUserRowState| state.is_none_or(|state| state == own);
        let is_wanted = |entry: &&Entry| wanted(entry.state) && (!without_owner || is_without_owner(entry));
        let entries = self.entries.iter().filter(is_wanted);
        let gone = self.gone.iter().filter(|_| wanted(ApiUserRowState::Gone) && !without_owner);
        let total = entries.clone().count() + gone.clone().count();
        // Made only for the rows of the page.
        let rows = entries.map(Either::Row).chain(gone.map(Either::Gone));
        let page = rows.skip(offset as usize).take(limit.min(PAGE) as usize);
        ApiUserRowsView {
            total: u32::try_from(total).unwrap_or(u32::MAX),
            rows: page
                .map(|one| match one {
                    Either::Row(entry) => self.row(entry),
                    Either::Gone(one) => row_of(&self.ground.names, one, None, ApiUserRowState::Gone),
                })
                .collect(),
        }
    }

    fn row(&self, entry: &Entry) -> ApiUserRowView {
        let known = self.known(entry).filter(|_| entry.state == ApiUserRowState::Changed);
        let mut differences = known.map_or_else(Vec::new, |known| differences(known, &entry.found));
        for difference in &mut differences {
            let values = [&mut difference.before, &mut difference.after];
            values.into_iter().flatten().for_each(|value| *value = shown(value));
        }
        ApiUserRowView {
            owner_state: entry.owner_state,
            differences,
            reasons: entry.reasons.clone(),
            same_as_line: entry.same_as_line,
            ..row_of(&self.ground.names, &entry.found, Some(entry.line), entry.state)
        }
    }
}

enum Either<'a> {
    Row(&'a Entry),
    Gone(&'a ImportedApiUser),
}

fn is_without_owner(entry: &Entry) -> bool {
    entry.is_taken() && entry.found.owner.is_none()
}

fn row_of(
    names: &BTreeMap<String, String>,
    one: &ImportedApiUser,
    line: Option<u32>,
    state: ApiUserRowState,
) -> ApiUserRowView {
    let known = one.owner.as_ref().and_then(|owner| names.get(owner.as_str()));
    ApiUserRowView {
        line,
        state,
        user_name: shown(&one.user_name),
        owner: known.or(one.owner_named.as_ref()).map(|owner| shown(owner)),
        owner_state: if known.is_some() { ApiUserOwnerState::Known } else { ApiUserOwnerState::Unknown },
        access_type: one.access_type.as_deref().map(shown),
        created_at: one.created_at.map(Timestamp::as_millis),
        last_used_at: one.last_used_at.map(Timestamp::as_millis),
        last_use_known: one.last_use_known,
        requests: one.requests,
        description: one.description.as_deref().map(shown),
        differences: Vec::new(),
        reasons: Vec::new(),
        same_as_line: None,
    }
}

fn shown(text: &str) -> String {
    rollcall_sheets::one_line(text).chars().take(SHOWN).collect()
}
