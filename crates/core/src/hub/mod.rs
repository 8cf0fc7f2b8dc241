//! The one object the shell holds; one method a use case. It knows no SQL and no HTTP, only who does what in which order.

mod accounts;
mod api_user_imports;
mod applies;
mod background;
mod bulk;
mod changes;
mod connection;
mod credentials;
mod desktop;
mod drafts;
mod due;
mod export;
mod filters;
mod imports;
mod invites;
mod left;
mod lifecycle;
mod list_rows;
mod lists;
mod looked_at;
mod named;
mod others;
mod past;
mod pending;
mod queries;
mod register;
mod roster_imports;
mod rosters;
mod samples;
mod schedule;
mod syncs;
mod theme;
mod tokens;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::Error;
use crate::api::{AccountDraft, CommandError, CreateRosterRequest, HubEvent};
use crate::model::{Account, AccountId, Edit};
use crate::query::{PastCache, UserIndexCache};
use crate::remote::ClientSettings;
use crate::secrets::SecretStore;
use crate::store::{Store, accounts as account_table};

pub use desktop::{Desktop, NoDesktop, OpenFile, SaveAs};
pub use export::{List, Take};
pub use imports::ImportChoices;
pub use named::{NamedGroup, NamedRole, NamedUser};
pub use theme::remembered_theme;

use applies::Applies;
use background::Backgrounds;
use imports::Imports;
use lifecycle::Lifecycle;
use lists::Exports;
use looked_at::LookedAt;
use others::Told;
use syncs::Syncs;

/// Where the core's events go.
pub trait EventSink: Send + Sync {
    /// Must not block.
    fn send(&self, event: HubEvent);
}

/// The built-in sample service, seen from the core: something that, once started, answers like any other service.
#[async_trait]
pub trait SampleService: Send + Sync {
    /// Starts it, or finds it running, and returns the accounts it offers, always under the same paths. Their state
    /// is kept in `folder`, or in memory when there is none. Address and credential hold until the program ends.
    ///
    /// # Errors
    /// One sentence about why it cannot start.
    async fn start(&self, folder: Option<&Path>) -> Result<Vec<AccountDraft>, String>;

    /// Organisations kept by hand that it offers beside them; they need no service.
    fn rosters(&self) -> Vec<SampleRoster> {
        Vec::new()
    }
}

/// A made-up organisation kept by hand.
#[derive(Debug)]
pub struct SampleRoster {
    /// What is said about it.
    pub create: CreateRosterRequest,
    /// Its members and invitations, as a page would show them.
    pub text: String,
    /// What is to be done at its service.
    pub waiting: Vec<Edit>,
    /// So many milliseconds ago that was decided.
    pub waiting_for: i64,
}

/// What a hub is made of.
pub struct HubParts {
    /// Folder of the local data; made when missing.
    pub data_folder: PathBuf,
    /// Version of the program.
    pub version: String,
    /// Language of the operating system, as a BCP 47 tag.
    pub system_language: Option<String>,
    /// The keychain.
    pub secrets: Arc<dyn SecretStore>,
    /// Where events go.
    pub events: Arc<dyn EventSink>,
    /// The samples.
    pub samples: Arc<dyn SampleService>,
    /// The desktop.
    pub desktop: Arc<dyn Desktop>,
    /// Timeouts, patience and pacing towards services.
    pub client: ClientSettings,
}

/// The one object the shell holds. Cheap to clone; all clones are the same hub.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

struct Inner {
    parts: HubParts,
    lifecycle: Lifecycle,
    cache: UserIndexCache,
    past: PastCache,
    syncs: Syncs,
    backgrounds: Backgrounds,
    exports: Exports,
    applies: Applies,
    /// What is carried out by itself was last tried then.
    due: due::Tried,
    /// What is pending about rows of lists.
    overlays: pending::Overlays,
    imports: Imports,
    roster_imports: LookedAt<crate::roster::import::Import>,
    api_user_imports: LookedAt<crate::api_users::Import>,
    /// Credentials that a login made, on their way into an account.
    registered: register::Registered,
    /// Whose changes the window has been told of.
    told: Told,
    /// Nobody stays to look on: no automatic syncs, and no looking out for what other processes do.
    unattended: bool,
    /// Credentials that live as long as the program: those of the samples.
    session_credentials: Mutex<BTreeMap<AccountId, crate::model::Credential>>,
}

/// The open local data and what belongs to it.
#[derive(Clone)]
struct Open {
    store: Store,
    secrets: Arc<dyn SecretStore>,
}

impl Hub {
    /// A hub with its local data still closed.
    pub fn new(parts: HubParts) -> Self {
        Self::make(parts, false)
    }

    /// The same for a program that does one thing and ends: it starts nothing by itself.
    pub fn unattended(parts: HubParts) -> Self {
        Self::make(parts, true)
    }

    fn make(parts: HubParts, unattended: bool) -> Self {
        Self {
            inner: Arc::new(Inner {
                parts,
                lifecycle: Lifecycle::default(),
                cache: UserIndexCache::new(),
                past: PastCache::new(),
                syncs: Syncs::default(),
                backgrounds: Backgrounds::default(),
                exports: Exports::default(),
                applies: Applies::default(),
                due: due::Tried::default(),
                overlays: pending::Overlays::default(),
                imports: Imports::default(),
                roster_imports: LookedAt::default(),
                api_user_imports: LookedAt::default(),
                registered: register::Registered::default(),
                told: Told::default(),
                unattended,
                session_credentials: Mutex::default(),
            }),
        }
    }

    fn open(&self) -> Result<Open, Error> {
        self.inner.lifecycle.open().ok_or(Error::StoreClosed)
    }

    async fn account(&self, id: AccountId) -> Result<Account, Error> {
        let found = self.open()?.store.read(move |conn| account_table::find(conn, id)).await?;
        found.ok_or(Error::NotFound { what: "this account" })
    }

    fn send(&self, event: HubEvent) {
        self.inner.parts.events.send(event);
    }
}

/// A poisoned lock guards plain data that no panic leaves half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Logs what crosses to the window. The sentence has no personal data; the service's words stay out of the log.
fn crossing(error: Error) -> CommandError {
    let error = CommandError::from(error);
    tracing::warn!(code = ?error.code, message = error.message, "a command failed");
    error
}
