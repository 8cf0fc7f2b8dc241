//! Programs that sign in, and the API credentials that an account lists.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ContentHash, HolderKind, RemoteId, Timestamp};

/// A program that signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The service's id.
    pub remote_id: RemoteId,
    /// Name for showing; never empty: falls back to the id.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The service's own word for what it is.
    pub kind: String,
    /// Holds the right to manage the whole account.
    pub manages_account: bool,
    /// When the service says it was created.
    pub created_at: Option<Timestamp>,
    /// Its secrets, without their values; `None` where they were not asked for.
    pub secrets: Option<Vec<Token>>,
    /// The record as the service sent it, secrets dropped, canonical JSON.
    pub raw: String,
    /// Of `raw`, `manages_account` and `secrets`.
    pub hash: ContentHash,
}

/// What an API credential is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TokenKind {
    /// Acts for the user who made it.
    PersonalAccessToken,
    /// What an application signs in with.
    ApplicationSecret,
    /// Acts with the rights of the user whose it is; has a name and a password of its own.
    ApiUser,
}

impl TokenKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PersonalAccessToken => "personalAccessToken",
            Self::ApplicationSecret => "applicationSecret",
            Self::ApiUser => "apiUser",
        }
    }

    /// The kind stored as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::PersonalAccessToken, Self::ApplicationSecret, Self::ApiUser]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }

    /// Who owns credentials of this kind.
    pub const fn owner_kind(self) -> HolderKind {
        match self {
            Self::PersonalAccessToken | Self::ApiUser => HolderKind::User,
            Self::ApplicationSecret => HolderKind::Application,
        }
    }
}

/// An API credential listed in the account; its value has no place here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Token {
    /// Unique for its owner and kind: the name, where the service has no other id.
    pub name: String,
    /// Where it is used, where a person said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When the service says it was created.
    pub created_at: Option<Timestamp>,
    /// Until when it is good; `None` for one that never expires.
    pub expires_at: Option<Timestamp>,
}
