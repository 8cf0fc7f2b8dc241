//! Values that went through a spreadsheet: the opposite of what [`crate::CsvSink`] does, and what a spreadsheet leaves
//! behind where it took a value for a formula.

use std::borrow::Cow;

/// A value of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unguarded<'a> {
    /// As it was meant.
    Text(Cow<'a, str>),
    /// A formula, or what became of one: what was meant is not known.
    Formula,
}

/// Errors that spreadsheets show in the place of what a person typed, in the languages of the window.
const ERRORS: [&str; 14] = [
    "#NAME?", "#NOM?", "#NAAM?", "#REF!", "#VERW!", "#VALUE!", "#VALEUR!", "#WAARDE!", "#DIV/0!", "#N/A",
    "#N/B", "#NUM!", "#NOMBRE!", "#NULL!",
];

/// What `cell` was before it was written or edited.
pub fn unguarded(cell: &str) -> Unguarded<'_> {
    if let Some(text) = cell.strip_prefix('\'').filter(|rest| begins_formula(rest)) {
        return Unguarded::Text(Cow::Borrowed(text));
    }
    let cell = cell.trim();
    if let Some(text) = cell.strip_prefix('\'').filter(|rest| begins_formula(rest)) {
        return Unguarded::Text(Cow::Borrowed(text.trim()));
    }
    // How people keep a spreadsheet from taking 0032 for a number.
    if let Some(quoted) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return if quoted.replace("\"\"", "").contains('"') {
            Unguarded::Formula
        } else {
            Unguarded::Text(Cow::Owned(quoted.replace("\"\"", "\"").trim().to_owned()))
        };
    }
    if ERRORS.contains(&cell) || is_shortened(cell) || begins_formula(cell) && !is_number(cell) {
        return Unguarded::Formula;
    }
    Unguarded::Text(Cow::Borrowed(cell))
}

fn begins_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// A number, as of a telephone, is none.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
    digits.contains(|letter: char| letter.is_ascii_digit())
        && digits.chars().all(|letter| letter.is_ascii_digit() || " ()./,-".contains(letter))
}

/// `3.24702E+10`: what a spreadsheet makes of 32470212345.
fn is_shortened(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else { return false };
    let power = power.strip_prefix('+').unwrap_or_default();
    let number = number.strip_prefix('-').unwrap_or(number);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(power) && number.split_once(['.', ',']).is_some_and(|(whole, part)| digits(whole) && digits(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv::guarded;

    fn text(cell: &str) -> Option<String> {
        match unguarded(cell) {
            Unguarded::Text(text) => Some(text.into_owned()),
            Unguarded::Formula => None,
        }
    }

    #[test]
    fn what_was_guarded_comes_back_as_it_was() {
        for value in ["=1+1", "+32 2 555", "-1", "@SUM(A1)", "=\"x\"", "Zoë", "'quoted", "a=b", "\tx"] {
            assert_eq!(text(&guarded(value)).as_deref(), Some(value));
        }
    }

    #[test]
    fn a_formula_is_no_value_and_a_number_is_no_formula() {
        for cell in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "=\"a\"&\"b\"", "#NOM?", "3,24702E+10", "-x"] {
            assert_eq!(text(cell), None, "{cell}");
        }
        for (cell, value) in [
            ("+32 (0)2 555.12", "+32 (0)2 555.12"),
            ("-1", "-1"),
            ("=\"0032\"", "0032"),
            (" Ada ", "Ada"),
            ("3E5", "3E5"),
            ("", ""),
        ] {
            assert_eq!(text(cell).as_deref(), Some(value), "{cell}");
        }
    }
}
