//! The proxy settings of the system. They are read from the environment of a process, so each case runs in a process
//! of its own: this same test program, told to be the client.

use std::process::{Command, Output};

use rollcall_core::remote::open;
use rollcall_tests::accounts::{bearer, credential};

use crate::fake::{Fake, Reply, SECRET, quick, user};

const ADDRESS: &str = "ROLLCALL_TEST_PROXY_CLIENT";

/// The client; does nothing when the tests run as usual.
#[tokio::test]
async fn client_of_a_process_of_its_own() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    let found = open(&bearer(&address), &credential(SECRET), quick()).unwrap().discover().await;
    println!("found: {:?}", found.map(|_| "a service"));
}

/// Discovers `address` in a process where `proxy` is the proxy for everything.
async fn discover_behind(proxy: &str, address: &str) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "proxy::client_of_a_process_of_its_own", "--nocapture"]).env(ADDRESS, address);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env("ALL_PROXY", proxy);
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    let Output { stdout, .. } = run.await.unwrap();
    let text = String::from_utf8(stdout).unwrap();
    text.lines()
        .find_map(|line| line.split_once("found: "))
        .map(|(_, found)| found.to_owned())
        .expect("a result")
}

#[tokio::test]
async fn this_very_machine_is_reached_past_the_proxy() {
    let proxy = Fake::start(|_, _| Reply::new(502, "")).await;
    let service = Fake::users(|_, _| Reply::list(1, &[user("1")])).await;
    for host in ["127.0.0.1", "localhost"] {
        let found = discover_behind(&proxy.address, &service.address.replace("127.0.0.1", host)).await;
        assert_eq!(found, "Ok(\"a service\")");
    }
    assert_eq!(proxy.seen().len(), 0);
}

#[tokio::test]
async fn other_machines_are_reached_through_the_proxy_which_sees_no_credential() {
    let proxy = Fake::start(|_, _| Reply::new(502, "no way there")).await;
    let found = discover_behind(&proxy.address, "https://id.example.com/scim").await;
    assert!(found.starts_with("Err(Unreachable"), "{found}");
    let seen = proxy.seen();
    assert_eq!((seen[0].method.as_str(), seen[0].target.as_str()), ("CONNECT", "id.example.com:443"));
    assert!(seen.iter().all(|seen| seen.header("Authorization").is_none() && !seen.head.contains(SECRET)));
}
