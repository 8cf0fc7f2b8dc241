//! Opening the local data: once at the start, again when the person asks, or for this session only.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::{Hub, Open, crossing, lock, theme};
use crate::Error;
use crate::api::{
    AppStateView, CommandError, EmptyRequest, HubEvent, NoticeView, OpenStoreRequest, SettingsView,
    StorageMode, UpdateSettingsRequest,
};
use crate::remote::is_invitation_link;
use crate::secrets::{MemorySecrets, SecretError};
use crate::store::{
    self, Opened, Store, StoreError, accounts as account_table, change_calls, runs, settings,
};

/// A keychain may ask a person to unlock it. After this long the window says so; the wait goes on behind it.
const KEYCHAIN_PATIENCE: Duration = Duration::from_secs(5);

/// Whether the local data is open.
#[derive(Default)]
pub struct Lifecycle {
    state: Mutex<State>,
    /// One opening at a time.
    turn: tokio::sync::Mutex<Option<Opening>>,
}

/// An opening that goes on.
type Opening = JoinHandle<Result<Opened, Error>>;

#[derive(Default)]
struct State {
    open: Option<Open>,
    problem: Option<CommandError>,
    notice: Option<NoticeView>,
}

impl Lifecycle {
    /// The open local data.
    pub(super) fn open(&self) -> Option<Open> {
        lock(&self.state).open.clone()
    }

    /// Whether the local data is open, or could not be opened.
    fn is_tried(&self) -> bool {
        let state = lock(&self.state);
        state.open.is_some() || state.problem.is_some()
    }
}

impl Hub {
    /// State of the application; opens the local data on the first call.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub async fn get_app_state(&self, _: EmptyRequest) -> Result<AppStateView, CommandError> {
        self.open_once().await;
        self.app_state().await.map_err(crossing)
    }

    /// Does ahead what a window asks for first, while it is still being made: opens the local data and reads the users into
    /// memory. What goes wrong is told to whoever asks.
    pub async fn prepare(&self) {
        self.open_once().await;
        let Ok(Open { store, .. }) = self.open() else { return };
        let hub = self.clone();
        let read = store.read(move |conn| {
            account_table::list(conn)?.iter().try_for_each(|account| hub.inner.cache.warm(conn, account.id))
        });
        if let Err(error) = read.await {
            tracing::warn!(%error, "the users could not be read ahead");
        }
    }

    /// Opens the local data, again or for this session only.
    ///
    /// # Errors
    /// When the settings cannot be read; why it did not open is part of the view.
    pub async fn open_store(&self, request: OpenStoreRequest) -> Result<AppStateView, CommandError> {
        if self.inner.lifecycle.open().is_none() {
            match request.mode {
                StorageMode::Disk => self.open_on_disk(request.begin_anew).await,
                StorageMode::Session => self.open_in_memory().await,
            }
        }
        self.app_state().await.map_err(crossing)
    }

    /// Replaces all settings.
    ///
    /// # Errors
    /// When a value is out of its range, or the store cannot be written.
    pub async fn update_settings(
        &self,
        request: UpdateSettingsRequest,
    ) -> Result<SettingsView, CommandError> {
        let settings = request.settings;
        let write = async {
            check(&settings)?;
            let written = settings.clone();
            self.open()?.store.write(move |tx| settings::set(tx, &written)).await?;
            Ok::<_, Error>(())
        };
        write.await.map_err(crossing)?;
        self.remember_theme(&settings).await;
        // Intervals may have changed: the window shows when the next sync is due.
        self.send(HubEvent::AccountsChanged);
        Ok(settings)
    }

    /// Opens the local data unless that was tried. Whoever comes while it is being tried waits for what comes of it.
    async fn open_once(&self) {
        let lifecycle = &self.inner.lifecycle;
        if lifecycle.is_tried() {
            return;
        }
        let mut turn = lifecycle.turn.lock().await;
        if !lifecycle.is_tried() {
            self.open_in_turn(&mut turn, false).await;
        }
    }

    async fn open_on_disk(&self, begin_anew: bool) {
        let mut turn = self.inner.lifecycle.turn.lock().await;
        if self.inner.lifecycle.open().is_none() {
            self.open_in_turn(&mut turn, begin_anew).await;
        }
    }

    async fn open_in_turn(&self, turn: &mut Option<Opening>, begin_anew: bool) {
        // An earlier call may still be waiting for the person at the keychain's prompt.
        let mut opening = turn.take().unwrap_or_else(|| {
            let (folder, secrets) =
                (self.inner.parts.data_folder.clone(), Arc::clone(&self.inner.parts.secrets));
            tokio::task::spawn_blocking(move || {
                let now = crate::clock::now();
                if begin_anew {
                    Store::open_anew(&folder, secrets.as_ref(), now)
                } else {
                    Store::open(&folder, secrets.as_ref(), now)
                }
            })
        });
        let opened = match tokio::time::timeout(KEYCHAIN_PATIENCE, &mut opening).await {
            Ok(Ok(opened)) => opened,
            Ok(Err(error)) => Err(Error::Internal(format!("opening stopped: {error}"))),
            Err(_) => {
                *turn = Some(opening);
                Err(SecretError::Locked("waiting for it to be unlocked".to_owned()).into())
            }
        };
        match opened {
            Ok(Opened { store, set_aside }) => {
                let secrets = Arc::clone(&self.inner.parts.secrets);
                let notice = set_aside
                    .map(|file| NoticeView::DamagedSetAside { file: file.to_string_lossy().into_owned() });
                self.enter(Open { store, secrets }, notice).await;
            }
            Err(error) => lock(&self.inner.lifecycle.state).problem = Some(crossing(error)),
        }
    }

    async fn open_in_memory(&self) {
        match store::blocking(Store::open_session).await {
            Ok(store) => self.enter(Open { store, secrets: Arc::new(MemorySecrets::default()) }, None).await,
            Err(error) => lock(&self.inner.lifecycle.state).problem = Some(crossing(Error::from(error))),
        }
    }

    async fn enter(&self, open: Open, notice: Option<NoticeView>) {
        if let Err(error) = close_interrupted(&open.store).await {
            tracing::warn!(%error, "interrupted runs could not be closed");
        }
        *lock(&self.inner.lifecycle.state) = State { open: Some(open), problem: None, notice };
        if let Ok(settings) = self.settings().await {
            self.remember_theme(&settings).await;
        }
        self.revive_samples().await;
        if self.inner.unattended {
            return;
        }
        self.start_schedule();
        self.watch_others();
    }

    async fn settings(&self) -> Result<SettingsView, Error> {
        Ok(self.open()?.store.read(settings::get).await?)
    }

    /// For the colour of the window at the next start. A session writes nothing.
    async fn remember_theme(&self, settings: &SettingsView) {
        if !self.open().is_ok_and(|open| !open.store.is_session_only()) {
            return;
        }
        let (folder, chosen) = (self.inner.parts.data_folder.clone(), settings.theme);
        let remember = move || theme::remember_theme(&folder, chosen);
        match tokio::task::spawn_blocking(remember).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the theme could not be remembered"),
            Err(error) => tracing::warn!(%error, "the theme could not be remembered"),
        }
    }

    async fn app_state(&self) -> Result<AppStateView, Error> {
        let (open, problem, notice) = {
            let state = lock(&self.inner.lifecycle.state);
            (state.open.clone(), state.problem.clone(), state.notice.clone())
        };
        let settings = match &open {
            Some(open) => open.store.read(settings::get).await?,
            None => SettingsView::default(),
        };
        let parts = &self.inner.parts;
        Ok(AppStateView {
            version: parts.version.clone(),
            storage: open.map(|open| {
                if open.store.is_session_only() { StorageMode::Session } else { StorageMode::Disk }
            }),
            problem,
            notice,
            data_folder: parts.data_folder.to_string_lossy().into_owned(),
            system_language: parts.system_language.clone(),
            settings,
        })
    }
}

