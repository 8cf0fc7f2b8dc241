//! What the screens read: each a query on the mirror, never on a service.

use super::{Hub, crossing};
use crate::api::{
    AccessPageView, AccessQueryRequest, AccountRequest, ApplicationDetailView, ApplicationPageView,
    ApplicationQueryRequest, ApplicationRequest, CommandError, DutyRequest, DutyView, FindingsView,
    GroupDetailView, GroupPageView, GroupQueryRequest, GroupRequest, GroupRightsView, HistoryPageView,
    HistoryQueryRequest, HubRequest, HubView, InvitationPageView, InvitationQueryRequest, LogPageView,
    LogQueryRequest, PermissionsView, ReachingRequest, ReachingView, RecipientsView, ResourceDetailView,
    ResourcePageView, ResourceQueryRequest, ResourceRequest, RoleDetailView, RoleMatrixRequest,
    RoleMatrixView, RolePageView, RoleQueryRequest, RoleRequest, RunDetailView, RunPageView, RunQueryRequest,
    RunRequest, UserDetailView, UserPageView, UserQueryRequest, UserRequest, UserRightsView,
};
use crate::model::RemoteId;
use crate::query;
use crate::store::StoreError;
use crate::{Error, clock};

impl Hub {
    /// The cards.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get_hub(&self, request: HubRequest) -> Result<HubView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| query::get_hub(&hub.inner.cache, conn, &request, &clock::moment())).await
    }

    /// A page of users.
    ///
    /// # Errors
    /// When the filter cannot be understood, or the store cannot be read.
    pub async fn query_users(&self, request: UserQueryRequest) -> Result<UserPageView, CommandError> {
        let hub = self.clone();
        let filter = super::filters::read(&request.text).map_err(|error| *error)?;
        self.ask(move |conn| {
            let mut page = query::query_users(&hub.inner.cache, conn, &request, &filter)?;
            let rows =
                page.rows.iter_mut().map(|row| (row.account_id, row.remote_id.as_str(), &mut row.pending));
            hub.mark(conn, rows)?;
            Ok(page)
        })
        .await
    }

    /// One user.
    ///
    /// # Errors
    /// When it is not here any more, or the store cannot be read.
    pub async fn get_user(&self, request: UserRequest) -> Result<UserDetailView, CommandError> {
        let hub = self.clone();
        let id = RemoteId::new(request.remote_id);
        let found = self
            .ask(move |conn| {
                let mut found = query::get_user(conn, request.account_id, id.as_str())?;
                let rows = found.iter_mut().map(|view| &mut view.row);
                hub.mark(conn, rows.map(|row| (row.account_id, row.remote_id.as_str(), &mut row.pending)))?;
                Ok(found)
            })
            .await?;
        found.ok_or_else(|| Error::NotFound { what: "this user" }.into())
    }

    /// A page of groups.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_groups(&self, request: GroupQueryRequest) -> Result<GroupPageView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| {
            let mut page = query::query_groups(&hub.inner.cache, conn, &request, clock::moment().now)?;
            let rows =
                page.rows.iter_mut().map(|row| (row.account_id, row.remote_id.as_str(), &mut row.pending));
            hub.mark(conn, rows)?;
            Ok(page)
        })
        .await
    }

    /// One group with a page of its members.
    ///
    /// # Errors
    /// When it is not here any more, or the store cannot be read.
    pub async fn get_group(&self, request: GroupRequest) -> Result<GroupDetailView, CommandError> {
        let hub = self.clone();
        let now = clock::moment().now;
        let found = self
            .ask(move |conn| {
                let mut found = query::get_group(&hub.inner.cache, conn, &request, now)?;
                let rows = found.iter_mut().map(|view| &mut view.row);
                hub.mark(conn, rows.map(|row| (row.account_id, row.remote_id.as_str(), &mut row.pending)))?;
                Ok(found)
            })
            .await?;
        found.ok_or_else(|| Error::NotFound { what: "this group" }.into())
    }

    /// A page of roles.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_roles(&self, request: RoleQueryRequest) -> Result<RolePageView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| {
            let mut page = query::query_roles(&hub.inner.cache, conn, &request)?;
            let rows =
                page.rows.iter_mut().map(|row| (row.account_id, row.remote_id.as_str(), &mut row.pending));
            hub.mark(conn, rows)?;
            Ok(page)
        })
        .await
    }

    /// One role with a page of its holders.
    ///
    /// # Errors
    /// When it is not here any more, or the store cannot be read.
    pub async fn get_role(&self, request: RoleRequest) -> Result<RoleDetailView, CommandError> {
        let hub = self.clone();
        let found = self
            .ask(move |conn| {
                let mut found = query::get_role(&hub.inner.cache, conn, &request)?;
                let rows = found.iter_mut().map(|view| &mut view.row);
                hub.mark(conn, rows.map(|row| (row.account_id, row.remote_id.as_str(), &mut row.pending)))?;
                Ok(found)
            })
            .await?;
        found.ok_or_else(|| Error::NotFound { what: "this role" }.into())
    }

    /// Which role of an account allows what.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get_role_matrix(&self, request: RoleMatrixRequest) -> Result<RoleMatrixView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| query::get_role_matrix(&hub.inner.cache, conn, &request)).await
    }

    /// Everything that a role of an account could allow.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_permissions(&self, request: AccountRequest) -> Result<PermissionsView, CommandError> {
        self.ask(move |conn| query::list_permissions(conn, request.account_id)).await
    }

    /// A page of applications.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_applications(
        &self,
        request: ApplicationQueryRequest,
    ) -> Result<ApplicationPageView, CommandError> {
        let (hub, now) = (self.clone(), clock::moment().now);
        self.ask(move |conn| query::query_applications(&hub.inner.cache, conn, &request, now)).await
    }

    /// One application with its secrets and roles.
    ///
    /// # Errors
    /// When it is not here any more, or the store cannot be read.
    pub async fn get_application(
        &self,
        request: ApplicationRequest,
    ) -> Result<ApplicationDetailView, CommandError> {
        let now = clock::moment().now;
        let found = self.ask(move |conn| query::get_application(conn, &request, now)).await?;
        found.ok_or_else(|| Error::NotFound { what: "this application" }.into())
    }

    /// Who is on duty.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get_duty(&self, request: DutyRequest) -> Result<DutyView, CommandError> {
        self.ask(move |conn| query::get_duty(conn, &request, &clock::moment())).await
    }

    /// What one user may do.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get_user_rights(&self, request: UserRequest) -> Result<UserRightsView, CommandError> {
        self.ask(move |conn| query::get_user_rights(conn, &request)).await
    }

    /// What was given to a group.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get_group_rights(&self, request: ResourceRequest) -> Result<GroupRightsView, CommandError> {
        self.ask(move |conn| query::get_group_rights(conn, &request)).await
    }

    /// What stands out in an account.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_findings(&self, request: AccountRequest) -> Result<FindingsView, CommandError> {
        self.ask(move |conn| query::list_findings(conn, request.account_id)).await
    }

    /// A page of resources.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_resources(
        &self,
        request: ResourceQueryRequest,
    ) -> Result<ResourcePageView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| query::query_resources(&hub.inner.cache, conn, &request)).await
    }

    /// A page of who may do what with which resource.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_access(&self, request: AccessQueryRequest) -> Result<AccessPageView, CommandError> {
        self.ask(move |conn| query::query_access(conn, &request)).await
    }

    /// One resource and who may do what with it.
    ///
    /// # Errors
    /// When it is not here any more, or the store cannot be read.
    pub async fn get_resource(&self, request: ResourceRequest) -> Result<ResourceDetailView, CommandError> {
        let found = self.ask(move |conn| query::get_resource(conn, &request)).await?;
        found.ok_or_else(|| Error::NotFound { what: "this resource" }.into())
    }

    /// Who is told of one resource, and who would be right now.
    ///
    /// # Errors
    /// When it is not here any more, or the store cannot be read.
    pub async fn get_recipients(&self, request: ResourceRequest) -> Result<RecipientsView, CommandError> {
        let found = self.ask(move |conn| query::get_recipients(conn, &request, &clock::moment())).await?;
        found.ok_or_else(|| Error::NotFound { what: "this resource" }.into())
    }

    /// What reaches a user or a group.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get_reaching(&self, request: ReachingRequest) -> Result<ReachingView, CommandError> {
        self.ask(move |conn| query::get_reaching(conn, &request)).await
    }

    /// A page of invitations.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_invitations(
        &self,
        request: InvitationQueryRequest,
    ) -> Result<InvitationPageView, CommandError> {
        let (hub, now) = (self.clone(), clock::moment().now);
        self.ask(move |conn| {
            let mut page = query::query_invitations(&hub.inner.cache, conn, &request, now)?;
            let rows = page.rows.iter_mut();
            hub.mark(conn, rows.map(|row| (row.account_id, row.remote_id.as_str(), &mut row.pending)))?;
            Ok(page)
        })
        .await
    }

    /// A page of the service's own log, as far as it was read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_log(&self, request: LogQueryRequest) -> Result<LogPageView, CommandError> {
        self.ask(move |conn| query::query_log(conn, &request)).await
    }

    /// A page of history.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_history(&self, request: HistoryQueryRequest) -> Result<HistoryPageView, CommandError> {
        self.ask(move |conn| query::query_history(conn, &request)).await
    }

    /// A page of runs.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_runs(&self, request: RunQueryRequest) -> Result<RunPageView, CommandError> {
        self.ask(move |conn| query::query_runs(conn, &request)).await
    }

    /// One run.
    ///
    /// # Errors
    /// When it is not here any more, or the store cannot be read.
    pub async fn get_run(&self, request: RunRequest) -> Result<RunDetailView, CommandError> {
        let found = self.ask(move |conn| query::get_run(conn, request.run_id)).await?;
        found.ok_or_else(|| Error::NotFound { what: "this run" }.into())
    }

    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, CommandError> {
        let store = self.open().map_err(crossing)?.store;
        store.read(work).await.map_err(|error| crossing(error.into()))
    }
}
