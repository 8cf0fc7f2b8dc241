//! Connecting an account: tried first, and kept only when it works.

use std::collections::BTreeMap;

use rollcall_core::api::{AccountDraft, AuthenticationDraft, ConnectAccountRequest};
use rollcall_core::model::{ProviderKind, Secret};

use crate::cli::{Global, NewAccount, Provider};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::secret;
use crate::sheets;

/// Connects an account.
pub async fn run(global: &Global, provider: Provider) -> Result<Exit, Failure> {
    let what = what(&provider);
    let (account, provider) = apart(provider);
    // Reading the input and the keychain blocks.
    let (account, secret) = tokio::task::spawn_blocking(move || {
        let secret = secret::read(&account, what)?;
        Ok::<_, Failure>((account, secret))
    })
    .await
    .map_err(|error| Failure::failed(format!("reading the {what} stopped: {error}")))??;
    let data = Data::open_or_begin(global).await?;
    let (provider, authentication) = provider.authentication(secret);
    let draft = AccountDraft {
        provider,
        name: account.name,
        address: account.address,
        authentication,
        certificate_authority: account.certificate_authority,
    };
    let view = data.hub.connect_account(ConnectAccountRequest { draft }).await?;
    let name = view.name.clone();
    let mut sink = output::printed(global, sheets::ACCOUNTS)?;
    sink.row(sheets::account(view))?;
    sink.finish()?;
    output::remark(&format!("Connected. Read it now: rollcallctl sync \"{name}\""));
    Ok(Exit::Done)
}

/// How to sign in, still without the secret.
enum SignIn {
    Bearer,
    Basic { provider: ProviderKind, user_name: String },
    Oauth { token_address: String, client_id: String, scope: Option<String> },
    Application { application_id: String, resource: Option<String> },
}

const fn what(provider: &Provider) -> &'static str {
    match provider {
        Provider::Scim { user_name: Some(_), .. } => "password",
        Provider::Scim { client_id: Some(_), .. } => "client secret",
        Provider::Scim { .. } => "bearer token",
        Provider::Logto { .. } => "application secret",
        Provider::Uptrends { .. } => "password",
    }
}

fn apart(provider: Provider) -> (NewAccount, SignIn) {
    match provider {
        Provider::Scim { account, user_name, token_address, client_id, scope } => {
            let sign_in = match (user_name, token_address.zip(client_id)) {
                (Some(user_name), _) => SignIn::Basic { provider: ProviderKind::Scim, user_name },
                (None, Some((token_address, client_id))) => SignIn::Oauth { token_address, client_id, scope },
                (None, None) => SignIn::Bearer,
            };
            (account, sign_in)
        }
        Provider::Logto { account, application_id, resource } => {
            (account, SignIn::Application { application_id, resource })
        }
        Provider::Uptrends { account, user_name } => {
            (account, SignIn::Basic { provider: ProviderKind::Uptrends, user_name })
        }
    }
}

impl SignIn {
    fn authentication(self, secret: Secret) -> (ProviderKind, AuthenticationDraft) {
        match self {
            Self::Bearer => (ProviderKind::Scim, AuthenticationDraft::Bearer { token: secret }),
            Self::Basic { provider, user_name } => {
                (provider, AuthenticationDraft::Basic { user_name, password: secret })
            }
            Self::Oauth { token_address, client_id, scope } => {
                let draft = AuthenticationDraft::OauthClientCredentials {
                    token_address,
                    client_id,
                    client_secret: secret,
                    scope,
                    parameters: BTreeMap::new(),
                };
                (ProviderKind::Scim, draft)
            }
            Self::Application { application_id, resource } => {
                let draft =
                    AuthenticationDraft::Application { application_id, application_secret: secret, resource };
                (ProviderKind::Logto, draft)
            }
        }
    }
}