/// Runs that a killed process left; not those that another process is running.
async fn close_interrupted(store: &Store) -> Result<(), StoreError> {
    for account in store.read(runs::list_running).await? {
        if let Some(_lock) = store.take_run_lock(account)? {
            store
                .write(move |tx| {
                    runs::mark_interrupted(tx, account)?;
                    change_calls::recover(tx, account, crate::clock::now())
                })
                .await?;
        }
    }
    Ok(())
}

fn check(settings: &SettingsView) -> Result<(), Error> {
    let wrong = |field, problem: &str| Error::InvalidInput {
        field,
        reason: crate::error::InputReason::Other,
        problem: problem.to_owned(),
    };
    if !(1..=100).contains(&settings.removal_guard_percent) {
        return Err(wrong("settings.removalGuardPercent", "the share must be between 1 and 100 percent"));
    }
    if !(1..=10_000).contains(&settings.many_subjects) {
        return Err(wrong("settings.manySubjects", "the number must be between 1 and 10,000"));
    }
    if !settings.token_days.values().all(|days| (1..=3_650).contains(days)) {
        return Err(wrong("settings.tokenDays", "the time must be between 1 and 3,650 days"));
    }
    if !settings.invitation_links.values().all(|link| is_invitation_link(link)) {
        return Err(wrong(
            "settings.invitationLinks",
            "the link must be a web address, like https://example.org",
        ));
    }
    if !matches!(settings.sync_interval_minutes, 0 | 5..=10_080) {
        return Err(wrong(
            "settings.syncIntervalMinutes",
            "the interval must be between 5 minutes and 7 days, or 0 for never",
        ));
    }
    Ok(())
}
