//! The reference of a sync: a client that sends the same requests, as many at once, and throws the answers away.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futures::{StreamExt, stream};

use crate::child::{Role, say_and_wait};
use crate::serve::Dialect;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    dialect: Dialect,
    /// One address a line
    requests: PathBuf,
    /// Requests under way at once
    at_once: usize,
}

/// In the role: downloads everything, and tells how long it took.
pub async fn run(arguments: &Arguments) {
    let list = std::fs::read_to_string(&arguments.requests).expect("the list of requests");
    rollcall_core::remote::choose_cryptography();
    let client = reqwest::Client::builder().build().expect("a client");
    let start = Instant::now();
    let answers = stream::iter(list.lines()).map(|address| {
        let request = arguments.dialect.sign_in(client.get(address));
        async move {
            let mut bytes = 0;
            let mut answer = request.send().await.expect("an answer");
            while let Some(piece) = answer.chunk().await.expect("a body") {
                bytes += piece.len();
            }
            bytes
        }
    });
    let bytes: usize = answers.buffer_unordered(arguments.at_once).fold(0, async |all, own| all + own).await;
    let time = start.elapsed();
    eprintln!("bare download: {} requests, {} MB", list.lines().count(), bytes / 1_000_000);
    let time = serde_json::to_string(&time).expect("JSON");
    tokio::task::spawn_blocking(move || say_and_wait(&time)).await.expect("the end");
}

/// Downloads these addresses in a process of its own, so many at once.
pub fn download(folder: &Path, dialect: Dialect, requests: &[String], at_once: usize) -> Duration {
    let file = folder.join("requests.txt");
    let mut list = std::fs::File::create(&file).expect("the list of requests");
    for request in requests {
        writeln!(list, "{request}").expect("the list of requests");
    }
    let (file, at_once) = (file.display().to_string(), at_once.to_string());
    Role::start(&["download", dialect.argument(), &file, &at_once]).result()
}
