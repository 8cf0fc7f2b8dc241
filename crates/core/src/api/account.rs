//! Accounts: connecting, testing, signing out, forgetting.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CommandError, ProofView, SyncStateView};
use crate::model::{AccountId, Authentication, Capabilities, ProviderKind, Secret};

/// Names an account.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountRequest {
    /// The account.
    pub account_id: AccountId,
}

/// How to sign in, secrets included; it only ever travels towards the core.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum AuthenticationDraft {
    /// A bearer token.
    Bearer {
        /// The token.
        token: Secret,
    },
    /// User name and password.
    Basic {
        /// The name.
        user_name: String,
        /// The password.
        password: Secret,
    },
    /// The person's own login, used once to make a credential for Rollcall and then forgotten.
    SignInOnce {
        /// The e-mail address.
        user_name: String,
        /// The password.
        password: Secret,
    },
    /// OAuth 2.0 client credentials.
    OauthClientCredentials {
        /// Token endpoint.
        token_address: String,
        /// Client id.
        client_id: String,
        /// Client secret.
        client_secret: Secret,
        /// Space-separated scopes.
        scope: Option<String>,
        /// Further form fields of the token request.
        #[serde(default)]
        parameters: BTreeMap<String, String>,
    },
    /// A machine-to-machine application registered at the service itself.
    Application {
        /// Id of the application.
        application_id: String,
        /// Its secret.
        application_secret: Secret,
        /// Which API the token is for; `None` for the service's default.
        resource: Option<String>,
    },
}

/// An account as typed into the connect dialog.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountDraft {
    /// The kind of remote.
    pub provider: ProviderKind,
    /// What the person calls it.
    pub name: String,
    /// Where the service answers.
    pub address: String,
    /// How to sign in.
    pub authentication: AuthenticationDraft,
    /// Path of a PEM file with an own certificate authority.
    pub certificate_authority: Option<String>,
}

/// Tries an account without keeping anything.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TestConnectionRequest {
    /// What to try.
    pub draft: AccountDraft,
}

/// What a trial found.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionReportView {
    /// What the service can.
    pub capabilities: Capabilities,
    /// Users it says it has.
    #[ts(type = "number | null")]
    pub users: Option<u64>,
    /// Groups it says it has.
    #[ts(type = "number | null")]
    pub groups: Option<u64>,
}

/// Connects an account; tries it first.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectAccountRequest {
    /// What to connect.
    pub draft: AccountDraft,
}

/// Replaces the credential; tries it first, and keeps the old one when the new one fails.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplaceCredentialRequest {
    /// The account.
    pub account_id: AccountId,
    /// The new way to sign in.
    pub authentication: AuthenticationDraft,
}

/// Another way to reach an account, to be tried or kept. An empty secret stands for the one in the keychain.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionRequest {
    /// The account.
    pub account_id: AccountId,
    /// Where the service answers.
    pub address: String,
    /// How to sign in.
    pub authentication: AuthenticationDraft,
    /// Path of a PEM file with an own certificate authority.
    pub certificate_authority: Option<String>,
}

/// Changes what may change about an account.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateAccountRequest {
    /// The account.
    pub account_id: AccountId,
    /// What the person calls it.
    pub name: String,
    /// Minutes between automatic syncs; `None` follows the setting for all accounts, 0 never.
    pub sync_interval_minutes: Option<u32>,
}

/// Age and proof of one part of the mirror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StreamStateView {
    /// Start of the run that last confirmed it, milliseconds UTC.
    #[ts(type = "number")]
    pub synced_at: i64,
    /// What that run proved.
    pub proof: ProofView,
}

/// One connected account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// The account.
    pub id: AccountId,
    /// The kind of remote.
    pub provider: ProviderKind,
    /// What the person calls it.
    pub name: String,
    /// Where the service answers.
    pub address: String,
    /// How we sign in, without the secret.
    pub authentication: Authentication,
    /// Path of an own certificate authority.
    pub certificate_authority: Option<String>,
    /// True for the built-in samples.
    pub sample: bool,
    /// False after "sign out".
    pub signed_in: bool,
    /// Minutes between automatic syncs; `None` follows the setting for all accounts, 0 never.
    pub sync_interval_minutes: Option<u32>,
    /// What the service can; `None` before the first sync.
    pub capabilities: Option<Capabilities>,
    /// Users in the mirror.
    #[ts(type = "number")]
    pub users: u64,
    /// Groups in the mirror.
    #[ts(type = "number")]
    pub groups: u64,
    /// The list of users; `None` before the first complete read.
    pub users_state: Option<StreamStateView>,
    /// The list of groups; `None` before the first complete read.
    pub groups_state: Option<StreamStateView>,
    /// What a sync of this account is doing or how the last one ended.
    pub sync: SyncStateView,
    /// While what must be asked for user by user is read, after the lists.
    pub details: Option<DetailsProgressView>,
}

/// How far the reading of what must be asked for user by user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DetailsProgressView {
    /// Users asked about.
    #[ts(type = "number")]
    pub done: u64,
    /// Users to ask about.
    #[ts(type = "number")]
    pub total: u64,
}

/// Reads a stretch of the service's own log.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadLogRequest {
    /// The account.
    pub account_id: AccountId,
    /// Not before, milliseconds UTC.
    #[ts(type = "number")]
    pub from: i64,
    /// Not after, milliseconds UTC.
    #[ts(type = "number")]
    pub to: i64,
}

/// What reading a stretch of the log brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogReadView {
    /// Entries that were not here.
    #[ts(type = "number")]
    pub added: u64,
    /// Everything in the stretch is here now; false when it holds more than is read at once.
    pub complete: bool,
}

/// All accounts, by name.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountListView {
    /// The accounts.
    pub accounts: Vec<AccountView>,
}

/// What forgetting an account removes from this computer; nothing changes at the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgetPreviewView {
    /// Users in the mirror.
    #[ts(type = "number")]
    pub users: u64,
    /// Groups in the mirror.
    #[ts(type = "number")]
    pub groups: u64,
    /// Lines of history.
    #[ts(type = "number")]
    pub history: u64,
    /// Runs.
    #[ts(type = "number")]
    pub runs: u64,
    /// A credential in the keychain.
    pub credential: bool,
}

/// What came of forgetting an account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgottenView {
    /// Set when the credential could not be removed from the keychain; everything else is gone.
    pub credential_left: Option<CommandError>,
}
