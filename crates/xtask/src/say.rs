//! The only place that prints: what a person sees on the terminal.

use std::io::{self, BufRead, IsTerminal, Write};

/// One line on the standard output. A closed pipe (`| head`) is no reason to stop.
pub fn line(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// One line on the error output.
pub fn problem(text: &str) {
    let _ = writeln!(io::stderr().lock(), "xtask: {text}");
}

/// True when a person can answer on the terminal.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks a yes-or-no question; anything but yes is no.
///
/// # Errors
/// The terminal cannot be read.
pub fn ask(question: &str) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    write!(out, "{question} [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
