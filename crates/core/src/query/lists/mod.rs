//! Any list of the window as a whole, row after row, in its order: for files, for the clipboard, and for what is done to
//! some of its rows. The rows are those of the screens, found and sorted by the same code, in one view of the data.
//!
//! Reading order: `picked` (which rows), `walk` (all of them), `fields` (their values), `resolve` (who is selected).

mod fields;
mod picked;
mod resolve;
mod walk;

use crate::api::{
    GroupRow, HistoryEntryView, InvitationRow, LogEntryView, MemberView, RoleHolderView, RoleRow, RowKey,
    RunView, UserRow,
};
use crate::model::AccountId;
use crate::store::StoreError;

pub use fields::{CHANGES, Field, GROUPS, USERS, field_number};
pub use picked::Picked;
pub use resolve::resolve_selection;
pub use walk::{WholeList, walk};

/// Takes the rows of a list.
pub trait Listing<T> {
    /// About so many rows will come.
    fn begin(&mut self, total: usize);

    /// Takes one.
    ///
    /// # Errors
    /// Its error ends the walk.
    fn row(&mut self, row: T) -> Result<(), StoreError>;
}

/// A row of any list.
#[derive(Clone, Debug, PartialEq)]
pub enum ListRow {
    /// A user.
    User(Box<UserRow>),
    /// A group or an organisation.
    Group(GroupRow),
    /// A member of a group of this account.
    Member(AccountId, MemberView),
    /// A role.
    Role(RoleRow),
    /// A holder of a role of this account.
    Holder(AccountId, Box<RoleHolderView>),
    /// An invitation.
    Invitation(Box<InvitationRow>),
    /// An entry of the service's log.
    Log(Box<LogEntryView>),
    /// A line of our history.
    Change(Box<HistoryEntryView>),
    /// A run.
    Run(Box<RunView>),
}

impl ListRow {
    /// The account.
    pub fn account(&self) -> AccountId {
        match self {
            Self::User(row) => row.account_id,
            Self::Group(row) => row.account_id,
            Self::Role(row) => row.account_id,
            Self::Invitation(row) => row.account_id,
            Self::Log(row) => row.account_id,
            Self::Change(row) => row.account_id,
            Self::Run(row) => row.account_id,
            Self::Member(account, _) | Self::Holder(account, _) => *account,
        }
    }

    /// The id of the service by which it can be selected; `None` in lists where nothing is.
    pub fn remote_id(&self) -> Option<&str> {
        match self {
            Self::User(row) => Some(&row.remote_id),
            Self::Group(row) => Some(&row.remote_id),
            Self::Role(row) => Some(&row.remote_id),
            Self::Invitation(row) => Some(&row.remote_id),
            Self::Member(_, row) => Some(&row.remote_id),
            // One holder stands there once for each organisation.
            Self::Holder(..) | Self::Log(_) | Self::Change(_) | Self::Run(_) => None,
        }
    }

    /// Names it.
    pub fn key(&self) -> Option<RowKey> {
        let remote_id = self.remote_id()?.to_owned();
        Some(RowKey { account_id: self.account(), remote_id })
    }

    /// Name for showing.
    pub fn name(&self) -> &str {
        match self {
            Self::User(row) => &row.display_name,
            Self::Group(row) => &row.display_name,
            Self::Role(row) => &row.display_name,
            Self::Invitation(row) => &row.invitee,
            Self::Member(_, row) => &row.display_name,
            Self::Holder(_, row) => &row.display_name,
            Self::Log(row) => &row.event,
            Self::Change(row) => &row.name,
            Self::Run(_) => "",
        }
    }
}
