//! How we sign in: bearer, basic, or OAuth 2.0 client credentials.

use std::time::Duration;

use reqwest::header::HeaderValue;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use super::super::RemoteError;
use super::super::basic::{encode as basic, header};
use super::super::http::{Answer, HttpClient, Request, Undecoded};
use super::wire;
use crate::model::{Account, Address, Authentication, Credential};

const TOKEN: &str = "POST token endpoint";

/// How long a token is good for when its endpoint does not say (RFC 6749 section 5.1 only recommends it).
const UNSTATED_LIFE: Duration = Duration::from_secs(300);

/// How we sign in.
pub enum Auth {
    /// The same header every time.
    Fixed(HeaderValue),
    /// OAuth 2.0 client credentials (RFC 6749 section 4.4).
    Client(Box<ClientCredentials>),
}

/// What the token endpoint wants to know, and what it last gave.
pub struct ClientCredentials {
    endpoint: Url,
    client_id: String,
    secret: Credential,
    scope: Option<String>,
    parameters: Vec<(String, String)>,
    token: Mutex<Option<AccessToken>>,
}

struct AccessToken {
    header: HeaderValue,
    good_until: Instant,
}

impl Auth {
    /// From the settings of an account.
    ///
    /// # Errors
    /// [`RemoteError::Settings`] for a credential that cannot be sent, or a token address that would expose it.
    pub fn new(account: &Account, credential: &Credential) -> Result<Self, RemoteError> {
        // Into the Authorization header of requests to the account's own address.
        let secret = credential.secret().expose();
        match &account.authentication {
            Authentication::Bearer => Ok(Self::Fixed(header("Bearer", secret)?)),
            Authentication::Basic { user_name } => {
                Ok(Self::Fixed(header("Basic", &basic(user_name, secret))?))
            }
            Authentication::ByHand | Authentication::Application { .. } => {
                let reason = "a SCIM service does not sign in with an application of its own".to_owned();
                Err(RemoteError::Settings { reason })
            }
            Authentication::OauthClientCredentials { token_address, client_id, scope, parameters } => {
                Ok(Self::Client(Box::new(ClientCredentials {
                    endpoint: parse_endpoint(token_address)?,
                    client_id: client_id.clone(),
                    secret: credential.duplicate(),
                    scope: scope.clone().filter(|scope| !scope.trim().is_empty()),
                    parameters: parameters.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
                    token: Mutex::new(None),
                })))
            }
        }
    }

    /// Where else than to the service requests go.
    pub fn endpoint(&self) -> Option<&Url> {
        match self {
            Self::Fixed(_) => None,
            Self::Client(client) => Some(&client.endpoint),
        }
    }

    /// What must never be quoted.
    pub fn register_secrets(&self, credential: &Credential, http: &HttpClient) {
        // Into the list of what is taken out of quotations.
        http.words.add_secret(credential.secret().expose());
        if let Self::Fixed(header) = self {
            let encoded = header.to_str().ok().and_then(|text| text.split_once(' '));
            http.words.add_secret(encoded.map_or("", |(_, encoded)| encoded));
        }
    }

    /// The `Authorization` header for the next request.
    ///
    /// # Errors
    /// What the token endpoint says.
    pub async fn header(&self, http: &HttpClient) -> Result<HeaderValue, RemoteError> {
        match self {
            Self::Fixed(header) => Ok(header.clone()),
            Self::Client(client) => client.header(http).await,
        }
    }

    /// The service refused `used`: true when there can be another one.
    pub async fn renew(&self, used: &HeaderValue) -> bool {
        let Self::Client(client) = self else { return false };
        let mut token = client.token.lock().await;
        // Somebody else may have renewed it already.
        if token.as_ref().is_some_and(|token| token.header == *used) {
            *token = None;
        }
        true
    }
}

impl ClientCredentials {
    async fn header(&self, http: &HttpClient) -> Result<HeaderValue, RemoteError> {
        let mut token = self.token.lock().await;
        if let Some(token) = token.as_ref().filter(|token| Instant::now() < token.good_until) {
            return Ok(token.header.clone());
        }
        let fresh = self.ask(http).await?;
        let header = fresh.header.clone();
        *token = Some(fresh);
        Ok(header)
    }

    /// Asks with the client's name in the header, as RFC 6749 wants; where the endpoint does not know it that way,
    /// with form fields, as many endpoints want.
    async fn ask(&self, http: &HttpClient) -> Result<AccessToken, RemoteError> {
        match self.ask_once(http, false).await? {
            Granted::Token(token) => Ok(token),
            Granted::UnknownClient(_) => match self.ask_once(http, true).await? {
                Granted::Token(token) => Ok(token),
                Granted::UnknownClient(refusal) => Err(refusal),
            },
        }
    }

