//! Where the secret of a new account comes from: the standard input, a file descriptor, or the keychain. Never an argument
//! or an environment variable: those can be seen by other programs, and end in histories.

use std::io::{IsTerminal, Read};

use rollcall_core::model::Secret;
use rollcall_core::store::KEY_NAME;

use crate::cli::NewAccount;
use crate::exit::{Exit, Failure};

/// Bytes that a secret has at most; long tokens have some thousands.
const LONGEST: u64 = 64 * 1024;

/// Reads the secret. Blocks.
pub fn read(account: &NewAccount, what: &str) -> Result<Secret, Failure> {
    let secret = match (account.secret_fd, &account.secret_keychain) {
        (Some(number), _) => from_descriptor(number)?,
        (None, Some(entry)) => return from_keychain(entry),
        (None, None) => from_input(what)?,
    };
    if secret.is_blank() {
        return Err(Failure::usage(format!("there is no {what} on the input"))
            .advise("For example: rollcallctl connect … < secret.txt"));
    }
    Ok(secret)
}

fn from_input(what: &str) -> Result<Secret, Failure> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return take(input.lock(), "the standard input");
    }
    let typed = rpassword::prompt_password(format!("{what} (not shown): "));
    typed.map(Secret::new).map_err(|error| Failure::failed(format!("nothing could be typed: {error}")))
}

#[cfg(unix)]
fn from_descriptor(number: u32) -> Result<Secret, Failure> {
    let file = std::fs::File::open(format!("/dev/fd/{number}"))
        .map_err(|error| Failure::usage(format!("file descriptor {number} cannot be read: {error}")))?;
    take(file, "the file descriptor")
}

#[cfg(not(unix))]
fn from_descriptor(_: u32) -> Result<Secret, Failure> {
    Err(Failure::usage("this system has no file descriptors; use the standard input"))
}

fn from_keychain(entry: &str) -> Result<Secret, Failure> {
    // Ours: the key of the local data must never be sent to a service.
    if entry == KEY_NAME || entry.starts_with("account:") {
        return Err(Failure::usage(format!("the entry \"{entry}\" is Rollcall's own")));
    }
    let found = crate::data::keychain().find(entry).map_err(|error| {
        Failure::new(Exit::from(error.code()), error.to_string())
            .advise("Unlock the keychain of this session, then try again.")
    })?;
    found.ok_or_else(|| {
        Failure::new(Exit::SignInRefused, format!("the keychain has no entry \"{entry}\" of app.rollcall"))
    })
}

fn take(source: impl Read, name: &str) -> Result<Secret, Failure> {
    let mut text = String::new();
    let read = source.take(LONGEST + 1).read_to_string(&mut text);
    // Made first, so that it is wiped whatever happens next.
    let secret = Secret::new(text);
    match read {
        Ok(length) if length as u64 <= LONGEST => Ok(secret),
        Ok(_) => Err(Failure::usage(format!("{name} holds more than a secret"))),
        Err(error) => Err(Failure::usage(format!("{name} cannot be read: {error}"))),
    }
}
