//! From the search texts as stored to the text in memory, see `row_text`.

use super::row_text::{END, MARK_ONE, MARK_TWO, OWN_CELLS, RowText, SHARED, split_name};
use super::shared::SharedColumnBuilder;
use crate::model::SEARCH_COLUMNS;

/// Fills a [`RowText`].
#[derive(Debug)]
pub(super) struct RowTextBuilder {
    bytes: Vec<u8>,
    starts: Vec<u32>,
    shared: [SharedColumnBuilder; SHARED],
}

impl Default for RowTextBuilder {
    fn default() -> Self {
        Self { bytes: Vec::new(), starts: vec![0], shared: Default::default() }
    }
}

impl RowTextBuilder {
    /// Adds a row: its search text as stored. `None` when four gigabytes are full.
    pub fn push(&mut self, text: &[u8]) -> Option<()> {
        let mut columns: [&[u8]; SEARCH_COLUMNS] = [&[]; SEARCH_COLUMNS];
        for (column, value) in columns.iter_mut().zip(text.split(|byte| *byte == END)) {
            // A lone control character would read as a mark.
            *column = if matches!(value, [MARK_ONE | MARK_TWO]) { &[] } else { value };
        }
        let [
            display,
            user_name,
            email,
            given,
            family,
            title,
            department,
            organization,
            employee,
            user_type,
            phone,
            locale,
            external,
        ] = columns;
        let (user_local, user_domain) = split_address(user_name);
        let (email_local, email_domain) = split_address(email);
        let user_local = user_mark(user_local, email_local).unwrap_or(user_local);
        let own: [&[u8]; OWN_CELLS] = [
            display,
            user_local,
            email_local,
            given_mark(given, display).unwrap_or(given),
            family_mark(family, display).unwrap_or(family),
            employee,
            phone,
            external,
        ];
        let shared = [title, department, organization, user_type, locale, user_domain, email_domain];
        own.into_iter().for_each(|cell| self.push_cell(cell));
        for (at, value) in shared.into_iter().enumerate() {
            let kept = self.shared.get_mut(at).is_some_and(|column| column.push(value));
            self.push_cell(if kept { &[] } else { value });
        }
        let start = self.starts.last().map_or(0, |start| *start as usize);
        let filled = self.bytes.get(start..)?.iter().rposition(|byte| *byte != END);
        self.bytes.truncate(start + filled.map_or(0, |last| last + 1));
        self.bytes.push(END);
        self.starts.push(u32::try_from(self.bytes.len()).ok()?);
        Some(())
    }

    /// Control characters are spaces here: they are never typed, and marks must be certain. A mark is a whole cell.
    fn push_cell(&mut self, cell: &[u8]) {
        if matches!(cell, [MARK_ONE | MARK_TWO]) {
            self.bytes.extend_from_slice(cell);
        } else {
            self.bytes.extend(cell.iter().map(|byte| if *byte < b' ' { b' ' } else { *byte }));
        }
        self.bytes.push(END);
    }

    pub fn build(mut self) -> RowText {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
        RowText::new(self.bytes, self.starts, self.shared.map(SharedColumnBuilder::build))
    }
}

/// Up to and including the last `@`, and from it on; all of it and nothing where there is none.
fn split_address(address: &[u8]) -> (&[u8], &[u8]) {
    let at = memchr::memrchr(b'@', address);
    at.and_then(|at| Some((address.get(..=at)?, address.get(at..)?))).unwrap_or((address, &[]))
}

fn user_mark(user_local: &[u8], email_local: &[u8]) -> Option<&'static [u8]> {
    if user_local.is_empty() {
        None
    } else if user_local == email_local {
        Some(&[MARK_ONE])
    } else if email_local.strip_suffix(b"@") == Some(user_local) {
        Some(&[MARK_TWO])
    } else {
        None
    }
}

fn given_mark(given: &[u8], display: &[u8]) -> Option<&'static [u8]> {
    mark(
        given,
        split_name(display, MARK_ONE).map(|(given, _)| given),
        split_name(display, MARK_TWO).map(|(given, _)| given),
    )
}

fn family_mark(family: &[u8], display: &[u8]) -> Option<&'static [u8]> {
    mark(
        family,
        split_name(display, MARK_ONE).map(|(_, family)| family),
        split_name(display, MARK_TWO).map(|(_, family)| family),
    )
}

fn mark(value: &[u8], one: Option<&[u8]>, two: Option<&[u8]>) -> Option<&'static [u8]> {
    if value.is_empty() {
        None
    } else if one == Some(value) {
        Some(&[MARK_ONE])
    } else if two == Some(value) {
        Some(&[MARK_TWO])
    } else {
        None
    }
}
