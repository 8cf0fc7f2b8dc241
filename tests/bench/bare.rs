//! The reference of a sync: a client that sends the same requests one after the other and throws the answers away.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::child::{Role, say_and_wait};
use crate::serve;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// One address a line
    requests: PathBuf,
}

/// In the role: downloads everything, and tells how long it took.
pub async fn run(arguments: &Arguments) {
    let list = std::fs::read_to_string(&arguments.requests).expect("the list of requests");
    rollcall_core::remote::choose_cryptography();
    let client = reqwest::Client::builder().build().expect("a client");
    let start = Instant::now();
    let mut bytes = 0;
    for address in list.lines() {
        let request = client.get(address).bearer_auth(serve::TOKEN).header("Accept", "application/scim+json");
        let mut answer = request.send().await.expect("an answer");
        while let Some(piece) = answer.chunk().await.expect("a body") {
            bytes += piece.len();
        }
    }
    let time = start.elapsed();
    eprintln!("bare download: {} requests, {} MB", list.lines().count(), bytes / 1_000_000);
    let time = serde_json::to_string(&time).expect("JSON");
    tokio::task::spawn_blocking(move || say_and_wait(&time)).await.expect("the end");
}

/// Downloads these addresses in a process of its own.
pub fn download(folder: &Path, requests: &[String]) -> Duration {
    let file = folder.join("requests.txt");
    let mut list = std::fs::File::create(&file).expect("the list of requests");
    for request in requests {
        writeln!(list, "{request}").expect("the list of requests");
    }
    Role::start(&["download", &file.display().to_string()]).result()
}
