//! Where the local data, the logs and the window's own files are kept: one folder, so that removing it removes all, and
//! the same one for the window and the command line.

use std::io;
use std::path::{Path, PathBuf};

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
