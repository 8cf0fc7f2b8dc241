//! All rows of a list, or the picked ones.

use rusqlite::Connection;

use super::{ListRow, Listing, Picked};
use crate::api::ListRequest;
use crate::model::Timestamp;
use crate::query::filter::Filter;
use crate::query::groups::{each_listed_group, each_listed_member};
use crate::query::history::each_listed_change;
use crate::query::invitations::each_listed_invitation;
use crate::query::log::each_listed_entry;
use crate::query::rights::{each_listed_access, each_listed_resource};
use crate::query::roles::{each_listed_holder, each_listed_right, each_listed_role};
use crate::query::runs::each_listed_run;
use crate::query::tokens::each_listed_token;
use crate::query::users::{UserIndexCache, each_listed_user};
use crate::store::StoreError;

/// A list, and which rows of it.
#[derive(Clone, Debug)]
pub struct WholeList {
    /// The list.
    pub list: ListRequest,
    /// The text of a list of users, understood; nothing in other lists.
    pub filter: Filter,
    /// Only these rows.
    pub picked: Option<Picked>,
}

/// Hands over all rows of a list as of `now`, in its order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn walk(
    cache: &UserIndexCache,
    conn: &Connection,
    whole: &WholeList,
    now: Timestamp,
    out: &mut dyn Listing<ListRow>,
) -> Result<(), StoreError> {
    let picked = whole.picked.as_ref();
    match &whole.list {
        ListRequest::Users(query) => {
            let out = &mut into(out, None, |row| ListRow::User(Box::new(row)));
            each_listed_user(cache, conn, query, &whole.filter, picked, (0, usize::MAX), out)
        }
        ListRequest::Groups(query) => {
            each_listed_group(cache, conn, query, now, &mut into(out, picked, ListRow::Group))
        }
        ListRequest::Members(query) => {
            let account = query.account_id;
            let out = &mut into(out, picked, move |row| ListRow::Member(account, row));
            each_listed_member(cache, conn, query, out)
        }
        ListRequest::Roles(query) => {
            each_listed_role(cache, conn, query, &mut into(out, picked, ListRow::Role))
        }
        ListRequest::Holders(query) => {
            let account = query.account_id;
            let out = &mut into(out, picked, move |row| ListRow::Holder(account, Box::new(row)));
            each_listed_holder(cache, conn, query, out)
        }
        ListRequest::Matrix(query) => {
            let account = query.account_id;
            let out = &mut into(out, picked, move |row| ListRow::Right(account, Box::new(row)));
            each_listed_right(cache, conn, query, out)
        }
        ListRequest::Tokens(query) => {
            let out = &mut into(out, picked, |row| ListRow::Token(Box::new(row)));
            each_listed_token(cache, conn, query, now, out)
        }
        ListRequest::Invitations(query) => {
            let out = &mut into(out, picked, |row| ListRow::Invitation(Box::new(row)));
            each_listed_invitation(cache, conn, query, now, out)
        }
        ListRequest::Log(query) => {
            each_listed_entry(conn, query, &mut into(out, picked, |row| ListRow::Log(Box::new(row))))
        }
        ListRequest::History(query) => {
            each_listed_change(conn, query, &mut into(out, picked, |row| ListRow::Change(Box::new(row))))
        }
        ListRequest::Runs(query) => {
            each_listed_run(conn, query, &mut into(out, picked, |row| ListRow::Run(Box::new(row))))
        }
        ListRequest::Resources(query) => {
            let out = &mut into(out, picked, |row| ListRow::Resource(Box::new(row)));
            each_listed_resource(cache, conn, query, out)
        }
        ListRequest::Access(query) => {
            each_listed_access(conn, query, &mut into(out, picked, |row| ListRow::Access(Box::new(row))))
        }
        // Receipts are written by `changes`, review sheets by `roster`, and read there.
        ListRequest::Receipt(_) | ListRequest::Review(_) => Ok(()),
    }
}

/// Rows of one kind on their way to who takes any, the picked ones only.
struct Into<'a, F> {
    out: &'a mut dyn Listing<ListRow>,
    picked: Option<&'a Picked>,
    make: F,
}

fn into<'a, F>(out: &'a mut dyn Listing<ListRow>, picked: Option<&'a Picked>, make: F) -> Into<'a, F> {
    Into { out, picked, make }
}

impl<T, F: Fn(T) -> ListRow> Listing<T> for Into<'_, F> {
    fn begin(&mut self, total: usize) {
        self.out.begin(match self.picked {
            None => total,
            Some(picked) if picked.is_all() => total.saturating_sub(picked.rows().len()),
            Some(picked) => total.min(picked.rows().len()),
        });
    }

    fn row(&mut self, row: T) -> Result<(), StoreError> {
        let row = (self.make)(row);
        match self.picked {
            Some(picked) if !row.key().is_some_and(|key| picked.has(&key)) => Ok(()),
            _ => self.out.row(row),
        }
    }
}
