//! One connected remote tenant.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::{Host, Url};

use super::Timestamp;

/// Row of an account in this store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct AccountId(pub u32);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The kind of remote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ProviderKind {
    /// Any SCIM 2.0 service provider (RFC 7643, 7644).
    Scim,
    /// Logto, OSS or Cloud, by its Management API.
    Logto,
    /// Uptrends, by its API version 4.
    Uptrends,
    /// An organisation kept by hand, of a service without an API.
    Roster,
}

impl ProviderKind {
    /// As stored and logged.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::Logto => "logto",
            Self::Uptrends => "uptrends",
            Self::Roster => "roster",
        }
    }

    /// The kind stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "scim" => Some(Self::Scim),
            "logto" => Some(Self::Logto),
            "uptrends" => Some(Self::Uptrends),
            "roster" => Some(Self::Roster),
            _ => None,
        }
    }
}

/// One connected remote tenant, without anything secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Row in this store.
    pub id: AccountId,
    /// Random and never reused; names the account's entry in the keychain.
    pub key: String,
    /// The kind of remote.
    pub provider: ProviderKind,
    /// What the person calls it.
    pub name: String,
    /// Where the service answers.
    pub address: Address,
    /// How we sign in.
    pub authentication: Authentication,
    /// Own certificate authority (PEM file), for services that use one.
    pub certificate_authority: Option<String>,
    /// True for accounts of the built-in sample service.
    pub sample: bool,
    /// False after "sign out": the mirror stays, the credential is gone.
    pub signed_in: bool,
    /// Minutes between automatic syncs; `None` follows the setting for all accounts, 0 never.
    pub sync_interval_minutes: Option<u32>,
    /// When it was connected.
    pub created_at: Timestamp,
}

/// How we sign in, without the secret part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Authentication {
    /// Not at all: a person carries everything out by hand, and nothing is ever sent.
    ByHand,
    /// `Authorization: Bearer` with a token that does not expire by itself (RFC 6750).
    Bearer,
    /// HTTP Basic (RFC 7617).
    Basic {
        /// The name part.
        user_name: String,
    },
    /// OAuth 2.0 client credentials (RFC 6749 section 4.4).
    OauthClientCredentials {
        /// Token endpoint.
        token_address: String,
        /// Client id.
        client_id: String,
        /// Space-separated scopes.
        scope: Option<String>,
        /// Further form fields of the token request (`resource`, `audience`), as some services want them.
        #[serde(default)]
        parameters: BTreeMap<String, String>,
    },
    /// A machine-to-machine application registered at the service itself, whose token address follows from its own.
    Application {
        /// Id of the application.
        application_id: String,
        /// Which API the token is for; `None` for the service's default.
        resource: Option<String>,
    },
}

/// What stands in the place of an address.
const NOWHERE: &str = "https://by-hand.invalid/";

/// Where a service answers: `https`, or `http` to this very machine; no query, fragment or credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not a URL.
    #[error("this is not a web address")]
    NotAnAddress,
    /// `http://` to another machine would send the credential in clear text.
    #[error("the address must start with https://, because the credential would travel readable otherwise")]
    NotEncrypted,
    /// `ftp:` and the like.
    #[error("the address must start with https://")]
    NotWeb,
    /// `https://name:secret@host`.
    #[error("the address must not contain a user name or password")]
    ContainsCredential,
    /// `?…` or `#…`.
    #[error("the address must not contain a question mark or a hash sign")]
    ContainsQuery,
}

impl Address {
    /// Reads an address as typed by a person: spaces around it and slashes at its end do not matter, and a missing
    /// scheme means `https`.
    ///
    /// # Errors
    /// The [`AddressError`] that says what to correct.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() || text.contains(char::is_whitespace) {
            return Err(AddressError::NotAnAddress);
        }
        let spelled = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let mut url = Url::parse(&spelled).map_err(|_| AddressError::NotAnAddress)?;
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        if !url.has_host() {
            return Err(AddressError::NotAnAddress);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::ContainsCredential);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::ContainsQuery);
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => Err(AddressError::NotEncrypted),
            _ => Err(AddressError::NotWeb),
        }
    }

    /// In the place of an address where there is none. Nothing ever answers there (RFC 2606 section 2).
    #[expect(clippy::expect_used, reason = "a constant, which a test reads")]
    pub fn nowhere() -> Self {
        Self(Url::parse(NOWHERE).expect("an address"))
    }

    /// Whether it only stands in the place of one.
    pub fn is_nowhere(&self) -> bool {
        self.0.as_str() == NOWHERE
    }

    /// The address as a URL.
    pub const fn as_url(&self) -> &Url {
        &self.0
    }

    /// The address with path segments appended, each escaped.
    pub fn join<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_nowhere() {
            return Ok(());
        }
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// Whether `url` can only reach this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_type_them() {
        for (typed, shown) in [
            (" https://id.example.com/scim/v2/ ", "https://id.example.com/scim/v2"),
            ("id.example.com/scim", "https://id.example.com/scim"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("http://localhost:1/x", "http://localhost:1/x"),
            ("http://[::1]:1", "http://[::1]:1"),
        ] {
            assert_eq!(Address::parse(typed).map(|a| a.to_string()), Ok(shown.to_owned()), "{typed}");
        }
    }

    #[test]
    fn addresses_that_would_leak_or_mislead_are_refused() {
        for (typed, why) in [
            ("", AddressError::NotAnAddress),
            ("two words", AddressError::NotAnAddress),
            ("https://", AddressError::NotAnAddress),
            ("http://id.example.com", AddressError::NotEncrypted),
            ("http://127.0.0.1.example.com", AddressError::NotEncrypted),
            ("http://10.0.0.1", AddressError::NotEncrypted),
            ("ftp://id.example.com", AddressError::NotWeb),
            ("https://me:secret@id.example.com", AddressError::ContainsCredential),
            ("https://id.example.com/?token=1", AddressError::ContainsQuery),
            ("https://id.example.com/#x", AddressError::ContainsQuery),
        ] {
            assert_eq!(Address::parse(typed), Err(why), "{typed}");
        }
    }

    #[test]
    fn where_nothing_answers_is_shown_as_nothing() {
        let nowhere = Address::nowhere();
        assert_eq!((nowhere.to_string(), nowhere.is_nowhere()), (String::new(), true));
        assert!(!Address::parse("https://example.com").unwrap().is_nowhere());
    }

    #[test]
    fn path_segments_are_escaped() {
        let address = Address::parse("https://id.example.com/scim/v2").unwrap();
        assert_eq!(
            address.join(["Users", "a/b?c=1#d"]).as_str(),
            "https://id.example.com/scim/v2/Users/a%2Fb%3Fc=1%23d"
        );
    }
}
