//! What can be asked for: the one list of fields, from which checking, completion and help are made.

use super::tree::{CountField, Relation, TextField, TimeField};

/// What a field looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query) enum Field {
    /// Every column of text.
    Any,
    Text(TextField),
    Status,
    /// What is on record, and the organisations the user is in.
    Organization,
    Named(Relation),
    Time(TimeField),
    Count(CountField),
    /// Our own record of an invitation: `waiting`, `expired` or `unknown`.
    Invitation,
    /// Second factors: `none`, `any`, `unknown` or how many.
    Factors,
    Account,
    Id,
    /// Which other field has a value.
    Has,
    /// A path in the record as the service sent it.
    Raw(String),
}

/// A field by its name.
#[derive(Debug)]
pub(in crate::query) struct FieldSpec {
    /// As completed.
    pub name: &'static str,
    /// Also understood.
    pub aliases: &'static [&'static str],
    pub field: Field,
    /// Whether `has:` takes it.
    pub can_be_missing: bool,
}

const fn spec(name: &'static str, aliases: &'static [&'static str], field: Field) -> FieldSpec {
    FieldSpec { name, aliases, field, can_be_missing: true }
}

const fn always(name: &'static str, aliases: &'static [&'static str], field: Field) -> FieldSpec {
    FieldSpec { name, aliases, field, can_be_missing: false }
}

/// All fields but those below `custom.` and `raw.`, most wanted first.
pub(in crate::query) const FIELDS: &[FieldSpec] = &[
    always("status", &["state"], Field::Status),
    spec("role", &["roles"], Field::Named(Relation::Role)),
    spec("group", &[], Field::Named(Relation::Group)),
    spec("org", &["organization", "organisation"], Field::Organization),
    spec("last_seen", &["last_sign_in", "seen"], Field::Time(TimeField::LastSignIn)),
    spec("created", &["created_at"], Field::Time(TimeField::Created)),
    spec("changed", &["modified", "updated"], Field::Time(TimeField::Modified)),
    spec("mfa", &["factors"], Field::Factors),
    spec("invitation", &["invited"], Field::Invitation),
    spec("token", &["tokens", "pat"], Field::Named(Relation::Token)),
    spec("token_expires", &[], Field::Time(TimeField::TokenExpires)),
    spec("token_used", &[], Field::Time(TimeField::TokenUsed)),
    always("has", &[], Field::Has),
    spec("name", &["display_name"], Field::Text(TextField::DisplayName)),
    spec("email", &["mail", "primary_email"], Field::Text(TextField::Email)),
    spec("username", &["user_name", "login"], Field::Text(TextField::UserName)),
    spec("phone", &["primary_phone"], Field::Text(TextField::Phone)),
    spec("first", &["given_name"], Field::Text(TextField::GivenName)),
    spec("last", &["family_name"], Field::Text(TextField::FamilyName)),
    spec("department", &["dept"], Field::Text(TextField::Department)),
    spec("title", &[], Field::Text(TextField::Title)),
    spec("type", &["user_type"], Field::Text(TextField::UserType)),
    spec("employee", &["employee_number"], Field::Text(TextField::EmployeeNumber)),
    spec("locale", &["language"], Field::Text(TextField::Locale)),
    spec("external_id", &[], Field::Text(TextField::ExternalId)),
    always("account", &[], Field::Account),
    always("id", &[], Field::Id),
    always("groups", &[], Field::Count(CountField::Groups)),
    spec("sessions", &[], Field::Count(CountField::Sessions)),
    spec("identities", &[], Field::Count(CountField::Identities)),
    always("any", &[], Field::Any),
];

/// Beginnings of fields whose names the services choose.
pub const OPEN: &[(&str, &str)] = &[("custom.", "$.customData."), ("raw.", "$.")];

/// The field with this name, in any case.
pub fn find(name: &str) -> Option<Field> {
    for (beginning, _) in OPEN {
        let path = name.get(..beginning.len()).filter(|start| start.eq_ignore_ascii_case(beginning));
        if path.is_some() {
            return raw(name.get(beginning.len()..)?, beginning);
        }
    }
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    FIELDS
        .iter()
        .find(|spec| is(spec.name) || spec.aliases.iter().any(|alias| is(alias)))
        .map(|spec| spec.field.clone())
}

/// `plan.pro` becomes the path of SQLite's JSON functions, every key in quotation marks.
fn raw(keys: &str, beginning: &str) -> Option<Field> {
    if keys.is_empty() || keys.split('.').any(str::is_empty) {
        return None;
    }
    let mut path = String::from(if beginning == "custom." { "$.customData" } else { "$" });
    for key in keys.split('.') {
        path.push_str(&format!(".\"{key}\""));
    }
    Some(Field::Raw(path))
}

/// The known name nearest to a mistyped one, if any is near.
pub fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let distances = FIELDS.iter().map(|spec| (distance(&name, spec.name), spec.name));
    distances
        .filter(|(distance, known)| *distance <= 2 && *distance < known.len())
        .min()
        .map(|(_, known)| known)
}

/// Letters to change, add or take away (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, y) in row.iter_mut().skip(1).zip(b.chars()) {
            let here = (*cell + 1).min(left + 1).min(diagonal + usize::from(x != y));
            diagonal = *cell;
            *cell = here;
            left = here;
        }
    }
    row.last().copied().unwrap_or_default()
}
