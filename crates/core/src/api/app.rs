//! The state of the application, and its settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CommandError;
use crate::model::AccountId;

/// A request without anything to say.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EmptyRequest {}

/// Where the local data is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum StorageMode {
    /// Encrypted on this disk, its key in the keychain.
    Disk,
    /// In memory, for this session only: nothing is written.
    Session,
}

/// Opens the local data.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenStoreRequest {
    /// Where to keep it.
    pub mode: StorageMode,
    /// Sets the data that is there aside and begins anew, for data whose key is lost. Nothing is deleted.
    #[serde(default)]
    pub begin_anew: bool,
}

/// What the window shows first.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppStateView {
    /// Version of this program.
    pub version: String,
    /// `None` while the local data is closed; then `problem` says why, or it was not opened yet.
    pub storage: Option<StorageMode>,
    /// Why the local data could not be opened.
    pub problem: Option<CommandError>,
    /// Something to know once: damaged data that was set aside.
    pub notice: Option<NoticeView>,
    /// Folder of the local data.
    pub data_folder: String,
    /// Language of the operating system, as a BCP 47 tag.
    pub system_language: Option<String>,
    /// Settings; the defaults while the local data is closed.
    pub settings: SettingsView,
}

/// Something to know once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum NoticeView {
    /// The damaged database was renamed and a new one begun.
    DamagedSetAside {
        /// Its new name.
        file: String,
    },
}

/// The look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the operating system.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Languages of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
    /// Dutch.
    Nl,
}

/// One column of a grid as the person arranged it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColumnLayout {
    /// The column.
    pub column: String,
    /// Width in CSS pixels.
    pub width: u32,
    /// Shown or not.
    pub visible: bool,
}

/// What the person chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SettingsView {
    /// `None` follows the operating system.
    pub language: Option<Language>,
    /// The look.
    pub theme: Theme,
    /// Minutes between automatic syncs of an account; 0 never.
    pub sync_interval_minutes: u32,
    /// Share of a list, in percent, above which a plan that removes more asks first.
    pub removal_guard_percent: u32,
    /// Changes of more records than this at once ask first.
    pub many_subjects: u32,
    /// Days that a new token may be good for at most, by account; none where it may be any time, and for ever.
    pub token_days: BTreeMap<AccountId, u32>,
    /// The link in the e-mails of invitations, by account; see [`InvitationMessage`](crate::model::InvitationMessage).
    pub invitation_links: BTreeMap<AccountId, String>,
    /// Arranged columns by grid ("users", "groups", "activity").
    pub grid_layouts: BTreeMap<String, Vec<ColumnLayout>>,
    /// Whether the facets stand beside the users.
    pub facets_shown: bool,
    /// Whether the desktop is told of tokens that expire soon.
    pub token_notices: bool,
    /// Whether such a notification names the tokens; otherwise it says how many.
    pub token_notice_names: bool,
}

impl Default for SettingsView {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::System,
            sync_interval_minutes: 60,
            removal_guard_percent: 20,
            many_subjects: 10,
            token_days: BTreeMap::new(),
            invitation_links: BTreeMap::new(),
            grid_layouts: BTreeMap::new(),
            facets_shown: true,
            token_notices: true,
            token_notice_names: false,
        }
    }
}

/// Replaces all settings.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateSettingsRequest {
    /// The new settings.
    pub settings: SettingsView,
}
