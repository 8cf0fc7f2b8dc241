//! Signed-in requests to one service.

use url::Url;

use super::super::http::{Answer, ClientSettings, Fate, HttpClient, Request, Undecoded, Undelivered, Write};
use super::super::{RemoteError, WriteError};
use super::auth::Auth;
use crate::model::{Account, Address, Credential, Stream};

/// Signed-in requests to one service.
pub struct Session {
    address: Address,
    auth: Auth,
    /// For what is needed besides requests.
    pub http: HttpClient,
}

/// SCIM's name of a list; it has two.
pub const fn endpoint(stream: Stream) -> &'static str {
    if matches!(stream, Stream::Groups) { "Groups" } else { "Users" }
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
        let mut targets = vec![account.address.as_url().clone()];
        targets.extend(auth.endpoint().cloned());
        let http = HttpClient::new(settings, &targets, account.certificate_authority.as_deref())?;
        auth.register_secrets(credential, &http);
        Ok(Self { address: account.address.clone(), auth, http })
    }

    /// An address below that of the account.
    pub fn url<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        self.address.join(segments)
    }

    /// Makes sure that there is something to sign in with: asks for an access token where one is needed.
    ///
    /// # Errors
    /// What the token endpoint says.
    pub async fn sign_in(&self) -> Result<(), RemoteError> {
        self.auth.header(&self.http).await.map(drop)
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
            Err(RemoteError::Unauthorized { .. }) if self.auth.renew(&authorization).await => {
                request.authorization = Some(self.auth.header(&self.http).await?);
                self.http.send(&request, &decode).await
            }
            done => done,
        }
    }

    /// Writes; with a new access token if the present one is refused, which a service does before it looks at anything
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
        let mut request = write.into_request("application/scim+json", authorization.clone());
        match self.http.deliver(&request, &decode).await {
            Err(Undelivered { error: RemoteError::Unauthorized { .. }, fate: Fate::Refused { .. } })
                if self.auth.renew(&authorization).await =>
            {
                let authorization = self.auth.header(&self.http).await.map_err(WriteError::NotSent)?;
                request.authorization = Some(authorization);
                self.http.deliver(&request, &decode).await.map_err(WriteError::from)
            }
            done => done.map_err(WriteError::from),
        }
    }
}
