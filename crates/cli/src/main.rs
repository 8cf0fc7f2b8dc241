//! `rollcallctl` as a program of its own: where there are no libraries for a window, and while working on it.

use std::process::ExitCode;

fn main() -> ExitCode {
    rollcall_cli::run(std::env::args_os().skip(1))
}
