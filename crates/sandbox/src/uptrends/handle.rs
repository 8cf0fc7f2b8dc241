//! Working on an Uptrends tenant from inside the process, behind the back of its clients.

use std::sync::{Arc, PoisonError};

use axum::http::Method;
use serde_json::Value;

use super::generate::{UptrendsLoad, generate};
use super::inside;
use super::quirks::UptrendsQuirks;
use super::state::UptrendsState;
use crate::store::Db;
use crate::{SandboxError, ScimError, Tenant};

impl Tenant {
    /// How it behaves, when it speaks Uptrends.
    pub fn uptrends_quirks(&self) -> Option<UptrendsQuirks> {
        self.state.uptrends.as_ref().map(UptrendsState::quirks)
    }

    /// Behaves like this from the next request on; nothing happens to a tenant of another dialect.
    pub fn set_uptrends_quirks(&self, quirks: UptrendsQuirks) {
        if let Some(uptrends) = &self.state.uptrends {
            *uptrends.quirks.write().unwrap_or_else(PoisonError::into_inner) = quirks;
        }
    }

    /// Carries out a request of the Uptrends dialect from inside the process, as an administrator: no credential, no fault, no
    /// log. `path` is as in `/Operator`, with its query. Gives the body, or null.
    ///
    /// # Errors
    /// When the service refuses it.
    pub async fn uptrends_request(
        &self,
        method: &str,
        path: &str,
        body: Value,
    ) -> Result<Value, SandboxError> {
        let (state, path) = (Arc::clone(&self.state), path.to_owned());
        let method = Method::from_bytes(method.as_bytes())
            .map_err(|_| ScimError::status(400, format!("{method} is not a method")))?;
        let work = move |db: &mut Db| Ok(inside::request(&db.conn, &state, &method, &path, body)?);
        Ok(self.app.store.call(work).await?)
    }

    /// Makes an operator of the Uptrends dialect the owner of something (as in `2 dashboards`) that keeps it from being
    /// deleted, or of nothing.
    ///
    /// # Errors
    /// When there is no such operator.
    pub async fn set_owned(&self, operator: &str, owned: Option<&str>) -> Result<(), SandboxError> {
        let (tenant, operator, owned) = (self.state.id, operator.to_owned(), owned.map(str::to_owned));
        let work = move |db: &mut Db| Ok(inside::set_owned(&db.conn, tenant, &operator, owned.as_deref())?);
        Ok(self.app.store.call(work).await?)
    }

    /// Makes these operators and groups of the Uptrends dialect, by their GUIDs, those who are alerted at the three levels of the
    /// alert definition `name`, which is made if there is none. Gives its GUID.
    ///
    /// # Errors
    /// When one of them is not there.
    pub async fn set_alert(&self, name: &str, levels: [Vec<String>; 3]) -> Result<String, SandboxError> {
        let (state, name) = (Arc::clone(&self.state), name.to_owned());
        let work = move |db: &mut Db| Ok(inside::set_alert(&db.conn, &state, &name, &levels)?);
        Ok(self.app.store.call(work).await?)
    }

    /// Adds operators, groups, API users, off-duty periods and monitors to a tenant of the Uptrends dialect.
    ///
    /// # Errors
    /// When the database fails, or the same load is there already.
    pub async fn generate_uptrends(&self, load: UptrendsLoad) -> Result<(), SandboxError> {
        let tenant = self.state.id;
        Ok(self.app.store.call(move |db| Ok(generate(db, tenant, load)?)).await?)
    }
}
