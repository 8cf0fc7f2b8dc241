//! What a provider, with this credential, can read and do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AccountFacts, EditKind, EditableField, InvitationRules, Stream};

/// What the service said it can, corrected by what it was seen to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Capabilities {
    /// False when the service has no usable description of itself and these are careful assumptions.
    pub described: bool,
    /// Users can be listed.
    pub users: bool,
    /// Groups can be listed.
    pub groups: bool,
    /// Everything that can be listed, in the order of a run.
    #[serde(default)]
    pub streams: Vec<Stream>,
    /// Tokens, second factors, sessions, grants and identities can be asked for user by user.
    #[serde(default)]
    pub details: bool,
    /// Says of each user when they last signed in, and of who never did that they did not.
    #[serde(default)]
    pub sign_ins: bool,
    /// The service's own log can be read.
    #[serde(default)]
    pub log: bool,
    /// How lists are walked.
    pub paging: Paging,
    /// Largest page the service says it gives.
    pub max_page_size: Option<u32>,
    /// `filter` is understood.
    pub filter: bool,
    /// `sortBy` is understood.
    pub sort: bool,
    /// Records carry versions.
    pub etag: bool,
    /// Records can be changed in part.
    pub patch: bool,
    /// Several changes in one request.
    pub bulk: bool,
    /// Passwords can be set.
    pub change_password: bool,
    /// What can be edited, with this credential.
    #[serde(default)]
    pub edits: Vec<EditKind>,
    /// Values of a user that can be edited.
    #[serde(default)]
    pub user_fields: Vec<EditableField>,
    /// Values of a group or organisation that can be edited.
    #[serde(default)]
    pub group_fields: Vec<EditableField>,
    /// Values of a role that can be edited.
    #[serde(default)]
    pub role_fields: Vec<EditableField>,
    /// What invitations can be; `None` where nobody can be invited.
    #[serde(default)]
    pub invitations: Option<InvitationRules>,
    /// What the service says of the account as a whole.
    #[serde(default)]
    pub facts: Option<AccountFacts>,
    /// Where the service describes itself for people.
    pub documentation: Option<String>,
}

/// How lists are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Paging {
    /// `startIndex` and `count` (RFC 7644 section 3.4.2.4).
    Index,
    /// `cursor` (RFC 9865).
    Cursor,
    /// Numbered pages.
    Page,
}
