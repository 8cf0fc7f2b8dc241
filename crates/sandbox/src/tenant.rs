//! Working on a tenant from inside the process, behind the back of its clients: what tests, bench and samples use.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use crate::logto::{LogtoLoad, LogtoMail, LogtoQuirks, LogtoState};
use crate::scim::{create, modify, remove, replace};
use crate::state::{App, TenantState, lock};
use crate::store::{Kind, Listing, OrderBy, Write, get};
use crate::uptrends::UptrendsLoad;
use crate::{
    Clock, Credential, FaultRule, Mutation, Quirks, RequestRecord, SandboxError, ScimError, WriteCount,
    generate,
};

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

    /// What a client takes as its address.
    pub fn base_url(&self) -> String {
        self.app.base_url(&self.state.slug)
    }

    /// How it behaves.
    pub fn quirks(&self) -> Quirks {
        self.state.quirks()
    }

    /// Behaves like this from the next request on.
    pub fn set_quirks(&self, quirks: Quirks) {
        *self.state.quirks.write().unwrap_or_else(PoisonError::into_inner) = quirks;
    }

    /// How it behaves, when it speaks Logto.
    pub fn logto_quirks(&self) -> Option<LogtoQuirks> {
        self.state.logto.as_ref().map(LogtoState::quirks)
    }

    /// Behaves like this from the next request on; nothing happens to a tenant of another dialect.
    pub fn set_logto_quirks(&self, quirks: LogtoQuirks) {
        if let Some(logto) = &self.state.logto {
            *logto.quirks.write().unwrap_or_else(PoisonError::into_inner) = quirks;
        }
    }

    /// The e-mails that went out, when it speaks Logto.
    pub fn logto_mails(&self) -> Vec<LogtoMail> {
        self.state.logto.as_ref().map(|logto| lock(&logto.mails).clone()).unwrap_or_default()
    }

    /// Sets the clock of a tenant that speaks Logto or Uptrends: what lies in the future now may have expired then.
    pub fn set_clock(&self, clock: Clock) {
        if let Some(logto) = &self.state.logto {
            *logto.clock.write().unwrap_or_else(PoisonError::into_inner) = clock;
        }
        if let Some(uptrends) = &self.state.uptrends {
            *uptrends.clock.write().unwrap_or_else(PoisonError::into_inner) = clock;
        }
    }

    /// Carries out a request of the Logto dialect from inside the process: no token, no limit, no log. `path` is as in
    /// `/api/users`, with its query. Gives the body, or null.
    ///
    /// # Errors
    /// When the service refuses it.
    pub async fn logto_request(&self, method: &str, path: &str, body: Value) -> Result<Value, SandboxError> {
        let (state, path) = (Arc::clone(&self.state), path.to_owned());
        let method = Method::from_bytes(method.as_bytes())
            .map_err(|_| ScimError::status(400, format!("{method} is not a method")))?;
        let body = if let Value::Object(body) = body { body } else { Map::new() };
        let work =
            move |db: &mut crate::store::Db| Ok(crate::logto::request(db, &state, &method, &path, body)?);
        Ok(self.app.store.call(work).await?)
    }

    /// Signs a user of the Logto dialect in; gives the ids of the session and of the grant.
    ///
    /// # Errors
    /// When there is no such user.
    pub async fn sign_in(&self, user: &str) -> Result<(String, String), SandboxError> {
        let (state, user) = (Arc::clone(&self.state), user.to_owned());
        let work = move |db: &mut crate::store::Db| Ok(crate::logto::sign_in(db, &state, &user)?);
        Ok(self.app.store.call(work).await?)
    }

    /// Adds people, roles and organisations to a tenant of the Logto dialect.
    ///
    /// # Errors
    /// When the database fails, or the same load is there already.
    pub async fn generate_logto(&self, load: LogtoLoad) -> Result<(), SandboxError> {
        let tenant = self.state.id;
        Ok(self.app.store.call(move |db| Ok(crate::logto::generate(db, tenant, load)?)).await?)
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

    /// How often each write was carried out, whatever its client was told; changes from inside do not count.
    pub fn write_counts(&self) -> Vec<WriteCount> {
        lock(&self.state.log).writes()
    }

    /// Forgets all requests.
    pub fn clear_requests(&self) {
        lock(&self.state.log).clear();
    }

    /// Adds `users` people and `groups` groups (organisations, for Logto; some of everything, for Uptrends) with mixed names
    /// and memberships, the same for the same seed.
    ///
    /// # Errors
    /// When the database fails, or these people are there already.
    pub async fn generate(&self, users: usize, groups: usize, seed: u64) -> Result<(), SandboxError> {
        if self.state.logto.is_some() {
            let load = LogtoLoad { users, organizations: groups, seed, ..LogtoLoad::default() };
            return self.generate_logto(load).await;
        }
        if self.state.uptrends.is_some() {
            return self.generate_uptrends(UptrendsLoad::usual(users, groups, seed)).await;
        }
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
        if self.state.logto.is_some() {
            let tenant = self.state.id;
            let work = move |db: &mut crate::store::Db| Ok(crate::logto::count(&db.conn, tenant, kind)?);
            return Ok(self.app.store.call(work).await?);
        }
        if self.state.uptrends.is_some() {
            let tenant = self.state.id;
            let work = move |db: &mut crate::store::Db| Ok(crate::uptrends::count(&db.conn, tenant, kind)?);
            return Ok(self.app.store.call(work).await?);
        }
        let listing = self.listing(kind);
        Ok(self.app.store.call(move |db| Ok(listing.all(db)?.len())).await?)
    }

    /// All ids, in the service's own order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ids(&self, kind: Kind) -> Result<Vec<String>, SandboxError> {
        let tenant = self.state.id;
        if self.state.logto.is_some() {
            let work = move |db: &mut crate::store::Db| Ok(crate::logto::ids(&db.conn, tenant, kind)?);
            return Ok(self.app.store.call(work).await?);
        }
        if self.state.uptrends.is_some() {
            let work = move |db: &mut crate::store::Db| Ok(crate::uptrends::ids(&db.conn, tenant, kind)?);
            return Ok(self.app.store.call(work).await?);
        }
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
        let asked = if self.state.logto.is_some() {
            Some(self.logto_request("GET", &one(kind, id), Value::Null).await)
        } else if self.state.uptrends.is_some() {
            Some(self.uptrends_request("GET", &uptrends_one(kind, id), Value::Null).await)
        } else {
            None
        };
        match asked {
            Some(Ok(found)) => return Ok(Some(found)),
            Some(Err(SandboxError::Refused(error))) if error.status == 404 => return Ok(None),
            Some(Err(error)) => return Err(error),
            None => {}
        }
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
        if self.state.logto.is_some() {
            let made = self.logto_request("POST", list(kind), record).await?;
            return Ok(made.get("id").and_then(Value::as_str).unwrap_or_default().to_owned());
        }
        if self.state.uptrends.is_some() {
            let made = self.uptrends_request("POST", uptrends_list(kind).0, record).await?;
            let id = made.get(uptrends_list(kind).1).and_then(Value::as_str);
            return Ok(id.unwrap_or_default().to_owned());
        }
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
        if self.state.logto.is_some() {
            return self.logto_request("DELETE", &one(kind, id), Value::Null).await.map(drop);
        }
        if self.state.uptrends.is_some() {
            return self.uptrends_request("DELETE", &uptrends_one(kind, id), Value::Null).await.map(drop);
        }
        let (state, id, quirks) = (Arc::clone(&self.state), id.to_owned(), self.quirks());
        Ok(self.app.store.call(move |db| remove(db, &state, kind, &id, None, &quirks)).await?)
    }

    fn listing(&self, kind: Kind) -> Listing {
        Listing { tenant: self.state.id, kind: Some(kind), filter: None, order: OrderBy::Natural }
    }
}

/// Where Logto lists users, and organisations in place of groups.
const fn list(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "/api/users",
        Kind::Group => "/api/organizations",
    }
}

fn one(kind: Kind, id: &str) -> String {
    format!("{}/{id}", list(kind))
}

/// Where Uptrends lists operators and their groups, and what it calls their ids.
const fn uptrends_list(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::User => ("/Operator", "OperatorGuid"),
        Kind::Group => ("/OperatorGroup", "OperatorGroupGuid"),
    }
}

fn uptrends_one(kind: Kind, id: &str) -> String {
    format!("{}/{id}", uptrends_list(kind).0)
}

fn with_schemas(kind: Kind, record: Value) -> Result<Map<String, Value>, ScimError> {
    let Value::Object(mut record) = record else {
        return Err(ScimError::bad("invalidSyntax", "A record is an object"));
    };
    let core = format!("urn:ietf:params:scim:schemas:core:2.0:{}", kind.as_str());
    record.entry("schemas").or_insert_with(|| json!([core]));
    Ok(record)
}
