//! Any list of the window as a whole, row after row, in its order: for files, for the clipboard, and for what is done to
//! some of its rows. The rows are those of the screens, found and sorted by the same code, in one view of the data.
//!
//! Reading order: `picked` (which rows), `walk` (all of them), `fields` (their values), `resolve` (who is selected).

mod fields;
mod picked;
mod resolve;
mod walk;

use crate::api::{
    AccessRow, GroupRow, HistoryEntryView, InvitationRow, LogEntryView, MatrixRightView, MemberView,
    ReceiptLineView, ResourceRow, ReviewLineView, RoleHolderView, RoleRow, RowKey, RunView, TokenOwnerView,
    TokenRow, UserRow,
};
use crate::model::AccountId;
use crate::store::StoreError;

pub use fields::{CHANGES, Field, GROUPS, INVITATIONS, USERS, field_number};
pub use picked::Picked;
pub use resolve::resolve_selection;
pub use walk::{WholeList, walk};

/// Stands between the parts of a name of a row.
const BETWEEN: &str = "\u{1f}";

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
    /// A right of this account, with the roles that allow it.
    Right(AccountId, Box<MatrixRightView>),
    /// A token.
    Token(Box<TokenRow>),
    /// An invitation.
    Invitation(Box<InvitationRow>),
    /// An entry of the service's log.
    Log(Box<LogEntryView>),
    /// A line of our history.
    Change(Box<HistoryEntryView>),
    /// A run.
    Run(Box<RunView>),
    /// What rights are held on.
    Resource(Box<ResourceRow>),
    /// Who may do what with a resource.
    Access(Box<AccessRow>),
    /// What became of a change of this account.
    Receipt(AccountId, Box<ReceiptLineView>),
    /// A member of an organisation kept by hand, as a reviewer sees them.
    Review(AccountId, Box<ReviewLineView>),
}

impl ListRow {
    /// The account.
    pub fn account(&self) -> AccountId {
        match self {
            Self::User(row) => row.account_id,
            Self::Group(row) => row.account_id,
            Self::Role(row) => row.account_id,
            Self::Token(row) => row.account_id,
            Self::Invitation(row) => row.account_id,
            Self::Log(row) => row.account_id,
            Self::Change(row) => row.account_id,
            Self::Run(row) => row.account_id,
            Self::Resource(row) => row.account_id,
            Self::Access(row) => row.account_id,
            Self::Member(account, _)
            | Self::Holder(account, _)
            | Self::Right(account, _)
            | Self::Receipt(account, _)
            | Self::Review(account, _) => *account,
        }
    }

    /// What names it within its account, where rows can be selected; see [`RowKey`].
    fn mark(&self) -> Option<String> {
        match self {
            Self::User(row) => Some(row.remote_id.clone()),
            Self::Group(row) => Some(row.remote_id.clone()),
            Self::Role(row) => Some(row.remote_id.clone()),
            Self::Resource(row) => Some(row.remote_id.clone()),
            Self::Access(row) => Some(row.remote_id.clone()),
            Self::Invitation(row) => Some(row.remote_id.clone()),
            Self::Member(_, row) => Some(row.remote_id.clone()),
            // One holder stands there once for each organisation.
            Self::Holder(_, row) => Some(
                [row.remote_id.as_str(), row.organization_id.as_deref().unwrap_or_default()].join(BETWEEN),
            ),
            Self::Token(row) => {
                let TokenOwnerView { kind, remote_id, .. } = &row.owner;
                Some([kind.as_str(), remote_id, row.kind.as_str(), &row.remote_id].join(BETWEEN))
            }
            Self::Right(..)
            | Self::Log(_)
            | Self::Change(_)
            | Self::Run(_)
            | Self::Receipt(..)
            | Self::Review(..) => None,
        }
    }

    /// Names it.
    pub fn key(&self) -> Option<RowKey> {
        let remote_id = self.mark()?;
        Some(RowKey { account_id: self.account(), remote_id })
    }

    /// Name for showing.
    pub fn name(&self) -> &str {
        match self {
            Self::User(row) => &row.display_name,
            Self::Group(row) => &row.display_name,
            Self::Role(row) => &row.display_name,
            Self::Token(row) => &row.name,
            Self::Invitation(row) => &row.invitee,
            Self::Member(_, row) => &row.display_name,
            Self::Holder(_, row) => &row.display_name,
            Self::Right(_, row) => &row.permission.name,
            Self::Log(row) => &row.event,
            Self::Change(row) => &row.name,
            Self::Receipt(_, row) => &row.subject.name,
            Self::Review(_, row) => &row.name,
            Self::Resource(row) => &row.display_name,
            Self::Access(row) => &row.display_name,
            Self::Run(_) => "",
        }
    }
}
