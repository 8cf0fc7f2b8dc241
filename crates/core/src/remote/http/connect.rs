//! Makes the clients of one account: trust, proxies, timeouts.
//!
//! There are up to two: one for this very machine, which no proxy may stand in front of, and one for everywhere else,
//! which honours the proxy settings of the operating system.

use std::fs;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Certificate, Client, redirect};
use url::Url;

use super::{ClientSettings, RemoteError, origin};

/// Servers commonly close idle connections after 5 s; a connection that is younger is safe to use again.
const POOL_IDLE: std::time::Duration = std::time::Duration::from_secs(4);

/// Certificate files beyond this are something else, in bytes.
const CERTIFICATE_FILE_LIMIT: u64 = 4 * 1024 * 1024;

/// The clients of one account.
#[derive(Debug)]
pub struct Clients {
    local: Option<Client>,
    remote: Option<Client>,
}

impl Clients {
    /// Clients for all of `targets`; `authority` is the path of a PEM file.
    ///
    /// # Errors
    /// [`RemoteError::Settings`] for a target that would expose the credential, or an unusable certificate file.
    pub fn new(
        settings: &ClientSettings,
        targets: &[Url],
        authority: Option<&str>,
    ) -> Result<Self, RemoteError> {
        choose_cryptography();
        if let Some(exposed) = targets.iter().find(|url| !origin::is_private(url)) {
            let host = origin::host_of(exposed);
            let reason = format!(
                "the credential would travel readable to {host}: the address must start with https://"
            );
            return Err(RemoteError::Settings { reason });
        }
        let authorities = authority.map(read_authorities).transpose()?.unwrap_or_default();
        let make = |local: bool| {
            let mut own = targets.iter().filter(|url| origin::is_loopback(url) == local).peekable();
            own.peek()?;
            // Without encryption the system's trust store is not needed, and may be missing.
            let plain = own.all(|url| url.scheme() == "http");
            Some(make_client(settings, &authorities, local, plain))
        };
        Ok(Self { local: make(true).transpose()?, remote: make(false).transpose()? })
    }

    /// The client for `url`.
    pub fn of(&self, url: &Url) -> Option<&Client> {
        if origin::is_loopback(url) { self.local.as_ref() } else { self.remote.as_ref() }
    }
}

/// Says with what TLS encrypts: once for the whole process. Everything that makes a client calls it before.
pub fn choose_cryptography() {
    // Refused when somebody has chosen before: then that holds.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn make_client(
    settings: &ClientSettings,
    authorities: &[Certificate],
    local: bool,
    plain: bool,
) -> Result<Client, RemoteError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/scim+json, application/json"));
    let mut builder = Client::builder()
        .user_agent(&settings.user_agent)
        .default_headers(headers)
        .connect_timeout(settings.connect_timeout)
        .read_timeout(settings.read_timeout)
        .timeout(settings.total_timeout)
        .pool_idle_timeout(POOL_IDLE)
        .redirect(redirect::Policy::none())
        .referer(false)
        .https_only(!local);
    if local {
        builder = builder.no_proxy();
    }
    builder =
        if plain { builder.tls_certs_only([]) } else { builder.tls_certs_merge(authorities.iter().cloned()) };
    builder.build().map_err(|error| RemoteError::Settings { reason: cause_of(&error) })
}

/// The words below "builder error".
fn cause_of(error: &reqwest::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

fn read_authorities(path: &str) -> Result<Vec<Certificate>, RemoteError> {
    let settings =
        |reason: String| RemoteError::Settings { reason: format!("certificate file {path}: {reason}") };
    let size = fs::metadata(path).map_err(|error| settings(error.to_string()))?.len();
    if size > CERTIFICATE_FILE_LIMIT {
        return Err(settings("this is too large for a certificate file".to_owned()));
    }
    let pem = fs::read(path).map_err(|error| settings(error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem)
        .map_err(|error| settings(format!("it is not a PEM file ({})", cause_of(&error))))?;
    if certificates.is_empty() {
        return Err(settings("there is no certificate in it (it must be a PEM file)".to_owned()));
    }
    // What is in the certificates is looked at only when a client is made of them.
    let trial = Client::builder().tls_certs_only(certificates.iter().cloned()).build();
    trial.map_err(|error| settings(format!("a certificate in it is damaged ({})", cause_of(&error))))?;
    Ok(certificates)
}
