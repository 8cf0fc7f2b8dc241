//! The users grid done the slow and obvious way, to compare with.

use std::cmp::Reverse;

use rollcall_core::api::{UserColumn, UserQueryRequest};
use rollcall_core::model::{AccountId, Timestamp, User, fold, search_text};

/// A user of the mirror with what the grid knows of it.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: i64,
    pub account: AccountId,
    pub account_name: String,
    pub groups: u32,
    pub user: User,
    /// Names of the roles it holds.
    pub roles: Vec<String>,
    /// Factors, where they are known.
    pub factors: Option<u32>,
    pub last_sign_in: Option<i64>,
    /// Folded columns of the search text.
    pub columns: Vec<String>,
}

impl Known {
    pub fn new(id: i64, account: (AccountId, &str), groups: u32, user: User) -> Self {
        let columns = search_text(&user).split('\u{1f}').map(str::to_owned).collect();
        Self {
            id,
            account: account.0,
            account_name: account.1.to_owned(),
            groups,
            user,
            roles: Vec::new(),
            factors: None,
            last_sign_in: None,
            columns,
        }
    }
}

/// What is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Text(String),
    Number(i64),
}

/// Whether every word occurs in some column.
pub fn has_words(known: &Known, text: &str) -> bool {
    let folded = fold(text);
    folded.split_whitespace().all(|word| known.columns.iter().any(|column| column.contains(word)))
}

/// Ids of all users that pass, in order.
pub fn query(users: &[Known], request: &UserQueryRequest, passes: impl Fn(&Known) -> bool) -> Vec<i64> {
    let mut found: Vec<&Known> = users
        .iter()
        .filter(|known| request.account_id.is_none_or(|account| account == known.account))
        .filter(|known| passes(known))
        .collect();
    found.sort_by_cached_key(|known| {
        let key = key(known, request.sort.column);
        let (ascending, descending) =
            if request.sort.descending { (None, key.clone().map(Reverse)) } else { (key.clone(), None) };
        (key.is_none(), ascending, descending, known.columns[0].clone(), known.id)
    });
    found.into_iter().map(|known| known.id).collect()
}

fn key(known: &Known, column: UserColumn) -> Option<Key> {
    let text = |at: usize| Some(&known.columns[at]).filter(|text| !text.is_empty()).cloned().map(Key::Text);
    match column {
        UserColumn::DisplayName => text(0),
        UserColumn::UserName => text(1),
        UserColumn::Email => text(2),
        UserColumn::GivenName => text(3),
        UserColumn::FamilyName => text(4),
        UserColumn::Title => text(5),
        UserColumn::Department => text(6),
        UserColumn::Organization => text(7),
        UserColumn::EmployeeNumber => text(8),
        UserColumn::UserType => text(9),
        UserColumn::Phone => text(10),
        UserColumn::Locale => text(11),
        UserColumn::ExternalId => text(12),
        UserColumn::Status => known.user.active.map(|active| Key::Number(i64::from(!active))),
        UserColumn::Groups => Some(Key::Number(i64::from(known.groups))),
        UserColumn::CreatedAt => known.user.created_at.map(Timestamp::as_millis).map(Key::Number),
        UserColumn::ModifiedAt => known.user.modified_at.map(Timestamp::as_millis).map(Key::Number),
        UserColumn::LastSignInAt => known.last_sign_in.map(Key::Number),
        // Rollcall invited nobody here.
        UserColumn::InvitedUntil => None,
        UserColumn::Account => Some(Key::Text(fold(&known.account_name))),
    }
}
