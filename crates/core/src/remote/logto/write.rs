//! Logto; writing.
//!
//! Reading order: [`calls`] (an edit becomes requests; pure), [`send`] (one request and what its answer means),
//! [`present`] (what there is now), [`read_back`] (what an edit touched), [`editable`] (what can be edited at all).
//!
//! The service has no versions: the last one to write wins. So an edit sends as little as it can, merges where the service
//! merges, and where an object must be sent whole, it is read once more right before, with the secrets in it, which the
//! mirror and the person never see.
//!
//! An update of a user may need up to three requests, in this order: the row (which is what can be refused, for a name that
//! is taken), then the profile, then the custom data. All are idempotent. When one fails after another was done, the outcome
//! counts as unknown: something has changed.

mod calls;
mod editable;
mod invite;
mod present;
mod read_back;
mod send;

use async_trait::async_trait;
use serde_json::Value;

pub use editable::capabilities;

use super::super::http::ClientSettings;
use super::super::{
    CarriedOut, Current, DirectoryWrite, ReadBack, Refusal, RemoteError, WriteError, password,
};
use super::lists::Lists;
use super::session::Session;
use crate::model::{
    Account, Credential, Edit, EditKind, GroupKind, PasswordChoice, RemoteId, RoleScope, Secret,
};
use calls::{Known, Needs};

/// One Logto tenant, for applying changes.
pub struct LogtoWriter {
    lists: Lists,
}

impl LogtoWriter {
    /// Makes the client; sends nothing yet.
    ///
    /// # Errors
    /// [`RemoteError::Settings`].
    pub fn new(
        account: &Account,
        credential: &Credential,
        settings: ClientSettings,
    ) -> Result<Self, RemoteError> {
        Ok(Self { lists: Lists::new(Session::new(account, credential, settings)?) })
    }

    /// What an edit must know beside itself, read right before it is carried out.
    async fn read_needs(&self, needs: Needs<'_>) -> Result<Known, RemoteError> {
        match needs {
            Needs::Nothing => Ok(Known::default()),
            Needs::User(id) => {
                let whole = self.whole(["users", id], "GET /users/{id}").await?;
                Ok(Known { whole, ..Known::default() })
            }
            Needs::Organization(id) => {
                let whole = self.whole(["organizations", id], "GET /organizations/{id}").await?;
                Ok(Known { whole, ..Known::default() })
            }
            Needs::Invitation(id) => {
                let path = ["organization-invitations", id];
                let whole = self.whole(path, "GET /organization-invitations/{id}").await?;
                Ok(Known { whole, ..Known::default() })
            }
            Needs::OrganizationScopes => {
                let organization_scopes = self.organization_scopes().await?;
                Ok(Known { organization_scopes, ..Known::default() })
            }
            Needs::Permissions(role, RoleScope::Account) => {
                let permissions = self.ids(&["roles", role, "scopes"], "GET /roles/{id}/scopes").await?;
                Ok(Known { permissions, ..Known::default() })
            }
            Needs::Permissions(_, RoleScope::Organization) => {
                let organization_scopes = self.organization_scopes().await?;
                Ok(Known { organization_scopes, ..Known::default() })
            }
        }
    }

    async fn organization_scopes(&self) -> Result<Vec<RemoteId>, RemoteError> {
        self.ids(&["organization-scopes"], "GET /organization-scopes").await
    }

    /// Ids of a list that comes whole when no page is asked for.
    async fn ids(&self, path: &[&str], template: &'static str) -> Result<Vec<RemoteId>, RemoteError> {
        let session = &self.lists.session;
        let listed = session.list(session.url(path.iter().copied(), &[]), template).await?;
        let ids = listed.records.iter().filter_map(|record| record.get("id").and_then(Value::as_str));
        Ok(ids.map(RemoteId::new).collect())
    }

    /// A record with everything in it, to be sent back whole.
    async fn whole(&self, path: [&str; 2], template: &'static str) -> Result<Value, RemoteError> {
        let session = &self.lists.session;
        let decode =
            |answer: &_| super::wire::typed::<Value>(answer, "object", template, &session.http.words);
        session.get(session.url(path, &[]), template, decode).await
    }
}

#[async_trait]
impl DirectoryWrite for LogtoWriter {
    async fn current(&self, edit: &Edit) -> Result<Current, RemoteError> {
        present::current(&self.lists, edit).await
    }

    async fn carry_out(&self, edit: &Edit, _current: &Current) -> Result<CarriedOut, WriteError> {
        // Of the latter the service knows by itself.
        if is_foreign(edit) || matches!(edit, Edit::AcceptInvitation { .. } | Edit::KeepToken { .. }) {
            return Err(WriteError::Refused(RemoteError::Refused {
                template: "groups".to_owned(),
                refusal: Refusal::NotSupported,
                field: Some("groupKind".to_owned()),
                detail: None,
            }));
        }
        let secret = new_password(edit).map_err(WriteError::NotSent)?;
        if let Some(secret) = &secret {
            // Into the list of what is taken out of quotations.
            self.lists.session.http.words.add_passing(secret.expose());
        }
        let mut known = match self.read_needs(calls::needs(edit)).await {
            Ok(known) => known,
            Err(RemoteError::NotFound { template, detail }) => {
                let refusal = Refusal::UnknownRecord;
                return Err(WriteError::Refused(RemoteError::Refused {
                    template,
                    refusal,
                    field: None,
                    detail,
                }));
            }
            Err(error) => return Err(WriteError::NotSent(error)),
        };
        known.password = secret;
        let calls = calls::calls(edit, &known);
        let mut done = CarriedOut::default();
        for (place, call) in calls.iter().enumerate() {
            match send::send(&self.lists.session, call, edit.kind()).await {
                Ok(own) => {
                    done.created = own.created.or(done.created);
                    done.secret = own.secret.or(done.secret);
                }
                Err(error) if place == 0 => return Err(error),
                Err(error) => return Err(error.after_part_was_done(call.template)),
            }
        }
        if let Some(message) = invite::message_after(edit) {
            invite::send_message(&self.lists.session, edit, message, &done).await?;
        }
        done.secret = done.secret.or(known.password);
        Ok(done)
    }

    async fn read_back(&self, edit: &Edit, done: &CarriedOut) -> Result<ReadBack, RemoteError> {
        read_back::read_back(&self.lists, edit, done).await
    }
}

/// Logto's sets of users are organisations; it has no duty, and its rights come with roles.
fn is_foreign(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::CreateGroup { group_kind: GroupKind::Group, .. }
            | Edit::UpdateGroup { group_kind: GroupKind::Group, .. }
            | Edit::DeleteGroup { group_kind: GroupKind::Group, .. }
            | Edit::AddMember { group_kind: GroupKind::Group, .. }
            | Edit::RemoveMember { group_kind: GroupKind::Group, .. }
            | Edit::AddOffDuty { .. }
            | Edit::ChangeOffDuty { .. }
            | Edit::RemoveOffDuty { .. }
            | Edit::AddGroupOffDuty { .. }
            | Edit::SetGroupActive { .. }
            | Edit::GiveRight { .. }
            | Edit::TakeRight { .. }
            | Edit::DescribeToken { .. }
    )
}

fn new_password(edit: &Edit) -> Result<Option<Secret>, RemoteError> {
    let wanted = matches!(edit, Edit::CreateUser { password: PasswordChoice::Generated, .. })
        || edit.kind() == EditKind::ResetPassword;
    wanted.then(password::generate).transpose()
}
