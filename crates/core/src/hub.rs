//! The one object the shell holds; one method a use case.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use crate::Error;
use crate::api::*;
use crate::secrets::SecretStore;

/// Where the core's events go.
pub trait EventSink: Send + Sync {
    /// Must not block.
    fn send(&self, event: HubEvent);
}

/// The built-in sample service, seen from the core: something that, once started, answers like any other service.
#[async_trait]
pub trait SampleService: Send + Sync {
    /// Starts it, or finds it running, and returns the accounts it offers, always under the same names. Their state
    /// is kept in `folder`, or in memory when there is none. Address and credential hold until the program ends.
    ///
    /// # Errors
    /// One sentence about why it cannot start.
    async fn start(&self, folder: Option<&Path>) -> Result<Vec<AccountDraft>, String>;
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
}

/// The one object the shell holds. Cheap to clone; all clones are the same hub.
#[derive(Clone)]
pub struct Hub {
    parts: Arc<HubParts>,
}

macro_rules! not_yet {
    ($( $name:ident($request:ty) -> $view:ty; )+) => {
        impl Hub {
            $(
                #[allow(missing_docs, clippy::unused_async, clippy::needless_pass_by_value)]
                pub async fn $name(&self, request: $request) -> Result<$view, CommandError> {
                    let _ = (request, &self.parts);
                    Err(Error::StoreClosed.into())
                }
            )+
        }
    };
}

impl Hub {
    /// A hub with its local data still closed.
    pub fn new(parts: HubParts) -> Self {
        Self { parts: Arc::new(parts) }
    }
}

not_yet! {
    get_app_state(EmptyRequest) -> AppStateView;
    open_store(OpenStoreRequest) -> AppStateView;
    list_accounts(EmptyRequest) -> AccountListView;
    test_connection(TestConnectionRequest) -> ConnectionReportView;
    connect_account(ConnectAccountRequest) -> AccountView;
    replace_credential(ReplaceCredentialRequest) -> AccountView;
    update_account(UpdateAccountRequest) -> AccountView;
    sign_out(AccountRequest) -> AccountView;
    preview_forget(AccountRequest) -> ForgetPreviewView;
    forget_account(AccountRequest) -> ForgottenView;
    open_samples(EmptyRequest) -> AccountListView;
    start_sync(AccountRequest) -> SyncStartedView;
    cancel_sync(AccountRequest) -> SyncStateView;
    resolve_guard(ResolveGuardRequest) -> RunView;
    get_hub(HubRequest) -> HubView;
    query_users(UserQueryRequest) -> UserPageView;
    get_user(UserRequest) -> UserDetailView;
    query_groups(GroupQueryRequest) -> GroupPageView;
    get_group(GroupRequest) -> GroupDetailView;
    query_history(HistoryQueryRequest) -> HistoryPageView;
    query_runs(RunQueryRequest) -> RunPageView;
    get_run(RunRequest) -> RunDetailView;
    update_settings(UpdateSettingsRequest) -> SettingsView;
}
