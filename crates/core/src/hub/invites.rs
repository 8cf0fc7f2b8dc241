//! Whom to invite: addresses looked at before anything is kept of them, and the file that they come from.

use super::imports::read_file;
use super::{Hub, crossing};
use crate::api::{
    CommandError, InviteeFile, InviteeFileRequest, InviteeFileView, InviteeRolesView, InviteesRequest,
    InviteesView,
};
use crate::changes::invite::{self, InviteeColumn};
use crate::model::RemoteId;
use crate::store::facts;
use crate::{Error, clock, store};

impl Hub {
    /// What would become of addresses that are to be invited, without keeping anything.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn check_invitees(&self, request: InviteesRequest) -> Result<InviteesView, CommandError> {
        self.ask(move |conn| invite::invitees(conn, &request, clock::now())).await
    }

    /// Lets the person choose a file and reads the addresses in it. What is wrong with the file stands in the view.
    ///
    /// # Errors
    /// When there is no such account; those of the store.
    pub async fn read_invitee_file(
        &self,
        request: InviteeFileRequest,
    ) -> Result<InviteeFileView, CommandError> {
        let InviteeFileRequest { account_id, group_id, title } = request;
        let Some(path) = self.choose_import(&title).await else { return Ok(InviteeFileView { file: None }) };
        let read = async {
            let (_, capabilities) = self.account_with_capabilities(account_id).await?;
            let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let file_name = rollcall_sheets::one_line(&file_name.unwrap_or_default());
            let group = RemoteId::new(&group_id);
            let named =
                move |conn: &rusqlite::Connection| facts::find_record(conn, account_id, "groups", &group);
            let name = self.open()?.store.read(named).await?.map(|(name, _)| name).unwrap_or_default();
            let read = move || {
                let names = [name.as_str(), group_id.as_str()];
                Ok::<_, Error>(invite::column(&read_file(&path), capabilities.as_ref(), &names))
            };
            let (column, problem) = match store::blocking(read).await? {
                Ok(column) => (column, None),
                Err(problem) => (InviteeColumn::default(), Some(problem)),
            };
            let roles = column.roles.into_iter();
            Ok(InviteeFile {
                file_name,
                column: column.heading,
                text: column.text,
                role_column: column.role_heading,
                roles: roles.map(|(address, roles)| InviteeRolesView { address, roles }).collect(),
                organization_column: column.organization_heading,
                of_others: column.of_others,
                unused: column.unused,
                problem,
            })
        };
        let file = read.await.map_err(crossing)?;
        Ok(InviteeFileView { file: Some(file) })
    }
}
