//! Uses the keychain as the application does, on commands from its input. A process of its own, because the way to
//! the keychain is found in the environment of the process; one process for several commands, because a process must
//! be able to try again after a failure. One line a command: `set NAME VALUE`, `find NAME`, `delete NAME`.

#![allow(clippy::print_stdout, clippy::expect_used, clippy::panic)]

use rollcall_core::model::Secret;
use rollcall_core::secrets::{Keychain, SERVICE_NAME, SecretError, SecretStore};

fn main() {
    let keychain = Keychain::new(SERVICE_NAME);
    for line in std::io::stdin().lines() {
        let line = line.expect("a line of text");
        println!("{}", answer(&keychain, &line));
    }
}

fn answer(keychain: &Keychain, line: &str) -> String {
    let mut words = line.splitn(3, ' ');
    let outcome = match (words.next(), words.next(), words.next()) {
        (Some("set"), Some(name), Some(value)) => {
            keychain.set(name, &Secret::new(value.to_owned())).map(|()| "done".to_owned())
        }
        (Some("delete"), Some(name), None) => keychain.delete(name).map(|()| "done".to_owned()),
        (Some("find"), Some(name), None) => keychain
            .find(name)
            // Goes to the test that stored it.
            .map(|found| found.map_or("nothing".to_owned(), |secret| format!("found {}", secret.expose()))),
        _ => panic!("not a command"),
    };
    outcome.unwrap_or_else(|error| match error {
        SecretError::Unavailable(why) => format!("unavailable: {why}"),
        SecretError::Locked(why) => format!("locked: {why}"),
        SecretError::Denied(why) => format!("denied: {why}"),
    })
}
