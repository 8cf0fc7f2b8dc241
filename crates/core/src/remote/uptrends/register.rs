//! `POST /Register`: an API user made from an operator's own login, which is used for this one request and kept nowhere.

use reqwest::Method;
use serde_json::Value;

use super::super::http::{Answer, ClientSettings, Undecoded, Write};
use super::super::{RemoteError, WriteError};
use super::session::Session;
use super::wire;
use crate::model::{Account, Credential, Secret};

const TEMPLATE: &str = "POST /Register";

/// An API user that was made.
#[derive(Debug)]
pub struct Registered {
    /// What it signs in as.
    pub user_name: String,
    /// Its password, which nobody can read again.
    pub password: Secret,
    /// Full name of the operator whose it is, where the service says it.
    pub operator: Option<String>,
}

/// Makes an API user of the operator whose login `account` and `login` are. Sent once: doing it twice makes two. Shape of Uptrends API v4, where `status` and `message` alone are written small.
///
/// # Errors
/// See [`WriteError`]; 401 for a wrong login, and for operators who sign in through another service only.
pub async fn register(
    account: &Account,
    login: &Credential,
    description: &str,
    settings: ClientSettings,
) -> Result<Registered, WriteError> {
    let session = Session::new(account, login, settings).map_err(WriteError::NotSent)?;
    let mut url = session.url(["Register"]);
    url.query_pairs_mut().append_pair("description", description);
    let write = Write {
        method: Method::POST,
        url,
        template: TEMPLATE,
        body: None,
        if_match: None,
        repeat: false,
        is_final: None,
    };
    session.write(write, |answer| read(&session, answer)).await
}

fn read(session: &Session, answer: &Answer) -> Result<Registered, Undecoded> {
    let made = wire::with_secrets(answer, TEMPLATE, session.words())?;
    let text = |name: &str| made.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let unexpected = |reason: &str| {
        Undecoded::Final(RemoteError::Unexpected { template: TEMPLATE.to_owned(), reason: reason.to_owned() })
    };
    if text("status").is_some_and(|status| !status.eq_ignore_ascii_case("OK")) {
        return Err(unexpected("the service says that something went wrong while it made the API user"));
    }
    match (text("UserName"), text("Password")) {
        (Some(name), Some(password)) => {
            session.words().add_passing(password);
            Ok(Registered {
                user_name: name.to_owned(),
                password: Secret::new(password.to_owned()),
                operator: text("OperatorName").map(str::to_owned),
            })
        }
        _ => Err(unexpected("the answer has no API user")),
    }
}
