//! What the core tells the window without being asked. Never carries personal data or secrets.

use serde::Serialize;
use ts_rs::TS;

use super::{ApplyProgressView, DetailsProgressView, ExportProgressView, SyncStateView};
use crate::model::AccountId;

/// Name under which every [`HubEvent`] reaches the window.
pub const EVENT_NAME: &str = "hub";

/// Something happened.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum HubEvent {
    /// A run moved on.
    SyncState {
        /// Its account.
        account_id: AccountId,
        /// Where it stands.
        sync: Box<SyncStateView>,
    },
    /// The mirror of an account is new: lists and cards must be read again.
    MirrorChanged {
        /// The account.
        account_id: AccountId,
    },
    /// What must be asked for user by user is being read, or was.
    DetailsProgress {
        /// The account.
        account_id: AccountId,
        /// How far; `None` when it has ended, and lists can be read anew.
        details: Option<DetailsProgressView>,
    },
    /// An export moved on.
    ExportProgress {
        /// Where it stands.
        progress: ExportProgressView,
    },
    /// The queue of an account is another one.
    ChangesChanged {
        /// The account.
        account_id: AccountId,
    },
    /// Changes are being applied, or were.
    ChangesProgress {
        /// The account.
        account_id: AccountId,
        /// How far; `None` when it has ended: its receipt is there.
        progress: Option<ApplyProgressView>,
    },
    /// An account was connected, changed or forgotten.
    AccountsChanged,
}
