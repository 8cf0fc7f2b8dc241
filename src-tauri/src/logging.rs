//! What happened, for whoever looks into a problem: on the standard error stream as much as `RUST_LOG` asks for, and in
//! a file a start, which never gets more than our own `info`. Libraries may write addresses and names of people into
//! their finer levels; those must not end in a file.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{EnvFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

const NAMES: [&str; 5] =
    ["rollcall.log", "rollcall.1.log", "rollcall.2.log", "rollcall.3.log", "rollcall.4.log"];

static FILE: OnceLock<Mutex<File>> = OnceLock::new();

/// Starts logging to the standard error stream, and panics into the log.
pub fn start() {
    let default = "warn,rollcall=info,rollcall_core=info";
    let stream = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let file = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_targets([("rollcall", LevelFilter::INFO), ("rollcall_core", LevelFilter::INFO)]);
    tracing_subscriber::registry()
        .with(fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(io::stderr).with_filter(stream))
        .with(fmt::layer().with_ansi(false).with_writer(ToFile).with_filter(file))
        .init();
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // Its message may quote what the program was working on: that goes to the screen only.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "BUG: panic");
        print(panic);
    }));
}

/// From now on also writes into `folder`; the files of the four starts before are kept.
///
/// # Errors
/// The file cannot be made.
pub fn keep_in(folder: &Path) -> io::Result<()> {
    rollcall_core::data_folder::make(folder)?;
    for pair in NAMES.windows(2).rev() {
        if let [newer, older] = pair {
            match std::fs::rename(folder.join(newer), folder.join(older)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    let file = File::create(folder.join(NAMES[0]))?;
    // Called once; a second file would be of no use.
    let _ = FILE.set(Mutex::new(file));
    Ok(())
}

struct ToFile;

impl<'a> MakeWriter<'a> for ToFile {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

impl Write for ToFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match FILE.get().map(Mutex::lock) {
            Some(Ok(mut file)) => file.write(line),
            // Not open yet, or lost: the standard error stream has the line.
            Some(Err(_)) | None => Ok(line.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
