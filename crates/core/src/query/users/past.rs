//! The index of an account as it was: the mirror's rows but for some, and some that are not the mirror's.

use rusqlite::Connection;

use super::index::{AccountIndex, AccountIndexBuilder, IndexedUser};
use super::load::load_users;
use crate::model::AccountId;
use crate::query::edges::count_edges;
use crate::query::groups::GroupIndexBuilder;
use crate::store::StoreError;

/// What is different from the mirror.
#[derive(Debug, Default)]
pub(in crate::query) struct PastIndex {
    /// Numbers in the store of users whose rows are left out, in order.
    pub replaced: Vec<i64>,
    /// Rows that are not the mirror's, in the order of their numbers, which are below those of the store.
    pub rebuilt: Vec<RebuiltUser>,
    /// Numbers in the store of users who were in so many groups less.
    pub fewer_groups: Vec<(i64, i64)>,
    /// Changes at the service that are later than this had not happened.
    pub latest: i64,
}

/// A row that is not the mirror's.
#[derive(Debug)]
pub(in crate::query) struct RebuiltUser {
    pub id: i64,
    /// As stored in `user_search`.
    pub text: String,
    pub active: Option<bool>,
    pub created_at: Option<i64>,
    pub modified_at: Option<i64>,
    pub groups: u32,
}

/// Builds the index of an account as it was.
pub(in crate::query) fn load_past(
    conn: &Connection,
    account: AccountId,
    past: &PastIndex,
) -> Result<AccountIndex, StoreError> {
    let mut users = AccountIndexBuilder::default();
    for user in &past.rebuilt {
        let modified_at = user.modified_at.filter(|at| *at <= past.latest);
        let indexed = IndexedUser {
            id: user.id,
            text: user.text.as_bytes(),
            active: user.active,
            created_at: user.created_at,
            modified_at,
            last_sign_in_at: None,
        };
        users.push(&indexed).ok_or_else(super::load::too_much)?;
    }
    load_users(conn, account, &mut users, |user| {
        user.modified_at = user.modified_at.filter(|at| *at <= past.latest);
        past.replaced.binary_search(&user.id).is_err()
    })?;
    let mut groups = GroupIndexBuilder::load(conn, account)?;
    let mut counts = count_edges(conn, account, users.ids(), &mut groups)?;
    for (count, user) in counts.iter_mut().zip(&past.rebuilt) {
        *count = user.groups;
    }
    for (id, fewer) in &past.fewer_groups {
        if let Ok(row) = users.ids().binary_search(id)
            && let Some(count) = counts.get_mut(row)
        {
            *count = count.saturating_add_signed(i32::try_from(-fewer).unwrap_or_default());
        }
    }
    Ok(users.build(account, counts, groups.build()))
}
