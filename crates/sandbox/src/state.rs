//! What the running service holds: the store, and of each tenant its credentials, behaviour and records of requests.
//! Credentials live in memory only.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::faults::Faults;
use crate::log::RequestLog;
use crate::logto::LogtoState;
use crate::rng::Rng;
use crate::scim::cursor::Cursors;
use crate::store::{Store, View};
use crate::uptrends::UptrendsState;
use crate::{Credential, Quirks, Secret};

/// The whole service.
pub struct App {
    /// All directories.
    pub store: Store,
    /// By slug.
    pub tenants: RwLock<BTreeMap<String, Arc<TenantState>>>,
    /// For `/_sandbox/…`.
    pub admin_token: Secret,
    /// `http://127.0.0.1:port`.
    pub origin: String,
    /// Becomes true when the service stops, so that delayed answers end.
    pub stopping: watch::Receiver<bool>,
    /// Where tenants get their seeds.
    pub seed: u64,
}

impl App {
    /// The tenant `slug`.
    pub fn tenant(&self, slug: &str) -> Option<Arc<TenantState>> {
        self.tenants.read().unwrap_or_else(PoisonError::into_inner).get(slug).cloned()
    }

    /// Whether `slug` is a tenant of the Logto dialect.
    pub fn speaks_logto(&self, slug: &str) -> bool {
        self.tenant(slug).is_some_and(|tenant| tenant.logto.is_some())
    }

    /// What a client of `slug` takes as its address.
    pub fn base_url(&self, slug: &str) -> String {
        let below = match self.tenant(slug) {
            Some(tenant) if tenant.logto.is_some() => "",
            Some(tenant) if tenant.uptrends.is_some() => "/v4",
            Some(_) | None => "/scim/v2",
        };
        format!("{}/{slug}{below}", self.origin)
    }

    /// Waits, or returns early when the service stops.
    pub async fn sleep(&self, time: Duration) {
        let mut stopping = self.stopping.clone();
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
    }
}

/// One tenant.
pub struct TenantState {
    /// Number in the store.
    pub id: i64,
    /// Name in the address.
    pub slug: String,
    /// What it accepts.
    pub credentials: RwLock<Vec<Credential>>,
    /// Bearer tokens given out by OAuth, with their end.
    pub issued: Mutex<Vec<(Secret, Instant)>>,
    /// How it behaves.
    pub quirks: RwLock<Quirks>,
    /// Faults on demand.
    pub faults: Mutex<Faults>,
    /// What was asked.
    pub log: Mutex<RequestLog>,
    /// Open cursors.
    pub cursors: Mutex<Cursors>,
    /// What a tenant of the Logto dialect has besides; absent for others.
    pub logto: Option<LogtoState>,
    /// What a tenant of the Uptrends dialect has besides; absent for others.
    pub uptrends: Option<UptrendsState>,
    /// Source of ids, random orders and cuts.
    pub rng: Mutex<Rng>,
}

impl TenantState {
    /// How it behaves now.
    pub fn quirks(&self) -> Quirks {
        self.quirks.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A new id.
    pub fn new_id(&self) -> String {
        lock(&self.rng).uuid()
    }

    /// How records of this tenant are shown when nothing special is asked for.
    pub fn view(&self, quirks: &Quirks) -> View {
        View { tenant: self.id, projection: None, no_meta: quirks.no_meta, user_groups: quirks.user_groups }
    }
}

/// Locks, even after a panic elsewhere: what these locks guard stays consistent between statements.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
