//! `cargo xtask bench`: every goal of the design beside its reference, measured in one run, as Markdown tables.
//!
//! Parts that must not share memory or a runtime with what they measure are processes of their own: this program again, in
//! another [`Role`].
#![allow(clippy::expect_used, clippy::panic, reason = "a bench that cannot go on says why and ends")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "tables are what this program is for")]

mod bare;
mod child;
mod filters;
mod memory;
mod merge;
mod mirror;
mod recorder;
mod report;
mod search;
mod serve;
mod size;
mod stopwatch;
mod sync;
mod typed;
mod uptrends;
#[cfg(target_os = "linux")]
mod window;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use report::Report;

/// A round of a sync takes a hundred seconds, and nearly all of it is waiting.
const SYNCS: usize = 3;

/// Measures the goals of the design, each beside its reference.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    role: Option<Role>,
    /// Users of the ordinary account
    #[arg(long, default_value_t = 100_000)]
    users: usize,
    /// Users of the large account
    #[arg(long, default_value_t = 1_000_000)]
    many: usize,
    /// Times that everything is measured; of a sync, whose waiting for the service varies little, at most three times
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Only these parts, separated by commas: sync, uptrends, memory, search, window, size
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Keeps the mirrors in this folder and uses those that are there
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// What a process of the bench does; the first one does it all.
#[derive(Debug, Subcommand)]
enum Role {
    /// The service
    #[command(hide = true)]
    Serve(serve::Arguments),
    /// The core
    #[command(hide = true)]
    Mirror(mirror::Arguments),
    /// A client that only downloads
    #[command(hide = true)]
    Download(bare::Arguments),
    /// A program of the window's session
    #[cfg(target_os = "linux")]
    #[command(hide = true)]
    KeepKey,
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    match arguments.role {
        Some(Role::Serve(arguments)) => serve::run(&arguments).await,
        Some(Role::Mirror(arguments)) => mirror::run(&arguments).await,
        Some(Role::Download(arguments)) => bare::run(&arguments).await,
        #[cfg(target_os = "linux")]
        Some(Role::KeepKey) => window::keep_key(),
        None => measure(&arguments).await,
    }
}

async fn measure(arguments: &Arguments) {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = arguments.folder.clone().unwrap_or_else(|| temporary.path().to_path_buf());
    std::fs::create_dir_all(&folder).expect("the folder");
    let wanted = |part: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == part);
    let mut report = Report::default();
    if wanted("sync") {
        sync::measure(&mut report, &folder, arguments.users, arguments.rounds.min(SYNCS)).await;
    }
    if wanted("uptrends") {
        uptrends::measure(&mut report, &folder, arguments.rounds.min(SYNCS)).await;
    }
    if wanted("memory") {
        memory::measure(&mut report, &folder, arguments.many);
    }
    if wanted("search") {
        for users in BTreeSet::from([arguments.users, arguments.many]) {
            let mirror = mirror::ready(&folder, users);
            search::measure(&mut report, &mirror, users, arguments.rounds).await;
            filters::measure(&mut report, &mirror, users, arguments.rounds).await;
            if users <= 100_000 {
                filters::beside(&mut report, &mirror, users, arguments.rounds).await;
            }
        }
    }
    #[cfg(target_os = "linux")]
    if wanted("window") {
        let mirror = mirror::ready(&folder, arguments.users);
        window::measure(&mut report, &mirror, arguments.users, arguments.rounds).await;
    }
    if wanted("size") {
        size::measure(&mut report);
    }
    println!("\n{report}");
}
