//! What went wrong below HTTP, in words for people: walks the chain of causes to the TLS layer or the system.

use std::error::Error as StdError;

use rustls::CertificateError;

use super::retry::Outcome;
use super::{RemoteError, origin};
use url::Url;

/// A request that got no usable answer.
#[derive(Debug)]
pub struct Failure {
    /// How to go on.
    pub outcome: Outcome,
    /// What to say if there is no going on.
    pub error: RemoteError,
    /// It may have reached the service.
    pub arrived: bool,
}

/// What `error` means for a request to `url`.
pub fn explain(error: &reqwest::Error, url: &Url) -> Failure {
    let host = origin::host_of(url);
    // What goes wrong while connecting, or before, is known before anything is sent.
    let arrived = !error.is_connect() && !error.is_builder();
    if let Some(reason) = causes(error).find_map(tls_reason) {
        return Failure {
            outcome: Outcome::Hopeless,
            error: RemoteError::Certificate { host, reason },
            arrived,
        };
    }
    if error.is_connect() {
        let (outcome, error) = if error.is_timeout() {
            let reason = "no connection came about".to_owned();
            (Outcome::TimedOut, RemoteError::Timeout { host, reason })
        } else {
            (Outcome::NotSent, RemoteError::Unreachable { host, reason: connect_reason(error) })
        };
        return Failure { outcome, error, arrived };
    }
    let (outcome, reason) = if error.is_timeout() {
        (Outcome::TimedOut, "it stayed silent for too long".to_owned())
    } else if error.is_builder() {
        (Outcome::Hopeless, "the request could not be written".to_owned())
    } else {
        (Outcome::Broken, format!("the connection broke ({})", innermost(error)))
    };
    Failure { outcome, error: RemoteError::Timeout { host, reason }, arrived }
}

type Cause<'e> = &'e (dyn StdError + 'static);

fn causes(error: Cause<'_>) -> impl Iterator<Item = Cause<'_>> {
    std::iter::successors(Some(error), |error| cause(*error))
}

fn cause(error: Cause<'_>) -> Option<Cause<'_>> {
    // An I/O error skips what it wraps when asked for its source.
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// The system's own words stand at the end of the chain; those of the layers above repeat the address.
fn innermost(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

fn connect_reason(error: &reqwest::Error) -> String {
    let words = innermost(error);
    if error.is_dns() || words.contains("failed to lookup address") {
        return format!("its name is not known ({words})");
    }
    words
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open; its own words serve for the rest")]
/// What the TLS layer has against the service.
fn tls_reason(error: &(dyn StdError + 'static)) -> Option<String> {
    let reason = match error.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(problem) => certificate_reason(problem),
        rustls::Error::InvalidMessage(_) => {
            "it does not speak TLS at this port (is the port right?)".to_owned()
        }
        other => other.to_string(),
    };
    Some(reason)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open; its own words serve for the rest")]
fn certificate_reason(problem: &CertificateError) -> String {
    match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "its certificate has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "its certificate is not valid yet (is the clock of this computer right?)".to_owned()
        }
        CertificateError::UnknownIssuer => {
            "its certificate is self-signed or comes from an authority that this computer does not know"
                .to_owned()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "its certificate belongs to another name".to_owned()
        }
        CertificateError::Revoked => "its certificate was revoked".to_owned(),
        other => format!("its certificate is refused ({other})"),
    }
}