    async fn ask_once(&self, http: &HttpClient, in_form: bool) -> Result<Granted, RemoteError> {
        let mut form = vec![("grant_type".to_owned(), "client_credentials".to_owned())];
        form.extend(self.scope.iter().map(|scope| ("scope".to_owned(), scope.clone())));
        form.extend(self.parameters.iter().cloned());
        // Into a request to the token endpoint, as a form field or in its Authorization header.
        let secret = self.secret.secret().expose();
        let authorization = if in_form {
            form.push(("client_id".to_owned(), self.client_id.clone()));
            form.push(("client_secret".to_owned(), secret.to_owned()));
            None
        } else {
            // RFC 6749 section 2.3.1: both are form-encoded first.
            let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            Some(header("Basic", &basic(&encode(&self.client_id), &encode(secret)))?)
        };
        let request = Request::token(self.endpoint.clone(), TOKEN, authorization, form);
        http.send(&request, |answer| read_token(answer, http)).await
    }
}

enum Granted {
    Token(AccessToken),
    UnknownClient(RemoteError),
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    #[serde(default)]
    token_type: Option<String>,
    #[serde(default)]
    expires_in: Option<Value>,
}

fn read_token(answer: &Answer, http: &HttpClient) -> Result<Granted, Undecoded> {
    if let 400 | 401 = answer.status {
        let json = serde_json::from_str::<Value>(&answer.text()).unwrap_or_default();
        let error = json.get("error").and_then(Value::as_str);
        let (template, detail) = (TOKEN.to_owned(), http.words.find(answer));
        let refusal = RemoteError::Unauthorized { template, detail };
        return match error {
            Some("invalid_client") => Ok(Granted::UnknownClient(refusal)),
            None if answer.status == 401 => Ok(Granted::UnknownClient(refusal)),
            Some("unauthorized_client" | "invalid_grant") => Err(Undecoded::Final(refusal)),
            Some(_) | None => Err(Undecoded::Final(http.words.refusal(answer, TOKEN))),
        };
    }
    if answer.is_success() && answer.is_web_page() {
        return Err(wire::unexpected(
            TOKEN,
            "the answer is a web page: this is not the address of a token endpoint",
        ));
    }
    let token: TokenAnswer = wire::decode_object(answer, "token answer", TOKEN, &http.words)?;
    if token.token_type.as_deref().is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(wire::unexpected(TOKEN, "the token is of a kind other than Bearer"));
    }
    http.words.add_secret(&token.access_token);
    let access = Zeroizing::new(token.access_token);
    let header = header("Bearer", &access).map_err(Undecoded::Final)?;
    let life = token.expires_in.as_ref().and_then(wire::count).map_or(UNSTATED_LIFE, Duration::from_secs);
    Ok(Granted::Token(AccessToken { header, good_until: Instant::now() + usable(life) }))
}

/// A token is renewed before it ends: a minute before, or a tenth of its life where that is less. A life of years is
/// cut to a day.
fn usable(life: Duration) -> Duration {
    let life = life.min(Duration::from_secs(24 * 3600));
    life.saturating_sub((life / 10).min(Duration::from_secs(60)))
}

/// A token endpoint may have a query (RFC 6749 section 3.2), unlike the address of a service.
fn parse_endpoint(text: &str) -> Result<Url, RemoteError> {
    let (address, query) = text.trim().split_once('?').map_or((text.trim(), None), |(a, q)| (a, Some(q)));
    let address = Address::parse(address)
        .map_err(|error| RemoteError::Settings { reason: format!("token address: {error}") })?;
    let mut endpoint = address.as_url().clone();
    endpoint.set_query(query);
    Ok(endpoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_before_it_ends() {
        for (life, use_for) in [(3600, 3540), (100, 90), (0, 0), (1_000_000, 86_340)] {
            assert_eq!(usable(Duration::from_secs(life)), Duration::from_secs(use_for), "{life}");
        }
    }

    #[test]
    fn a_token_address_may_have_a_query_but_must_be_encrypted() {
        let parsed = parse_endpoint(" https://id.example.com/token?p=policy ").unwrap();
        assert_eq!(parsed.as_str(), "https://id.example.com/token?p=policy");
        assert!(parse_endpoint("http://id.example.com/token").is_err());
    }
}
