//! The theme that was last chosen, for the moment before the local data is open.

use std::io;
use std::path::Path;

use crate::api::Theme;

/// Beside the encrypted data, because the window has a colour before anything is opened.
const THEME_FILE: &str = "theme";

/// The theme that was last chosen; as the system where nothing is known.
pub fn remembered_theme(folder: &Path) -> Theme {
    match std::fs::read_to_string(folder.join(THEME_FILE)).unwrap_or_default().trim() {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::System,
    }
}

/// Remembers the theme for the next start.
///
/// # Errors
/// It cannot be written.
pub fn remember_theme(folder: &Path, theme: Theme) -> io::Result<()> {
    if remembered_theme(folder) == theme {
        return Ok(());
    }
    let word = match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    std::fs::write(folder.join(THEME_FILE), word)
}
