//! Working on a tenant from inside the process, behind the back of its clients: what tests, bench and samples use.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use serde_json::{Map, Value, json};

use crate::scim::{create, modify, remove, replace};
use crate::state::{App, TenantState, lock};
use crate::store::{Kind, Listing, OrderBy, Write, get};
use crate::{Credential, FaultRule, Mutation, Quirks, RequestRecord, SandboxError, ScimError, generate};

/// A handle to a tenant; cheap to clone.
#[derive(Clone)]
pub struct Tenant {
    pub(crate) app: Arc<App>,
    pub(crate) state: Arc<TenantState>,
}

impl Tenant {
    pub(crate) const fn new(app: Arc<App>, state: Arc<TenantState>) -> Self {
        Self { app, state }
    }

    /// Name in the address.
    pub fn slug(&self) -> &str {
        &self.state.slug
    }

    /// What a SCIM client takes as its address.
    pub fn base_url(&self) -> String {
        format!("{}/{}/scim/v2", self.app.origin, self.state.slug)
    }

    /// How it behaves.
    pub fn quirks(&self) -> Quirks {
        self.state.quirks()
    }

    /// Behaves like this from the next request on.
    pub fn set_quirks(&self, quirks: Quirks) {
        *self.state.quirks.write().unwrap_or_else(PoisonError::into_inner) = quirks;
    }

    /// Accepts these credentials and no others; tokens given out by OAuth end.
    pub fn set_credentials(&self, credentials: Vec<Credential>) {
        *self.state.credentials.write().unwrap_or_else(PoisonError::into_inner) = credentials;
        lock(&self.state.issued).clear();
    }

    /// Adds a fault; rules are tried in the order they were added.
    pub fn add_fault(&self, rule: FaultRule) {
        lock(&self.state.faults).add(rule);
    }

    /// Drops all faults.
    pub fn clear_faults(&self) {
        lock(&self.state.faults).clear();
    }

    /// The last 20,000 requests, oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        lock(&self.state.log).recent()
    }

    /// How often each method, template and status occurred.
    pub fn request_counts(&self) -> BTreeMap<(String, &'static str, u16), u64> {
        lock(&self.state.log).counts()
    }

    /// Forgets all requests.
    pub fn clear_requests(&self) {
        lock(&self.state.log).clear();
    }

    /// Adds `users` people and `groups` groups with mixed names and memberships, the same for the same seed.
    ///
    /// # Errors
    /// When the database fails, or these people are there already.
    pub async fn generate(&self, users: usize, groups: usize, seed: u64) -> Result<(), SandboxError> {
        let tenant = self.state.id;
        Ok(self.app.store.call(move |db| generate::generate(db, tenant, users, groups, seed)).await?)
    }

    /// Changes the directory at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mutate(&self, mutation: Mutation) -> Result<(), SandboxError> {
        let state = Arc::clone(&self.state);
        Ok(self.app.store.call(move |db| mutation.apply(db, &state, 0)).await?)
    }

    /// How many records there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, kind: Kind) -> Result<usize, SandboxError> {
        let listing = self.listing(kind);
        Ok(self.app.store.call(move |db| Ok(listing.all(db)?.len())).await?)
    }

    /// All ids, in the service's own order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ids(&self, kind: Kind) -> Result<Vec<String>, SandboxError> {
        let tenant = self.state.id;
        let work = move |db: &mut crate::store::Db| {
            let mut select = db
                .conn
                .prepare("SELECT id FROM resources WHERE tenant_id = ?1 AND kind = ?2 ORDER BY seq")?;
            let rows = select.query_map(rusqlite::params![tenant, kind], |row| row.get(0))?;
            Ok(rows.collect::<Result<Vec<String>, _>>()?)
        };
        Ok(self.app.store.call(work).await?)
    }

    /// A record as stored, if it exists.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, kind: Kind, id: &str) -> Result<Option<Value>, SandboxError> {
        let (at, id) = (Write { tenant: self.state.id, kind }, id.to_owned());
        let work = move |db: &mut crate::store::Db| {
            get(&db.conn, at, &id)?.map(|found| Ok(Value::Object(found.value()?))).transpose()
        };
        Ok(self.app.store.call(work).await?)
    }

    /// Creates a record as a POST would; `schemas` may be left out. Gives its id.
    ///
    /// # Errors
    /// When the service refuses it.
    pub async fn create(&self, kind: Kind, record: Value) -> Result<String, SandboxError> {
        let (state, record) = (Arc::clone(&self.state), with_schemas(kind, record)?);
        Ok(self.app.store.call(move |db| Ok(create(db, &state, kind, record)?.0)).await?)
    }

    /// Replaces a record as a PUT would; `schemas` may be left out.
    ///
    /// # Errors
    /// When there is no such record or the service refuses it.
    pub async fn replace(&self, kind: Kind, id: &str, record: Value) -> Result<(), SandboxError> {
        let (state, record, id) = (Arc::clone(&self.state), with_schemas(kind, record)?, id.to_owned());
        Ok(self.app.store.call(move |db| replace(db, &state, kind, &id, record, None).map(drop)).await?)
    }

    /// Changes a record as a PATCH with these `Operations` would.
    ///
    /// # Errors
    /// When there is no such record or the service refuses it.
    pub async fn patch(&self, kind: Kind, id: &str, operations: Value) -> Result<(), SandboxError> {
        let (state, id) = (Arc::clone(&self.state), id.to_owned());
        let body = Map::from_iter([("Operations".to_owned(), operations)]);
        Ok(self.app.store.call(move |db| modify(db, &state, kind, &id, &body, None).map(drop)).await?)
    }

    /// Deletes a record as a DELETE would.
    ///
    /// # Errors
    /// When there is no such record.
    pub async fn delete(&self, kind: Kind, id: &str) -> Result<(), SandboxError> {
        let (state, id, quirks) = (Arc::clone(&self.state), id.to_owned(), self.quirks());
        Ok(self.app.store.call(move |db| remove(db, &state, kind, &id, None, &quirks)).await?)
    }

    fn listing(&self, kind: Kind) -> Listing {
        Listing { tenant: self.state.id, kind: Some(kind), filter: None, order: OrderBy::Natural }
    }
}

fn with_schemas(kind: Kind, record: Value) -> Result<Map<String, Value>, ScimError> {
    let Value::Object(mut record) = record else {
        return Err(ScimError::bad("invalidSyntax", "A record is an object"));
    };
    let core = format!("urn:ietf:params:scim:schemas:core:2.0:{}", kind.as_str());
    record.entry("schemas").or_insert_with(|| json!([core]));
    Ok(record)
}
