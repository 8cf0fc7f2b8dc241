//! One row as a member or an invitation. Pure.

use jiff::tz::TimeZone;
use rollcall_sheets::read::{Unguarded, unguarded};

use super::super::paste::{self, Row};
use crate::api::{RosterColumn, RosterList, RosterRowReason, RosterRowState};
use crate::model::{RemoteId, Timestamp};

/// Most characters of an address (RFC 5321 section 4.5.3.1.3).
const EMAIL: usize = 254;
/// Most characters of a name.
const NAME: usize = 256;

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which of the texts.
    pub source: u32,
    /// Its line there, from 1.
    pub line: u32,
    /// What it is.
    pub list: RosterList,
    /// Address, as written.
    pub email: String,
    /// Name for showing.
    pub name: Option<String>,
    /// Role.
    pub role: Option<RemoteId>,
    /// State of an invitation.
    pub status: Option<&'static str>,
    /// When.
    pub date: Option<Timestamp>,
    /// What is wrong with it.
    pub reasons: Vec<RosterRowReason>,
    /// What becomes of it.
    pub state: RosterRowState,
    /// Of one that repeats an address, the line of the earlier row.
    pub same_as_line: Option<u32>,
    /// The member or invitation that is known.
    pub known: Option<RemoteId>,
}

impl Entry {
    /// What two rows of a list cannot both have.
    pub fn key(&self) -> String {
        self.email.to_lowercase()
    }

    /// Whether it is taken.
    pub const fn is_taken(&self) -> bool {
        matches!(self.state, RosterRowState::Joined | RosterRowState::Changed | RosterRowState::Same)
    }
}

/// How rows are read.
pub struct Reader<'a> {
    /// What each column is.
    pub columns: &'a [RosterColumn],
    /// What rows are that say nothing about it.
    pub list: RosterList,
    /// The person said what they are.
    pub list_is_chosen: bool,
    /// The role of this name.
    pub role_named: &'a dyn Fn(&str) -> Option<RemoteId>,
    /// Where days begin.
    pub zone: &'a TimeZone,
}

impl Reader<'_> {
    /// Reads `row` of the text `source`.
    pub fn read(&self, source: u32, row: &Row) -> Entry {
        let mut reasons = Vec::new();
        let mut text = |column| self.text(row, column, &mut reasons);
        let (email, role, status, date) = (
            text(RosterColumn::Email),
            text(RosterColumn::Role),
            text(RosterColumn::Status),
            text(RosterColumn::Date),
        );
        let mut name = text(RosterColumn::Name);
        if name.is_none() {
            let parts = [text(RosterColumn::GivenName), text(RosterColumn::FamilyName)];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            name = (!parts.is_empty()).then(|| parts.join(" "));
        }
        let status = status.as_deref().and_then(paste::status);
        let list = if self.list_is_chosen {
            self.list
        } else if status.is_some() && role.is_none() {
            RosterList::Invitations
        } else if role.is_some() {
            RosterList::Members
        } else {
            self.list
        };
        let known_role = role.as_deref().and_then(self.role_named);
        if let (Some(name), None, RosterList::Members) = (&role, &known_role, list) {
            reasons.push(RosterRowReason::UnknownRole { name: cut(name) });
        }
        let moment = date.as_deref().and_then(|date| {
            // A spreadsheet counts its days.
            let serial = || paste::of_serial(date.parse().ok()?, self.zone);
            paste::parse_date(date, self.zone).or_else(serial)
        });
        if let (Some(text), None) = (&date, moment) {
            reasons.push(RosterRowReason::InvalidDate { text: cut(text) });
        }
        let email = self.email(email, &mut reasons);
        if name.as_deref().is_some_and(|name| name.chars().count() > NAME) {
            reasons.push(RosterRowReason::TooLong);
            name = name.as_deref().map(cut);
        }
        let state = if reasons.is_empty() { RosterRowState::Joined } else { RosterRowState::Malformed };
        Entry {
            source,
            line: row.line,
            list,
            email,
            name,
            role: known_role,
            status,
            date: moment,
            reasons,
            state,
            same_as_line: None,
            known: None,
        }
    }

    /// The value of the first such column; nothing for a dash.
    fn text(&self, row: &Row, column: RosterColumn, reasons: &mut Vec<RosterRowReason>) -> Option<String> {
        let place = self.columns.iter().position(|own| *own == column)?;
        let cell = row.cells.get(place)?.trim();
        if matches!(cell, "" | "-" | "–" | "—") {
            return None;
        }
        match unguarded(cell) {
            Unguarded::Text(text) => {
                let text = rollcall_sheets::one_line(&text).trim().to_owned();
                (!text.is_empty()).then_some(text)
            }
            Unguarded::Formula => {
                if !reasons.contains(&RosterRowReason::Formula) {
                    reasons.push(RosterRowReason::Formula);
                }
                None
            }
        }
    }

    #[expect(clippy::unused_self, reason = "a part of reading a row")]
    fn email(&self, text: Option<String>, reasons: &mut Vec<RosterRowReason>) -> String {
        let Some(text) = text else {
            if !reasons.contains(&RosterRowReason::Formula) {
                reasons.push(RosterRowReason::NoEmail);
            }
            return String::new();
        };
        match paste::address_in(&text) {
            Some(email) if email.len() > EMAIL => {
                reasons.push(RosterRowReason::TooLong);
                cut(email)
            }
            Some(email) => email.to_owned(),
            None => {
                reasons.push(RosterRowReason::InvalidEmail);
                cut(&text)
            }
        }
    }
}

/// As much of a text as is shown.
fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}
