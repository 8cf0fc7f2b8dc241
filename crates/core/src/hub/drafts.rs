//! From what a person typed to an account and its credential.

use crate::Error;
use crate::api::{AccountDraft, AuthenticationDraft, CommandError, ErrorCode};
use crate::error::InputReason;
use crate::model::{Account, AccountId, Address, Authentication, Credential, ProviderKind, Timestamp};
use crate::store::StoreError;

/// The field that holds the secret of `authentication`, in its JSON spelling.
pub const fn secret_field(authentication: &AuthenticationDraft) -> &'static str {
    match authentication {
        AuthenticationDraft::Bearer { .. } => "authentication.token",
        AuthenticationDraft::Basic { .. } | AuthenticationDraft::SignInOnce { .. } => {
            "authentication.password"
        }
        AuthenticationDraft::OauthClientCredentials { .. } => "authentication.clientSecret",
        AuthenticationDraft::Application { .. } => "authentication.applicationSecret",
    }
}

/// Checks `draft` and turns it into an account that has no row yet.
///
/// # Errors
/// [`Error::InvalidInput`] naming the first field to correct.
pub fn read(draft: &AccountDraft, now: Timestamp) -> Result<(Account, Credential), Error> {
    let AccountDraft { provider, name, address, authentication, certificate_authority } = draft;
    if *provider == ProviderKind::Roster {
        return Err(super::credentials::by_hand("provider"));
    }
    let name = required("name", name)?;
    let address = read_address("address", address)?;
    let (authentication, credential) = read_authentication(authentication)?;
    let account = Account {
        id: AccountId(0),
        key: new_key()?,
        provider: *provider,
        name,
        address,
        authentication,
        certificate_authority: optional(certificate_authority.as_deref()),
        sample: false,
        signed_in: true,
        sync_interval_minutes: None,
        created_at: now,
    };
    Ok((account, credential))
}

/// Checks how to sign in, the secret included.
///
/// # Errors
/// [`Error::InvalidInput`] naming the first field to correct.
pub fn read_authentication(draft: &AuthenticationDraft) -> Result<(Authentication, Credential), Error> {
    let authentication = read_without_secret(draft)?;
    let credential = typed_credential(draft).ok_or_else(|| missing(secret_field(draft)))?;
    Ok((authentication, credential))
}

/// The secret of `draft`; `None` when nothing was typed.
pub fn typed_credential(draft: &AuthenticationDraft) -> Option<Credential> {
    let (AuthenticationDraft::Bearer { token: secret }
    | AuthenticationDraft::Basic { password: secret, .. }
    | AuthenticationDraft::SignInOnce { password: secret, .. }
    | AuthenticationDraft::OauthClientCredentials { client_secret: secret, .. }
    | AuthenticationDraft::Application { application_secret: secret, .. }) = draft;
    (!secret.is_blank()).then(|| Credential::new(secret))
}

/// Checks everything about signing in but the secret.
///
/// # Errors
/// [`Error::InvalidInput`] naming the first field to correct.
pub fn read_without_secret(draft: &AuthenticationDraft) -> Result<Authentication, Error> {
    match draft {
        AuthenticationDraft::Bearer { .. } => Ok(Authentication::Bearer),
        // A person's own login is no credential: it is used once, when an account is connected (`hub/register`).
        AuthenticationDraft::SignInOnce { .. } => Err(wrong(
            "authentication",
            InputReason::Other,
            "a login that is used once makes its credential when the account is connected, and only then",
        )),
        AuthenticationDraft::Basic { user_name, .. } => {
            let user_name = required("authentication.userName", user_name)?;
            if user_name.contains(':') {
                // RFC 7617 section 2: the colon ends the name.
                return Err(wrong(
                    "authentication.userName",
                    InputReason::Other,
                    "a user name cannot contain a colon",
                ));
            }
            Ok(Authentication::Basic { user_name })
        }
        AuthenticationDraft::OauthClientCredentials {
            token_address, client_id, scope, parameters, ..
        } => Ok(Authentication::OauthClientCredentials {
            token_address: read_address("authentication.tokenAddress", token_address)?.to_string(),
            client_id: required("authentication.clientId", client_id)?,
            scope: optional(scope.as_deref()),
            parameters: parameters.clone(),
        }),
        AuthenticationDraft::Application { application_id, resource, .. } => {
            let application_id = required("authentication.applicationId", application_id)?;
            let resource = optional(resource.as_deref());
            if resource.as_deref().is_some_and(|resource| url::Url::parse(resource).is_err()) {
                return Err(wrong(
                    "authentication.resource",
                    InputReason::ResourceIndicator,
                    "a resource indicator looks like https://default.logto.app/api",
                ));
            }
            Ok(Authentication::Application { application_id, resource })
        }
    }
}

/// The error of a trial, at the field that is to be corrected.
pub fn at_field(error: Error, authentication: &AuthenticationDraft) -> CommandError {
    at_secret(error, secret_field(authentication))
}

/// The same, where this is the field of the secret.
pub fn at_secret(error: Error, secret: &'static str) -> CommandError {
    let mut error = super::crossing(error);
    if error.field.is_none() {
        const ADDRESS: [ErrorCode; 5] = [
            ErrorCode::Offline,
            ErrorCode::Timeout,
            ErrorCode::CertificateRejected,
            ErrorCode::AddressNotFound,
            ErrorCode::RemoteUnexpected,
        ];
        if error.code == ErrorCode::Unauthorized {
            error.field = Some(secret.to_owned());
        } else if ADDRESS.contains(&error.code) {
            error.field = Some("address".to_owned());
        }
    }
    error
}

/// A value that must not be empty, without the spaces around it.
pub fn required(field: &'static str, value: &str) -> Result<String, Error> {
    optional(Some(value)).ok_or_else(|| missing(field))
}

/// 16 random bytes in hexadecimal: names an account's entry in the keychain and is never used again.
///
/// # Errors
/// When the system has no randomness.
pub fn new_key() -> Result<String, Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Bug(format!("no randomness: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Where a service answers, as typed.
///
/// # Errors
/// [`Error::InvalidInput`] at `field`.
pub fn read_address(field: &'static str, text: &str) -> Result<Address, Error> {
    let text = required(field, text)?;
    Address::parse(&text).map_err(|error| wrong(field, InputReason::Address(error), &error.to_string()))
}

/// A value without the spaces around it; `None` when nothing is left.
pub fn optional(value: Option<&str>) -> Option<String> {
    value.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
}

fn missing(field: &'static str) -> Error {
    wrong(field, InputReason::Required, "this is needed")
}

/// A value to correct.
pub fn wrong(field: &'static str, reason: InputReason, problem: &str) -> Error {
    Error::InvalidInput { field, reason, problem: problem.to_owned() }
}
