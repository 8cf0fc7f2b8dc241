//! Signing in as a machine-to-machine application: client credentials, one access token for many requests.
//!
//! Every request for a token writes a line in the service's log and counts against the plan, so the token is kept until
//! shortly before it ends. The service answers 200 without `scope` when the application lacks its role; that is found
//! here, before the first request fails for another reason.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;
use zeroize::Zeroizing;

use super::super::http::{Answer, HttpClient, Request, Undecoded};
use super::super::{RemoteError, SetupProblem};
use super::wire;
use crate::model::{Account, Address, Authentication, Credential};

const TOKEN: &str = "POST /oidc/token";

/// The one scope of the Management API.
const SCOPE: &str = "all";

/// Port on which a self-hosted service has its console.
const CONSOLE_PORT: u16 = 3002;

/// How we sign in.
pub struct Auth {
    endpoint: Url,
    application_id: String,
    /// The resource indicator: which API the token is for. A name, not an address.
    pub resource: String,
    secret: Credential,
    token: Mutex<Option<AccessToken>>,
}

struct AccessToken {
    header: HeaderValue,
    good_until: Instant,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    #[serde(default)]
    expires_in: Option<u64>,
    #[serde(default)]
    scope: Option<String>,
}

impl Auth {
    /// From the settings of an account.
    ///
    /// # Errors
    /// [`RemoteError::Settings`] for an account that signs in another way.
    pub fn new(account: &Account, credential: &Credential) -> Result<Self, RemoteError> {
        let Authentication::Application { application_id, resource } = &account.authentication else {
            let reason =
                "an account of this kind signs in with the id and secret of an application".to_owned();
            return Err(RemoteError::Settings { reason });
        };
        Ok(Self {
            endpoint: account.address.join(["oidc", "token"]),
            application_id: application_id.clone(),
            resource: resource.clone().unwrap_or_else(|| default_resource(&account.address)),
            secret: credential.duplicate(),
            token: Mutex::new(None),
        })
    }

    /// The `Authorization` header for the next request.
    ///
    /// # Errors
    /// What the token endpoint says.
    pub async fn header(&self, http: &HttpClient) -> Result<HeaderValue, RemoteError> {
        let mut token = self.token.lock().await;
        if let Some(token) = token.as_ref().filter(|token| Instant::now() < token.good_until) {
            return Ok(token.header.clone());
        }
        let fresh = self.ask(http).await?;
        let header = fresh.header.clone();
        *token = Some(fresh);
        Ok(header)
    }

    /// The service refused `used`: the next request gets another one.
    pub async fn renew(&self, used: &HeaderValue) {
        let mut token = self.token.lock().await;
        // Somebody else may have renewed it already.
        if token.as_ref().is_some_and(|token| token.header == *used) {
            *token = None;
        }
    }

    async fn ask(&self, http: &HttpClient) -> Result<AccessToken, RemoteError> {
        // Into the Authorization header of a request to the account's own token endpoint.
        let pair = Zeroizing::new(format!("{}:{}", self.application_id, self.secret.secret().expose()));
        let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let form = vec![
            field("grant_type", "client_credentials"),
            field("resource", &self.resource),
            field("scope", SCOPE),
        ];
        let authorization = Some(header("Basic", &encoded)?);
        let request = Request::token(self.endpoint.clone(), TOKEN, authorization, form);
        http.send(&request, |answer| self.read(answer, http)).await
    }

    fn read(&self, answer: &Answer, http: &HttpClient) -> Result<AccessToken, Undecoded> {
        if !answer.is_success() || answer.is_web_page() {
            return Err(Undecoded::Final(self.refusal(answer, http)));
        }
        let text = answer.text();
        let token: TokenAnswer = wire::decode(&text, "token answer", TOKEN)?;
        http.words.add_secret(&token.access_token);
        let granted = token.scope.as_deref().unwrap_or_default();
        if !granted.split_whitespace().any(|scope| scope == SCOPE) {
            let problem = SetupProblem::RoleMissing;
            return Err(Undecoded::Final(RemoteError::Setup {
                template: TOKEN.to_owned(),
                problem,
                detail: None,
            }));
        }
        let access = Zeroizing::new(token.access_token);
        let header = header("Bearer", &access).map_err(Undecoded::Final)?;
        let life = Duration::from_secs(token.expires_in.unwrap_or(300));
        Ok(AccessToken { header, good_until: Instant::now() + usable(life) })
    }

    fn refusal(&self, answer: &Answer, http: &HttpClient) -> RemoteError {
        let said = wire::ErrorAnswer::read(answer);
        let description = said.error_description.as_deref().unwrap_or_default();
        let is_console = self.endpoint.port() == Some(CONSOLE_PORT);
        let problem = match (answer.status, said.error.as_deref()) {
            _ if answer.is_web_page() => SetupProblem::NotCoreService,
            (404 | 405, None) => SetupProblem::NotCoreService,
            // The console has applications of its own.
            (400, Some("invalid_client")) if is_console => SetupProblem::NotCoreService,
            (400, Some("invalid_client")) => SetupProblem::UnknownApplication,
            (_, Some("invalid_client")) => SetupProblem::WrongSecret,
            (_, Some("invalid_request")) if description.contains("expired") => SetupProblem::ExpiredSecret,
            (_, Some("invalid_target")) => SetupProblem::UnknownResource,
            (_, Some("unauthorized_client" | "unsupported_grant_type")) => SetupProblem::NotMachineToMachine,
            (_, Some("invalid_request")) if description.contains("grant type") => {
                SetupProblem::NotMachineToMachine
            }
            (429, _) if said.code.as_deref() == Some("auth.exceed_token_limit") => SetupProblem::TokenQuota,
            _ => return http.words.refusal(answer, TOKEN),
        };
        RemoteError::Setup { template: TOKEN.to_owned(), problem, detail: http.words.find(answer) }
    }
}

/// What the Management API of the service at `address` is called when nothing else is said: a tenant of the cloud has
/// its own name, every self-hosted service the same.
pub fn default_resource(address: &Address) -> String {
    match address.as_url().host_str().and_then(|host| host.strip_suffix(".logto.app")) {
        Some(tenant) => format!("https://{tenant}.logto.app/api"),
        None => "https://default.logto.app/api".to_owned(),
    }
}

/// A token is renewed before it ends: a minute before, or a tenth of its life where that is less. A life of years is
/// cut to a day.
fn usable(life: Duration) -> Duration {
    let life = life.min(Duration::from_secs(24 * 3600));
    life.saturating_sub((life / 10).min(Duration::from_secs(60)))
}

fn header(scheme: &str, value: &str) -> Result<HeaderValue, RemoteError> {
    let text = Zeroizing::new(format!("{scheme} {value}"));
    let mut header = HeaderValue::from_str(&text).map_err(|_| RemoteError::Settings {
        reason: "the credential contains characters that cannot be sent (line breaks?)".to_owned(),
    })?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_follows_from_the_address() {
        for (address, resource) in [
            ("https://ab12cd.logto.app", "https://ab12cd.logto.app/api"),
            ("https://auth.example.com", "https://default.logto.app/api"),
            ("https://auth.example.com:3001", "https://default.logto.app/api"),
            ("http://127.0.0.1:3001", "https://default.logto.app/api"),
        ] {
            assert_eq!(default_resource(&Address::parse(address).unwrap()), resource, "{address}");
        }
    }
}
