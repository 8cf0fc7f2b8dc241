//! What changed between two moments, and the screens as they were at one.

use super::Hub;
use crate::Error;
use crate::api::{
    CommandError, CompareRequest, CompareView, PastUserPageView, PastUserQueryRequest, PastUserRequest,
    PastUserView,
};
use crate::query;
use crate::remote::read_kept_user;

impl Hub {
    /// A page of what is different between two moments.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn compare(&self, request: CompareRequest) -> Result<CompareView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| query::compare(&hub.inner.past, conn, &request)).await
    }

    /// A page of the users as they were.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_past_users(
        &self,
        request: PastUserQueryRequest,
    ) -> Result<PastUserPageView, CommandError> {
        let hub = self.clone();
        self.ask(move |conn| query::query_past_users(&hub.inner.past, conn, &request, read_kept_user)).await
    }

    /// One user as it was.
    ///
    /// # Errors
    /// When it was not there, or the store cannot be read.
    pub async fn get_past_user(&self, request: PastUserRequest) -> Result<PastUserView, CommandError> {
        let found = self.ask(move |conn| query::get_past_user(conn, &request, read_kept_user)).await?;
        found.ok_or_else(|| Error::NotFound { what: "this user at that time" }.into())
    }
}
