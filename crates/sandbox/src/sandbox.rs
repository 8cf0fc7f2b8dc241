//! Starting and stopping.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::faults::Faults;
use crate::listener::{Breaker, Loopback};
use crate::log::RequestLog;
use crate::logto::{self, LogtoState};
use crate::rng::{Rng, os_seed};
use crate::scim::cursor::Cursors;
use crate::state::{App, TenantState};
use crate::store::{Db, Store, tenant_id};
use crate::uptrends::{self, UptrendsState};
use crate::{SandboxError, SandboxOptions, Secret, Tenant, TenantOptions, handler};

/// A running service. It stops when this is dropped; [`Sandbox::shutdown`] also waits for it.
pub struct Sandbox {
    pub(crate) app: Arc<App>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    port: u16,
}

impl Sandbox {
    /// Starts a service on 127.0.0.1 in the current tokio runtime.
    ///
    /// # Errors
    /// When the port is taken, the database cannot be used, or a tenant's name does not fit an address.
    pub async fn start(options: SandboxOptions) -> Result<Self, SandboxError> {
        let asked = options.port.unwrap_or(0);
        let listen = |source| SandboxError::Listen { port: asked, source };
        let listener =
            TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, asked))).await.map_err(listen)?;
        let port = listener.local_addr().map_err(listen)?.port();
        let (stop, stopping) = watch::channel(false);
        let app = Arc::new(App {
            store: Store::open(options.database.as_deref())?,
            tenants: RwLock::new(BTreeMap::new()),
            admin_token: options.admin_token.map_or_else(Secret::random, Ok)?,
            origin: format!("http://127.0.0.1:{port}"),
            stopping,
            seed: options.seed.map_or_else(os_seed, Ok)?,
        });
        let server = tokio::spawn(run(listener, Arc::clone(&app)));
        let sandbox = Self { app, stop, server, port };
        for tenant in options.tenants {
            sandbox.add_tenant(tenant).await?;
        }
        Ok(sandbox)
    }

    /// Adds a tenant to the running service; its records from an earlier start are there again.
    ///
    /// # Errors
    /// When the name is taken or does not fit an address, or the database fails.
    pub async fn add_tenant(&self, options: TenantOptions) -> Result<Tenant, SandboxError> {
        let TenantOptions { slug, credentials, quirks, logto, uptrends, clock } = options;
        check_slug(&slug)?;
        let name = slug.clone();
        let (id, last) = self.app.store.call(move |db| tenant_id(db, &name)).await?;
        let logto = logto.map(|quirks| LogtoState::new(quirks, clock)).transpose()?;
        if logto.is_some() {
            let (own, now) = (credentials.clone(), clock.now_ms());
            self.app.store.call(move |db| Ok(logto::prepare(&db.conn, id, &own, now)?)).await?;
        }
        // A fixed seed must not give the ids of an earlier run on the same file again.
        let mut rng = Rng::for_text(self.app.seed.wrapping_add(last), &slug);
        let uptrends = uptrends.map(|quirks| UptrendsState::new(quirks, clock));
        if uptrends.is_some() {
            let (own, now, mut ids) = (credentials.clone(), clock.now_ms(), Rng::new(rng.next_u64()));
            let work = move |db: &mut Db| Ok(uptrends::prepare(&db.conn, id, &own, &mut ids, now)?);
            self.app.store.call(work).await?;
        }
        let state = Arc::new(TenantState {
            id,
            credentials: RwLock::new(credentials),
            issued: Mutex::default(),
            quirks: RwLock::new(quirks),
            faults: Mutex::new(Faults::default()),
            log: Mutex::new(RequestLog::default()),
            cursors: Mutex::new(Cursors::default()),
            logto,
            uptrends,
            rng: Mutex::new(rng),
            slug: slug.clone(),
        });
        let mut tenants = self.app.tenants.write().unwrap_or_else(PoisonError::into_inner);
        if tenants.contains_key(&slug) {
            return Err(SandboxError::Tenant { slug, reason: "there is one of this name already" });
        }
        tenants.insert(slug, Arc::clone(&state));
        drop(tenants);
        Ok(Tenant::new(Arc::clone(&self.app), state))
    }

    /// A handle to work on a tenant behind the back of its clients.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub fn tenant(&self, slug: &str) -> Result<Tenant, SandboxError> {
        let unknown = || SandboxError::Tenant { slug: slug.to_owned(), reason: "there is none of this name" };
        let state = self.app.tenant(slug).ok_or_else(unknown)?;
        Ok(Tenant::new(Arc::clone(&self.app), state))
    }

    /// The names of all tenants.
    pub fn tenants(&self) -> Vec<String> {
        self.app.tenants.read().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }

    /// What a client takes as its address: `http://127.0.0.1:{port}/{slug}/scim/v2` for SCIM,
    /// `http://127.0.0.1:{port}/{slug}` for Logto, and `http://127.0.0.1:{port}/{slug}/v4` for Uptrends.
    pub fn base_url(&self, slug: &str) -> String {
        self.app.base_url(slug)
    }

    /// Where a tenant gives OAuth tokens.
    pub fn token_url(&self, slug: &str) -> String {
        let place = if self.app.speaks_logto(slug) { "oidc/token" } else { "oauth/token" };
        format!("{}/{slug}/{place}", self.app.origin)
    }

    /// `http://127.0.0.1:{port}`.
    pub fn origin(&self) -> &str {
        &self.app.origin
    }

    /// The port it listens on.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// For `/_sandbox/…`.
    pub fn admin_token(&self) -> &Secret {
        &self.app.admin_token
    }

    /// Stops listening at once, and waits up to two seconds for answers under way.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(Duration::from_secs(2), &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

async fn run(listener: TcpListener, app: Arc<App>) {
    let mut stopping = app.stopping.clone();
    let service = axum::Router::new()
        .fallback(handler::handle)
        .with_state(app)
        .into_make_service_with_connect_info::<Breaker>();
    let stopped = async move {
        // An error means that the sandbox is gone, which is a reason to stop too.
        stopping.wait_for(|stopping| *stopping).await.ok();
    };
    if let Err(error) = axum::serve(Loopback(listener), service).with_graceful_shutdown(stopped).await {
        tracing::error!(%error, "the sandbox stopped");
    }
}

fn check_slug(slug: &str) -> Result<(), SandboxError> {
    let fits = !slug.is_empty()
        && slug.len() <= 64
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if fits {
        return Ok(());
    }
    let reason = "a name is 1 to 64 lower-case letters, digits or -";
    Err(SandboxError::Tenant { slug: slug.to_owned(), reason })
}
