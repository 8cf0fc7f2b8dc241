//! Pasted members and invitations: in memory only, and one import at a time, because it holds names and addresses.

use super::{Hub, crossing};
use crate::Error;
use crate::api::*;

impl Hub {
    /// Reads pasted members or invitations.
    pub async fn preview_roster_import(
        &self,
        _request: PreviewRosterImportRequest,
    ) -> Result<RosterImportView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }
    /// Lets the person choose a file of members or invitations and reads it.
    pub async fn import_roster_file(
        &self,
        _request: RosterImportFileRequest,
    ) -> Result<RosterImportChosenView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }
    /// Reads one of the texts in another way.
    pub async fn update_roster_import(
        &self,
        _request: UpdateRosterImportRequest,
    ) -> Result<RosterImportView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }
    /// A page of rows, each with what becomes of it.
    pub async fn query_roster_rows(
        &self,
        _request: RosterImportRowsRequest,
    ) -> Result<RosterImportRowsView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }
    /// Takes what was read into the mirror, as a sync would.
    pub async fn take_roster_import(
        &self,
        _request: TakeRosterImportRequest,
    ) -> Result<SyncStartedView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }
    /// Gives the texts up.
    pub async fn discard_roster_import(
        &self,
        _request: RosterImportRequest,
    ) -> Result<RosterImportFoundView, CommandError> {
        Err(crossing(Error::StoreClosed))
    }
}
