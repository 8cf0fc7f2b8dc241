//! Where a request may go: `https`, or `http` to this very machine, and never on to another origin.

use url::{Host, Url};

use super::super::RemoteError;

/// Whether `url` can only reach this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether a credential may travel to `url` without being readable on the way.
pub fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

/// Host and port, as people write them.
pub fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Where a redirect from `url` leads, if it may be followed.
///
/// # Errors
/// [`RemoteError::Unexpected`] that names the other host.
pub fn follow(url: &Url, location: Option<&str>, template: &str) -> Result<Url, RemoteError> {
    let unexpected = |reason: String| RemoteError::Unexpected { template: template.to_owned(), reason };
    let target = location
        .and_then(|location| url.join(location).ok())
        .ok_or_else(|| unexpected("the service sends us on without saying where to".to_owned()))?;
    if target.origin() == url.origin() {
        return Ok(target);
    }
    let (scheme, host) = (target.scheme(), host_of(&target));
    Err(unexpected(format!(
        "the service sends us on to {scheme}://{host}, and the credential is not taken to another place; if that \
         is the right one, enter it as the address"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encrypted_and_local_addresses_are_private() {
        for (url, private) in [
            ("https://id.example.com/x", true),
            ("http://127.0.0.1:80/x", true),
            ("http://[::1]:80/x", true),
            ("http://localhost/x", true),
            ("http://id.example.com/x", false),
            ("http://127.0.0.1.example.com/x", false),
            ("http://10.0.0.1/x", false),
            ("ftp://127.0.0.1/x", false),
        ] {
            assert_eq!(is_private(&Url::parse(url).unwrap()), private, "{url}");
        }
    }

    #[test]
    fn a_redirect_stays_at_its_origin() {
        let from = Url::parse("https://id.example.com/scim/Users?count=1").unwrap();
        for (location, expected) in [
            ("/scim/v2/Users", Some("https://id.example.com/scim/v2/Users")),
            ("https://id.example.com:443/a", Some("https://id.example.com/a")),
            ("https://evil.example.net/scim", None),
            ("//evil.example.net/scim", None),
            ("http://id.example.com/scim", None),
            ("https://id.example.com:8443/scim", None),
        ] {
            let followed = follow(&from, Some(location), "GET /Users").ok();
            assert_eq!(followed.as_ref().map(Url::as_str), expected, "{location}");
        }
        let refused = follow(&from, Some("https://evil.example.net/?a=b"), "GET /Users").unwrap_err();
        assert!(refused.to_string().contains("https://evil.example.net,"), "{refused}");
    }
}
