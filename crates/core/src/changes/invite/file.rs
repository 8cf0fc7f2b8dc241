//! The addresses in a file of rows: the column whose heading says so, else the one that has most of them; with their roles and
//! the organisation, where columns say those. What an invitation has no room for is named. Pure.

use std::borrow::Cow;

use rollcall_sheets::StringRecord;
use rollcall_sheets::read::{Layout, Unguarded, unguarded};

use super::super::import::{Source, target};
use crate::api::{ImportProblem, ImportTarget};
use crate::model::{Capabilities, FieldKind, fold};

/// The addresses of a file, and what else it says of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InviteeColumn {
    /// Its heading; `None` where the file has none.
    pub heading: Option<String>,
    /// Its cells, a line each.
    pub text: String,
    /// Heading of the column with roles, where there is one.
    pub role_heading: Option<String>,
    /// Roles as they are called there, by address; who has none is not in it.
    pub roles: Vec<(String, Vec<String>)>,
    /// Heading of the column that says to which organisation.
    pub organization_heading: Option<String>,
    /// Rows that are left out, because they are of another organisation.
    pub of_others: u32,
    /// Headings of what says nothing that an invitation could take.
    pub unused: Vec<String>,
}

/// What the other columns are, by place.
struct Places {
    address: usize,
    role: Option<usize>,
    organization: Option<usize>,
}

/// The addresses in `source` that are to be invited to the organisation with these names.
///
/// # Errors
/// Why there are none.
pub fn column(
    source: &Source,
    capabilities: Option<&Capabilities>,
    organization: &[&str],
) -> Result<InviteeColumn, ImportProblem> {
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
        return Ok(InviteeColumn { text: text.to_owned(), ..InviteeColumn::default() });
    }
    let places = places(&layout, text, capabilities)?;
    let mut found = read(&layout, text, &places, organization);
    if found.text.is_empty() && found.of_others == 0 {
        return Err(ImportProblem::NoRows);
    }
    let heading = |place: Option<usize>| layout.headings.get(place?).cloned();
    found.heading = heading(Some(places.address));
    found.role_heading = heading(places.role);
    found.organization_heading = heading(places.organization);
    let used = [Some(places.address), places.role, places.organization];
    let others = layout.headings.iter().enumerate();
    found.unused = others
        .filter(|(place, heading)| !used.contains(&Some(*place)) && !heading.trim().is_empty())
        .map(|(_, heading)| heading.clone())
        .collect();
    Ok(found)
}

fn places(layout: &Layout, text: &str, capabilities: Option<&Capabilities>) -> Result<Places, ImportProblem> {
    let place_of = |is: &dyn Fn(&str) -> bool| layout.headings.iter().position(|heading| is(heading));
    let role = place_of(&|heading| begins_with(heading, &["role", "rol", "functie", "fonction"]));
    let organization = place_of(&|heading| begins_with(heading, &["organi"]));
    let named = layout.headings.iter().position(|heading| names_addresses(heading, capabilities));
    if let Some(address) = named {
        return Ok(Places { address, role, organization });
    }
    let mut counts = vec![0_usize; layout.headings.len()];
    let mut rows = layout.rows(text);
    let mut record = StringRecord::new();
    while rows.next_into(&mut record).is_some() {
        for (count, cell) in counts.iter_mut().zip(&record) {
            *count += usize::from(cell.contains('@'));
        }
    }
    let most = counts.iter().enumerate().rev().max_by_key(|(_, count)| **count);
    let address = most.filter(|(_, count)| **count > 0).map(|(place, _)| place);
    let address = address.ok_or(ImportProblem::NoColumns)?;
    Ok(Places { address, role, organization })
}

fn read(layout: &Layout, text: &str, places: &Places, organization: &[&str]) -> InviteeColumn {
    let mut found = InviteeColumn::default();
    let mut addresses = Vec::new();
    let mut rows = layout.rows(text);
    let mut record = StringRecord::new();
    while rows.next_into(&mut record).is_some() {
        let cell = |place: Option<usize>| place.and_then(|place| record.get(place)).map(str::trim);
        let Some(address) = cell(Some(places.address)).filter(|cell| !cell.is_empty()).map(plain) else {
            continue;
        };
        let is_other = |named: &str| !organization.iter().any(|own| fold(own) == fold(named));
        if cell(places.organization).is_some_and(|named| !named.is_empty() && is_other(named)) {
            found.of_others = found.of_others.saturating_add(1);
            continue;
        }
        let roles = cell(places.role).unwrap_or_default().split([',', ';', '|']).map(str::trim);
        let roles: Vec<String> = roles.filter(|role| !role.is_empty()).map(plain).collect();
        if !roles.is_empty() {
            found.roles.push((address.clone(), roles));
        }
        addresses.push(address);
    }
    found.text = addresses.join("\n");
    found
}

/// Whether the heading is one of these words, whatever else stands behind it.
fn begins_with(heading: &str, words: &[&str]) -> bool {
    let heading = fold(heading);
    words.iter().any(|word| heading.trim().starts_with(word))
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
    let heading: String = fold(heading).chars().filter(|letter| letter.is_alphanumeric()).collect();
    ["mail", "courriel", "invitee", "invite", "uitgenodigde"].iter().any(|word| heading.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<(Option<String>, String), ImportProblem> {
        whole(text).map(|column| (column.heading, column.text))
    }

    fn whole(text: &str) -> Result<InviteeColumn, ImportProblem> {
        let source = Source::read(text.as_bytes().to_vec(), None);
        let capabilities = serde_json::json!({
            "described": true, "users": true, "groups": true, "paging": "index", "maxPageSize": null,
            "filter": true, "sort": true, "etag": false, "patch": true, "bulk": false,
            "changePassword": true, "documentation": null,
            "userFields": [{ "path": "primaryEmail", "kind": "email", "required": false, "maxLength": null }],
        });
        let capabilities: Capabilities = serde_json::from_value(capabilities).unwrap();
        column(&source, Some(&capabilities), &["Acme", "org1"])
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

    #[test]
    fn roles_and_the_organisation_are_taken_and_what_is_not_is_named() {
        let text = "Name;E-mail;Organisation;Role;Phone\nAda;ada@example.org;Acme;editor, viewer;1\n\
                    Bo;bo@example.org;ORG1;;2\nCy;cy@example.org;Other;editor;3\nDi;di@example.org;;Viewer;4\n";
        let found = whole(text).unwrap();
        assert_eq!(found.text, "ada@example.org\nbo@example.org\ndi@example.org");
        let roles = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let expected =
            [("ada@example.org", roles(&["editor", "viewer"])), ("di@example.org", roles(&["Viewer"]))];
        assert_eq!(found.roles, expected.map(|(address, roles)| (address.to_owned(), roles)));
        assert_eq!((found.of_others, found.unused), (1, roles(&["Name", "Phone"])));
        assert_eq!(found.role_heading.as_deref(), Some("Role"));
        assert_eq!(found.organization_heading.as_deref(), Some("Organisation"));
    }
}
