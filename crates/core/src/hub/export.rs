//! Whole lists for the command line, each row handed over as it is read.

use super::{Hub, crossing};
use crate::api::{CommandError, GroupRow, HistoryEntryView, UserRow};
use crate::model::AccountId;
use crate::query::export::{
    self, ApplicationExportRow, HolderExportRow, LogExportRow, LogFilter, MemberExportRow, RoleExportRow,
    Since, TokenExportRow,
};
use crate::store::StoreError;

/// Takes one row; false ends the walk.
pub type Take<T> = Box<dyn FnMut(T) -> bool + Send>;

/// Which list, and who takes its rows.
pub enum List {
    /// Users, in the order of their ids at the service.
    Users(Take<UserRow>),
    /// Groups.
    Groups(Take<GroupRow>),
    /// Who is in which group.
    Members(Take<MemberExportRow>),
    /// Roles.
    Roles(Take<RoleExportRow>),
    /// Who holds which role.
    Holders(Take<HolderExportRow>),
    /// Applications.
    Applications(Take<ApplicationExportRow>),
    /// Tokens.
    Tokens(Take<TokenExportRow>),
    /// The service's log, newest first.
    Log(LogFilter, Take<LogExportRow>),
    /// What changed, oldest first.
    Changes(Since, Take<HistoryEntryView>),
}

impl Hub {
    /// Walks over a whole list of `account`, in one view of the data whatever is written meanwhile.
    ///
    /// # Errors
    /// When the store cannot be read. A walk that was ended by who takes the rows is none.
    pub async fn walk(&self, account: AccountId, list: List) -> Result<(), CommandError> {
        let store = self.open().map_err(crossing)?.store;
        let walked = store.read(move |conn| walk(conn, account, list)).await;
        match walked {
            Ok(()) | Err(StoreError::Stopped) => Ok(()),
            Err(error) => Err(crossing(error.into())),
        }
    }
}

fn walk(conn: &rusqlite::Connection, account: AccountId, list: List) -> Result<(), StoreError> {
    match list {
        List::Users(take) => export::each_user(conn, account, &mut until_stopped(take)),
        List::Groups(take) => export::each_group(conn, account, &mut until_stopped(take)),
        List::Members(take) => export::each_member(conn, account, &mut until_stopped(take)),
        List::Roles(take) => export::each_role(conn, account, &mut until_stopped(take)),
        List::Holders(take) => export::each_holder(conn, account, &mut until_stopped(take)),
        List::Applications(take) => export::each_application(conn, account, &mut until_stopped(take)),
        List::Tokens(take) => export::each_token(conn, account, &mut until_stopped(take)),
        List::Log(filter, take) => export::each_log_entry(conn, account, filter, &mut until_stopped(take)),
        List::Changes(since, take) => export::each_change(conn, account, since, &mut until_stopped(take)),
    }
}

fn until_stopped<T>(mut take: Take<T>) -> impl FnMut(T) -> Result<(), StoreError> {
    move |row| if take(row) { Ok(()) } else { Err(StoreError::Stopped) }
}
