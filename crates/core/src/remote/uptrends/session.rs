//! Signed-in requests to one account.

use std::time::Duration;

use reqwest::header::HeaderValue;
use serde_json::Value;
use url::Url;

use super::super::basic;
use super::super::http::{Answer, ClientSettings, HttpClient, Request, Undecoded, Words, Write};
use super::super::{RemoteError, WriteError};
use super::wire;
use crate::model::{Account, Address, Authentication, Credential};

/// No limit is documented, and the vendor's own tool sends without a pause. This is more careful, and still lets the few requests
/// that may be under way at once do so: an account of twenty thousand monitors costs as many.
const INTERVAL: Duration = Duration::from_millis(25);
const BURST: u32 = 20;

/// Signed-in requests to one account.
pub struct Session {
    address: Address,
    authorization: HeaderValue,
    /// The API user that we are.
    pub user_name: String,
    http: HttpClient,
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
        let Authentication::Basic { user_name } = &account.authentication else {
            let reason = "Uptrends is signed in to with an API user and its password".to_owned();
            return Err(RemoteError::Settings { reason });
        };
        // Into the Authorization header of requests to the account's own address.
        let secret = credential.secret().expose();
        let encoded = basic::encode(user_name, secret);
        let authorization = basic::header("Basic", &encoded)?;
        let settings = ClientSettings { minimum_interval: INTERVAL, burst: BURST, ..settings };
        let targets = [account.address.as_url().clone()];
        let http = HttpClient::new(settings, &targets, account.certificate_authority.as_deref())?;
        http.words.add_secret(secret);
        http.words.add_secret(&encoded);
        Ok(Self { address: account.address.clone(), authorization, user_name: user_name.clone(), http })
    }

    /// An address of the API.
    pub fn url<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        self.address.join(segments)
    }

    /// Quotes the service in errors.
    pub const fn words(&self) -> &Words {
        &self.http.words
    }

    /// Writes.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub async fn write<T>(
        &self,
        write: Write<'_>,
        decode: impl Fn(&Answer) -> Result<T, Undecoded> + Send + Sync,
    ) -> Result<T, WriteError> {
        let request = write.into_request("application/json", self.authorization.clone());
        self.http.deliver(&request, decode).await.map_err(WriteError::from)
    }

    async fn get<T>(
        &self,
        url: Url,
        template: &'static str,
        decode: impl Fn(&Answer) -> Result<T, Undecoded> + Send + Sync,
    ) -> Result<T, RemoteError> {
        let request = Request::get(url, template, Some(self.authorization.clone()));
        self.http.send(&request, decode).await
    }

    /// Reads a list, which comes whole.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn list(&self, url: Url, template: &'static str) -> Result<wire::Listed, RemoteError> {
        self.get(url, template, |answer| wire::list(answer, template, &self.http.words)).await
    }

    /// Reads one record; `None` where the service says that there is none.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn find(&self, url: Url, template: &'static str) -> Result<Option<Value>, RemoteError> {
        let found = self.get(url, template, |answer| wire::object(answer, template, &self.http.words)).await;
        match found {
            Ok(record) => Ok(Some(record)),
            Err(RemoteError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Whether the service refuses to show something to this credential or on this plan. That is no failure of a sync, and no
/// proof that there is nothing.
pub const fn is_hidden(error: &RemoteError) -> bool {
    matches!(error, RemoteError::Forbidden { .. } | RemoteError::Rejected { status: 400..=499, .. })
}
