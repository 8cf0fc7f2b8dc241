//! The addresses in a file of rows: the column whose heading says so, else the one that has most of them. Pure.

use std::borrow::Cow;

use rollcall_sheets::StringRecord;
use rollcall_sheets::read::{Layout, Unguarded, unguarded};

use super::super::import::{Source, target};
use crate::api::{ImportProblem, ImportTarget};
use crate::model::{Capabilities, FieldKind};

/// A column of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteeColumn {
    /// Its heading; `None` where the file has none.
    pub heading: Option<String>,
    /// Its cells, a line each.
    pub text: String,
}

/// The addresses in `source`.
///
/// # Errors
/// Why there are none.
pub fn column(source: &Source, capabilities: Option<&Capabilities>) -> Result<InviteeColumn, ImportProblem> {
    if let Some(problem) = source.problem() {
        return Err(problem);
    }
    let text = source.text();
    let layout = Layout::of(text, None);
    if layout.headings.iter().all(String::is_empty) {
        return Err(ImportProblem::Empty);
    }
    // An address where a heading would be: there are none, and every row counts.
    if layout.headings.iter().any(|heading| heading.contains('@')) {
        return Ok(InviteeColumn { heading: None, text: text.to_owned() });
    }
    let named = layout.headings.iter().position(|heading| names_addresses(heading, capabilities));
    let mut cells: Vec<Vec<String>> = vec![Vec::new(); layout.headings.len()];
    let mut rows = layout.rows(text);
    let mut record = StringRecord::new();
    while rows.next_into(&mut record).is_some() {
        for (place, (column, cell)) in cells.iter_mut().zip(&record).enumerate() {
            if named.is_none_or(|named| named == place) && !cell.trim().is_empty() {
                column.push(plain(cell));
            }
        }
    }
    let addresses = |place: &usize| {
        cells.get(*place).map_or(0, |column| column.iter().filter(|cell| cell.contains('@')).count())
    };
    let place = named.or_else(|| {
        let most = (0..cells.len()).rev().max_by_key(addresses);
        most.filter(|place| addresses(place) > 0)
    });
    let place = place.ok_or(ImportProblem::NoColumns)?;
    let found = cells.get(place).map(|column| column.join("\n")).unwrap_or_default();
    if found.is_empty() {
        return Err(ImportProblem::NoRows);
    }
    Ok(InviteeColumn { heading: layout.headings.get(place).cloned(), text: found })
}

/// Without what makes a formula of it, or keeps it from being one.
fn plain(cell: &str) -> String {
    let text = match unguarded(cell) {
        Unguarded::Text(text) => text,
        Unguarded::Formula => Cow::Borrowed(cell),
    };
    text.replace(['\n', '\r'], " ")
}

fn names_addresses(heading: &str, capabilities: Option<&Capabilities>) -> bool {
    let Some(capabilities) = capabilities else { return false };
    let ImportTarget::Field { path } = target(capabilities, heading) else { return is_usual(heading) };
    let mut fields = capabilities.user_fields.iter();
    fields.any(|field| field.path == path && field.kind == FieldKind::Email)
}

/// Where an account has no addresses of users to edit, and in lists of invitations.
fn is_usual(heading: &str) -> bool {
    let heading: String =
        crate::model::fold(heading).chars().filter(|letter| letter.is_alphanumeric()).collect();
    ["mail", "courriel", "invitee", "invite", "uitgenodigde"].iter().any(|word| heading.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<(Option<String>, String), ImportProblem> {
        let source = Source::read(text.as_bytes().to_vec(), None);
        let capabilities = serde_json::json!({
            "described": true, "users": true, "groups": true, "paging": "index", "maxPageSize": null,
            "filter": true, "sort": true, "etag": false, "patch": true, "bulk": false,
            "changePassword": true, "documentation": null,
            "userFields": [{ "path": "primaryEmail", "kind": "email", "required": false, "maxLength": null }],
        });
        let capabilities: Capabilities = serde_json::from_value(capabilities).unwrap();
        column(&source, Some(&capabilities)).map(|column| (column.heading, column.text))
    }

    #[test]
    fn the_column_is_told_by_its_heading_or_by_what_stands_in_it() {
        let both = "ada@example.org\nbo@example.org";
        let heading = |heading: &str| Ok((Some(heading.to_owned()), both.to_owned()));
        for (text, expected) in [
            ("Nom;Courriel\nAda;ada@example.org\nBo;bo@example.org\n", heading("Courriel")),
            ("E-mail\nada@example.org\n\nbo@example.org\n", heading("E-mail")),
            ("who,where\nAda,ada@example.org\nBo,bo@example.org\n", heading("where")),
            (both, Ok((None, both.to_owned()))),
            ("", Err(ImportProblem::Empty)),
            ("E-mail\n", Err(ImportProblem::NoRows)),
            ("name\nAda\n", Err(ImportProblem::NoColumns)),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }
}
