//! Pasted tables and files, and what taking them would change. Reading order: `source` (texts and their tables), `entry` (a row
//! as a member or an invitation), here what becomes of each beside the organisation as it is, `merge` the organisation as it
//! would be, `passing` who was its owner, `view` what a person sees.

mod entry;
mod merge;
mod passing;
mod source;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use serde_json::Value;

use super::book::Book;
use super::rules;
use crate::api::{RosterImportCounts, RosterList, RosterRowReason, RosterRowState};
use crate::model::{Invitation, RemoteId, RosterPreset, User};
use crate::remote::roster as records;

pub use entry::Entry;
pub use merge::Whole;
pub use source::{Choice, Text, key, name_of};

use entry::Reader;

/// Dates on pages have no seconds.
const MINUTE: i64 = 60_000;

/// Texts that were read, beside the organisation as it is.
#[derive(Clone, Debug)]
pub struct Import {
    texts: Vec<Text>,
    book: Book,
    entries: Vec<Entry>,
    /// Members and invitations that stand in no row.
    gone: Vec<(RosterList, RemoteId)>,
}

impl Import {
    /// What `texts` would change in `book`; days begin in `zone`.
    pub fn new(texts: Vec<Text>, book: Book, zone: &TimeZone) -> Self {
        let mut import = Self { texts, book, entries: Vec::new(), gone: Vec::new() };
        import.read(zone);
        import.compare();
        import
    }

    /// What was read.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// The organisation that it was put beside.
    pub const fn book(&self) -> &Book {
        &self.book
    }

    fn read(&mut self, zone: &TimeZone) {
        let mut named: BTreeMap<String, Option<RemoteId>> = BTreeMap::new();
        for table in self.texts.iter().flat_map(|text| &text.tables) {
            for row in &table.table.rows {
                for (cell, column) in row.cells.iter().zip(&table.columns) {
                    if *column == crate::api::RosterColumn::Role && !named.contains_key(cell) {
                        let cell = cell.trim();
                        named.insert(cell.to_owned(), self.book.role_named(cell));
                    }
                }
            }
        }
        let role_named =
            |name: &str| named.get(name).cloned().flatten().or_else(|| self.book.role_named(name));
        let mut entries = Vec::new();
        for (table, number) in self.texts.iter().flat_map(|text| &text.tables).zip(0_u32..) {
            let reader = Reader {
                columns: &table.columns,
                list: table.list.unwrap_or(table.table.list),
                list_is_chosen: table.list.is_some(),
                role_named: &role_named,
                zone,
            };
            entries.extend(table.table.rows.iter().map(|row| reader.read(number, row)));
        }
        self.entries = entries;
    }

    fn compare(&mut self) {
        let (by_email, by_invitee) = (self.book.by_email(), self.book.by_invitee());
        let one_owner = self.book.roster.preset == RosterPreset::Isocarto;
        let mut seen: BTreeMap<(RosterList, String), u32> = BTreeMap::new();
        let mut owner = false;
        for entry in &mut self.entries {
            if entry.state == RosterRowState::Malformed {
                continue;
            }
            let key = entry.key();
            if let Some(line) = seen.get(&(entry.list, key.clone())) {
                entry.state = RosterRowState::Duplicate;
                entry.same_as_line = Some(*line);
                continue;
            }
            if one_owner && entry.role.as_ref().is_some_and(|role| role.as_str() == rules::OWNER) {
                if owner {
                    entry.reasons.push(RosterRowReason::SecondOwner);
                    entry.state = RosterRowState::Malformed;
                    continue;
                }
                owner = true;
            }
            seen.insert((entry.list, key.clone()), entry.line);
            entry.known = match entry.list {
                RosterList::Members => by_email.get(&key).cloned(),
                // One that is over is another one than what is pending now.
                RosterList::Invitations => {
                    by_invitee.get(&key).filter(|(_, open)| *open || is_over(entry)).map(|(id, _)| id.clone())
                }
            };
            entry.state = match &entry.known {
                None => RosterRowState::Joined,
                Some(id) if differs(&self.book, entry, id) => RosterRowState::Changed,
                Some(_) => RosterRowState::Same,
            };
        }
        let known: BTreeSet<&RemoteId> =
            self.entries.iter().filter_map(|entry| entry.known.as_ref()).collect();
        let members = self.book.users.keys().filter(|id| !known.contains(id));
        let open = |(_, (id, open)): (&String, &(RemoteId, bool))| {
            (*open && !known.contains(id)).then(|| (RosterList::Invitations, id.clone()))
        };
        let members = members.map(|id| (RosterList::Members, id.clone()));
        self.gone = members.chain(by_invitee.iter().filter_map(open)).collect();
    }

