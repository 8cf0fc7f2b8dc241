//! The local data, opened as the window opens it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use rollcall_core::Hub;
use rollcall_core::api::{AccountDraft, AccountView, EmptyRequest, HubEvent, NoticeView};
use rollcall_core::data_folder;
use rollcall_core::hub::{EventSink, HubParts, NoDesktop, SampleService};
use rollcall_core::remote::ClientSettings;
use rollcall_core::secrets::{Keychain, SERVICE_NAME, SecretStore};
use rollcall_core::store::DATABASE_FILE;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::cli::Global;
use crate::exit::{Exit, Failure};

/// The open local data.
pub struct Data {
    pub hub: Hub,
    /// What the core tells.
    pub events: UnboundedReceiver<HubEvent>,
}

struct ToChannel(UnboundedSender<HubEvent>);

impl EventSink for ToChannel {
    fn send(&self, event: HubEvent) {
        // Nobody listens any more at the very end.
        let _ = self.0.send(event);
    }
}

/// The window serves the sample accounts; here only what was synchronised of them can be read.
struct NoSamples;

#[async_trait]
impl SampleService for NoSamples {
    async fn start(&self, _: Option<&Path>) -> Result<Vec<AccountDraft>, String> {
        Err("only the window serves the sample accounts".to_owned())
    }
}

/// The keychain of the session.
pub fn keychain() -> Arc<dyn SecretStore> {
    Arc::new(Keychain::new(SERVICE_NAME))
}

/// The folder of the local data.
pub fn folder(global: &Global) -> Result<PathBuf, Failure> {
    let folder = global.data_folder.clone().or_else(data_folder::find);
    let folder = folder.ok_or_else(|| {
        Failure::usage("this system names no folder for data").advise("Name one with --data-folder.")
    })?;
    std::path::absolute(&folder)
        .map_err(|error| Failure::usage(format!("{} cannot be used: {error}", folder.display())))
}

/// Whether anything was ever connected: reading must not make a new, empty set of data.
pub fn is_there(global: &Global) -> Result<bool, Failure> {
    Ok(folder(global)?.join(DATABASE_FILE).exists())
}

impl Data {
    /// Opens what is there.
    pub async fn open(global: &Global) -> Result<Self, Failure> {
        if !is_there(global)? {
            return Err(Failure::new(Exit::NoSuchAccount, "no account is connected yet")
                .advise("Connect one: `rollcallctl connect --help`, or in the window."));
        }
        Self::open_or_begin(global).await
    }

    /// Opens what is there, or begins anew.
    pub async fn open_or_begin(global: &Global) -> Result<Self, Failure> {
        let folder = folder(global)?;
        data_folder::make(&folder)
            .map_err(|error| Failure::failed(format!("{} cannot be made: {error}", folder.display())))?;
        let (sender, events) = unbounded_channel();
        let hub = Hub::unattended(HubParts {
            data_folder: folder,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            system_language: None,
            secrets: keychain(),
            events: Arc::new(ToChannel(sender)),
            samples: Arc::new(NoSamples),
            desktop: Arc::new(NoDesktop),
            client: ClientSettings::default(),
        });
        let state = hub.get_app_state(EmptyRequest {}).await?;
        if let Some(problem) = state.problem {
            return Err(problem.into());
        }
        if let Some(NoticeView::DamagedSetAside { file }) = state.notice {
            let told = format!("the local data was damaged; it is kept as {file}, and new data was begun");
            Failure::new(Exit::DataUnusable, told).advise("Connect your accounts again.").tell();
        }
        Ok(Self { hub, events })
    }

    /// All accounts, by name.
    pub async fn accounts(&self) -> Result<Vec<AccountView>, Failure> {
        Ok(self.hub.list_accounts(EmptyRequest {}).await?.accounts)
    }
}
