//! `rollcallctl`: Rollcall without a window. The same core, the same data; safe while the window is open.
//!
//! A library, because an installation has the core once: there the window's program has this inside too, and `rollcallctl` is
//! a word for `rollcall ctl`.
//!
//! Reading order: `cli` (what can be typed), `commands` (one file each), `sheet` and `sheets` (lists as rows of cells),
//! `output` (a table, tab-separated text, JSON, CSV, XLSX), `exit` (what the exit codes say).

mod cli;
mod commands;
mod data;
mod exit;
mod output;
mod progress;
mod secret;
mod select;
mod sheet;
mod sheets;
mod when;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use cli::Arguments;
use exit::{Exit, Failure};

/// What it is called, wherever it runs.
const NAME: &str = "rollcallctl";

/// Runs `rollcallctl` with what stands behind its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = Arguments::parse_from(std::iter::once(NAME.into()).chain(arguments));
    start_log(arguments.global.verbose);
    let exit = match run_command(arguments) {
        Ok(exit) => exit,
        Err(failure) => {
            failure.tell();
            failure.exit
        }
    };
    exit.into()
}

fn run_command(arguments: Arguments) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("the program cannot start: {error}")))?;
    let result = runtime.block_on(commands::run(arguments));
    // A keychain that waits for its person must not keep this program from ending.
    runtime.shutdown_timeout(Duration::from_secs(2));
    let flushed = std::io::stdout().flush().map_err(Failure::from);
    result.and_then(|exit| flushed.map(|()| exit))
}

/// Only when asked, only our own words (libraries may write addresses and names), and only to the standard error stream.
fn start_log(verbose: bool) {
    if !verbose {
        return;
    }
    let ours = Targets::new().with_target("rollcall_core", tracing::level_filters::LevelFilter::INFO);
    let layer = fmt::layer().with_ansi(false).with_writer(std::io::stderr).with_filter(ours);
    tracing_subscriber::registry().with(layer).init();
}
