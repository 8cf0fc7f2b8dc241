//! Organisations kept by hand.

use super::{Hub, crossing};
use crate::Error;
use crate::api::*;

impl Hub {
    /// Keeps an organisation by hand.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn create_roster(&self, _request: CreateRosterRequest) -> Result<AccountView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// An organisation kept by hand: terms, cost, what may be done, the checklist.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn get_roster(&self, _request: AccountRequest) -> Result<RosterView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Changes what is said about its service.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn update_roster(&self, _request: UpdateRosterRequest) -> Result<RosterView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// What may be done with one of its members.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn get_roster_member(
        &self,
        _request: RosterMemberRequest,
    ) -> Result<RosterMemberView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Opens the page of its service where members are kept.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn open_roster_page(&self, _request: AccountRequest) -> Result<PageOpenedView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Notes that changes were carried out at its service.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tick_changes(&self, _request: TickChangesRequest) -> Result<ApplyStartedView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Notes edits that were carried out at its service already.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tick_now(&self, _request: TickNowRequest) -> Result<ApplyStartedView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// The sheet on which a reviewer decides about its members.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn get_review_sheet(&self, _request: AccountRequest) -> Result<ReviewSheetView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Reads pasted members or invitations.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn preview_roster_import(
        &self,
        _request: PreviewRosterImportRequest,
    ) -> Result<RosterImportView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Lets the person choose a file of members or invitations and reads it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn import_roster_file(
        &self,
        _request: RosterImportFileRequest,
    ) -> Result<RosterImportChosenView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Reads one of the texts in another way.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn update_roster_import(
        &self,
        _request: UpdateRosterImportRequest,
    ) -> Result<RosterImportView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// A page of rows, each with what becomes of it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn query_roster_rows(
        &self,
        _request: RosterImportRowsRequest,
    ) -> Result<RosterImportRowsView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Takes what was read into the mirror, as a sync would.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn take_roster_import(
        &self,
        _request: TakeRosterImportRequest,
    ) -> Result<SyncStartedView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }

    /// Gives the texts up.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn discard_roster_import(
        &self,
        _request: RosterImportRequest,
    ) -> Result<RosterImportFoundView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }
}
