//! The folded text of the rows, in one buffer, without what is said twice.
//!
//! A search reads all of it, so it must be short. Values that many rows share are in [`SharedColumn`]s; so are the domains
//! of addresses, from `@` on. A user name that is the address, or its local part, and first and last names that
//! stand in the display name, are one mark instead of text. No word is lost by that: whatever is left out stands in
//! another cell of the same row. The `@` stays on both sides of the cut, so that only a word with letters on both sides of
//! it spans two cells; `matching` looks for those apart.

use super::shared::{Kept, SharedColumn};
use crate::model::{COLUMN_END, SEARCH_COLUMNS};

/// Columns of a search text, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) enum TextColumn {
    DisplayName,
    UserName,
    Email,
    GivenName,
    FamilyName,
    Title,
    Department,
    Organization,
    EmployeeNumber,
    UserType,
    Phone,
    Locale,
    ExternalId,
}

impl TextColumn {
    /// All of them, in order.
    pub const ALL: [Self; SEARCH_COLUMNS] = [
        Self::DisplayName,
        Self::UserName,
        Self::Email,
        Self::GivenName,
        Self::FamilyName,
        Self::Title,
        Self::Department,
        Self::Organization,
        Self::EmployeeNumber,
        Self::UserType,
        Self::Phone,
        Self::Locale,
        Self::ExternalId,
    ];

    /// Its column in the store.
    pub const fn stored(self) -> &'static str {
        match self {
            Self::DisplayName => "display_name",
            Self::UserName => "user_name",
            Self::Email => "email",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::Title => "title",
            Self::Department => "department",
            Self::Organization => "organization",
            Self::EmployeeNumber => "employee_number",
            Self::UserType => "user_type",
            Self::Phone => "phone",
            Self::Locale => "locale",
            Self::ExternalId => "external_id",
        }
    }

    /// The shared column that keeps all of it.
    pub(super) const fn shared(self) -> Option<usize> {
        match self {
            Self::Title => Some(0),
            Self::Department => Some(1),
            Self::Organization => Some(2),
            Self::UserType => Some(3),
            Self::Locale => Some(4),
            Self::DisplayName
            | Self::UserName
            | Self::Email
            | Self::GivenName
            | Self::FamilyName
            | Self::EmployeeNumber
            | Self::Phone
            | Self::ExternalId => None,
        }
    }
}

/// Ends a cell.
pub(super) const END: u8 = COLUMN_END as u8;
/// User name: the address. First name: the display name up to its first space. Last name: what follows that space.
pub(super) const MARK_ONE: u8 = 1;
/// User name: the local part of the address. First name: the display name up to its last space. Last name: what follows.
pub(super) const MARK_TWO: u8 = 2;

/// Cells of a row that are its own, in order; spilled values of the shared columns follow.
pub(super) const OWN_CELLS: usize = 8;
/// Shared columns: title, department, organization, user type, locale, domain of the user name, domain of the address.
pub(super) const SHARED: usize = 7;
const USER_DOMAIN: usize = 5;
const EMAIL_DOMAIN: usize = 6;

/// The text of all rows.
#[derive(Debug)]
pub(super) struct RowText {
    bytes: Vec<u8>,
    /// Where each row starts, and the end.
    starts: Vec<u32>,
    shared: [SharedColumn; SHARED],
}

