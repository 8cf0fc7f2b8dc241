//! What a result is made of: for a few fields the values of most users. A facet counts under the filter without its own
//! conditions, so that a second value of it can be chosen.

use rusqlite::Connection;

use super::filter::{Choice, Field, Filter, Relation, TextField, folded};
use super::page::count32;
use super::tally::{also, tally};
use super::users::{AccountIndex, Found, Snapshot, UserIndexCache};
use crate::api::{FacetValueView, FacetView, FacetsRequest, FacetsView};
use crate::model::Moment;
use crate::store::StoreError;

/// Values of a facet that are listed, besides those that are chosen.
const LISTED: usize = 8;

/// The facets with the words of those that have a few fixed ones, in the order of the screen.
const FACETS: &[(&str, Field, &[&str])] = &[
    ("status", Field::Status, &["active", "suspended", "none"]),
    ("account", Field::Account, &[]),
    ("role", Field::Named(Relation::Role), &["none"]),
    ("org", Field::Organization, &["none"]),
    ("group", Field::Named(Relation::Group), &["none"]),
    ("invitation", Field::Invitation, &["waiting", "expired", "unknown"]),
    ("mfa", Field::Factors, &["none", "any", "unknown"]),
    ("token", Field::Named(Relation::Token), &["any", "none"]),
    ("department", Field::Text(TextField::Department), &[]),
    ("title", Field::Text(TextField::Title), &[]),
    ("type", Field::Text(TextField::UserType), &[]),
];

/// The facets of a result. `filter` is the text of the request as read at `moment`.
///
/// # Errors
/// When the store cannot be read.
pub fn get_facets(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &FacetsRequest,
    filter: &Filter,
    moment: &Moment,
) -> Result<FacetsView, StoreError> {
    let current = cache.current(conn, request.account_id)?;
    let facets = Facets { conn, snapshot: &current.snapshot, text: &request.text, filter, moment };
    let mut views = Vec::new();
    for (name, field, keywords) in FACETS {
        if *field == Field::Account && current.snapshot.indexes().nth(1).is_none() {
            continue;
        }
        views.extend(facets.facet(name, field, keywords)?);
    }
    Ok(FacetsView { facets: views, revision: current.revision })
}

struct Facets<'a> {
    conn: &'a Connection,
    snapshot: &'a Snapshot,
    text: &'a str,
    filter: &'a Filter,
    moment: &'a Moment,
}

impl Facets<'_> {
    fn facet(&self, name: &str, field: &Field, keywords: &[&str]) -> Result<Option<FacetView>, StoreError> {
        let others = self.filter.parts.iter().filter(|part| part.field.as_ref() != Some(field));
        let found = self.snapshot.find_parts(self.conn, others.map(|part| &part.node))?;
        // Each token is its own: only whether there is one says something about many.
        let most = if *field == Field::Named(Relation::Token) { 0 } else { LISTED };
        let (tallied, unlisted) = tally(self.conn, self.snapshot, &found, field, |_| true, most)?;
        let mut values: Vec<FacetValueView> = tallied
            .iter()
            .map(|value| self.value(name, field, Choice::Text(&value.label), value.count))
            .collect();
        for text in self.filter.chosen_texts(field) {
            if !values.iter().any(|value| folded(&value.label) == folded(text)) {
                let count = self.keyword(name, &Choice::Text(text).typed(), &found)?;
                values.push(self.value(name, field, Choice::Text(text), count));
            }
        }
        let has_keywords = match field {
            Field::Status | Field::Factors => true,
            // Of a service that tells of invitations itself, ours says nothing.
            Field::Invitation => self.snapshot.indexes().any(AccountIndex::has_invited),
            Field::Any
            | Field::Text(_)
            | Field::Organization
            | Field::Named(_)
            | Field::Time(_)
            | Field::Count(_)
            | Field::Account
            | Field::Id
            | Field::Has
            | Field::Raw(_) => false,
        };
        if most > 0 && values.is_empty() && !has_keywords {
            return Ok(None);
        }
        for keyword in keywords {
            let count = self.keyword(name, keyword, &found)?;
            let value = self.value(name, field, Choice::Keyword(keyword), count);
            if value.count > 0 || value.chosen {
                values.push(value);
            }
        }
        // One value that everybody has narrows nothing.
        let says = values.iter().any(|value| value.chosen || (value.count as usize) < found.count);
        let others = if most == 0 { 0 } else { count32(unlisted) };
        Ok(says.then(|| FacetView { field: name.to_owned(), values, others }))
    }

    fn value(&self, name: &str, field: &Field, choice: Choice<'_>, count: usize) -> FacetValueView {
        let (chosen, text) = self.filter.toggled(self.text, field, name, choice);
        let label = match choice {
            Choice::Keyword(label) | Choice::Text(label) => label.to_owned(),
        };
        let keyword = matches!(choice, Choice::Keyword(_));
        FacetValueView { label, keyword, count: count32(count), chosen, text }
    }

    fn keyword(&self, name: &str, keyword: &str, found: &Found) -> Result<usize, StoreError> {
        let one = Filter::parse(&format!("{name}:{keyword}"), self.moment);
        one.map_or(Ok(0), |one| also(self.conn, self.snapshot, found, &one))
    }
}