    /// The rows of `list` in numbers.
    pub fn counts(&self, list: RosterList) -> RosterImportCounts {
        let mut counts = RosterImportCounts::default();
        for entry in self.entries.iter().filter(|entry| entry.list == list) {
            counts.rows += 1;
            match entry.state {
                RosterRowState::Joined => counts.joined += 1,
                RosterRowState::Changed => counts.changed += 1,
                RosterRowState::Same => counts.same += 1,
                RosterRowState::Duplicate => counts.duplicate += 1,
                RosterRowState::Malformed => counts.malformed += 1,
                RosterRowState::Gone => {}
            }
        }
        let gone = self.gone.iter().filter(|(own, _)| *own == list).count();
        counts.gone = u32::try_from(gone).unwrap_or(u32::MAX);
        let tables = self.texts.iter().flat_map(|text| &text.tables);
        let of_list = tables.filter(|table| table.list.unwrap_or(table.table.list) == list);
        counts.stated = of_list.filter_map(|table| table.table.stated).max();
        counts
    }
}

/// Whether a row says that nothing can become of an invitation any more.
fn is_over(entry: &Entry) -> bool {
    matches!(entry.status, Some(rules::ACCEPTED | rules::REVOKED))
}

/// Whether a row says something else than what is known.
fn differs(book: &Book, entry: &Entry, id: &RemoteId) -> bool {
    !differences(book, entry, id).is_empty()
}

/// What is different, and what it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Another name.
    Name(String),
    /// Another spelling of the address.
    Email(String),
    /// Other roles, by id.
    Role(Vec<RemoteId>),
    /// Another state of an invitation.
    Status(String),
    /// Another time.
    Date(Option<i64>),
}

/// What a row says of the member or invitation `id` that is not known so.
fn differences(book: &Book, entry: &Entry, id: &RemoteId) -> Vec<Difference> {
    match entry.list {
        RosterList::Members => {
            book.users.get(id).map_or_else(Vec::new, |known| of_member(book, entry, id, known))
        }
        RosterList::Invitations => {
            book.invitations.get(id).map_or_else(Vec::new, |known| of_invitation(entry, known))
        }
    }
}

fn of_member(book: &Book, entry: &Entry, id: &RemoteId, known: &Value) -> Vec<Difference> {
    let Some(User { display_name, email, created_at, .. }) = records::user(known) else { return Vec::new() };
    let mut found = Vec::new();
    if entry.name.as_ref().is_some_and(|name| *name != display_name) {
        found.push(Difference::Name(display_name));
    }
    if email.as_ref().is_some_and(|email| *email != entry.email) {
        found.push(Difference::Email(email.unwrap_or_default()));
    }
    let held = book.members.get(id).cloned().unwrap_or_default();
    let one = rules::has_one_role(book.roster.preset);
    let has = |role: &RemoteId| if one { held == [role.clone()] } else { held.contains(role) };
    if entry.role.as_ref().is_some_and(|role| !has(role)) {
        found.push(Difference::Role(held));
    }
    if !same_minute(entry.date.map(|at| at.as_millis()), created_at.map(|at| at.as_millis())) {
        found.push(Difference::Date(created_at.map(|at| at.as_millis())));
    }
    found
}

fn of_invitation(entry: &Entry, known: &Value) -> Vec<Difference> {
    let Some(Invitation { status, created_at, .. }) = records::invitation(known) else { return Vec::new() };
    let mut found = Vec::new();
    // What is pending here may have expired there: the clock tells that by itself.
    let told = entry.status.filter(|told| *told != rules::EXPIRED || status != rules::PENDING);
    if told.is_some_and(|told| told != status) {
        found.push(Difference::Status(status));
    }
    if !same_minute(entry.date.map(|at| at.as_millis()), created_at.map(|at| at.as_millis())) {
        found.push(Difference::Date(created_at.map(|at| at.as_millis())));
    }
    found
}

/// A row without a date says nothing about it.
fn same_minute(told: Option<i64>, known: Option<i64>) -> bool {
    let Some(told) = told else { return true };
    known.is_some_and(|known| known.div_euclid(MINUTE) == told.div_euclid(MINUTE))
}
