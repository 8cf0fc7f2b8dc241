//! What an address below `/{tenant}/` means. Written out instead of a router, because faults and the request log need
//! the template of the address before anything else happens.

use crate::store::Kind;

/// What an address means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/Users`, `/Groups`.
    List(Kind),
    /// `/Users/{id}`, `/Groups/{id}`.
    One(Kind, String),
    /// `/Users/.search`, or `/.search` over everything.
    Search(Option<Kind>),
    /// `/ServiceProviderConfig`.
    Config,
    /// `/ResourceTypes`, or one of them.
    ResourceTypes(Option<String>),
    /// `/Schemas`, or one of them.
    Schemas(Option<String>),
    /// `/Me`.
    Me,
    /// `/Bulk`.
    Bulk,
    /// `/oauth/token`, beside `/scim/v2`.
    OAuthToken,
    /// Anything else.
    Unknown,
}

impl Route {
    /// Reads the part of a path after the tenant, already without percent encoding.
    pub fn parse(rest: &str) -> Self {
        if rest == "oauth/token" {
            return Self::OAuthToken;
        }
        let Some(below) = rest.strip_prefix("scim/v2/") else { return Self::Unknown };
        let (head, tail) = below.split_once('/').map_or((below, None), |(head, tail)| (head, Some(tail)));
        let tail = tail.filter(|tail| !tail.is_empty());
        match (head, tail) {
            ("Users", tail) => Self::records(Kind::User, tail),
            ("Groups", tail) => Self::records(Kind::Group, tail),
            (".search", None) => Self::Search(None),
            ("ServiceProviderConfig", None) => Self::Config,
            ("ResourceTypes", tail) => Self::ResourceTypes(tail.map(str::to_owned)),
            ("Schemas", tail) => Self::Schemas(tail.map(str::to_owned)),
            ("Me", None) => Self::Me,
            ("Bulk", None) => Self::Bulk,
            _ => Self::Unknown,
        }
    }

    fn records(kind: Kind, tail: Option<&str>) -> Self {
        match tail {
            None => Self::List(kind),
            Some(".search") => Self::Search(Some(kind)),
            Some(id) if !id.contains('/') => Self::One(kind, id.to_owned()),
            Some(_) => Self::Unknown,
        }
    }

    /// The address as logged and as faults match it.
    pub const fn template(&self) -> &'static str {
        match self {
            Self::List(Kind::User) => "/Users",
            Self::List(Kind::Group) => "/Groups",
            Self::One(Kind::User, _) => "/Users/{id}",
            Self::One(Kind::Group, _) => "/Groups/{id}",
            Self::Search(Some(Kind::User)) => "/Users/.search",
            Self::Search(Some(Kind::Group)) => "/Groups/.search",
            Self::Search(None) => "/.search",
            Self::Config => "/ServiceProviderConfig",
            Self::ResourceTypes(_) => "/ResourceTypes",
            Self::Schemas(_) => "/Schemas",
            Self::Me => "/Me",
            Self::Bulk => "/Bulk",
            Self::OAuthToken => "/oauth/token",
            Self::Unknown => "/{unknown}",
        }
    }
}