impl RowText {
    /// Rows one after the other in `bytes`; `starts` has where each begins, and the end.
    pub const fn new(bytes: Vec<u8>, starts: Vec<u32>, shared: [SharedColumn; SHARED]) -> Self {
        Self { bytes, starts, shared }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// All rows in one buffer.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where each row starts in [`bytes`](Self::bytes), and the end.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The columns that keep values once.
    pub fn shared(&self) -> &[SharedColumn] {
        &self.shared
    }

    /// A row's own text.
    pub fn row(&self, row: usize) -> &[u8] {
        match self.starts.get(row..row + 2) {
            Some(&[start, end]) => self.bytes.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Appends one column of a row, as it was stored.
    pub fn read(&self, row: usize, column: TextColumn, value: &mut Vec<u8>) {
        match column {
            TextColumn::DisplayName => value.extend_from_slice(self.cell(row, 0)),
            TextColumn::UserName => {
                match self.cell(row, 1) {
                    [MARK_ONE] => value.extend_from_slice(self.cell(row, 2)),
                    [MARK_TWO] => {
                        value.extend_from_slice(self.cell(row, 2).strip_suffix(b"@").unwrap_or(&[]))
                    }
                    own => value.extend_from_slice(own),
                }
                self.append_domain(row, USER_DOMAIN, value);
            }
            TextColumn::Email => {
                value.extend_from_slice(self.cell(row, 2));
                self.append_domain(row, EMAIL_DOMAIN, value);
            }
            TextColumn::GivenName => value.extend_from_slice(match self.cell(row, 3) {
                &[mark @ (MARK_ONE | MARK_TWO)] => {
                    split_name(self.cell(row, 0), mark).map_or(&[], |(given, _)| given)
                }
                own => own,
            }),
            TextColumn::FamilyName => value.extend_from_slice(match self.cell(row, 4) {
                &[mark @ (MARK_ONE | MARK_TWO)] => {
                    split_name(self.cell(row, 0), mark).map_or(&[], |(_, family)| family)
                }
                own => own,
            }),
            TextColumn::EmployeeNumber => value.extend_from_slice(self.cell(row, 5)),
            TextColumn::Phone => value.extend_from_slice(self.cell(row, 6)),
            TextColumn::ExternalId => value.extend_from_slice(self.cell(row, 7)),
            TextColumn::Title => value.extend_from_slice(self.shared_value(row, 0)),
            TextColumn::Department => value.extend_from_slice(self.shared_value(row, 1)),
            TextColumn::Organization => value.extend_from_slice(self.shared_value(row, 2)),
            TextColumn::UserType => value.extend_from_slice(self.shared_value(row, 3)),
            TextColumn::Locale => value.extend_from_slice(self.shared_value(row, 4)),
        }
    }

    /// The domain after a local part, which has the `@` already.
    fn append_domain(&self, row: usize, column: usize, value: &mut Vec<u8>) {
        value.extend_from_slice(self.shared_value(row, column).get(1..).unwrap_or(&[]));
    }

    fn shared_value(&self, row: usize, column: usize) -> &[u8] {
        match self.shared.get(column).map(|shared| shared.value(row)) {
            Some(Kept::Shared(value)) => value,
            Some(Kept::InRow) => self.cell(row, OWN_CELLS + column),
            None => &[],
        }
    }

    fn cell(&self, row: usize, cell: usize) -> &[u8] {
        self.row(row).split(|byte| *byte == END).nth(cell).unwrap_or(&[])
    }
}

/// Before and after the first space, or the last.
pub(super) fn split_name(display: &[u8], mark: u8) -> Option<(&[u8], &[u8])> {
    let space =
        if mark == MARK_ONE { memchr::memchr(b' ', display) } else { memchr::memrchr(b' ', display) }?;
    Some((display.get(..space)?, display.get(space + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::users::row_build::RowTextBuilder;

    fn stored(columns: &[&str]) -> String {
        (0..SEARCH_COLUMNS).map(|at| format!("{}\u{1f}", columns.get(at).unwrap_or(&""))).collect()
    }

    #[test]
    fn every_column_reads_back_as_it_was_stored() {
        let rows = [
            stored(&[
                "ann de vries",
                "ann@b.example",
                "ann@b.example",
                "ann",
                "de vries",
                "cto",
                "",
                "b",
                "7",
                "x",
                "+3",
                "nl",
                "e",
            ]),
            stored(&["jean pierre duc", "jp", "jp@b.example", "jean pierre", "duc"]),
            stored(&["ann", "a@b@c", "a@b@c.example", "ann", "ann", "", "", "", "", "", "", "", "last"]),
            stored(&[" lead", "@", "@b", "", "lead"]),
            stored(&[]),
            stored(&["zoe", "other@b.example", "zoe@", "zoe ", " zoe"]),
        ];
        let mut builder = RowTextBuilder::default();
        rows.iter().for_each(|row| builder.push(row.as_bytes()).unwrap());
        let text = builder.build();
        for (row, stored) in rows.iter().enumerate() {
            for (column, expected) in TextColumn::ALL.into_iter().zip(stored.split(COLUMN_END)) {
                let mut value = Vec::new();
                text.read(row, column, &mut value);
                assert_eq!(value, expected.as_bytes(), "{column:?} of {stored:?}");
            }
        }
    }

    #[test]
    fn what_is_said_twice_is_kept_once() {
        let mut builder = RowTextBuilder::default();
        let row = stored(&[
            "ann de vries",
            "ann@b.example",
            "ann@b.example",
            "ann",
            "de vries",
            "cto",
            "it",
            "b",
            "7",
        ]);
        builder.push(row.as_bytes()).unwrap();
        assert_eq!(builder.build().row(0), b"ann de vries\x1f\x01\x1fann@\x1f\x01\x1f\x01\x1f7\x1f");
    }

    #[test]
    fn a_control_character_is_never_taken_for_a_mark() {
        let mut builder = RowTextBuilder::default();
        builder.push(stored(&["ann", "\u{1}", "ann@b", "\u{2}", "a\u{1}b"]).as_bytes()).unwrap();
        let text = builder.build();
        let read = |column| {
            let mut value = Vec::new();
            text.read(0, column, &mut value);
            value
        };
        assert_eq!(read(TextColumn::UserName), b"");
        assert_eq!(read(TextColumn::GivenName), b"");
        assert_eq!(read(TextColumn::FamilyName), b"a b");
    }
}
