//! The text under which a user is found and by which lists are sorted.

use super::{User, fold_into};

/// Ends each column of a search text; never typed, so that no search reaches across two columns.
pub const COLUMN_END: char = '\u{1f}';

/// The columns of a search text, in order.
pub const SEARCH_COLUMNS: usize = 13;

/// Folded columns of `user`, each followed by [`COLUMN_END`]: display name, user name, e-mail, given name, family
/// name, title, department, organization, employee number, user type, phone, locale, external id.
pub fn search_text(user: &User) -> String {
    let columns: [Option<&str>; SEARCH_COLUMNS] = [
        Some(&user.display_name),
        Some(&user.user_name),
        user.email.as_deref(),
        user.given_name.as_deref(),
        user.family_name.as_deref(),
        user.title.as_deref(),
        user.department.as_deref(),
        user.organization.as_deref(),
        user.employee_number.as_deref(),
        user.user_type.as_deref(),
        user.phone.as_deref(),
        user.locale.as_deref(),
        user.external_id.as_deref(),
    ];
    let mut text = String::with_capacity(128);
    for column in columns {
        let start = text.len();
        fold_into(column.unwrap_or_default(), &mut text);
        if text.get(start..).is_some_and(|column| column.contains(COLUMN_END)) {
            let cleaned = text.split_off(start).replace(COLUMN_END, " ");
            text.push_str(&cleaned);
        }
        text.push(COLUMN_END);
    }
    text
}
