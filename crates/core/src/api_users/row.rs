//! One row as an API user. Pure.

use jiff::tz::TimeZone;
use rollcall_sheets::read::{Unguarded, unguarded};

use super::labels;
use crate::api::{ApiUserColumn, ApiUserOwnerState, ApiUserRowReason, ApiUserRowState};
use crate::model::{OwnerFound, Owners, Timestamp};
use crate::roster::{Row, of_serial, parse_date};
use crate::store::imported_api_users::ImportedApiUser;

/// Most characters of names and types.
const NAME: usize = 256;
/// Most characters of a description.
const DESCRIPTION: usize = 2_000;

/// What a row says, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its line, from 1.
    pub line: u32,
    /// As it would be kept.
    pub found: ImportedApiUser,
    /// Whether it is known whose it is.
    pub owner_state: ApiUserOwnerState,
    /// What is wrong with it.
    pub reasons: Vec<ApiUserRowReason>,
    /// What becomes of it.
    pub state: ApiUserRowState,
    /// Of one that repeats a user name, the line of the earlier row.
    pub same_as_line: Option<u32>,
}

impl Entry {
    /// Whether the list here has it afterwards as the row says.
    pub const fn is_taken(&self) -> bool {
        matches!(self.state, ApiUserRowState::New | ApiUserRowState::Changed | ApiUserRowState::Same)
    }
}

/// How rows are read.
pub struct Reader<'a> {
    /// What each column is.
    pub columns: &'a [ApiUserColumn],
    /// The users of the account.
    pub owners: &'a Owners,
    /// Where days begin.
    pub zone: &'a TimeZone,
    /// As of when the list is.
    pub at: Timestamp,
}

impl Reader<'_> {
    /// Reads `row`.
    pub fn read(&self, row: &Row) -> Entry {
        let mut reasons = Vec::new();
        let mut text = |column, most| self.text(row, column, most, &mut reasons);
        let user_name = text(ApiUserColumn::UserName, NAME);
        let (operator, email) = (text(ApiUserColumn::Operator, NAME), text(ApiUserColumn::Email, NAME));
        let (access_type, description) =
            (text(ApiUserColumn::Type, NAME), text(ApiUserColumn::Description, DESCRIPTION));
        let (created, used) = (text(ApiUserColumn::Created, NAME), text(ApiUserColumn::LastUsed, NAME));
        let requests = text(ApiUserColumn::Requests, NAME);
        if user_name.is_none() && !reasons.contains(&ApiUserRowReason::Formula) {
            reasons.push(ApiUserRowReason::NoUserName);
        }
        let created_at = created.and_then(|text| self.date(ApiUserColumn::Created, &text, &mut reasons));
        let (last_used_at, last_use_known) =
            match used.as_deref().map(|text| (text, labels::use_in_words(text))) {
                None => (None, false),
                Some((_, Some(never))) => (None, never),
                Some((text, None)) => {
                    let at = self.date(ApiUserColumn::LastUsed, text, &mut reasons);
                    (at, at.is_some())
                }
            };
        let requests = requests.and_then(|text| {
            let found = number(&text);
            if found.is_none() {
                reasons.push(ApiUserRowReason::InvalidNumber { text: cut(&text) });
            }
            found
        });
        let (owner, owner_state) = self.owner(operator.as_deref(), email.as_deref());
        let owner_named = match (operator, email) {
            (Some(name), Some(email)) if !name.contains(&email) => Some(format!("{name} <{email}>")),
            (name, email) => name.or(email),
        };
        let state = if reasons.is_empty() { ApiUserRowState::New } else { ApiUserRowState::Malformed };
        Entry {
            line: row.line,
            found: ImportedApiUser {
                user_name: user_name.unwrap_or_default(),
                owner,
                owner_named,
                access_type,
                description,
                created_at,
                last_used_at,
                last_use_known,
                requests,
                imported_at: self.at,
                made_here: false,
            },
            owner_state,
            reasons,
            state,
            same_as_line: None,
        }
    }

    fn owner(
        &self,
        name: Option<&str>,
        email: Option<&str>,
    ) -> (Option<crate::model::RemoteId>, ApiUserOwnerState) {
        if name.is_none() && email.is_none() {
            return (None, ApiUserOwnerState::Missing);
        }
        match self.owners.find(name, email) {
            OwnerFound::One(id) => (Some(id), ApiUserOwnerState::Known),
            OwnerFound::Several => (None, ApiUserOwnerState::Ambiguous),
            OwnerFound::Nobody => (None, ApiUserOwnerState::Unknown),
        }
    }

    /// The value of this column; nothing for a dash.
    fn text(
        &self,
        row: &Row,
        column: ApiUserColumn,
        most: usize,
        reasons: &mut Vec<ApiUserRowReason>,
    ) -> Option<String> {
        let place = self.columns.iter().position(|own| *own == column)?;
        let cell = row.cells.get(place)?.trim();
        if matches!(cell, "" | "-" | "–" | "—") {
            return None;
        }
        let Unguarded::Text(text) = unguarded(cell) else {
            if !reasons.contains(&ApiUserRowReason::Formula) {
                reasons.push(ApiUserRowReason::Formula);
            }
            return None;
        };
        let text = rollcall_sheets::one_line(&text).trim().to_owned();
        if text.chars().count() > most {
            if !reasons.contains(&ApiUserRowReason::TooLong) {
                reasons.push(ApiUserRowReason::TooLong);
            }
            return Some(cut(&text));
        }
        (!text.is_empty()).then_some(text)
    }

    fn date(
        &self,
        column: ApiUserColumn,
        text: &str,
        reasons: &mut Vec<ApiUserRowReason>,
    ) -> Option<Timestamp> {
        // A spreadsheet counts its days.
        let serial = || of_serial(text.parse().ok()?, self.zone);
        let found = parse_date(text, self.zone).or_else(serial);
        if found.is_none() {
            reasons.push(ApiUserRowReason::InvalidDate { column, text: cut(text) });
        }
        found
    }
}

/// `1234`, or with marks between groups of three: `1 234`, `1,234`, `1.234`.
fn number(text: &str) -> Option<u64> {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '\'' | '’');
    let groups: Vec<&str> = text.split(is_mark).collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    if !groups.iter().all(digits)
        || !rest.is_empty() && first.len() > 3
        || rest.iter().any(|one| one.len() != 3)
    {
        return None;
    }
    // As many as the store can keep.
    groups.concat().parse::<u64>().ok().filter(|number| i64::try_from(*number).is_ok())
}

/// As much of a text as is shown.
fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_or_without_marks_between_thousands() {
        for (text, expected) in [
            ("0", Some(0)),
            ("1234", Some(1234)),
            ("1 234 567", Some(1_234_567)),
            ("1\u{202f}234", Some(1234)),
            ("1,234", Some(1234)),
            ("1.234", Some(1234)),
            ("1.5", None),
            ("1234,567", None),
            ("-1", None),
            ("many", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
