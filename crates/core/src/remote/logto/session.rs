//! Signed-in requests to one service, at the pace of its kind.

use std::time::Duration;

use url::Url;

use super::super::http::{
    Answer, ClientSettings, Fate, HttpClient, Request, RetryPolicy, Undecoded, Undelivered, Write,
};
use super::super::{RemoteError, SetupProblem, WriteError};
use super::auth::Auth;
use super::wire::{self, Listed};
use crate::model::{Account, Address, Credential};

/// The cloud lets 200 requests through in 10 s: with this pace and burst at most 190 start in any 10 s.
const CLOUD_INTERVAL: Duration = Duration::from_millis(67);
const CLOUD_BURST: u32 = 40;
/// A self-hosted service has no limit; more than this keeps it busy with us alone.
const OWN_INTERVAL: Duration = Duration::from_millis(5);
/// A limit is not told when it ends: patience instead.
const ATTEMPTS: u32 = 8;

/// Most records of a page.
pub const PAGE_SIZE: u64 = 100;

/// Signed-in requests to one service.
pub struct Session {
    address: Address,
    /// How we sign in.
    pub auth: Auth,
    /// For what is needed besides requests.
    pub http: HttpClient,
}

impl Session {
    /// Makes the client; sends nothing yet.
    ///
    /// # Errors
    /// [`RemoteError::Settings`].
    pub fn new(
        account: &Account,
        credential: &Credential,
        settings: ClientSettings,
    ) -> Result<Self, RemoteError> {
        let auth = Auth::new(account, credential)?;
        let retry = RetryPolicy { attempts: settings.retry.attempts.max(ATTEMPTS), ..settings.retry };
        let (minimum_interval, burst) = if is_cloud(&account.address, &auth.resource) {
            (CLOUD_INTERVAL, CLOUD_BURST)
        } else {
            (OWN_INTERVAL, 1)
        };
        let settings = ClientSettings { minimum_interval, burst, retry, ..settings };
        let targets = [account.address.as_url().clone()];
        let http = HttpClient::new(settings, &targets, account.certificate_authority.as_deref())?;
        // Into the list of what is taken out of quotations.
        http.words.add_secret(credential.secret().expose());
        Ok(Self { address: account.address.clone(), auth, http })
    }

    /// An address of the API.
    pub fn url<'a>(&self, segments: impl IntoIterator<Item = &'a str>, query: &[(&str, &str)]) -> Url {
        let mut url = self.address.join(std::iter::once("api").chain(segments));
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// Makes sure that there is an access token with the right to read.
    ///
    /// # Errors
    /// What the token endpoint says.
    pub async fn sign_in(&self) -> Result<(), RemoteError> {
        self.auth.header(&self.http).await.map(drop)
    }

    /// Whether the core service answers at this address. Costs nothing and needs no credential.
    ///
    /// # Errors
    /// [`SetupProblem::NotCoreService`]; what happened on the way.
    pub async fn check_address(&self) -> Result<(), RemoteError> {
        const STATUS: &str = "GET /status";
        let request = Request::get(self.url(["status"], &[]), STATUS, None);
        let decode = |answer: &Answer| match answer.status {
            204 => Ok(()),
            200..=299 | 404 | 405 => Err(Undecoded::Final(RemoteError::Setup {
                template: STATUS.to_owned(),
                problem: SetupProblem::NotCoreService,
                detail: None,
            })),
            _ => Err(Undecoded::Final(wire::refusal(answer, STATUS, &self.http.words))),
        };
        self.http.send(&request, decode).await
    }

    /// Reads; with a new access token if the present one is not accepted any more.
    ///
    /// # Errors
    /// What happened on the way, or what `decode` says.
    pub async fn get<T>(
        &self,
        url: Url,
        template: &'static str,
        decode: impl Fn(&Answer) -> Result<T, Undecoded> + Send + Sync,
    ) -> Result<T, RemoteError> {
        let authorization = self.auth.header(&self.http).await?;
        let mut request = Request::get(url, template, Some(authorization.clone()));
        match self.http.send(&request, &decode).await {
            Err(RemoteError::Unauthorized { .. }) => {
                self.auth.renew(&authorization).await;
                request.authorization = Some(self.auth.header(&self.http).await?);
                self.http.send(&request, &decode).await.map_err(other_tenant)
            }
            done => done,
        }
    }

    /// Writes; with a new access token if the present one is refused, which the service does before it looks at anything
    /// else.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub async fn write<T>(
        &self,
        write: Write<'_>,
        decode: impl Fn(&Answer) -> Result<T, Undecoded> + Send + Sync,
    ) -> Result<T, WriteError> {
        let authorization = self.auth.header(&self.http).await.map_err(WriteError::NotSent)?;
        let mut request = write.into_request("application/json", authorization.clone());
        match self.http.deliver(&request, &decode).await {
            Err(Undelivered { error: RemoteError::Unauthorized { .. }, fate: Fate::Refused { .. } }) => {
                self.auth.renew(&authorization).await;
                let authorization = self.auth.header(&self.http).await.map_err(WriteError::NotSent)?;
                request.authorization = Some(authorization);
                let delivered = self.http.deliver(&request, &decode).await;
                delivered.map_err(|Undelivered { error, fate }| {
                    WriteError::from(Undelivered { error: other_tenant(error), fate })
                })
            }
            done => done.map_err(WriteError::from),
        }
    }

    /// Reads a list.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn list(&self, url: Url, template: &'static str) -> Result<Listed, RemoteError> {
        self.get(url, template, |answer| wire::list(answer, template, &self.http.words)).await
    }
}

/// A fresh token that is signed by nobody the service knows: address and token endpoint are those of two tenants.
fn other_tenant(error: RemoteError) -> RemoteError {
    let RemoteError::Unauthorized { template, detail } = error else { return error };
    if detail.as_deref().is_some_and(|detail| detail.contains("ERR_JWKS_NO_MATCHING_KEY")) {
        return RemoteError::Setup { template, problem: SetupProblem::OtherTenant, detail };
    }
    RemoteError::Unauthorized { template, detail }
}

/// A tenant of the cloud keeps its own resource indicator behind a domain of its own, too.
fn is_cloud(address: &Address, resource: &str) -> bool {
    let own_name = resource.ends_with(".logto.app/api") && resource != "https://default.logto.app/api";
    own_name || address.as_url().host_str().is_some_and(|host| host.ends_with(".logto.app"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cloud_is_known_by_its_address_or_its_resource() {
        for (address, resource, cloud) in [
            ("https://ab12cd.logto.app", "https://ab12cd.logto.app/api", true),
            ("https://login.example.com", "https://ab12cd.logto.app/api", true),
            ("https://login.example.com", "https://default.logto.app/api", false),
            ("https://logto.app.example.com", "https://default.logto.app/api", false),
        ] {
            assert_eq!(is_cloud(&Address::parse(address).unwrap(), resource), cloud, "{address} {resource}");
        }
    }
}
