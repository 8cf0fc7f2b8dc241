//! Whom to invite: addresses looked at before anything is kept of them, and the file that they come from.

use super::imports::read_file;
use super::{Hub, crossing};
use crate::api::{
    CommandError, InviteeFile, InviteeFileRequest, InviteeFileView, InviteesRequest, InviteesView,
};
use crate::changes::invite;
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
        let InviteeFileRequest { account_id, title } = request;
        let Some(path) = self.choose_import(&title).await else { return Ok(InviteeFileView { file: None }) };
        let read = async {
            let (_, capabilities) = self.account_with_capabilities(account_id).await?;
            let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let file_name = rollcall_sheets::one_line(&file_name.unwrap_or_default());
            let read = move || Ok::<_, Error>(invite::column(&read_file(&path), capabilities.as_ref()));
            Ok(match store::blocking(read).await? {
                Ok(column) => {
                    InviteeFile { file_name, column: column.heading, text: column.text, problem: None }
                }
                Err(problem) => {
                    InviteeFile { file_name, column: None, text: String::new(), problem: Some(problem) }
                }
            })
        };
        let file = read.await.map_err(crossing)?;
        Ok(InviteeFileView { file: Some(file) })
    }
}
