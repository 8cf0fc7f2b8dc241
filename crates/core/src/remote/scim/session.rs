//! Signed-in requests to one service.

use url::Url;

use super::super::RemoteError;
use super::super::http::{Answer, ClientSettings, HttpClient, Request, Undecoded};
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
}
