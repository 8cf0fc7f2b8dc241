//! What a person sees of an import.

use super::{Difference, Entry, Import, differences, rules};
use crate::api::{
    ImportEncoding, RosterColumn, RosterColumnView, RosterDifferenceView, RosterImportRowsRequest,
    RosterImportRowsView, RosterImportView, RosterList, RosterRowState, RosterRowView, RosterSourceView,
};
use crate::files::to_separator;
use crate::model::{AccountId, RemoteId, Timestamp};
use crate::remote::roster as records;

/// First values of a column that are shown.
const SAMPLES: usize = 3;
/// Characters of a value that are shown.
const SHOWN: usize = 200;
/// Rows of a page at most.
const PAGE: u32 = 500;

impl Import {
    /// It as a whole.
    pub fn view(&self, import_id: u32, account_id: AccountId, account_name: &str) -> RosterImportView {
        let (members, invitations) = (self.counts(RosterList::Members), self.counts(RosterList::Invitations));
        let different = members.joined + members.changed + members.same;
        RosterImportView {
            import_id,
            account_id,
            account_name: account_name.to_owned(),
            sources: self.sources(),
            looks_complete: members.stated.is_some_and(|stated| stated == different),
            passing: self.passing(),
            members,
            invitations,
        }
    }

    fn sources(&self) -> Vec<RosterSourceView> {
        let mut views = Vec::new();
        for text in &self.texts {
            let encoding: Option<ImportEncoding> = text.source.encoding().filter(|_| !text.is_book);
            let empty = || RosterSourceView {
                file_name: text.file_name.clone(),
                list: RosterList::Members,
                encoding,
                separator: None,
                columns: Vec::new(),
                rows: 0,
                stated: None,
                problem: text.problem.clone(),
            };
            if text.tables.is_empty() {
                views.push(empty());
            }
            for choice in &text.tables {
                let table = &choice.table;
                let columns = table.headings.iter().zip(&choice.columns).enumerate();
                views.push(RosterSourceView {
                    list: choice.list.unwrap_or(table.list),
                    separator: table.separator.map(to_separator),
                    columns: columns
                        .map(|(place, (heading, column))| RosterColumnView {
                            heading: shown(heading),
                            column: *column,
                            samples: table
                                .rows
                                .iter()
                                .filter_map(|row| row.cells.get(place))
                                .filter(|cell| !cell.trim().is_empty())
                                .take(SAMPLES)
                                .map(|cell| shown(cell))
                                .collect(),
                        })
                        .collect(),
                    rows: u32::try_from(table.rows.len()).unwrap_or(u32::MAX),
                    stated: table.stated,
                    ..empty()
                });
            }
        }
        views
    }

    /// A page of rows.
    pub fn rows(&self, request: &RosterImportRowsRequest) -> RosterImportRowsView {
        let RosterImportRowsRequest { list, state, offset, limit, .. } = *request;
        let wanted = |own: RosterList, is: RosterRowState| {
            list.is_none_or(|list| list == own) && state.is_none_or(|state| state == is)
        };
        let entries = self.entries.iter().filter(|entry| wanted(entry.list, entry.state));
        let gone = self.gone.iter().filter(|(own, _)| wanted(*own, RosterRowState::Gone));
        let total = entries.clone().count() + gone.clone().count();
        let rows = entries.map(Either::Entry).chain(gone.map(|(list, id)| Either::Gone(*list, id)));
        let page = rows.skip(offset as usize).take(limit.min(PAGE) as usize);
        RosterImportRowsView {
            total: u32::try_from(total).unwrap_or(u32::MAX),
            rows: page
                .map(|row| match row {
                    Either::Entry(entry) => self.row(entry),
                    Either::Gone(list, id) => self.gone_row(list, id),
                })
                .collect(),
        }
    }

    fn row(&self, entry: &Entry) -> RosterRowView {
        let known = entry.known.as_ref().filter(|_| entry.state == RosterRowState::Changed);
        let found = known.map_or_else(Vec::new, |id| differences(&self.book, entry, id));
        RosterRowView {
            source: Some(entry.source),
            line: Some(entry.line),
            list: entry.list,
            state: entry.state,
            email: shown(&entry.email),
            name: entry.name.as_deref().map(shown),
            role: entry.role.as_ref().map(|role| self.book.role_name(role)),
            date: entry.date.map(Timestamp::as_millis),
            differences: found.into_iter().map(|difference| self.difference(entry, difference)).collect(),
            reasons: entry.reasons.clone(),
            same_as_line: entry.same_as_line,
            remote_id: entry.known.as_ref().map(|id| id.as_str().to_owned()),
        }
    }

    fn difference(&self, entry: &Entry, difference: Difference) -> RosterDifferenceView {
        let view = |column, before: Option<String>, after| RosterDifferenceView { column, before, after };
        match difference {
            Difference::Name(before) => view(RosterColumn::Name, Some(before), entry.name.clone()),
            Difference::Email(before) => view(RosterColumn::Email, Some(before), Some(entry.email.clone())),
            Difference::Role(before) => {
                let names: Vec<String> = before.iter().map(|role| self.book.role_name(role)).collect();
                let before = (!names.is_empty()).then(|| names.join(", "));
                view(RosterColumn::Role, before, entry.role.as_ref().map(|role| self.book.role_name(role)))
            }
            Difference::Status(before) => {
                view(RosterColumn::Status, Some(before), entry.status.map(str::to_owned))
            }
            Difference::Date(before) => {
                let text = |at: i64| at.to_string();
                view(RosterColumn::Date, before.map(text), entry.date.map(Timestamp::as_millis).map(text))
            }
        }
    }

    fn gone_row(&self, list: RosterList, id: &RemoteId) -> RosterRowView {
        let empty = RosterRowView {
            source: None,
            line: None,
            list,
            state: RosterRowState::Gone,
            email: String::new(),
            name: None,
            role: None,
            date: None,
            differences: Vec::new(),
            reasons: Vec::new(),
            same_as_line: None,
            remote_id: Some(id.as_str().to_owned()),
        };
        match list {
            RosterList::Members => {
                let Some(user) = self.book.users.get(id).and_then(records::user) else { return empty };
                let roles = self.book.members.get(id).map(Vec::as_slice).unwrap_or_default();
                let mightiest = roles.iter().min_by_key(|role| rules::rank(role.as_str()));
                RosterRowView {
                    email: user.email.unwrap_or_default(),
                    name: Some(user.display_name),
                    role: mightiest.map(|role| self.book.role_name(role)),
                    date: user.created_at.map(Timestamp::as_millis),
                    ..empty
                }
            }
            RosterList::Invitations => {
                let known = self.book.invitations.get(id).and_then(records::invitation);
                let Some(invitation) = known else { return empty };
                RosterRowView {
                    email: invitation.invitee,
                    date: invitation.created_at.map(Timestamp::as_millis),
                    ..empty
                }
            }
        }
    }
}

/// A row, or who is in none.
enum Either<'a> {
    Entry(&'a Entry),
    Gone(RosterList, &'a RemoteId),
}

fn shown(text: &str) -> String {
    rollcall_sheets::one_line(text).chars().take(SHOWN).collect()
}
