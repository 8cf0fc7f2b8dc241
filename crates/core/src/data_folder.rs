//! Where the local data, the logs and the window's own files are kept: one folder, so that removing it removes all, and
//! the same one for the window and the command line.

use std::io;
use std::path::{Path, PathBuf};

use crate::api::Theme;

/// Names another folder: for a second set of data, and for tests.
pub const OVERRIDE: &str = "ROLLCALL_DATA_DIR";

/// Name of the folder where the system keeps the data of programs.
const NAME: &str = "app.rollcall";

/// The folder asked for by [`OVERRIDE`], if any.
pub fn overridden() -> Option<PathBuf> {
    std::env::var_os(OVERRIDE).filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// The folder asked for, or the one where this system keeps such data; `None` when the system knows of none.
pub fn find() -> Option<PathBuf> {
    overridden().or_else(|| dirs::data_local_dir().map(|folder| folder.join(NAME)))
}

/// Makes `folder`, open to nobody else.
///
/// # Errors
/// It cannot be made.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

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
